"""The measures of networks over HTTP, as tables."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from asoen_graph.network.measures.forms import FORMS, find_form
from asoen_graph.queries.catalogue import CatalogueQuery
from asoen_graph.server.documentation import PROBLEM
from asoen_graph.server.front import front_of
from asoen_graph.server.requests import refuse_unknown, single, url_parameters
from asoen_graph.server.routes import networks
from asoen_graph.server.routing import Router


def add_measures(routes: Router, network: CatalogueQuery, described: list[dict[str, Any]]) -> None:
    """Add the tables of the measures of a network, which take the same parameters as the network itself.

    ``described`` is how OpenAPI describes those.
    """

    async def measure(request: Request, format: str) -> Response:
        parameters = url_parameters(request)
        refuse_unknown(parameters, [*network.parameters, *networks.PARAMETERS])
        values = {name: single(parameters, name) for name in network.parameters}
        arguments = {
            "name": network.name,
            "format": find_form(format),
            "values": {name: value for name, value in values.items() if value is not None},
            **networks.wanted(request, parameters),
        }
        if format == "csvw":
            arguments["table"] = _beside(request, "measures.csv")
        beside = {"Link": _explained(request)} if format == "csv" else None
        front = front_of(request)
        return await front.answer(request, "network-measures", arguments, parameters, networks.VARY, beside)

    routes.add(
        f"/networks/{network.name}/measures.{{format}}",
        measure,
        operation_id=f"measures-{network.name}",
        tags=["Networks"],
        summary=f"Measures of the network: {network.title['en']}",
        description="A row for each node, the measures of the whole network, and what each measure means with the "
        "works that define it. CSV and TSV hold the rows alone; the header `Link` of CSV leads to the rest "
        "(`describedby`).",
        responses={
            200: {
                "description": "The measures.",
                "content": {each.media_type.partition(";")[0]: {} for each in FORMS.values()},
            },
            "default": PROBLEM,
        },
        openapi_extra={"parameters": described},
    )


def _explained(request: Request) -> str:
    """The value of ``Link`` that leads from a table to what its columns mean, as CSV on the Web asks for."""
    return f'<{_beside(request, "measures.csvw")}>; rel="describedby"; type="{FORMS["csvw"].media_type}"'


def _beside(request: Request, name: str) -> str:
    """The relative address of another form of the same table."""
    query = quote(request.scope["query_string"], safe="=&;%+,:/?@-._~!$'()*")
    return f"{name}?{query}" if query else name

"""Measures of networks over HTTP: which nodes of a network, with which measures, and the tables of them."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from asoen_graph.errors import ParameterError
from asoen_graph.network.measures.forms import FORMS, find_form
from asoen_graph.network.measures.of_nodes import OF_NODES
from asoen_graph.network.measures.registry import EVERY
from asoen_graph.queries.catalogue import CatalogueQuery
from asoen_graph.server.documentation import PROBLEM, query_parameter
from asoen_graph.server.front import front_of, language
from asoen_graph.server.requests import Parameters, refuse_unknown, single, url_parameters
from asoen_graph.server.routing import Router

NAMES: Final = ("component", "top", "by", "with")
"""The parameters that choose nodes by measures and name measures."""

_MOST: Final = 1_000_000
_KEYS: Final = ", ".join(f"`{key}`" for key in OF_NODES)
_COUNT: Final = {"type": "integer", "minimum": 1, "maximum": _MOST}

DESCRIBED: Final[tuple[dict[str, Any], ...]] = (
    query_parameter("component", "Only the component of that number by size; 1 is the largest.", _COUNT),
    query_parameter("top", "Only so many nodes: those with most of the measure `by`.", _COUNT),
    query_parameter(
        "by",
        "What `top` goes by, and tables of measures are sorted by; strength where it is not said.",
        {"type": "string", "enum": [key for key, each in OF_NODES.items() if not each.is_group]},
    ),
    query_parameter(
        "with",
        f"Measures of the nodes, separated by commas: {_KEYS}; `{EVERY}` for every one. A network carries these in its "
        "nodes, with what they mean; a table has no others.",
    ),
)
"""How OpenAPI describes them."""


def read_measures(parameters: Parameters) -> dict[str, Any]:
    """What the request says of components and measures. Raises ParameterError for what is no count."""
    counts = {name: _count(parameters, name) for name in ("component", "top")}
    return {**counts, "by": single(parameters, "by"), "with": single(parameters, "with")}


def add_measures(
    routes: Router, network: CatalogueQuery, accepted: tuple[str, ...], described: list[dict[str, Any]]
) -> None:
    """Add the tables of the measures of a network, which take the same parameters as the network itself.

    ``accepted`` are the parameters that are not about measures, ``described`` is how OpenAPI describes all.
    """

    async def measure(request: Request, format: str) -> Response:
        parameters = url_parameters(request)
        refuse_unknown(parameters, [*accepted, *NAMES])
        values = {name: single(parameters, name) for name in network.parameters}
        arguments = {
            "name": network.name,
            "format": find_form(format),
            "values": {name: value for name, value in values.items() if value is not None},
            "language": language(request, parameters),
            **{name: single(parameters, name) for name in accepted if name not in network.parameters},
            **read_measures(parameters),
        }
        if format == "csvw":
            arguments["table"] = _beside(request, "measures.csv")
        beside = {"Link": _explained(request)} if format == "csv" else None
        vary = ("Accept-Language",)
        return await front_of(request).answer(request, "network-measures", arguments, parameters, vary, beside)

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


def _count(parameters: Parameters, name: str) -> int | None:
    text = single(parameters, name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit()) or not 0 < int(text[:20]) <= _MOST:
        raise ParameterError(name, f"{text[:40]!r} is not a number from 1 to {_MOST}", "Write digits, as in 20")
    return int(text)

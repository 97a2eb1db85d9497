"""``/api/glossary``, ``/api/check`` and the texts of the catalogue: what an editor of queries needs."""

from __future__ import annotations

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from asoen_graph.errors import UnknownName
from asoen_graph.queries.catalogue import Catalogue, CatalogueQuery
from asoen_graph.server.documentation import LANGUAGE, PROBLEM, TIMEOUT, Responses, json_responses, query_parameter
from asoen_graph.server.forms import JSON
from asoen_graph.server.front import front_of, language
from asoen_graph.server.negotiation import Offer, choose
from asoen_graph.server.protocol import FORM, QUERY, one_query, posted
from asoen_graph.server.requests import Parameters, refuse_unknown, single, url_parameters
from asoen_graph.server.routing import Router
from asoen_graph.text import nearest

_TEXT: Final = Offer(QUERY, "rq")
_EXAMPLE: Final = "SELECT ?meeting WHERE { ?meeting a asoen:Meting }"
_WHAT: Final = (
    "Looks a query over without asking it: `null` where all is well, else the problem that the query would end in, "
    "with its place and, where it is certain, the query mended. A query that can be asked may still name what is not "
    "there, and then has no rows: that is a `doubt` of status 200, and `more` has the others."
)
_FOUND: Final[Responses] = json_responses("Check")


def router(catalogue: Catalogue) -> Router:
    """The routes, of which one gives the queries of a catalogue."""
    routes = Router(prefix="/api")
    routes.add(
        "/glossary",
        _glossary,
        operation_id="glossary",
        tags=["API"],
        summary="The names there are",
        description="Prefixes, classes, properties, controlled values and entities, with labels in both languages, for "
        "completion in an editor. Relation nodes and the publishers of documents are left out.",
        responses=json_responses("Glossary"),
        openapi_extra={"parameters": [LANGUAGE, TIMEOUT]},
    )
    _add_check(routes)
    _add_text(routes, catalogue)
    return routes


async def _glossary(request: Request) -> Response:
    parameters = url_parameters(request)
    refuse_unknown(parameters, ())
    choose((JSON,), request.headers.get("accept"), single(parameters, "format"))
    language(request, parameters)  # which it is in does not matter, but that it is one
    return await front_of(request).answer(request, "glossary", {}, parameters)


def _add_check(routes: Router) -> None:
    routes.add(
        "/check",
        _check_address,
        operation_id="check",
        tags=["SPARQL"],
        summary="What is wrong with a query",
        description=_WHAT,
        responses=_FOUND,
        openapi_extra={
            "parameters": [
                query_parameter("query", "The text to look over.", required=True, example=_EXAMPLE),
                LANGUAGE,
                TIMEOUT,
            ]
        },
    )
    form = {"type": "object", "required": ["query"], "properties": {"query": {"type": "string"}}}
    routes.add(
        "/check",
        _check_body,
        "POST",
        operation_id="check-posted",
        tags=["SPARQL"],
        summary="What is wrong with a query, by POST",
        description=_WHAT,
        responses=_FOUND,
        openapi_extra={
            "parameters": [LANGUAGE, TIMEOUT],
            "requestBody": {
                "required": True,
                "content": {FORM: {"schema": form, "example": {"query": _EXAMPLE}}},
            },
        },
    )


async def _check_address(request: Request) -> Response:
    parameters = url_parameters(request)
    return await _check(request, parameters, parameters)


async def _check_body(request: Request) -> Response:
    protocol, extras = await posted(request)
    return await _check(request, protocol, extras)


async def _check(request: Request, protocol: Parameters, extras: Parameters) -> Response:
    query = one_query(protocol)
    refuse_unknown(extras, ("query",))
    choose((JSON,), request.headers.get("accept"), single(extras, "format"))
    language(request, extras)
    return await front_of(request).answer(request, "check", {"query": query}, extras)


def _add_text(routes: Router, catalogue: Catalogue) -> None:
    async def text(request: Request, name: str) -> Response:
        if name not in catalogue:
            raise UnknownName("query", name, nearest(name, catalogue))
        parameters = url_parameters(request)
        query = catalogue[name]
        refuse_unknown(parameters, query.parameters)
        choose((_TEXT,), request.headers.get("accept"), single(parameters, "format"))
        language(request, parameters)
        arguments: dict[str, Any] = {"name": name, "values": given_values(query, parameters)}
        return await front_of(request).answer(request, "catalogue-text", arguments, parameters)

    routes.add(
        "/queries/{name}.rq",
        text,
        operation_id="catalogue-text",
        tags=["Catalogue"],
        summary="The text of a query",
        description="The SPARQL of a query of the catalogue, networks included, with values for its parameters bound.",
        responses={
            200: {"description": "The query.", "content": {QUERY: {"schema": {"type": "string"}}}},
            304: {"description": "The answer is the one whose ETag the client named."},
            "default": PROBLEM,
        },
        openapi_extra={
            "parameters": [
                {
                    "name": "values",
                    "in": "query",
                    "required": False,
                    "style": "form",
                    "explode": True,
                    "description": "Values of the parameters that the query has: `series=asoen-meetings`.",
                    "schema": {"type": "object", "additionalProperties": {"type": "string"}},
                },
                LANGUAGE,
                TIMEOUT,
            ]
        },
    )


def given_values(query: CatalogueQuery, parameters: Parameters) -> dict[str, str]:
    """The values that are given for the parameters of a query. Raises ParameterError where one is given twice."""
    values = {name: single(parameters, name) for name in query.parameters}
    return {name: value for name, value in values.items() if value is not None}

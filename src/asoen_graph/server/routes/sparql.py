"""``/sparql``: the SPARQL 1.1 Protocol, for reading."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from asoen_graph.server.documentation import (
    FORMAT,
    LANGUAGE,
    PROBLEM,
    TIMEOUT,
    Responses,
    query_parameter,
    repeated,
)
from asoen_graph.server.forms import BINDINGS, TRIPLES
from asoen_graph.server.front import form, front_of, language
from asoen_graph.server.protocol import FORM, QUERY, one_query, posted
from asoen_graph.server.requests import COMMON_PARAMETERS, Parameters, single, url_parameters
from asoen_graph.server.routing import Router

_VARY: Final = ("Accept", "Accept-Language")
_OF_PAGE: Final = ("edit", "example", *COMMON_PARAMETERS)
_DATASET: Final = ("default-graph-uri", "named-graph-uri")
_EXAMPLE: Final = "SELECT ?meeting ?starts WHERE { ?meeting a asoen:Meeting ; asoen:starts ?starts } LIMIT 10"

router = Router(tags=["SPARQL"])

_ANSWERS: Final[Responses] = {
    200: {
        "description": "The answer, in the form asked for.",
        "content": {offer.media_type: {} for offer in (*BINDINGS, *TRIPLES)},
    },
    304: {"description": "The answer is the one whose ETag the client named."},
    "default": PROBLEM,
}
_DATASET_PARAMETERS: Final = [
    repeated("default-graph-uri", "A graph that is to be (part of) the default graph; wins over FROM."),
    repeated("named-graph-uri", "A graph that is to be a named graph; wins over FROM NAMED."),
]


@router.get(
    "/sparql",
    operation_id="sparql-get",
    summary="Query with SPARQL",
    description="The query operation of the SPARQL 1.1 Protocol by GET. Without a query: the service description, and "
    "for people an editor, with the text of `edit` or the query of the catalogue that `example` names. "
    "The usual prefixes may be left out.",
    responses=_ANSWERS,
    openapi_extra={
        "parameters": [
            query_parameter("query", "A SPARQL 1.1 query: SELECT, ASK, CONSTRUCT or DESCRIBE.", example=_EXAMPLE),
            *_DATASET_PARAMETERS,
            FORMAT,
            LANGUAGE,
            TIMEOUT,
        ]
    },
)
async def get(request: Request) -> Response:
    """Answer a query in the address, or describe the service."""
    parameters = url_parameters(request)
    if "query" not in parameters and "update" not in parameters:
        return await _page(request, parameters)
    return await _answer(request, parameters, parameters)


async def _page(request: Request, parameters: Parameters) -> Response:
    """The editor for people, with the text of ``edit`` or the query of the catalogue that ``example`` names."""
    arguments: dict[str, Any] = {
        "base": str(request.base_url),
        "language": language(request, parameters),
        "edit": single(parameters, "edit"),
        "example": single(parameters, "example"),
        "values": {},
    }
    if arguments["example"] is not None:
        given = (name for name in parameters if name not in _OF_PAGE)
        arguments["values"] = {name: single(parameters, name) for name in given}
    return await front_of(request).answer(
        request, "query-page", arguments | form(request, parameters), parameters, _VARY
    )


@router.post(
    "/sparql",
    operation_id="sparql-post",
    summary="Query with SPARQL, by POST",
    description="The query operation of the SPARQL 1.1 Protocol by POST, as a form or with the query as the body.",
    responses=_ANSWERS,
    openapi_extra={
        "parameters": [*_DATASET_PARAMETERS, FORMAT, LANGUAGE, TIMEOUT],
        "requestBody": {
            "required": True,
            "content": {
                QUERY: {"schema": {"type": "string"}, "example": _EXAMPLE},
                FORM: {
                    "schema": {
                        "type": "object",
                        "required": ["query"],
                        "properties": {"query": {"type": "string"}},
                    },
                    "example": {"query": _EXAMPLE},
                },
            },
        },
    },
)
async def post(request: Request) -> Response:
    """Answer a query in the body."""
    protocol, extras = await posted(request)
    return await _answer(request, protocol, extras)


async def _answer(request: Request, protocol: Parameters, extras: Parameters) -> Response:
    """Answer the query of the protocol's parameters; ``format``, ``lang`` and ``timeout`` are among the extras."""
    arguments: Mapping[str, Any] = {
        "query": one_query(protocol),
        "default_graphs": protocol.get("default-graph-uri", []),
        "named_graphs": protocol.get("named-graph-uri", []),
        "language": language(request, extras),
    }
    return await front_of(request).answer(request, "sparql", {**arguments, **form(request, extras)}, extras, _VARY)

"""``/api``: entities, their facts, sources and the search, as JSON with labels and citations."""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from asoen_graph.server.documentation import (
    LANGUAGE,
    PAGING,
    TIMEOUT,
    json_responses,
    page_responses,
    query_parameter,
)
from asoen_graph.server.forms import JSON
from asoen_graph.server.front import front_of, language
from asoen_graph.server.negotiation import choose
from asoen_graph.server.problems import BadRequest
from asoen_graph.server.requests import Parameters, refuse_unknown, single, url_parameters, whole_number

DEFAULT_LIMIT: Final = 50
LARGEST_LIMIT: Final = 1000
_VARY: Final = ("Accept", "Accept-Language")
_PAGE: Final = ("limit", "offset")

router = APIRouter(prefix="/api", tags=["API"])


@router.get(
    "/entities",
    operation_id="entities",
    summary="Entities, by class or by name",
    description="All entities but relation nodes, sorted by label; those of a class; or, with `q`, those called so, "
    "best first.",
    responses=page_responses("EntityEntry"),
    openapi_extra={
        "parameters": [
            query_parameter("class", "The key of a class, such as `meeting`; sub-classes count.", example="meeting"),
            query_parameter("q", "Words of a name, with or without diacritics."),
            *PAGING,
            LANGUAGE,
            TIMEOUT,
        ]
    },
)
async def entities(request: Request) -> Response:
    """A page of entities."""
    parameters = _parameters(request, "class", "q", *_PAGE)
    arguments = {"class": single(parameters, "class"), "q": single(parameters, "q")}
    return await _answer(request, "entities", arguments | _paging(parameters), parameters)


@router.get(
    "/entities/{slug}",
    operation_id="entity-card",
    summary="An entity with all its facts",
    description="Everything the graph says of an entity, grouped by property, each statement with its sources.",
    responses=json_responses("EntityCard"),
    openapi_extra={"parameters": [LANGUAGE, TIMEOUT]},
)
async def entity(request: Request, slug: str) -> Response:
    """The card of an entity."""
    parameters = _parameters(request)
    return await _answer(request, "entity", {"slug": slug}, parameters)


@router.get(
    "/entities/{slug}/facts",
    operation_id="entity-facts",
    summary="The facts of an entity",
    description="Every fact with the entity at either end, whatever its status, with its source and place.",
    responses=page_responses("FactRecord"),
    openapi_extra={"parameters": [*PAGING, LANGUAGE, TIMEOUT]},
)
async def facts(request: Request, slug: str) -> Response:
    """A page of the facts of an entity."""
    parameters = _parameters(request, *_PAGE)
    return await _answer(request, "entity-facts", {"slug": slug} | _paging(parameters), parameters)


@router.get(
    "/sources",
    operation_id="sources",
    summary="The documents facts are taken from",
    description="Every source with its title, date and number of facts.",
    responses=page_responses("SourceEntry"),
    openapi_extra={"parameters": [*PAGING, LANGUAGE, TIMEOUT]},
)
async def sources(request: Request) -> Response:
    """A page of sources."""
    parameters = _parameters(request, *_PAGE)
    return await _answer(request, "sources", _paging(parameters), parameters)


@router.get(
    "/sources/{slug}",
    operation_id="source-card",
    summary="A source with all facts taken from it",
    description="How the document is cited, and its facts in the order of the text.",
    responses=json_responses("SourceCard"),
    openapi_extra={"parameters": [LANGUAGE, TIMEOUT]},
)
async def source(request: Request, slug: str) -> Response:
    """The card of a source."""
    parameters = _parameters(request)
    return await _answer(request, "source", {"slug": slug}, parameters)


@router.get(
    "/search",
    operation_id="search",
    summary="Find entities by name",
    description="Entities whose names have all the words (or words that begin so), best first; diacritics, case and "
    "punctuation do not matter.",
    responses=page_responses("Hit"),
    openapi_extra={
        "parameters": [
            query_parameter("q", "Words of a name.", required=True, example="lo go xa mat"),
            *PAGING,
            LANGUAGE,
            TIMEOUT,
        ]
    },
)
async def search(request: Request) -> Response:
    """A page of hits."""
    parameters = _parameters(request, "q", *_PAGE)
    words = single(parameters, "q")
    if words is None:
        raise BadRequest("There is nothing to search for", "Add ?q= with words of a name")
    return await _answer(request, "search", {"q": words} | _paging(parameters), parameters)


def _parameters(request: Request, *known: str) -> Parameters:
    parameters = url_parameters(request)
    refuse_unknown(parameters, known)
    return parameters


def _paging(parameters: Parameters) -> dict[str, Any]:
    return {
        "limit": whole_number(parameters, "limit", DEFAULT_LIMIT, LARGEST_LIMIT),
        "offset": whole_number(parameters, "offset", 0, 10**9),
    }


async def _answer(request: Request, operation: str, arguments: dict[str, Any], parameters: Parameters) -> Response:
    choose((JSON,), request.headers.get("accept"), single(parameters, "format"))
    arguments["language"] = language(request, parameters)
    return await front_of(request).answer(request, operation, arguments, parameters, _VARY)

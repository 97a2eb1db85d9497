"""``/api``: entities, their facts, sources and the search, as JSON with labels and citations."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from asoen_graph.errors import ParameterError
from asoen_graph.messages import tell
from asoen_graph.server.documentation import (
    LANGUAGE,
    TIMEOUT,
    json_responses,
    query_parameter,
)
from asoen_graph.server.forms import JSON
from asoen_graph.server.front import front_of, language
from asoen_graph.server.list_documentation import PERIOD, filters, page_responses, paging
from asoen_graph.server.negotiation import choose
from asoen_graph.server.problems import BadRequest
from asoen_graph.server.requests import (
    COMMON_PARAMETERS,
    Parameters,
    refuse_unknown,
    single,
    url_parameters,
    whole_number,
)
from asoen_graph.server.routing import Router

DEFAULT_LIMIT: Final = 50
LARGEST_LIMIT: Final = 1000
DEFAULT_SUGGESTIONS: Final = 10
LONGEST_SEARCH: Final = 500
"""Characters; what is looked for is compared with every name there is."""
_SEARCH: Final = {"type": "string", "maxLength": LONGEST_SEARCH}
_VARY: Final = ("Accept", "Accept-Language")
_PAGE: Final = ("sort", "facets", "fields", "limit", "offset", "cursor")
_PERIOD: Final = ("from", "until")

router = Router(prefix="/api", tags=["API"])


@router.get(
    "/entities",
    operation_id="entities",
    summary="Entities, by class, name, time and any property",
    description="All entities but relation nodes, sorted by label; with `class`, those of a class; with `q`, those "
    "called so, best first. Every property of the ontology filters: `country=viet-nam`, `series=asoen-meetings`.",
    responses=page_responses("EntityEntry"),
    openapi_extra={
        "parameters": [
            query_parameter("class", "The key of a class, such as `meeting`; sub-classes count.", example="meeting"),
            query_parameter("q", "Words of a name, with or without diacritics."),
            *PERIOD,
            filters("EntityFilters"),
            *paging("`class`, `label`, `slug` or a property", "EntityEntry"),
            LANGUAGE,
            TIMEOUT,
        ]
    },
)
async def entities(request: Request) -> Response:
    """A page of entities."""
    parameters = url_parameters(request)
    arguments = list_arguments(request, parameters, "q", *_PERIOD)
    return await _answer(request, "entities", arguments, parameters)


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
    openapi_extra={
        "parameters": [
            query_parameter("property", "The key of a property, such as `host`."),
            query_parameter("status", "The key of a status, such as `disputed`."),
            query_parameter("source", "The slug of a document."),
            *paging("`property`, `status`, `source`, `about`, `value` or `published`", "FactRecord"),
            LANGUAGE,
            TIMEOUT,
        ]
    },
)
async def facts(request: Request, slug: str) -> Response:
    """A page of the facts of an entity."""
    parameters = url_parameters(request)
    arguments = list_arguments(request, parameters) | {"slug": slug}
    return await _answer(request, "entity-facts", arguments, parameters)


@router.get(
    "/sources",
    operation_id="sources",
    summary="The documents facts are taken from",
    description="Every source with its title, publisher, date, kind and number of facts, by slug.",
    responses=page_responses("SourceEntry"),
    openapi_extra={
        "parameters": [
            *PERIOD,
            filters("SourceFilters"),
            *paging("`slug`, `title`, `facts` or a property", "SourceEntry"),
            LANGUAGE,
            TIMEOUT,
        ]
    },
)
async def sources(request: Request) -> Response:
    """A page of sources."""
    parameters = url_parameters(request)
    return await _answer(request, "sources", list_arguments(request, parameters, *_PERIOD), parameters)


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
    "punctuation do not matter. Where few are found, `suggestions` has names that were perhaps meant.",
    responses=page_responses("Hit"),
    openapi_extra={
        "parameters": [
            query_parameter("q", "Words of a name.", _SEARCH, required=True, example="lo go xa mat"),
            query_parameter("class", "The key of a class, such as `meeting`; sub-classes count."),
            filters("EntityFilters"),
            *paging("`class`, `label`, `slug` or a property", "Hit"),
            LANGUAGE,
            TIMEOUT,
        ]
    },
)
async def search(request: Request) -> Response:
    """A page of hits."""
    parameters = url_parameters(request)
    _words(parameters)
    return await _answer(request, "search", list_arguments(request, parameters, "q"), parameters)


@router.get(
    "/suggest",
    operation_id="suggest",
    summary="Complete a name while it is typed",
    description="Entities with a name that goes on as `q` begins, best first, with or without diacritics; `matched` "
    "is that name.",
    responses=json_responses("Suggestions"),
    openapi_extra={
        "parameters": [
            query_parameter("q", "The beginning of a name.", _SEARCH, required=True, example="lo go x"),
            query_parameter("class", "The key of a class, such as `meeting`; sub-classes count."),
            query_parameter(
                "limit",
                "The most suggestions.",
                {"type": "integer", "minimum": 0, "maximum": LARGEST_LIMIT, "default": DEFAULT_SUGGESTIONS},
            ),
            LANGUAGE,
            TIMEOUT,
        ]
    },
)
async def suggest(request: Request) -> Response:
    """Names that begin so."""
    parameters = _parameters(request, "q", "class", "limit")
    arguments = {
        "q": _words(parameters),
        "class": single(parameters, "class"),
        "limit": whole_number(parameters, "limit", DEFAULT_SUGGESTIONS, LARGEST_LIMIT),
    }
    return await _answer(request, "suggest", arguments, parameters)


def list_arguments(
    request: Request, parameters: Parameters, *asked: str, limit: int = DEFAULT_LIMIT, most: int = LARGEST_LIMIT
) -> dict[str, Any]:
    """What a page of a list is made of; ``asked`` are the parameters of this list that are no filters.

    Whether there is a filter of that name only a worker knows, which has the ontology. Raises ParameterError.
    """
    others = [*asked, *_PAGE, *COMMON_PARAMETERS]
    question = {name: single(parameters, name) for name in asked}
    given = {name: single(parameters, name) or "" for name in parameters if name not in others}
    return question | {
        "question": question,
        "filters": given,
        "others": others,
        "sort": single(parameters, "sort"),
        "facets": single(parameters, "facets"),
        "fields": single(parameters, "fields"),
        "limit": whole_number(parameters, "limit", limit, most),
        "offset": whole_number(parameters, "offset", 0, 10**9),
        "cursor": single(parameters, "cursor"),
        "address": quote(request.url.path),
        "parameters": [[name, value] for name, values in parameters.items() for value in values],
    }


def _words(parameters: Parameters) -> str:
    words = single(parameters, "q")
    if words is None:
        raise BadRequest(tell("value.nothing-searched"), tell("value.add-words"))
    if len(words) > LONGEST_SEARCH:
        raise ParameterError("q", tell("value.search-long", longest_search=LONGEST_SEARCH), tell("value.search-fewer"))
    return words


def _parameters(request: Request, *known: str) -> Parameters:
    parameters = url_parameters(request)
    refuse_unknown(parameters, known)
    return parameters


async def _answer(request: Request, operation: str, arguments: dict[str, Any], parameters: Parameters) -> Response:
    choose((JSON,), request.headers.get("accept"), single(parameters, "format"))
    arguments["language"] = language(request, parameters)
    return await front_of(request).answer(request, operation, arguments, parameters, _VARY)

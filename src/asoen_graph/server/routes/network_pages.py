"""``/networks``: the list, a page for each network and for any query; and what their scripts and pictures ask for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from asoen_graph.errors import ParameterError, UnknownName
from asoen_graph.messages import tell
from asoen_graph.network.model import LAYOUTS
from asoen_graph.network.onemode import SIDES
from asoen_graph.queries.catalogue import Catalogue
from asoen_graph.server.documentation import LANGUAGE, PROBLEM, TIMEOUT, Responses, query_parameter
from asoen_graph.server.forms import JSON
from asoen_graph.server.front import front_of, language
from asoen_graph.server.network_fields import CHOICES, FILTERS
from asoen_graph.server.protocol import FORM, QUERY, one_query, posted
from asoen_graph.server.requests import Parameters, refuse_unknown, single, url_parameters
from asoen_graph.server.routes import choices
from asoen_graph.server.routes.networks import EXAMPLE
from asoen_graph.server.routing import Router
from asoen_graph.text import nearest

VARY: Final = ("Accept-Language",)
_CUT: Final = ("top", "project", "layout")

_PROSE: Final = (
    "The network of all time with each occasion by itself, for programs that show one period after another. Texts are "
    "in both languages; kinds, relations, documents and facts stand once and are named by number. A link is "
    "`[source, target, relation, occasions]`, an occasion `[weight, first day, last day, facts]`."
)
_ANSWERS: Final[Responses] = {
    200: {"description": "The network.", "content": {JSON.media_type: {}}},
    "default": PROBLEM,
}
_DESCRIBED: Final[list[dict[str, Any]]] = [
    query_parameter("top", "Only so many nodes: the strongest.", {"type": "integer", "minimum": 1}),
    query_parameter(
        "project", "The side that is kept; nodes have places for that.", {"type": "string", "enum": [*SIDES]}
    ),
    query_parameter("layout", "How nodes are arranged.", {"type": "string", "enum": [*LAYOUTS]}),
    LANGUAGE,
    TIMEOUT,
]


def router(catalogue: Catalogue) -> Router:
    """The routes of the pages of networks, those of a catalogue and of any query."""
    routes = Router(tags=["Networks"])
    names = [name for name in catalogue if catalogue[name].is_network]
    _add_pages(routes, catalogue, names)
    for name in names:
        _add_parts(routes, catalogue, name)
    _add_occasions_of_queries(routes)
    return routes


def _add_pages(routes: Router, catalogue: Catalogue, names: list[str]) -> None:
    async def listed(request: Request) -> Response:
        parameters = url_parameters(request)
        refuse_unknown(parameters, ())
        arguments = {"language": language(request, parameters)}
        return await front_of(request).answer(request, "network-list", arguments, parameters, VARY)

    async def of_query(request: Request) -> Response:
        parameters = url_parameters(request)
        refuse_unknown(parameters, ("query", *CHOICES, *FILTERS, "page", "ends"))
        query = single(parameters, "query") or ""
        arguments = {"name": None, "query": query.strip(), "values": {}, **_wanted(request, parameters)}
        return await front_of(request).answer(request, "network-page", arguments, parameters, VARY)

    async def shown(request: Request, name: str) -> Response:
        if name not in names:
            raise UnknownName("network", name, nearest(name, names))
        known = catalogue[name].parameters
        parameters = url_parameters(request)
        refuse_unknown(parameters, (*known, *CHOICES, *FILTERS, "page", "ends"))
        values = _given(parameters, known)
        arguments = {"name": name, "values": values, **_wanted(request, parameters)}
        return await front_of(request).answer(request, "network-page", arguments, parameters, VARY)

    routes.add("/networks", listed, include_in_schema=False)
    routes.add("/networks/query", of_query, include_in_schema=False)
    routes.add("/networks/{name}", shown, include_in_schema=False)


def _add_parts(routes: Router, catalogue: Catalogue, name: str) -> None:
    known = catalogue[name].parameters

    async def occasions(request: Request) -> Response:
        parameters = url_parameters(request)
        refuse_unknown(parameters, (*known, *_CUT))
        arguments = {"name": name, "values": _given(parameters, known), **_cut(request, parameters)}
        return await front_of(request).answer(request, "network-occasions", arguments, parameters, VARY)

    async def thumbnail(request: Request) -> Response:
        parameters = url_parameters(request)
        refuse_unknown(parameters, ())
        return await front_of(request).answer(request, "network-thumbnail", {"name": name}, parameters, ())

    routes.add(
        f"/api/networks/{name}/occasions.json",
        occasions,
        operation_id=f"occasions-{name}",
        summary=f"Occasions of the network: {catalogue[name].title['en']}",
        description=_PROSE,
        responses=_ANSWERS,
        openapi_extra={"parameters": _DESCRIBED},
    )
    routes.add(f"/api/networks/{name}/small.svg", thumbnail, include_in_schema=False)


def _add_occasions_of_queries(routes: Router) -> None:
    async def get(request: Request) -> Response:
        parameters = url_parameters(request)
        return await answer(request, parameters, parameters)

    async def post(request: Request) -> Response:
        return await answer(request, *await posted(request))

    async def answer(request: Request, protocol: Parameters, extras: Parameters) -> Response:
        query = one_query(protocol)
        refuse_unknown(extras, ("query", *_CUT))
        arguments = {"query": query, **_cut(request, extras)}
        return await front_of(request).answer(request, "network-occasions", arguments, extras, VARY)

    asked = query_parameter(
        "query", "A SELECT of SPARQL 1.1 that gives `?source` and `?target`.", required=True, example=EXAMPLE
    )
    body = {"schema": {"type": "object", "required": ["query"], "properties": {"query": {"type": "string"}}}}
    about: dict[str, Any] = {"summary": "Occasions of a query as a network", "responses": _ANSWERS}
    routes.add(
        "/api/network/occasions.json",
        get,
        operation_id="occasions-of-query",
        description=_PROSE,
        openapi_extra={"parameters": [asked, *_DESCRIBED]},
        **about,
    )
    routes.add(
        "/api/network/occasions.json",
        post,
        "POST",
        operation_id="occasions-of-posted-query",
        description=f"{_PROSE} The query comes as the body, or in a form.",
        openapi_extra={
            "parameters": _DESCRIBED,
            "requestBody": {"required": True, "content": {QUERY: {"schema": {"type": "string"}}, FORM: body}},
        },
        **about,
    )


def _wanted(request: Request, parameters: Parameters) -> dict[str, Any]:
    page = single(parameters, "page") or "1"
    if not (page.isascii() and page.isdigit()) or not 0 < int(page[:6]) < 100_000:
        raise ParameterError("page", tell("value.page-number", page=page[:20]), tell("value.page-digits"))
    return {
        "wanted": _given(parameters, CHOICES),
        "filters": _given(parameters, FILTERS),
        "page": int(page),
        "ends": single(parameters, "ends") or "",
        "language": language(request, parameters),
    }


def _cut(request: Request, parameters: Parameters) -> dict[str, Any]:
    return {
        "top": choices.read_measures({"top": parameters["top"]} if "top" in parameters else {})["top"],
        "project": single(parameters, "project"),
        "layout": single(parameters, "layout"),
        "language": language(request, parameters),
    }


def _given(parameters: Parameters, names: Mapping[str, Any] | tuple[str, ...]) -> dict[str, str]:
    """What is given of these; a form sends fields that are left empty too, and those say nothing."""
    values = {name: (single(parameters, name) or "").strip() for name in names}
    return {name: value for name, value in values.items() if value}

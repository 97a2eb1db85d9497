"""``/api/queries`` and ``/api/networks``: one operation for each query of the catalogue, made from its header."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from asoen_graph.errors import ParameterError, UnknownName
from asoen_graph.messages import tell
from asoen_graph.network.formats import FORMATS
from asoen_graph.network.measures.forms import FORMS
from asoen_graph.queries.catalogue import Catalogue, CatalogueQuery
from asoen_graph.queries.parameters import Parameter, as_typed
from asoen_graph.server.constants import Constant
from asoen_graph.server.documentation import LANGUAGE, PROBLEM, TIMEOUT, formats, query_parameter
from asoen_graph.server.forms import JSON, ROWS
from asoen_graph.server.front import form, front_of, language
from asoen_graph.server.negotiation import LANGUAGES
from asoen_graph.server.requests import Parameters, refuse_unknown, single, url_parameters
from asoen_graph.server.routes import measures, networks
from asoen_graph.server.routes.editing import given_values
from asoen_graph.server.routing import Router
from asoen_graph.text import nearest

_ASPECTS: Final = ("group", "view")
_USUAL: Final = ("name", "title", "description", "group", "view", "parameters", "columns")
_MEMBERS: Final = (*_USUAL, "text")
"""The text is sent where it is asked for: all of them are long."""
_VARY: Final = ("Accept", "Accept-Language")
_SCHEMAS: Final[dict[str, dict[str, Any]]] = {
    "year": {"type": "integer"},
    "integer": {"type": "integer"},
    "decimal": {"type": "number"},
    "boolean": {"type": "boolean"},
    "language": {"type": "string", "enum": [*LANGUAGES]},
}
"""The schema of each type of parameter that is not just a text."""

Handler = Callable[[Request], Awaitable[Response]]


def router(catalogue: Catalogue) -> Router:
    """The routes of a catalogue."""
    routes = Router(prefix="/api")
    entries = [catalogue[name] for name in catalogue]
    queries = [entry for entry in entries if not entry.is_network]
    of_networks = [entry for entry in entries if entry.is_network]
    _add_list(routes, "queries", queries)
    _add_list(routes, "networks", of_networks)
    for query in queries:
        _add_query(routes, query)
    for network in of_networks:
        _add_network(routes, network)
    _add_fallbacks(routes, queries, of_networks)
    return routes


def _constant(items: list[dict[str, Any]]) -> Constant:
    content = json.dumps({"total": len(items), "items": items}, ensure_ascii=False, separators=(",", ":"))
    return Constant(content.encode(), {"Content-Type": JSON.media_type})


def _add_list(routes: Router, kind: str, entries: list[CatalogueQuery]) -> None:
    summaries = [_summary(entry) for entry in entries]
    everything = _constant(_sparse(summaries, ",".join(_USUAL)))

    async def listed(request: Request) -> Response:
        parameters = url_parameters(request)
        refuse_unknown(parameters, (*_ASPECTS, "fields"))
        if not parameters:
            return everything.answer(request)
        found = [each for each in summaries if all(_fits(each, name, parameters) for name in _ASPECTS)]
        return _constant(_sparse(found, single(parameters, "fields"))).answer(request)

    routes.add(
        f"/{kind}",
        listed,
        operation_id=kind,
        tags=["Catalogue"],
        summary=f"The {kind} of the catalogue",
        description="Each with its title, description and parameters in English and Vietnamese.",
        responses={"default": PROBLEM},
        openapi_extra={
            "parameters": [
                query_parameter("group", "Only those of a group, such as `when`; several, separated by commas."),
                query_parameter("view", "Only those that can be drawn so, such as `timeline` or `map`."),
                query_parameter(
                    "fields",
                    "The members of the items to send, separated by commas: `name,title`; "
                    "`text`, the query itself, is sent only then.",
                ),
            ]
        },
    )


def _fits(summary: dict[str, Any], name: str, parameters: Parameters) -> bool:
    wanted = single(parameters, name)
    return wanted is None or summary[name] in wanted.split(",")


def _sparse(summaries: list[dict[str, Any]], fields: str | None) -> list[dict[str, Any]]:
    names = _USUAL if fields is None else fields.split(",")
    for name in names:
        if name not in _MEMBERS:
            near = nearest(name, _MEMBERS)
            hint = tell("value.did-you-mean", near=near) if near else tell("value.there-are", names=_MEMBERS)
            raise ParameterError("fields", tell("value.no-member", parameter="fields", name=name[:80]), hint)
    return [{name: summary[name] for name in names} for summary in summaries]


def _add_query(routes: Router, query: CatalogueQuery) -> None:
    async def answer(request: Request) -> Response:
        parameters = url_parameters(request)
        refuse_unknown(parameters, query.parameters)
        arguments = {
            "name": query.name,
            "values": given_values(query, parameters),
            "language": language(request, parameters),
        }
        return await front_of(request).answer(
            request, "catalogue-query", arguments | form(request, parameters), parameters, _VARY
        )

    routes.add(
        f"/queries/{query.name}",
        answer,
        operation_id=f"query-{query.name}",
        tags=[f"Queries: {query.group}" if query.group else "Queries"],
        summary=query.title["en"],
        description=_prose(query),
        responses={
            200: {
                "description": "The rows, with labels and sources.",
                "content": {offer.media_type: {} for offer in ROWS},
            },
            "default": PROBLEM,
        },
        openapi_extra={
            "parameters": [
                *map(_described, query.parameters.values()),
                formats([offer.format for offer in ROWS]),
                LANGUAGE,
                TIMEOUT,
            ]
        },
    )


def _add_network(routes: Router, network: CatalogueQuery) -> None:
    async def draw(request: Request, format: str) -> Response:
        parameters = url_parameters(request)
        refuse_unknown(parameters, [*network.parameters, *networks.PARAMETERS])
        values = given_values(network, parameters)
        arguments = {"name": network.name, "values": values, **networks.asked(request, format, parameters)}
        return await front_of(request).answer(request, "network", arguments, parameters, networks.VARY)

    described = [*map(_described, network.parameters.values()), *networks.DESCRIBED]
    routes.add(
        f"/networks/{network.name}.{{format}}",
        draw,
        operation_id=f"network-{network.name}",
        tags=["Networks"],
        summary=network.title["en"],
        description=_prose(network),
        responses=networks.ANSWERS,
        openapi_extra={"parameters": described},
    )
    measures.add_measures(routes, network, described)


def _add_fallbacks(routes: Router, queries: list[CatalogueQuery], of_networks: list[CatalogueQuery]) -> None:
    names = [query.name for query in queries]
    network_names = [network.name for network in of_networks]

    async def no_query(request: Request, name: str) -> Response:
        raise UnknownName("query", name, nearest(name, names))

    async def no_network(request: Request, name: str) -> Response:
        name = name.partition(".")[0]
        if name in network_names:
            raise UnknownName("network without a format", name, tuple(f"{name}.{each}" for each in FORMATS))
        raise UnknownName("network", name, nearest(name, network_names))

    async def no_measures(request: Request, name: str, part: str) -> Response:
        if name not in network_names:
            raise UnknownName("network", name, nearest(name, network_names))
        raise UnknownName("table of a network", part, tuple(f"measures.{each}" for each in FORMS))

    routes.add("/queries/{name}", no_query, include_in_schema=False)
    routes.add("/networks/{name}/{part}", no_measures, include_in_schema=False)
    routes.add("/networks/{name}", no_network, include_in_schema=False)


def _prose(query: CatalogueQuery) -> str:
    return (
        f"{query.description.get('en', '')}\n\n*{query.title.get('vi', '')}* {query.description.get('vi', '')}".strip()
    )


def _summary(query: CatalogueQuery) -> dict[str, Any]:
    return {
        "name": query.name,
        "title": dict(query.title),
        "description": dict(query.description),
        "group": query.group,
        "view": query.view,
        "parameters": [{"name": parameter.name, **parameter.told()} for parameter in query.parameters.values()],
        "columns": {name: dict(texts) for name, texts in query.columns.items()},
        "text": query.text,
    }


def _described(parameter: Parameter) -> dict[str, Any]:
    """A parameter of a query as OpenAPI describes it."""
    notes = [parameter.description.get("en", "")]
    if parameter.class_key:
        notes.append(f"The slug or key of a {parameter.class_key}.")
    if parameter.many:
        notes.append("Several, separated by commas.")
    schema = dict(_SCHEMAS.get(parameter.type, {"type": "string"}))
    default = ",".join(as_typed(term) for term in parameter.default)
    if default and schema["type"] == "string":
        schema["default"] = default
    return query_parameter(parameter.name, " ".join(filter(None, notes)), schema, example=default or None)

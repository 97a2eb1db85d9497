"""``/entities``, ``/sources`` and ``/queries``: lists and forms for people, whose whole state is in the address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from asoen_graph.errors import UnknownName
from asoen_graph.server.forms import CSV, HTML
from asoen_graph.server.front import front_of, language
from asoen_graph.server.negotiation import choose
from asoen_graph.server.requests import Parameters, refuse_unknown, single, url_parameters, whole_number
from asoen_graph.server.routes.api import list_arguments
from asoen_graph.server.routing import Router
from asoen_graph.text import nearest

LARGEST_LIMIT: Final = 500
_VARY: Final = ("Accept", "Accept-Language")
_PERIOD: Final = ("from", "until")
_OF_PAGE: Final = ("page", "show")
"""What the address of a query's page says beside its values: the part of the rows, and the view that scripts show."""
_LARGEST_PAGE: Final = 10**6

router = Router()


@router.get("/entities", include_in_schema=False)
async def entities(request: Request) -> Response:
    """A page of entities."""
    return await _list(request, "entities-page", "q", *_PERIOD)


@router.get("/sources", include_in_schema=False)
async def sources(request: Request) -> Response:
    """A page of sources."""
    return await _list(request, "sources-page", *_PERIOD)


@router.get("/queries", include_in_schema=False)
async def queries(request: Request) -> Response:
    """The catalogue."""
    parameters = tidied(url_parameters(request))
    refuse_unknown(parameters, ("q", "group", "view"))
    choose((HTML,), request.headers.get("accept"), single(parameters, "format"))
    asked = {name: single(parameters, name) or "" for name in ("q", "group", "view")}
    arguments = {**asked, "language": language(request, parameters)}
    return await front_of(request).answer(request, "queries-page", arguments, parameters, _VARY)


@router.get("/queries/{name}", include_in_schema=False)
async def query(request: Request, name: str) -> Response:
    """A query of the catalogue: its form, and the answer to it with the values that are in the address."""
    front = front_of(request)
    if name not in front.catalogue or front.catalogue[name].is_network:
        names = [each for each in front.catalogue if not front.catalogue[each].is_network]
        raise UnknownName("query", name, nearest(name, names))
    # What is left empty in a form says that an optional parameter is to be left out.
    parameters = joined(url_parameters(request))
    known = front.catalogue[name].parameters
    refuse_unknown(parameters, (*known, *_OF_PAGE))
    choose((HTML,), request.headers.get("accept"), single(parameters, "format"))
    values = {each: single(parameters, each) for each in known}
    arguments: dict[str, Any] = {
        "name": name,
        "values": {each: value for each, value in values.items() if value is not None},
        "form": "page",
        "language": language(request, parameters),
        "base": str(request.base_url),
    }
    if "page" in parameters:
        arguments["page"] = whole_number(parameters, "page", 1, _LARGEST_PAGE)
    return await front.answer(request, "catalogue-query", arguments, parameters, _VARY)


def joined(parameters: Parameters) -> dict[str, list[str]]:
    """Several values of one parameter, as boxes of a form send them, as one with commas between them."""
    return {name: [",".join(filter(None, values))] for name, values in parameters.items()}


def tidied(parameters: Parameters) -> dict[str, list[str]]:
    """The same without what was left empty."""
    return {name: values for name, values in joined(parameters).items() if values != [""]}


async def _list(request: Request, operation: str, *asked: str) -> Response:
    parameters = tidied(url_parameters(request))
    offer = choose((HTML, CSV), request.headers.get("accept"), single(parameters, "format"))
    arguments: dict[str, Any] = list_arguments(request, parameters, *asked, most=LARGEST_LIMIT)
    arguments |= {"language": language(request, parameters), "form": offer.format, "given": _given(parameters)}
    return await front_of(request).answer(request, operation, arguments, parameters, _VARY)


def _given(parameters: Mapping[str, list[str]]) -> dict[str, str]:
    return {name: values[0] for name, values in parameters.items()}

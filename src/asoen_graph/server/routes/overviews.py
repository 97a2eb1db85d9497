"""``/map`` and ``/timeline``: what is where, and what was when."""

from __future__ import annotations

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from asoen_graph.errors import ParameterError, UnknownName
from asoen_graph.messages import tell
from asoen_graph.server.documentation import LANGUAGE, PROBLEM, TIMEOUT, Responses, query_parameter
from asoen_graph.server.front import front_of, language
from asoen_graph.server.requests import COMMON_PARAMETERS, Parameters, refuse_unknown, single, url_parameters
from asoen_graph.server.routing import Router
from asoen_graph.text import nearest

_VARY: Final = ("Accept-Language",)
_DATE: Final = "A date of any precision: 2031, 2031-05, 2031-05-02."
_LANES: Final = ("kind", "series")
_NAMES: Final = ("class", "country", "year", "from", "until")
_FORMATS: Final = {"map": ("svg", "csv", "geojson"), "timeline": ("svg", "csv", "json")}
_CHOICE: Final = (
    query_parameter("class", "The key of a class; sub-classes count. It may be given several times."),
    query_parameter("country", "The slug of a state."),
    query_parameter("year", f"Only what touches this time. {_DATE}"),
    query_parameter("from", f"Only what was at this date or later. {_DATE}"),
    query_parameter("until", f"Only what was at this date or earlier. {_DATE}"),
)
_WITHIN: Final = (
    query_parameter("series", "The slug of a series, organisation or award that it belongs to."),
    query_parameter("lanes", "How the picture is divided.", {"type": "string", "enum": [*_LANES]}),
)


def _responses(*media_types: str) -> Responses:
    content: dict[str, Any] = {each: {} for each in media_types}
    return {200: {"description": "What fits, with its sources.", "content": content}, "default": PROBLEM}


router = Router(tags=["Map and timeline"])


@router.get("/map", include_in_schema=False)
async def map_page(request: Request) -> Response:
    """The page with the map."""
    return await _page(request, "map")


@router.get("/timeline", include_in_schema=False)
async def timeline_page(request: Request) -> Response:
    """The page with the timeline."""
    return await _page(request, "timeline")


@router.get(
    "/map.{format}",
    operation_id="map-file",
    summary="What is where",
    description="Everything with a point, or in a place with a point, as the query `things-on-the-map` tells it: "
    "`svg`, `csv` or `geojson`, each with its sources.",
    responses=_responses("image/svg+xml", "text/csv", "application/geo+json"),
    openapi_extra={"parameters": [*_CHOICE, LANGUAGE, TIMEOUT]},
)
async def map_file(request: Request, format: str) -> Response:
    """The map as a file."""
    return await _file(request, "map", format)


@router.get(
    "/timeline.{format}",
    operation_id="timeline-file",
    summary="What was when",
    description="Everything with a date or term, as the query `things-in-time` tells it: `svg`, `csv` or `json`, each "
    "with its sources. Events and instruments where no class and no series is asked for.",
    responses=_responses("image/svg+xml", "text/csv", "application/json"),
    openapi_extra={"parameters": [*_CHOICE, *_WITHIN, LANGUAGE, TIMEOUT]},
)
async def timeline_file(request: Request, format: str) -> Response:
    """The timeline as a file."""
    return await _file(request, "timeline", format)


async def _page(request: Request, view: str) -> Response:
    parameters = url_parameters(request)
    arguments = _asked(request, parameters, view)
    return await front_of(request).answer(request, "overview", arguments, parameters, _VARY)


async def _file(request: Request, view: str, format: str) -> Response:
    if format not in _FORMATS[view]:
        raise UnknownName(f"form of the {view}", format, nearest(format, _FORMATS[view]) or _FORMATS[view])
    parameters = url_parameters(request)
    arguments = _asked(request, parameters, view) | {"format": format}
    return await front_of(request).answer(request, "overview-file", arguments, parameters, _VARY)


def _asked(request: Request, parameters: Parameters, view: str) -> dict[str, Any]:
    """What is asked for, empty fields of a form left out. Raises ParameterError."""
    within = ("series", "lanes") if view == "timeline" else ()
    refuse_unknown(parameters, (*_NAMES, *within, *COMMON_PARAMETERS))
    asked = {name: single(parameters, name) or None for name in (*_NAMES[1:], *within)}
    year = asked.pop("year")
    if year is not None:
        if asked["from"] or asked["until"]:
            raise ParameterError("year", tell("value.year-and-period"), tell("value.leave-one-out"))
        asked["from"] = asked["until"] = year
    if (lanes := asked.get("lanes")) is not None and lanes not in _LANES:
        raise ParameterError("lanes", tell("value.no-lanes", lanes=lanes[:40]), tell("value.choose-of", lanes=_LANES))
    return {
        "view": view,
        "language": language(request, parameters),
        "class": [key for key in parameters.get("class", ()) if key],
        "series": None,
        "lanes": None,
        **asked,
    }

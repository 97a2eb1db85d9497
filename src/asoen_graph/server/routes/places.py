"""``/api/places.geojson``: places on a map."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from asoen_graph.server.documentation import LANGUAGE, TIMEOUT, query_parameter
from asoen_graph.server.forms import GEOJSON, JSON
from asoen_graph.server.front import front_of, language
from asoen_graph.server.list_documentation import PERIOD, filters, page_responses, paging
from asoen_graph.server.negotiation import Offer, choose
from asoen_graph.server.requests import single, url_parameters
from asoen_graph.server.routes.api import list_arguments
from asoen_graph.server.routing import Router

LARGEST_MAP: Final = 1000
_OFFERS: Final = (GEOJSON, Offer(GEOJSON.format, JSON.media_type))
_SCHEMA: Final = {"schema": {"$ref": "#/components/schemas/PlaceCollection"}}
_CONTENT: Final = {GEOJSON.media_type: _SCHEMA, JSON.media_type: _SCHEMA}

router = Router(prefix="/api", tags=["API"])


@router.get(
    "/places.geojson",
    operation_id="places",
    summary="Places on a map, as GeoJSON",
    description="Every entity with a point, filtered like entities, as a feature collection (RFC 7946) with labels in "
    "both languages and the sources of the points.",
    responses=page_responses("EntityEntry") | {200: {"description": "A collection.", "content": _CONTENT}},
    openapi_extra={
        "parameters": [
            query_parameter("class", "The key of a class; sub-classes count.", example="heritage-park"),
            query_parameter("q", "Words of a name, with or without diacritics."),
            *PERIOD,
            filters("EntityFilters"),
            *(
                parameter | {"schema": parameter["schema"] | {"default": LARGEST_MAP}}
                if parameter["name"] == "limit"
                else parameter
                for parameter in paging("`class`, `label`, `slug` or a property", "EntityEntry")
                if parameter["name"] != "fields"
            ),
            LANGUAGE,
            TIMEOUT,
        ]
    },
)
async def places(request: Request) -> Response:
    """The places that fit."""
    parameters = url_parameters(request)
    offer = choose(_OFFERS, request.headers.get("accept"), single(parameters, "format"))
    arguments = list_arguments(request, parameters, "q", "from", "until", limit=LARGEST_MAP)
    arguments |= {
        "base": str(request.base_url),
        "media_type": offer.media_type,
        "language": language(request, parameters),
    }
    return await front_of(request).answer(request, "places", arguments, parameters, ("Accept", "Accept-Language"))

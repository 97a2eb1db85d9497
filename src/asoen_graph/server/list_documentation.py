"""How OpenAPI describes lists: their parameters, their pages, and places as GeoJSON.

What lists are filtered by comes from the ontology of the release.
"""

from __future__ import annotations

from typing import Any, Final

from asoen_graph.entities.aspects import filterable
from asoen_graph.entities.register import SOURCE_CLASS
from asoen_graph.server.documentation import Responses, json_responses, query_parameter
from asoen_graph.vocabulary import Property, ValueKind, Vocabulary

_SCHEMAS: Final = "#/components/schemas/"
_ROWS: Final = ("EntityEntry", "FactRecord", "SourceEntry", "Hit")
_DATE: Final = "A date of any precision: 2031, 2031-05, 2031-05-02."
_EXPECTED: Final = {
    ValueKind.ENTITY: "the slug of an entity",
    ValueKind.CONCEPT: "one of",
    ValueKind.DATE: "a date; a year or month finds all within it",
    ValueKind.LITERAL: "a value",
}

PERIOD: Final = (
    query_parameter("from", f"Only what is known to be at this date or later. {_DATE}", example="2019"),
    query_parameter("until", f"Only what is known to be at this date or earlier. {_DATE}", example="2023-08"),
)


def paging(aspects: str, row: str) -> tuple[dict[str, Any], ...]:
    """The parameters of a list that is sorted by ``aspects`` and whose rows are of a schema."""
    return (
        query_parameter(
            "sort",
            f"What to sort by, most important first, separated by commas; `-` for descending: {aspects}. What has no "
            "value comes last.",
        ),
        query_parameter("facets", f"What to count by, separated by commas, as in `{_FACETS[row]}`."),
        query_parameter("fields", f"The members of the items to send, separated by commas, as in `{_FIELDS[row]}`."),
        query_parameter(
            "limit", "The most items on the page.", {"type": "integer", "minimum": 0, "maximum": 1000, "default": 50}
        ),
        query_parameter(
            "cursor", "Where the page begins: `next` or `prev` of another page of the same list. Wins over `offset`."
        ),
        query_parameter(
            "offset",
            "The items to pass over; a cursor is the better way.",
            {"type": "integer", "minimum": 0, "maximum": 10**9, "default": 0},
        ),
    )


_FACETS: Final = {"EntityEntry": "class,country", "FactRecord": "property,status", "SourceEntry": "publisher"} | {
    "Hit": "class"
}
_FIELDS: Final = {"EntityEntry": "slug,label", "FactRecord": "about,value", "SourceEntry": "slug,title"} | {
    "Hit": "slug,label"
}


def filters(schema: str) -> dict[str, Any]:
    """The parameters named after properties, as one object whose members each become a parameter."""
    return {
        "name": "filters",
        "in": "query",
        "required": False,
        "style": "form",
        "explode": True,
        "description": "Parameters named after properties: `country=viet-nam`; several values, of which one must fit, "
        "are separated by commas.",
        "schema": {"$ref": _SCHEMAS + schema},
    }


def page_responses(row: str) -> Responses:
    """The responses of a list whose rows are of a schema."""
    responses = json_responses(f"{row}Page")
    responses[200] |= {
        "description": "A page.",
        "headers": {
            "Link": {
                "description": "The addresses of the first, the next and the previous page (RFC 8288).",
                "schema": {"type": "string"},
            }
        },
    }
    return responses


def components(schemas: dict[str, Any]) -> dict[str, Any]:
    """The schemas of pages, made from those of their rows, and of suggestions and places."""
    found: dict[str, Any] = {"FacetCount": _FACET_COUNT, "Suggestions": _SUGGESTIONS}
    found |= {"Point": _POINT, "PlaceFeature": _FEATURE, "PlaceCollection": _collection()}
    for row in _ROWS:
        # With fields= any member may be missing.
        sparse = {name: value for name, value in schemas[row].items() if name not in ("required", "title")}
        found[f"{row}Item"] = sparse
        found[f"{row}Page"] = _page({"items": {"type": "array", "items": {"$ref": f"{_SCHEMAS}{row}Item"}}})
        found[f"{row}Page"] |= _example_page(row)
    found["HitPage"]["properties"]["suggestions"] = _MEANT
    return found


def filter_schemas(vocabulary: Vocabulary) -> dict[str, Any]:
    """The schemas of what lists of entities and of sources are filtered by."""
    return {
        "EntityFilters": _filters(vocabulary, filterable(vocabulary)),
        "SourceFilters": _filters(vocabulary, filterable(vocabulary, SOURCE_CLASS)),
    }


def _filters(vocabulary: Vocabulary, properties: dict[str, Property]) -> dict[str, Any]:
    members = {name: _filter(vocabulary, property_) for name, property_ in sorted(properties.items())}
    return {"type": "object", "additionalProperties": False, "properties": members}


def _filter(vocabulary: Vocabulary, property_: Property) -> dict[str, Any]:
    expected = _EXPECTED[property_.kind]
    if property_.kind is ValueKind.CONCEPT:
        expected = f"{expected} {', '.join(vocabulary.values_of(property_.range))}"
    labels = " / ".join(property_.labels[tag] for tag in ("en", "vi") if tag in property_.labels)
    return {"type": "string", "description": f"{labels}: {expected}."}


def _page(more: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["total", "offset", "limit", "next", "prev", *more],
        "properties": {
            "total": {"type": "integer", "description": "How many items there are on all pages."},
            "offset": {"type": "integer", "description": "How many items come before this page."},
            "limit": {"type": "integer"},
            "next": {"type": "string", "nullable": True, "description": "The cursor of the next page, if any."},
            "prev": {"type": "string", "nullable": True, "description": "The cursor of the previous page, if any."},
            "facets": {
                "type": "object",
                "description": "With `facets`: how many items, on all pages, have each value.",
                "additionalProperties": {"type": "array", "items": {"$ref": _SCHEMAS + "FacetCount"}},
            },
            "meta": _META,
            **more,
        },
    }


def _example_page(row: str) -> dict[str, Any]:
    if row not in _EXAMPLES:
        return {}
    page = {"total": 34, "offset": 0, "limit": 1, "next": "WzEsIDAsICI4Yzc3NjM3Il0", "prev": None}
    return {"example": page | {"items": [_EXAMPLES[row]]}}


def _collection() -> dict[str, Any]:
    collection = _page({"features": {"type": "array", "items": {"$ref": _SCHEMAS + "PlaceFeature"}}})
    collection["required"].append("type")
    collection["properties"] |= {
        "type": {"type": "string", "enum": ["FeatureCollection"]},
        "bbox": {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4},
    }
    return collection


_META: Final[dict[str, Any]] = {
    "type": "object",
    "nullable": True,
    "description": "Where the answer comes from.",
    "required": ["release", "query", "address", "citation"],
    "properties": {
        "release": {"type": "string", "description": "The name of the release at /releases."},
        "query": {"type": "string", "description": "The hash of the query."},
        "address": {
            "type": "string",
            "nullable": True,
            "description": "Where the same answer can be had from the same release.",
        },
        "citation": {"type": "string"},
    },
}
_MEANT: Final[dict[str, Any]] = {
    "type": "array",
    "items": {"type": "string"},
    "description": "Where little is found: names that were perhaps meant, to search for.",
}
_FACET_COUNT: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["value", "label", "count"],
    "properties": {
        "value": {"type": "string", "description": "What to filter by."},
        "label": {"type": "string"},
        "count": {"type": "integer"},
    },
}
_SUGGESTIONS: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["items"],
    "properties": {"items": {"type": "array", "items": {"$ref": _SCHEMAS + "Hit"}}},
}
_POINT: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["type", "coordinates"],
    "properties": {
        "type": {"type": "string", "enum": ["Point"]},
        "coordinates": {
            "type": "array",
            "items": {"type": "number"},
            "minItems": 2,
            "maxItems": 2,
            "description": "Longitude and latitude in degrees (WGS 84).",
        },
    },
}
_ENTRY: Final[dict[str, Any]] = {
    "slug": "lo-go-xa-mat",
    "iri": "https://w3id.org/asoen/id/lo-go-xa-mat",
    "class_key": "heritage-park",
    "class_label": "ASEAN Heritage Park",
    "label": "Lo Go–Xa Mat National Park",
    "labels": {"en": "Lo Go–Xa Mat National Park", "vi": "Vườn quốc gia Lò Gò – Xa Mát"},
}
_EXAMPLES: Final[dict[str, dict[str, Any]]] = {
    "EntityEntry": _ENTRY,
    "SourceEntry": {
        "slug": "ngay-nay-asoen-34",
        "iri": "https://w3id.org/asoen/source/ngay-nay-asoen-34",
        "title": "Việt Nam tích cực tham gia hợp tác môi trường ASEAN",
        "publishers": [{"kind": "entity", "text": "Ngày Nay", "key": "ngay-nay"}],
        "published": "2023-08",
        "kind": {"kind": "concept", "text": "news article", "key": "news-article"},
        "url": "https://example.org/asoen-34",
        "facts": 40,
    },
    "Hit": {
        **{name: _ENTRY[name] for name in ("slug", "label", "class_key", "class_label")},
        "matched": "Vườn quốc gia Lò Gò – Xa Mát",
        "match": "label-words",
    },
}
"""What a row may look like; texts of sources are invented."""
_FEATURE: Final[dict[str, Any]] = {
    "example": {
        "type": "Feature",
        "id": _ENTRY["iri"],
        "geometry": {"type": "Point", "coordinates": [105.95, 11.6]},
        "properties": {
            **{name: value for name, value in _ENTRY.items() if name != "iri"},
            "country": [{"kind": "entity", "text": "Viet Nam", "key": "viet-nam"}],
            "sources": [],
            "links": [
                {
                    "rel": "self",
                    "type": "application/geo+json",
                    "href": "http://127.0.0.1:8000/id/lo-go-xa-mat.geojson",
                }
            ],
        },
    },
    "type": "object",
    "required": ["type", "id", "geometry", "properties"],
    "properties": {
        "type": {"type": "string", "enum": ["Feature"]},
        "id": {"type": "string", "format": "uri"},
        "geometry": {"$ref": _SCHEMAS + "Point"},
        "properties": {"$ref": _SCHEMAS + "PlaceProperties"},
    },
}

"""The parts OpenAPI descriptions are put together from.

The document is OpenAPI 3.0.3, which every generator and the Swagger UI beside it can read. Schemas of JSON answers are
made from the very classes that are written as JSON.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypeAlias

from asoen_graph.server.negotiation import LANGUAGES
from asoen_graph.server.problems import MEDIA_TYPE

VERSION: Final = "3.0.3"
Responses: TypeAlias = dict[int | str, dict[str, Any]]
"""The responses of an operation by status."""

_SCHEMAS: Final = "#/components/schemas/"

PROBLEM: Final[dict[str, Any]] = {
    "description": "A problem (RFC 9457): what is wrong, where, and what to do.",
    "content": {MEDIA_TYPE: {"schema": {"$ref": _SCHEMAS + "Problem"}}},
}

_PROBLEM_SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "description": "RFC 9457. Members that say nothing about a problem are left out. `translations` has the detail and "
    "the hint in other languages, by language tag.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri", "description": "Names the kind of problem; always the same."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What is wrong in this request."},
        "hint": {"type": "string", "description": "What to do about it."},
        "line": {"type": "integer", "description": "Where in the query, counted from 1."},
        "column": {"type": "integer"},
        "token": {"type": "string", "description": "What stands there."},
        "expected": {"type": "array", "items": {"type": "string"}, "description": "What could stand there."},
        "repaired": {"type": "string", "description": "The query with the mistake mended."},
        "parameter": {"type": "string", "description": "The parameter with a wrong value."},
        "kind": {"type": "string", "description": "What was looked for."},
        "name": {"type": "string", "description": "The name it was looked for by."},
        "nearest": {"type": "array", "items": {"type": "string"}, "description": "What was perhaps meant."},
        "more": {
            "type": "array",
            "items": {"$ref": _SCHEMAS + "Problem"},
            "description": "Of a doubt: the others, in order of place.",
        },
        "limit": {"type": "string", "enum": ["time", "memory", "rows", "bytes"]},
        "available": {
            "type": "array",
            "items": {"type": "string"},
            "description": "The media types or releases there are.",
        },
        "request": {"type": "string", "description": "The number of the request in the server's log."},
    },
    "example": {
        "type": "https://w3id.org/asoen/problem/unknown-name",
        "title": "Nothing has that name",
        "status": 404,
        "detail": "No entity is called 'asoen-43'",
        "hint": "Did you mean asoen-34?",
        "kind": "entity",
        "name": "asoen-43",
        "nearest": ["asoen-34"],
    },
}


def query_parameter(
    name: str,
    description: str,
    schema: dict[str, Any] | None = None,
    *,
    required: bool = False,
    example: Any = None,
) -> dict[str, Any]:
    """A parameter in the address; a text where no schema is given."""
    parameter = {
        "name": name,
        "in": "query",
        "required": required,
        "description": description,
        "schema": schema or {"type": "string"},
    }
    return parameter if example is None else parameter | {"example": example}


def repeated(name: str, description: str) -> dict[str, Any]:
    """A parameter that may be given several times, each time with an IRI."""
    return query_parameter(name, description, {"type": "array", "items": {"type": "string", "format": "uri"}})


def formats(names: Sequence[str]) -> dict[str, Any]:
    """The parameter ``format`` where the forms are known."""
    return query_parameter("format", "The form of the answer; wins over Accept.", {"type": "string", "enum": [*names]})


FORMAT: Final = query_parameter(
    "format", "The form of the answer, such as `json`, `csv`, `html`, `ttl`; wins over Accept."
)
LANGUAGE: Final = query_parameter(
    "lang", "The language of labels; wins over Accept-Language.", {"type": "string", "enum": [*LANGUAGES]}
)
TIMEOUT: Final = query_parameter(
    "timeout",
    "Seconds the answer may take; only lowers the limit of the server.",
    {"type": "number", "minimum": 0, "exclusiveMinimum": True},
)


def json_responses(schema: str) -> Responses:
    """The responses of an operation that answers with JSON of a schema."""
    return {
        200: {"description": "Found.", "content": {"application/json": {"schema": {"$ref": _SCHEMAS + schema}}}},
        304: {"description": "The answer is the one whose ETag the client named."},
        "default": PROBLEM,
    }


def components() -> dict[str, Any]:
    """The schemas that operations refer to, by name."""
    # Only a reader of the OpenAPI document needs these imports.
    from pydantic import TypeAdapter

    from asoen_graph.entities.cards import EntityCard, EntityEntry, FactRecord, SourceCard, SourceEntry
    from asoen_graph.entities.places import PlaceProperties
    from asoen_graph.search import Hit

    schemas: dict[str, Any] = {"Problem": _PROBLEM_SCHEMA}
    for class_ in (EntityCard, EntityEntry, FactRecord, SourceCard, SourceEntry, PlaceProperties, Hit):
        adapter: TypeAdapter[Any] = TypeAdapter(class_)
        schema = adapter.json_schema(ref_template=_SCHEMAS + "{model}", mode="serialization")
        for name, definition in schema.pop("$defs", {}).items():
            schemas[name] = _as_openapi(definition)
        schemas[class_.__name__] = _as_openapi(schema)
    return schemas


def _as_openapi(schema: Any) -> Any:
    """A JSON Schema in the dialect of OpenAPI 3.0, which says ``nullable`` for a union with null."""
    if isinstance(schema, list):
        return [_as_openapi(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    changed = {name: _as_openapi(value) for name, value in schema.items() if name != "default" or value is not None}
    options = changed.get("anyOf", [])
    if {"type": "null"} in options:
        (other,) = [each for each in options if each != {"type": "null"}]
        del changed["anyOf"]
        # Whatever stands beside a reference is not read.
        changed |= ({"allOf": [other]} if "$ref" in other else other) | {"nullable": True}
    return changed

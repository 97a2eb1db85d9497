"""The schemas of answers that no data class describes: rows, networks, lists of the catalogue, SPARQL results.

They are put where a description names a media type and no schema, so that a generated client knows what it gets.
"""

from __future__ import annotations

from typing import Any, Final

from asoen_graph.network.formats import FORMATS
from asoen_graph.network.measures.forms import FORMS
from asoen_graph.server import release_schemas

_SCHEMAS: Final = "#/components/schemas/"
_JSON: Final = "application/json"
_TEXT: Final = {"type": "string"}
_BINARY: Final = {"type": "string", "format": "binary"}
_TEXTS: Final = (
    *("+xml", "/xml", "turtle", "n-triples", "trig", "n-quads", "text/", "svg", "link-format", "patch"),
    "mermaid",
)
_RESULTS: Final = "application/sparql-results+json"
_GEOJSON: Final = "application/geo+json"
_FEED: Final = "application/feed+json"
_LD: Final = "application/ld+json"
_CSVW: Final = FORMS["csvw"].media_type
_NETWORKS: Final = {
    FORMATS["cyjs"].media_type: ["data", "elements"],
    FORMATS["graphology"].media_type: ["options", "attributes", "nodes", "edges"],
}
"""Networks in the JSON of other programs, and the members they have."""
_LANGUAGES: Final = {
    "type": "object",
    "description": "Language → text.",
    "additionalProperties": {"type": "string"},
}

_NAMED: Final = {"type": "array", "items": {}}
COMPONENTS: Final[dict[str, Any]] = {
    "Check": {
        "allOf": [{"$ref": _SCHEMAS + "Problem"}],
        "nullable": True,
        "description": "What is wrong with a query; null where nothing is.",
    },
    "Glossary": {
        "type": "object",
        "description": "Every name is a list. Of classes, properties and concepts: local name, labels in English and "
        "Vietnamese, definitions in English and Vietnamese; then of a class its super-classes, of a property its range "
        "and the classes that carry it, of a concept its class. Entities are grouped by class: the class, then for "
        "each its slug, label, and label in Vietnamese where it is another.",
        "required": ["prefixes", "classes", "properties", "concepts", "entities"],
        "properties": {
            "prefixes": {"type": "object", "additionalProperties": {"type": "string"}},
            **{name: {"type": "array", "items": _NAMED} for name in ("classes", "properties", "concepts", "entities")},
        },
        "example": {
            "prefixes": {"id": "https://w3id.org/asoen/id/"},
            "classes": [["City", "City", "Thành phố", "A city.", "Một thành phố.", ["asoen:Place"]]],
            "properties": [],
            "concepts": [],
            "entities": [["asoen:City", ["ha-noi", "Hanoi", "Hà Nội"]]],
        },
    },
    "Rows": {
        "type": "array",
        "description": "A member for each bound column: entities as objects with `iri`, `slug` and `label`, numbers "
        "and truth values as such, other values as text; and `sources`. Of a question with yes or no, one row with "
        "`answer`.",
        "items": {"type": "object", "additionalProperties": True},
        "example": [
            {
                "meeting": {
                    "iri": "https://w3id.org/asoen/id/asoen-34",
                    "slug": "asoen-34",
                    "label": "34th Meeting of the ASEAN Senior Officials on the Environment",
                },
                "ordinal": 34,
                "sources": [
                    {
                        "fact": "https://w3id.org/asoen/fact/0123456789abcdef",
                        "source": "https://w3id.org/asoen/source/ngay-nay-asoen-34",
                        "publisher": "Ngày Nay",
                        "locator": "paragraph 1",
                        "status": "accepted",
                        "text": "Ngày Nay (2023-08), paragraph 1",
                    }
                ],
            }
        ],
    },
    "Network": {
        "type": "object",
        "description": "Node-link form, as networkx and D3 read it.",
        "required": ["directed", "multigraph", "graph", "nodes", "edges"],
        "properties": {
            "directed": {"type": "boolean"},
            "multigraph": {"type": "boolean"},
            "graph": {"type": "object", "additionalProperties": True},
            "nodes": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["id"],
                    "properties": {"id": {"type": "string"}},
                    "additionalProperties": True,
                },
            },
            "edges": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["source", "target", "facts", "sources"],
                    "properties": {
                        "source": {"type": "string"},
                        "target": {"type": "string"},
                        "facts": {"type": "array", "items": {"type": "string"}},
                        "sources": {"type": "array", "items": {"type": "string"}},
                    },
                    "additionalProperties": True,
                },
            },
        },
    },
    "NetworkMeasures": {
        "type": "object",
        "description": "Measures of the nodes of a network and of the whole, by key, and what each means.",
        "required": ["graph", "nodes", "whole", "measures", "conventions", "sources"],
        "properties": {
            "graph": {"type": "object", "additionalProperties": True},
            "nodes": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["id", "label", "kind", "kind_label", "iri"],
                    "properties": {name: {"type": "string"} for name in ("id", "label", "kind", "kind_label", "iri")},
                    "additionalProperties": {"type": "number"},
                },
            },
            "whole": {"type": "object", "additionalProperties": {"type": "number", "nullable": True}},
            "measures": {"type": "array", "items": {"$ref": _SCHEMAS + "NetworkMeasure"}},
            "conventions": _TEXT,
            "sources": {"type": "array", "items": _TEXT},
        },
    },
    "NetworkMeasure": {
        "type": "object",
        "required": ["key", "label", "definition", "of", "counts_direction", "counts_weights", "references"],
        "properties": {
            "key": _TEXT,
            "label": _TEXT,
            "definition": _TEXT,
            "of": {"type": "string", "enum": ["node", "network"]},
            "counts_direction": {"type": "boolean"},
            "counts_weights": {"type": "boolean"},
            "references": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["text", "doi"],
                    "properties": {"text": _TEXT, "doi": _TEXT},
                },
            },
        },
    },
    "SparqlResults": {
        "type": "object",
        "description": "SPARQL 1.1 Query Results JSON Format.",
        "required": ["head"],
        "properties": {
            "head": {"type": "object", "properties": {"vars": {"type": "array", "items": {"type": "string"}}}},
            "boolean": {"type": "boolean"},
            "results": {
                "type": "object",
                "required": ["bindings"],
                "properties": {
                    "bindings": {
                        "type": "array",
                        "items": {"type": "object", "additionalProperties": {"$ref": _SCHEMAS + "RdfTerm"}},
                    }
                },
            },
        },
    },
    "RdfTerm": {
        "type": "object",
        "required": ["type", "value"],
        "properties": {
            "type": {"type": "string"},
            "value": {"oneOf": [{"type": "string"}, {"type": "object"}]},
            "datatype": {"type": "string"},
            "xml:lang": {"type": "string"},
        },
    },
    "JsonLd": {
        "description": "A JSON-LD document.",
        "oneOf": [{"type": "object"}, {"type": "array", "items": {"type": "object"}}],
    },
    "CatalogueList": {
        "type": "object",
        "required": ["total", "items"],
        "properties": {
            "total": {"type": "integer"},
            "items": {"type": "array", "items": {"$ref": _SCHEMAS + "CatalogueEntry"}},
        },
    },
    "CatalogueEntry": {
        "type": "object",
        "description": "With `fields`, only the members asked for.",
        "properties": {
            "name": {"type": "string"},
            "title": _LANGUAGES,
            "description": _LANGUAGES,
            "group": {"type": "string", "nullable": True},
            "view": {"type": "string", "nullable": True},
            "parameters": {"type": "array", "items": {"$ref": _SCHEMAS + "CatalogueParameter"}},
            "columns": {"type": "object", "additionalProperties": _LANGUAGES},
        },
    },
    "CatalogueParameter": {
        "type": "object",
        "required": ["name", "type", "class", "description", "default", "optional", "many"],
        "properties": {
            "name": {"type": "string"},
            "type": {"type": "string"},
            "class": {"type": "string", "nullable": True},
            "description": _LANGUAGES,
            "default": {"type": "array", "items": {"type": "string"}},
            "optional": {"type": "boolean"},
            "many": {"type": "boolean"},
        },
    },
    "State": {
        "type": "object",
        "required": ["status"],
        "properties": {"status": {"type": "string"}, "release": {"type": "string"}},
    },
    "Report": {
        "type": "object",
        "description": "The keys are explained in docs/report.md.",
        "additionalProperties": True,
    },
    **release_schemas.COMPONENTS,
}


_OF_JSON: Final = {
    "entity": "EntityCard",
    "fact": "FactRecord",
    "source": "SourceCard",
    "queries": "CatalogueList",
    "networks": "CatalogueList",
    "health": "State",
    "ready": "State",
    "report-data": "Report",
    **release_schemas.OF_JSON,
}
"""The schema of the JSON of an operation."""
_OF_PATHS: Final[dict[str, dict[str, Any]]] = {
    "entity": {"description": "The slug of an entity, with or without a suffix.", "example": "asoen-34.json"},
    "fact": {"description": "The name of a fact, with or without a suffix."},
    "source": {"description": "The slug of a document, with or without a suffix."},
    "entity-card": {"description": "The slug of an entity.", "example": "asoen-34"},
    "entity-facts": {"description": "The slug of an entity.", "example": "asoen-34"},
    "source-card": {"description": "The slug of a document.", "example": "ngay-nay-asoen-34"},
}
"""What the part of the path stands for."""


def complete(document: dict[str, Any]) -> None:
    """Give every answer in an OpenAPI document that has no schema the one of its operation and media type."""
    for operations in document["paths"].values():
        for operation in operations.values():
            name = operation["operationId"]
            for parameter in operation.get("parameters", []):
                if parameter["in"] == "path":
                    _complete_path(name, parameter)
            found = operation["responses"].setdefault("200", {"description": "Found."})
            if name in _OF_JSON:
                found.setdefault("content", {}).setdefault(_JSON, {})
            for media_type, content in found.get("content", {}).items():
                if not content.get("schema"):
                    content["schema"] = _schema(name, media_type)


def _complete_path(operation: str, parameter: dict[str, Any]) -> None:
    """Say what a part of the path may be."""
    if operation.startswith("measures-"):
        parameter["schema"] = {"type": "string", "enum": [*FORMS]}
    if operation.startswith("network-"):
        parameter["schema"] = {"type": "string", "enum": [*FORMATS]}
    parameter |= _OF_PATHS.get(operation, {})


def _schema(operation: str, media_type: str) -> dict[str, Any]:
    if media_type in _NETWORKS:
        return {"type": "object", "required": _NETWORKS[media_type], "additionalProperties": True}
    if media_type == _RESULTS:
        return _named("SparqlResults")
    if media_type in (_LD, _CSVW):
        return _named("JsonLd")
    if media_type == _GEOJSON:
        return _named("PlaceFeature")
    if media_type == _JSON and operation.startswith("sparql"):
        return {"oneOf": [_named("SparqlResults"), _named("JsonLd")]}
    if media_type in (_JSON, _FEED):
        return _named(_of_json(operation))
    return _TEXT if any(part in media_type for part in _TEXTS) else _BINARY


def _of_json(operation: str) -> str:
    if operation.startswith("query-"):
        return "Rows"
    if operation.startswith("network-"):
        return "Network"
    if operation.startswith("measures-"):
        return "NetworkMeasures"
    return _OF_JSON.get(operation, "JsonLd")


def _named(schema: str) -> dict[str, Any]:
    return {"$ref": _SCHEMAS + schema}

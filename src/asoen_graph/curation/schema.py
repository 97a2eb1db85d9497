"""JSON Schemas of the curated files, so that an editor completes keys and values and shows what they mean.

Draft-07, which yaml-language-server knows best. Everything is derived from the ontology. The schemas do not know which
class a slug has, so a group may carry the keys of every class; ``asoen check`` is the one that decides.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from asoen_graph.curation.circumstances import FACT_STATUS, LOCATOR_UNIT
from asoen_graph.curation.keys import CIRCUMSTANCES
from asoen_graph.curation.languages import PATTERN
from asoen_graph.curation.literals import MAX_TEXT
from asoen_graph.curation.locators import LABEL_PATTERN
from asoen_graph.curation.register_files import ENTITY_CLASS, REQUIRED_LANGUAGE
from asoen_graph.curation.source_files import FACTS, SOURCE_CLASS
from asoen_graph.iris import GEO, XSD, key_of, local_name
from asoen_graph.vocabulary import Class, Concept, Property, Term, ValueKind, Vocabulary

Schema = dict[str, Any]

_SLUG: Final = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
_LANGUAGE: Final = {"type": "string", "pattern": f"^({PATTERN})$"}
_DATE_PATTERN: Final = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
_REQUIRED: Final = ("language",)
"""What every citation must give; the shapes ask for it too."""
_NAMED_BY: Final = ("title", "url")
"""One of these a citation must give; the shapes ask for it too."""
# An editor gives unquoted words YAML's implicit types, which curated files do not have: 2031 is a number to it.
_YEAR: Final = {"type": "integer", "minimum": 1, "maximum": 9999}
_SHORT_TEXT: Final = {"type": ["string", "number", "boolean"], "maxLength": MAX_TEXT, "minLength": 1}
_SHARED: Final[dict[str, Schema]] = {
    "slug": {**_SLUG, "description": "The slug of an entity in data/entities, or of a relation node."},
    "date": {"anyOf": [_YEAR, {"type": "string", "pattern": f"^{_DATE_PATTERN}$"}]},
    "interval": {
        "description": "When it holds: a date, or two with a slash; .. is an open end (2018/2021, 2018/.., ../2021).",
        "anyOf": [
            _YEAR,
            {"type": "string", "pattern": rf"^{_DATE_PATTERN}$|^({_DATE_PATTERN}|\.\.)/({_DATE_PATTERN}|\.\.)$"},
        ],
    },
    "joint-sources": {
        "description": "Other documents that cannot be told apart from this one: one or more of them and of this one "
        "state it. The fact is written in the file of the first.",
        "anyOf": [_SLUG, {"type": "array", "minItems": 1, "uniqueItems": True, "items": _SLUG}],
    },
    "text": _SHORT_TEXT,
    "texts": {
        "description": "A text, or a list of texts, for each language.",
        "type": "object",
        "minProperties": 1,
        "propertyNames": _LANGUAGE,
        "additionalProperties": {"anyOf": [_SHORT_TEXT, {"type": "array", "items": _SHORT_TEXT, "minItems": 1}]},
    },
    "note": {
        "description": "A remark of the curator, in English or for each language.",
        "anyOf": [_SHORT_TEXT, {"$ref": "#/definitions/texts"}],
    },
}
_LITERALS: Final[dict[str, Schema]] = {
    XSD + "integer": {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": "^-?(0|[1-9][0-9]*)$"}]},
    XSD + "decimal": {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$"}]},
    XSD + "boolean": {"anyOf": [{"type": "boolean"}, {"type": "string", "pattern": "^(true|false)$"}]},
    XSD + "gYear": {"anyOf": [_YEAR, {"type": "string", "pattern": "^[0-9]{4}$"}]},
    XSD + "date": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    XSD + "anyURI": {"type": "string", "pattern": "^https?://"},
    XSD + "language": _LANGUAGE,
    GEO + "wktLiteral": {"type": "string", "pattern": r"^POINT ?\(", "examples": ["POINT(105.85 21.03)"]},
}


def source_schema(vocabulary: Vocabulary) -> str:
    """The JSON Schema of a file in ``data/sources``, as text."""
    source = vocabulary.class_of(SOURCE_CLASS)
    if source is None:
        raise AssertionError(f"The ontology has no class {SOURCE_CLASS}")
    header = [each for each in vocabulary.properties_for(source) if each.curated]
    stated = _stated_properties(vocabulary)
    relations = [each for each in vocabulary.classes.values() if each.is_relation]
    properties = {each.iri: each for each in (*header, *stated)}
    definitions = {
        **_SHARED,
        "locator": _locator(vocabulary),
        "status": {"description": "Accepted, where nothing is said.", **_enumeration(vocabulary, FACT_STATUS)},
        "group": _group(stated),
        **{each.key: _relation(vocabulary, each) for each in relations},
        **dict(_value_forms(vocabulary, properties.values())),
        **{f"{each.key}-property": _property(each) for each in properties.values()},
    }
    facts = {"type": "array", "minItems": 1, "items": _ref("group")}
    body = _object((*_references(header), (FACTS, facts)), _REQUIRED)
    body["anyOf"] = [{"required": [key]} for key in _NAMED_BY]
    return _write("source", "A document and the facts it states", body, definitions)


def entities_schema() -> str:
    """The JSON Schema of a file in ``data/entities``, as text."""
    names = {"type": "array", "items": _ref("text")}
    also = {"description": "Other names; a plain list is for those of no language.", "anyOf": [names, _ref("texts")]}
    label = {
        "description": "What the entity is called, once for each language.",
        "type": "object",
        "required": [REQUIRED_LANGUAGE],
        "propertyNames": _LANGUAGE,
        "additionalProperties": _SHORT_TEXT,
    }
    entity = _object((("label", label), ("also", also)), ("label",))
    body = {"type": "object", "propertyNames": _SLUG, "additionalProperties": entity}
    shared = {key: _SHARED[key] for key in ("text", "texts")}
    return _write("entities", "The entities of the class that names the file", body, shared)


def _stated_properties(vocabulary: Vocabulary) -> list[Property]:
    below = {each.iri for each in vocabulary.subclasses(ENTITY_CLASS)}
    return [each for each in vocabulary.properties.values() if each.curated and not below.isdisjoint(each.domain)]


def _group(stated: Iterable[Property]) -> Schema:
    about = {"description": "The slug of what the statements are about.", **_SLUG}
    keys = (("about", about), *_circumstances(), *_references(stated))
    return {
        "description": "Statements about one entity at one place of the document.",
        **_object(keys, ("about", "at")),
    }


def _relation(vocabulary: Vocabulary, class_: Class) -> Schema:
    slug = {"description": "Only where a key value is missing or disputed: a name for this node.", **_SLUG}
    own = [each for each in vocabulary.properties_for(class_) if each.curated]
    return {**_told(class_), **_object((("slug", slug), *_references(own)))}


def _property(property_: Property) -> Schema:
    form = "citation" if property_.domain == (SOURCE_CLASS,) else "statement"
    return {**_told(property_), "allOf": [_ref(f"{_value_name(property_)}-{form}")]}


def _value_forms(vocabulary: Vocabulary, properties: Iterable[Property]) -> Iterator[tuple[str, Schema]]:
    """How the values of each range are written: plain, in the citation of a document, and as a statement of a group."""
    for name, property_ in {_value_name(each): each for each in properties}.items():
        plain = _ref(f"{name}-value")
        citation = {"anyOf": [plain, {"type": "array", "minItems": 1, "items": plain}]}
        expanded = _object((("value", _ref(f"{name}-citation")), *_circumstances()), ("value",))
        several = {"type": "array", "minItems": 1, "items": {"anyOf": [plain, expanded]}}
        yield f"{name}-value", _plain(vocabulary, property_)
        yield f"{name}-citation", citation
        yield f"{name}-statement", {"anyOf": [plain, several, expanded]}


def _value_name(property_: Property) -> str:
    if property_.kind is ValueKind.ENTITY:
        return "entity"
    return f"{key_of(local_name(property_.range))}-{property_.kind.value}"


def _plain(vocabulary: Vocabulary, property_: Property) -> Schema:
    match property_.kind:
        case ValueKind.ENTITY:
            return _ref("slug")
        case ValueKind.RELATION:
            return _ref(key_of(local_name(property_.range)))
        case ValueKind.CONCEPT:
            return _enumeration(vocabulary, property_.range)
        case ValueKind.TEXT:
            return _ref("texts")
        case ValueKind.DATE:
            return _ref("date")
        case ValueKind.LITERAL:
            return _LITERALS.get(property_.range, _ref("text"))


def _circumstances() -> tuple[tuple[str, Schema], ...]:
    names = dict(zip(CIRCUMSTANCES, ("locator", "joint-sources", "interval", "status", "note"), strict=True))
    return tuple((key, _ref(name)) for key, name in names.items())


def _enumeration(vocabulary: Vocabulary, value_class: str) -> Schema:
    concepts = vocabulary.values_of(value_class)
    # Not a keyword of the standard, and ignored where it is not known; editors show it beside each value.
    return {"enum": list(concepts), "enumDescriptions": [_description(each) for each in concepts.values()]}


def _locator(vocabulary: Vocabulary) -> Schema:
    units = vocabulary.values_of(LOCATOR_UNIT)
    numbered = "|".join(key for key, unit in units.items() if unit.numbered)
    alone = "|".join(key for key, unit in units.items() if not unit.numbered)
    part = f"(({numbered}) +{LABEL_PATTERN}|({alone}))"
    return {
        "description": "Where in the document: units with number or label, joined by commas (page 4, table 2, row 7).",
        "type": "string",
        "pattern": f"^{part}(, *{part})*$",
    }


def _told(term: Term) -> Schema:
    return {"title": term.label(), "description": _description(term)}


def _description(term: Term | Concept) -> str:
    return "\n\n".join(text for text in (term.definitions.get("en"), term.definitions.get("vi")) if text)


def _references(properties: Iterable[Property]) -> tuple[tuple[str, Schema], ...]:
    return tuple((each.key, _ref(f"{each.key}-property")) for each in properties)


def _ref(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


def _object(properties: Iterable[tuple[str, Schema]], required: Iterable[str] = ()) -> Schema:
    schema: Schema = {"type": "object", "additionalProperties": False, "properties": dict(properties)}
    return {**schema, "required": list(required)} if required else schema


def _write(name: str, title: str, body: Schema, definitions: Schema) -> str:
    schema = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": f"https://w3id.org/asoen/schema/{name}.schema.json",
        "$comment": "Generated from the ontology by `asoen schema`; do not edit.",
        "title": title,
        **body,
        "definitions": definitions,
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"

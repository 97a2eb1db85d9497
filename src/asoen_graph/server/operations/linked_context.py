"""JSON-LD for people who read JSON: a context made from the ontology, and descriptions in its terms.

Each class and property is written by its local name, in both cases as the ontology spells it; texts are maps from
language to text, entities are compact IRIs (``id:asoen-34``). The context is served beside the descriptions, so that
nothing has to be fetched from anywhere else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final, TypeAlias

import orjson
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from asoen_graph.iris import PREFIXES, PROV, RDF, RDFS, SKOS, TERM, XSD, compact
from asoen_graph.server.library import Library
from asoen_graph.server.messages import Reply
from asoen_graph.server.settings import Limits
from asoen_graph.vocabulary import Property, ValueKind, Vocabulary

MEDIA_TYPE: Final = "application/ld+json"
PATH: Final = "context.jsonld"

Node: TypeAlias = NamedNode | BlankNode | Literal | Triple
_TYPE: Final = RDF + "type"
_LANGUAGES: Final = "@language"
_INTEGER: Final = re.compile("0|-?[1-9][0-9]*")
_STANDARD: Final[dict[str, Any]] = {
    "label": {"@id": "rdfs:label", "@container": _LANGUAGES},
    "altLabel": {"@id": "skos:altLabel", "@container": _LANGUAGES},
    "wasDerivedFrom": {"@id": "prov:wasDerivedFrom", "@type": "@id"},
    "rdf:subject": {"@id": "rdf:subject", "@type": "@id"},
    "rdf:predicate": {"@id": "rdf:predicate", "@type": "@id"},
    "rdf:object": {"@id": "rdf:object", "@type": "@id"},
}
_STANDARD_TERMS: Final = {
    RDFS + "label": "label",
    SKOS + "altLabel": "altLabel",
    PROV + "wasDerivedFrom": "wasDerivedFrom",
    RDF + "subject": "rdf:subject",
    RDF + "predicate": "rdf:predicate",
    RDF + "object": "rdf:object",
}
_NATIVE: Final = (XSD + "integer", XSD + "boolean")
"""Datatypes whose values JSON can write, as long as their text is the same there."""


def context(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """The context document."""
    return Reply(200, {"Content-Type": MEDIA_TYPE}, orjson.dumps({"@context": terms(library.vocabulary)}))


@lru_cache(maxsize=2)
def terms(vocabulary: Vocabulary) -> dict[str, Any]:
    """The terms of the context: prefixes, then classes and properties by local name."""
    found: dict[str, Any] = {"@version": 1.1, **PREFIXES, **_STANDARD}
    for class_ in vocabulary.classes.values():
        found.setdefault(class_.local_name, f"asoen:{class_.local_name}")
    for property_ in vocabulary.properties.values():
        found.setdefault(property_.local_name, _definition(property_))
    return found


def write(triples: Iterable[Triple], first: NamedNode, vocabulary: Vocabulary, context_address: str) -> bytes:
    """The triples as compact JSON-LD that names its context; the node ``first`` comes first, the others by IRI."""
    return _Writer(terms(vocabulary)).write(triples, first, context_address)


def _definition(property_: Property) -> Any:
    name = f"asoen:{property_.local_name}"
    if property_.kind in (ValueKind.ENTITY, ValueKind.CONCEPT, ValueKind.RELATION):
        return {"@id": name, "@type": "@id"}
    if property_.kind is ValueKind.TEXT:
        return {"@id": name, "@container": _LANGUAGES}
    if property_.kind is ValueKind.DATE or property_.range == XSD + "string":
        return name
    return {"@id": name, "@type": compact(property_.range)}


class _Writer:
    """Writes triples as nodes, and remembers the names it has made: a description repeats few terms many times."""

    def __init__(self, known: Mapping[str, Any]) -> None:
        self._known = known
        self._names: dict[Node, str] = {}
        self._properties: dict[str, tuple[str, str | None, bool]] = {}

    def write(self, triples: Iterable[Triple], first: NamedNode, context_address: str) -> bytes:
        nodes: dict[str, dict[str, Any]] = {}
        for subject, predicate, value in triples:
            name = self._name(subject)
            node = nodes.setdefault(name, {"@id": name})
            if predicate.value == _TYPE and isinstance(value, NamedNode):
                node.setdefault("@type", []).append(_term(value.value, self._known))
            else:
                self._add(node, predicate.value, value)
        main = self._name(first)
        ordered = [nodes[each] for each in sorted(nodes, key=lambda each: (each != main, each))]
        return orjson.dumps({"@context": context_address, "@graph": ordered})

    def _add(self, node: dict[str, Any], predicate: str, value: Node) -> None:
        term, coerced, has_languages = self._property(predicate)
        if has_languages and isinstance(value, Literal) and value.language:
            texts = node.setdefault(term, {})
            texts[value.language] = _joined(texts.get(value.language), value.value)
            return
        if has_languages:
            # A map of languages has no place for what is in none.
            term = compact(predicate)
        node[term] = _joined(node.get(term), self._written(value, coerced))

    def _property(self, iri: str) -> tuple[str, str | None, bool]:
        """The term of a property, what its values are coerced to, and whether they are texts by language."""
        if iri not in self._properties:
            term = _term(iri, self._known)
            definition = self._known.get(term)
            defined = definition if isinstance(definition, dict) else {}
            self._properties[iri] = term, defined.get("@type"), "@container" in defined
        return self._properties[iri]

    def _written(self, value: Node, coerced: str | None) -> Any:
        if isinstance(value, Literal):
            return _literal(value, coerced)
        name = self._name(value)
        return name if coerced == "@id" else {"@id": name}

    def _name(self, term: Node) -> str:
        if term not in self._names:
            self._names[term] = compact(term.value) if isinstance(term, NamedNode) else str(term)
        return self._names[term]


def _literal(value: Literal, coerced: str | None) -> Any:
    if value.language:
        return {"@value": value.value, "@language": value.language}
    datatype = value.datatype.value
    if coerced is None and datatype == XSD + "string":
        return value.value
    if coerced == compact(datatype):
        return json.loads(value.value) if datatype in _NATIVE and _is_canonical(value.value) else value.value
    if datatype == XSD + "string":
        return {"@value": value.value}
    return {"@value": value.value, "@type": compact(datatype)}


def _is_canonical(text: str) -> bool:
    """Whether the text is what JSON writes for the number or truth value, in the numbers every reader keeps exact."""
    return text in ("true", "false") or (_INTEGER.fullmatch(text) is not None and len(text) < 16)


def _joined(before: Any, value: Any) -> Any:
    if before is None:
        return value
    return [*before, value] if isinstance(before, list) else [before, value]


def _term(iri: str, known: Mapping[str, Any]) -> str:
    """The term of a class or property, else its compact or full IRI."""
    if iri in _STANDARD_TERMS:
        return _STANDARD_TERMS[iri]
    local = iri.removeprefix(TERM)
    definition = known.get(local) if local != iri else None
    defined = definition.get("@id") if isinstance(definition, dict) else definition
    return local if defined == f"asoen:{local}" else compact(iri)

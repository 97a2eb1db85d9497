"""What things are called in one language: terms, properties, documents, places in documents.

Names do not change within a release, and the same few come on card after card. Each is read once and kept, as the
members it has in JSON: a table has at most as many entries as the release has entities, documents, terms or locators.
Whoever is given members does not change them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, TypeAlias

from pyoxigraph import Literal, NamedNode

from asoen_graph.entities.attestations import Attestation
from asoen_graph.entities.order import PropertyOrder, property_order
from asoen_graph.entities.things import Node
from asoen_graph.evidence import Citation, Document, choose
from asoen_graph.iris import (
    ENTITY,
    PROVENANCE_GRAPH,
    RDFS,
    REGISTER_GRAPH,
    SOURCE,
    TERM,
    compact,
    key_of,
    local_name,
)
from asoen_graph.patterns import Patterns
from asoen_graph.store.describing import Describing
from asoen_graph.vocabulary import Property, ValueKind, Vocabulary

Members: TypeAlias = dict[str, Any]
"""An object of ``cards`` as JSON has it, its members in the order of its fields."""

_REGISTER, _PROVENANCE = NamedNode(REGISTER_GRAPH), NamedNode(PROVENANCE_GRAPH)
_LABEL = NamedNode(RDFS + "label")
_TITLE, _URL = NamedNode(TERM + "title"), NamedNode(TERM + "url")
_NAMED = (("entity", ENTITY, (_LABEL,), _REGISTER), ("source", SOURCE, (_TITLE, _URL), _PROVENANCE))
_STATUS_CLASS = TERM + "FactStatus"


class Heading(NamedTuple):
    """What a card needs to know of a property: ``members`` are those of its ``PropertyName``."""

    members: Members
    property: Property | None
    """``None`` for a property of another vocabulary."""
    order: PropertyOrder
    is_date: bool
    is_relation: bool
    """Whether it leads to relation nodes."""
    outward: str | None
    """The property that leads from an entity to a relation node, where this one leads back."""


class Reference(NamedTuple):
    """A document as it is cited: ``members`` are those of its ``CitedDocument``, ``text`` is one line."""

    document: Document
    members: Members
    text: str


class Glossary:
    """The names of one store in one language."""

    def __init__(self, store: Patterns, vocabulary: Vocabulary, language: str, describing: Describing) -> None:
        self.vocabulary = vocabulary
        self.language = language
        self._store = store
        self._describing = describing
        self._values: dict[NamedNode, Members] = {}
        self._headings: dict[str, Heading] = {}
        self._references: dict[str, Reference] = {}
        self._locators: dict[str, str] = {}
        """Locator as curated → in the language."""
        self._statuses = {key: each.label(language) for key, each in vocabulary.values_of(_STATUS_CLASS).items()}

    def value(self, term: Node) -> Members:
        """A term with its name, as the members of a ``Value``; those of literals, which are many, are not kept."""
        if isinstance(term, Literal):
            return _literal(term)
        if not isinstance(term, NamedNode):
            return _value("resource", str(term))
        found = self._values.get(term)
        if found is None:
            found = self._values[term] = self._resource(term)
        return found

    def heading(self, iri: str) -> Heading:
        """A property by key and label; one from another vocabulary by its prefixed name."""
        found = self._headings.get(iri)
        if found is None:
            found = self._headings[iri] = self._heading(iri)
        return found

    def references(self, sources: Iterable[str]) -> None:
        """Read those of the documents, given by IRI, that were not read before: some at a time is faster than one."""
        new = {source for source in sources if source and source not in self._references}
        if new:
            for source, document in self._describing.documents(new, self.language).items():
                members = {"slug": source.removeprefix(SOURCE)}
                members |= {name: getattr(document, name) for name in ("title", "publisher", "published", "url")}
                self._references[source] = Reference(document, members, document.text())

    def reference(self, source: str) -> Reference:
        """How a document is cited, given by its IRI."""
        found = self._references.get(source)
        if found is None:
            self.references((source,))
            found = self._references[source]
        return found

    def claim(self, fact: str, attested: Attestation, place: str | None) -> Members:
        """A fact as evidence, as the members of a ``Claim``; ``place`` is where it stands in the curated data."""
        document, members, text = self.reference(attested.source)
        locator, note = self._chosen(attested.locator), self._chosen(attested.note)
        label = self._locators.get(locator)
        if label is not None and attested.is_plain:
            # What the other way comes to, in a fraction of the time.
            cited = f"{text}, {label}" if label else text
        else:
            others = tuple(self.reference(other).document for other in attested.others)
            words = self._describing.words
            citation = Citation(fact, *document, locator, attested.status, note, words, others)
            label = self._locators[locator] = citation.place(self.language)
            cited = citation.text(self.language)
        return {
            "fact": fact,
            "status": attested.status,
            "status_label": self._statuses[attested.status],
            "source": members["slug"],
            "locator": locator,
            "locator_label": label,
            "citation": cited,
            "title": document.title,
            "publisher": document.publisher,
            "published": document.published,
            "url": document.url,
            "note": note,
            "valid_from": attested.valid_from,
            "valid_until": attested.valid_until,
            "place": place,
            "sources": [members, *[self.reference(other).members for other in attested.others]],
        }

    def read_words(self) -> None:
        """Read the labels of the controlled values citations are spoken with, unless that was done before."""
        _ = self._describing.words

    def _resource(self, term: NamedNode) -> Members:
        iri = term.value
        concept = self.vocabulary.concept_of(iri)
        if concept is not None:
            return _value("concept", concept.label(self.language), concept.key, iri)
        for kind, namespace, naming, graph in _NAMED:
            if iri.startswith(namespace):
                slug = iri[len(namespace) :]
                names = (choose(self._texts(term, predicate, graph), self.language) for predicate in naming)
                return _value(kind, next(filter(None, names), slug), slug, iri)
        return _value("resource", compact(iri), iri=iri)

    def _texts(self, subject: NamedNode, predicate: NamedNode, graph: NamedNode) -> dict[str, str]:
        """Language → text of a property in a graph."""
        quads = self._store.quads_for_pattern(subject, predicate, None, graph)
        return dict(sorted((q.object.language or "", q.object.value) for q in quads if isinstance(q.object, Literal)))

    def _chosen(self, text: str | Mapping[str, str]) -> str:
        return text if isinstance(text, str) else choose(text, self.language)

    def _heading(self, iri: str) -> Heading:
        property_ = self.vocabulary.property_of(iri)
        if property_ is None:
            key = key_of(local_name(iri))
            name = {"key": key, "label": compact(iri), "iri": iri}
            return Heading(name, None, property_order(None, key), is_date=False, is_relation=False, outward=None)
        inverse = self.vocabulary.property_of(property_.inverse) if property_.inverse else None
        return Heading(
            {"key": property_.key, "label": property_.label(self.language), "iri": iri},
            property_,
            property_order(property_, property_.key),
            is_date=property_.kind is ValueKind.DATE,
            is_relation=property_.kind is ValueKind.RELATION,
            outward=inverse.iri if inverse is not None and inverse.kind is ValueKind.RELATION else None,
        )


def _value(kind: str, text: str, key: str | None = None, iri: str | None = None) -> Members:
    return {"kind": kind, "text": text, "key": key, "iri": iri, "datatype": None, "language": None}


def _literal(term: Literal) -> Members:
    language = term.language
    return {
        "kind": "literal",
        "text": term.value,
        "key": None,
        "iri": None,
        "datatype": None if language else term.datatype.value,
        "language": language,
    }

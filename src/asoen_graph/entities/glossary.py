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
from asoen_graph.entities.order import property_order
from asoen_graph.entities.tables import Table
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
    order: tuple[bool, int, str, str]
    """Where its statements stand on a card; dates come in the order of time instead."""
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


class _Values(Table[Node, Members]):
    """Terms with their names. Literals, which are many, are not kept."""

    def __missing__(self, term: Node) -> Members:
        if isinstance(term, Literal):
            return _literal(term)
        return super().__missing__(term)


class Glossary:
    """The names of one store in one language."""

    def __init__(self, store: Patterns, vocabulary: Vocabulary, language: str, describing: Describing) -> None:
        self.vocabulary = vocabulary
        self.language = language
        self._store = store
        self._describing = describing
        self.values: Table[Node, Members] = _Values(self._value)
        """Terms with their names, as the members of a ``Value``."""
        self.headings: Table[str, Heading] = Table(self._heading)
        """Properties by key and label, those of other vocabularies by their prefixed names; by IRI."""
        self.references: Table[str, Reference] = Table(self._reference)
        """Documents as they are cited, by IRI."""
        self._locators: dict[str | Mapping[str, str], str] = {}
        """Locator as curated → in the language."""
        self._statuses = {key: each.label(language) for key, each in vocabulary.values_of(_STATUS_CLASS).items()}

    def read_words(self) -> None:
        """Read the labels of the controlled values citations are spoken with, unless that was done before."""
        _ = self._describing.words

    def read_references(self, sources: Iterable[str]) -> None:
        """Read those of some documents, given by IRI, that were not read before."""
        new = {source for source in sources if source and source not in self.references}
        for source, document in self._describing.documents(new, self.language).items():
            self.references[source] = _cited(document)

    def claim(self, fact: str, attested: Attestation, place: str | None) -> Members:
        """A fact as evidence, as the members of a ``Claim``; ``place`` is where it stands in the curated data."""
        source, others, status, locator, note, valid_from, valid_until, _, is_plain = attested
        document, members, text = self.references[source]
        if is_plain and locator in self._locators:
            # What the other way comes to, in a fraction of the time.
            label = self._locators[locator]
            citation = f"{text}, {label}" if label else text
            if note:
                note = self._chosen(note)
        else:
            locator, label, citation, note = self._cite(fact, attested)
        _, title, publisher, published, url = document
        return {
            "fact": fact,
            "status": status,
            "status_label": self._statuses[status],
            "source": members["slug"],
            "locator": locator,
            "locator_label": label,
            "citation": citation,
            "title": title,
            "publisher": publisher,
            "published": published,
            "url": url,
            "note": note,
            "valid_from": valid_from,
            "valid_until": valid_until,
            "place": place,
            "sources": [members, *[self.references[other].members for other in others]] if others else [members],
        }

    def _cite(self, fact: str, attested: Attestation) -> tuple[str, str, str, str]:
        """The locator of a fact as curated and in the language, its citation in one line, and its note."""
        first, *others = (self.references[source].document for source in (attested.source, *attested.others))
        locator, note = self._chosen(attested.locator), self._chosen(attested.note)
        words = self._describing.words
        citation = Citation(fact, *first, locator, attested.status, note, words, tuple(others))
        label = self._locators[locator] = citation.place(self.language)
        return locator, label, citation.text(self.language), note

    def _chosen(self, text: str | Mapping[str, str]) -> str:
        if isinstance(text, str):
            return text
        return text[self.language] if self.language in text else choose(text, self.language)

    def _value(self, term: Node) -> Members:
        return self._resource(term) if isinstance(term, NamedNode) else _value("resource", str(term))

    def _reference(self, source: str) -> Reference:
        return _cited(self._describing.documents((source,), self.language)[source])

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

    def _heading(self, iri: str) -> Heading:
        property_ = self.vocabulary.property_of(iri)
        key = key_of(local_name(iri))
        many, kind, _ = property_order(property_, key)
        order = many, kind, "", key
        if property_ is None:
            name = {"key": key, "label": compact(iri), "iri": iri}
            return Heading(name, None, order, is_date=False, is_relation=False, outward=None)
        inverse = self.vocabulary.property_of(property_.inverse) if property_.inverse else None
        return Heading(
            {"key": key, "label": property_.label(self.language), "iri": iri},
            property_,
            order,
            is_date=property_.kind is ValueKind.DATE,
            is_relation=property_.kind is ValueKind.RELATION,
            outward=inverse.iri if inverse is not None and inverse.kind is ValueKind.RELATION else None,
        )


def _cited(document: Document) -> Reference:
    source, title, publisher, published, url = document
    members = {"slug": source.removeprefix(SOURCE), "title": title, "publisher": publisher}
    return Reference(document, members | {"published": published, "url": url}, document.text())


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

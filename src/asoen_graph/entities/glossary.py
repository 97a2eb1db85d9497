"""What things are called in one language: terms, properties, documents, places in documents.

Names do not change within a release, and the same few come on card after card. Each is read once and kept, written as
it stands in JSON; a table that has grown too long begins anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple, TypeAlias

from orjson import Fragment, dumps
from pyoxigraph import Literal, NamedNode

from asoen_graph.entities.attestations import Attestation
from asoen_graph.entities.cards import ACCEPTED
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
_MOST_NAMES: Final = 2048
_MOST_REFERENCES: Final = 640
_ALWAYS = b',"valid_from":null,"valid_until":null,"place":'


class Name(NamedTuple):
    """What a term is called: ``json`` is its ``Value``; ``text`` and ``tie`` say where it stands among others."""

    json: Fragment | Members
    text: str
    tie: str


class Heading(NamedTuple):
    """What a card needs to know of a property; ``members`` and ``json`` are its ``PropertyName``."""

    members: Members
    json: Fragment
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
    """A document as it is cited; ``members`` are those of its ``CitedDocument``.

    The rest is what an accepted ``Claim`` says of it in JSON: until the locator, in the citation, after that until the
    note, and at the end.
    """

    document: Document
    members: Members
    source: bytes
    citation: bytes
    texts: bytes
    sources: bytes


class Locator(NamedTuple):
    """A place in a document, in JSON: as curated and in the language, and as it goes on after a citation."""

    members: bytes
    suffix: bytes


class _Names(Table[Node, Name]):
    """Terms with their names. Literals, which are many, are not kept."""

    def __missing__(self, term: Node) -> Name:
        if isinstance(term, Literal):
            members = _literal(term)
            return Name(members, members["text"], members["language"] or "")
        return super().__missing__(term)


class Glossary:
    """The names of one store in one language."""

    def __init__(self, store: Patterns, vocabulary: Vocabulary, language: str, describing: Describing) -> None:
        self.vocabulary = vocabulary
        self.language = language
        self._store = store
        self._describing = describing
        self.names: Table[Node, Name] = _Names(self._name, _MOST_NAMES)
        """Terms with their names."""
        self.headings: Table[str, Heading] = Table(self._heading)
        """Properties by key and label, those of other vocabularies by their prefixed names; by IRI."""
        self.references: Table[str, Reference] = Table(self._reference, _MOST_REFERENCES)
        """Documents as they are cited, by IRI."""
        self._locators: Table[str, Locator] = Table(self._locator)
        self._statuses = {key: each.label(language) for key, each in vocabulary.values_of(_STATUS_CLASS).items()}

    def read_words(self) -> None:
        """Read the labels of the controlled values citations are spoken with, unless that was done before."""
        _ = self._describing.words

    def read_references(self, sources: Iterable[str]) -> None:
        """Read those of some documents, given by IRI, that were not read before."""
        new = {source for source in sources if source and source not in self.references}
        for source, document in self._describing.documents(new, self.language).items():
            self.references[source] = self._cited(document)

    def value(self, term: Node) -> Members:
        """A term with its name, as the members of a ``Value``."""
        if isinstance(term, Literal):
            return _literal(term)
        if not isinstance(term, NamedNode):
            return _value("resource", str(term))
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

    def claim(self, fact: str, attested: Attestation, place: str | None) -> Members:
        """A fact as evidence, as the members of a ``Claim``; ``place`` is where it stands in the curated data."""
        cited = [self.references[source] for source in (attested.source, *attested.others)]
        first, *others = (each.document for each in cited)
        locator, note = self.chosen(attested.locator), self.chosen(attested.note)
        words = self._describing.words
        citation = Citation(fact, *first, locator, attested.status, note, words, tuple(others))
        return {
            "fact": fact,
            "status": attested.status,
            "status_label": self._statuses[attested.status],
            "source": cited[0].members["slug"],
            "locator": locator,
            "locator_label": citation.place(self.language),
            "citation": citation.text(self.language),
            "title": first.title,
            "publisher": first.publisher,
            "published": first.published,
            "url": first.url,
            "note": note,
            "valid_from": attested.valid_from,
            "valid_until": attested.valid_until,
            "place": place,
            "sources": [each.members for each in cited],
        }

    def claim_json(self, fact: str, attested: Attestation, place: str | None) -> Fragment:
        """The same as JSON: that of the document, which was written before, with the little that is of the fact."""
        source, _, _, locator, note, valid_from, valid_until, _, is_plain = attested
        if not is_plain or not isinstance(locator, str):
            return Fragment(dumps(self.claim(fact, attested, place)))
        _, _, before, citation, texts, sources = self.references[source]
        members, suffix = self._locators[locator]
        noted = dumps(self.chosen(note)) if note else b'""'
        when = (
            b',"valid_from":%b,"valid_until":%b,"place":' % (dumps(valid_from), dumps(valid_until))
            if valid_from or valid_until
            else _ALWAYS
        )
        # There is nothing in an IRI that JSON writes otherwise.
        begin = b'{"fact":"%b"' % fact.encode()
        return Fragment(b"".join((begin, before, members, citation, suffix, texts, noted, when, dumps(place), sources)))

    def chosen(self, text: str | Mapping[str, str]) -> str:
        """The text in the language, where there are several."""
        if isinstance(text, str):
            return text
        return text[self.language] if self.language in text else choose(text, self.language)

    def _name(self, term: Node) -> Name:
        members = self.value(term)
        return Name(_kept(members), members["text"], members["iri"] or "")

    def _cited(self, document: Document) -> Reference:
        source, title, publisher, published, url = document
        slug = source.removeprefix(SOURCE)
        before = {"status": ACCEPTED, "status_label": self._statuses.get(ACCEPTED, ""), "source": slug}
        texts = {"title": title, "publisher": publisher, "published": published, "url": url}
        members = {"slug": slug, **texts}
        return Reference(
            document,
            members,
            source=b"," + dumps(before)[1:-1],
            citation=b',"citation":' + dumps(document.text())[:-1],
            texts=b'",' + dumps(texts)[1:-1] + b',"note":',
            sources=b',"sources":' + dumps([members]) + b"}",
        )

    def _locator(self, locator: str) -> Locator:
        citation = Citation("", "", "", "", "", "", locator, "", "", self._describing.words)
        label = citation.place(self.language)
        members = dumps({"locator": locator, "locator_label": label})
        return Locator(b"," + members[1:-1], dumps(f", {label}")[1:-1] if label else b"")

    def _reference(self, source: str) -> Reference:
        return self._cited(self._describing.documents((source,), self.language)[source])

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
            return Heading(name, _kept(name), None, order, is_date=False, is_relation=False, outward=None)
        inverse = self.vocabulary.property_of(property_.inverse) if property_.inverse else None
        name = {"key": key, "label": property_.label(self.language), "iri": iri}
        return Heading(
            name,
            _kept(name),
            property_,
            order,
            is_date=property_.kind is ValueKind.DATE,
            is_relation=property_.kind is ValueKind.RELATION,
            outward=inverse.iri if inverse is not None and inverse.kind is ValueKind.RELATION else None,
        )


def _kept(members: Members) -> Fragment:
    # What orjson returns takes a page of memory, however short it is: a copy does not.
    return Fragment(bytes(memoryview(dumps(members))))


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

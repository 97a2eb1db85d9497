"""The facts of a release as records, and what its register says of entities: for those who count or compare.

One pass over the store; nothing is looked up again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple

from asoen_graph.dates import OPEN
from asoen_graph.evidence import DERIVED_FROM, LABEL, TITLE, URL, choose, readable
from asoen_graph.iris import (
    ENTITY,
    FACT,
    PROVENANCE_GRAPH,
    RDF,
    REGISTER_GRAPH,
    SKOS,
    SOURCE,
    TERM,
    compact,
    key_of,
    local_name,
)
from asoen_graph.vocabulary import Vocabulary

Node: TypeAlias = NamedNode | BlankNode | Literal | Triple

ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: what it states, with the evidence for it. ``sources`` are slugs, sorted."""

    iri: str
    subject: str
    """The slug of the entity."""
    property: str
    value: Node
    status: str
    """The key of the status."""
    sources: tuple[str, ...]
    locator: str
    when: str
    """When it holds: ``2018``, ``2018/2021``, ``2018/..``; empty where nothing is said."""
    notes: Mapping[str, str]
    """The curator's note by language."""

    def statement(self) -> tuple[str, str, str]:
        """What several facts may state alike: subject, property and value."""
        return self.subject, self.property, str(self.value)


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity or relation node of the register. ``labels`` maps a language to the preferred label."""

    slug: str
    class_key: str
    labels: Mapping[str, str]
    names: tuple[str, ...]
    """The other names, sorted."""

    def label(self, language: str) -> str:
        """The label in a language, else in the other, else the slug."""
        return choose(self.labels, language) or self.slug


@dataclass(frozen=True, slots=True)
class Document:
    """A source. Dates are as curated; what it does not say is an empty string."""

    slug: str
    titles: Mapping[str, str]
    published: str
    retrieved: str
    kind: str
    particulars: frozenset[tuple[str, str]]
    """Everything said of it: IRI of the property, and value."""

    def title(self, language: str) -> str:
        """The title in a language, else in another, else the address, else the slug."""
        return choose(self.titles, language) or self.slug


class Ledger:
    """Facts by IRI, entities and documents by slug, all in order."""

    def __init__(self, store: Store, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        provenance = _described(store, PROVENANCE_GRAPH)
        self.documents = dict(sorted(_documents(provenance)))
        self.entities = dict(sorted(self._entities(_described(store, REGISTER_GRAPH))))
        stated = {
            graph.value: next(iter(store.quads_for_pattern(None, None, None, graph))).triple
            for graph in store.named_graphs()
            if isinstance(graph, NamedNode) and graph.value.startswith(FACT)
        }
        self.facts = {iri: _fact(iri, stated[iri], provenance.get(iri, {})) for iri in sorted(stated)}

    def property_label(self, iri: str, language: str) -> str:
        """What a property is called."""
        found = self._vocabulary.property_of(iri)
        return found.label(language) if found is not None else compact(iri)

    def class_label(self, key: str, language: str) -> str:
        """What a class is called."""
        found = self._vocabulary.classes.get(key)
        return found.label(language) if found is not None else key

    def is_relation(self, key: str) -> bool:
        """Whether the entities of a class are relation nodes."""
        found = self._vocabulary.classes.get(key)
        return found is not None and found.is_relation

    def status_label(self, key: str, language: str) -> str:
        """What a status is called."""
        found = self._vocabulary.values_of(TERM + "FactStatus").get(key)
        return found.label(language) if found is not None else key

    def text(self, value: Node, language: str) -> str:
        """A value as people read it: the label of an entity or a controlled value, else the text of a literal."""
        if isinstance(value, Literal):
            return value.value
        if not isinstance(value, NamedNode):
            return str(value)
        entity = self.entities.get(value.value.removeprefix(ENTITY))
        if entity is not None:
            return entity.label(language)
        document = self.documents.get(value.value.removeprefix(SOURCE))
        if document is not None:
            return document.title(language)
        term = self._vocabulary.term(value.value)
        return term.label(language) if term is not None else compact(value.value)

    def _entities(self, described: Mapping[str, Mapping[str, list[Node]]]) -> Iterable[tuple[str, Entity]]:
        for iri, values in described.items():
            classes = [self._vocabulary.class_of(v.value) for v in values.get(_TYPE, ()) if isinstance(v, NamedNode)]
            known = sorted(each.key for each in classes if each is not None)
            if iri.startswith(ENTITY) and known:
                slug = iri.removeprefix(ENTITY)
                yield slug, Entity(slug, known[0], _texts(values.get(LABEL, ())), _names(values.get(_ALSO, ())))


_TYPE, _ALSO = RDF + "type", SKOS + "altLabel"
_STATUS, _LOCATOR, _NOTE = TERM + "status", TERM + "locator", TERM + "note"
_FROM, _UNTIL = TERM + "validFrom", TERM + "validUntil"
_PUBLISHED, _RETRIEVED, _KIND = TERM + "published", TERM + "retrieved", TERM + "sourceKind"


def _described(store: Store, graph: str) -> dict[str, dict[str, list[Node]]]:
    """Subject IRI → property IRI → values, of one graph."""
    found: dict[str, dict[str, list[Node]]] = {}
    for quad in store.quads_for_pattern(None, None, None, NamedNode(graph)):
        if isinstance(quad.subject, NamedNode):
            found.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, []).append(quad.object)
    return found


def _documents(provenance: Mapping[str, Mapping[str, list[Node]]]) -> Iterable[tuple[str, Document]]:
    for iri, values in provenance.items():
        if iri.startswith(SOURCE):
            slug = iri.removeprefix(SOURCE)
            dates = _first(values, _PUBLISHED), _first(values, _RETRIEVED)
            particulars = frozenset((property_, str(value)) for property_, all_ in values.items() for value in all_)
            titles = _texts(values.get(TITLE, ())) or {"": readable(_first(values, URL)) or slug}
            yield slug, Document(slug, titles, *dates, _key(values, _KIND), particulars)


def _fact(iri: str, triple: Triple, values: Mapping[str, list[Node]]) -> Fact:
    sources = (value.value for value in values.get(DERIVED_FROM, ()) if isinstance(value, NamedNode))
    subject = triple.subject
    return Fact(
        iri=iri,
        subject=subject.value.removeprefix(ENTITY) if isinstance(subject, NamedNode) else str(subject),
        property=triple.predicate.value,
        value=triple.object,
        status=_key(values, _STATUS),
        sources=tuple(sorted(source.removeprefix(SOURCE) for source in sources)),
        locator=_first(values, _LOCATOR),
        when=_interval(_first(values, _FROM), _first(values, _UNTIL)),
        notes=_texts(values.get(_NOTE, ())),
    )


def _interval(start: str, end: str) -> str:
    if start == end:
        return start
    return f"{start or OPEN}/{end or OPEN}"


def _texts(values: Iterable[Node]) -> dict[str, str]:
    return dict(sorted((value.language or "", value.value) for value in values if isinstance(value, Literal)))


def _names(values: Iterable[Node]) -> tuple[str, ...]:
    return tuple(sorted({value.value for value in values if isinstance(value, Literal)}))


def _first(values: Mapping[str, list[Node]], property_: str) -> str:
    return min((value.value for value in values.get(property_, ()) if isinstance(value, Literal)), default="")


def _key(values: Mapping[str, list[Node]], property_: str) -> str:
    found = (value.value for value in values.get(property_, ()) if isinstance(value, NamedNode))
    return key_of(local_name(min(found, default="")))

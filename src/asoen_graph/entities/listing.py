"""Which entities and documents there are, and what a slug stands for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from asoen_graph.entities.cards import EntityEntry, SourceEntry
from asoen_graph.entities.register import SOURCE_CLASS, Register
from asoen_graph.errors import UnknownName
from asoen_graph.iris import (
    DCTERMS,
    ENTITY,
    PROVENANCE_GRAPH,
    RDF,
    REGISTER_GRAPH,
    SOURCE,
    is_slug,
    slug_of,
)
from asoen_graph.patterns import Patterns
from asoen_graph.search import SearchIndex
from asoen_graph.text import nearest
from asoen_graph.vocabulary import Vocabulary

_REGISTER, _PROVENANCE = NamedNode(REGISTER_GRAPH), NamedNode(PROVENANCE_GRAPH)
_TYPE, _SOURCE_CLASS = NamedNode(RDF + "type"), NamedNode(SOURCE_CLASS)
_REPLACED = NamedNode(DCTERMS + "isReplacedBy")
_SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class Resolved:
    """The present slug of an entity; ``retired`` is the one asked for where that is out of use."""

    slug: str
    retired: str | None = None


def resolve(store: Patterns, slug: str, index: SearchIndex | None = None) -> Resolved:
    """What a slug stands for: an entity of the register, directly or by way of a retired slug.

    Raises UnknownName, with the entities of the nearest slugs and names, where it stands for nothing; with an
    ``index`` of the store at hand, that takes less time.
    """
    current, seen = slug, {slug}
    while not _is_registered(store, current):
        successor = _successor(store, current)
        if successor is None or successor in seen:
            raise UnknownName("entity", slug, _nearest_entities(store, slug, index))
        seen.add(successor)
        current = successor
    return Resolved(current, retired=None if current == slug else slug)


def list_entities(
    store: Patterns, vocabulary: Vocabulary, class_key: str | None = None, language: str = "en"
) -> list[EntityEntry]:
    """The entities of a class and its sub-classes, sorted by label; all but the relation nodes without a class.

    Raises UnknownName where the ontology has no such class.
    """
    return Register(store, vocabulary, language).of_class(class_key)


def list_sources(store: Patterns, vocabulary: Vocabulary, language: str = "en") -> list[SourceEntry]:
    """The documents facts are taken from, sorted by slug."""
    return list(Register(store, vocabulary, language).sources)


def resolve_source(store: Patterns, slug: str) -> NamedNode:
    """The IRI of a document.

    Raises UnknownName, with the nearest slugs, where there is no such document.
    """
    documents = [quad.subject for quad in store.quads_for_pattern(None, _TYPE, _SOURCE_CLASS, _PROVENANCE)]
    for document in documents:
        if isinstance(document, NamedNode) and document.value == SOURCE + slug:
            return document
    slugs = sorted(each.value[len(SOURCE) :] for each in documents if isinstance(each, NamedNode))
    raise UnknownName("source", slug, nearest(slug, slugs))


def _registered(store: Patterns) -> Iterator[tuple[str, str]]:
    for quad in store.quads_for_pattern(None, _TYPE, None, _REGISTER):
        slug = slug_of(quad.subject.value) if isinstance(quad.subject, NamedNode) else None
        if slug is not None and isinstance(quad.object, NamedNode):
            yield slug, quad.object.value


def _is_registered(store: Patterns, slug: str) -> bool:
    # What is no slug may not even be part of an IRI.
    return is_slug(slug) and any(store.quads_for_pattern(NamedNode(ENTITY + slug), _TYPE, None, _REGISTER))


def _successor(store: Patterns, slug: str) -> str | None:
    if not is_slug(slug):
        return None
    quads = store.quads_for_pattern(NamedNode(ENTITY + slug), _REPLACED, None, _REGISTER)
    return next((slug_of(quad.object.value) for quad in quads if isinstance(quad.object, NamedNode)), None)


def _nearest_entities(store: Patterns, slug: str, index: SearchIndex | None) -> list[str]:
    near = nearest(slug, sorted(known for known, _ in _registered(store)), _SUGGESTIONS)
    called = (index or SearchIndex.of(store)).find(slug, limit=_SUGGESTIONS)
    return list(dict.fromkeys([*near, *(hit.slug for hit in called)]))[:_SUGGESTIONS]

"""The entities and documents of a store as rows of lists, with the values of any property beside them.

Everything is read on first use and kept: a list is asked for page by page, and a store does not change.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cached_property

from pyoxigraph import DefaultGraph, NamedNode, Store

from asoen_graph.entities.cards import EntityEntry, SourceEntry, Value
from asoen_graph.entities.lens import Lens
from asoen_graph.entities.order import natural
from asoen_graph.errors import UnknownName
from asoen_graph.iris import PROV, PROVENANCE_GRAPH, RDF, REGISTER_GRAPH, SOURCE, TERM, slug_of
from asoen_graph.text import nearest
from asoen_graph.vocabulary import Class, Vocabulary

SOURCE_CLASS = TERM + "Source"
_TYPE, _DERIVED = NamedNode(RDF + "type"), NamedNode(PROV + "wasDerivedFrom")
_REGISTER, _PROVENANCE = NamedNode(REGISTER_GRAPH), NamedNode(PROVENANCE_GRAPH)
_PUBLISHER, _KIND = NamedNode(TERM + "publisher"), NamedNode(TERM + "sourceKind")
_PUBLISHED, _URL = NamedNode(TERM + "published"), NamedNode(TERM + "url")


class Register:
    """What lists are made of, in one language."""

    def __init__(self, store: Store, vocabulary: Vocabulary, language: str) -> None:
        self.store = store
        self.vocabulary = vocabulary
        self.language = language
        self._lens = Lens(store, vocabulary, language)
        self._values: dict[str, Mapping[str, tuple[Value, ...]]] = {}

    @cached_property
    def entities(self) -> tuple[EntityEntry, ...]:
        """Every entity, relation nodes too, sorted by label."""
        entries = []
        for quad in self.store.quads_for_pattern(None, _TYPE, None, _REGISTER):
            slug = slug_of(quad.subject.value) if isinstance(quad.subject, NamedNode) else None
            class_ = self.vocabulary.class_of(quad.object.value) if isinstance(quad.object, NamedNode) else None
            if slug is not None and class_ is not None and isinstance(quad.subject, NamedNode):
                text = self._lens.value(quad.subject).text
                labels = self._lens.labels(quad.subject)
                label = class_.label(self.language)
                entries.append(EntityEntry(slug, quad.subject.value, class_.key, label, text, labels))
        return tuple(sorted(entries, key=lambda entry: (natural(entry.label), entry.slug)))

    @cached_property
    def by_slug(self) -> Mapping[str, EntityEntry]:
        """Every entity by its slug."""
        return {entry.slug: entry for entry in self.entities}

    def of_class(self, class_key: str | None) -> list[EntityEntry]:
        """The entities of a class and its sub-classes, by label; all but the relation nodes without a class.

        Raises UnknownName where the ontology has no such class.
        """
        keys = {each.key for each in self.classes(class_key)}
        return [entry for entry in self.entities if entry.class_key in keys]

    def classes(self, class_key: str | None) -> list[Class]:
        """The class of that key with its sub-classes, or all that are no relations. Raises UnknownName."""
        known = self.vocabulary.classes
        if class_key is None:
            return [each for each in known.values() if not each.is_relation]
        if class_key not in known:
            raise UnknownName("class", class_key, nearest(class_key, known))
        return self.vocabulary.subclasses(known[class_key].iri)

    @cached_property
    def sources(self) -> tuple[SourceEntry, ...]:
        """Every document facts are taken from, sorted by slug."""
        counts = Counter(str(quad.object) for quad in self.store.quads_for_pattern(None, _DERIVED, None, _PROVENANCE))
        found = []
        for quad in self.store.quads_for_pattern(None, _TYPE, NamedNode(SOURCE_CLASS), _PROVENANCE):
            if isinstance(quad.subject, NamedNode):
                found.append(self._source(quad.subject, counts[str(quad.subject)]))
        return tuple(sorted(found, key=lambda entry: entry.slug))

    def values(self, property_iri: str) -> Mapping[str, tuple[Value, ...]]:
        """Subject IRI → what the property is for it, as accepted or inferred, in order."""
        if property_iri not in self._values:
            found: dict[str, list[Value]] = defaultdict(list)
            for quad in self.store.quads_for_pattern(None, NamedNode(property_iri), None, DefaultGraph()):
                if isinstance(quad.subject, NamedNode):
                    found[quad.subject.value].append(self._lens.value(quad.object))
            self._values[property_iri] = {
                subject: tuple(sorted(values, key=lambda value: (natural(value.text), value.key or "")))
                for subject, values in found.items()
            }
        return self._values[property_iri]

    def _source(self, document: NamedNode, facts: int) -> SourceEntry:
        kinds = self.values(_KIND.value).get(document.value, ())
        return SourceEntry(
            slug=document.value.removeprefix(SOURCE),
            iri=document.value,
            title=self._lens.value(document).text,
            publishers=self.values(_PUBLISHER.value).get(document.value, ()),
            published=self._lens.one(document, _PUBLISHED) or "",
            kind=kinds[0] if kinds else None,
            url=self._lens.one(document, _URL) or "",
            facts=facts,
        )

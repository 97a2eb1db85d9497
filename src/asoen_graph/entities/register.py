"""The entities and documents of a store as rows of lists, with the values of any property beside them.

Everything is read on first use and kept: a list is asked for page by page, and a store does not change.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from pyoxigraph import DefaultGraph, Literal, NamedNode

from asoen_graph.entities.cards import EntityEntry, SourceEntry, Value
from asoen_graph.entities.lens import Lens
from asoen_graph.entities.order import natural
from asoen_graph.entities.shelf import Shelf
from asoen_graph.errors import UnknownName
from asoen_graph.evidence import choose
from asoen_graph.iris import ENTITY, PROV, PROVENANCE_GRAPH, RDF, SOURCE, TERM
from asoen_graph.patterns import Patterns
from asoen_graph.search import Entity, read_entities
from asoen_graph.text import nearest
from asoen_graph.vocabulary import Class, Vocabulary

SOURCE_CLASS = TERM + "Source"
_TYPE, _DERIVED = NamedNode(RDF + "type"), NamedNode(PROV + "wasDerivedFrom")
_PROVENANCE = NamedNode(PROVENANCE_GRAPH)
_PUBLISHER, _KIND = TERM + "publisher", TERM + "sourceKind"
_TITLE, _PUBLISHED, _URL = TERM + "title", TERM + "published", TERM + "url"


class Register:
    """What lists are made of, in one language; ``entities`` and ``shelf`` save reading those of the store once more."""

    def __init__(
        self,
        store: Patterns,
        vocabulary: Vocabulary,
        language: str,
        entities: Sequence[Entity] | None = None,
        shelf: Shelf | None = None,
    ) -> None:
        self.store = store
        self.vocabulary = vocabulary
        self.language = language
        self._known = entities
        self._lens = Lens(store, vocabulary, language, shelf=shelf)
        self._values: dict[str, Mapping[str, tuple[Value, ...]]] = {}

    @cached_property
    def entities(self) -> tuple[EntityEntry, ...]:
        """Every entity, relation nodes too, sorted by label."""
        classes = {each.iri: (each.key, each.label(self.language)) for each in self.vocabulary.classes.values()}
        known = read_entities(self.store) if self._known is None else self._known
        entries = [
            EntityEntry(each.slug, ENTITY + each.slug, *classes[each.class_iri], each.label(self.language), each.labels)
            for each in known
            if each.class_iri in classes
        ]
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
        counts = Counter(
            quad.object.value
            for quad in self.store.quads_for_pattern(None, _DERIVED, None, _PROVENANCE)
            if isinstance(quad.object, NamedNode)
        )
        documents = self.store.quads_for_pattern(None, _TYPE, NamedNode(SOURCE_CLASS), _PROVENANCE)
        iris = sorted(quad.subject.value for quad in documents if isinstance(quad.subject, NamedNode))
        read = {each: self._literals(each) for each in (_TITLE, _PUBLISHED, _URL)}
        publishers, kinds = self.values(_PUBLISHER), self.values(_KIND)
        found = []
        for iri in iris:
            title, published, url = (choose(read[each].get(iri, {}), self.language) for each in read)
            slug = iri.removeprefix(SOURCE)
            kind = next(iter(kinds.get(iri, ())), None)
            name = title or url or slug
            found.append(SourceEntry(slug, iri, name, publishers.get(iri, ()), published, kind, url, counts[iri]))
        return tuple(found)

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

    def _literals(self, property_iri: str) -> dict[str, dict[str, str]]:
        """Document IRI → language → text of a property of documents."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for quad in self.store.quads_for_pattern(None, NamedNode(property_iri), None, _PROVENANCE):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
                texts, language = found[quad.subject.value], quad.object.language or ""
                texts[language] = max(texts.get(language, ""), quad.object.value)
        return found

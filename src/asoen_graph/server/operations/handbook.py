"""The documentation of the ontology: each term with what it means, what it may be used with, how often it is, examples.

Everything is read from the ontology the release carries, from its data, and from the shapes the data is checked with.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final, TypeVar

from pyoxigraph import Literal, NamedNode

from asoen_graph.entities.cards import Value
from asoen_graph.entities.register import Register
from asoen_graph.evidence import choose
from asoen_graph.iris import ONTOLOGY, OWL, PREFIXES, RDFS, SKOS, TERM, compact
from asoen_graph.server.library import Library
from asoen_graph.server.operations.diagram import Diagram, diagram
from asoen_graph.server.operations.shape_rules import shape_rules
from asoen_graph.vocabulary import Class, Concept, Property, Term, Vocabulary

Kind = TypeVar("Kind", bound=Term)

_GRAPH: Final = NamedNode(ONTOLOGY)
_NOTE: Final = NamedNode(SKOS + "scopeNote")
_ALIGNING: Final = {
    RDFS + "subClassOf": "narrower",
    RDFS + "subPropertyOf": "narrower",
    OWL + "equivalentClass": "same",
    OWL + "equivalentProperty": "same",
    SKOS + "exactMatch": "same",
    SKOS + "closeMatch": "near",
}
_OWN_SPACES: Final = tuple(PREFIXES[name] for name in ("owl", "rdf", "rdfs"))


@dataclass(frozen=True, slots=True)
class Use:
    """A property as a class has it: ``cardinality`` is ``1``, ``0..1``, ``1..n`` or ``0..n``."""

    property: Property
    cardinality: str


@dataclass(frozen=True, slots=True)
class AboutClass:
    """What is to say of a class."""

    term: Class
    notes: tuple[str, ...]
    parents: tuple[Class, ...]
    children: tuple[Class, ...]
    own: tuple[Use, ...]
    inherited: tuple[tuple[Class, tuple[Use, ...]], ...]
    keys: tuple[Property, ...]
    rules: tuple[str, ...]
    aligned: tuple[str, ...]
    count: int
    """Entities of the class and those below it."""
    example: tuple[str, str] | None
    """Slug and label."""


@dataclass(frozen=True, slots=True)
class AboutProperty:
    """What is to say of a property."""

    term: Property
    notes: tuple[str, ...]
    parents: tuple[Property, ...]
    children: tuple[Property, ...]
    inverse: Property | None
    chains: tuple[tuple[Property, Property], ...]
    characteristics: tuple[str, ...]
    datatype: str
    """The range, where it is no class of the ontology."""
    is_single: bool
    aligned: tuple[str, ...]
    count: int
    example: tuple[str, str, Value] | None
    """Slug and label of a subject, and a value."""


@dataclass(frozen=True, slots=True)
class AboutConcept:
    """What is to say of a controlled value."""

    term: Concept
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Handbook:
    """All of it, in one language."""

    title: str
    description: str
    classes: tuple[AboutClass, ...]
    properties: tuple[AboutProperty, ...]
    concepts: tuple[tuple[Class, tuple[AboutConcept, ...]], ...]
    alignments: Mapping[str, Sequence[tuple[Term, str, str, str]]]
    """Prefix of a vocabulary → term, relation (``same``, ``near``, ``narrower``), short name and IRI there."""
    picture: Diagram
    tops: tuple[Class, ...]
    below: Mapping[str, tuple[Class, ...]] = field(repr=False)
    """IRI of a class → the classes right below it."""


@cache
def handbook(library: Library, language: str) -> Handbook:
    """The documentation in a language, which never changes for a release."""
    return _Author(library, language).write()


class _Author:
    def __init__(self, library: Library, language: str) -> None:
        self._library = library
        self._language = language
        self._vocabulary: Vocabulary = library.vocabulary
        self._register: Register = library.register(language)
        self._shapes = shape_rules()
        self._counts = Counter(entry.class_key for entry in self._register.entities)
        self._aligned = self._alignments()

    def write(self) -> Handbook:
        classes = self._vocabulary.classes.values()
        below = {each.iri: tuple(self._sorted(c for c in classes if each.iri in c.parents)) for each in classes}
        alignments: dict[str, list[tuple[Term, str, str, str]]] = defaultdict(list)
        for iri, found in self._aligned.items():
            term = self._vocabulary.term(iri)
            for relation, other in found:
                if term is not None:
                    alignments[compact(other).partition(":")[0]].append((term, relation, compact(other), other))
        return Handbook(
            title=self._text(ONTOLOGY, "title"),
            description=self._text(ONTOLOGY, "description"),
            classes=tuple(self._class(each) for each in self._sorted(classes)),
            properties=tuple(self._property(each) for each in self._sorted(self._vocabulary.properties.values())),
            concepts=tuple(
                (self._vocabulary.classes[key], tuple(AboutConcept(each, self._notes(each)) for each in members))
                for key, members in sorted(self._vocabulary.concepts.items())
            ),
            alignments={name: alignments[name] for name in sorted(alignments)},
            picture=diagram(self._register),
            tops=tuple(self._sorted(each for each in classes if not each.parents)),
            below=below,
        )

    def _class(self, class_: Class) -> AboutClass:
        known = self._vocabulary
        properties = self._sorted(known.properties_for(class_))
        own = [each for each in properties if class_.iri in each.domain]
        others: dict[str, list[Use]] = defaultdict(list)
        for each in properties:
            if class_.iri not in each.domain:
                source = next(iri for iri in each.domain if iri in class_.ancestors)
                others[source].append(self._use(class_, each))
        members = known.subclasses(class_.iri)
        example = next((e for e in self._register.entities if e.class_key == class_.key), None)
        return AboutClass(
            term=class_,
            notes=self._notes(class_),
            parents=tuple(found for iri in class_.parents if (found := known.class_of(iri))),
            children=tuple(self._sorted(each for each in known.classes.values() if class_.iri in each.parents)),
            own=tuple(self._use(class_, each) for each in own),
            inherited=tuple((found, tuple(uses)) for iri, uses in others.items() if (found := known.class_of(iri))),
            keys=tuple(key for iri in class_.key_properties if (key := known.property_of(iri))),
            rules=tuple(filter(None, (self._rule(each) for each in self._shapes.rules.get(class_.iri, ())))),
            aligned=tuple(compact(other) for _, other in self._aligned.get(class_.iri, ())),
            count=sum(self._counts[each.key] for each in members),
            example=(example.slug, example.label) if example is not None else None,
        )

    def _rule(self, texts: Mapping[str, str]) -> str:
        """The text of a rule; those that name what they found make no sense without it."""
        text = choose(texts, self._language)
        return "" if "{" in text else text

    def _use(self, class_: Class, property_: Property) -> Use:
        least = max((self._shapes.needed.get((iri, property_.iri), 0) for iri in class_.ancestors), default=0)
        most = "1" if self._is_single(property_) else "n"
        return Use(property_, most if str(least) == most else f"{least}..{most}")

    def _is_single(self, property_: Property) -> bool:
        return property_.functional or property_.iri in self._shapes.single

    def _property(self, property_: Property) -> AboutProperty:
        known = self._vocabulary
        pairs = known.chains.get(property_.iri, ())
        chains = [(known.property_of(one), known.property_of(two)) for one, two in pairs]
        kinds = known.characteristics.get(property_.iri, frozenset())
        values = self._register.values(property_.iri)
        return AboutProperty(
            term=property_,
            notes=self._notes(property_),
            parents=tuple(found for iri in property_.parents if (found := known.property_of(iri))),
            children=tuple(self._sorted(p for p in known.properties.values() if property_.iri in p.parents)),
            inverse=known.property_of(property_.inverse) if property_.inverse else None,
            chains=tuple((one, two) for one, two in chains if one and two),
            characteristics=tuple(sorted(kinds & {"TransitiveProperty", "SymmetricProperty"})),
            datatype="" if known.class_of(property_.range) else compact(property_.range),
            is_single=self._is_single(property_),
            aligned=tuple(compact(other) for _, other in self._aligned.get(property_.iri, ())),
            count=sum(map(len, values.values())),
            example=self._example(values),
        )

    def _example(self, values: Mapping[str, tuple[Value, ...]]) -> tuple[str, str, Value] | None:
        for subject in sorted(values)[:50]:
            entry = self._register.by_slug.get(subject.rpartition("/")[2])
            if entry is not None and entry.iri == subject:
                return entry.slug, entry.label, values[subject][0]
        return None

    def _sorted(self, terms: Iterable[Kind]) -> list[Kind]:
        return sorted(terms, key=lambda each: (each.label(self._language).casefold(), each.key))

    def _notes(self, term: Term) -> tuple[str, ...]:
        quads = self._library.graph.quads_for_pattern(NamedNode(term.iri), _NOTE, None, _GRAPH)
        texts = {q.object.language or "": q.object.value for q in quads if isinstance(q.object, Literal)}
        return (choose(texts, self._language),) if texts else ()

    def _text(self, iri: str, name: str) -> str:
        predicate = NamedNode(PREFIXES["dcterms"] + name)
        quads = self._library.graph.quads_for_pattern(NamedNode(iri), predicate, None, _GRAPH)
        texts = {q.object.language or "": q.object.value for q in quads if isinstance(q.object, Literal)}
        return choose(texts, self._language)

    def _alignments(self) -> dict[str, list[tuple[str, str]]]:
        """IRI of a term → how it is to a term of another vocabulary, and that."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for predicate, relation in _ALIGNING.items():
            for quad in self._library.graph.quads_for_pattern(None, NamedNode(predicate), None, _GRAPH):
                ends = quad.subject, quad.object
                if isinstance(ends[0], NamedNode) and isinstance(ends[1], NamedNode):
                    is_outside = ends[0].value.startswith(TERM) and not ends[1].value.startswith((TERM, *_OWN_SPACES))
                    if is_outside:
                        found[ends[0].value].append((relation, ends[1].value))
        return {iri: sorted(pairs) for iri, pairs in sorted(found.items())}

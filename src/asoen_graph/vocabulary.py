"""The ontology as Python sees it: what a property expects and what a class may carry, read from ``ontology/asoen.ttl``.

Nothing here repeats the ontology: every range, cardinality and label is looked up in it. The annotations
it uses beyond OWL:

- ``schema:domainIncludes`` – the classes whose entities may carry a property (sub-classes inherit);
- ``asoen:curated false`` – the property is only inferred, never written by a curator;
- ``asoen:abstract true`` – the class has no entities of its own;
- ``asoen:numbered false`` – the unit of a locator takes no number or label;
- ``sh:group`` – what a reader finds the property under, and ``asoen:inverseLabel``, how it is read from its value;
- ``owl:hasKey`` – the class is a relation node, named after the values of these properties.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

from asoen_graph.iris import GEO, ONTOLOGY, OWL, RDF, RDFS, SCHEMA, SH, SKOS, TERM, XSD, key_of, local_name
from asoen_graph.patterns import Patterns

PARTIAL_DATE = TERM + "PartialDate"
LANG_STRING = RDF + "langString"

_TYPE = NamedNode(RDF + "type")
_LAST = 1000
"""The place of what the ontology gives none."""
_FIRST, _REST, _NIL = NamedNode(RDF + "first"), NamedNode(RDF + "rest"), NamedNode(RDF + "nil")


class ValueKind(Enum):
    """What the value of a property is, as far as reading and writing it goes."""

    ENTITY = "entity"
    RELATION = "relation"
    CONCEPT = "concept"
    TEXT = "text"
    """``rdf:langString``: a language map."""
    DATE = "date"
    """A date of any precision: ``xsd:date``, ``xsd:gYearMonth`` or ``xsd:gYear``."""
    LITERAL = "literal"
    """Any other datatype, named by the property's range."""


@dataclass(frozen=True, slots=True)
class Term:
    """Something the ontology defines. ``labels`` and ``definitions`` map a language tag to a text."""

    iri: str
    labels: Mapping[str, str] = field(repr=False)
    definitions: Mapping[str, str] = field(repr=False)

    @property
    def local_name(self) -> str:
        """The part of the IRI after the namespace."""
        return local_name(self.iri)

    @property
    def key(self) -> str:
        """How the term is written in curated files, addresses and options."""
        return key_of(self.local_name)

    def label(self, language: str = "en") -> str:
        """The label in a language, else in English, else the local name."""
        return self.labels.get(language) or self.labels.get("en") or self.local_name


@dataclass(frozen=True, slots=True)
class Class(Term):
    """A class: ``ancestors`` holds the IRIs of itself and of all super-classes of this ontology."""

    parents: tuple[str, ...]
    ancestors: frozenset[str] = field(repr=False)
    abstract: bool
    key_properties: tuple[str, ...]

    @property
    def is_relation(self) -> bool:
        """Whether its entities are relation nodes, named after their key."""
        return bool(self.key_properties)


@dataclass(frozen=True, slots=True)
class Property(Term):
    """A property: ``domain`` holds the IRIs of the classes named by ``schema:domainIncludes``.

    ``group`` is the IRI of what a reader finds it under, ``inverse_labels`` how it is read from its value where no
    inverse says so.
    """

    kind: ValueKind
    range: str
    domain: tuple[str, ...]
    functional: bool
    curated: bool
    inverse: str | None
    parents: tuple[str, ...]
    group: str | None
    order: int
    """Where it stands in its group; those of which the ontology does not say come after the others."""
    inverse_labels: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Group(Term):
    """What properties are found under by a reader; ``order`` says where it stands among the others."""

    order: int


@dataclass(frozen=True, slots=True)
class Concept(Term):
    """A controlled value of a value class, such as ``asoen:planned`` of ``asoen:MeetingStatus``.

    ``numbered`` says of a unit of a locator whether it takes a number or label.
    """

    value_class: str
    numbered: bool = True


class Vocabulary:
    """Classes, properties and controlled values by key and by IRI."""

    def __init__(self, triples: Iterable[Triple | Quad]) -> None:
        quads = [Quad(t.subject, t.predicate, t.object) for t in triples]
        self._graph = Store()
        self._graph.extend(quads)
        self._rank: dict[str, int] = {}
        for quad in quads:
            self._rank.setdefault(str(quad.subject), len(self._rank))
        self._class_iris = self._subjects_of_type("Class")
        self.classes: dict[str, Class] = _by_key(self._class(iri) for iri in self._class_iris)
        self.properties: dict[str, Property] = _by_key(
            self._property(iri)
            for iri in sorted(
                self._subjects_of_type("ObjectProperty") + self._subjects_of_type("DatatypeProperty"), key=self._order
            )
        )
        self.concepts: dict[str, tuple[Concept, ...]] = {}
        """Controlled values by the key of their value class."""
        for each in self.classes.values():
            members = tuple(self._concepts(each.iri))
            if members:
                self.concepts[each.key] = members
        self.groups: dict[str, Group] = {group.iri: group for group in sorted(self._groups(), key=_standing)}
        """What readers find properties under, by IRI, in order; none in the releases before there were any."""
        self._by_iri: dict[str, Term] = {
            term.iri: term
            for group in (self.classes.values(), self.properties.values(), *self.concepts.values())
            for term in group
        }

    @classmethod
    def read(cls, path: Path) -> Vocabulary:
        """Read the ontology from a Turtle file; terms come in the order of the file.

        Raises SyntaxError, with its place, where the file is not Turtle.
        """
        return cls(parse(path=str(path), format=RdfFormat.TURTLE))

    @classmethod
    def of_store(cls, store: Patterns) -> Vocabulary:
        """Read the ontology a release carries in the graph named after it; terms come in alphabetical order."""
        quads = store.quads_for_pattern(None, None, None, NamedNode(ONTOLOGY))
        return cls(sorted(quads, key=lambda quad: (str(quad.subject), str(quad.predicate), str(quad.object))))

    def term(self, iri: str) -> Term | None:
        """The class, property or controlled value of that IRI."""
        return self._by_iri.get(iri)

    def class_of(self, iri: str) -> Class | None:
        """The class of that IRI."""
        found = self._by_iri.get(iri)
        return found if isinstance(found, Class) else None

    def property_of(self, iri: str) -> Property | None:
        """The property of that IRI."""
        found = self._by_iri.get(iri)
        return found if isinstance(found, Property) else None

    def concept_of(self, iri: str) -> Concept | None:
        """The controlled value of that IRI."""
        found = self._by_iri.get(iri)
        return found if isinstance(found, Concept) else None

    def properties_for(self, class_: Class) -> list[Property]:
        """The properties entities of a class may carry, in the order of the ontology."""
        return [p for p in self.properties.values() if not class_.ancestors.isdisjoint(p.domain)]

    def applies(self, property_: Property, class_: Class) -> bool:
        """Whether entities of the class may carry the property."""
        return not class_.ancestors.isdisjoint(property_.domain)

    def values_of(self, class_iri: str) -> dict[str, Concept]:
        """The controlled values of a value class, by key; empty for other classes."""
        return {concept.key: concept for concept in self.concepts.get(key_of(local_name(class_iri)), ())}

    def subclasses(self, class_iri: str) -> list[Class]:
        """The class and everything below it."""
        return [each for each in self.classes.values() if class_iri in each.ancestors]

    @cached_property
    def chains(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """The short cuts: property IRI → the pairs of properties whose succession it abbreviates."""
        found: dict[str, tuple[tuple[str, str], ...]] = {}
        for each in self.properties.values():
            lists = self._objects(each.iri, OWL + "propertyChainAxiom")
            pairs = [tuple(self._list(head)) for head in lists]
            if pairs:
                found[each.iri] = tuple((pair[0], pair[1]) for pair in pairs if len(pair) == 2)
        return found

    @cached_property
    def characteristics(self) -> dict[str, frozenset[str]]:
        """Property IRI → its OWL characteristics (``TransitiveProperty``, ``SymmetricProperty``, …)."""
        return {
            each.iri: frozenset(
                local_name(o.value) for o in self._objects(each.iri, RDF + "type") if isinstance(o, NamedNode)
            )
            for each in self.properties.values()
        }

    def _order(self, iri: str) -> int:
        return self._rank[f"<{iri}>"]

    def _class(self, iri: str) -> Class:
        keys = [item for head in self._objects(iri, OWL + "hasKey") for item in self._list(head)]
        return Class(
            iri=iri,
            labels=self._texts(iri, RDFS + "label"),
            definitions=self._texts(iri, SKOS + "definition"),
            parents=tuple(parent for parent in self._iris(iri, RDFS + "subClassOf") if parent in self._class_iris),
            ancestors=frozenset(a for a in self._ancestors(iri) if a.startswith(TERM)),
            abstract=self._flag(iri, "abstract", default=False),
            key_properties=tuple(keys),
        )

    def _property(self, iri: str) -> Property:
        range_ = next(iter(self._iris(iri, RDFS + "range")), XSD + "string")
        declared = self._iris(iri, OWL + "inverseOf")
        declared += [s.value for s in self._subjects(OWL + "inverseOf", iri) if s.value not in declared]
        return Property(
            iri=iri,
            labels=self._texts(iri, RDFS + "label"),
            definitions=self._texts(iri, SKOS + "definition"),
            kind=self._kind(range_),
            range=range_,
            domain=tuple(self._iris(iri, SCHEMA + "domainIncludes")),
            functional=self._has(iri, RDF + "type", OWL + "FunctionalProperty"),
            curated=self._flag(iri, "curated", default=True),
            inverse=next(iter(declared), None),
            parents=tuple(self._iris(iri, RDFS + "subPropertyOf")),
            group=next(iter(self._iris(iri, SH + "group")), None),
            order=self._place(iri),
            inverse_labels=self._texts(iri, TERM + "inverseLabel"),
        )

    def _groups(self) -> Iterator[Group]:
        for subject in self._subjects(RDF + "type", SH + "PropertyGroup"):
            iri = subject.value
            labels, definitions = self._texts(iri, RDFS + "label"), self._texts(iri, SKOS + "definition")
            yield Group(iri=iri, labels=labels, definitions=definitions, order=self._place(iri))

    def _place(self, iri: str) -> int:
        orders = [int(each.value) for each in self._objects(iri, SH + "order") if isinstance(each, Literal)]
        return min(orders, default=_LAST)

    def _kind(self, range_: str) -> ValueKind:
        if range_ == PARTIAL_DATE:
            return ValueKind.DATE
        if range_ == LANG_STRING:
            return ValueKind.TEXT
        if range_.startswith((XSD, GEO)):
            return ValueKind.LITERAL
        if self._objects(range_, OWL + "hasKey"):
            return ValueKind.RELATION
        controlled = any(self._graph.quads_for_pattern(None, _TYPE, NamedNode(range_)))
        return ValueKind.CONCEPT if controlled else ValueKind.ENTITY

    def _concepts(self, class_iri: str) -> Iterator[Concept]:
        for iri in sorted((s.value for s in self._subjects(RDF + "type", class_iri)), key=self._order):
            labels, definitions = self._texts(iri, RDFS + "label"), self._texts(iri, SKOS + "definition")
            numbered = self._flag(iri, "numbered", default=True)
            yield Concept(iri=iri, labels=labels, definitions=definitions, value_class=class_iri, numbered=numbered)

    def _ancestors(self, iri: str) -> set[str]:
        found: set[str] = set()
        waiting = [iri]
        while waiting:
            current = waiting.pop()
            if current not in found:
                found.add(current)
                waiting.extend(self._iris(current, RDFS + "subClassOf"))
        return found

    def _subjects_of_type(self, owl_type: str) -> list[str]:
        quads = self._graph.quads_for_pattern(None, _TYPE, NamedNode(OWL + owl_type))
        iris = [q.subject.value for q in quads if isinstance(q.subject, NamedNode)]
        return sorted((iri for iri in iris if iri.startswith(TERM)), key=self._order)

    def _subjects(self, predicate: str, object_: str) -> list[NamedNode]:
        quads = self._graph.quads_for_pattern(None, NamedNode(predicate), NamedNode(object_))
        return [q.subject for q in quads if isinstance(q.subject, NamedNode)]

    def _objects(self, subject: str, predicate: str) -> list[NamedNode | BlankNode | Literal]:
        quads = self._graph.quads_for_pattern(NamedNode(subject), NamedNode(predicate), None)
        return [q.object for q in quads if not isinstance(q.object, Triple)]

    def _iris(self, subject: str, predicate: str) -> list[str]:
        return [o.value for o in self._objects(subject, predicate) if isinstance(o, NamedNode)]

    def _texts(self, subject: str, predicate: str) -> dict[str, str]:
        return {o.language or "": o.value for o in self._objects(subject, predicate) if isinstance(o, Literal)}

    def _flag(self, subject: str, annotation: str, *, default: bool) -> bool:
        values = [o.value for o in self._objects(subject, TERM + annotation)]
        return values[0] == "true" if values else default

    def _has(self, subject: str, predicate: str, object_: str) -> bool:
        return object_ in self._iris(subject, predicate)

    def _list(self, head: NamedNode | BlankNode | Literal) -> Iterator[str]:
        while head != _NIL and not isinstance(head, Literal):
            (item,) = self._graph.quads_for_pattern(head, _FIRST, None)
            if isinstance(item.object, NamedNode):
                yield item.object.value
            (rest,) = self._graph.quads_for_pattern(head, _REST, None)
            if isinstance(rest.object, Triple):
                return
            head = rest.object


def _standing(group: Group) -> tuple[int, str]:
    return group.order, group.iri


_Kind = TypeVar("_Kind", bound=Term)


def _by_key(terms: Iterable[_Kind]) -> dict[str, _Kind]:
    return {term.key: term for term in terms}

"""Things read whole, one pass over their quads each, and what a card looks up around them.

A card asks many small questions of the same few things: what facts say of the entity, what follows, which facts state
this one triple. Each pattern is a way into the engine and out again, so the entity and the relation nodes beside it are
read once, and the questions are answered from that; of other things, which may have thousands of quads, only the
triples in question are looked up, and what many cards ask is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeAlias

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from asoen_graph.entities.attestations import Attestation
from asoen_graph.entities.tables import Table
from asoen_graph.iris import FACT, INFERRED_GRAPH, REGISTER_GRAPH
from asoen_graph.patterns import Patterns

Node: TypeAlias = NamedNode | BlankNode | Literal | Triple

Goal: TypeAlias = tuple[NamedNode, str, Node]
"""A statement whose facts are looked for: subject, property IRI, value."""
Ends: TypeAlias = dict[Node, list[str]]
"""Other end → the facts that say so."""
Links: TypeAlias = dict[str, Ends]
"""Property IRI → other ends."""

_DEFAULT = DefaultGraph()
_PROPERTIES: Final[Table[str, NamedNode]] = Table(NamedNode)
"""The nodes of properties, of which there are as many as the ontologies have."""
_MOST_KEPT: Final = 4096
_LONGEST_KEPT: Final = 64


class Thing:
    """What the store says of one thing. The default graph repeats what is accepted, registered or follows."""

    __slots__ = ("inferred", "registered", "said")

    def __init__(self, store: Patterns, node: NamedNode) -> None:
        self.said: Links = {}
        """What facts say, whatever their status."""
        self.inferred: dict[str, list[Node]] = {}
        """What follows: property IRI → values."""
        self.registered: dict[str, list[Node]] = {}
        """What the register says: property IRI → values."""
        said, told = self.said, {INFERRED_GRAPH: self.inferred, REGISTER_GRAPH: self.registered}
        for quad in store.quads_for_pattern(node, None, None):
            graph = quad.graph_name
            if not isinstance(graph, NamedNode):
                continue
            name = graph.value
            values = told.get(name)
            if values is not None:
                values.setdefault(quad.predicate.value, []).append(quad.object)
            elif name.startswith(FACT):
                said.setdefault(quad.predicate.value, {}).setdefault(quad.object, []).append(name)


class Kept:
    """What was looked up of things that are not read whole; a store does not change.

    Many cards ask for the same: which facts say of what level the meetings of a series are, in which country a town
    lies. So much is kept, and what is short.
    """

    def __init__(self, store: Patterns) -> None:
        self._store = store
        self._stating: dict[tuple[Node, str, Node], list[str]] = {}
        self._values: dict[tuple[Node, str], list[Node]] = {}
        self._behind: dict[Goal, dict[str, Goal]] = {}

    def behind(self, goal: Goal, prove: Callable[[Goal], Iterable[tuple[str, Goal]]]) -> Mapping[str, Goal]:
        """The facts behind a statement that follows, with what each states; it is proved when first asked for."""
        found = self._behind.get(goal)
        if found is None:
            found = dict(prove(goal))
            if len(self._behind) >= _MOST_KEPT:
                self._behind.clear()
            if len(found) <= _LONGEST_KEPT:
                self._behind[goal] = found
        return found

    def stating(self, subject: NamedNode, property_iri: str, value: Node) -> list[str]:
        """The facts that say just this, whatever their status."""
        key = subject, property_iri, value
        found = self._stating.get(key)
        if found is None:
            quads = self._store.quads_for_pattern(subject, _PROPERTIES[property_iri], value)
            graphs = (quad.graph_name for quad in quads)
            found = [g.value for g in graphs if isinstance(g, NamedNode) and g.value.startswith(FACT)]
            if len(self._stating) < _MOST_KEPT:
                self._stating[key] = found
        return found

    def values(self, subject: NamedNode, property_iri: str) -> list[Node]:
        """What is accepted or follows: the values of a property."""
        key = subject, property_iri
        found = self._values.get(key)
        if found is None:
            quads = self._store.quads_for_pattern(subject, _PROPERTIES[property_iri], None, _DEFAULT)
            found = [quad.object for quad in quads]
            if len(self._values) < _MOST_KEPT and len(found) <= _LONGEST_KEPT:
                self._values[key] = found
        return found


class Surroundings:
    """A store as it is seen from a few things, which are read whole."""

    def __init__(self, store: Patterns, attestations: Mapping[str, Attestation], kept: Kept) -> None:
        self._store = store
        self._attestations = attestations
        self.kept = kept
        self._things: dict[NamedNode, Thing] = {}
        self._pointing: dict[NamedNode, Links] = {}

    def thing(self, node: NamedNode) -> Thing:
        """All that is said of a thing; it is read whole when first asked for."""
        found = self._things.get(node)
        if found is None:
            found = self._things[node] = Thing(self._store, node)
        return found

    def pointing(self, node: NamedNode) -> Links:
        """What facts say with a thing as the value: property IRI → subject → facts."""
        found = self._pointing.get(node)
        if found is None:
            found = self._pointing[node] = {}
            for quad in self._store.quads_for_pattern(None, None, node):
                graph = quad.graph_name
                if isinstance(graph, NamedNode) and (name := graph.value).startswith(FACT):
                    found.setdefault(quad.predicate.value, {}).setdefault(quad.subject, []).append(name)
        return found

    def are_read(self, nodes: Iterable[NamedNode]) -> bool:
        """Whether all of some things were read whole."""
        return all(node in self._things for node in nodes)

    def accepted(self, facts: list[str]) -> list[str]:
        """Those of the facts that are accepted."""
        attestations = self._attestations
        return [fact for fact in facts if attestations[fact].is_accepted]

    def stating(self, subject: NamedNode, property_iri: str, value: Node) -> list[str]:
        """The accepted facts that say just this, sorted."""
        if subject in self._things:
            said = self._things[subject].said
            if property_iri not in said:
                return []
            facts = said[property_iri].get(value)
        elif isinstance(value, NamedNode) and (value in self._things or value in self._pointing):
            ends = self.pointing(value).get(property_iri)
            facts = ends.get(subject) if ends is not None else None
        else:
            facts = self.kept.stating(subject, property_iri, value)
        if not facts:
            return []
        if len(facts) == 1:
            return facts if self._attestations[facts[0]].is_accepted else []
        return sorted(self.accepted(facts))

    def among(self, subject: NamedNode, properties: tuple[str, ...]) -> tuple[str, ...]:
        """Those of some properties that a thing may have values of."""
        thing = self._things.get(subject)
        if thing is None or not properties:
            return properties
        return tuple([iri for iri in properties if iri in thing.said or iri in thing.inferred])

    def holds(self, subject: NamedNode, property_iri: str, value: Node) -> bool:
        """Whether this is accepted or follows."""
        thing = self._things.get(subject)
        if thing is None:
            return Quad(subject, _PROPERTIES[property_iri], value) in self._store
        inferred = thing.inferred.get(property_iri)
        if inferred is not None and value in inferred:
            return True
        ends = thing.said.get(property_iri)
        return ends is not None and value in ends and bool(self.accepted(ends[value]))

    def values(self, subject: NamedNode, property_iri: str) -> list[Node]:
        """What is accepted or follows: the values of a property, each once."""
        thing = self._things.get(subject)
        if thing is None:
            return self.kept.values(subject, property_iri)
        inferred = thing.inferred.get(property_iri, [])
        ends = thing.said.get(property_iri)
        if ends is None:
            return inferred
        return list(dict.fromkeys([*(value for value, facts in ends.items() if self.accepted(facts)), *inferred]))

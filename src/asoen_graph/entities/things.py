"""Things read whole, one pass over their quads each, and what a card looks up around them.

A card asks many small questions of the same few things: what facts say of the entity, what follows, which facts state
this one triple. Each pattern is a way into the engine and out again, so the entity and the relation nodes beside it are
read once, and the questions are answered from that; of other things, which may have thousands of quads, only the
triples in question are looked up.
"""

from __future__ import annotations

from typing import TypeAlias

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from asoen_graph.iris import FACT, INFERRED_GRAPH, REGISTER_GRAPH
from asoen_graph.patterns import Patterns

Node: TypeAlias = NamedNode | BlankNode | Literal | Triple

Links: TypeAlias = dict[str, dict[Node, list[str]]]
"""Property IRI → other end → the facts that say so."""

_DEFAULT = DefaultGraph()


class Thing:
    """What the store says of one thing."""

    __slots__ = ("_plain", "_values", "inferred", "registered", "said")

    def __init__(self, store: Patterns, node: NamedNode) -> None:
        self.said: Links = {}
        """What facts say, whatever their status."""
        self.inferred: list[tuple[str, Node]] = []
        """What follows: property IRI and value."""
        self.registered: dict[str, list[Node]] = {}
        """What the register says: property IRI → values."""
        self._plain: list[Quad] = []
        self._values: dict[str, dict[Node, None]] | None = None
        for quad in store.quads_for_pattern(node, None, None):
            graph = quad.graph_name
            if not isinstance(graph, NamedNode):
                # Most of them are never asked for, and are left as they are.
                self._plain.append(quad)
                continue
            name = graph.value
            if name.startswith(FACT):
                self.said.setdefault(quad.predicate.value, {}).setdefault(quad.object, []).append(name)
            elif name == INFERRED_GRAPH:
                self.inferred.append((quad.predicate.value, quad.object))
            elif name == REGISTER_GRAPH:
                self.registered.setdefault(quad.predicate.value, []).append(quad.object)

    def values(self, property_iri: str) -> dict[Node, None]:
        """What is accepted or follows: the values of a property in the default graph."""
        if self._values is None:
            self._values = {}
            for quad in self._plain:
                self._values.setdefault(quad.predicate.value, {})[quad.object] = None
        return self._values.get(property_iri, {})


class Surroundings:
    """A store as it is seen from a few things, which are read whole."""

    def __init__(self, store: Patterns) -> None:
        self._store = store
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

    def stating(self, subject: NamedNode, property_iri: str, value: Node) -> list[str]:
        """The facts that say just this, whatever their status, sorted."""
        thing = self._things.get(subject)
        if thing is not None:
            return sorted(thing.said.get(property_iri, {}).get(value, ()))
        links = self._pointing.get(value) if isinstance(value, NamedNode) else None
        if links is not None:
            return sorted(links.get(property_iri, {}).get(subject, ()))
        quads = self._store.quads_for_pattern(subject, NamedNode(property_iri), value)
        graphs = (quad.graph_name for quad in quads)
        return sorted(g.value for g in graphs if isinstance(g, NamedNode) and g.value.startswith(FACT))

    def holds(self, subject: NamedNode, property_iri: str, value: Node) -> bool:
        """Whether this is accepted or follows."""
        thing = self._things.get(subject)
        if thing is not None:
            return value in thing.values(property_iri)
        return Quad(subject, NamedNode(property_iri), value, _DEFAULT) in self._store

    def values(self, subject: NamedNode, property_iri: str) -> list[Node]:
        """What is accepted or follows: the values of a property."""
        thing = self._things.get(subject)
        if thing is not None:
            return list(thing.values(property_iri))
        quads = self._store.quads_for_pattern(subject, NamedNode(property_iri), None, _DEFAULT)
        return [quad.object for quad in quads]

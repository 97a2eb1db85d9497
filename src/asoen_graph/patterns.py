"""Reading a graph by quad patterns: what the engine in this process and a reader over HTTP have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeAlias

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

Subject: TypeAlias = NamedNode | BlankNode | Triple
Value: TypeAlias = NamedNode | BlankNode | Literal | Triple
GraphName: TypeAlias = NamedNode | BlankNode | DefaultGraph


class Patterns(Protocol):
    """Quads that can be looked up; ``pyoxigraph.Store`` is one such, ``store.reading`` has one for endpoints."""

    def quads_for_pattern(
        self,
        subject: Subject | None,
        predicate: NamedNode | None,
        object: Value | None,
        graph_name: GraphName | None = None,
        /,
    ) -> Iterator[Quad]:
        """The quads with these terms; ``None`` stands for any term, and for any graph, the default graph too."""

    def __contains__(self, quad: Quad, /) -> bool:
        """Whether the quad is there."""

    def contains_named_graph(self, graph_name: NamedNode | BlankNode, /) -> bool:
        """Whether there is a named graph of that name."""

    def named_graphs(self) -> Iterable[NamedNode | BlankNode]:
        """The names of the named graphs."""

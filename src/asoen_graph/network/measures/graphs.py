"""The simple graphs that measures are computed on.

Measures are defined for simple graphs, so links side by side become one that weighs as much as they together, and
links of a node with itself are left out. Nodes are numbers in the order of their IRIs: what is computed depends neither
on the order of rows nor on how Python hashes texts.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from asoen_graph.network.model import Edge, Network

if TYPE_CHECKING:
    import networkx as nx

SEED: Final = 1
"""Of every choice by chance: Louvain's order of nodes, the starting points of an estimate."""
WEIGHT: Final = "weight"
LENGTH: Final = "length"

_FINEST: Final = 10_000
"""Weights that are fractions with denominators up to this have lengths that can be compared exactly."""
_LONGEST: Final = 10**60
"""Of whole weights up to a hundred the common multiple has forty digits."""


class SimpleGraphs:
    """The simple graphs of one network, each made when it is first asked for."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.iris = sorted(node.iri for node in network.nodes)
        self._numbers = {iri: number for number, iri in enumerate(self.iris)}

    @cached_property
    def linked(self) -> nx.Graph[Any]:
        """Who is linked with whom, whichever way."""
        return self._graph(directed=False)

    @cached_property
    def led(self) -> nx.Graph[Any]:
        """The same with the direction of links, where they have one."""
        return self._graph(directed=True) if self.network.directed else self.linked

    @cached_property
    def weighed(self) -> nx.Graph[Any]:
        """The links that weigh something, whichever way they lead."""
        return _without_weightless(self.linked)

    @cached_property
    def paths(self) -> nx.Graph[Any]:
        """The links that weigh something, with their direction and their length."""
        graph = _without_weightless(self.led)
        weights = [weight for _, _, weight in graph.edges(data=WEIGHT)]
        for (source, target), length in zip(list(graph.edges), _lengths(weights), strict=True):
            graph[source][target][LENGTH] = length
        return graph

    @cached_property
    def components(self) -> list[list[int]]:
        """The components, the largest first, those of one size by their first node."""
        import networkx as nx

        return _by_size(nx.connected_components(self.linked))

    @cached_property
    def communities(self) -> list[list[int]]:
        """The communities that the Louvain method finds, in the same order."""
        import networkx as nx

        return _by_size(nx.community.louvain_communities(self.weighed, weight=WEIGHT, seed=SEED))

    def _graph(self, *, directed: bool) -> nx.Graph[Any]:
        import networkx as nx

        graph: nx.Graph[Any] = nx.DiGraph() if directed else nx.Graph()
        graph.add_nodes_from(range(len(self.iris)))
        graph.add_weighted_edges_from(
            (source, target, weight) for (source, target), weight in self._sums(self.network.edges, directed=directed)
        )
        return graph

    def _sums(self, edges: Iterable[Edge], *, directed: bool) -> list[tuple[tuple[int, int], float]]:
        """The pairs of different nodes that links join, in order, with what their links weigh together."""
        weights: defaultdict[tuple[int, int], list[float]] = defaultdict(list)
        for edge in edges:
            source, target = self._numbers[edge.source], self._numbers[edge.target]
            if source != target:
                weights[(source, target) if directed or source < target else (target, source)].append(edge.weight)
        return [(pair, math.fsum(weights[pair])) for pair in sorted(weights)]


def _by_size(groups: Iterable[Iterable[int]]) -> list[list[int]]:
    return sorted((sorted(group) for group in groups), key=lambda group: (-len(group), group[0]))


def _without_weightless(graph: nx.Graph[Any]) -> nx.Graph[Any]:
    import networkx as nx

    kept: nx.Graph[Any] = nx.DiGraph() if graph.is_directed() else nx.Graph()
    kept.add_nodes_from(graph)
    kept.add_weighted_edges_from(edge for edge in graph.edges(data=WEIGHT) if edge[2] > 0)
    return kept


def _lengths(weights: list[float]) -> list[int] | list[float]:
    """Lengths in proportion to 1 / weight: whole numbers where that can be, so that equally long paths are equal.

    As floating-point numbers 1/2 + 1/3 + 1/6 and 1 need not be the same, and one of two shortest paths would be lost.
    """
    fractions = {weight: Fraction(weight).limit_denominator(_FINEST) for weight in set(weights)}
    are_exact = all(math.isclose(weight, fraction, rel_tol=1e-12) for weight, fraction in fractions.items())
    unit = _common_multiple(fraction.numerator for fraction in fractions.values()) if are_exact else None
    if unit is None:
        return [1 / weight for weight in weights]
    lengths = {weight: int(unit / fraction) for weight, fraction in fractions.items()}
    return [lengths[weight] for weight in weights]


def _common_multiple(numbers: Iterable[int]) -> int | None:
    """The least common multiple of numbers; ``None`` where it is longer than is of use."""
    multiple = 1
    for number in sorted(set(numbers)):
        multiple = math.lcm(multiple, number)
        if not 0 < multiple < _LONGEST:
            return None
    return multiple

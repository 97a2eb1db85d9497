"""The same measures from igraph, which has not a line in common with networkx."""

from __future__ import annotations

import random

import pytest
from tests.network.test_measures import made, measured

from asoen_graph.iris import ENTITY

igraph = pytest.importorskip("igraph")
NAMES = "abcdefghijklmnopqrstuv"
COMMON = 27_720
"""A multiple of every weight below, so that lengths are whole numbers there too."""


@pytest.mark.parametrize("seed", range(24))
def test_igraph_finds_the_same(seed: int) -> None:
    chance = random.Random(seed)
    directed = bool(seed % 2)
    count = chance.choice([15, 30, 60])
    links = [(chance.choice(NAMES), chance.choice(NAMES), chance.choice([1, 2, 3, 4, 5, 6])) for _ in range(count)]
    found = measured(made(links, directed=directed))
    names = sorted({name for link in links for name in link[:2]})
    led, linked = graph(links, names, directed=directed), graph(links, names, directed=False)

    def close(key: str, expected: list[float], within: float = 2e-6) -> None:
        assert [found.nodes[key][ENTITY + name] for name in names] == pytest.approx(expected, abs=within)

    pairs = (len(names) - 1) * (len(names) - 2) / (1 if directed else 2)
    lengths = [COMMON / weight for weight in led.es["weight"]]
    close("betweenness", [value / pairs for value in led.betweenness(directed=directed, weights=lengths)])
    close("pagerank", led.pagerank(weights="weight"), 1e-8)
    close("clustering", linked.transitivity_local_undirected(mode="zero"))
    close("core", linked.coreness())
    if linked.is_connected():
        values = linked.eigenvector_centrality(weights="weight", scale=False)
        length = sum(value**2 for value in values) ** 0.5
        close("eigenvector", [value / length for value in values], 1e-5)
    communities = [int(found.nodes["community"][ENTITY + name]) - 1 for name in names]
    whole = {
        "density": led.density(),
        "components": len(linked.connected_components()),
        "assortativity": linked.assortativity_degree(directed=False),
        "modularity": linked.modularity(communities, weights="weight"),
    }
    assert {key: found.whole[key] for key in whole} == pytest.approx(whole, abs=2e-6)


def graph(links: list[tuple[str, str, int]], names: list[str], *, directed: bool) -> igraph.Graph:
    weights: dict[tuple[int, ...], int] = {}
    for source, target, weight in links:
        if source != target:
            ends = [names.index(source), names.index(target)]
            pair = tuple(ends if directed else sorted(ends))
            weights[pair] = weights.get(pair, 0) + weight
    made_of = igraph.Graph(len(names), list(weights), directed=directed)
    made_of.es["weight"] = list(weights.values())
    return made_of

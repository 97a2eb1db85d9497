"""Measures against values worked out by hand, and against what has been published of Zachary's karate club."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.network import samples

from asoen_graph.iris import ENTITY
from asoen_graph.network.measures import computing
from asoen_graph.network.measures.computing import Measured, compute
from asoen_graph.network.measures.registry import find_measures
from asoen_graph.network.model import Edge, Network


def made(links: Iterable[tuple[Any, ...]], *, directed: bool = False, alone: str = "") -> Network:
    """The network of links, each two letters and perhaps a weight; ``alone`` are nodes without any."""
    given = [(*link, 1.0)[:3] for link in links]
    names = sorted({str(end) for link in given for end in link[:2]} | set(alone))
    edges = tuple(Edge(ENTITY + str(a), ENTITY + str(b), weight=float(weight)) for a, b, weight in given)
    return Network(tuple(map(samples.node, names)), edges, directed=directed)


def measured(network: Network) -> Measured:
    return compute(network, find_measures(["all"], directed=network.directed), whole=True)


def values(network: Network, key: str) -> dict[str, float]:
    return {iri.removeprefix(ENTITY): value for iri, value in measured(network).nodes[key].items()}


# A triangle a b c with a tail c d e, links of different weight.
KITE = made([("a", "b", 2), ("b", "c", 3), ("a", "c", 1), ("c", "d", 4), ("d", "e", 1)])


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("degree", {"a": 2, "b": 2, "c": 3, "d": 2, "e": 1}),
        ("strength", {"a": 3, "b": 5, "c": 8, "d": 5, "e": 1}),
        # From a to c over b: 1/2 + 1/3 is shorter than 1. Of the 6 pairs without b those of a with c, d, e.
        ("betweenness", {"a": 0, "b": 3 / 6, "c": 4 / 6, "d": 3 / 6, "e": 0}),
        ("clustering", {"a": 1, "b": 1, "c": 1 / 3, "d": 0, "e": 0}),
        ("core", {"a": 2, "b": 2, "c": 2, "d": 1, "e": 1}),
        ("component", dict.fromkeys("abcde", 1)),
    ],
)
def test_values_worked_out_by_hand(key: str, expected: dict[str, float]) -> None:
    assert values(KITE, key) == pytest.approx(expected, abs=1e-6)


def test_the_whole_worked_out_by_hand() -> None:
    whole = measured(KITE).whole
    assert {key: whole[key] for key in ("nodes", "links", "components")} == {"nodes": 5, "links": 5, "components": 1}
    assert whole["density"] == 0.5
    assert whole["mean_clustering"] == pytest.approx((1 + 1 + 1 / 3) / 5, abs=1e-6)
    # Ends of links, both ways round: 2-2, 2-3, 2-3, 3-2, 2-1. Mean 11/5; covariance / variance by hand.
    ends = [(2, 2), (2, 3), (2, 3), (3, 2), (2, 1)]
    both = ends + [(b, a) for a, b in ends]
    mean = sum(a for a, _ in both) / 10
    correlation = sum((a - mean) * (b - mean) for a, b in both) / sum((a - mean) ** 2 for a, _ in both)
    assert whole["assortativity"] == pytest.approx(correlation, abs=1e-6)


@pytest.mark.parametrize("unit", [1, 100, 1e9, 1e-3])
def test_eigenvector_of_a_weighted_pair_of_links(unit: float) -> None:
    # The matrix of a path with weights 3 and 4 has the eigenvalue 5 with (3, 5, 4).
    found = values(made([("a", "b", 3 * unit), ("b", "c", 4 * unit)]), "eigenvector")
    assert found == pytest.approx({"a": 3 / 50**0.5, "b": 5 / 50**0.5, "c": 4 / 50**0.5}, abs=1e-6)


def test_pagerank_of_one_link() -> None:
    # x = 0.15/2 + 0.85·y/2, y = 0.15/2 + 0.85·(x + y/2): the target gives back what it has to all.
    found = values(made([("a", "b")], directed=True), "pagerank")
    assert found == pytest.approx({"a": 1 / 2.85, "b": 1.85 / 2.85}, abs=1e-9)


def test_modularity_of_two_triangles_and_a_bridge() -> None:
    network = made(["ab", "bc", "ac", "de", "ef", "df", "cd"])
    found = measured(network)
    assert values(network, "community") == {"a": 1, "b": 1, "c": 1, "d": 2, "e": 2, "f": 2}
    assert found.whole["modularity"] == pytest.approx(6 / 7 - 2 * (7 / 14) ** 2, abs=1e-6)


def test_directions_count_where_they_are_said_to() -> None:
    network = made(["ab", "bc", "ac", "cb"], directed=True)
    assert values(network, "degree") == {"a": 2, "b": 2, "c": 2}
    assert values(network, "in_degree") == {"a": 0, "b": 2, "c": 2}
    assert values(network, "out_degree") == {"a": 2, "b": 1, "c": 1}
    assert measured(network).whole["density"] == pytest.approx(4 / 6, abs=1e-6)
    path = made(["ab", "bc"], directed=True)
    assert values(path, "betweenness") == {"a": 0, "b": 0.5, "c": 0}
    assert values(made(["ab", "bc"]), "betweenness") == {"a": 0, "b": 1, "c": 0}


def test_links_side_by_side_are_one_and_loops_count_in_strength_alone() -> None:
    network = made([("a", "b", 1), ("a", "b", 3), ("b", "a", 2), ("b", "c", 1), ("c", "c", 5)])
    assert values(network, "degree") == {"a": 1, "b": 2, "c": 1}
    assert values(network, "strength") == {"a": 6, "b": 7, "c": 6}
    assert values(network, "core") == {"a": 1, "b": 1, "c": 1}
    without = made([("a", "b", 6), ("b", "c", 1)])
    for key in ("betweenness", "eigenvector", "pagerank", "clustering", "community"):
        assert values(network, key) == values(without, key)
    assert measured(network).whole["links"] == 5


def test_paths_of_the_same_length_are_shortest_paths_both() -> None:
    """1/2 + 1/3 + 1/6 is 1, but not where each is a floating-point number."""
    assert 1 / 2 + 1 / 3 + 1 / 6 != 1
    network = made([("a", "x", 2), ("x", "y", 3), ("y", "b", 6), ("a", "b", 1)])
    assert values(network, "betweenness") == {"a": 0, "b": 0, "x": 0.5, "y": 0.5}


def test_paths_of_the_same_length_are_found_where_weights_are_fractions() -> None:
    network = made([("a", "x", 0.2), ("x", "y", 0.3), ("y", "b", 0.6), ("a", "b", 0.1)])
    assert values(network, "betweenness") == {"a": 0, "b": 0, "x": 0.5, "y": 0.5}


def test_weights_without_a_common_unit_are_still_compared() -> None:
    network = made([("a", "b", 3.14159265), ("b", "c", 2.71828183), ("a", "c", 0.57721566), ("c", "d", 1e-9)])
    assert values(network, "betweenness") == pytest.approx({"a": 0, "b": 2 / 3, "c": 2 / 3, "d": 0}, abs=1e-6)


def test_a_link_that_weighs_nothing_leads_nowhere() -> None:
    network = made([("a", "b", 0), ("b", "c", 1)])
    assert values(network, "betweenness") == {"a": 0, "b": 0, "c": 0}
    assert values(network, "degree") == {"a": 1, "b": 2, "c": 1}
    assert set(values(network, "eigenvector")) == {"b", "c"}


def test_components_and_communities_are_numbered_by_size() -> None:
    network = made(["yz", "ab", "bc", "cd"], alone="m")
    assert values(network, "component") == {"a": 1, "b": 1, "c": 1, "d": 1, "y": 2, "z": 2, "m": 3}
    assert values(network, "community")["m"] == max(values(network, "community").values())


def test_eigenvector_is_that_of_the_largest_component_and_says_so() -> None:
    network = made([("y", "z", 9), ("a", "b", 3), ("b", "c", 4)])
    assert set(values(network, "eigenvector")) == {"a", "b", "c"}
    assert measured(network).notes == (
        "Eigenvector centrality is that of the largest component, 3 of 5 nodes; the others have none.",
    )


def test_eigenvector_of_what_iterates_slowly() -> None:
    """A long path: power iteration would take thousands of steps, so another method is asked."""
    size = 300
    network = made([(f"n{number:03}", f"n{number + 1:03}") for number in range(size - 1)])
    found = compute(network, find_measures(["eigenvector"]))
    assert found.notes == ()
    scale = math.sqrt(2 / (size + 1))
    expected = {f"{ENTITY}n{k:03}": scale * math.sin(math.pi * (k + 1) / (size + 1)) for k in range(size)}
    assert found.nodes["eigenvector"] == pytest.approx(expected, abs=2e-6)


def test_eigenvector_that_is_not_found_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise nx.PowerIterationFailedConvergence(1)

    monkeypatch.setattr(computing, "_principal", fail)
    found = compute(KITE, find_measures(["eigenvector"]))
    assert found.nodes["eigenvector"] == {}
    assert found.notes == ("Eigenvector centrality is left out: its computation did not converge.",)


def test_betweenness_of_large_networks_is_estimated_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    network = samples.star(40)
    monkeypatch.setattr(computing, "_MOST_STEPS", 30 * (40 + 39 + 1))
    found = compute(replace(network, language="vi"), find_measures(["betweenness"]))
    again = compute(replace(network, language="vi"), find_measures(["betweenness"]))
    assert found == again
    assert found.nodes["betweenness"][ENTITY + "n0000"] == pytest.approx(1, abs=0.05)
    assert "30 trong số 40 nút" in found.notes[0]


@pytest.mark.parametrize("directed", [False, True])
def test_an_empty_network_has_no_values(directed: bool) -> None:
    found = measured(made([], directed=directed))
    assert set(map(len, found.nodes.values())) == {0}
    assert found.whole == {
        "nodes": 0,
        "links": 0,
        "density": None,
        "components": 0,
        "mean_clustering": None,
        "assortativity": None,
        "communities": 0,
        "modularity": None,
    }


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("links", [[], [("a", "a", 2)]])
def test_one_node(links: list[tuple[Any, ...]], directed: bool) -> None:
    network = made(links, directed=directed, alone="a")
    assert values(network, "degree") == values(network, "core") == {"a": 0}
    assert values(network, "strength") == {"a": 2 * len(links)}
    assert values(network, "betweenness") == values(network, "clustering") == {"a": 0}
    assert values(network, "eigenvector") == {}
    assert values(network, "pagerank") == values(network, "component") == values(network, "community") == {"a": 1}
    whole = measured(network).whole
    assert (whole["density"], whole["modularity"], whole["assortativity"]) == (None, None, None)


def test_assortativity_is_not_defined_where_degrees_are_the_same() -> None:
    assert measured(made(["ab", "bc", "ca"], alone="z")).whole["assortativity"] is None


def karate() -> Network:
    """Zachary's karate club without weights; node 1 is the instructor, node 34 the administrator."""
    return made((f"{a + 1:02}", f"{b + 1:02}") for a, b in nx.karate_club_graph().edges)


@pytest.mark.parametrize(
    ("key", "published"),
    [
        ("degree", {"01": 16, "34": 17, "33": 12, "12": 1}),
        ("betweenness", {"01": 0.437635, "34": 0.304075, "33": 0.145247, "12": 0}),
        ("eigenvector", {"01": 0.355491, "34": 0.373363, "33": 0.308644, "03": 0.317193}),
        ("pagerank", {"01": 0.096997, "34": 0.100919, "33": 0.071693, "03": 0.057079}),
        ("clustering", {"01": 0.15, "34": 0.110294, "12": 0}),
        ("core", {"01": 4, "34": 4, "12": 1, "25": 3}),
    ],
)
def test_the_karate_club(key: str, published: dict[str, float]) -> None:
    found = values(karate(), key)
    assert {node: found[node] for node in published} == pytest.approx(published, abs=2e-6)


def test_the_whole_karate_club() -> None:
    whole = measured(karate()).whole
    assert (whole["nodes"], whole["links"], whole["components"], whole["communities"]) == (34, 78, 1, 4)
    assert whole["density"] == pytest.approx(0.139037, abs=1e-6)
    assert whole["mean_clustering"] == pytest.approx(0.570638, abs=1e-6)
    assert whole["assortativity"] == pytest.approx(-0.475613, abs=1e-6)
    # The greatest that any division reaches is 0.419790 (Brandes et al. 2008).
    assert whole["modularity"] is not None
    assert 0.41 < whole["modularity"] <= 0.419790


LINKS = st.lists(
    st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg"), st.sampled_from([0, 0.5, 1, 2, 3, 7])),
    max_size=14,
)


@settings(max_examples=60, deadline=None)
@given(LINKS, st.booleans(), st.randoms(use_true_random=False))
def test_any_network_can_be_measured_in_any_order(
    links: list[tuple[Any, ...]], directed: bool, chance: random.Random
) -> None:
    network = made(links, directed=directed, alone="z")
    found = measured(network)
    nodes, edges = list(network.nodes), list(network.edges)
    chance.shuffle(nodes)
    chance.shuffle(edges)
    again = measured(replace(network, nodes=tuple(nodes), edges=tuple(edges)))
    assert (found.nodes, found.whole, found.notes) == (again.nodes, again.whole, again.notes)
    of = found.nodes
    assert sum(of["pagerank"].values()) == pytest.approx(1, abs=1e-6)
    assert all(0 <= of["betweenness"][iri] <= 1 for iri in of["betweenness"])
    assert all(of["core"][iri] <= of["degree"][iri] < len(nodes) for iri in of["degree"])
    assert sum(value**2 for value in of["eigenvector"].values()) == pytest.approx(
        float(bool(of["eigenvector"])), abs=1e-4
    )
    assert set(of["component"].values()) == set(range(1, int(found.whole["components"] or 0) + 1))

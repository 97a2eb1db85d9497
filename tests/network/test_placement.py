"""Pictures of networks that differ a little differ a little."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import combinations
from statistics import fmean

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.network import samples
from tests.network.test_layout import gap

from asoen_graph.network.model import LAYOUTS, Edge, Network
from asoen_graph.network.picture.layout import Box
from asoen_graph.network.picture.placement import place
from asoen_graph.network.picture.separation import GAP, close_gaps

# Who meets whom in Les Misérables: 77 people, 254 links, with hubs, groups and many at the edge, like partners.
NOVEL = networkx.les_miserables_graph()
PEOPLE = {name: number for number, name in enumerate(sorted(NOVEL))}
LINKS = sorted((PEOPLE[one], PEOPLE[other]) for one, other in NOVEL.edges)
NODES = tuple(samples.node(f"n{number:02}", name) for name, number in PEOPLE.items())


def net(links: list[tuple[int, int]], layout: str = "spring", whole: Network | None = None) -> Network:
    used = sorted({number for link in links for number in link})
    edges = tuple(Edge(NODES[one].iri, NODES[other].iri) for one, other in links)
    return Network(tuple(NODES[number] for number in used), edges, layout=layout, directed=False, whole=whole)


MOST_ALONE = 0.05


def mean_move(before: dict[str, Box], after: dict[str, Box]) -> float:
    """How far nodes moved, as a share of the diagonal of the page, in the mean."""
    (w, h), (v, g) = (
        (max(b.right for b in each.values()), max(b.bottom for b in each.values())) for each in (before, after)
    )
    both = sorted(before.keys() & after.keys())
    return fmean(
        math.hypot(before[i].x / w - after[i].x / v, before[i].y / h - after[i].y / g) / math.sqrt(2) for i in both
    )


def test_an_edge_less_hardly_moves_the_nodes() -> None:
    whole = place(net(LINKS))[1]
    moves = [
        mean_move(whole, place(net(LINKS[:number] + LINKS[number + 1 :]))[1]) for number in range(0, len(LINKS), 25)
    ]
    assert fmean(moves) < MOST_ALONE
    assert max(moves) < 0.1


def test_a_node_more_hardly_moves_the_others() -> None:
    least = PEOPLE["Napoleon"]
    without = net([link for link in LINKS if least not in link])
    assert mean_move(place(without)[1], place(net(LINKS))[1]) < MOST_ALONE


@pytest.mark.parametrize(("layout", "most"), [("spring", 0.05), ("layered", 0.05), ("circle", 0.015)])
def test_at_two_dates_the_nodes_stand_after_those_of_all_time(layout: str, most: float) -> None:
    whole = net(LINKS, layout)
    early, late = (
        net([link for number, link in enumerate(LINKS) if number % 4 != missing], layout, whole) for missing in (0, 1)
    )
    assert mean_move(place(early)[1], place(late)[1]) < most
    alone = [place(replace(network, whole=None))[1] for network in (early, late)]
    assert mean_move(*alone) > most


links = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=20)


@settings(max_examples=60, deadline=None)
@given(links, links, st.sampled_from(LAYOUTS))
def test_no_two_boxes_touch_wherever_they_come_from(
    own: list[tuple[int, int]], others: list[tuple[int, int]], layout: str
) -> None:
    network = net(own, layout, net([*own, *others], layout))
    cards, boxes = place(network)
    assert {card.node.iri for card in cards} == boxes.keys() == network.by_iri.keys()
    for one, other in combinations(boxes.values(), 2):
        beside, above = gap(one, other)
        assert beside >= GAP[0] - 0.3 or above >= GAP[1] - 0.3
    assert min(box.left for box in boxes.values()) == pytest.approx(0, abs=0.06)
    assert min(box.top for box in boxes.values()) == pytest.approx(0, abs=0.06)


def test_a_whole_that_lacks_a_node_is_left_aside() -> None:
    network = net([(0, 1), (1, 2)], whole=net([(0, 1)]))
    assert place(network) == place(replace(network, whole=None))


def test_empty_columns_and_rows_are_closed_and_order_is_kept() -> None:
    boxes = [(100.0, 30.0)] * 3
    moved = close_gaps([(0, 0), (1000, 500), (1010, 0)], boxes)
    assert moved == [(0, 0), (180, 48), (190, 0)]
    assert close_gaps(moved, boxes) == moved


def test_an_empty_network_needs_no_place() -> None:
    assert place(Network((), (), whole=net([(0, 1)]))) == ([], {})

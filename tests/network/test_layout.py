from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.network import samples

from asoen_graph.network.model import LAYOUTS, Network
from asoen_graph.network.picture.components import components, pack
from asoen_graph.network.picture.layout import Box, arrange
from asoen_graph.network.picture.routes import find_routes
from asoen_graph.network.picture.separation import GAP, are_separate, separate

SIZES = st.tuples(st.floats(30, 240), st.floats(20, 120))


@st.composite
def networks(draw: st.DrawFn) -> tuple[Network, dict[str, tuple[float, float]]]:
    count = draw(st.integers(1, 14))
    nodes = tuple(samples.node(f"n{number:02}") for number in range(count))
    ends = draw(st.lists(st.tuples(st.sampled_from(nodes), st.sampled_from(nodes)), max_size=25))
    edges = tuple(samples.edge(source, target) for source, target in ends)
    network = Network(nodes, edges, directed=draw(st.booleans()), layout=draw(st.sampled_from(LAYOUTS)))
    return network, {node.iri: draw(SIZES) for node in nodes}


def gap(one: Box, other: Box) -> tuple[float, float]:
    return (
        abs(one.x - other.x) - (one.width + other.width) / 2,
        abs(one.y - other.y) - (one.height + other.height) / 2,
    )


@settings(max_examples=120, deadline=None)
@given(networks())
def test_no_two_boxes_touch_and_none_leaves_the_page(
    given_network: tuple[Network, dict[str, tuple[float, float]]],
) -> None:
    network, sizes = given_network
    boxes = arrange(network, sizes)
    assert {iri: (box.width, box.height) for iri, box in boxes.items()} == sizes
    for one, other in combinations(boxes.values(), 2):
        beside, above = gap(one, other)
        assert beside >= GAP[0] - 0.3 or above >= GAP[1] - 0.3
    for box in boxes.values():
        assert box.left >= -0.1
        assert box.top >= -0.1


@settings(max_examples=60, deadline=None)
@given(networks())
def test_every_line_runs_from_the_side_of_its_source_to_the_side_of_its_target(
    given_network: tuple[Network, dict[str, tuple[float, float]]],
) -> None:
    network, sizes = given_network
    boxes = arrange(network, sizes)
    for edge, route in zip(network.edges, find_routes(network, boxes), strict=True):
        for point, box in ((route.start, boxes[edge.source]), (route.end, boxes[edge.target])):
            outside = max(abs(point[0] - box.x) - box.width / 2, abs(point[1] - box.y) - box.height / 2)
            assert abs(outside) < 0.5


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0, 50), st.floats(0, 50), SIZES), min_size=2, max_size=30))
def test_crowded_boxes_are_moved_apart(crowd: list[tuple[float, float, tuple[float, float]]]) -> None:
    sizes = [size for _, _, size in crowd]
    assert are_separate(separate([(x, y) for x, y, _ in crowd], sizes), sizes)


def test_boxes_that_overlap_are_not_separate() -> None:
    assert not are_separate([(0, 0), (50, 0)], [(60, 30), (60, 30)])
    assert are_separate([(0, 0), (100, 0)], [(60, 30), (60, 30)])


def test_lines_between_the_same_boxes_run_side_by_side() -> None:
    network = samples.mixed()
    boxes = arrange(network, {node.iri: (120.0, 30.0) for node in network.nodes})
    routes = find_routes(network, boxes)
    middles = [route.curves[0].at(0.5) for route in routes[:3]]
    for one, other in combinations(middles, 2):
        assert max(abs(one[0] - other[0]), abs(one[1] - other[1])) > 5


def test_a_line_bends_around_a_box_that_is_not_its_own() -> None:
    a, b, c = samples.node("a"), samples.node("b"), samples.node("c")
    network = Network((a, b, c), (samples.edge(a, c),))
    boxes = {a.iri: Box(0, 0, 60, 30), b.iri: Box(200, 2, 60, 30), c.iri: Box(400, 0, 60, 30)}
    (route,) = find_routes(network, boxes)
    assert route.hits([boxes[b.iri]]) == 0
    del boxes[b.iri]
    assert find_routes(Network((a, c), network.edges), boxes)[0].curves[0].at(0.5)[1] == pytest.approx(0)


def test_what_reports_stands_to_the_right_of_what_it_reports_to() -> None:
    network = samples.star(5, directed=True, layout="layered")
    boxes = arrange(network, {node.iri: (120.0, 30.0) for node in network.nodes})
    hub = boxes[network.nodes[0].iri]
    assert all(boxes[edge.source].left > hub.right for edge in network.edges)


def test_components_come_largest_first() -> None:
    nodes = tuple(samples.node(name) for name in "abcdef")
    links = ((5, 3), (3, 1), (0, 4))
    network = Network(nodes, tuple(samples.edge(nodes[i], nodes[j]) for i, j in links))
    assert components(network) == [[1, 3, 5], [0, 4], [2]]


def test_components_are_packed_without_touching() -> None:
    sizes = [[(100.0, 40.0), (80.0, 30.0)], [(60.0, 20.0)], [(60.0, 20.0)]]
    packed = pack([[(0.0, 0.0), (200.0, 100.0)], [(5.0, 5.0)], [(5.0, 5.0)]], sizes)
    points = [point for part in packed for point in part]
    assert are_separate(points, [size for part in sizes for size in part])


def test_on_a_circle_nodes_keep_their_order_whatever_their_strength() -> None:
    network = samples.star(6, layout="circle")
    sizes = {node.iri: (120.0, 30.0) for node in network.nodes}
    weaker = Network(network.nodes, network.edges[2:], layout="circle")
    assert arrange(network, sizes) == arrange(weaker, sizes)


@pytest.mark.parametrize("layout", ["spring", "circle", "layered"])
@pytest.mark.parametrize("seed", range(3))
def test_no_line_passes_under_a_box(layout: str, seed: int) -> None:
    count, steps = 24, (1, 2, 5 + seed, 9)
    nodes = tuple(samples.node(f"n{rank:02}") for rank in range(count))
    edges = tuple(samples.edge(nodes[rank], nodes[(rank + step) % count]) for rank in range(count) for step in steps)
    network = Network(nodes, edges, directed=False, layout=layout)
    boxes = arrange(network, {node.iri: (60.0 + 40 * (rank % 3), 30.0) for rank, node in enumerate(nodes)})
    for edge, route in zip(edges, find_routes(network, boxes), strict=True):
        assert route.hits([box for iri, box in boxes.items() if iri not in (edge.source, edge.target)]) == 0


def test_boxes_of_a_circle_stand_close() -> None:
    network = samples.star(40, layout="circle")
    boxes = arrange(network, {node.iri: (140.0, 35.0) for node in network.nodes})
    around = sum(boxes[one.iri].distance(boxes[other.iri]) for one, other in pairwise(network.nodes))
    # Beside each other the boxes need 166, above each other 53; on one large enough circle it would be 166 throughout.
    assert around < 39 * 110

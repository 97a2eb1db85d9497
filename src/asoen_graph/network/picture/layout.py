"""Where the boxes of a picture stand.

``spring``   Graphviz's stress majorisation (Gansner, Koren and North 2004), then moved apart until no two boxes touch.
``layered``  Graphviz's layers (Gansner et al. 1993), sources to the right of their targets: who reports to whom.
``circle``   on an ellipse, kind by kind: networks in which nearly everybody knows everybody.

The start of every node is fixed by its IRI and by those it is joined to, so the same network has the same picture, and
one that differs by a node or an edge a similar one. The drawing is not Graphviz's, and neither is the removal
of overlaps: the wheels of pygraphviz carry no triangulation, and boxes of text want more room beside than above.
"""

from __future__ import annotations

import hashlib
import math
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final, TypeAlias

from asoen_graph.network.model import Network
from asoen_graph.network.picture.components import components, pack
from asoen_graph.network.picture.separation import GAP, Point, Points, are_separate, separate, spread

_POINTS_PER_INCH: Final = 72.0
_ASPECT: Final = 1.45
"""Width to height of an ellipse."""
_LEAST_RADIUS: Final = 130.0
_DRAWN_TOGETHER: Final = 6
"""How often each start is drawn half of the way to those it is joined to."""
_ROOM_FOR_ONE: Final = 640.0
"""The side of the square over which starts are scattered, for one node; drawn together they cover far less."""
_GRAPHVIZ: Final = threading.Lock()  # Graphviz keeps its state in global variables of C.

Sizes: TypeAlias = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its centre, in the units of the picture; y grows downwards."""

    x: float
    y: float
    width: float
    height: float

    @property
    def left(self) -> float:
        """The x of the left side."""
        return self.x - self.width / 2

    @property
    def right(self) -> float:
        """The x of the right side."""
        return self.x + self.width / 2

    @property
    def top(self) -> float:
        """The y of the upper side."""
        return self.y - self.height / 2

    @property
    def bottom(self) -> float:
        """The y of the lower side."""
        return self.y + self.height / 2

    def distance(self, other: Box) -> float:
        """How far the centres of two boxes are apart."""
        return math.dist((self.x, self.y), (other.x, other.y))


def arrange(network: Network, sizes: Mapping[str, tuple[float, float]]) -> dict[str, Box]:
    """A box for each node, by IRI, of the size given: no two nearer than ``GAP``, none with a corner below zero."""
    if not network.nodes:
        return {}
    boxes = [sizes[node.iri] for node in network.nodes]
    return boxed(network, _LAYOUTS[network.layout](network, boxes), boxes)


def boxed(network: Network, centres: Points, boxes: Sizes) -> dict[str, Box]:
    """The boxes of these sizes about these centres, by IRI, moved until the page begins at zero."""
    if not network.nodes:
        return {}
    left = min(x - width / 2 for (x, _), (width, _) in zip(centres, boxes, strict=True))
    top = min(y - height / 2 for (_, y), (_, height) in zip(centres, boxes, strict=True))
    return {
        node.iri: Box(round(x - left, 1), round(y - top, 1), width, height)
        for node, (x, y), (width, height) in zip(network.nodes, centres, boxes, strict=True)
    }


def _spring(network: Network, boxes: Sizes) -> Points:
    # Each part of the network for itself, or the room between parts that do not hang together would be anybody's guess.
    groups = components(network)
    sizes = [[boxes[index] for index in group] for group in groups]
    parts = []
    for group, own in zip(groups, sizes, strict=True):
        members = {network.nodes[index].iri for index in group}
        lines = len({network.ends(edge) for edge in network.edges if edge.source in members})
        parts.append(separate(spread(_placed(network, boxes, "neato", group), own, lines), own))
    places = zip(chain(*groups), chain(*pack(parts, sizes)), strict=True)
    return [point for _, point in sorted(places)]


def _layered(network: Network, boxes: Sizes) -> Points:
    return separate(_placed(network, boxes, "dot", range(len(boxes))), boxes)


def _circle(network: Network, boxes: Sizes) -> Points:
    order = order_on_circle(network)
    return on_ellipse([order[node.iri] for node in network.nodes], boxes)


def order_on_circle(network: Network) -> dict[str, float]:
    """Where on the way round each node stands, by IRI, from 0 to 1: kind by kind.

    Not by strength or frequency, so that a node keeps its neighbours from one period to the next.
    """
    order = sorted(network.nodes, key=lambda node: (node.kind.key, node.iri))
    return {node.iri: rank / len(order) for rank, node in enumerate(order)}


def on_ellipse(turns: Sequence[float], boxes: Sizes) -> Points:
    """Points on the smallest ellipse on which no two boxes touch, each so far round, clockwise from the top."""
    radius = _LEAST_RADIUS
    while True:
        points = [(_ASPECT * radius * math.sin(math.tau * turn), -radius * math.cos(math.tau * turn)) for turn in turns]
        if are_separate(points, boxes):
            return points
        radius *= 1.04


_LAYOUTS: Final[dict[str, Callable[[Network, Sizes], Points]]] = {
    "spring": _spring,
    "layered": _layered,
    "circle": _circle,
}


def _placed(network: Network, boxes: Sizes, program: str, group: Sequence[int]) -> Points:
    """The centres of a group of nodes, by index, as Graphviz places them, in points."""
    import pygraphviz

    names = {network.nodes[index].iri: f"n{index}" for index in group}
    with _GRAPHVIZ:
        graph = pygraphviz.AGraph(strict=True, directed=program == "dot", inputscale=f"{_POINTS_PER_INCH:g}")
        graph.graph_attr.update({"rankdir": "RL", "ranksep": "1.1", "nodesep": f"{GAP[1] / _POINTS_PER_INCH:.3f}"})
        graph.node_attr.update({"shape": "box", "fixedsize": "true", "label": ""})
        starts = _starts(network, group)
        for index, name, start in zip(group, names.values(), starts, strict=True):
            width, height = (f"{length / _POINTS_PER_INCH:.3f}" for length in boxes[index])
            graph.add_node(name, width=width, height=height, pos=f"{start[0]:.3f},{start[1]:.3f}")
        for source, target in sorted({network.ends(edge) for edge in network.edges}):
            if source != target and source in names:
                graph.add_edge(names[source], names[target])
        graph.layout(prog=program)
        written = [graph.get_node(name).attr["pos"].split(",") for name in names.values()]
    return [(float(x), -float(y)) for x, y in written]


def _starts(network: Network, group: Sequence[int]) -> Points:
    """Where stress majorisation starts: a place that follows from the IRI, drawn towards those it is joined to.

    A node or an edge more leaves the other starts nearly as they were, and so the minimum of stress that is found.
    """
    iris = [network.nodes[index].iri for index in group]
    points = {iri: _scattered(iri) for iri in iris}
    joined: dict[str, set[str]] = {iri: set() for iri in iris}
    for edge in network.edges:
        if edge.source in joined:
            joined[edge.source].add(edge.target)
            joined[edge.target].add(edge.source)
    for _ in range(_DRAWN_TOGETHER):
        points = {iri: _towards(points[iri], [points[other] for other in sorted(joined[iri])]) for iri in iris}
    room = _ROOM_FOR_ONE * math.sqrt(len(iris))
    return [(room * points[iri][0], room * points[iri][1]) for iri in iris]


def _scattered(iri: str) -> Point:
    digest = hashlib.sha256(iri.encode()).digest()
    x, y = (int.from_bytes(part, "big") / 2**32 - 0.5 for part in (digest[:4], digest[4:8]))
    return x, y


def _towards(point: Point, others: Sequence[Point]) -> Point:
    """Half of the way from a point to the mean of others."""
    if not others:
        return point
    return (
        (point[0] + math.fsum(x for x, _ in others) / len(others)) / 2,
        (point[1] + math.fsum(y for _, y in others) / len(others)) / 2,
    )

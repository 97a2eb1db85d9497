"""Where the boxes of a picture stand.

``spring``   Graphviz's stress majorisation (Gansner, Koren and North 2004), then moved apart until no two boxes touch.
``layered``  Graphviz's layers (Gansner et al. 1993), sources to the right of their targets: who reports to whom.
``circle``   on an ellipse, kind by kind: networks in which nearly everybody knows everybody.

The start is fixed, so the same network has the same picture. The drawing is not Graphviz's, and neither is the removal
of overlaps: the wheels of pygraphviz carry no triangulation, and boxes of text want more room beside than above.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final, TypeAlias

from asoen_graph.network.model import Network
from asoen_graph.network.picture.circle import around
from asoen_graph.network.picture.components import components, pack
from asoen_graph.network.picture.separation import GAP, Points, separate, spread

_POINTS_PER_INCH: Final = 72.0
GRAPHVIZ: Final = threading.Lock()  # Graphviz keeps its state in global variables of C.

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
    centres = _LAYOUTS[network.layout](network, boxes)
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
        parts.append(separate(spread(_levelled(_placed(network, boxes, "neato", group)), own, lines), own))
    places = zip(chain(*groups), chain(*pack(parts, sizes)), strict=True)
    return [point for _, point in sorted(places)]


def _layered(network: Network, boxes: Sizes) -> Points:
    return separate(_placed(network, boxes, "dot", range(len(boxes))), boxes)


def _circle(network: Network, boxes: Sizes) -> Points:
    # Not by strength or frequency, so that a node keeps its neighbours from one period to the next.
    order = sorted(range(len(boxes)), key=lambda index: (network.nodes[index].kind.key, network.nodes[index].iri))
    points = around([boxes[index] for index in order])
    return [point for _, point in sorted(zip(order, points, strict=True))]


_LAYOUTS: Final[dict[str, Callable[[Network, Sizes], Points]]] = {
    "spring": _spring,
    "layered": _layered,
    "circle": _circle,
}


def _placed(network: Network, boxes: Sizes, program: str, group: Sequence[int]) -> Points:
    """The centres of a group of nodes, by index, as Graphviz places them, in points."""
    import pygraphviz

    names = {network.nodes[index].iri: f"n{index}" for index in group}
    with GRAPHVIZ:
        graph = pygraphviz.AGraph(strict=True, directed=program == "dot", start="1")
        graph.graph_attr.update({"rankdir": "RL", "ranksep": "1.1", "nodesep": f"{GAP[1] / _POINTS_PER_INCH:.3f}"})
        graph.node_attr.update({"shape": "box", "fixedsize": "true", "label": ""})
        for index, name in zip(group, names.values(), strict=True):
            width, height = (f"{length / _POINTS_PER_INCH:.3f}" for length in boxes[index])
            graph.add_node(name, width=width, height=height)
        for source, target in sorted({network.ends(edge) for edge in network.edges}):
            if source != target and source in names:
                graph.add_edge(names[source], names[target])
        graph.layout(prog=program)
        written = [graph.get_node(name).attr["pos"].split(",") for name in names.values()]
    return [(float(x), -float(y)) for x, y in written]


def _levelled(centres: Points) -> Points:
    """The points turned about their mean so that they spread most from left to right."""
    mean_x, mean_y = math.fsum(x for x, _ in centres) / len(centres), math.fsum(y for _, y in centres) / len(centres)
    moved = [(x - mean_x, y - mean_y) for x, y in centres]
    xx, yy = math.fsum(x * x for x, _ in moved), math.fsum(y * y for _, y in moved)
    xy = math.fsum(x * y for x, y in moved)
    angle = -math.atan2(2 * xy, xx - yy) / 2
    cosine, sine = math.cos(angle), math.sin(angle)
    return [(x * cosine - y * sine, x * sine + y * cosine) for x, y in moved]

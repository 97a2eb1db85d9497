"""The lines of a picture: from the edge of one box to the edge of another, past the boxes between.

In a ``spring`` picture a line is straight where it can be, and bends a little where it would pass under a box that is
none of its ends; where a little is not enough it goes round. In a ``circle`` lines lean towards the middle. In
``layered`` pictures they leave a box on its left and reach the next on its right. Lines that join the same boxes run
side by side.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from asoen_graph.network.model import Network
from asoen_graph.network.picture.curves import Curve, Point, Route, bent, looped, swung
from asoen_graph.network.picture.detours import find_detours
from asoen_graph.network.picture.layout import Box

_BETWEEN_PARALLELS: Final = 15.0
_BENDS: Final = (0.0, 18.0, -18.0, 34.0, -34.0, 52.0, -52.0, 72.0, -72.0)
"""How far the middle of a line may leave the straight one, in the order in which it is tried."""
_MOST_BENT: Final = 0.22
"""No line leaves the straight one by more than this part of its length."""
_MOST_ROUTED: Final = 500
"""With more lines than this none is bent: a picture of so many is about its shape, not about single lines."""
_LEANINGS, _LEANING_STEP = 7, 16.0
"""How often and by how much a line of a circle is led further inwards where a box is in its way."""
_LEAST_STEP: Final = 11.0
_LEANING: Final = 0.3
"""How far towards the middle of a circle the middle of a line is drawn."""
_MOST_LEANING: Final = 0.4
"""No line of a circle leaves the straight one by more than this part of its length, or hooks would join neighbours."""


def find_routes(network: Network, boxes: Mapping[str, Box]) -> list[Route]:
    """A route for each edge, in the order of the edges, from the side of its source to the side of its target."""
    groups: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for index, edge in enumerate(network.edges):
        groups[min(edge.source, edge.target), max(edge.source, edge.target)].append(index)
    curves: dict[int, Curve] = {}
    blocked: list[int] = []
    sides = _sides(network, boxes) if network.layout == "layered" else {}
    obstacles = boxes if len(network.edges) <= _MOST_ROUTED else {}
    centre = _centre(list(boxes.values())) if network.layout == "circle" else None
    for (first, second), members in groups.items():
        if first == second:
            curves |= {index: looped(boxes[first], rank) for rank, index in enumerate(members)}
            continue
        others = [box for iri, box in obstacles.items() if iri not in (first, second)]
        ends = boxes[first], boxes[second]
        bend = _least_bend(*ends, others) if centre is None else _leaning(*ends, centre, others)
        for rank, index in enumerate(members):
            if index in sides and not sides[index].hits(others):
                curves[index] = sides[index]
                continue
            curve = bent(*ends, bend + (rank - (len(members) - 1) / 2) * _BETWEEN_PARALLELS)
            curves[index] = curve if network.edges[index].source == first else curve.reversed()
            if curve.hits(others):
                blocked.append(index)
    routes = [Route((curves[index],)) for index in range(len(network.edges))]
    detours = find_detours(boxes, [(network.edges[index].source, network.edges[index].target) for index in blocked])
    for index, detour in zip(blocked, detours, strict=True):
        routes[index] = detour
    return routes


def _least_bend(first: Box, second: Box, others: Sequence[Box]) -> float:
    """The least bend with which the line passes under the fewest boxes."""
    length = first.distance(second) or 1.0
    allowed = [bend for bend in _BENDS if abs(bend) <= _MOST_BENT * length]
    reach = max(abs(bend) for bend in allowed)
    near = [box for box in others if _distance(box, first, second, length) < reach + box.width / 2 + box.height / 2]
    fewest, best = len(near) + 1, 0.0
    for bend in allowed:
        hits = bent(first, second, bend).hits(near)
        if hits < fewest:
            fewest, best = hits, bend
        if fewest == 0:
            break
    return best


def _distance(box: Box, first: Box, second: Box, length: float) -> float:
    """How far the centre of a box is from the straight line between two others, or from its nearer end."""
    along_x, along_y = (second.x - first.x) / length, (second.y - first.y) / length
    reached = (box.x - first.x) * along_x + (box.y - first.y) * along_y
    beyond = max(-reached, reached - length, 0.0)
    return max(beyond, abs((box.y - first.y) * along_x - (box.x - first.x) * along_y))


def _leaning(first: Box, second: Box, centre: Point, others: Sequence[Box]) -> float:
    """The bend that leads a line towards the centre by a part of the way, or as much more as clears the boxes."""
    length = first.distance(second) or 1.0
    middle_x, middle_y = (first.x + second.x) / 2, (first.y + second.y) / 2
    across_x, across_y = -(second.y - first.y) / length, (second.x - first.x) / length
    wish = _LEANING * ((centre[0] - middle_x) * across_x + (centre[1] - middle_y) * across_y)
    bend = max(-_MOST_LEANING * length, min(wish, _MOST_LEANING * length))
    near = [box for box in others if _distance(box, first, second, length) < abs(bend) + box.width]
    for step in range(_LEANINGS):
        tried = bend + math.copysign(step * _LEANING_STEP, bend)
        if not bent(first, second, tried).hits(near):
            return tried
    return bend


def _centre(boxes: Sequence[Box]) -> Point:
    if not boxes:
        return 0.0, 0.0
    left, right = min(box.left for box in boxes), max(box.right for box in boxes)
    top, bottom = min(box.top for box in boxes), max(box.bottom for box in boxes)
    return (left + right) / 2, (top + bottom) / 2


def _sides(network: Network, boxes: Mapping[str, Box]) -> dict[int, Curve]:
    """The curves of edges that lead to the left, by index; each has a place of its own at either box."""
    indices = [index for index, e in enumerate(network.edges) if boxes[e.source].left > boxes[e.target].right]
    leaving, arriving = defaultdict(list), defaultdict(list)
    for index in indices:
        edge = network.edges[index]
        leaving[edge.source].append((boxes[edge.target].y, index))
        arriving[edge.target].append((boxes[edge.source].y, index))
    starts, ends = _ports(leaving, boxes), _ports(arriving, boxes)
    return {
        index: swung(
            (boxes[network.edges[index].source].left, starts[index]),
            (boxes[network.edges[index].target].right, ends[index]),
        )
        for index in indices
    }


def _ports(lines: Mapping[str, list[tuple[float, int]]], boxes: Mapping[str, Box]) -> dict[int, float]:
    """The height at which each line touches its box: evenly along the side, or in the middle where that is tight."""
    found: dict[int, float] = {}
    for iri, members in lines.items():
        step = boxes[iri].height / (len(members) + 1)
        for rank, (_, index) in enumerate(sorted(members)):
            found[index] = boxes[iri].top + step * (rank + 1) if step >= _LEAST_STEP else boxes[iri].y
    return found

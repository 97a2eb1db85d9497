"""Lines that go round the boxes in their way, as Graphviz routes them (Dobkin et al. 1997) between boxes that stay.

"Implementing a General-Purpose Edge Router", Graph Drawing '97: the shortest way between the obstacles, smoothed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from asoen_graph.network.picture.curves import Curve, Point, Route
from asoen_graph.network.picture.layout import GRAPHVIZ, Box

_CLEARANCE: Final = "+7"
"""How near a line may come to a box that is none of its ends, in points."""
_POINTS_PER_INCH: Final = 72.0


def find_detours(boxes: Mapping[str, Box], ends: Sequence[tuple[str, str]]) -> list[Route]:
    """A route for each pair of boxes, by name, from the side of the first to that of the second."""
    import pygraphviz

    if not ends:
        return []
    names = {name: f"n{rank}" for rank, name in enumerate(boxes)}
    with GRAPHVIZ:
        graph = pygraphviz.AGraph(strict=False, directed=False, splines="true", esep=_CLEARANCE)
        graph.node_attr.update({"shape": "box", "fixedsize": "true", "label": "", "penwidth": "0"})
        for name, box in boxes.items():
            width, height = (f"{length / _POINTS_PER_INCH:.4f}" for length in (box.width, box.height))
            # The y of Graphviz grows upwards.
            graph.add_node(names[name], pos=f"{box.x:.2f},{-box.y:.2f}", width=width, height=height)
        for rank, (source, target) in enumerate(ends):
            graph.add_edge(names[source], names[target], key=str(rank))
        # The program that leaves nodes where they are.
        graph.layout(prog="nop")
        drawn = [
            graph.get_edge(names[source], names[target], str(rank)).attr["pos"]
            for rank, (source, target) in enumerate(ends)
        ]
        name, box = next(iter(boxes.items()))
        x, y = (float(value) for value in graph.get_node(names[name]).attr["pos"].split(","))
    moved = box.x - x, box.y + y
    return [
        _read(text, moved, boxes[source], boxes[target]) for text, (source, target) in zip(drawn, ends, strict=True)
    ]


def _read(text: str, moved: Point, first: Box, second: Box) -> Route:
    """The curves of a spline in Graphviz's form: a point, then three more for each curve."""
    points = [(float(x) + moved[0], moved[1] - float(y)) for x, y in (point.split(",") for point in text.split())]
    curves = tuple(Curve(points[at], *points[at + 1 : at + 4]) for at in range(0, len(points) - 1, 3))
    route = Route(curves)
    return route if _gap(route.start, first) <= _gap(route.start, second) else route.reversed()


def _gap(point: Point, box: Box) -> float:
    """How far a point is outside a box, along the axis on which it is further."""
    return max(abs(point[0] - box.x) - box.width / 2, abs(point[1] - box.y) - box.height / 2)

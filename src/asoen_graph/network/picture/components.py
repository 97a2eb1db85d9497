"""The parts of a network that hang together, and how pictures of them stand on one page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Final, TypeAlias

from asoen_graph.network.model import Network
from asoen_graph.network.picture.separation import Points

Extent: TypeAlias = tuple[float, float, float, float]
"""Left, top, right and bottom."""

_BETWEEN: Final = 60.0
_ASPECT: Final = 1.35


def components(network: Network) -> list[list[int]]:
    """The connected components as indices of nodes, the largest first, directions aside."""
    part = {node.iri: {index} for index, node in enumerate(network.nodes)}
    for edge in network.edges:
        one, other = sorted((part[edge.source], part[edge.target]), key=len)
        if one is not other:
            other |= one
            for index in one:
                part[network.nodes[index].iri] = other
    distinct = {min(members): members for members in part.values()}
    return sorted((sorted(members) for members in distinct.values()), key=lambda members: (-len(members), members))


def pack(parts: Sequence[Points], sizes: Sequence[Sequence[tuple[float, float]]]) -> list[Points]:
    """The points of each part moved so that the parts stand in rows, in the order given, without touching.

    The rows are as long as suits the page best.
    """
    extents = [_extent(points, boxes) for points, boxes in zip(parts, sizes, strict=True)]
    measures = [(right - left, bottom - top) for left, top, right, bottom in extents]
    rooms = set(accumulate(width + _BETWEEN for width, _ in measures))
    corners, _ = min((_rows(measures, room) for room in sorted(rooms)), key=lambda rows: rows[1])
    return [
        [(px - left + x, py - top + y) for px, py in points]
        for points, (left, top, _, _), (x, y) in zip(parts, extents, corners, strict=True)
    ]


def _rows(measures: Sequence[tuple[float, float]], room: float) -> tuple[Points, float]:
    """The upper left corners of parts in rows of that length, and the height of a page of the usual shape for them."""
    corners: Points = []
    x = y = tallest = widest = 0.0
    for width, height in measures:
        if x > 0 and x + width > room:
            x, y, tallest = 0.0, y + tallest + _BETWEEN, 0.0
        corners.append((x, y))
        x += width + _BETWEEN
        tallest, widest = max(tallest, height), max(widest, x - _BETWEEN)
    return corners, max(widest / _ASPECT, y + tallest)


def _extent(points: Points, boxes: Sequence[tuple[float, float]]) -> Extent:
    return (
        min(x - width / 2 for (x, _), (width, _) in zip(points, boxes, strict=True)),
        min(y - height / 2 for (_, y), (_, height) in zip(points, boxes, strict=True)),
        max(x + width / 2 for (x, _), (width, _) in zip(points, boxes, strict=True)),
        max(y + height / 2 for (_, y), (_, height) in zip(points, boxes, strict=True)),
    )

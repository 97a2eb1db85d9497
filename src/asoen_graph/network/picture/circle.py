"""Boxes around an ellipse: next to each other in a fixed order, on the smallest one that has room for them all."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from asoen_graph.network.picture.separation import GAP, Points, are_separate

_ASPECT: Final = 1.6
"""Width to height of the ellipse; with title and legend the whole has about the shape of a sheet."""
_LEAST_RADIUS: Final = 130.0
_GROWTH: Final = 1.015
_STEP: Final = math.tau / 3000


def around(boxes: Sequence[tuple[float, float]]) -> Points:
    """The centres of boxes (width, height) clockwise from the top, no two nearer than ``GAP``.

    Wide boxes take more of the way above and below than at the sides; what room is left goes to all alike.
    """
    radius = _LEAST_RADIUS
    while True:
        for angles in _packed(boxes, radius):
            points = [_point(radius, angle) for angle in angles]
            if are_separate(points, boxes):
                return points
        radius *= _GROWTH


def on_ellipse(turns: Sequence[float], boxes: Sequence[tuple[float, float]]) -> Points:
    """Points on the smallest ellipse on which no two boxes touch, each so far round (0 to 1) from the top."""
    radius = _LEAST_RADIUS
    while True:
        points = [_point(radius, math.tau * turn) for turn in turns]
        if are_separate(points, boxes):
            return points
        radius *= _GROWTH


def _packed(boxes: Sequence[tuple[float, float]], radius: float) -> list[list[float]]:
    """The angles of the boxes on an ellipse, with the room that is left for all alike or before the first.

    Nothing where there is no room for all.
    """
    angles = [0.0]
    for index in range(1, len(boxes) + 1):
        angle = angles[-1] + _STEP
        # The last round is that of the first box, which must stand clear of the last one.
        while not _clear(
            _point(radius, angles[-1]), _point(radius, angle), boxes[index - 1], boxes[index % len(boxes)]
        ):
            angle += _STEP
            if angle > math.tau:
                return []
        angles.append(angle)
    whole = angles.pop()
    return [[angle * math.tau / whole for angle in angles], angles]


def _point(radius: float, angle: float) -> tuple[float, float]:
    return _ASPECT * radius * math.sin(angle), -radius * math.cos(angle)


def _clear(
    one: tuple[float, float], other: tuple[float, float], first: tuple[float, float], second: tuple[float, float]
) -> bool:
    """Whether two boxes about these points are not nearer than ``GAP``."""
    return any(abs(one[side] - other[side]) >= (first[side] + second[side]) / 2 + GAP[side] for side in (0, 1))

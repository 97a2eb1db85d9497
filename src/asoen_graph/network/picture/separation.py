"""Moving boxes apart: from points where boxes overlap to points where none is too near to another."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, TypeAlias

Point: TypeAlias = tuple[float, float]
Points: TypeAlias = list[Point]

GAP: Final = (26.0, 18.0)
"""The least room between two boxes, beside and above."""

_BETWEEN_COLUMNS: Final = 80.0
"""The most room between two columns when gaps are closed: arrows run there."""
_ASPECT: Final = 1.35
_SPARSE, _DENSE = 0.42, 0.28
"""The part of the page that boxes cover before they are moved apart; the rest is for the lines."""


def spread(centres: Points, boxes: Sequence[tuple[float, float]], lines: int) -> Points:
    """The points stretched to a page with room for the boxes (width, height) and for so many lines between them."""
    fill = _SPARSE if lines <= 1.2 * len(boxes) else _DENSE
    area = sum((width + GAP[0]) * (height + GAP[1]) for width, height in boxes) / fill
    height = math.sqrt(area / _ASPECT)
    scale_x, scale_y = (
        wanted / (max(values) - min(values)) if max(values) - min(values) > 1 else 0.0
        for wanted, values in ((height * _ASPECT, [x for x, _ in centres]), (height, [y for _, y in centres]))
    )
    return [(x * scale_x, y * scale_y) for x, y in centres]


def separate(centres: Points, boxes: Sequence[tuple[float, float]]) -> Points:
    """The points moved until no two boxes are nearer than ``GAP``; where pushing is not enough, the page grows."""
    # Equal points cannot be pushed apart: each gets a place of its own, too near to the old one to see.
    points = [(x + number * 1e-3, y + number * 1e-3) for number, (x, y) in enumerate(centres)]
    rounds = 0
    while _push(points, boxes):
        rounds += 1
        if rounds % 25 == 0:
            points = [(x * 1.06, y * 1.06) for x, y in points]
    return points


def close_gaps(centres: Points, boxes: Sequence[tuple[float, float]]) -> Points:
    """The points moved together where a column or a row of the page holds no box; rows and columns stay as they are."""
    columns = _closed([x for x, _ in centres], [width for width, _ in boxes], _BETWEEN_COLUMNS)
    rows = _closed([y for _, y in centres], [height for _, height in boxes], GAP[1])
    return list(zip(columns, rows, strict=True))


def _closed(centres: Sequence[float], lengths: Sequence[float], most: float) -> list[float]:
    """The centres of stretches on a line, moved until none is further than ``most`` from those before it."""
    found = list(centres)
    reached = shift = 0.0
    for rank, index in enumerate(sorted(range(len(centres)), key=lambda each: centres[each] - lengths[each] / 2)):
        start = centres[index] - lengths[index] / 2
        if rank and start - reached > most:
            shift += start - reached - most
        reached = max(reached, start + lengths[index]) if rank else start + lengths[index]
        found[index] = centres[index] - shift
    return found


def are_separate(points: Points, boxes: Sequence[tuple[float, float]]) -> bool:
    """Whether no two boxes are nearer than ``GAP``."""
    return not _push(list(points), boxes)


def _push(points: Points, boxes: Sequence[tuple[float, float]]) -> bool:
    """Move each pair of boxes that are too near half their overlap apart; whether there was one."""
    order = sorted(range(len(points)), key=lambda i: points[i][0] - boxes[i][0] / 2)
    moved = False
    for rank, i in enumerate(order):
        for j in order[rank + 1 :]:
            (ax, ay), (bx, by) = points[i], points[j]
            if bx - boxes[j][0] / 2 >= ax + boxes[i][0] / 2 + GAP[0]:
                # Sorted by left sides, so nothing further on reaches this box; what moved meanwhile is seen next time.
                break
            room_x = (boxes[i][0] + boxes[j][0]) / 2 + GAP[0] - abs(ax - bx)
            room_y = (boxes[i][1] + boxes[j][1]) / 2 + GAP[1] - abs(ay - by)
            # Less than a tenth of a unit is not drawn.
            if room_x < 0.1 or room_y < 0.1:
                continue
            moved = True
            shift_x, shift_y = (room_x / 2 + 0.1, 0.0) if room_x < room_y else (0.0, room_y / 2 + 0.1)
            shift_x, shift_y = math.copysign(shift_x, ax - bx), math.copysign(shift_y, ay - by)
            points[i], points[j] = (ax + shift_x, ay + shift_y), (bx - shift_x, by - shift_y)
    return moved

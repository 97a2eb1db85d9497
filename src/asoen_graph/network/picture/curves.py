"""Cubic Bézier curves between boxes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeAlias

from asoen_graph.network.picture.layout import Box

Point: TypeAlias = tuple[float, float]

_CLEARANCE: Final = 4.0
_STEP: Final = 12.0


@dataclass(frozen=True, slots=True)
class Curve:
    """A cubic Bézier curve by its start, its two control points and its end."""

    start: Point
    leaving: Point
    arriving: Point
    end: Point

    def at(self, share: float) -> Point:
        """The point at a share of the way, 0 to 1."""
        return self._blossom(share, share, share)

    def between(self, first: float, last: float) -> Curve:
        """The part of the curve between two shares of the way."""
        return Curve(self.at(first), self._blossom(first, first, last), self._blossom(first, last, last), self.at(last))

    def reversed(self) -> Curve:
        """The same curve from its end to its start."""
        return Curve(self.end, self.arriving, self.leaving, self.start)

    def hits(self, boxes: Sequence[Box]) -> int:
        """How many boxes the curve passes under or nearly touches."""
        steps = max(4, int(math.dist(self.start, self.end) / _STEP))
        points = [self.at(step / steps) for step in range(steps + 1)]
        return sum(any(_is_inside(point, box, _CLEARANCE) for point in points) for box in boxes)

    def _blossom(self, r: float, s: float, t: float) -> Point:
        # The polar form of the curve: with three equal values a point of it, with others the controls of its parts.
        points = [self.start, self.leaving, self.arriving, self.end]
        for share in (r, s, t):
            points = [(a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])) for a, b in pairwise(points)]
        return points[0]


@dataclass(frozen=True, slots=True)
class Route:
    """The line of an edge: one curve or several, each beginning where the one before ends."""

    curves: tuple[Curve, ...]

    @property
    def start(self) -> Point:
        """The point where it leaves its source."""
        return self.curves[0].start

    @property
    def arriving(self) -> Point:
        """The control point before its end, which says from where it arrives."""
        last = self.curves[-1]
        return last.arriving if last.arriving != last.end else last.leaving

    @property
    def end(self) -> Point:
        """The point where it reaches its target."""
        return self.curves[-1].end

    def at(self, share: float) -> Point:
        """The point at a share of the way, 0 to 1, each curve counting alike."""
        number = min(int(share * len(self.curves)), len(self.curves) - 1)
        return self.curves[number].at(share * len(self.curves) - number)

    def reversed(self) -> Route:
        """The same line from its end to its start."""
        return Route(tuple(curve.reversed() for curve in reversed(self.curves)))

    def hits(self, boxes: Sequence[Box]) -> int:
        """How many boxes the line passes under or nearly touches."""
        return sum(any(curve.hits([box]) for curve in self.curves) for box in boxes)


def bent(first: Box, second: Box, bend: float) -> Curve:
    """The line between two boxes, cut at their sides, whose middle leaves the straight one by ``bend``."""
    length = first.distance(second) or 1.0
    across = (-(second.y - first.y) / length, (second.x - first.x) / length)
    # The middle of a cubic curve lies at three quarters of the way from the chord to its control points.
    shift = (across[0] * bend * 4 / 3, across[1] * bend * 4 / 3)
    step = ((second.x - first.x) / 3, (second.y - first.y) / 3)
    whole = Curve(
        (first.x, first.y),
        (first.x + step[0] + shift[0], first.y + step[1] + shift[1]),
        (second.x - step[0] + shift[0], second.y - step[1] + shift[1]),
        (second.x, second.y),
    )
    return whole.between(_exit(whole, first), 1 - _exit(whole.reversed(), second))


def swung(start: Point, end: Point) -> Curve:
    """A curve that leaves and arrives level."""
    half = (end[0] - start[0]) / 2
    return Curve(start, (start[0] + half, start[1]), (end[0] - half, end[1]), end)


def looped(box: Box, rank: int) -> Curve:
    """A loop above a box; those of higher rank are larger."""
    middle, reach = max(box.x, box.right - 30), 34.0 + 12.0 * rank
    half = min(11.0 + 3.0 * rank, 28.0, box.width / 4)
    return Curve(
        (middle - half, box.top), (middle - 2 * half, box.top - reach), (middle + 2 * half, box.top - reach),
        (middle + half, box.top),
    )  # fmt: skip


def _exit(curve: Curve, box: Box) -> float:
    """The share of the way at which a curve that starts in the middle of a box leaves it."""
    inside, outside = 0.0, 1.0
    for _ in range(24):
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if _is_inside(curve.at(middle), box, 0.0) else (inside, middle)
    return inside


def _is_inside(point: Point, box: Box, clearance: float) -> bool:
    return abs(point[0] - box.x) < box.width / 2 + clearance and abs(point[1] - box.y) < box.height / 2 + clearance

"""From degrees to the picture, and marks that would lie on each other as one. `plane.ts` has the same.

The projection is plate carrée: degrees as they are, which hardly distorts near the equator.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from asoen_graph.overview.marks import radius_of
from asoen_graph.overview.things import Thing

REGION: Final = (90.0, -12.0, 142.5, 29.5)
"""West, south, east and north of what the outlines show."""
WIDTH: Final = 1000.0
REACH: Final = 20.0
"""Marks nearer to each other than this are one; large ones, where they would hide much of each other."""
EDGE: Final = 16.0
"""How far from the edge the mark of what lies beyond it stands."""
_MARGIN: Final = 2.0
_SHARE: Final = 0.9
_CELL: Final = 36.0
"""No two marks farther from each other than this are one."""


class Frame(NamedTuple):
    """What a picture shows, in degrees."""

    west: float
    south: float
    east: float
    north: float

    @property
    def scale(self) -> float:
        """How long a degree is."""
        return WIDTH / (self.east - self.west)

    @property
    def height(self) -> float:
        """The height of the picture."""
        return (self.north - self.south) * self.scale

    def holds(self, longitude: float, latitude: float) -> bool:
        """Whether a point lies in it."""
        return self.west <= longitude <= self.east and self.south <= latitude <= self.north

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where the mark of a point stands: where it lies, or on the way there at the edge."""
        x, y = self.project(longitude, latitude)
        return min(max(x, EDGE), WIDTH - EDGE), min(max(y, EDGE), self.height - EDGE)

    def project(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a point lies in the picture."""
        return (longitude - self.west) * self.scale, (self.north - latitude) * self.scale


class Cluster(NamedTuple):
    """What one mark stands for, and where it is: at the point with most."""

    x: float
    y: float
    things: tuple[Thing, ...]
    points: int
    is_beyond: bool
    """Whether it lies outside the picture, and the mark stands at the edge."""


def frame_of(points: Iterable[tuple[float, float]]) -> Frame:
    """The region where anything lies in it; else what holds all the points."""
    points = list(points)
    region = Frame(*REGION)
    if not points or any(region.holds(*point) for point in points):
        return region
    east_west, north_south = [longitude for longitude, _ in points], [latitude for _, latitude in points]
    middle, half = (min(north_south) + max(north_south)) / 2, (max(north_south) - min(north_south)) / 2 + _MARGIN
    centre, wide = (min(east_west) + max(east_west)) / 2, (max(east_west) - min(east_west)) / 2 + _MARGIN
    half, wide = max(half, wide * 0.5), max(wide, half)
    return Frame(centre - wide, middle - half, centre + wide, middle + half)


def clustered(things: Sequence[Thing], frame: Frame) -> list[Cluster]:
    """The marks: those with most things first, each with all that is within reach of it."""
    spots: dict[tuple[float, float], list[Thing]] = {}
    for thing in things:
        if thing.point is not None:
            spots.setdefault(thing.point, []).append(thing)
    ordered = sorted(spots, key=lambda point: (-len(spots[point]), point))
    placed = {point: frame.place(*point) for point in ordered}
    cells: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for point in ordered:
        cells.setdefault(_cell(*placed[point]), []).append(point)
    taken: set[tuple[float, float]] = set()
    found = []
    for point in ordered:
        if point in taken:
            continue
        x, y = placed[point]
        column, row = _cell(x, y)
        near = [
            other
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for other in cells.get((column + dx, row + dy), ())
            if other not in taken and math.dist(placed[other], (x, y)) < _reach(len(spots[point]), len(spots[other]))
        ]
        taken.update(near)
        inside = [point, *sorted(other for other in near if other != point)]
        found.append(
            Cluster(
                x, y, tuple(thing for other in inside for thing in spots[other]), len(inside), not frame.holds(*point)
            )
        )
    return found


def counted(things: Sequence[Thing]) -> tuple[Thing, ...]:
    """What a mark counts: the place itself only where nothing else stands there."""
    return tuple(thing for thing in things if not thing.is_ground) or tuple(things)


def _cell(x: float, y: float) -> tuple[int, int]:
    return math.floor(x / _CELL), math.floor(y / _CELL)


def _reach(one: int, other: int) -> float:
    return max(REACH, _SHARE * (radius_of(one) + radius_of(other) + 4))

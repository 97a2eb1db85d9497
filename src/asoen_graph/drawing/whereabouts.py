"""A small map of South-East Asia with a few points, for a page: outlines coarse enough to weigh little.

It is drawn in classes (``sea``, ``land``, ``here``) that the style of the page colours, so that it follows the theme;
without a style it is black on grey.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from math import hypot
from typing import Final, NamedTuple

from asoen_graph.drawing.markup import attribute, text

_WIDTH: Final = 420
_COARSE: Final = 1.1
"""How far an outline may run beside the true one, in units of the picture."""
_LEAST: Final = 2.5
"""How wide or high a piece of land is at least, to be drawn."""
_RADIUS: Final = 6

_Point = tuple[float, float]


class Spot(NamedTuple):
    """A point in degrees, and what lies there."""

    longitude: float
    latitude: float
    name: str


class _Chart(NamedTuple):
    west: float
    north: float
    scale: float
    height: int
    land: str


def lies_on_it(longitude: float, latitude: float) -> bool:
    """Whether a point is on the map."""
    chart = _chart()
    x, y = _placed(chart, longitude, latitude)
    return 0 <= x <= _WIDTH and 0 <= y <= chart.height


def draw(spots: Sequence[Spot], title: str, identifier: str) -> str:
    """The map as an element to stand in a page; ``identifier`` is unique there."""
    chart = _chart()
    lines = [
        f'<svg class="whereabouts" viewBox="0 0 {_WIDTH} {chart.height}" role="img" aria-labelledby="{identifier}">',
        f'<title id="{identifier}">{text(title)}</title>',
        f'<rect class="sea" width="{_WIDTH}" height="{chart.height}" fill="#e9efeb"/>',
        f'<path class="land" fill="#c3cec8" d="{chart.land}"/>',
    ]
    for spot in spots:
        x, y = _placed(chart, spot.longitude, spot.latitude)
        name = attribute(spot.name)
        lines.append(f'<circle class="here" cx="{x:.1f}" cy="{y:.1f}" r="{_RADIUS}"><title>{name}</title></circle>')
    return "\n".join((*lines, "</svg>"))


def _placed(chart: _Chart, longitude: float, latitude: float) -> _Point:
    return (longitude - chart.west) * chart.scale, (chart.north - latitude) * chart.scale


@cache
def _chart() -> _Chart:
    read = json.loads(files("asoen_graph.drawing").joinpath("south-east-asia.json").read_text(encoding="utf-8"))
    west, south, east, north = read["bounds"]
    scale = _WIDTH / (east - west)
    bare = _Chart(west, north, scale, round((north - south) * scale), "")
    rings = [*read["neighbours"], *(ring for rings in read["countries"].values() for ring in rings)]
    paths = (_path([_placed(bare, x, y) for x, y in ring]) for ring in rings)
    return bare._replace(land="".join(paths))


def _path(ring: Sequence[_Point]) -> str:
    """A ring as a path of whole steps; empty where it is too small to be seen."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    if max(max(xs) - min(xs), max(ys) - min(ys)) < _LEAST:
        return ""
    middle = len(ring) // 2
    kept = [*_simpler(ring[: middle + 1])[:-1], *_simpler(ring[middle:])]
    whole = [(round(x), round(y)) for x, y in kept]
    steps, (x, y) = [f"M{whole[0][0]} {whole[0][1]}l"], whole[0]
    for next_x, next_y in whole[1:-1]:
        if (next_x, next_y) != (x, y):
            steps.append(f"{next_x - x} {next_y - y} ")
            x, y = next_x, next_y
    return "".join(steps).rstrip().replace(" -", "-") + "z" if len(steps) > 2 else ""


def _simpler(line: Sequence[_Point]) -> list[_Point]:
    """The line with the points left out that lie close to it (Douglas and Peucker)."""
    if len(line) < 3:
        return list(line)
    first, last = line[0], line[-1]
    far, place = max((_distance(point, first, last), place) for place, point in enumerate(line[1:-1], 1))
    if far <= _COARSE:
        return [first, last]
    return [*_simpler(line[: place + 1])[:-1], *_simpler(line[place:])]


def _distance(point: _Point, first: _Point, last: _Point) -> float:
    across, down = last[0] - first[0], last[1] - first[1]
    length = hypot(across, down)
    if length == 0:
        return hypot(point[0] - first[0], point[1] - first[1])
    return abs(across * (point[1] - first[1]) - down * (point[0] - first[0])) / length

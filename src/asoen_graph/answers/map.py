"""A map of South-East Asia: outlines, numbered points shaded by time, and the list of what the numbers stand for.

Outlines are Natural Earth's (public domain), bundled; the projection is plate carrée, which hardly distorts between 12°
south and 30° north. No tile, no request.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from asoen_graph.answers.frame import ROOM, Item
from asoen_graph.drawing.columns import draw_columns
from asoen_graph.drawing.lettering import INK, draw_text, number
from asoen_graph.drawing.markup import attribute, element, tag
from asoen_graph.drawing.measure import width
from asoen_graph.drawing.page import MARGIN, Page

_POINT = re.compile(r"\s*(?:<[^>]*>\s*)?POINT\s*\(\s*(-?[0-9]+(?:\.[0-9]*)?)\s+(-?[0-9]+(?:\.[0-9]*)?)\s*\)\s*", re.I)
_YEAR = re.compile(r"-?[0-9]{4,}")
_SHADES: Final = ("#C7E9B4", "#7FCDBB", "#41B6C4", "#2C7FB8", "#253494")
"""ColorBrewer's YlGnBu without its lightest: in order in colour, in grey print and to the colour-blind."""
_NO_DATE: Final = "#FFFFFF"
_RADIUS: Final = 4.6
_LABEL: Final = 9.0
_LAND, _NEIGHBOUR, _SEA = "#EEF0E8", "#F6F6F4", "#FFFFFF"
_WORDS: Final = {
    "undated": {"en": "no date stated", "vi": "không nêu thời gian"},
    "place": {"en": "{count} points on a map of South-East Asia.", "vi": "{count} điểm trên bản đồ Đông Nam Á."},
}


class _Outlines(NamedTuple):
    """Rings of longitude and latitude in degrees: of the states by ISO 3166-1 code, and of the land around them."""

    bounds: tuple[float, float, float, float]
    """West, south, east, north."""
    countries: Mapping[str, list[list[list[float]]]]
    neighbours: list[list[list[float]]]


def draw(page: Page, items: Sequence[Item], language: str) -> str:
    """Draw the map and its list on the page; returns what it shows in words, item by item."""
    ordered = sorted(items, key=lambda item: (item.text("group"), item.text("when"), item.name))
    numbers = {id(item): rank for rank, item in enumerate(ordered, 1)}
    classes = _classes([year for item in items if (year := _year(item)) is not None])
    outlines = _outlines()
    west, south, east, north = outlines.bounds
    scale = ROOM / (east - west)
    height = (north - south) * scale
    frame = {"x": number(MARGIN), "y": number(page.y), "width": number(ROOM), "height": number(height)}
    lines = [tag("rect", {**frame, "fill": _SEA, "stroke": "#9AA5B1", "stroke-width": "0.8"}, closed=True)]
    left, top = MARGIN - west * scale, page.y + north * scale
    lines += _land(left, top, scale)
    lines += _points(ordered, numbers, classes, (left, top, scale))
    page.add(lines, height + 12)
    _legend(page, classes, any(_year(item) is None for item in items), language)
    groups: dict[str, list[str]] = {}
    for item in ordered:
        year = _year(item)
        dated = f" ({year})" if year is not None else ""
        groups.setdefault(item.text("group"), []).append(f"{numbers[id(item)]} {item.name}{dated}{item.cited}")
    page.add(*draw_columns(groups, MARGIN, page.y, ROOM))
    spoken = [
        f"{group}: {'; '.join(entries)}." if group else f"{'; '.join(entries)}." for group, entries in groups.items()
    ]
    return "\n".join((_say("place", language).format(count=len(items)), *spoken))


def can_be_placed(item: Item) -> bool:
    """Whether a point is known that lies on the map."""
    return _point(item) is not None


def read_point(wkt: str) -> tuple[float, float] | None:
    """Longitude and latitude in degrees of a point as WKT; ``None`` for anything else."""
    found = _POINT.fullmatch(wkt)
    return (float(found[1]), float(found[2])) if found else None


def _point(item: Item) -> tuple[float, float] | None:
    """Longitude and latitude in degrees; ``None`` where there is no point, or it lies off the map."""
    point = read_point(item.text("point"))
    west, south, east, north = _outlines().bounds
    return point if point is not None and west <= point[0] <= east and south <= point[1] <= north else None


def _points(
    items: Sequence[Item],
    numbers: dict[int, int],
    classes: Sequence[tuple[int, int]],
    place: tuple[float, float, float],
) -> Iterator[str]:
    left, top, scale = place
    taken: list[tuple[float, float, float, float]] = []
    spots = []
    for item in items:
        point = _point(item)
        if point is not None:
            x, y = left + point[0] * scale, top - point[1] * scale
            spots.append((item, x, y))
            taken.append((x - _RADIUS, y - _RADIUS, x + _RADIUS, y + _RADIUS))
    for item, x, y in spots:
        label = str(numbers[id(item)])
        shade = _shade(_year(item), classes)
        year = _year(item)
        yield tag("g", {"class": "point", "data-id": item.cells["name"].slug})
        dated = f" ({year})" if year is not None else ""
        yield f" {element('title', {}, f'{label} {item.name}{dated}')}"
        yield (
            f' <circle cx="{number(x)}" cy="{number(y)}" r="{_RADIUS}" fill="{shade}" stroke="{INK}" stroke-width="1"/>'
        )
        yield f" {_numbered(label, x, y, taken)}"
        yield "</g>"


def _numbered(label: str, x: float, y: float, taken: list[tuple[float, float, float, float]]) -> str:
    """The number beside its point, at the first of sixteen places that is free."""
    wide = width(label, _LABEL)
    for reach in (_RADIUS + 2, _RADIUS + 10):
        for dx, dy in ((1, 0), (0, -1), (-1, 0), (0, 1), (0.75, -0.8), (0.75, 0.8), (-0.75, -0.8), (-0.75, 0.8)):
            left = x + dx * reach - (wide if dx < 0 else wide / 2 if dx == 0 else 0)
            base = y + dy * (reach + _LABEL / 3) + _LABEL * 0.35
            box = (left, base - _LABEL * 0.75, left + wide, base)
            if not any(_overlap(box, other) for other in taken):
                taken.append(box)
                return draw_text(left, base, label, _LABEL)
    return draw_text(x + _RADIUS + 2, y + _LABEL * 0.35, label, _LABEL)


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _land(left: float, top: float, scale: float) -> Iterator[str]:
    outlines = _outlines()
    shapes = [("", outlines.neighbours, _NEIGHBOUR), *((c, rings, _LAND) for c, rings in outlines.countries.items())]
    for code, rings, fill in shapes:
        path = "".join(
            "M" + "L".join(f"{number(left + x * scale)} {number(top - y * scale)}" for x, y in ring[:-1]) + "Z"
            for ring in rings
        )
        country = f' data-country="{attribute(code)}"' if code else ""
        yield f'<path d="{path}" fill="{fill}" stroke="#9AA5B1" stroke-width="0.6"{country}/>'


def _legend(page: Page, classes: Sequence[tuple[int, int]], undated: bool, language: str) -> None:
    entries = [(f"{first}–{last}" if first != last else str(first), _SHADES[rank + _offset(classes)])
               for rank, (first, last) in enumerate(classes)]  # fmt: skip
    entries += [(_say("undated", language), _NO_DATE)] if undated and classes else []
    x, lines = MARGIN, []
    for words, shade in entries:
        lines.append(
            f'<circle cx="{number(x + 6)}" cy="{number(page.y + 8)}" r="{_RADIUS}" fill="{shade}" stroke="{INK}"'
            ' stroke-width="1"/>'
        )
        lines.append(draw_text(x + 16, page.y + 12, words, 12))
        x += 16 + width(words, 12) + 18
    page.add(lines, 30 if entries else 0)


def _classes(years: Sequence[int]) -> list[tuple[int, int]]:
    """At most five spans of years that hold about as many points each; a year is never split."""
    if not years:
        return []
    ordered, spans = sorted(years), list[tuple[int, int]]()
    share = len(ordered) / len(_SHADES)
    start, last = 0, 0
    for place, year in enumerate(ordered):
        ends = place + 1 == len(ordered) or ordered[place + 1] != year
        last = year
        if ends and (place + 1 - start >= share or place + 1 == len(ordered)) and len(spans) < len(_SHADES):
            spans.append((ordered[start], year))
            start = place + 1
    return spans if spans[-1][1] == last else [*spans[:-1], (spans[-1][0], last)]


def _offset(classes: Sequence[tuple[int, int]]) -> int:
    return len(_SHADES) - len(classes)


def _shade(year: int | None, classes: Sequence[tuple[int, int]]) -> str:
    for rank, (first, last) in enumerate(classes):
        if year is not None and first <= year <= last:
            return _SHADES[rank + _offset(classes)]
    return _NO_DATE


def _year(item: Item) -> int | None:
    found = _YEAR.match(item.text("when"))
    return int(found[0]) if found else None


@cache
def _outlines() -> _Outlines:
    read = json.loads(files("asoen_graph.drawing").joinpath("south-east-asia.json").read_text(encoding="utf-8"))
    return _Outlines(tuple(read["bounds"]), read["countries"], read["neighbours"])


def _say(word: str, language: str) -> str:
    return _WORDS[word].get(language) or _WORDS[word]["en"]

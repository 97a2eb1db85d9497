"""The timeline as SVG, for a page and as a file: a lane for each kind or series, a mark or bar for each thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from asoen_graph.drawing.markup import attribute
from asoen_graph.overview.lanes import DAY_OF_EPOCH, TAIL, Lane, Span, laid_out, middle, packed, span_of
from asoen_graph.overview.marks import COLOURS, lettering, number, shape
from asoen_graph.overview.things import Thing

WIDTH: Final = 1000.0
_LEFT: Final = 8.0
_HEAD: Final = 22.0
"""The height of the name of a lane."""
_ROW: Final = 13.0
_RADIUS: Final = 4.6
_AXIS: Final = 24.0
_STEPS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


class Scale(NamedTuple):
    """What stretch of time is shown, in days from 1970."""

    first: float
    last: float

    def at(self, day: float) -> float:
        """Where a day lies in the picture."""
        return _LEFT + (day - self.first) / (self.last - self.first) * (WIDTH - 2 * _LEFT)


def draw(things: Sequence[Thing], title: str, description: str, others: str, *, by_series: bool) -> str:
    """The picture; it is named by ``title`` and told in words by ``description``."""
    dated = [(thing, span) for thing in things if (span := span_of(thing)) is not None]
    spans = dict(zip(map(id, (thing for thing, _ in dated)), (span for _, span in dated), strict=True))
    scale = scale_of([span for _, span in dated])
    lines: list[str] = []
    y = _AXIS
    for lane in laid_out([thing for thing, _ in dated], others, by_series=by_series):
        drawn, y = _lane(lane, spans, scale, y)
        lines += drawn
    height = y + 4
    return "\n".join(
        (
            f'<svg class="timeline" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(WIDTH)} {number(height)}" '
            'role="img" aria-labelledby="timeline-title timeline-description" font-family="sans-serif">',
            f'<title id="timeline-title">{attribute(title)}</title>',
            f'<desc id="timeline-description">{attribute(description)}</desc>',
            *_years(scale, height),
            *lines,
            "</svg>",
        )
    )


def scale_of(spans: Sequence[Span]) -> Scale:
    """From the first year that is known to the last; this year where none is."""
    days = [day for span in spans for end in span if end is not None for day in end]
    first, last = (min(days), max(days)) if days else (0, 0)
    years = [date.fromordinal(day + DAY_OF_EPOCH).year for day in (first, last)]
    begin, end = date(years[0], 1, 1), date(min(years[1] + 1, 9999), 1, 1)
    return Scale(begin.toordinal() - DAY_OF_EPOCH, max(end.toordinal(), begin.toordinal() + 365) - DAY_OF_EPOCH)


def _years(scale: Scale, height: float) -> Iterator[str]:
    first = date.fromordinal(int(scale.first) + DAY_OF_EPOCH).year
    last = date.fromordinal(int(scale.last) + DAY_OF_EPOCH).year
    wide = (WIDTH - 2 * _LEFT) / max(last - first, 1)
    step = next(step for step in _STEPS if wide * step >= 42)
    for year in range(-(-first // step) * step, last + 1, step):
        x = scale.at(date(year, 1, 1).toordinal() - DAY_OF_EPOCH)
        yield f'<path class="year" d="M{number(x)} {number(_AXIS - 6)}V{number(height)}" stroke="#d5ddd9"/>'
        if x < WIDTH - 30:
            yield lettering(x + 3, 13, str(year), size=11, anchor="start", kind="axis")


def _lane(lane: Lane, spans: dict[int, Span], scale: Scale, y: float) -> tuple[list[str], float]:
    boxes = [_box(spans[id(thing)], scale) for thing in lane.things]
    order = sorted(range(len(boxes)), key=lambda index: (boxes[index][0], index))
    rows = dict(zip(order, packed([boxes[index] for index in order]), strict=True))
    lines = [
        f'<path class="lane" d="M0 {number(y)}H{number(WIDTH)}" stroke="#c3cec8"/>',
        lettering(_LEFT, y + 15, f"{lane.label} ({len(lane.things)})", size=12, anchor="start", kind="lane-name"),
    ]
    top = y + _HEAD + _ROW / 2
    for index, thing in enumerate(lane.things):
        lines += _thing(thing, spans[id(thing)], scale, top + rows[index] * _ROW)
    return lines, y + _HEAD + (max(rows.values()) + 1) * _ROW + 6


def _box(span: Span, scale: Scale) -> tuple[float, float]:
    """The room a thing takes from left to right."""
    left = scale.at(span.begins[0]) if span.begins is not None else scale.at(_end(span)[0]) - TAIL
    right = scale.at(span.ends[1] + 1) if span.ends is not None else scale.at(_start(span)[1] + 1) + TAIL
    centre = (left + right) / 2
    return min(left, centre - _RADIUS - 1.5), max(right, centre + _RADIUS + 1.5)


def _thing(thing: Thing, span: Span, scale: Scale, y: float) -> list[str]:
    colour = COLOURS[thing.slot]
    dated = " – ".join(dict.fromkeys(filter(None, (thing.since, thing.until))))
    told = ", ".join(filter(None, (thing.label, thing.relation, dated, thing.place.label if thing.place else "")))
    start, end = scale.at(middle(_start(span))), scale.at(middle(_end(span)))
    lines = [f'<g class="mark s{thing.slot}{" disputed" if thing.disputed else ""}"><title>{attribute(told)}</title>']
    if span.begins is None or span.ends is None:
        start, end = (end - TAIL, end) if span.begins is None else (start, start + TAIL)
    for days, is_known in ((span.begins, span.begins), (span.ends, span.ends)):
        if days is not None and is_known and days[1] > days[0]:
            line = f"M{number(scale.at(days[0]))} {number(y)}H{number(scale.at(days[1] + 1))}"
            lines.append(f'<path class="vague" d="{line}" stroke="{colour}" stroke-width="1.6" stroke-opacity="0.55"/>')
    if end - start > 2 * _RADIUS:
        is_open = span.begins is None or span.ends is None
        dashes = ' stroke-dasharray="5 3"' if is_open or thing.ahead else ""
        line = f"M{number(start)} {number(y)}H{number(end)}"
        lines.append(f'<path class="bar" d="{line}" stroke="{colour}" stroke-width="6"{dashes}/>')
    else:
        lines.append(shape(thing.slot, (start + end) / 2, y, _RADIUS, hollow=thing.ahead))
    if thing.disputed:
        at = (start + end) / 2
        lines.append(
            f'<circle class="dispute" cx="{number(at)}" cy="{number(y)}" r="{number(_RADIUS + 1.8)}" fill="none" '
            'stroke="#8a4b00" stroke-width="1.4" stroke-dasharray="2 1.6"/>'
        )
    return [*lines, "</g>"]


def _start(span: Span) -> tuple[int, int]:
    known = span.begins if span.begins is not None else span.ends
    assert known is not None, "one of the two is known"
    return known


def _end(span: Span) -> tuple[int, int]:
    known = span.ends if span.ends is not None else span.begins
    assert known is not None, "one of the two is known"
    return known

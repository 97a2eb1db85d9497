"""A timeline: a lane for each group, a mark for each event above an axis of years, and the list of the events."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from asoen_graph import dates
from asoen_graph.answers.frame import ROOM, Item
from asoen_graph.drawing.columns import draw_columns
from asoen_graph.drawing.lettering import GREY, INK, draw_text, number
from asoen_graph.drawing.markup import element, tag
from asoen_graph.drawing.measure import width, wrap
from asoen_graph.drawing.page import MARGIN, Page

_COLOURS: Final = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000", "#56B4E9")
"""Okabe and Ito's, as the networks have; lanes are told apart by their place too."""
_HELD: Final = "held"
_NAMES: Final = 190.0
"""The room for the names of the lanes."""
_LEVEL: Final = 12.0
_RADIUS: Final = 4.5
_MARK: Final = 9.0
_RING: Final = 'stroke-width="1.6"'
_WORDS: Final = {
    "solid": {"en": "held", "vi": "đã họp"},
    "hollow": {"en": "not known to have been held", "vi": "chưa rõ đã họp hay chưa"},
    "lanes": {"en": "{count} events from {first} to {last}.", "vi": "{count} sự kiện từ {first} đến {last}."},
}


def draw(page: Page, items: Sequence[Item], language: str) -> str:
    """Draw the lanes and their list on the page; returns what it shows in words, event by event."""
    ordered = sorted(items, key=lambda item: (item.text("when") or "9999", _natural(item.text("mark")), item.name))
    lanes: dict[str, list[Item]] = {}
    for item in ordered:
        lanes.setdefault(item.text("lane"), []).append(item)
    days = [_middle(item) for item in ordered if _middle(item) is not None]
    first, last = min(day.year for day in days if day), max(day.year for day in days if day)
    start, end = date(first, 1, 1).toordinal(), date(last + 1, 1, 1).toordinal()
    left, across = MARGIN + _NAMES, ROOM - _NAMES - 10
    for rank, (lane, events) in enumerate(lanes.items()):
        _lane(page, lane, events, _COLOURS[rank % len(_COLOURS)], (left, across / (end - start), start))
    _axis(page, first, last, left, across / (last + 1 - first))
    _legend(page, items, language)
    groups = {lane: [_listed(item, language) for item in events] for lane, events in lanes.items()}
    page.add(*draw_columns(groups, MARGIN, page.y, ROOM))
    said = _say("lanes", language).format(count=len(items), first=first, last=last)
    return "\n".join((said, *(f"{lane}: {'; '.join(entries)}." for lane, entries in groups.items())))


def can_be_placed(item: Item) -> bool:
    """Whether the date of an event is known."""
    return _middle(item) is not None


def _lane(page: Page, lane: str, events: Sequence[Item], colour: str, scale: tuple[float, float, int]) -> None:
    left, day_width, start = scale
    ends: list[float] = []
    placed: list[tuple[Item, float, int]] = []
    for item in events:
        day = _middle(item)
        if day is None:
            continue
        x = left + (day.toordinal() - start) * day_width
        half = max(width(item.text("mark"), _MARK) / 2 + 2, _RADIUS + 1)
        level = next((rank for rank, end in enumerate(ends) if end <= x - half), len(ends))
        ends[level : level + 1] = [x + half]
        placed.append((item, x, level))
    height = max(1, len(ends)) * (_LEVEL * 2) + 10
    base = page.y + height
    lines = [f'<line x1="{number(left)}" x2="{number(MARGIN + ROOM)}" y1="{number(base)}" y2="{number(base)}" stroke="#9AA5B1"/>']  # fmt: skip  # noqa: E501
    for rank, line in enumerate(wrap(lane, 12 * 1.24, _NAMES - 12)):
        lines.append(draw_text(MARGIN, page.y + 22 + rank * 16, line, 12, bold=True))
    for item, x, level in placed:
        lines += _event(item, x, base - 8 - level * _LEVEL * 2, colour)
    page.add(lines, max(height, 16 * len(wrap(lane, 12 * 1.24, _NAMES - 12)) + 14) + 6)


def _event(item: Item, x: float, y: float, colour: str) -> list[str]:
    fill = colour if _is_held(item) else "#FFFFFF"
    words = ", ".join(part for part in (item.name, item.text("when"), item.text("place")) if part)
    mark = item.text("mark")
    return [
        tag("g", {"class": "event", "data-id": item.cells["name"].slug}),
        f" {element('title', {}, words)}",
        f' <circle cx="{number(x)}" cy="{number(y)}" r="{_RADIUS}" fill="{fill}" stroke="{colour}" {_RING}/>',
        *([f" {draw_text(x, y - _RADIUS - 2.5, mark, _MARK, anchor='middle')}"] if mark else []),
        "</g>",
    ]


def _axis(page: Page, first: int, last: int, left: float, year_width: float) -> None:
    step = next((step for step in (1, 2, 5, 10, 20, 50) if year_width * step >= 34), 100)
    lines = []
    for year in range(first - first % step, last + 2, step):
        if year >= first:
            x = left + (year - first) * year_width
            lines.append(f'<line x1="{number(x)}" x2="{number(x)}" y1="{number(page.y - 6)}" y2="{number(page.y)}" stroke="{INK}"/>')  # fmt: skip  # noqa: E501
            lines.append(draw_text(x, page.y + 13, str(year), 11, fill=GREY, anchor="middle"))
    page.add(lines, 26)


def _legend(page: Page, items: Sequence[Item], language: str) -> None:
    if all(_is_held(item) for item in items):
        return
    x, lines = MARGIN, []
    for words, fill in ((_say("solid", language), INK), (_say("hollow", language), "#FFFFFF")):
        lines.append(f'<circle cx="{number(x + 6)}" cy="{number(page.y + 8)}" r="{_RADIUS}" fill="{fill}" stroke="{INK}" stroke-width="1.6"/>')  # fmt: skip  # noqa: E501
        lines.append(draw_text(x + 16, page.y + 12, words, 12))
        x += 16 + width(words, 12) + 18
    page.add(lines, 30)


def _listed(item: Item, language: str) -> str:
    when = "–".join(dict.fromkeys(part for part in (item.text("when"), item.text("until")) if part))
    return ", ".join(part for part in (item.text("mark") or item.name, when, item.text("place")) if part) + item.cited


def _is_held(item: Item) -> bool:
    """Whether the event is known to have been held; a query without a status draws all alike."""
    status = item.cells.get("status")
    return status is None or status.value.rpartition("#")[2] == _HELD


def _middle(item: Item) -> date | None:
    """The day in the middle of what is known of the date."""
    text = item.text("when")
    try:
        low, high = dates.earliest(text), dates.latest(text)
    except ValueError:
        return None
    return date.fromordinal((low.toordinal() + high.toordinal()) // 2)


def _natural(text: str) -> tuple[int, str]:
    found = re.match(r"[0-9]+", text)
    return (int(found[0]) if found else 0, text)


def _say(word: str, language: str) -> str:
    return _WORDS[word].get(language) or _WORDS[word]["en"]

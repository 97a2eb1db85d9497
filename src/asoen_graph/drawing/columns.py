"""Lists in columns below a picture, each group under its heading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain, repeat
from typing import Final

from asoen_graph.drawing.lettering import draw_text
from asoen_graph.drawing.measure import BOLD, wrap

_SIZE: Final = 10.5
_LINE: Final = 14.5
_GAP: Final = 20.0
_INDENT: Final = 28.0
"""Before the lines of a numbered entry."""


def draw_columns(
    groups: Mapping[str, Sequence[str]], left: float, top: float, room: float, columns: int = 3
) -> tuple[list[str], float]:
    """The markup of the groups in so many columns of about the same height, and the height they take."""
    across = (room - _GAP * (columns - 1)) / columns
    lines: list[tuple[str, bool, float]] = []
    for heading, entries in groups.items():
        if heading:
            lines += [(line, True, 0.0) for line in wrap(heading, _SIZE * BOLD, across)]
        for entry in entries:
            first, *rest = wrap(entry, _SIZE, across - 8) or [""]
            lines += [(first, False, 0.0), *((line, False, 8.0) for line in rest)]
    high = -(-len(lines) // columns)
    while len(kept := _kept_together(lines, high)) > high * columns:
        high += 1
    markup = [
        draw_text(
            left + (rank // high) * (across + _GAP) + indent, top + (rank % high + 1) * _LINE, line, _SIZE, bold=bold
        )
        for rank, (line, bold, indent) in enumerate(kept)
        if line
    ]
    return markup, high * _LINE + 8


def draw_list(entries: Sequence[str], left: float, top: float, room: float, columns: int) -> tuple[list[str], float]:
    """The markup of a numbered list in so many columns of about the same height, and the height it takes."""
    across = (room - _GAP * (columns - 1)) / columns
    lines = [
        (line, f"{rank}." if first else "")
        for rank, entry in enumerate(entries, start=1)
        for line, first in zip(wrap(entry, _SIZE, across - _INDENT), chain((True,), repeat(False)), strict=False)
    ]
    high = -(-len(lines) // columns)
    markup = []
    for place, (line, mark) in enumerate(lines):
        x, y = left + (place // high) * (across + _GAP), top + (place % high + 1) * _LINE
        if mark:
            markup.append(draw_text(x + _INDENT - 6, y, mark, _SIZE, anchor="end"))
        markup.append(draw_text(x + _INDENT, y, line, _SIZE))
    return markup, high * _LINE + 8


def _kept_together(lines: list[tuple[str, bool, float]], high: int) -> list[tuple[str, bool, float]]:
    """The lines with gaps, so that no heading ends a column of that height and leaves its entries to the next."""
    kept: list[tuple[str, bool, float]] = []
    for line in lines:
        if line[1] and len(kept) % high == high - 1 and high > 1:
            kept.append(("", False, 0.0))
        kept.append(line)
    return kept

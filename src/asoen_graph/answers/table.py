"""The answer as a table for a terminal: labels instead of IRIs, numbers for sources, the sources below."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from asoen_graph.answers.sheet import Sheet
from asoen_graph.answers.width import pad, width_of, wrap

_GAP = "  "
_NARROWEST = 8
"""No column is made narrower than this to fit the terminal."""


def write(sheet: Sheet, width: int | None = None) -> bytes:
    """The table in UTF-8. With a ``width``, cells are wrapped so that lines fit the terminal if they can."""
    shown = [position for position, column in enumerate(sheet.columns) if not column.is_evidence]
    headings = [_one_line(sheet.columns[position].heading) for position in shown]
    rows = [[_one_line(row[position].text) for position in shown] for row in sheet.rows]
    right = [bool(rows) and all(row[n].is_number or row[n].term is None for row in sheet.rows) for n in shown]
    if sheet.has_sources:
        headings.append(sheet.say("sources"))
        right.append(False)
        for row, numbers in zip(rows, sheet.sources, strict=True):
            row.append(" ".join(f"[{number}]" for number in numbers))
    lines = _lines(headings, rows, right, width)
    if sheet.footnotes:
        lines.append("")
        digits = len(str(len(sheet.footnotes)))
        for number, note in enumerate(sheet.footnotes, 1):
            lines += _footnote(f"[{number}]".rjust(digits + 2), _one_line(note), width)
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def _lines(
    headings: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool], width: int | None
) -> list[str]:
    if not headings:
        return []
    widths = [max(map(width_of, column)) for column in zip(headings, *rows, strict=True)]
    if width is not None:
        widths = _narrowed(widths, width)
    head = _row(headings, widths, right)
    rule = _GAP.join("─" * each for each in widths)
    return [*head, rule, *(line for row in rows for line in _row(row, widths, right))]


def _row(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> list[str]:
    columns = [
        wrap(cell, width) if width_of(cell) > width else [cell] for cell, width in zip(cells, widths, strict=True)
    ]
    lines = []
    for number in range(max(map(len, columns))):
        parts = [column[number] if number < len(column) else "" for column in columns]
        padded = (pad(part, width, right=side) for part, width, side in zip(parts, widths, right, strict=True))
        lines.append(_GAP.join(padded).rstrip())
    return lines


def _narrowed(widths: Sequence[int], width: int) -> list[int]:
    """The widths with the widest columns made narrower until a row fits, as far as that goes."""
    found = list(widths)
    room = width - len(_GAP) * (len(found) - 1)
    while sum(found) > room and max(found) > _NARROWEST:
        widest = max(found)
        second = max((each for each in found if each < widest), default=_NARROWEST)
        count = found.count(widest)
        least = max(second, _NARROWEST, widest - -(-(sum(found) - room) // count))
        found = [least if each == widest else each for each in found]
    return found


def _footnote(mark: str, note: str, width: int | None) -> list[str]:
    indent = len(mark) + 1
    lines = [note] if width is None else wrap(note, max(width - indent, _NARROWEST))
    return [f"{mark if number == 0 else ' ' * len(mark)} {line}" for number, line in enumerate(lines)]


def _one_line(text: str) -> str:
    """The text without line ends and control characters, which could drive the reader's terminal."""
    return "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text)

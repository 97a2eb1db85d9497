"""The answer as a Markdown table (GitHub's flavour) with footnotes."""

from __future__ import annotations

import re

from asoen_graph.answers.sheet import Cell, Sheet

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")


def write(sheet: Sheet, format: str = "md") -> bytes:
    """The table in UTF-8, with the title as a heading and the sources as footnotes."""
    shown = [position for position, column in enumerate(sheet.columns) if not column.is_evidence]
    lines = [f"# {escape(sheet.title)}", ""] if sheet.title else []
    heads = [escape(sheet.columns[position].heading) for position in shown]
    heads += [sheet.say("sources")] if sheet.has_sources else []
    lines += [_line(heads), _line([_rule(sheet, position) for position in shown] + ["---"] * sheet.has_sources)]
    for row, numbers in zip(sheet.rows, sheet.sources, strict=True):
        cells = [_cell(row[position]) for position in shown]
        cells += ["".join(f"[^{number}]" for number in numbers)] if sheet.has_sources else []
        lines.append(_line(cells))
    if not sheet.rows:
        lines += ["", sheet.say("none")]
    if sheet.footnotes:
        lines.append("")
    for number, (note, address) in enumerate(zip(sheet.footnotes, sheet.addresses, strict=True), 1):
        lines.append(f"[^{number}]: {escape(note)}" + (f" <{address}>" if _is_plain(address) else ""))
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _rule(sheet: Sheet, position: int) -> str:
    numbers = [row[position].is_number for row in sheet.rows if row[position].term is not None]
    return "--:" if numbers and all(numbers) else "---"


def _cell(cell: Cell) -> str:
    text = escape(cell.text)
    return text if not cell.slug or not cell.label else f"{escape(cell.label)} (`{cell.slug}`)"


def escape(text: str) -> str:
    """The text in one line, with nothing in it that Markdown would take for its own."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _is_plain(address: str) -> bool:
    return address.startswith(("http://", "https://")) and not re.search(r"[<>\s]", address)

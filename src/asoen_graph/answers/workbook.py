"""The answer as an Excel workbook: the rows on the first sheet, the sources on the second.

Texts are always written as texts: a value that begins with ``=`` is never a formula.
"""

from __future__ import annotations

import importlib
import io
import math
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from asoen_graph.answers.delimited import BETWEEN, labelled_columns
from asoen_graph.answers.rows import sources_key
from asoen_graph.answers.sheet import Cell, Sheet
from asoen_graph.errors import LimitReached, QueryError
from asoen_graph.messages import tell

MOST_ROWS = 1_048_575
"""The rows an Excel sheet holds below its heading."""

_LONGEST_TEXT = 32_767
_EXACT = 10**15
"""Excel keeps fifteen digits; longer numbers stay texts."""
_EPOCH = datetime(1980, 1, 1)
"""The date in the file's properties: the same answer must be the same bytes each time."""


def write(sheet: Sheet, format: str = "xlsx") -> bytes:
    """The workbook. Raises LimitReached where Excel cannot hold it, QueryError where xlsxwriter is not installed."""
    return _workbook(sheet.title, {"Answer": sheet}, sheet if sheet.has_sources else None)


def write_pages(title: str, pages: Mapping[str, Sheet]) -> bytes:
    """A workbook of several sheets without sources, by the names of its pages. Raises what ``write`` raises."""
    return _workbook(title, pages, None)


def _workbook(title: str, pages: Mapping[str, Sheet], sourced: Sheet | None) -> bytes:
    try:
        xlsxwriter = importlib.import_module("xlsxwriter")
    except ImportError as error:
        raise QueryError(tell("query.xlsx"), tell("query.xlsx-install")) from error
    longest = max(len(sheet.rows) for sheet in pages.values())
    if longest > MOST_ROWS:
        raise LimitReached("rows", tell("query.excel", most_rows=MOST_ROWS, longest=longest), tell("query.take-csv"))
    output = io.BytesIO()
    workbook = xlsxwriter.Workbook(output, {"in_memory": True})
    workbook.set_properties({"title": title, "created": _EPOCH})
    bold = workbook.add_format({"bold": True, "bottom": 1})
    for name, sheet in pages.items():
        _write_rows(workbook.add_worksheet(name), sheet, bold)
    if sourced is not None:
        _write_sources(workbook.add_worksheet(sourced.say("sources")), sourced, bold)
    workbook.close()
    return output.getvalue()


def _write_rows(page: Any, sheet: Sheet, bold: Any) -> None:
    labelled = labelled_columns(sheet)
    heads = []
    for column in sheet.columns:
        heads += [column.heading, f"{column.heading} (IRI)"] if column.name in labelled else [column.heading]
    heads += [sources_key(sheet)] if sheet.has_sources else []
    _write_head(page, heads, bold)
    for number, row in enumerate(sheet.rows, 1):
        position = 0
        for column, cell in zip(sheet.columns, row, strict=True):
            if column.name in labelled:
                page.write_string(number, position, _clipped(cell.label or cell.value))
                page.write_string(number, position + 1, _clipped(cell.value))
                position += 2
            else:
                _write_cell(page, number, position, cell)
                position += 1
        if sheet.has_sources:
            notes = BETWEEN.join(sheet.footnotes[each - 1] for each in sheet.sources[number - 1])
            page.write_string(number, position, _clipped(notes))
    _finish(page, len(sheet.rows), len(heads))


def _write_sources(page: Any, sheet: Sheet, bold: Any) -> None:
    _write_head(page, ["No.", sheet.say("sources"), "URL"], bold)
    for number, (note, address) in enumerate(zip(sheet.footnotes, sheet.addresses, strict=True), 1):
        page.write_number(number, 0, number)
        page.write_string(number, 1, _clipped(note))
        page.write_string(number, 2, _clipped(address))
    _finish(page, len(sheet.footnotes), 3)


def _write_head(page: Any, heads: list[str], bold: Any) -> None:
    for position, head in enumerate(heads):
        page.write_string(0, position, _clipped(head), bold)


def _finish(page: Any, rows: int, columns: int) -> None:
    page.freeze_panes(1, 0)
    if columns:
        page.set_column(0, columns - 1, 24)
        page.autofilter(0, 0, max(rows, 1), columns - 1)


def _write_cell(page: Any, row: int, column: int, cell: Cell) -> None:
    number = _number(cell)
    if number is None:
        page.write_string(row, column, _clipped(cell.text if cell.slug else cell.value))
    else:
        page.write_number(row, column, number)


def _number(cell: Cell) -> float | None:
    if not cell.is_number:
        return None
    try:
        number = float(cell.value)
    except ValueError:
        return None
    return number if math.isfinite(number) and abs(number) < _EXACT else None


def _clipped(text: str) -> str:
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"

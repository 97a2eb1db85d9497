"""The answer as Parquet, for data frames: a column for each variable, its labels, and a list of sources for each row.

A column is of numbers or booleans where every value is; everything else is text, dates included, for they have
different precisions.
"""

from __future__ import annotations

import importlib
import io
from typing import Any

from pyoxigraph import Literal

from asoen_graph.answers.delimited import labelled_columns
from asoen_graph.answers.rows import records, sources_key
from asoen_graph.answers.sheet import Cell, Sheet
from asoen_graph.errors import QueryError
from asoen_graph.iris import XSD
from asoen_graph.messages import tell


def write(sheet: Sheet, format: str = "parquet") -> bytes:
    """The file. Raises QueryError where pyarrow, which is not among the requirements, is not installed."""
    try:
        arrow = importlib.import_module("pyarrow")
        parquet = importlib.import_module("pyarrow.parquet")
    except ImportError as error:
        hint = tell("query.parquet-install")
        raise QueryError(tell("query.parquet"), hint) from error
    output = io.BytesIO()
    parquet.write_table(_table(sheet, arrow), output)
    return output.getvalue()


def _table(sheet: Sheet, arrow: Any) -> Any:
    labelled = labelled_columns(sheet)
    arrays: dict[str, Any] = {}
    for position, column in enumerate(sheet.columns):
        cells = [row[position] for row in sheet.rows]
        arrays[column.name] = _array(cells, arrow)
        if column.name in labelled:
            arrays[f"{column.name}Label"] = arrow.array([cell.label or None for cell in cells], arrow.string())
    if sheet.has_sources:
        key = sources_key(sheet)
        texts = [[source["text"] for source in record[key]] for record in records(sheet)]
        arrays[key] = arrow.array(texts, arrow.list_(arrow.string()))
    return arrow.table(arrays)


def _array(cells: list[Cell], arrow: Any) -> Any:
    types = {
        cell.term.datatype.value if isinstance(cell.term, Literal) else "" for cell in cells if cell.term is not None
    }
    try:
        if types == {XSD + "integer"}:
            return arrow.array([None if cell.term is None else int(cell.value) for cell in cells], arrow.int64())
        if types == {XSD + "boolean"}:
            return arrow.array([None if cell.term is None else cell.value in ("true", "1") for cell in cells])
        if types and all(cell.is_number for cell in cells if cell.term is not None):
            return arrow.array([None if cell.term is None else float(cell.value) for cell in cells], arrow.float64())
    except (ValueError, OverflowError, arrow.ArrowInvalid):
        pass  # Numbers that are none, or too long for a column of numbers, stay as they are written.
    return arrow.array([None if cell.term is None else cell.value for cell in cells], arrow.string())

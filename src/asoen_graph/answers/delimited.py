"""The answer as CSV or TSV: what the query projects, and beside it labels and sources.

A column ``<variable>Label`` follows each variable that holds labelled things, ``sources`` comes last. CSV is RFC 4180
in UTF-8, TSV the same with tabs (white space inside a value becomes a space). Values are written as they are: a text
that begins with ``=``, ``+``, ``-`` or ``@`` is data, and changing it would be wrong data. Who opens the file in a
spreadsheet imports columns as text, or takes XLSX, where no text is ever a formula.
"""

from __future__ import annotations

from asoen_graph.answers.rows import sources_key
from asoen_graph.answers.sheet import Sheet

BETWEEN = " | "
"""What stands between two sources of one row."""


def write(sheet: Sheet, format: str = "csv") -> bytes:
    """The sheet as ``csv`` or ``tsv``, lines ended by CR LF or LF."""
    import csv
    import io

    output = io.StringIO()
    is_csv = format == "csv"
    writer = csv.writer(output, lineterminator="\r\n") if is_csv else None
    for record in lines(sheet):
        if writer is not None:
            writer.writerow(record)
        else:
            output.write("\t".join(" ".join(value.split()) for value in record) + "\n")
    return output.getvalue().encode("utf-8", "replace")


def lines(sheet: Sheet) -> list[list[str]]:
    """The heading and the rows, with the columns for labels and sources."""
    labelled = labelled_columns(sheet)
    head = [name for column in sheet.columns for name in _names(column.name, column.name in labelled)]
    if sheet.has_sources:
        head.append(sources_key(sheet))
    body = []
    for row, numbers in zip(sheet.rows, sheet.sources, strict=True):
        record = []
        for column, cell in zip(sheet.columns, row, strict=True):
            record += [cell.value, cell.label] if column.name in labelled else [cell.value]
        if sheet.has_sources:
            record.append(BETWEEN.join(sheet.footnotes[number - 1] for number in numbers))
        body.append(record)
    return [head, *body]


def labelled_columns(sheet: Sheet) -> set[str]:
    """The variables that hold something with a label in at least one row."""
    return {
        column.name
        for position, column in enumerate(sheet.columns)
        if not column.is_evidence and any(row[position].label for row in sheet.rows)
    }


def _names(name: str, labelled: bool) -> list[str]:
    return [name, f"{name}Label"] if labelled else [name]

"""Every form that measures can be written in as a table. The module of a form is imported when it is used.

What the measures mean and where they are defined comes with them in every form that has room for it. CSV has none: its
definitions are a second file, in the form the W3C recommends for that (``csvw``).
"""

from __future__ import annotations

import importlib
from typing import Final

from asoen_graph.errors import UnknownName
from asoen_graph.network.formats import Format
from asoen_graph.network.measures.computing import Measured
from asoen_graph.text import nearest

FORMS: Final[dict[str, Format]] = {
    "table": Format("text/plain; charset=utf-8", "txt", "a table for the terminal", "text"),
    "csv": Format("text/csv; charset=utf-8", "csv", "a row for each node, for any program", "delimited"),
    "tsv": Format("text/tab-separated-values; charset=utf-8", "tsv", "the same with tabs", "delimited"),
    "csvw": Format("application/csvm+json", "csv-metadata.json", "what the columns of the CSV mean", "csvw"),
    "json": Format("application/json", "json", "nodes, network and definitions in one document", "document"),
    "xlsx": Format(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsx",
        "an Excel workbook: nodes, network, definitions",
        "workbook",
    ),
    "md": Format("text/markdown; charset=utf-8", "md", "tables and definitions for a report", "markdown"),
}
"""The forms by name."""


def find_form(name: str) -> str:
    """The name, if a form is called so. Raises UnknownName with the nearest."""
    if name not in FORMS:
        raise UnknownName("form of measures", name, nearest(name, FORMS) or tuple(FORMS))
    return name


def write(measured: Measured, form: str) -> bytes:
    """The measures in a form, by its name. Raises UnknownName."""
    module = importlib.import_module(f"{__name__}.{FORMS[find_form(form)].module}")
    written: bytes = module.write(measured, form)
    return written

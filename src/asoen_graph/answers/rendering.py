"""Writing an answer in a format."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

from asoen_graph.answers import find_format
from asoen_graph.errors import QueryError
from asoen_graph.messages import tell
from asoen_graph.store import Answer, GraphAnswer, GraphStore

if TYPE_CHECKING:
    from asoen_graph.answers.frame import Frame
    from asoen_graph.answers.sheet import Sheet

_PLAIN = {"csv": "text/csv", "tsv": "text/tab-separated-values"}
"""The forms for people that are also formats of SPARQL, once labels and sources are left out."""


def render(
    answer: Answer,
    format: str,
    store: GraphStore,
    language: str = "en",
    *,
    headings: Mapping[str, str] | None = None,
    title: str = "",
    plain: bool = False,
    width: int | None = None,
    frame: Frame | None = None,
) -> bytes:
    """The answer in a format.

    ``language`` is that of labels, locators and words; ``headings`` names columns by variable; ``title`` heads pages
    and sheets. ``plain`` leaves out what the query does not project (CSV and TSV are then SPARQL's own). ``width`` is
    that of the terminal in columns, if lines are to be wrapped; ``frame`` says what a picture draws. Raises UnknownName
    for a format that does not exist and QueryError for one the answer has no form in.
    """
    format_ = find_format(format)
    if plain and format in _PLAIN and not isinstance(answer, GraphAnswer):
        format_ = format_._replace(media_type=_PLAIN[format], module="results", is_for_people=False)
    module = importlib.import_module(f"asoen_graph.answers.{format_.module}")
    if not format_.is_for_people:
        if isinstance(answer, GraphAnswer) != (format_.module == "triples") and format != "xml":
            key = "query.format-graph" if isinstance(answer, GraphAnswer) else "query.format-table"
            raise QueryError(tell(key, format=format), tell("query.try-table"))
        written: bytes = module.write(answer, format_.media_type)
        return written
    from asoen_graph.answers.sheet import make_sheet

    sheet = make_sheet(answer, store, language, headings=headings or {}, title=title, plain=plain)
    return render_sheet(sheet, format, width=width, frame=frame)


def render_sheet(sheet: Sheet, format: str, *, width: int | None = None, frame: Frame | None = None) -> bytes:
    """The sheet of an answer in a format for people. Raises what ``render`` raises."""
    module = importlib.import_module(f"asoen_graph.answers.{find_format(format).module}")
    extra = {"table": width, "svg": frame}.get(format, format)
    rendered: bytes = module.write(sheet, extra)
    return rendered

"""The answer to a query as a table of a page: what its cells lead to, and the sources of each row below."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from asoen_graph.answers.sheet import Cell, Sheet
from asoen_graph.evidence import Citation
from asoen_graph.iris import ENTITY, FACT, SOURCE, compact
from asoen_graph.server.pages import local

ROWS: Final = 500
"""So many rows stand on a page."""
_DATE: Final = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
_MOST_FACTS: Final = 12


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A value as it is read, and where it leads (nowhere for most literals)."""

    text: str
    address: str
    language: str
    kind: str
    """``number``, ``date`` or nothing."""


@dataclass(frozen=True, slots=True)
class Note:
    """A place in a document: who says so, and the facts that stand there."""

    number: int
    text: str
    source: str
    """Where the page of the document is."""
    facts: tuple[str, ...]
    """Where the pages of the facts are, the first of them."""
    more: int


@dataclass(frozen=True, slots=True)
class Table:
    """A part of the rows, counted from 0, with their sources."""

    headings: tuple[tuple[str, bool], ...]
    """Each with whether its cells are numbers."""
    rows: tuple[tuple[tuple[ShownCell, ...], tuple[int, ...]], ...]
    notes: tuple[Note, ...]
    total: int
    first: int
    has_sources: bool


def table(sheet: Sheet, page: int, language: str) -> Table:
    """The page of the rows of a sheet, pages counted from 1."""
    begin = max(0, page - 1) * ROWS
    end = min(begin + ROWS, len(sheet.rows))
    shown = [place for place, column in enumerate(sheet.columns) if not column.is_evidence]
    rows = tuple(
        (tuple(_cell(sheet.rows[number][place], language) for place in shown), sheet.sources[number])
        for number in range(begin, end)
    )
    headings = tuple((sheet.columns[place].heading, any(row[place].is_number for row in sheet.rows)) for place in shown)
    return Table(headings, rows, _notes(sheet, range(begin, end), language), len(sheet.rows), begin, sheet.has_sources)


def _cell(cell: Cell, language: str) -> ShownCell:
    term = cell.term
    if term is None:
        return ShownCell("", "", "", "")
    if isinstance(term, NamedNode):
        return ShownCell(cell.label or compact(term.value), _address(term.value, language), "", "")
    if isinstance(term, Literal):
        is_link = term.value.startswith(("http://", "https://")) and " " not in term.value
        kind = "number" if cell.is_number else "date" if _DATE.fullmatch(term.value) else ""
        return ShownCell(term.value, term.value if is_link else "", term.language or "", kind)
    return ShownCell(cell.value, "", "", "")


def _address(iri: str, language: str) -> str:
    for namespace in (ENTITY, SOURCE, FACT):
        if iri.startswith(namespace):
            return f"{local(iri)}.html?lang={language}"
    return local(iri) if iri.startswith(("http://", "https://")) else ""


def _notes(sheet: Sheet, numbers: Iterable[int], language: str) -> tuple[Note, ...]:
    """The sources of these rows, by number; facts that share source and place share a note."""
    cited: dict[str, dict[str, Citation]] = {}
    for number in numbers:
        for citation in sheet.citations[number]:
            cited.setdefault(citation.text(language), {})[citation.fact] = citation
    found = []
    for number, text in enumerate(sheet.footnotes, 1):
        citations = list(cited.get(text, {}).values())
        if citations:
            facts = [_address(each.fact, language) for each in citations]
            source = _address(citations[0].source, language)
            found.append(Note(number, text, source, tuple(facts[:_MOST_FACTS]), max(0, len(facts) - _MOST_FACTS)))
    return tuple(found)

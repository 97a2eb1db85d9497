"""An Excel workbook (Office Open XML): what the network is, its nodes, its links, and each fact with its source.

Texts are always texts: a label that begins with ``=`` is never a formula. A row goes to disk as soon as the next one
starts, so that large networks need little memory. Excel holds 1,048,575 rows below a heading, more are refused; and
32,767 characters in a cell, a longer text ends in an ellipsis. Line breaks of every kind become those of Excel, and
characters that XML 1.0 cannot hold U+FFFD.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO, Final

from asoen_graph.errors import NetworkError
from asoen_graph.iris import compact
from asoen_graph.messages import tell
from asoen_graph.network.formats import edgelist, nodelist
from asoen_graph.network.formats.headings import heading
from asoen_graph.network.model import Network, Value
from asoen_graph.network.words import spoken_counts, spoken_period

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS: Final = 1_048_575
_LONGEST_TEXT: Final = 32_767
_EPOCH: Final = datetime(1980, 1, 1)
"""The date in the file's properties: the same network must be the same bytes each time."""
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAK = re.compile("\r\n?")
_WIDTHS: Final = {"label": 36, "source_label": 36, "target_label": 36, "sources": 60, "citation": 80, "document": 50}
_WIDTH: Final = 18
_EVIDENCE: Final = ("fact", "citation", "document", "publisher", "published", "place", "address")


def write_to(network: Network, file: BinaryIO) -> None:
    """Write the workbook. Raises NetworkError where a sheet cannot hold it."""
    import xlsxwriter

    facts = {citation.fact for edge in network.edges for citation in edge.citations}
    longest = max(len(network.nodes), len(network.edges), len(facts))
    if longest > MOST_ROWS:
        raise NetworkError(tell("network.sheet", most_rows=MOST_ROWS, longest=longest), tell("network.sheet-hint"))
    # Aside, because a file that cannot be rewound gets another kind of ZIP.
    with tempfile.TemporaryFile() as aside:
        workbook = xlsxwriter.Workbook(aside, {"constant_memory": True})
        workbook.set_properties({"title": _clean(network.title), "created": _EPOCH})
        _Sheets(workbook, network).write(len(facts))
        workbook.close()
        aside.seek(0)
        shutil.copyfileobj(aside, file)


class _Sheets:
    """The sheets of a network, written one after the other."""

    def __init__(self, workbook: Workbook, network: Network) -> None:
        self._workbook = workbook
        self._network = network
        self._bold: Format = workbook.add_format({"bold": True, "bottom": 1})

    def write(self, facts: int) -> None:
        network = self._network
        self._about()
        self._table("nodes", nodelist.columns(network), nodelist.rows(network), len(network.nodes))
        self._table("links", edgelist.columns(network), _links(network), len(network.edges))
        self._table("evidence", _EVIDENCE, _evidence(network), facts)

    def _about(self) -> None:
        page = self._workbook.add_worksheet(self._say("about"))
        page.set_column(0, 0, 24, self._workbook.add_format({"bold": True}))
        page.set_column(1, 1, 100)
        for number, (name, text) in enumerate(_about(self._network)):
            page.write_string(number, 0, self._say(name))
            page.write_string(number, 1, _clipped(text))

    def _table(self, name: str, columns: Sequence[str], rows: Iterable[Mapping[str, Value]], count: int) -> None:
        page = self._workbook.add_worksheet(self._say(name))
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, max(count, 1), len(columns) - 1)
        for position, column in enumerate(columns):
            page.set_column(position, position, _WIDTHS.get(column, _WIDTH))
            page.write_string(0, position, _clipped(self._say(column)), self._bold)
        for number, row in enumerate(rows, start=1):
            for position, column in enumerate(columns):
                _write_cell(page, number, position, row.get(column))

    def _say(self, name: str) -> str:
        return heading(name, self._network.language)


def _write_cell(page: Worksheet, row: int, column: int, value: Value | None) -> None:
    if isinstance(value, str):
        page.write_string(row, column, _clipped(value))
    elif isinstance(value, bool):
        page.write_boolean(row, column, value)
    elif value is not None:
        page.write_number(row, column, value)


def _about(network: Network) -> Iterator[tuple[str, str]]:
    language, period = network.language, network.period
    yield "title", network.title or network.name
    if network.description:
        yield "description", network.description
    if network.weight_label:
        yield "weights", network.weight_label
    if period is not None:
        yield "period", spoken_period(period, language)
    yield "size", spoken_counts(len(network.nodes), len(network.edges), language)
    yield "directed", heading("directed yes" if network.directed else "directed no", language)
    if network.release:
        yield "release", network.release
    yield from (("note", note) for note in network.notes)


def _links(network: Network) -> Iterator[dict[str, Value]]:
    for edge, row in zip(network.edges, edgelist.rows(network), strict=True):
        # As short as on the sheet of sources: a cell holds five hundred IRIs at most.
        yield row | {"facts": " ".join(map(compact, edge.facts))}


def _evidence(network: Network) -> Iterator[dict[str, Value]]:
    """Each fact once, in the order in which links rest on them."""
    language = network.language
    seen: set[str] = set()
    for citation in (citation for edge in network.edges for citation in edge.citations):
        if citation.fact in seen:
            continue
        seen.add(citation.fact)
        yield {
            "fact": compact(citation.fact),
            "citation": citation.text(language),
            "document": citation.title,
            "publisher": citation.publisher,
            "published": citation.published,
            "place": citation.place(language) if citation.locator else "",
            "address": " ".join(document.url for document in citation.documents if document.url),
        }


def _clipped(text: str) -> str:
    clean = _clean(text)
    return clean if len(clean) <= _LONGEST_TEXT else clean[: _LONGEST_TEXT - 1] + "…"


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", _BREAK.sub("\n", text))

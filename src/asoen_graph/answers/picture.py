"""An answer as a picture: a map or a timeline in SVG, with its list and its sources below it.

The header of a query says what is drawn: its view, and under ``picture`` which column plays which role. The same answer
gives the same bytes.
"""

from __future__ import annotations

import importlib
from typing import Final

from asoen_graph.answers.frame import ROOM, Frame, Item
from asoen_graph.answers.sheet import Cell, Sheet
from asoen_graph.drawing.lettering import GREY
from asoen_graph.drawing.page import Page
from asoen_graph.errors import QueryError
from asoen_graph.messages import tell

_PLACED_BY: Final = {"map": "point", "timeline": "when"}
"""The role that places a row in the picture of each view."""

_SEVERAL: Final = {"timeline": "place"}
"""The role of each view that may have several values: rows that differ in nothing else are one mark."""

_WORDS: Final = {
    "sources": {"en": "Sources", "vi": "Nguồn"},
    "data": {"en": "Data: {release}.", "vi": "Dữ liệu: {release}."},
    "rows": {"en": "{drawn} drawn.", "vi": "Vẽ {drawn} mục."},
    "left out": {
        "en": "{count} more cannot be placed; only listed.",
        "vi": "{count} mục khác không định vị được nên chỉ được liệt kê.",
    },
    "untitled": {"en": "Answer", "vi": "Trả lời"},
}


def write(sheet: Sheet, frame: Frame | None) -> bytes:
    """The picture in UTF-8. Raises QueryError where the query has no map or timeline, or no row can be placed."""
    if frame is None or frame.view not in _PLACED_BY or not frame.roles:
        raise QueryError(tell("query.no-picture"), tell("query.pictures"))
    items = _items(sheet, frame)
    module = importlib.import_module(f"asoen_graph.answers.{frame.view}")
    drawn = sum(map(module.can_be_placed, items))
    if not drawn:
        raise QueryError(tell("query.nothing-to-draw"), tell("query.ask-more"))
    page = Page(ROOM)
    page.paragraph(sheet.title or _say("untitled", sheet.language), 20, bold=True)
    page.paragraph(frame.description, 13, fill=GREY)
    page.y += 12
    description = module.draw(page, items, sheet.language)
    _foot(page, sheet, frame, drawn, len(items) - drawn)
    return page.written(frame.view, sheet.title or _say("untitled", sheet.language), description, sheet.language)


def _items(sheet: Sheet, frame: Frame) -> list[Item]:
    """The rows to draw, each once: what has the same cell in every role is one, whatever else its rows tell."""
    columns = {column.name: position for position, column in enumerate(sheet.columns)}
    several = _SEVERAL.get(frame.view, "")
    found: dict[tuple[tuple[str, str], ...], tuple[dict[str, Cell], dict[str, Cell], set[int]]] = {}
    for row, sources in zip(sheet.rows, sheet.sources, strict=True):
        cells = {role: row[columns[name]] for role, name in frame.roles.items() if name in columns}
        name = cells.get("name")
        if name is None or name.term is None:
            continue
        key = tuple((role, cell.value) for role, cell in cells.items() if role != several)
        _, values, numbers = found.setdefault(key, (cells, {}, set()))
        if several in cells:
            values[cells[several].value] = cells[several]
        numbers.update(sources)
    return [
        Item(cells, tuple(sorted(numbers)), {several: tuple(values.values())[1:]})
        for cells, values, numbers in found.values()
    ]


def _foot(page: Page, sheet: Sheet, frame: Frame, drawn: int, left_out: int) -> None:
    language = sheet.language
    sentences = [_say("rows", language).format(drawn=drawn)]
    if left_out:
        sentences.append(_say("left out", language).format(count=left_out))
    if frame.release:
        sentences.append(_say("data", language).format(release=frame.release))
    page.y += 10
    page.paragraph(" ".join(sentences), 12, fill=GREY)
    if sheet.footnotes:
        page.y += 6
        page.paragraph(_say("sources", language), 12, bold=True)
        for rank, note in enumerate(sheet.footnotes, start=1):
            page.paragraph(note, 9, mark=f"{rank}.")


def _say(word: str, language: str) -> str:
    return _WORDS[word].get(language) or _WORDS[word]["en"]

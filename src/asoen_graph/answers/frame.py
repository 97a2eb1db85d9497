"""What the picture of an answer is told beside the rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from asoen_graph.answers.sheet import Cell

ROOM: Final = 980.0
"""The width of a picture between its margins."""


class Frame(NamedTuple):
    """The view, the column of each role, and the words around the picture."""

    view: str
    roles: Mapping[str, str]
    description: str = ""
    release: str = ""


class Item(NamedTuple):
    """A row to draw: the cells of its roles, and the numbers of the footnotes with its sources."""

    cells: Mapping[str, Cell]
    sources: tuple[int, ...]
    more: Mapping[str, tuple[Cell, ...]] = {}
    """Further values of a role, where it has several: the places of a meeting."""

    @property
    def name(self) -> str:
        """What the row is about."""
        return self.text("name")

    @property
    def cited(self) -> str:
        """The numbers of its sources as they stand after its entry in the list."""
        return f" [{', '.join(map(str, self.sources))}]" if self.sources else ""

    def text(self, role: str) -> str:
        """The value of a role for reading; empty where there is none."""
        cells = (self.cells.get(role), *self.more.get(role, ()))
        return "; ".join(cell.label or cell.value for cell in cells if cell is not None and cell.term is not None)

"""A picture while it grows from top to bottom: paragraphs and drawings under one another, one SVG 1.1 file at the end.

The file needs no font, style sheet or script from outside. To a screen reader it is one image: ``<title>`` says what it
shows, ``<desc>`` what is in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from asoen_graph.drawing.lettering import INK, draw_text, number
from asoen_graph.drawing.markup import DECLARATION, block, element, identifier, tag
from asoen_graph.drawing.measure import BOLD, FONTS, wrap

MARGIN: Final = 32.0


class Page:
    """What has been drawn; ``room`` is the width between the margins, ``y`` is where the next thing goes."""

    def __init__(self, room: float) -> None:
        self.room = room
        self.y = MARGIN
        self._lines: list[str] = []

    @property
    def width(self) -> float:
        """The width of the page with its margins."""
        return self.room + 2 * MARGIN

    @property
    def height(self) -> float:
        """The height of the page as far as it has grown."""
        return self.y + MARGIN / 2

    def paragraph(self, content: str, size: float, *, fill: str = INK, bold: bool = False, mark: str = "") -> None:
        """A text over as many lines as it needs; ``mark`` stands before its first line, the others are set in."""
        indent = size * 2 if mark else 0.0
        lines = wrap(content, size * (BOLD if bold else 1), self.room - indent)
        if mark and lines:
            self._lines.append(draw_text(MARGIN, self.y + size, mark, size, fill=fill))
        for line in lines:
            self._lines.append(draw_text(MARGIN + indent, self.y + size, line, size, fill=fill, bold=bold))
            self.y += size * 1.4
        self.y += size * 0.3 if lines else 0

    def add(self, lines: Iterable[str], height: float) -> None:
        """Markup that was drawn for this place, and how much of the page it takes."""
        self._lines += lines
        self.y += height

    def written(self, name: str, title: str, description: str, language: str) -> bytes:
        """The whole file in UTF-8; ``name`` begins the identifiers in it."""
        size = number(self.width), number(self.height)
        name = identifier(name)
        root = {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": size[0],
            "height": size[1],
            "viewBox": f"0 0 {size[0]} {size[1]}",
            "xml:lang": language,
            "font-family": FONTS,
            "role": "img",
            "aria-labelledby": f"{name}-title",
            "aria-describedby": f"{name}-description",
        }
        lines = [
            element("title", {"id": f"{name}-title"}, title),
            element("desc", {"id": f"{name}-description"}, description),
            tag("rect", {"width": size[0], "height": size[1], "fill": "#FFFFFF"}, closed=True),
            *self._lines,
        ]
        return (DECLARATION + "\n".join(block("svg", root, lines)) + "\n").encode()

"""The boxes of a picture: the label of a node in as many lines as it needs, and the mark of its kind."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from asoen_graph.drawing.lettering import INK, draw_text, number
from asoen_graph.drawing.markup import element, tag
from asoen_graph.drawing.measure import width, wrap_evenly
from asoen_graph.network.model import Node
from asoen_graph.network.picture.changes import draw_sign
from asoen_graph.network.picture.layout import Box
from asoen_graph.network.picture.palette import KindStyle
from asoen_graph.network.words import say

SIZE: Final = 13.0
"""Font size of labels, in the units of the picture."""
_LINE: Final = 16.5
_TALL_LINE: Final = 24.0
_TALL = re.compile("[\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
"""Scripts that stack signs above and below their letters."""

_LABEL_LIMIT: Final = 148.0
_PADDING: Final = (9.0, 6.0)
_MARK: Final = 7.0
"""The radius of a mark."""
_MARK_ROOM: Final = 22.0
_STAR_INNER: Final = 0.45


@dataclass(frozen=True, slots=True)
class Card:
    """A node's label broken into lines, and the size of the box that holds it."""

    node: Node
    lines: tuple[str, ...]
    line_height: float
    width: float
    height: float

    @classmethod
    def of(cls, node: Node, limit: float = _LABEL_LIMIT) -> Card:
        """The card of a node, its lines no wider than the limit; a label of white space alone is replaced by the id."""
        lines = wrap_evenly(node.label, SIZE, limit) or wrap_evenly(node.id, SIZE, limit)
        widest = max(width(line, SIZE) for line in lines)
        line_height = _TALL_LINE if _TALL.search("".join(lines)) else _LINE
        return cls(
            node=node,
            lines=tuple(lines),
            line_height=line_height,
            width=round(widest + _MARK_ROOM + 2 * _PADDING[0], 1),
            height=round(len(lines) * line_height + 2 * _PADDING[1], 1),
        )


def draw_card(card: Card, box: Box, style: KindStyle, language: str) -> Iterator[str]:
    """The markup of a card in its box: frame, mark, lines of text; full label and kind as its title.

    Where periods are compared, what appeared has a sign at its corner, and what vanished a broken frame too.
    """
    node = card.node
    yield tag("g", {"class": "node", "data-id": node.id, "data-iri": node.iri, "data-kind": node.kind.key})
    what = f"{node.kind.label}, {say(node.change.name, language)}" if node.change else node.kind.label
    yield f" {element('title', {}, f'{node.label} ({what})')}"
    gone = ' stroke-dasharray="5 3"' if node.change and node.change.name == "vanished" else ""
    yield (
        f' <rect x="{number(box.left)}" y="{number(box.top)}" width="{number(box.width)}" height="{number(box.height)}"'
        f' rx="5" fill="#FFFFFF" stroke="{style.colour}" stroke-width="1.6"{gone}/>'
    )
    yield f" {draw_mark(box.left + _PADDING[0] + _MARK, box.y, style)}"
    left = box.left + _PADDING[0] + _MARK_ROOM
    # The letters stand in the middle of their line, which begins above them by half of what is left.
    baseline = box.top + _PADDING[1] + card.line_height / 2 + SIZE * 0.33
    for rank, line in enumerate(card.lines):
        yield f" {draw_text(left, baseline + rank * card.line_height, line, SIZE)}"
    if node.change and node.change.name in ("appeared", "vanished"):
        yield f" {draw_sign(box.right, box.top, node.change.name)}"
    yield "</g>"


def draw_mark(x: float, y: float, style: KindStyle) -> str:
    """The mark of a kind about a point."""
    paint = f'fill="{style.colour}" stroke="{INK}" stroke-width="0.8"'
    if style.shape == "circle":
        return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(_MARK - 0.5)}" {paint}/>'
    points = " ".join(f"{number(x + dx)},{number(y + dy)}" for dx, dy in _outline(style.shape))
    return f'<polygon points="{points}" {paint}/>'


def _outline(shape: str) -> list[tuple[float, float]]:
    arm, reach = 0.36 * _MARK, _MARK * 0.92
    outlines: dict[str, list[tuple[float, float]]] = {
        "square": _polygon(4, _MARK * 1.2, 45),
        "triangle": [(x, y + 1.2) for x, y in _polygon(3, _MARK * 1.2, 0)],
        "diamond": _polygon(4, _MARK * 1.12, 0),
        "hexagon": _polygon(6, _MARK * 1.05, 30),
        "pentagon": _polygon(5, _MARK * 1.08, 0),
        "cross": [
            (-arm, -reach), (arm, -reach), (arm, -arm), (reach, -arm), (reach, arm), (arm, arm),
            (arm, reach), (-arm, reach), (-arm, arm), (-reach, arm), (-reach, -arm), (-arm, -arm),
        ],
        "star": [
            point
            for outer, inner in zip(
                _polygon(5, _MARK * 1.2, 0), _polygon(5, _MARK * 1.2 * _STAR_INNER, 36), strict=True
            )
            for point in (outer, inner)
        ],
    }  # fmt: skip
    return outlines[shape]


def _polygon(corners: int, radius: float, turn: float) -> list[tuple[float, float]]:
    """The corners of a regular polygon, clockwise from the top, turned by so many degrees."""
    angles = [math.radians(turn + 360 * corner / corners) for corner in range(corners)]
    return [(radius * math.sin(angle), -radius * math.cos(angle)) for angle in angles]

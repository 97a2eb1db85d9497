"""The marks of pictures: a shape and a colour for each kind, told apart by either alone. `marks.ts` has the same.

Colours stand in attributes, which the style sheet of a page overrules for its themes; a file keeps them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from asoen_graph.drawing.markup import attribute

_S3: Final = math.sqrt(3)
# Corners of each shape about its middle, each shape of about the area of a circle of radius one; none for a circle.
SHAPES: Final[tuple[tuple[tuple[float, float], ...], ...]] = (
    (),
    ((0, -1.35), (1.2, 0.85), (-1.2, 0.85)),
    ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
    ((0, -1.2), (1.14, -0.37), (0.7, 0.97), (-0.7, 0.97), (-1.14, -0.37)),
    ((0, 1.35), (1.2, -0.85), (-1.2, -0.85)),
    (
        *((-0.38, -1.1), (0.38, -1.1), (0.38, -0.38), (1.1, -0.38), (1.1, 0.38), (0.38, 0.38)),
        *((0.38, 1.1), (-0.38, 1.1), (-0.38, 0.38), (-1.1, 0.38), (-1.1, -0.38), (-0.38, -0.38)),
    ),
    ((-1.3, -0.62), (1.3, -0.62), (1.3, 0.62), (-1.3, 0.62)),
    ((-0.62, -1.3), (0.62, -1.3), (0.62, 1.3), (-0.62, 1.3)),
    ((-1.1, 0), (-0.55, -0.95), (0.55, -0.95), (1.1, 0), (0.55, 0.95), (-0.55, 0.95)),
)
COLOURS: Final = (
    *("#0066a6", "#00734f", "#b34700", "#8a3f8f", "#866000"),
    *("#00707a", "#5b6770", "#1f4e9e", "#9e2a4f", "#4a5560"),
)
SEVERAL: Final = "#33413a"
"""The ground of a mark that stands for several kinds."""


def number(value: float) -> str:
    """A number as short as it can be with one decimal."""
    return f"{value:.1f}".removesuffix(".0").replace("-0", "0", 1) if abs(value) < 0.05 else f"{value:.1f}".removesuffix(".0")  # fmt: skip  # noqa: E501


def shape(slot: int, x: float, y: float, radius: float, *, hollow: bool = False) -> str:
    """The mark of a kind about a point."""
    colour = COLOURS[slot]
    fill = "#ffffff" if hollow else colour
    paint = f'class="shape{" hollow" if hollow else ""}" fill="{fill}" stroke="{colour if hollow else "#ffffff"}"'
    corners = SHAPES[slot]
    if not corners:
        return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" {paint}/>'
    points = " ".join(f"{number(x + dx * radius)},{number(y + dy * radius)}" for dx, dy in corners)
    return f'<polygon points="{points}" {paint}/>'


def lettering(x: float, y: float, text: str, *, size: float = 10, anchor: str = "middle", kind: str = "count") -> str:
    """A text in a picture; ``kind`` is its class, which decides its colour on a page."""
    fill = "#ffffff" if kind == "count" else "#14211b"
    return (
        f'<text class="{kind}" x="{number(x)}" y="{number(y)}" font-size="{number(size)}" text-anchor="{anchor}" '
        f'fill="{fill}">{attribute(text)}</text>'
    )


def radius_of(count: int) -> float:
    """How large the mark of so many things is."""
    return 5.0 if count == 1 else 8.0 + min(9.0, 1.6 * math.log2(count))


def ring(x: float, y: float, radius: float, counts: Mapping[int, int]) -> list[str]:
    """The mark of things of several kinds: a disc, and about it a ring with the share of each kind."""
    whole = sum(counts.values())
    lines = [
        f'<circle class="several" cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" fill="{SEVERAL}" '
        'stroke="#ffffff"/>'
    ]
    turn, middle = -math.pi / 2, radius - 1.0
    for slot, count in sorted(counts.items()):
        span = 2 * math.pi * count / whole
        x1, y1 = x + middle * math.cos(turn), y + middle * math.sin(turn)
        turn += span
        x2, y2 = x + middle * math.cos(turn), y + middle * math.sin(turn)
        lines.append(
            f'<path class="share s{slot}" d="M{number(x1)} {number(y1)}A{number(middle)} {number(middle)} 0 '
            f'{int(span > math.pi)} 1 {number(x2)} {number(y2)}" fill="none" stroke="{COLOURS[slot]}" '
            'stroke-width="4.5"/>'
        )
    return lines

"""How what changed between two periods is drawn: colour, dashes and a sign, each enough to tell the changes apart.

The colours are those of Okabe and Ito, as in ``palette``; what did not change is grey and has no sign.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from asoen_graph.drawing.lettering import number
from asoen_graph.network.picture.curves import Curve, Point
from asoen_graph.network.picture.layout import Box
from asoen_graph.network.picture.palette import LineStyle

STYLES: Final = {
    "appeared": LineStyle("#0072B2", ""),
    "vanished": LineStyle("#D55E00", "2 4"),
    "strengthened": LineStyle("#008060", "16 3"),
    "weakened": LineStyle("#8A4A78", "7 5"),
    "unchanged": LineStyle("#7A838C", ""),
}
"""The line of each change."""

RADIUS: Final = 6.5
"""Of the disc a sign stands in."""
_SHARES: Final = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82)
"""Where on its way a line may have its sign, in the order in which they are tried."""
_ARM: Final = 3.4
_STROKES: Final = {
    "appeared": f"M-{_ARM} 0H{_ARM}M0 -{_ARM}V{_ARM}",
    "vanished": f"M-{_ARM} 0H{_ARM}",
    "strengthened": f"M-{_ARM} 1.6L0 -2.2L{_ARM} 1.6",
    "weakened": f"M-{_ARM} -1.6L0 2.2L{_ARM} -1.6",
}
"""A plus, a minus, a wedge that points up and one that points down, about a point."""
SIGNED: Final = frozenset(_STROKES)
"""The changes that have a sign: all but that of what stayed as it was."""


def draw_sign(x: float, y: float, change: str) -> str:
    """The markup of the sign of a change about a point."""
    colour = STYLES[change].colour
    return (
        f'<g transform="translate({number(x)} {number(y)})">'
        f'<circle r="{number(RADIUS)}" fill="#FFFFFF" stroke="{colour}" stroke-width="1.4"/>'
        f'<path d="{_STROKES[change]}" fill="none" stroke="{colour}" stroke-width="1.8"'
        ' stroke-linecap="round" stroke-linejoin="round"/></g>'
    )


def sign_places(routes: Sequence[Curve], boxes: Sequence[Box]) -> list[Point]:
    """A point on each line for its sign: near the middle, and where it can be clear of boxes and of the other signs."""
    taken: list[Point] = []
    for route in routes:
        points = [route.at(share) for share in _SHARES]
        taken.append(next((point for point in points if _is_clear(point, boxes, taken)), points[0]))
    return taken


def _is_clear(point: Point, boxes: Sequence[Box], taken: Sequence[Point]) -> bool:
    x, y = point
    if any(abs(x - box.x) < box.width / 2 + RADIUS and abs(y - box.y) < box.height / 2 + RADIUS for box in boxes):
        return False
    return all(math.dist(point, other) >= 2 * RADIUS for other in taken)

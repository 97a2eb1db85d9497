"""How what changed between two periods is drawn: colour, dashes and a sign, each enough to tell the changes apart.

The colours are those of Okabe and Ito, as in ``palette``; what did not change is grey and has no sign.
"""

from __future__ import annotations

from typing import Final

from asoen_graph.drawing.lettering import number
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
_ARM: Final = 3.4
_STROKES: Final = {
    "appeared": f"M-{_ARM} 0H{_ARM}M0 -{_ARM}V{_ARM}",
    "vanished": f"M-{_ARM} 0H{_ARM}",
    "strengthened": f"M-{_ARM} 1.6L0 -2.2L{_ARM} 1.6",
    "weakened": f"M-{_ARM} -1.6L0 2.2L{_ARM} -1.6",
}
"""A plus, a minus, a wedge that points up and one that points down, about a point."""


def draw_sign(x: float, y: float, change: str) -> str:
    """The markup of the sign of a change about a point, nothing for what did not change."""
    if change not in _STROKES:
        return ""
    colour = STYLES[change].colour
    return (
        f'<g transform="translate({number(x)} {number(y)})">'
        f'<circle r="{number(RADIUS)}" fill="#FFFFFF" stroke="{colour}" stroke-width="1.4"/>'
        f'<path d="{_STROKES[change]}" fill="none" stroke="{colour}" stroke-width="1.8"'
        ' stroke-linecap="round" stroke-linejoin="round"/></g>'
    )

"""Texts and numbers of a picture."""

from __future__ import annotations

from typing import Final, Literal

from asoen_graph.drawing.markup import attribute, text

INK: Final = "#1F2933"
GREY: Final = "#52606D"


def draw_text(
    x: float,
    y: float,
    content: str,
    size: float,
    *,
    fill: str = INK,
    bold: bool = False,
    anchor: Literal["start", "middle", "end"] = "start",
) -> str:
    """A line of text that starts, has its middle or ends at a point of its baseline."""
    weight = ' font-weight="bold"' if bold else ""
    place = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return (
        f'<text x="{number(x)}" y="{number(y)}" font-size="{number(size)}" fill="{attribute(fill)}"{weight}{place}>'
        f"{text(content)}</text>"
    )


def number(value: float) -> str:
    """A coordinate with at most one decimal, written as shortly as it can be."""
    written = f"{value:.1f}".removesuffix(".0")
    return "0" if written == "-0" else written

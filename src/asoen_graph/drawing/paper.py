"""The sheets that pictures are printed on."""

from __future__ import annotations

from typing import Final, NamedTuple

from asoen_graph.errors import ParameterError
from asoen_graph.text import nearest

POINTS_PER_UNIT: Final = 0.75
"""A unit of an SVG picture is a CSS pixel, 1/96 inch; a point is 1/72 inch (CSS Values and Units 3, 6.2)."""
LEAST_TEXT: Final = 6.0
"""The size in points below which print is hard to read."""

_MARGIN: Final = 34.0
"""About 12 millimetres, which every printer can do."""
_POINTS_PER_MILLIMETRE: Final = 72 / 25.4
_SIDES: Final = {"a5": (148, 210), "a4": (210, 297), "a3": (297, 420), "a2": (420, 594), "letter": (216, 279)}
_TRIED: Final = ("a4", "a3", "a2")
PAPERS: Final = ("auto", "fit", *_SIDES)
"""The names of the sheets (ISO 216 and US letter).

``auto`` is the smallest of A4, A3 and A2 on which texts have ``LEAST_TEXT``, ``fit`` a sheet as large as the picture.
"""

LEAST_DPI, MOST_DPI = 36, 1200


class Printing(NamedTuple):
    """How a picture is printed: the sheet, and for PNG the dots of an inch on it."""

    paper: str = "auto"
    dpi: int = 300

    @classmethod
    def of(cls, paper: str | None = None, dpi: int | None = None) -> Printing:
        """What is asked for, with what is usual for the rest. Raises ParameterError where it cannot be had."""
        usual = cls()
        if paper is not None and paper not in PAPERS:
            hint = f"Write {' or '.join(nearest(paper, PAPERS) or PAPERS)}"
            raise ParameterError("paper", f"There is no paper {paper!r}", hint)
        if dpi is not None and not LEAST_DPI <= dpi <= MOST_DPI:
            hint = f"Write a number from {LEAST_DPI} to {MOST_DPI}; 300 is usual in print"
            raise ParameterError("dpi", f"{dpi} dots an inch cannot be drawn", hint)
        return cls(paper or usual.paper, dpi or usual.dpi)


class Sheet(NamedTuple):
    """Width, height and margin of a sheet in points, and how many points a unit of the picture on it is."""

    width: float
    height: float
    margin: float
    scale: float

    @classmethod
    def of(cls, paper: str, size: tuple[float, float], text: float) -> Sheet:
        """The sheet for a picture of a size (width, height) whose texts have a size, in units of the picture.

        A sheet is turned as suits the picture, which is never enlarged. ``paper`` is one of ``PAPERS``.
        """
        if paper == "fit":
            return cls(size[0] * POINTS_PER_UNIT, size[1] * POINTS_PER_UNIT, 0.0, POINTS_PER_UNIT)
        if paper != "auto":
            return cls._turned(_SIDES[paper], size)
        sheets = [cls._turned(_SIDES[each], size) for each in _TRIED]
        return next((sheet for sheet in sheets if sheet.scale * text >= LEAST_TEXT), sheets[-1])

    @classmethod
    def _turned(cls, sides: tuple[float, float], size: tuple[float, float]) -> Sheet:
        short, long = (side * _POINTS_PER_MILLIMETRE for side in sides)
        ways = [cls(*way, _MARGIN, cls._scale(way, size)) for way in ((long, short), (short, long))]
        return max(ways, key=lambda sheet: sheet.scale)

    @staticmethod
    def _scale(sheet: tuple[float, float], size: tuple[float, float]) -> float:
        # A point to spare, or rounding could push the picture to the next sheet.
        return min(POINTS_PER_UNIT, *((sheet[side] - 2 * _MARGIN - 1) / size[side] for side in (0, 1)))

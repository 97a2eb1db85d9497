"""Literals as they are read: long numbers in groups of three, points in degrees; everything else as it is."""

from __future__ import annotations

import re
from typing import Final

from asoen_graph.answers.map import read_point
from asoen_graph.entities.cards import Value
from asoen_graph.iris import GEO, XSD

_NUMBERS: Final = (XSD + "decimal", XSD + "integer", XSD + "nonNegativeInteger", XSD + "positiveInteger")
_MARKS: Final = {"en": (",", "."), "vi": (".", ",")}
"""What stands between thousands, and before decimals."""
_SIDES: Final = {"en": ("N", "S", "E", "W"), "vi": ("B", "N", "Đ", "T")}
_LONG: Final = re.compile(r"(-?)([0-9]{5,})(?:\.([0-9]+))?", re.ASCII)
_THREE: Final = re.compile(r"(?<=[0-9])(?=(?:[0-9]{3})+$)")


def spoken(value: Value, language: str) -> str:
    """The text of a value for a reader of the language."""
    if value.datatype in _NUMBERS:
        return _number(value.text, language)
    if value.datatype == GEO + "wktLiteral":
        return _point(value.text, language)
    return value.text


def _number(text: str, language: str) -> str:
    found = _LONG.fullmatch(text)
    if found is None:
        return text
    between, before = _MARKS[language]
    sign, whole, decimals = found.groups()
    return f"{sign}{_THREE.sub(between, whole)}{before + decimals if decimals else ''}"


def _point(text: str, language: str) -> str:
    point = read_point(text)
    if point is None:
        return text
    north, south, east, west = _SIDES[language]
    longitude, latitude = point
    across = f"{abs(longitude):g}° {east if longitude >= 0 else west}"
    return f"{abs(latitude):g}° {north if latitude >= 0 else south}, {across}"

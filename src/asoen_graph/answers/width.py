"""How many columns of a terminal a text takes, and breaking it into lines of a width."""

from __future__ import annotations

import unicodedata


def width_of(text: str) -> int:
    """The columns a text takes: none for combining marks, two for East Asian wide characters."""
    return len(text) if text.isascii() else sum(map(_character_width, text))


def pad(text: str, width: int, *, right: bool = False) -> str:
    """The text filled with spaces to a width, at the end or, to align right, at the start."""
    filling = " " * (width - width_of(text))
    return filling + text if right else text + filling


def wrap(text: str, width: int) -> list[str]:
    """The text in lines no wider than ``width``, broken at spaces where there are any; at least one line."""
    lines: list[str] = []
    for word in text.split():
        if lines and width_of(lines[-1]) + 1 + width_of(word) <= width:
            lines[-1] += f" {word}"
            continue
        pieces = _pieces(word, width)
        lines.extend(pieces)
    return lines or [""]


def _pieces(word: str, width: int) -> list[str]:
    pieces, current, taken = [], "", 0
    for character in word:
        wide = _character_width(character)
        if current and taken + wide > width:
            pieces.append(current)
            current, taken = "", 0
        current += character
        taken += wide
    return [*pieces, current]


def _character_width(character: str) -> int:
    if character < "\u0300":
        return 0 if character == "\u00ad" else 1
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1

"""How numbers are written on pages, by language."""

from __future__ import annotations

from collections.abc import Callable

_IN_VIETNAMESE = str.maketrans(",.", ".,")


def numbers(language: str) -> Callable[[float], str]:
    """What writes a number: ``15,946`` in English, ``15.946`` in Vietnamese."""

    def write(value: float) -> str:
        text = f"{value:,}"
        return text if language == "en" else text.translate(_IN_VIETNAMESE)

    return write

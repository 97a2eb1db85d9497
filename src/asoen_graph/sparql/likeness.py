"""What queries have in common that differ only in what they are about."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_CONSTANT: Final = re.compile(r'(<[^\x00-\x20<>"{}|^`\\]*+>|"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+")')
_IN_PLACE: Final = "<>"


def pattern_of(text: str) -> str:
    """The text of a query without the IRIs in angle brackets and the strings in it.

    Nothing may rest on it but how fast an answer is: where a text only looks as if it held an IRI, more is left out.
    """
    return parted(text)[0]


@lru_cache(maxsize=16)
def parted(text: str) -> tuple[str, list[str]]:
    """The pattern of a text, and what was left out of it, brackets and quotation marks included."""
    parts = _CONSTANT.split(text)
    return _IN_PLACE.join(parts[::2]), parts[1::2]

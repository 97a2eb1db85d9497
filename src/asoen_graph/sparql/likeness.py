"""What queries have in common that differ only in what they are about."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_CONSTANT: Final = re.compile(r'<[^<>"{}|^`\\\s]*+>|"(?:[^"\\\n]|\\.)*+"')


@lru_cache(maxsize=16)
def pattern_of(text: str) -> str:
    """The text of a query without the IRIs in angle brackets and the strings in it.

    Nothing may rest on it but how fast an answer is: where a text only looks as if it held an IRI, more is left out.
    """
    return _CONSTANT.sub("<>", text)

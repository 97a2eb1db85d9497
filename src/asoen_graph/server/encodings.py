"""Choosing the content coding of an answer, as RFC 9110 (12.5.3) asks.

The coding with the highest quality wins, then the order of ``CODINGS``. A client that says nothing gets the answer as
it is: it may be one that cannot decode. So does one that names only codings there are none of, unless it refuses that
too (``identity;q=0``, or ``*;q=0``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from asoen_graph.server.problems import UncodedRefused

CODINGS: Final = ("zstd", "br", "gzip")
"""The codings there are, the preferred first."""

IDENTITY: Final = ""
"""No coding."""

LONGEST_HEADER: Final = 1024
"""A longer header is taken as one that says nothing."""

_LEAST: Final = 0.0001
"""Less than any quality that can be written."""

_ALIASES: Final = {"x-gzip": "gzip"}
_ELEMENT = re.compile(
    r"[ \t]*(?P<name>[!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*"
    r"(?:;[ \t]*[qQ]=(?P<quality>0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)[ \t]*)?"
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a client wishes of the coding."""

    first: str
    """The coding to use where the answer is worth it; ``IDENTITY`` for none."""
    acceptable: tuple[str, ...]
    """Every coding the client takes, ``first`` first; ``IDENTITY`` is among them where it takes an answer as it is."""

    @property
    def must(self) -> bool:
        """Whether the answer has to be coded, even where it gets longer by that."""
        return IDENTITY not in self.acceptable


_AS_IT_IS: Final = Wish(IDENTITY, (IDENTITY,))


@lru_cache(maxsize=256)
def wish_of(header: str | None) -> Wish:
    """What an ``Accept-Encoding`` header wishes; elements that are none are left out.

    Raises UncodedRefused where it takes none of the codings there are, and no answer as it is either.
    """
    if header is None or len(header) > LONGEST_HEADER:
        # Any coding would do, says the standard; in practice it is a client that knows of none.
        return _AS_IT_IS
    qualities = _qualities(header)
    weights = {coding: qualities.get(coding, qualities.get("*", 0)) for coding in CODINGS}
    # What is left when nothing else is wanted, where the client does not name it.
    weights[IDENTITY] = qualities.get("identity", qualities.get("*", _LEAST))
    # The sort is stable, so the order of preference decides between equals.
    acceptable = tuple(sorted(filter(weights.__getitem__, weights), key=weights.__getitem__, reverse=True))
    if not acceptable:
        raise UncodedRefused(CODINGS)
    return Wish(acceptable[0], acceptable)


def _qualities(header: str) -> dict[str, float]:
    """The quality of every name in the header, the highest where one is named twice."""
    found: dict[str, float] = {}
    for element in header.split(","):
        match = _ELEMENT.fullmatch(element)
        if match is None:
            continue
        name = match["name"].lower()
        name = _ALIASES.get(name, name)
        found[name] = max(found.get(name, 0), float(match["quality"] or 1))
    return found

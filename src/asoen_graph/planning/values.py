"""The values a property has, in order: what lets a plan begin with those that matter.

Told apart are kinds of values within which the order of SPARQL is that of a plain key, and within which no two terms
are equal that are not the same: days, years, moments and exact numbers. A value of another kind is never left out, for
nobody has proven what a comparison makes of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from asoen_graph.iris import XSD

Key: TypeAlias = str | Decimal
Valued: TypeAlias = NamedNode | BlankNode | Literal | Triple


def _day(text: str) -> str | None:
    """The text of a day, where it is a day of the calendar: then texts are ordered as days are."""
    try:
        date.fromisoformat(text[:10])
    except ValueError:
        return None
    return text


_TIME = r"T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
_KINDS: Mapping[str, Sequence[tuple[str, re.Pattern[str], Callable[[str], Key | None]]]] = {
    XSD + "date": (("day", re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}"), _day),),
    XSD + "gYear": (("year", re.compile("(?!0000)[0-9]{4}"), str),),
    XSD + "dateTime": (
        ("moment", re.compile(f"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}{_TIME}"), _day),
        ("moment in UTC", re.compile(f"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}{_TIME}Z"), _day),
    ),
    XSD + "integer": (("number", re.compile("-?[0-9]{1,12}"), Decimal),),
    XSD + "decimal": (("number", re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,6})?"), Decimal),),
}


def placed(term: Valued) -> tuple[str, Key] | None:
    """The kind of a value and its place in the order of that kind; ``None`` for all that has none."""
    if not isinstance(term, Literal):
        return None
    for kind, pattern, key_of in _KINDS.get(term.datatype.value, ()):
        if pattern.fullmatch(term.value):
            key = key_of(term.value)
            return None if key is None else (kind, key)
    return None


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a filter lets through: the keys between two of a kind, each included or not; ``None`` where open."""

    kind: str
    low: tuple[Key, bool] | None = None
    high: tuple[Key, bool] | None = None

    def and_(self, other: Bounds) -> Bounds:
        """What both let through, as near as can be said: of two bounds on one side the tighter one."""
        if self.kind != other.kind:
            return self
        lows = [bound for bound in (self.low, other.low) if bound is not None]
        highs = [bound for bound in (self.high, other.high) if bound is not None]
        low = max(lows, key=lambda bound: (bound[0], not bound[1]), default=None)
        return Bounds(self.kind, low, min(highs, default=None))


class Column:
    """The distinct values of a property, those of each kind in order, and how often each occurs."""

    def __init__(self, values: Iterable[Valued]) -> None:
        counted = Counter(values)
        kinds: dict[str, list[tuple[Key, Literal, int]]] = {}
        self.others: list[Literal] = []
        """Literals of no kind."""
        self.is_plain = True
        """Whether all values are of one kind and no two of them are equal."""
        self.size = sum(counted.values())
        for term, count in counted.items():
            place = placed(term)
            if place is not None and isinstance(term, Literal):
                kinds.setdefault(place[0], []).append((place[1], term, count))
            else:
                self.is_plain = False
                # An IRI or a blank node is neither more nor less than a literal: a filter on bounds never lets it by.
                if isinstance(term, Literal):
                    self.others.append(term)
        self._kinds = {kind: _Sorted(found) for kind, found in kinds.items()}
        self.is_plain = self.is_plain and len(kinds) == 1 and next(iter(self._kinds.values())).is_strict

    @property
    def kind(self) -> str:
        """The kind of the values, where there is one."""
        return next(iter(self._kinds))

    def __len__(self) -> int:
        return sum(map(len, self._kinds.values())) + len(self.others)

    def within(self, bounds: Bounds) -> tuple[int, int]:
        """How many values may be within the bounds, and how often they occur; those of other kinds may."""
        terms, rows = len(self.others), self.size
        for kind, found in self._kinds.items():
            first, last = found.between(bounds) if kind == bounds.kind else (0, len(found))
            terms += last - first
            if kind == bounds.kind:
                rows -= found.count(0, len(found)) - found.count(first, last)
        return terms, rows

    def terms(self, bounds: Bounds) -> list[Literal]:
        """The values that may be within the bounds."""
        found = list(self.others)
        for kind, values in self._kinds.items():
            first, last = values.between(bounds) if kind == bounds.kind else (0, len(values))
            found += values.terms[first:last]
        return found

    def outermost(self, bounds: Bounds | None, *, is_falling: bool) -> Iterator[tuple[Literal, int]]:
        """The values within the bounds from one end, each with its count; of a plain column only."""
        (values,) = self._kinds.values()
        first, last = values.between(bounds) if bounds is not None else (0, len(values))
        places = range(last - 1, first - 1, -1) if is_falling else range(first, last)
        return ((values.terms[place], values.count(place, place + 1)) for place in places)


class _Sorted:
    """Values of one kind in order."""

    def __init__(self, found: list[tuple[Key, Literal, int]]) -> None:
        found.sort(key=lambda entry: (entry[0], entry[1].datatype.value, entry[1].value))
        self._keys = [entry[0] for entry in found]
        self.terms = [entry[1] for entry in found]
        self._sums = [0, *accumulate(entry[2] for entry in found)]
        self.is_strict = len(set(self._keys)) == len(found)

    def __len__(self) -> int:
        return len(self.terms)

    def count(self, first: int, last: int) -> int:
        """How often the values at these places occur."""
        return self._sums[last] - self._sums[first]

    def between(self, bounds: Bounds) -> tuple[int, int]:
        """The places of the values within bounds of the same kind."""
        first, last = 0, len(self._keys)
        if bounds.low is not None:
            key, is_included = bounds.low
            first = (bisect_left if is_included else bisect_right)(self._keys, key)
        if bounds.high is not None:
            key, is_included = bounds.high
            last = (bisect_right if is_included else bisect_left)(self._keys, key)
        return first, max(first, last)

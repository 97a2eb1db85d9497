"""Tallies: how many rows a basic graph pattern has of each combination of the values that matter.

A tally of what occurs is asked of the engine, which costs as much as the query; it is made when a pattern is asked
about again, and in another way. Where two variables meet only through a third – partners through meetings – the engine
is asked for each half alone and the pairs are counted here, which takes half the time. What narrows the third variable
– the meetings of one series – is asked first, and the halves of those alone; such tallies are small, and made anew for
each query.

Values are numbers of a ``Lexicon``. What is kept is bounded: when there is no room for more, all of it goes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import islice, product
from typing import NamedTuple, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from asoen_graph.iris import RDF, XSD
from asoen_graph.planning.scanning import Unplanned
from asoen_graph.planning.statistics import NODE, NUMBER, ODD, TEXT
from asoen_graph.planning.values import placed
from asoen_graph.sparql.terms import serialise

Cell: TypeAlias = NamedNode | BlankNode | Literal | Triple | None
Rows: TypeAlias = Callable[[str], Iterable[Sequence[Cell]]]
"""What runs a query."""

Key: TypeAlias = tuple[int, ...]
Tally: TypeAlias = Mapping[Key, int]

MAX_TABLE = 10_000
"""How many entries a tally may have."""

MAX_HALF = 400_000
"""How many rows the half of a pattern may have."""

MAX_PAIRS = 20_000_000
"""How many pairs are counted: some seconds of work."""

MAX_HINGES = 500
"""How many values of the variable in the middle make a tally that is not kept."""

MAX_NARROW = 20_000
"""How many rows the half of a tally may have that is not kept."""

MAX_KEPT = 30_000
"""How many entries are kept in all tallies and images together; an entry takes some 600 bytes with its values."""

_TEXTS = frozenset([XSD + "string", XSD + "boolean", RDF + "langString"])
_KINDS = {"number": NUMBER, "moment in UTC": "Z"}

UNBOUND = 0
"""The number of no value."""

_MAX_ASKED = 512


class NotYet(Exception):
    """Not an error: there is no tally now, there may be one when the pattern is asked about again."""


class Halves(NamedTuple):
    """Patterns of ``?hinge`` and ``?value`` whose rows meet in the hinge."""

    prologue: str
    first: str
    second: str
    narrowing: str | None
    """The pattern of the hinges in question, each as often as it counts; ``None`` for all."""

    def half(self, pattern: str, block: str = "") -> str:
        """The query for one of them."""
        return f"{self.prologue}SELECT ?hinge ?value {{ {block} {pattern} }}"

    def hinges(self) -> str:
        """The query for the hinges."""
        return f"{self.prologue}SELECT ?hinge {{ {self.narrowing} }}"


class Lexicon:
    """Values and their numbers."""

    def __init__(self) -> None:
        self._numbers: dict[Cell, int] = {None: UNBOUND}
        self.texts = ["UNDEF"]
        """How the values are written."""
        self.kinds = [NODE]
        """What is to be known of them for an order (see ``statistics``); no value comes before all, as nodes do."""

    def number(self, value: Cell) -> int:
        """The number of a value. Raises Unplanned for what cannot be written."""
        found = self._numbers.get(value)
        if found is None:
            if not isinstance(value, NamedNode | Literal):
                raise Unplanned
            found = self._numbers[value] = len(self.texts)
            self.texts.append(serialise(value))
            self.kinds.append(_kind(value))
        return found

    def written(self, key: Key) -> str:
        """Values as a row of ``VALUES``, without its brackets."""
        texts = self.texts
        return " ".join([texts[number] for number in key])


def _kind(value: NamedNode | Literal) -> str:
    if isinstance(value, NamedNode):
        return NODE
    place = placed(value)
    if place is None:
        return TEXT if value.datatype.value in _TEXTS else ODD
    return _KINDS.get(place[0], "")


class Tables:
    """The tallies and images made so far, and what was asked about once.

    ``least`` rows of a pattern make a tally worth while; with more than ``most_hinges`` it is one to be kept.
    """

    def __init__(self, least: int = 100, most_hinges: int = MAX_HINGES) -> None:
        self.least, self._most_hinges = least, most_hinges
        self._asked: dict[Hashable, Hashable] = {}
        self._forget()

    def _forget(self) -> None:
        self._tallies: dict[Hashable, Tally | None] = {}
        self._images: dict[Hashable, dict[Key, Key | None]] = {}
        self._room = MAX_KEPT
        self.lexicon = Lexicon()
        """The numbers of all that is kept; another one when all has been forgotten."""

    def make_room(self) -> None:
        """Forget everything where there is no more room. Before anything is asked for a query."""
        if self._room < 0 or len(self.lexicon.texts) > MAX_KEPT or len(self._tallies) + len(self._images) > _MAX_ASKED:
            self._forget()

    def of_values(self, text: str, arity: int, rows: Rows, dataset: Hashable, asker: Hashable = None) -> Tally | None:
        """The tally a query gives: values and a count in each row. ``None`` where there are too many.

        Raises NotYet when it is asked about for the first time, or by the first ``asker`` alone.
        """
        key = text, dataset
        self.remember(key, asker)
        return self._kept(key, lambda: self._counted(rows(text), arity))

    def of_pairs(self, halves: Halves, rows: Rows, dataset: Hashable) -> Tally | None:
        """How often values of two halves meet in the same hinge. ``None`` where that does not pay.

        Raises NotYet where there are too many hinges for a tally that is made at once, and it is asked for the
        first time.
        """
        if halves.narrowing is None:
            return self._kept((halves, dataset), lambda: self._paired(halves, None, rows))
        hinges = Counter(hinge for (hinge,) in islice(rows(halves.hinges()), MAX_NARROW))
        if len(hinges) <= self._most_hinges and hinges.total() < MAX_NARROW:
            return self._narrow(halves, hinges, rows)
        key = halves, dataset
        self.remember(key)
        return self._kept(key, lambda: self._weighed(halves, rows))

    def images(self, key: Hashable) -> dict[Key, Key | None]:
        """What became of combinations of values before, to be added to."""
        return self._images.setdefault(key, {})

    def added(self, entries: int) -> None:
        """Note that something was added to the images."""
        self._room -= entries

    def remember(self, key: Hashable, asker: Hashable = None) -> None:
        """Raise NotYet the first time, and as long as the first ``asker`` asks alone."""
        if key in self._tallies:
            return
        if key not in self._asked:
            if len(self._asked) >= _MAX_ASKED:
                self._asked.clear()
            self._asked[key] = asker
        elif asker is None or self._asked[key] != asker:
            return
        raise NotYet

    def _kept(self, key: Hashable, make: Callable[[], Tally | None]) -> Tally | None:
        if key not in self._tallies:
            made = self._tallies[key] = make()
            self._room -= len(made or ())
        return self._tallies[key]

    def _counted(self, rows: Iterable[Sequence[Cell]], arity: int) -> Tally | None:
        number = self.lexicon.number
        found: dict[Key, int] = {}
        for row in islice(rows, MAX_TABLE + 1):
            count = row[arity]
            if not isinstance(count, Literal):
                return None
            if count.value != "0":
                # Without variables, no rows at all are a row too.
                found[tuple([number(row[place]) for place in range(arity)])] = int(count.value)
        return found if len(found) <= MAX_TABLE else None

    def _weighed(self, halves: Halves, rows: Rows) -> Tally | None:
        hinges = Counter(hinge for (hinge,) in islice(rows(halves.hinges()), MAX_HALF + 1))
        return self._paired(halves, hinges, rows) if hinges.total() <= MAX_HALF else None

    def _narrow(self, halves: Halves, hinges: Counter[Cell], rows: Rows) -> Tally | None:
        if not all(isinstance(hinge, NamedNode | Literal) for hinge in hinges):
            return None
        block = f"VALUES ?hinge {{ {' '.join([serialise(hinge) for hinge in hinges if hinge is not None])} }}"
        return self._paired(halves, hinges, rows, block, MAX_NARROW)

    def _paired(
        self, halves: Halves, weights: Counter[Cell] | None, rows: Rows, block: str = "", most: int = MAX_HALF
    ) -> Tally | None:
        ours = self._half(rows(halves.half(halves.first, block)), most)
        is_same = halves.first == halves.second
        theirs = ours if is_same else self._half(rows(halves.half(halves.second, block)), most)
        if ours is None or theirs is None:
            return None
        both = [
            (values, theirs[hinge], 1 if weights is None else weights[hinge])
            for hinge, values in ours.items()
            if hinge in theirs and (weights is None or hinge in weights)
        ]
        pairs = sum(len(first) * len(second) for first, second, _ in both)
        rows_of_both = sum(len(first) + len(second) for first, second, _ in both)
        if not self.least <= pairs <= MAX_PAIRS or (self.least and pairs < 2 * rows_of_both):
            return None
        found: Counter[Key] = Counter()
        for first, second, weight in both:
            if weight == 1:
                found.update(product(first, second))
            else:
                for pair in product(first, second):
                    found[pair] += weight
            if len(found) > MAX_TABLE:
                return None
        return found

    def _half(self, rows: Iterable[Sequence[Cell]], most: int) -> dict[Cell, list[int]] | None:
        """The values that stand with each hinge."""
        number = self.lexicon.number
        found: dict[Cell, list[int]] = {}
        for hinge, value in islice(rows, most + 1):
            values = found.get(hinge)
            if values is None:
                values = found[hinge] = []
            values.append(number(value))
        return found if sum(map(len, found.values())) <= most else None

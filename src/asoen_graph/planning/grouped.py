"""Counting groups: ``SELECT ?a ?b (COUNT(?m) AS ?n) { … } GROUP BY ?a ?b`` from a table of how often what occurs.

Of the rows of a basic graph pattern, only the variables that filters, ``BIND`` and groups look at matter, and how many
rows there are of each of their values. That table stands in for the pattern, as ``VALUES`` with a column of numbers,
and ``COUNT`` becomes the sum of these. Filters then look at each value once.

Where two variables meet only through a third – partners through meetings – the engine is asked for each half alone
and the pairs are counted here, which takes half the time. A table of one variable costs as much as the query; it
is made when the pattern is asked about again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import islice, product
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from asoen_graph.planning.order import Edit
from asoen_graph.planning.reading import Part, Query, Run, Selection
from asoen_graph.planning.reading import Triple as Pattern
from asoen_graph.planning.scanning import PROLOGUE, Token
from asoen_graph.sparql.terms import serialise

Cell: TypeAlias = NamedNode | BlankNode | Literal | Triple | None
Rows: TypeAlias = Callable[[str], Iterable[Sequence[Cell]]]
"""What runs a query."""

MAX_TABLE = 10_000
"""How many rows a table may have."""

MAX_HALF = 400_000
"""How many rows the half of a pattern may have."""

MAX_PAIRS = 20_000_000
"""How many pairs are counted: some seconds of work."""

NOT_YET = ""
"""Instead of a table: only when the pattern is asked about again."""

_MAX_TABLES = 8
_KINDS = frozenset({"FILTER", "BIND"})
_FRESH = "howOften"


class Tables:
    """The tables made so far, and what was asked about once. ``least`` rows of a pattern make one worth while."""

    def __init__(self, least: int = 2_000) -> None:
        self._least = least
        self._asked: set[Hashable] = set()
        self._made: dict[Hashable, str | None] = {}

    def of_one(self, key: Hashable, text: str, rows: Rows) -> str | None:
        """The table a query gives, values with their counts; ``None`` where there is none, ``NOT_YET`` at first."""
        if key not in self._asked:
            if len(self._asked) >= 64 * _MAX_TABLES:
                self._asked.clear()
            self._asked.add(key)
            return NOT_YET
        return self._kept(key, lambda: self._counted(text, rows))

    def of_pairs(self, key: Hashable, halves: tuple[str, str], rows: Rows) -> str | None:
        """How often values of two halves, queries of ``?hinge`` and a value, meet in the same hinge."""
        return self._kept(key, lambda: self._paired(halves, rows))

    def _kept(self, key: Hashable, make: Callable[[], str | None]) -> str | None:
        if key not in self._made:
            if len(self._made) >= _MAX_TABLES:
                self._made.clear()
            self._made[key] = make()
        return self._made[key]

    def _counted(self, text: str, rows: Rows) -> str | None:
        found: dict[tuple[Cell, ...], int] = {}
        for value, count in islice(rows(text), MAX_TABLE + 1):
            if not isinstance(count, Literal):
                return None
            found[(value,)] = int(count.value)
        return _body(found) if sum(found.values()) >= self._least else None

    def _paired(self, halves: tuple[str, str], rows: Rows) -> str | None:
        left = _half(rows(halves[0]))
        right = left if halves[0] == halves[1] else _half(rows(halves[1]))
        if left is None or right is None:
            return None
        (ours, our_terms), (theirs, their_terms) = left, right
        both = [(values, theirs[hinge]) for hinge, values in ours.items() if hinge in theirs]
        pairs = sum(len(first) * len(second) for first, second in both)
        rows_of_both = sum(len(first) + len(second) for first, second in both)
        if not self._least <= pairs <= MAX_PAIRS or (self._least and pairs < 2 * rows_of_both):
            return None
        found: Counter[tuple[int, int]] = Counter()
        for first, second in both:
            found.update(product(first, second))
            if len(found) > MAX_TABLE:
                return None
        return _body({(our_terms[one], their_terms[other]): count for (one, other), count in found.items()})


def grouped(query: Query, tables: Tables, rows: Rows, dataset: Hashable) -> list[Edit] | None:
    """The edits that put a table in the place of a pattern and sums in that of counts, none where that is not for it.

    ``None`` where it may be the next time.
    """
    selection = query.main
    group = selection.where
    if not _is_ordered(selection) or len(group.runs) != 1 or not group.kinds <= _KINDS or _FRESH in query.text:
        return []
    (run,) = group.runs
    inside = [token for token in query.tokens if selection.where_start < token.start < selection.order_start]
    outside = [token for token in query.tokens if not selection.where_start <= token.start < selection.order_start]
    sums = _sums(outside, _variables(run.triples))
    if sums is None or not _is_plain(run, inside):
        return []
    kept = _kept_variables(run, inside, outside, sums)
    body = _table(query, run, kept, tables, rows, dataset)
    if not body:
        return [] if body is None else None
    header = " ".join(f"?{name}" for name in [*kept, _FRESH])
    return [(run.start, run.end, f"VALUES ({header}) {body}"), *sums]


def _is_ordered(selection: Selection) -> bool:
    """Whether the order leaves no two groups in one place: rows come in the same order with a table and without."""
    if selection.form != "SELECT" or selection.grouped is None or selection.order is None:
        return selection.form == "SELECT" and selection.grouped == [] and selection.order is None
    return set(selection.grouped) <= {name for name, _ in selection.order}


def _sums(tokens: Sequence[Token], variables: Sequence[str]) -> list[Edit] | None:
    """What becomes of the counts outside the pattern; ``None`` where there are none, or other aggregates."""
    found: list[Edit] = []
    for place, token in enumerate(tokens):
        if token.kind != "word":
            continue
        if token.text in ("FROM", "EXISTS"):
            return None
        if token.text == "COUNT":
            opening, counted, closing = (*tokens[place + 1 : place + 4], None, None, None)[:3]
            if opening is None or counted is None or closing is None or (opening.text, closing.text) != ("(", ")"):
                return None
            if counted.text != "*" and counted.text[1:] not in variables:
                return None
            found.append((token.start, closing.end, f"SUM(?{_FRESH})"))
    return found or None


def _is_plain(run: Run, inside: Sequence[Token]) -> bool:
    """Whether the properties are given, the subjects are not, and what is around the run looks at values alone."""
    return all(triple.subject.is_variable and not triple.predicate.is_variable for triple in run.triples) and not any(
        token.kind == "word" and (token.text == "EXISTS" or (token.text == "BIND" and token.start < run.start))
        for token in inside
    )


def _kept_variables(run: Run, inside: Sequence[Token], outside: Sequence[Token], sums: Sequence[Edit]) -> list[str]:
    """The variables of the run that are looked at elsewhere, but in counts."""
    around = [token for token in inside if not run.start <= token.start < run.end]
    around += [token for token in outside if not any(start <= token.start < end for start, end, _ in sums)]
    used = {token.text[1:] for token in around if token.kind == "variable"}
    return [name for name in _variables(run.triples) if name in used]


def _table(query: Query, run: Run, kept: Sequence[str], tables: Tables, rows: Rows, dataset: Hashable) -> str | None:
    prologue = PROLOGUE.match(query.text)
    declared = prologue[0] if prologue is not None else ""
    if len(kept) == 1:
        names = {name: f"?v{place}" for place, name in enumerate(_variables(run.triples))}
        value = names[kept[0]]
        text = f"{declared}SELECT {value} (COUNT(*) AS ?n) {{ {_written(run.triples, names)} }} GROUP BY {value}"
        return tables.of_one((text, dataset), text, rows)
    if len(kept) != 2 or not all(triple.object.is_variable for triple in run.triples):
        return None
    split = _split(run.triples, kept)
    if split is None:
        return None
    hinge, sides = split
    first, second = (declared + _half_query(side, hinge, name) for side, name in zip(sides, kept, strict=True))
    return tables.of_pairs((first, second, dataset), (first, second), rows)


def _split(triples: Sequence[Pattern], kept: Sequence[str]) -> tuple[str, list[list[Pattern]]] | None:
    """The variable in which two others meet, and the patterns on either side: the sides as even as can be."""
    hinges = [name for name in _variables(triples) if name not in kept]
    found = [(hinge, sides) for hinge in hinges if (sides := _parts(triples, hinge, kept)) is not None]
    return min(found, key=lambda split: max(map(len, split[1])), default=None)


def _parts(triples: Sequence[Pattern], hinge: str, kept: Sequence[str]) -> list[list[Pattern]] | None:
    """The patterns on the side of each of two variables, where they meet in the hinge alone."""
    sides: list[list[Pattern]] = []
    for name in kept:
        reached, grows = {name}, True
        while grows:
            before = len(reached)
            for triple in triples:
                names = set(_variables([triple])) - {hinge}
                if names & reached:
                    reached |= names
            grows = len(reached) > before
        sides.append([triple for triple in triples if set(_variables([triple])) & reached])
    is_whole = sum(map(len, sides)) == len(triples) and not any(triple in sides[1] for triple in sides[0])
    return sides if is_whole and all(hinge in _variables(side) for side in sides) else None


def _half_query(triples: Sequence[Pattern], hinge: str, name: str) -> str:
    """The query for the rows of one side, the same text for sides of the same shape."""
    others = [each for each in _variables(triples) if each not in (hinge, name)]
    names = {hinge: "?hinge", name: "?value"} | {each: f"?v{place}" for place, each in enumerate(others)}
    return f"SELECT ?hinge ?value {{ {_written(triples, names)} }}"


def _half(rows: Iterable[Sequence[Cell]]) -> tuple[dict[Cell, list[int]], list[Cell]] | None:
    """The values that stand with each hinge, as numbers, and the values that these stand for."""
    found: dict[Cell, list[int]] = {}
    numbers: dict[Cell, int] = {}
    for place, (hinge, value) in enumerate(rows):
        if place == MAX_HALF:
            return None
        found.setdefault(hinge, []).append(numbers.setdefault(value, len(numbers)))
    return found, list(numbers)


def _body(found: dict[tuple[Cell, ...], int]) -> str | None:
    """The rows of a ``VALUES`` block; ``None`` where they are too many or hold what cannot be written."""
    if len(found) > MAX_TABLE:
        return None
    lines: list[str] = []
    for values, count in found.items():
        written = [serialise(value) for value in values if isinstance(value, NamedNode | Literal)]
        if len(written) < len(values):
            return None
        lines.append(f"({' '.join(written)} {count})")
    return f"{{ {' '.join(lines)} }}"


def _written(triples: Sequence[Pattern], names: dict[str, str]) -> str:
    def part(each: Part) -> str:
        return names[each.name] if each.is_variable else str(each)

    return " . ".join(f"{part(each.subject)} {part(each.predicate)} {part(each.object)}" for each in triples)


def _variables(triples: Sequence[Pattern]) -> list[str]:
    """The variables of patterns, in the order in which they first occur."""
    return list(dict.fromkeys(_names(triples)))


def _names(triples: Sequence[Pattern]) -> Iterator[str]:
    for triple in triples:
        for part in (triple.subject, triple.predicate, triple.object):
            if part.is_variable:
                yield part.name

"""The first rows of an order: ``ORDER BY DESC(?day) LIMIT 50`` begins with the last days.

Rows with other values come after all that have the outermost ones, so where those make rows enough, the rest cannot
reach the answer. Whether they do is asked of the engine, which stops at the last row in question; where they do not,
more values are tried, and at last all of them. Planned are only orders by every variable of the rows: where rows tie,
it is open which of them an answer holds, and pages of it must not be cut from different plans.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from pyoxigraph import Literal

from asoen_graph.planning.order import Edit
from asoen_graph.planning.ranges import MAX_TERMS, MOST, binding, block, bounds_of, fewest, is_plain
from asoen_graph.planning.statistics import Statistics
from asoen_graph.planning.structure import Query, Run, Selection
from asoen_graph.planning.values import Bounds, Column

MAX_ROWS = 5_000
"""How far into an order an answer may reach."""

_STEP = 4


def outermost(query: Query, statistics: Statistics, has_row: Callable[[str], bool]) -> Edit | None:
    """The block of outermost values that makes rows enough, where that pays.

    ``has_row`` runs a query and says whether there is a row.
    """
    selection = query.main
    if not is_ordered(selection) or not is_plain(selection.where):
        return None
    name, is_falling = selection.order[0] if selection.order else ("", False)
    pattern = binding(selection.where, name)
    if pattern is None:
        return None
    run, triple = pattern
    wanted = selection.offset + (selection.limit or 0)
    rarest = fewest(query, selection.where, statistics, MOST)
    if rarest is not None and rarest < max(statistics.few, statistics.gain * wanted):
        return None
    column = statistics.column(query.iri(triple.predicate))
    if column is None or not column.is_plain:
        return None
    bounds = bounds_of(query, selection.where).get(name)
    if bounds is not None and bounds.kind != column.kind:
        return None
    most = column.size if rarest is None else min(column.size, rarest)
    if statistics.gain:
        most //= statistics.gain
    aim = max(wanted + wanted // 2, statistics.few)
    for terms in _tries(column, bounds, is_falling=is_falling, aim=aim, most=most):
        edit = _edit(run, name, terms)
        if has_row(_probe(query, selection, edit, wanted)):
            return edit
    return None


def is_ordered(selection: Selection) -> bool:
    """Whether a selection wants the first rows of an order that leaves no two different rows in one place."""
    return (
        selection.form == "SELECT"
        and bool(selection.order)
        and bool(selection.limit)
        and selection.offset + (selection.limit or 0) <= MAX_ROWS
        and not selection.is_grouped
        and selection.projected is not None
        and selection.projected <= {name for name, _ in selection.order or ()}
        and (not selection.is_distinct or (selection.order or [("", False)])[0][0] in selection.projected)
    )


def _tries(column: Column, bounds: Bounds | None, *, is_falling: bool, aim: int, most: int) -> Iterator[list[Literal]]:
    """The outermost values, as many as occur in ``aim`` rows, then in ever more, up to ``most``."""
    values = column.outermost(bounds, is_falling=is_falling)
    terms: list[Literal] = []
    rows = 0
    for term, count in islice(values, MAX_TERMS):
        terms.append(term)
        rows += count
        if rows > most:
            return
        if rows >= aim:
            yield terms
            aim = rows * _STEP


def _edit(run: Run, name: str, terms: list[Literal]) -> Edit:
    return run.start, run.start, block(name, terms)


def _probe(query: Query, selection: Selection, edit: Edit, wanted: int) -> str:
    """The query for the last row that is wanted, in any order."""
    start, _, written = edit
    text = query.text[:start] + written + query.text[start : selection.order_start]
    return f"{text} LIMIT 1 OFFSET {wanted - 1}"

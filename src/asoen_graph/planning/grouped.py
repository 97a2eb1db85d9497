"""Counting groups: ``SELECT ?y (COUNT(?m) AS ?n) { … BIND(YEAR(?day) AS ?y) } GROUP BY ?y`` from tallies.

Of the rows of a basic graph pattern, only the variables that filters, ``BIND`` and groups look at matter, and how many
rows there are of each combination of their values (``tallies``). What the filters and ``BIND`` make of a combination,
its *image*, is asked of the engine once: nothing, or the values that groups are made by. The counts of equal images
are added up, and stand as ``VALUES`` in the place of all that, one row for each group.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import NamedTuple

from pyoxigraph import Literal

from asoen_graph.planning.halves import Split, half, halves_of, variables_of, written
from asoen_graph.planning.order import Edit
from asoen_graph.planning.scanning import PROLOGUE, Token
from asoen_graph.planning.structure import Query, Run, Selection
from asoen_graph.planning.tallies import MAX_TABLE, UNBOUND, Halves, Key, NotYet, Rows, Tables, Tally

_KINDS = frozenset({"FILTER", "BIND"})
_FRESH = "howOften"
_FEW = 64
"""As many rows as need not be put in order beforehand."""


class _Shape(NamedTuple):
    """A query that counts groups."""

    query: Query
    selection: Selection
    run: Run
    groups: list[str]
    """The variables it is grouped by."""
    kept: list[str]
    """The variables of the run that anything but counts looks at."""
    counts: list[tuple[int, int]]
    """Where in the text the counts stand."""

    @property
    def prologue(self) -> str:
        declared = PROLOGUE.match(self.query.text)
        return declared[0] if declared is not None else ""

    @property
    def is_bare(self) -> bool:
        """Whether nothing looks at the values, and they are grouped by as they are."""
        return not self.selection.where.kinds and self.groups == self.kept

    @property
    def surroundings(self) -> Hashable:
        """All that decides what becomes of values."""
        return self.prologue, self.before, self.after, tuple(self.kept), tuple(self.groups)

    @property
    def before(self) -> str:
        """The group up to the patterns, with its brace."""
        return self.query.text[self.selection.where_start : self.run.start]

    @property
    def after(self) -> str:
        """The group behind the patterns, with its brace."""
        return self.query.text[self.run.end : self.selection.order_start]


class Grouped(NamedTuple):
    """The edits that put counts of groups in the place of a pattern."""

    edits: list[Edit]
    kinds: dict[str, frozenset[str]]
    """The kinds of values the groups have, by variable (see ``statistics``)."""


def grouped(query: Query, tables: Tables, rows: Rows, dataset: Hashable) -> Grouped | None:
    """The plan of a query that counts groups; ``None`` where that is not for it.

    Raises NotYet where it may be the next time.
    """
    shape = _shape(query)
    if shape is None:
        return None
    tables.make_room()
    counts = _counts(shape, tables, rows, dataset)
    if counts is None:
        return None
    of_value = tables.lexicon.kinds
    kinds = {
        name: frozenset(of_value[number] for number in {key[place] for key in counts})
        for place, name in enumerate(shape.groups)
    }
    return Grouped(_edits(shape, counts, tables), kinds)


def _edits(shape: _Shape, counts: Tally, tables: Tables) -> list[Edit]:
    lines = [f"({tables.lexicon.written(key)} {count})" for key, count in _in_order(shape, counts, tables)]
    header = " ".join(f"?{name}" for name in [*shape.groups, _FRESH])
    start, end = shape.selection.where_start, shape.selection.order_start
    edits = [(start, end, f"{{ VALUES ({header}) {{ {' '.join(lines)} }} }}")]
    if shape.selection.grouping is None or shape.selection.has_having:
        return [*edits, *((start, end, f"SUM(?{_FRESH})") for start, end in shape.counts)]
    return [*edits, (*shape.selection.grouping, ""), *((start, end, f"?{_FRESH}") for start, end in shape.counts)]


def _shape(query: Query) -> _Shape | None:
    selection = query.main
    group = selection.where
    if not _is_ordered(selection) or len(group.runs) != 1 or not group.kinds <= _KINDS or _FRESH in query.text:
        return None
    (run,) = group.runs
    inside = [token for token in query.tokens if selection.where_start < token.start < selection.order_start]
    around = [token for token in inside if not run.start <= token.start < run.end]
    outside = [token for token in query.tokens if not selection.where_start <= token.start < selection.order_start]
    variables = variables_of(run.triples)
    counts = _places_of_counts(outside, variables)
    groups = selection.grouped or []
    if counts is None or not _is_plain(run, around) or not _is_closed(outside, counts, groups, inside):
        return None
    used = {token.text[1:] for token in around if token.kind == "variable"} | set(groups)
    return _Shape(query, selection, run, groups, [name for name in variables if name in used], counts)


def _is_ordered(selection: Selection) -> bool:
    """Whether the order leaves no two groups in one place: rows come in the same order with a table and without."""
    if selection.form != "SELECT" or selection.grouped is None or selection.order is None:
        return selection.form == "SELECT" and selection.grouped == [] and selection.order is None
    return set(selection.grouped) <= {name for name, _ in selection.order}


def _places_of_counts(tokens: Sequence[Token], variables: Sequence[str]) -> list[tuple[int, int]] | None:
    """Where the counts outside the pattern stand; ``None`` where there are none, or other aggregates."""
    found: list[tuple[int, int]] = []
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
            found.append((token.start, closing.end))
    return found or None


def _is_plain(run: Run, around: Sequence[Token]) -> bool:
    """Whether the properties are given, the subjects are not, and what is around the run looks at values alone."""
    if not all(triple.subject.is_variable and not triple.predicate.is_variable for triple in run.triples):
        return False
    named = set(variables_of(run.triples))
    for place, token in enumerate(around):
        if token.kind == "word" and token.text in ("EXISTS", "COUNT"):
            return False
        if token.kind == "word" and token.text == "BIND" and token.start < run.start:
            return False
        if token.kind == "variable" and place and around[place - 1].text == "AS":
            if token.text[1:] in named:
                return False
            named.add(token.text[1:])
    return True


def _is_closed(
    outside: Sequence[Token], counts: Sequence[tuple[int, int]], groups: Sequence[str], inside: Sequence[Token]
) -> bool:
    """Whether all that is projected and ordered by are groups and counts: otherwise the query is an error.

    So it is where ``GROUP BY`` does not come first, or a column has the name of another variable.
    """
    within = {token.text[1:] for token in inside if token.kind == "variable"}
    named: set[str] = set()
    is_select = True
    for place, token in enumerate(outside):
        if token.kind == "word" and token.text in ("GROUP", "ORDER", "HAVING", "LIMIT", "OFFSET"):
            if token.text == "GROUP" and not is_select:
                return False
            is_select = False
        if any(start <= token.start < end for start, end in counts):
            continue
        if token.kind == "sign" and token.text == "*":
            return False
        if token.kind == "variable":
            name = token.text[1:]
            before = outside[place - 1]
            if before.kind == "word" and before.text == "AS":
                if name in within or name in named or name in groups:
                    return False
                named.add(name)
            elif name not in groups and name not in named:
                return False
    return True


def _counts(shape: _Shape, tables: Tables, rows: Rows, dataset: Hashable) -> Tally | None:
    """How many rows there are of each group; ``None`` where that does not pay."""
    split = halves_of(shape.run.triples, shape.kept) if len(shape.kept) == 2 else None
    tally = _tally_of_pairs(shape, split, tables, rows, dataset) if split else _tally(shape, tables, rows, dataset)
    counts = tally
    if tally is not None and not shape.is_bare:
        counts = _summed(shape, tally, tables, rows, dataset)
    elif tally is None and not split and not shape.is_bare:
        tally = counts = _tally_of_groups(shape, tables, rows, dataset)
    elif tally is not None and sum(tally.values()) < tables.least:
        return None
    if tally is None or counts is None or (tables.least and 2 * len(counts) > sum(tally.values())):
        return None
    return counts


def _summed(shape: _Shape, tally: Tally, tables: Tables, rows: Rows, dataset: Hashable) -> Tally:
    """The counts of a tally by the images of its values."""
    images = tables.images((shape.surroundings, dataset))
    unknown = [key for key in tally if key not in images]
    if unknown or not images:
        # The engine also says whether the surroundings are an error, whatever there is to look at.
        images.update(zip(unknown, _images(shape, unknown, tables, rows), strict=True))
        tables.added(len(unknown))
    sums: dict[Key, int] = {}
    get = sums.get
    for key, count in tally.items():
        image = images[key]
        if image is not None:
            sums[image] = get(image, 0) + count
    return sums


def _images(shape: _Shape, keys: Sequence[Key], tables: Tables, rows: Rows) -> list[Key | None]:
    """What the filters and ``BIND`` make of combinations of values."""
    lexicon = tables.lexicon
    if not shape.selection.where.kinds:
        places = [shape.kept.index(name) if name in shape.kept else -1 for name in shape.groups]
        return [tuple([key[place] if place >= 0 else UNBOUND for place in places]) for key in keys]
    lines = " ".join([f"({lexicon.written(key)} {place})" for place, key in enumerate(keys)])
    header = " ".join(f"?{name}" for name in [*shape.kept, _FRESH])
    # Filters alone leave the values as they are.
    is_filtered = shape.groups == shape.kept
    columns = " ".join(f"?{name}" for name in [_FRESH, *([] if is_filtered else shape.groups)])
    found: list[Key | None] = [None] * len(keys)
    number = lexicon.number
    for row in rows(f"{shape.prologue}SELECT {columns} {shape.before} VALUES ({header}) {{ {lines} }} {shape.after}"):
        if isinstance(row[0], Literal):
            place = int(row[0].value)
            found[place] = keys[place] if is_filtered else tuple([number(value) for value in row[1:]])
    return found


def _in_order(shape: _Shape, counts: Tally, tables: Tables) -> list[tuple[Key, int]]:
    """The groups about in the order that is asked for: what is in order already is soon sorted."""
    found = list(counts.items())
    if len(found) <= _FEW:
        return found
    texts = tables.lexicon.texts
    for name, is_falling in reversed(shape.selection.order or []):
        if name in shape.groups:
            column = shape.groups.index(name)
            found.sort(key=lambda entry, column=column: texts[entry[0][column]], reverse=is_falling)  # type: ignore[misc]
        else:
            found.sort(key=lambda entry: entry[1], reverse=is_falling)
    return found


def _tally_of_pairs(shape: _Shape, split: Split, tables: Tables, rows: Rows, dataset: Hashable) -> Tally | None:
    hinge, sides, others = split
    first, second = (half(side, hinge, name) for side, name in zip(sides, shape.kept, strict=True))
    if not others:
        return tables.of_pairs(Halves(shape.prologue, first, second, None), rows, dataset)
    # What the surroundings make of pairs is to be asked but once, so that is left until more pairs are asked about.
    tables.remember((first, second, shape.surroundings, dataset))
    return tables.of_pairs(Halves(shape.prologue, first, second, half(others, hinge)), rows, dataset)


def _tally(shape: _Shape, tables: Tables, rows: Rows, dataset: Hashable) -> Tally | None:
    """The tally of the values that matter, made when the surroundings of the pattern are not always the same."""
    triples = shape.run.triples
    names = {name: f"?v{place}" for place, name in enumerate(variables_of(triples))}
    text = shape.prologue + _counting([names[name] for name in shape.kept], f"{{ {written(triples, names)} }}")
    if shape.is_bare:
        return tables.of_values(text, len(shape.kept), rows, dataset)
    try:
        return tables.of_values(text, len(shape.kept), rows, dataset, shape.surroundings)
    except NotYet:
        return None


def _tally_of_groups(shape: _Shape, tables: Tables, rows: Rows, dataset: Hashable) -> Tally | None:
    pattern = f"{shape.before}{shape.query.text[shape.run.start : shape.run.end]}{shape.after}"
    text = shape.prologue + _counting([f"?{name}" for name in shape.groups], pattern)
    return tables.of_values(text, len(shape.groups), rows, dataset)


def _counting(columns: Sequence[str], pattern: str) -> str:
    named = " ".join(columns)
    grouping = f"GROUP BY {named} " if columns else ""
    return f"SELECT {named} (COUNT(*) AS ?{_FRESH}) {pattern} {grouping}LIMIT {MAX_TABLE + 1}"

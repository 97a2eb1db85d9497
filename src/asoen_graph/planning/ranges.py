"""Values between bounds: ``?m :date ?day FILTER(?day >= "2010-01-01"^^xsd:date)`` begins with the days in question.

A row with another value does not pass the filter, so a ``VALUES`` block with all values that may pass changes no
answer. It stands right before the patterns that bind the variable, where it is joined with nothing else first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyoxigraph import Literal

from asoen_graph.planning.order import Edit, frequency, is_selective
from asoen_graph.planning.scanning import Token
from asoen_graph.planning.statistics import Statistics
from asoen_graph.planning.structure import Group, Part, Query, Run, Selection, Triple
from asoen_graph.planning.values import Bounds, Key, placed
from asoen_graph.sparql.terms import serialise

MAX_TERMS = 1_000
"""How many values a block may have."""

MOST = 3_000
"""How far quads are counted to judge a block."""

_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}
_PLAIN = frozenset({"FILTER", "OPTIONAL", "MINUS", "BIND"})


def narrowed(query: Query, selection: Selection, statistics: Statistics) -> Edit | None:
    """The block for the filter of a selection that leaves the fewest rows, where that pays."""
    group = selection.where
    if not is_plain(group):
        return None
    limits = bounds_of(query, group)
    patterns = {name: pattern for name in limits if (pattern := binding(group, name)) is not None}
    if not patterns:
        return None
    rarest = fewest(query, group, statistics, MOST)
    if rarest is not None and rarest < statistics.few:
        return None
    best: tuple[int, Edit] | None = None
    for name, (run, triple) in patterns.items():
        column = statistics.column(query.iri(triple.predicate))
        if column is None:
            continue
        terms, rows = column.within(limits[name])
        others = column.size if rarest is None else rarest
        if terms <= MAX_TERMS and rows * statistics.gain <= others and (best is None or rows < best[0]):
            best = rows, (run.start, run.start, block(name, column.terms(limits[name])))
    return None if best is None else best[1]


def is_plain(group: Group) -> bool:
    """Whether it is clear what the engine would begin with: no subject is given, and no part binds anything first."""
    return group.kinds <= _PLAIN and all(triple.subject.is_variable for triple in group.triples)


def binding(group: Group, name: str) -> tuple[Run, Triple] | None:
    """The first pattern that binds a variable to the values of a given property."""
    for run in group.runs:
        for triple in run.triples:
            if triple.object.is_variable and triple.object.name == name and not triple.predicate.is_variable:
                return run, triple
    return None


def fewest(query: Query, group: Group, statistics: Statistics, most: int) -> int | None:
    """How many quads the rarest pattern with a given value has, at most ``most``; ``None`` where there is none."""
    selective = [triple for triple in group.triples if is_selective(triple)]
    if not selective:
        return None
    found = most
    for triple in selective:
        found = frequency(query, triple, statistics, found)
    return found


def block(name: str, terms: Sequence[Literal]) -> str:
    """The values of a variable as SPARQL, with a space at the end."""
    return f"VALUES ?{name} {{ {' '.join(map(serialise, terms))} }} "


def bounds_of(query: Query, group: Group) -> dict[str, Bounds]:
    """What the filters of a group let through, by variable."""
    found: dict[str, Bounds] = {}
    for tokens in group.filters:
        for conjunct in _conjuncts(tokens):
            read = _comparison(query, conjunct)
            if read is not None:
                name, bounds = read
                found[name] = found[name].and_(bounds) if name in found else bounds
    return found


def _conjuncts(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """What is joined by ``&&``; nothing where there is an *or*."""
    depth, cuts = 0, [-1]
    for place, token in enumerate(tokens):
        depth += (token.text in "({" and token.kind == "sign") - (token.text in ")}" and token.kind == "sign")
        if depth == 0 and token.text == "||":
            return
        if depth == 0 and token.text == "&&":
            cuts.append(place)
    if len(cuts) == 1:
        if len(tokens) > 2 and tokens[0].text == "(" and _closes_at_end(tokens):
            yield from _conjuncts(tokens[1:-1])
        else:
            yield tokens
        return
    for start, end in zip(cuts, [*cuts[1:], len(tokens)], strict=True):
        yield from _conjuncts(tokens[start + 1 : end])


def _closes_at_end(tokens: Sequence[Token]) -> bool:
    depth = 0
    for place, token in enumerate(tokens):
        if token.kind == "sign":
            depth += (token.text == "(") - (token.text == ")")
        if depth == 0:
            return place == len(tokens) - 1
    return False


def _comparison(query: Query, tokens: Sequence[Token]) -> tuple[str, Bounds] | None:
    """The variable and the bounds of ``?v >= constant`` or ``constant <= ?v``."""
    if len(tokens) < 3:
        return None
    if tokens[0].kind == "variable" and tokens[1].text in _FLIPPED:
        variable, sign, constant = tokens[0], tokens[1].text, tokens[2:]
    elif tokens[-1].kind == "variable" and tokens[-2].text in _FLIPPED:
        variable, sign, constant = tokens[-1], _FLIPPED[tokens[-2].text], tokens[:-2]
    else:
        return None
    place = _constant(query, constant)
    if place is None:
        return None
    kind, key = place
    low = (key, sign != ">") if sign in (">", ">=", "=") else None
    high = (key, sign != "<") if sign in ("<", "<=", "=") else None
    return variable.text[1:], Bounds(kind, low, high)


def _constant(query: Query, tokens: Sequence[Token]) -> tuple[str, Key] | None:
    """The kind of a constant and its place in the order of that kind."""
    sign = ""
    if len(tokens) == 2 and tokens[0].text == "-":
        sign, tokens = "-", tokens[1:]
    is_number = len(tokens) == 1 and tokens[0].kind == "number"
    is_typed = len(tokens) == 3 and tokens[0].kind == "string" and tokens[1].text == "^^"
    if not (is_number or (is_typed and not sign)):
        return None
    term = query.term(Part(tokens))
    if not isinstance(term, Literal):
        return None
    return placed(Literal(sign + term.value, datatype=term.datatype) if sign else term)

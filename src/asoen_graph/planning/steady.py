"""Orders that are orders: ``ORDER BY`` over values of several kinds.

The engine compares two literals by value where SPARQL says how (numbers, dates, texts), and by their text otherwise.
With numbers among other values that is no order: 9 is less than 10, 10 less than "5x", and that less than 9. Days and
moments with time zones have the same trouble. Rust's sort ends the process where it finds out, which takes more than
twenty rows.

So where values of a key may be of several kinds, two other keys stand in its place. The first parts numbers from the
rest, and years of other than four digits; in the second one, moments, days that have a time zone, and times of day are
moments in UTC. Neither changes the order of any two values that SPARQL can compare, nor of nodes before literals. What
is known to be of one kind stays as it is: what functions return that have results of one kind, subjects, and the values
of properties that ``Statistics`` has looked at.

There is no help yet for integers beyond 2**53 beside doubles, nor for durations of months beside durations of days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from asoen_graph.iris import XSD
from asoen_graph.planning.order import Edit
from asoen_graph.planning.scanning import Token, Unplanned
from asoen_graph.planning.statistics import NODE, NUMBER, SAFE_TOGETHER, TEXT, Statistics
from asoen_graph.planning.structure import Query
from asoen_graph.sparql.tokens import significant

_NAN = "not a number"
_ANYTHING = frozenset(["anything"])
_CALLED = frozenset(["of a function that is no part of SPARQL"])
_OF_DAYS = re.compile("(?:date|time)>?$", re.IGNORECASE)
_KINDS = {
    name: frozenset(kinds)
    for names, kinds in (
        ("DATATYPE IRI URI UUID", [NODE]),
        ("BOUND ISIRI ISURI ISBLANK ISLITERAL ISNUMERIC REGEX CONTAINS STRSTARTS STRENDS LANGMATCHES SAMETERM", [TEXT]),
        (
            "STR LCASE UCASE SUBSTR CONCAT REPLACE ENCODE_FOR_URI STRBEFORE STRAFTER LANG GROUP_CONCAT TZ STRUUID",
            [TEXT],
        ),
        ("MD5 SHA1 SHA256 SHA384 SHA512", [TEXT]),
        ("STRLEN YEAR MONTH DAY HOURS MINUTES SECONDS COUNT RAND", [NUMBER]),
        ("SUM AVG ABS CEIL FLOOR ROUND", [NUMBER, _NAN]),
        ("NOW", ["Z"]),
    )
    for name in names.split(" ")
}
"""What functions have for results."""

_LAST = frozenset(["LIMIT", "OFFSET", "VALUES", "HAVING"])


class _Key(NamedTuple):
    """A condition of ``ORDER BY``, and what stands in it."""

    start: int
    end: int
    expression: Sequence[Token]
    is_falling: bool


def steadied(
    text: str,
    tokens: Sequence[Token],
    query: Query | None,
    statistics: Statistics,
    known: Mapping[str, frozenset[str]] | None = None,
) -> tuple[list[Edit], bool]:
    """The keys that need others in their place, and whether that would be the same the next time.

    ``query`` is what the tokens were read as, where they could be; ``known`` are the kinds of values that variables
    have in the rows to be sorted.
    """
    edits: list[Edit] = []
    is_settled = True
    for key in _keys(tokens):
        first = key.expression[0]
        if known and len(key.expression) == 1 and first.text[1:] in known:
            kinds: frozenset[str] | None = known[first.text[1:]]
        else:
            kinds = _kinds(key.expression, tokens, query, statistics)
        if kinds is None:
            is_settled = False
        elif kinds == _CALLED or any(kinds <= safe for safe in SAFE_TOGETHER):
            continue
        written = text[key.expression[0].start : key.expression[-1].end]
        found = _numeric(written) if kinds is not None and kinds <= {NUMBER, _NAN} else _any(written)
        form = "DESC({})" if key.is_falling else "ASC({})"
        edits.append((key.start, key.end, " ".join(form.format(each) for each in found)))
    return edits, is_settled


def tokens_of(text: str) -> list[Token]:
    """The tokens of any text, however it is spelt. Raises Unplanned where it holds what is none."""
    found: list[Token] = []
    for token in significant(text):
        if token.kind == "error":
            raise Unplanned
        kind = "sign" if token.kind == "punctuation" else token.kind
        value = token.value.upper() if kind == "word" else token.value
        found.append(Token(kind, value, token.start, token.end))
    return found


def _numeric(written: str) -> tuple[str, str]:
    return f"({written}) != ({written})", written


def _any(written: str) -> tuple[str, str]:
    utc = f'"PT0S"^^<{XSD}dayTimeDuration>'
    far = f'IF(STRSTARTS(STR({written}), "-"), 1, IF(STRLEN(STRBEFORE(STR({written}), "-")) > 4, 3, 2))'
    number = f"IF(({written}) = ({written}), 4, 5)"
    literal = f"IF(ISNUMERIC({written}), {number}, COALESCE(IF(STRLEN(TZ({written})) < 0, 2, {far}), 2))"
    is_moment = f'COALESCE(TZ({written}) != "" || DATATYPE({written}) IN (<{XSD}dateTime>, <{XSD}time>), false)'
    on_a_day = f'CONCAT("1972-12-31T", STR({written}))'
    return (
        f"IF(ISLITERAL({written}), {literal}, 0)",
        f"IF({is_moment}, COALESCE(ADJUST(<{XSD}dateTime>({written}), {utc}), "
        f"ADJUST(<{XSD}dateTime>({on_a_day}), {utc}), {written}), {written})",
    )


def _keys(tokens: Sequence[Token]) -> Iterator[_Key]:
    """The conditions of every ``ORDER BY``."""
    for place, token in enumerate(tokens[:-2]):
        if token.kind == "word" and token.text == "ORDER" and tokens[place + 1].text == "BY":
            at = place + 2
            while at < len(tokens) and tokens[at].text not in _LAST:
                key, at = _key(tokens, at)
                if key is None:
                    break
                yield key


def _key(tokens: Sequence[Token], at: int) -> tuple[_Key | None, int]:
    """The condition that begins at a place, and the place behind it; none where there is none."""
    token = tokens[at]
    is_falling = token.text == "DESC"
    first = at + (token.kind == "word" and token.text in ("ASC", "DESC"))
    last = first
    if first < len(tokens) and tokens[first].kind in ("word", "name", "iri"):
        last += 1
    if last >= len(tokens) or tokens[last].text in ("NOT", "EXISTS", "{"):
        return None, at
    if tokens[last].text == "(":
        last = _closing(tokens, last)
    elif tokens[last].kind not in (("variable",) if last == first else ("nil",)):
        return None, at
    return _Key(token.start, tokens[last].end, _bare(tokens[first : last + 1]), is_falling), last + 1


def _closing(tokens: Sequence[Token], opening: int) -> int:
    """The place of the bracket that closes the one at a place. Raises Unplanned where there is none."""
    depth = 0
    for place in range(opening, len(tokens)):
        if tokens[place].kind == "sign":
            depth += (tokens[place].text == "(") - (tokens[place].text == ")")
        if depth == 0:
            return place
    raise Unplanned


def _bare(tokens: Sequence[Token]) -> Sequence[Token]:
    """An expression without brackets around it."""
    while len(tokens) > 2 and tokens[0].text == "(" and _closing(tokens, 0) == len(tokens) - 1:
        tokens = tokens[1:-1]
    return tokens


def _kinds(
    expression: Sequence[Token], tokens: Sequence[Token], query: Query | None, statistics: Statistics
) -> frozenset[str] | None:
    """The kinds of values an expression may have; ``None`` where that may be known later."""
    head = expression[0]
    if head.kind == "variable" and len(expression) == 1:
        return _kinds_of_variable(head.text[1:], tokens, query, statistics)
    if len(expression) == 1 or not _ends_at_end(expression):
        return _ANYTHING
    if head.kind in ("name", "iri"):
        return _ANYTHING if _OF_DAYS.search(head.text) else _CALLED
    return _KINDS.get(head.text, _ANYTHING)


def _ends_at_end(call: Sequence[Token]) -> bool:
    return call[1].kind == "nil" if len(call) == 2 else call[1].text == "(" and _closing(call, 1) == len(call) - 1


def _kinds_of_variable(
    name: str, tokens: Sequence[Token], query: Query | None, statistics: Statistics
) -> frozenset[str] | None:
    found: set[str] = set()
    for place, token in enumerate(tokens):
        if token.kind == "variable" and token.text[1:] == name and tokens[place - 1].text == "AS":
            opening = _opening(tokens, place)
            of_alias = _kinds(_bare(tokens[opening + 1 : place - 1]), (), None, statistics)
            found |= _ANYTHING if of_alias is None else of_alias
        elif token.kind == "word" and token.text in ("VALUES", "SERVICE") and _is_among(name, tokens[place + 1 :]):
            found |= _ANYTHING
    if query is None:
        # Counts and the like are known by their names alone, other variables are not.
        return frozenset(found) if _is_alias(name, tokens) else _ANYTHING
    is_settled = True
    for group in query.groups:
        for triple in group.triples:
            if triple.object.is_variable and triple.object.name == name:
                if triple.predicate.is_variable:
                    return _ANYTHING
                kinds = statistics.kinds(query.iri(triple.predicate))
                is_settled = is_settled and kinds is not None
                found.update(kinds or ())
            elif any(part.is_variable and part.name == name for part in (triple.subject, triple.predicate)):
                found.add(NODE)
    is_known = any(found <= safe for safe in SAFE_TOGETHER)
    return frozenset(found) if is_settled or not is_known else None


def _is_alias(name: str, tokens: Sequence[Token]) -> bool:
    places = [place for place, token in enumerate(tokens) if token.kind == "variable" and token.text[1:] == name]
    return any(tokens[place - 1].text == "AS" for place in places)


def _opening(tokens: Sequence[Token], place: int) -> int:
    """The place of the bracket that is open at a place. Raises Unplanned where there is none."""
    depth = 1
    for before in range(place - 1, -1, -1):
        if tokens[before].kind == "sign":
            depth += (tokens[before].text == ")") - (tokens[before].text == "(")
        if depth == 0:
            return before
    raise Unplanned


def _is_among(name: str, tokens: Sequence[Token]) -> bool:
    """Whether a variable stands before the next brace."""
    for token in tokens:
        if token.text == "{":
            return False
        if token.kind == "variable" and token.text[1:] == name:
            return True
    return False

"""Putting the rows of an answer in order here, where an engine can answer a query and cannot sort what it finds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pyoxigraph import BlankNode, QuerySolutions, Store

from asoen_graph.iris import QUERY_PREFIXES
from asoen_graph.sparql.names import prefixes_of
from asoen_graph.sparql.terms import serialise
from asoen_graph.sparql.tokens import Token, significant


class Unsorted(NamedTuple):
    """A query without its ``ORDER BY``, and what that said."""

    text: str
    order: str
    variables: frozenset[str]
    """The variables that the order speaks of."""


def without_order(text: str) -> Unsorted | None:
    """The query without the ``ORDER BY`` it ends in; ``None`` where it ends in none, or takes only part of the rows."""
    tokens = significant(text)
    depth, begin = 0, None
    for position, token in enumerate(tokens):
        depth += (token.text == "{") - (token.text == "}")
        if depth == 0 and token.is_word("ORDER") and position + 1 < len(tokens):
            begin = position
    if begin is None or not _is_last(tokens[begin:]):
        return None
    start, end = tokens[begin].start, tokens[-1].end
    names = frozenset(token.value[1:] for token in tokens[begin:] if token.kind == "variable")
    return Unsorted(text[:start] + text[end:], text[start:end], names)


def sort_rows(rows: QuerySolutions, query: Unsorted) -> QuerySolutions | None:
    """The rows in the order of the query; ``None`` where that speaks of what is not in them, or of blank nodes."""
    names = [variable.value for variable in rows.variables]
    found = [tuple(row) for row in rows]
    if not query.variables <= set(names) or any(isinstance(term, BlankNode) for row in found for term in row):
        return None
    variables = " ".join(f"?{name}" for name in names)
    data = " ".join(f"({' '.join('UNDEF' if t is None else serialise(t) for t in row)})" for row in found)
    prefixes = QUERY_PREFIXES | prefixes_of(significant(query.text))
    text = f"SELECT {variables} {{ VALUES ({variables}) {{ {data} }} }} {query.order}"
    result = Store().query(text, prefixes=prefixes)
    return result if isinstance(result, QuerySolutions) else None


def _is_last(tokens: Sequence[Token]) -> bool:
    return not any(token.is_word("LIMIT", "OFFSET", "VALUES", "COUNT", "SUM", "MIN", "MAX", "AVG") for token in tokens)

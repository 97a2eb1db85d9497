"""Counting in the default graph by query: the engine counts far faster than Python."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store


def rows(store: Store, query: str, keys: int) -> list[tuple[list[str], list[int]]]:
    """The rows of a query, sorted: IRIs in the first ``keys`` columns, numbers in the others."""
    found = store.query(query)
    assert isinstance(found, QuerySolutions)
    values = [[term.value for term in row if isinstance(term, NamedNode | Literal)] for row in found]
    return sorted((row[:keys], [int(number) for number in row[keys:]]) for row in values)


def iris(store: Store, query: str) -> list[str]:
    """The IRIs that a query of one variable finds, sorted."""
    return [iri for (iri,), _ in rows(store, query, 1)]

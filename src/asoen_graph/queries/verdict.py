"""All that can be said of a query without asking it: what makes it none, or what in it is hardly meant."""

from __future__ import annotations

from typing import NamedTuple

from asoen_graph.errors import QueryError
from asoen_graph.queries.review import doubts
from asoen_graph.store import GraphStore


class Verdict(NamedTuple):
    """The mistake for which a query is not answered, or ``None`` and what is doubtful in it, in order of place."""

    mistake: QueryError | None
    doubts: tuple[QueryError, ...] = ()


def judge(text: str, store: GraphStore) -> Verdict:
    """Look a query over. Raises StoreError where an endpoint that has a say in it fails."""
    try:
        store.look_over(text)
    except QueryError as error:
        return Verdict(error)
    return Verdict(None, tuple(doubts(text, store)))

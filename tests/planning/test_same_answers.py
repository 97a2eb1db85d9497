"""A plan changes no answer: random queries on random graphs, planned as often as can be, against the engine alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from random import Random

from hypothesis import event, given, settings
from hypothesis import strategies as st
from pyoxigraph import QueryBoolean, QuerySolutions, Store, Triple
from tests.planning.questions import Case, Value

from asoen_graph.planning.planner import Planner
from asoen_graph.planning.statistics import Statistics
from asoen_graph.planning.tallies import Tables

SEEDS, HINGES = st.integers(0, 2**40), st.sampled_from([0, 1, 500])


@settings(max_examples=250, deadline=None)
@given(SEEDS, st.booleans(), HINGES)
def test_answers_are_the_same(seed: int, is_union: bool, most_hinges: int) -> None:
    case = Case.make(Random(seed))
    _compare(case, [case.query() for _ in range(6)], most_hinges, is_union=is_union)


@settings(max_examples=400, deadline=None)
@given(SEEDS, st.booleans(), HINGES)
def test_counts_are_the_same(seed: int, is_union: bool, most_hinges: int) -> None:
    """In denser graphs, and queries that are asked of the same tables."""
    case = Case.make(Random(seed), most=30)
    _compare(case, [(case.count("PREFIX e: <http://e/> "), True) for _ in range(8)], most_hinges, is_union=is_union)


def _compare(case: Case, queries: Iterable[tuple[str, bool]], most_hinges: int, *, is_union: bool) -> None:
    planner = Planner(Statistics(case.store, few=0, gain=0), Tables(least=0, most_hinges=most_hinges))
    for text, is_ordered in queries:
        for _ in range(2):
            planned = planner.plan(text, lambda query: _rows(case.store, query, is_union=is_union))
        if planned == text:
            continue
        event(
            "counts" if "howOften" in planned else "begins with values" if "VALUES" in planned else "in another order"
        )
        ours, theirs = (_answer(case.store, each, is_union=is_union) for each in (planned, text))
        if theirs is None:
            assert ours is None, planned
        elif is_ordered or not isinstance(ours, list) or not isinstance(theirs, list):
            assert ours == theirs, planned
        else:
            assert Counter(ours) == Counter(theirs), planned


def _rows(store: Store, text: str, *, is_union: bool) -> list[tuple[Value | Triple | None, ...]]:
    result = store.query(text, use_default_graph_as_union=is_union)
    assert isinstance(result, QuerySolutions)
    return [tuple(row) for row in result]


def _answer(store: Store, text: str, *, is_union: bool) -> list[tuple[str, ...]] | bool | None:
    """An answer to compare; ``None`` where the query is a mistake."""
    try:
        result = store.query(text, use_default_graph_as_union=is_union)
    except SyntaxError:
        return None
    if isinstance(result, QueryBoolean):
        return bool(result)
    assert isinstance(result, QuerySolutions)
    return [tuple(map(str, row)) for row in result]

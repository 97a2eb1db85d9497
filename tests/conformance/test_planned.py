"""The W3C's queries on their data have the same answers planned, as often as can be, as in the engine alone."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
)

from asoen_graph.planning.planner import Planner
from asoen_graph.planning.statistics import Statistics
from asoen_graph.planning.tallies import Tables

from .manifests import Case, cases, path_of
from .suites import EVALUATION

_UNREADABLE = (SyntaxError, ValueError, RuntimeError)


@pytest.mark.parametrize("suite", EVALUATION)
def test_plans_change_no_answer(suite: str) -> None:
    for case in cases(suite):
        store = _store(case)
        text = path_of(case.query).read_text(encoding="utf-8")
        planner = Planner(Statistics(store, few=0, gain=0), Tables(least=0))
        for _ in range(2):
            planned = planner.plan(text, lambda query, s=store: _rows(s, query))
        if planned != text:
            assert _answer(store, planned) == _answer(store, text), (case.name, planned)


def test_some_are_planned() -> None:
    """Otherwise the test above says nothing."""
    planned = 0
    for case in (case for suite in EVALUATION for case in cases(suite)):
        text = path_of(case.query).read_text(encoding="utf-8")
        planned += Planner(Statistics(_store(case), few=0, gain=0)).plan(text, lambda query: [(None,)]) != text
    assert planned


def _store(case: Case) -> Store:
    store = Store()
    for iri, graph in [*((iri, None) for iri in case.data), *((iri, NamedNode(iri)) for iri in case.named)]:
        path: Path = path_of(iri)
        rdf_format = RdfFormat.from_extension(path.suffix.removeprefix("."))
        store.load(path.read_bytes(), rdf_format, base_iri=iri, to_graph=graph)
    return store


def _rows(store: Store, text: str) -> QuerySolutions:
    result = store.query(text)
    assert isinstance(result, QuerySolutions)
    return result


def _answer(store: Store, text: str) -> object:
    """What can be compared: rows in any order, for the tests with an order are compared by the values of theirs."""
    try:
        result = store.query(text)
    except _UNREADABLE as error:
        return type(error)
    if isinstance(result, QueryBoolean):
        return bool(result)
    if isinstance(result, QueryTriples):
        graph = Dataset(Quad(*triple) for triple in result)
        graph.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
        return set(graph)
    return Counter(tuple(map(str, row)) for row in result)

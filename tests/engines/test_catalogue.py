"""Every query of the catalogue and every network, on each engine, with the answers of the engine in this process.

``docs/engines.md`` lists what differs: always, or at times. A query that is listed as always different must differ, and
one that is not listed must not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.catalogue.cases import CASES, CATALOGUE, NAMES, OPTIONAL
from tests.engines.conftest import Pair
from tests.engines.servers import ENGINES

from asoen_graph.answers.rendering import render
from asoen_graph.errors import AsoenError
from asoen_graph.iris import FACT
from asoen_graph.network.formats import write
from asoen_graph.network.projection import build_network
from asoen_graph.queries.parameters import bind_values
from asoen_graph.store import Answer, SelectAnswer, Term

ROOT = Path(__file__).parents[2]
NETWORKS = [name for name in NAMES if CATALOGUE[name].is_network]
_LISTED = re.compile(r"^\| `([a-z0-9-]+)` \| ([a-z]+) \| (always|at times) \|", re.MULTILINE)
_PAGE = (ROOT / "docs" / "engines.md").read_text(encoding="utf-8")
DIFFERENT = {(name, engine): how for name, engine, how in _LISTED.findall(_PAGE)}
"""Query and engine, as the page lists them, and whether they differ always."""


def comparable(term: Term | None) -> str:
    """A term as text; facts that are joined in a cell come in any order."""
    text = "" if term is None else str(term)
    return " ".join(sorted(text.strip('"').split())) if FACT in text else text


def rows(answer: Answer) -> Sequence[tuple[str, ...]]:
    assert isinstance(answer, SelectAnswer)
    return [tuple(map(comparable, row)) for row in answer.rows]


@pytest.mark.parametrize("name", NAMES)
def test_a_query_has_the_same_rows_in_the_same_order(name: str, pair: Pair) -> None:
    query = CATALOGUE[name]
    text = bind_values(query.text, query.parameters, CASES.get(name, {}), pair.ours)
    expected = pair.ours.query(text)
    try:
        found = pair.theirs.query(text)
        same = rows(found) == rows(expected) and found.variables == expected.variables  # type: ignore[union-attr]
    except AsoenError as error:
        found, same = error, False  # type: ignore[assignment]
    how = DIFFERENT.get((name, pair.engine))
    assert how == "at times" or same == (how is None), f"{found}\n\n{expected}"


def test_what_is_listed_as_different_is_there() -> None:
    assert {name for name, _ in DIFFERENT} <= set(NAMES)
    assert {engine for _, engine in DIFFERENT} <= set(ENGINES)


@pytest.mark.parametrize(("name", "parameter"), OPTIONAL)
def test_a_query_for_one_thing_has_the_same_rows(name: str, parameter: str, pair: Pair) -> None:
    query, case = CATALOGUE[name], CASES.get(name, {})
    everything = pair.ours.query(bind_values(query.text, query.parameters, case, pair.ours))
    assert isinstance(everything, SelectAnswer)
    column = everything.variables.index(parameter)
    if (name, pair.engine) in DIFFERENT:
        pytest.skip("listed as different")
    for slug in sorted({str(row[column]).strip("<>").rsplit("/", 1)[1] for row in everything.rows if row[column]}):
        text = bind_values(query.text, query.parameters, case | {parameter: slug}, pair.ours)
        assert rows(pair.theirs.query(text)) == rows(pair.ours.query(text)), slug


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("at", [None, "2041"])
def test_a_network_is_the_same(name: str, at: str | None, pair: Pair) -> None:
    if (name, pair.engine) in DIFFERENT:
        pytest.skip("listed as different")
    vocabulary = pair.release.vocabulary
    ours, theirs = (
        build_network(store, vocabulary, CATALOGUE[name], at=at, language="vi") for store in (pair.ours, pair.theirs)
    )
    assert write(theirs, "json") == write(ours, "json")


@pytest.mark.parametrize("name", ["meetings-of-series", "facts-of-source", "parks-on-a-map"])
@pytest.mark.parametrize("language", ["en", "vi"])
def test_labels_and_sources_beside_the_values_are_the_same(name: str, language: str, pair: Pair) -> None:
    query = CATALOGUE[name]
    text = bind_values(query.text, query.parameters, CASES.get(name, {}), pair.theirs)
    ours, theirs = (
        # The facts of a cell, and so their citations, come in the order in which an engine joins them.
        sorted(re.split(r"[ \n;]+", render(pair.ours.query(text), "csv", store, language).decode()))
        for store in (pair.ours, pair.theirs)
    )
    assert theirs == ours

"""What is sorted is sorted by an order, whatever the values are, and no order ends the process."""

from __future__ import annotations

import subprocess
import sys
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store
from tests.planning.questions import ALL_PLAIN, ODD, Value, typed

from asoen_graph.errors import QuerySyntaxError
from asoen_graph.planning.planner import Planner
from asoen_graph.planning.statistics import Statistics
from asoen_graph.sparql.terms import serialise
from asoen_graph.store import SelectAnswer
from asoen_graph.store.embedded import EmbeddedStore

E = "http://e/"
PREFIX = "PREFIX e: <http://e/> "
ZONES = ["", "Z", "+14:00", "-10:00", "+02:00"]
HOSTILE = [
    *ALL_PLAIN, *ODD, NamedNode("http://e/a"), Literal("5x"), Literal("9"), Literal("a", language="en"),
    Literal("a", language="vi"), typed("9", "integer"), typed("10", "integer"), typed("1e3", "double"),
    *[typed(f"2000-01-0{day}{zone}", "date") for day in (1, 2) for zone in ZONES],
    *[typed(f"2000-01-0{day}T{hour}:00:00{zone}", "dateTime") for day in (1, 2) for hour in (10, 23) for zone in ZONES],
]  # fmt: skip
_BOTH = " ".join(f'{number} "{number * 61 % 300}x"' for number in range(300))
_ABORTING = """
from pyoxigraph import Literal, NamedNode, Quad, Store
values = [value for n in range(400) for value in (Literal(n * 37 % 400), Literal(f"{n * 61 % 400}x"))]
store, property_ = Store(), NamedNode("http://e/p")
store.extend(Quad(NamedNode(f"http://e/{n}"), property_, value) for n, value in enumerate(values))
print(len(list(store.query("SELECT ?v { ?s <http://e/p> ?v } ORDER BY ?v"))))
"""


def _rows(store: Store, text: str) -> list[tuple[Value, ...]]:
    result = store.query(text)
    assert isinstance(result, QuerySolutions)
    return [tuple(row) for row in result]


def _keys(direction: str) -> str:
    """A key over values that nothing is known of, as it is planned."""
    text = f"SELECT ?v {{ ?s ?p ?v }} ORDER BY {direction}(?v)"
    planned = Planner(Statistics(Store())).plan(text, lambda query: ())
    assert planned != text
    return planned.partition("ORDER BY ")[2]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(HOSTILE), min_size=2, max_size=120), st.sampled_from(["ASC", "DESC"]))
def test_no_two_values_stand_against_what_sparql_says_of_them(values: list[Value], direction: str) -> None:
    store = Store()
    block = " ".join(map(serialise, values))
    found = [value for (value,) in _rows(store, f"SELECT ?v {{ VALUES ?v {{ {block} }} }} ORDER BY {_keys(direction)}")]
    assert len(found) == len(values)
    both = f"SELECT ?a ?b {{ VALUES ?a {{ {block} }} VALUES ?b {{ {block} }} FILTER(?a < ?b) }}"
    less = {(str(a), str(b)) for a, b in _rows(store, both)}
    for first, second in combinations(found if direction == "ASC" else reversed(found), 2):
        assert (str(second), str(first)) not in less
        assert not (isinstance(first, Literal) and isinstance(second, NamedNode))


def test_the_engine_alone_ends_the_process() -> None:
    """If this fails, the engine has learned it, and ``steady`` can go."""
    done = subprocess.run([sys.executable, "-c", _ABORTING], capture_output=True, check=False)
    assert done.returncode < 0
    assert b"total order" in done.stderr


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?v { ?s e:p ?v } ORDER BY ?v",
        "SELECT ?v { ?s e:p ?v } ORDER BY DESC(?v) ?s LIMIT 7",
        "SELECT ?v { ?s ?p ?v } ORDER BY ?p (?v)",
        "SELECT ?v { ?s e:p/e:p* ?v } ORDER BY ?v",
        "SELECT ?v { [] e:p ?v } ORDER BY ASC(?v) LIMIT 7",
        "SELECT ?v (SUM(?n) AS ?t) { ?s e:p ?v ; e:n ?n } GROUP BY ?v ORDER BY ?v ?t",
        "SELECT (MAX(?v) AS ?m) { ?s e:p ?v } GROUP BY ?s ORDER BY ?m",
        "SELECT ?m { ?s e:p ?v BIND(COALESCE(?v, 1) AS ?m) } ORDER BY ?m",
        "SELECT * { { SELECT ?v { ?s e:p ?v } ORDER BY ?v LIMIT 10 } }",
        "SELECT ?v { { ?s e:n ?v } UNION { ?v e:n ?s } UNION { ?s e:text ?v } } ORDER BY IF(true, ?v, 1)",
        f"SELECT ?v {{ VALUES ?v {{ {_BOTH} }} }} ORDER BY ?v",
    ],
)
def test_numbers_among_other_values_can_be_sorted(text: str) -> None:
    store = Store()
    for number in range(400):
        subject = NamedNode(f"{E}{number}")
        store.add(Quad(subject, NamedNode(E + "p"), Literal(number)))
        store.add(Quad(subject, NamedNode(E + "p"), Literal(f"{number}x")))
        store.add(Quad(subject, NamedNode(E + "n"), Literal(number)))
        store.add(Quad(subject, NamedNode(E + "text"), Literal(f"{number}x")))
    answer = EmbeddedStore(store).query(PREFIX + text)
    assert isinstance(answer, SelectAnswer)
    assert answer.rows


@pytest.fixture(scope="module")
def store() -> Store:
    """Two hundred subjects with values of one kind each, and some of two."""
    store = Store()
    for number in range(200):
        subject = NamedNode(f"{E}{number}")
        for name, value in {
            "number": Literal(number),
            "day": typed(f"2000-01-{number % 28 + 1:02}", "date"),
            "year": typed(f"{1900 + number}", "gYear"),
            "name": Literal(f"n{number}"),
            "mixed": Literal(number) if number % 2 else Literal("x"),
            "zoned": typed("2000-01-01" + "Z" * (number % 2), "date"),
        }.items():
            store.add(Quad(subject, NamedNode(E + name), value))
    return store


def _is_left(store: Store, text: str, look: int = 1_000) -> bool:
    return Planner(Statistics(store, look=look)).plan(PREFIX + text, lambda query: ()) == PREFIX + text


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s e:number ?v ; e:day ?w } ORDER BY ?v DESC(?w) ?s",
        "SELECT * { ?s e:name ?v OPTIONAL { ?s e:day ?w } } ORDER BY ?w ASC(?v)",
        "SELECT * { { ?s e:day ?v } UNION { ?s e:year ?v } } ORDER BY ?v",
        "SELECT ?w (COUNT(?s) AS ?n) { ?s e:day ?v BIND(SUBSTR(STR(?v), 1, 4) AS ?w) } GROUP BY ?w ORDER BY ?n ?w",
        "SELECT * { ?s e:mixed ?v } ORDER BY STR(?v) STRLEN(?v) (COUNT(?v)) RAND()",
        "SELECT * { ?s e:mixed ?v } ORDER BY ?nobody",
        "SELECT * { ?s e:mixed ?v BIND(e:score(?v) AS ?w) } ORDER BY ?w e:score(?v)",
    ],
)
def test_what_is_known_to_be_of_one_kind_is_left_alone(store: Store, text: str) -> None:
    assert _is_left(store, text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s e:mixed ?v } ORDER BY ?v",
        "SELECT * { ?s e:zoned ?v } ORDER BY ?v",
        "SELECT * { { ?s e:day ?v } UNION { ?s e:number ?v } } ORDER BY ?v",
        "SELECT * { ?s e:number ?w VALUES ?v { 1 } } ORDER BY ?v",
        "SELECT * { ?s e:number ?w BIND(?w AS ?v) } ORDER BY ?v",
        "SELECT * { ?s e:number ?w } ORDER BY (?w + 1)",
        "SELECT * { ?s e:number ?w } ORDER BY <http://www.w3.org/2001/XMLSchema#date>(?w)",
        "SELECT * { ?s e:day ?w { BIND(1 AS ?x) BIND(YEAR(?w) AS ?v) } UNION { BIND(STR(?w) AS ?v) } } ORDER BY ?v",
        "SELECT (SUM(?w) AS ?n) { ?s e:number ?w } GROUP BY ?s ORDER BY ?n",
    ],
)
def test_what_may_be_of_several_kinds_has_other_keys(store: Store, text: str) -> None:
    assert not _is_left(store, text)


def test_values_are_looked_at_when_enough_have_asked(store: Store) -> None:
    statistics = Statistics(store, look=60)
    asked = [statistics.kinds(NamedNode(E + "number")) for _ in range(5)]
    assert asked == [None, None, None, frozenset(["number"]), frozenset(["number"])]
    assert statistics.kinds(NamedNode(E + "mixed")) == frozenset(["number", "text"]), "that is known at once"


def test_a_mistake_is_told_of_the_text_as_it_was_written(store: Store) -> None:
    with pytest.raises(QuerySyntaxError, match="Line 2, column 1:"):
        EmbeddedStore(store).query("SELECT * { ?s ?p ?v } ORDER BY ?v\n)")

"""What a plan looks like, and what is left as it was written."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store, Triple
from tests.planning.questions import Value, typed

from asoen_graph.planning.planner import Planner
from asoen_graph.planning.scanning import MAX_LENGTH
from asoen_graph.planning.statistics import Statistics
from asoen_graph.planning.tallies import Tables
from asoen_graph.store import AskAnswer, SelectAnswer
from asoen_graph.store.embedded import EmbeddedStore

E = "http://e/"
PREFIX = "PREFIX e: <http://e/> "
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
DAYS = [f"20{year:02}-{month:02}-01" for year in range(20) for month in range(1, 13)]


def _node(name: str) -> NamedNode:
    return NamedNode(E + name)


@pytest.fixture(scope="module")
def store() -> Store:
    """Meetings m0 … m239, one a month; every tenth in the city, m7 with the guest; ``mixed`` are two kinds of date."""
    store = Store()
    for number, day in enumerate(DAYS):
        meeting = _node(f"m{number}")
        store.add(Quad(meeting, TYPE, _node("Meeting")))
        store.add(Quad(meeting, _node("day"), typed(day, "date")))
        store.add(Quad(meeting, _node("mixed"), typed(day + "Z" * (number % 2), "date")))
        store.add(Quad(meeting, _node("number"), Literal(number)))
        if number % 10 == 0:
            store.add(Quad(meeting, _node("place"), _node("city")))
            store.add(Quad(meeting, _node("at"), _node(f"place{number % 4}")))
    store.add(Quad(_node("m7"), _node("guest"), _node("g")))
    store.add(Quad(_node("place0"), _node("name"), Literal("the first")))
    return store


def _plan(store: Store, text: str) -> str:
    planner = Planner(Statistics(store, look=10_000), Tables(least=3))
    planner.plan(PREFIX + text, lambda query: _rows(store, query))
    return planner.plan(PREFIX + text, lambda query: _rows(store, query)).removeprefix(PREFIX)


def _rows(store: Store, text: str) -> list[tuple[Value | Triple | None, ...]]:
    result = store.query(text)
    assert isinstance(result, QuerySolutions)
    return [tuple(row) for row in result]


def test_the_rarest_pattern_comes_first(store: Store) -> None:
    text = "ASK { ?m a e:Meeting ; e:place e:city . ?m e:guest e:g ; e:day ?d }"
    assert _plan(store, text) == "ASK { ?m a e:Meeting . ?m e:guest e:g . ?m e:place e:city . ?m e:day ?d . }"


def test_patterns_stay_on_their_side_of_other_parts(store: Store) -> None:
    text = "SELECT * { ?m a e:Meeting . OPTIONAL { ?x e:place e:city ; e:guest e:g } ?m e:guest e:g }"
    assert _plan(store, text) == (
        "SELECT * { ?m a e:Meeting . OPTIONAL { ?x e:guest e:g . ?x e:place e:city . } ?m e:guest e:g }"
    )


def test_a_range_begins_with_its_values(store: Store) -> None:
    text = 'SELECT ?m { ?m a e:Meeting ; e:day ?d FILTER(?d >= "2010-11-01"^^xsd:date && "2011-01-01"^^xsd:date > ?d) }'
    days = " ".join(f'"{day}"^^<http://www.w3.org/2001/XMLSchema#date>' for day in ("2010-11-01", "2010-12-01"))
    assert _plan(store, text) == text.replace("{ ?m a", f"{{ VALUES ?d {{ {days} }} ?m a")


def test_values_nobody_can_compare_are_kept(store: Store) -> None:
    planned = _plan(store, 'SELECT ?m { ?m e:mixed ?d FILTER(?d < "2000-04-01"^^xsd:date) }')
    assert planned == 'SELECT ?m { ?m e:mixed ?d FILTER(?d < "2000-04-01"^^xsd:date) }', "half of them have a zone"


def test_an_order_begins_with_the_outermost_values(store: Store) -> None:
    planned = _plan(store, "SELECT ?m ?n { ?m a e:Meeting ; e:number ?n } ORDER BY DESC(?n) ?m LIMIT 3 OFFSET 2")
    assert "VALUES ?n" in planned
    assert '"239"' in planned
    assert '"100"' not in planned
    assert planned.endswith("} ORDER BY DESC(?n) ?m LIMIT 3 OFFSET 2")


def test_where_the_outermost_make_too_few_rows_all_are_taken(store: Store) -> None:
    text = "SELECT ?m ?n { ?m a e:Meeting ; e:number ?n MINUS { ?m e:number ?n } } ORDER BY ?n ?m LIMIT 3"
    assert _plan(store, text) == text


def test_pairs_are_counted_by_halves(store: Store) -> None:
    text = "SELECT ?a ?b (COUNT(?p) AS ?n) { ?x a ?a ; e:at ?p . ?y a ?b ; e:at ?p } GROUP BY ?a ?b ORDER BY ?a ?b"
    meeting = "<http://e/Meeting>"
    assert _plan(store, text) == (
        f"SELECT ?a ?b (?howOften AS ?n) {{ VALUES (?a ?b ?howOften) {{ ({meeting} {meeting} 288) }} }}  ORDER BY ?a ?b"
    )


def test_pairs_are_counted_where_something_narrows_what_they_meet_in(store: Store) -> None:
    text = (
        "SELECT ?a ?b (COUNT(?p) AS ?n) { ?p e:name 'the first' . ?x a ?a ; e:at ?p . ?y a ?b ; e:at ?p "
        "FILTER(?a = ?b) } GROUP BY ?a ?b ORDER BY ?a ?b"
    )
    meeting = "<http://e/Meeting>"
    assert _plan(store, text) == (
        f"SELECT ?a ?b (?howOften AS ?n) {{ VALUES (?a ?b ?howOften) {{ ({meeting} {meeting} 144) }} }}  ORDER BY ?a ?b"
    )


def _plans(store: Store, *texts: str) -> tuple[list[str], list[str]]:
    """The plans of queries one after another, and what was asked for them."""
    planner, asked = Planner(Statistics(store, look=10_000), Tables(least=3)), []

    def rows(probe: str) -> list[tuple[Value | Triple | None, ...]]:
        asked.append(probe)
        return _rows(store, probe)

    return [planner.plan(PREFIX + text, rows).removeprefix(PREFIX) for text in texts], asked


def test_values_are_counted_the_second_time(store: Store) -> None:
    text = (
        "SELECT ?c (COUNT(*) AS ?n) { ?m a ?c ; e:day ?d FILTER(ISIRI(?c)) } "
        "GROUP BY ?c HAVING(COUNT(?m) > 2) ORDER BY ?c"
    )
    planned = (
        "SELECT ?c (SUM(?howOften) AS ?n) { VALUES (?c ?howOften) { (<http://e/Meeting> 240) } } "
        "GROUP BY ?c HAVING(SUM(?howOften) > 2) ORDER BY ?c"
    )
    plans, asked = _plans(store, text, text, text)
    assert (plans, len(asked)) == ([text, planned, planned], 1)


def test_functions_are_asked_once_for_each_value(store: Store) -> None:
    text = (
        "SELECT ?y (COUNT(?m) AS ?n) { ?m a e:Meeting ; e:day ?d BIND(YEAR(?d) / 10 AS ?z) BIND(%s AS ?y) } "
        "GROUP BY ?y ORDER BY ?y"
    )
    whole, half, name = (text % function for function in ("STR(?z > 201)", "STR(FLOOR(?z))", "STR(?z)"))
    plans, asked = _plans(store, whole, half, name)
    assert plans[0] == whole
    assert plans[1] == (
        'SELECT ?y (?howOften AS ?n) { VALUES (?y ?howOften) { ("200" 120) ("201" 120) } }  ORDER BY ?y'
    )
    assert sum("?m a e:Meeting" in probe or "a e:Meeting" in probe for probe in asked) == 1, "one tally for all"


def test_a_sum_over_nothing_is_still_a_row(store: Store) -> None:
    text = "SELECT (COUNT(*) AS ?n) { ?m a e:Meeting ; e:day ?d FILTER(?d < 3) }"
    plans, _ = _plans(store, text, text)
    assert plans[1] == "SELECT (SUM(?howOften) AS ?n) { VALUES (?howOften) {  } }"
    assert [str(value) for (value,) in _rows(store, plans[1])] == [
        str(value) for (value,) in _rows(store, PREFIX + text)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?m a ?c ; e:day ?d } GROUP BY ?c ORDER BY ?c COUNT(?m)",
        "SELECT ?d (COUNT(?m) AS ?n) { ?m a ?c ; e:day ?d } GROUP BY ?c ORDER BY ?c",
        "SELECT ?c (COUNT(?m) AS ?d) { ?m a ?c ; e:day ?d } GROUP BY ?c ORDER BY ?c",
        "SELECT ?c (COUNT(?m) AS ?n) { ?m a ?c ; e:day ?d } ORDER BY ?c GROUP BY ?c",
        "SELECT ?c (COUNT(?m) AS ?n) { ?m a ?c ; e:day ?d FILTER(COUNT(?m) > 1) } GROUP BY ?c ORDER BY ?c",
        "SELECT ?c (COUNT(?m) AS ?n) { ?m a ?c ; e:day ?d FILTER(e:nobody(?d)) } GROUP BY ?c ORDER BY ?c",
    ],
)
def test_errors_are_those_of_the_query_as_it_is_written(store: Store, text: str) -> None:
    plans, _ = _plans(store, text, text, text)
    assert plans == [text] * 3


@pytest.mark.parametrize(
    "text",
    [
        # What an order leaves open.
        "SELECT ?m ?d { ?m a e:Meeting ; e:day ?d } ORDER BY DESC(?d) LIMIT 3",
        "SELECT * { ?m a e:Meeting ; e:day ?d } ORDER BY DESC(?d) ?m LIMIT 3",
        "SELECT ?m ?d { ?m a e:Meeting OPTIONAL { ?m e:day ?d } } ORDER BY DESC(?d) ?m LIMIT 3",
        "SELECT ?m ?d { ?m a e:Meeting ; e:day ?d } ORDER BY STR(?d) ?m LIMIT 3",
        "SELECT ?m ?d { ?m a e:Meeting ; e:day ?d } GROUP BY ?m ?d ORDER BY ?d ?m LIMIT 3",
        "SELECT ?m ?d { ?m a e:Meeting ; e:day ?d } ORDER BY ?d ?m",
        # Filters that let other values by.
        "SELECT ?m { ?m a e:Meeting ; e:number ?n FILTER(?n < 3 || ?n > 200) }",
        "SELECT ?m { ?m a e:Meeting ; e:number ?n FILTER(!(?n > 3)) }",
        "SELECT ?m { ?m a e:Meeting ; e:number ?n FILTER(COALESCE(?n < 3, true)) }",
        "SELECT ?m { ?m a e:Meeting OPTIONAL { ?m e:number ?n FILTER(?n < 3) } }",
        "SELECT ?m { ?m a e:Meeting OPTIONAL { ?m e:number ?n } FILTER(?n < 3) }",
        "SELECT ?m { ?m ?number ?n FILTER(?n < 3) }",
        # What begins with little anyway, and what is not known to.
        "SELECT ?m { e:m3 e:number ?n FILTER(?n < 3) }",
        "SELECT ?m { ?m e:guest e:g ; e:number ?n FILTER(?n < 3) }",
        "SELECT ?m { VALUES ?m { e:m3 } ?m a e:Meeting ; e:number ?n FILTER(?n < 3) }",
        "SELECT ?m { ?m a e:Meeting ; e:number ?n FILTER(?n < 230) }",
        # What hangs on the order of rows.
        "SELECT (SAMPLE(?d) AS ?x) { ?m e:place e:city ; e:guest e:g ; e:day ?d }",
        "SELECT (GROUP_CONCAT(?d) AS ?x) { ?m e:place e:city ; e:guest e:g ; e:day ?d }",
        "SELECT ?c (COUNT(*) AS ?n) { ?m a ?c ; e:day ?d } GROUP BY ?c",
        "SELECT ?c (COUNT(*) AS ?n) { ?m a ?c ; e:day ?d } GROUP BY ?c ORDER BY ?n",
        # What does not count rows alone, or rows of more than a run of patterns.
        "SELECT ?c (COUNT(DISTINCT ?d) AS ?n) { ?m a ?c ; e:day ?d } GROUP BY ?c ORDER BY ?c",
        "SELECT ?c (COUNT(?nobody) AS ?n) { ?m a ?c ; e:day ?d } GROUP BY ?c ORDER BY ?c",
        "SELECT ?c (MIN(?d) AS ?first) (COUNT(*) AS ?n) { ?m a ?c ; e:day ?d } GROUP BY ?c ORDER BY STR(?c)",
        "SELECT ?c (COUNT(*) AS ?n) { ?m a ?c OPTIONAL { ?m e:day ?d } } GROUP BY ?c ORDER BY ?c",
        "SELECT ?c (COUNT(*) AS ?n) { ?m a ?c FILTER NOT EXISTS { ?m e:day ?d } } GROUP BY ?c ORDER BY ?c",
        "SELECT ?c (COUNT(*) AS ?n) { BIND(STR(?c) AS ?d) ?m a ?c } GROUP BY ?c ORDER BY ?c",
        # What is not read.
        "ASK { ?m e:place e:city ; e:guest e:g ; e:day/e:day ?d }",
        "ASK { ?m e:place e:city ; e:guest e:g ; e:day [] }",
        "ASK { ?m e:place e:city ; e:guest e:g ; e:day _:b }",
        "ASK { ?m a e:Meeting ; e:guest \\u0065:g }",
        "ASK { ?m e:place e:city ; e:guest e:g . ?x e:d.ay 3 }",
        "ASK { ?m e:place e:city ; e:guest e:g FILTER(?x<e:y>3) }",
        "ASK { ?m e:place e:city ; e:guest e:g FILTER(?x <e:y>3) }",
        "ASK { ?m e:place e:city ; e:guest e:g . ?x ?y e:a%20 }",
        'ASK { ?m e:place e:city ; e:guest e:g ; e:title """x""" }',
        "ASK { ?m e:place e:city ; e:guest e:g ; nobody:knows 3 , 4 }",
        "ASK { ?m e:place e:city ; e:guest e:g } VALUES ?m { e:m3 }",
        "ASK { ?m e:place e:city ; e:guest e:g",
        "ASK { ?m e:place e:city ; e:guest e:g } }",
        "DESCRIBE ?m { ?m e:place e:city ; e:guest e:g }",
        "ASK { ?m e:place e:city ; e:guest e:g " + "{ " * 60 + "} " * 61,
        "ASK { ?m e:place e:city ; e:guest e:g } #" + " " * MAX_LENGTH,
    ],
)
def test_left_as_it_was_written(store: Store, text: str) -> None:
    assert _plan(store, text) == text


def test_a_plan_is_kept_for_its_dataset_alone(store: Store) -> None:
    planner, asked = Planner(Statistics(store, look=10_000)), []
    text = "PREFIX e: <http://e/> SELECT ?m ?n { ?m e:number ?n } ORDER BY ?n ?m LIMIT 1"

    def rows(probe: str) -> list[tuple[None]]:
        asked.append(probe)
        return [(None,)]

    for dataset in ("one", "one", "other"):
        planner.plan(text, rows, dataset)
    assert len(asked) == 2


@pytest.mark.parametrize("is_planned", [True, False])
def test_a_store_plans_where_it_is_told_to(store: Store, is_planned: bool) -> None:
    embedded = EmbeddedStore(store, is_planned=is_planned)
    page = "PREFIX e: <http://e/> SELECT ?m ?d { ?m a e:Meeting ; e:day ?d } ORDER BY DESC(?d) ?m LIMIT 2 OFFSET 1"
    answer = embedded.query(page)
    assert isinstance(answer, SelectAnswer)
    assert [row[0] for row in answer.rows] == [_node("m238"), _node("m237")]
    asked = embedded.query("PREFIX e: <http://e/> ASK { ?m e:place e:city ; e:guest e:g ; e:place e:city }")
    assert asked == AskAnswer(False)


def test_the_graphs_of_a_request_hold_for_plans_too(store: Store) -> None:
    copy = Store()
    copy.extend(store)
    copy.extend(
        Quad(quad.subject, quad.predicate, quad.object, _node("g")) for quad in store if quad.object == _node("Meeting")
    )
    page = "PREFIX e: <http://e/> SELECT ?m ?d { ?m a e:Meeting ; e:day ?d } ORDER BY DESC(?d) ?m LIMIT 2"
    embedded = EmbeddedStore(copy)
    everything, one = embedded.query(page), embedded.query(page, default_graphs=[E + "g"])
    assert isinstance(everything, SelectAnswer)
    assert isinstance(one, SelectAnswer)
    assert (len(everything.rows), len(one.rows)) == (2, 0)

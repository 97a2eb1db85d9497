"""What Virtuoso is asked in the place of a query, and what is made of its answers."""

from __future__ import annotations

import json

import pytest

from asoen_graph.errors import LimitReached, ParameterError, QueryRefused, QuerySyntaxError
from asoen_graph.iris import GRAPH
from asoen_graph.store.engines import DEFAULT_GRAPH, STANDARD, VIRTUOSO, WKT, engine_named, engine_of

REGISTER = GRAPH + "register"
LEFT_OUT = f"FILTER(?g != <{DEFAULT_GRAPH}>)"
NONE = "urn:asoen:no-graph"


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("ASK { ?s ?p ?o }", "ASK { ?s ?p ?o }"),
        ("ASK { GRAPH ?g { ?s ?p ?o } }", f"ASK {{ GRAPH ?g {{ ?s ?p ?o }} {LEFT_OUT} }}"),
        (
            "ASK { GRAPH ?g { ?s ?p ?o { ?a ?b ?c } } ?g ?q ?r }",
            f"ASK {{ GRAPH ?g {{ ?s ?p ?o {{ ?a ?b ?c }} }} {LEFT_OUT} ?g ?q ?r }}",
        ),
        (
            "ASK { FILTER EXISTS { GRAPH graph:register { ?asoenGraph0 ?p ?o } } }",
            "ASK { FILTER EXISTS { GRAPH ?asoenGraph1 { ?asoenGraph0 ?p ?o } FILTER(?asoenGraph1 = graph:register) } }",
        ),
        (
            f"ASK {{ GRAPH <{DEFAULT_GRAPH}> {{ ?s ?p ?o }} }}",
            "ASK { GRAPH ?asoenGraph0 { ?s ?p ?o } FILTER(false) }",
        ),
        ("ASK { VALUES ?x { UNDEF } ?x ?p ?o }", "ASK {  ?x ?p ?o }"),
        ("ASK { VALUES ?x { UNDEF 1 } ?x ?p ?o }", "ASK { VALUES ?x { UNDEF 1 } ?x ?p ?o }"),
        ("ASK { ?s ?p 'GRAPH ?g { } ' } # GRAPH ?g { }", "ASK { ?s ?p 'GRAPH ?g { } ' } # GRAPH ?g { }"),
        ("DESCRIBE ?s { ?s ?p ?o }", 'define sql:describe-mode "SPO" DESCRIBE ?s { ?s ?p ?o }'),
    ],
)
def test_a_query_says_the_same_in_other_words(text: str, asked: str) -> None:
    request = VIRTUOSO.request(text)
    assert (request.text, request.default_graphs, request.named_graphs) == (asked, [DEFAULT_GRAPH], ())
    assert STANDARD.request(text) == (text, (), (), frozenset())


def test_variables_that_are_brought_in_are_no_part_of_the_answer() -> None:
    hidden = VIRTUOSO.request("SELECT * { GRAPH graph:register { ?s ?p ?o } }").hidden
    assert hidden == {"asoenGraph0"}
    row = {name: {"type": "uri", "value": "http://e/"} for name in ("s", "asoenGraph0")}
    body = json.dumps({"head": {"vars": ["s", "asoenGraph0"]}, "results": {"bindings": [row]}}).encode()
    found = json.loads(VIRTUOSO.table(body, hidden, {}))
    assert (found["head"]["vars"], list(found["results"]["bindings"][0])) == (["s"], ["s"])


def test_a_dataset_means_what_the_protocol_says() -> None:
    text = f"ASK FROM <http://e/a> FROM NAMED <http://e/b> {{ GRAPH <{REGISTER}> {{ ?s ?p ?o }} }}"
    given = VIRTUOSO.request(text, ["http://e/c"])
    assert (given.default_graphs, given.named_graphs) == (["http://e/c"], [NONE])
    assert "FROM" not in given.text
    assert "FILTER(false)" in given.text
    own = VIRTUOSO.request("ASK FROM <http://e/a> { ?s ?p ?o }")
    assert own.text == f"ASK FROM <http://e/a> FROM NAMED <{NONE}> {{ ?s ?p ?o }}"
    assert not own.default_graphs
    named = VIRTUOSO.request(
        "ASK FROM NAMED graph:register { GRAPH graph:register { ?s ?p ?o } GRAPH ?g { ?a ?b ?c } }"
    )
    assert f"FROM NAMED graph:register FROM <{NONE}>" in named.text
    assert "= graph:register" in named.text
    assert "FILTER(?g" not in named.text


def test_answers_are_read_as_the_protocol_has_them() -> None:
    asked = {"head": {"vars": ["__ASK_RETVAL"]}, "results": {"bindings": []}}
    assert json.loads(VIRTUOSO.table(json.dumps(asked).encode(), frozenset(), {})) == {"head": {}, "boolean": False}
    kept = {"type": "typed-literal", "datatype": "urn:asoen:wktLiteral", "value": "POINT(1 2)"}
    node = {"type": "bnode", "value": "nodeID://b7"}
    body = json.dumps({"head": {"vars": ["x", "y"]}, "results": {"bindings": [{"x": kept, "y": node}]}}).encode()
    (row,) = json.loads(VIRTUOSO.table(body, frozenset(), {}))["results"]["bindings"]
    assert (row["x"]["datatype"], row["y"]["value"]) == (WKT, "b7")
    assert STANDARD.table(body, frozenset(), {}) == body
    with pytest.raises(LimitReached) as caught:
        VIRTUOSO.table(body, frozenset(), {"x-sparql-maxrows": "1"})
    assert caught.value.limit == "rows"
    assert VIRTUOSO.table(body, frozenset(), {"x-sparql-maxrows": "2"})


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("define get:soft 'soft' SELECT * FROM <http://e/> { ?s ?p ?o }", QuerySyntaxError),
        ("SELECT (bif:now() AS ?x) {}", QuerySyntaxError),
        ("SELECT (<bif:now>() AS ?x) {}", QueryRefused),
        ("PREFIX x: <sql:> SELECT (x:proc() AS ?x) {}", QueryRefused),
        ("SELECT * { ?s ?p ?o OPTION (TRANSITIVE) }", QuerySyntaxError),
    ],
)
def test_what_is_more_than_sparql_is_refused(text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        VIRTUOSO.refuse(text)
    STANDARD.refuse(text)


def test_which_engine_it_is() -> None:
    assert engine_of("Virtuoso/07.20.3229 (Linux) x86_64-pc-linux-gnu") is VIRTUOSO
    assert engine_of("Oxigraph/0.5.13") is engine_of("") is STANDARD
    assert engine_named("virtuoso") is VIRTUOSO
    with pytest.raises(ParameterError, match="sparql11"):
        engine_named("virtuozo")


def test_what_tells_of_a_limit_on_time() -> None:
    assert VIRTUOSO.is_too_slow(
        500, "Virtuoso 42000 Error The estimated execution time 400 (sec) exceeds the limit of 60"
    )
    assert not VIRTUOSO.is_too_slow(500, "Virtuoso 22026 Error SR319: Max row length is exceeded")
    assert STANDARD.is_too_slow(503, "")
    assert not STANDARD.is_too_slow(500, "SR171")

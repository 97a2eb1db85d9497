# ruff: noqa: E501 - a case is a line
from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Store

from asoen_graph.errors import QuerySyntaxError
from asoen_graph.iris import PREFIXES
from asoen_graph.sparql.diagnosis import explain
from asoen_graph.sparql.repair import is_query


def diagnose(text: str) -> QuerySyntaxError:
    """The diagnosis of a text the engine really refuses."""
    with pytest.raises(SyntaxError) as caught:
        Store().query(text, prefixes=PREFIXES)
    return explain(text, str(caught.value))


@pytest.mark.parametrize(
    ("text", "place", "token", "message", "hint", "repaired"),
    [
        ("SELCT ?s WHERE { ?s ?p ?o }", (1, 1), "SELCT", "expected ASK, BASE", "Did you mean SELECT?", "SELECT ?s WHERE { ?s ?p ?o }"),
        ("ASK { OPTINAL { ?s ?p ?o } }", (1, 7), "OPTINAL", "not possible here", "OPTIONAL", "ASK { OPTIONAL { ?s ?p ?o } }"),
        ("SELECT * {}\nORDER ?s", (2, 7), "?s", "expected BY", "'BY' is missing", "SELECT * {}\nORDER BY ?s"),
        ("SELCT * {} LIMT 1", (1, 1), "SELCT", "", "SELECT", "SELECT * {} LIMIT 1"),
        ("ASK { FILTER(CONTAIN(?s, 'x')) }", (1, 14), "CONTAIN", "a function", "CONTAINS", "ASK { FILTER(CONTAINS(?s, 'x')) }"),
        ("ASK { FILTER(frobnicate(?s)) }", (1, 14), "frobnicate", "a function", "", None),
        ("SELECT ?s WHERE {\n  ?s ?p ?o # no end", (2, 20), "", "ends too early", "The { at line 1, column 17", "SELECT ?s WHERE {\n  ?s ?p ?o # no end\n}"),
        ("ASK { FILTER(STRLEN(?x", (1, 23), "", "ends too early", "not closed", "ASK { FILTER(STRLEN(?x\n) ) }"),
        ("ASK { ?s ?p ?o\n ?a ?b ?c }", (2, 2), "?a", "", "'.' is missing before ?a", "ASK { ?s ?p ?o\n . ?a ?b ?c }"),
        ("ASK { ?s ?p ?o } }", (1, 18), "}", "", "Take out '}'", "ASK { ?s ?p ?o } "),
        ("SELECT ?a, ?b, ?c { ?a ?b ?c }", (1, 10), ",", "", "Take out ','", "SELECT ?a ?b ?c { ?a ?b ?c }"),
        ("ASK { FILTER(?x == 1) }", (1, 18), "=", "", "Take out '='", "ASK { FILTER(?x = 1) }"),
        ("SELECT COUNT(?s) { ?s ?p ?n }", (1, 8), "COUNT", "", "needs a name", "SELECT (COUNT(?s) AS ?count) { ?s ?p ?n }"),
        ("SELECT ?s { ?s ?p ?o } LIMIT ten", (1, 30), "ten", "expected a whole number", "", None),
        ("", (1, 1), "", "ends too early", "", None),
        ("ASK { ?s foaf:name ?n ; fof:nick ?k }", (1, 25), "fof:nick", "prefix fof: of fof:nick", "foaf:", None),
        ("ASK { ?s zzz9:name ?n }", (1, 10), "zzz9:name", "not declared", "PREFIX zzz9: <…>", None),
        ("ASK { ?s ?p 'abc }\n", (1, 13), "'abc }", "has no end", "Close it with '", None),
        ("ASK { ?s ?p “x” }", (1, 13), "“", "U+201C", "comes from copying", 'ASK { ?s ?p "x" }'),
        ("ASK\u00a0{ ?s ?p ?o }", (1, 4), "\u00a0", "U+00A0", "", "ASK { ?s ?p ?o }"),
        ("ASK { <a b> ?p ?o }", (1, 7), "<", "<a b> is not an IRI", "no spaces", None),
        ("ASK { <rel> ?p ?o }", (1, 7), "<rel>", "relative IRI", "whole IRI", None),
        ("SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o }", (1, 8), "?s", "selected from groups", "GROUP BY", None),
        ("SELECT ?s { ?s ?p ?o } GROUP BY ?p", (1, 8), "?s", "selected from groups", "SAMPLE(?s)", None),
        ("SELECT (1 AS ?x) (2 AS ?x) {}", (1, 24), "?x", "selected twice", "", None),
        ("SELECT (1 AS ?x) { ?x ?p ?o }", (1, 14), "?x", "already", "", None),
        ("ASK { BIND(1 AS ?x) BIND(2 AS ?x) }", (1, 31), "?x", "already", "another name", None),
        ("ASK { VALUES (?a ?b) { (1 2) (1) } }", (1, 30), "(", "1 values, and there are 2", "", None),
    ],
)  # fmt: skip
def test_mistakes(text: str, place: tuple[int, int], token: str, message: str, hint: str, repaired: str | None) -> None:
    error = diagnose(text)
    assert ((error.line, error.column), error.token) == (place, token)
    assert error.message.startswith(f"Line {place[0]}, column {place[1]}: ")
    assert message in error.message
    assert hint in error.hint
    assert error.repaired == repaired
    if repaired is not None:
        assert is_query(repaired)


def test_what_is_expected_is_said_in_words() -> None:
    error = diagnose("ASK { FILTER(?x = ) }")
    assert "a function" in error.expected
    assert "a variable, a name or a value" in error.expected
    assert not any("\\u" in phrase or "[" in phrase for phrase in error.expected)


def test_the_first_mistake_is_told() -> None:
    assert diagnose("ASK { ?s fof:x ?o } LIMT 1").token == "fof:x"
    assert diagnose("ASK { ?s ?p ?o FILTR(?o) . ?s fof:x ?o }").token == "FILTR"


def test_two_ways_to_mend_are_not_one_certain() -> None:
    error = diagnose("ASK { ?s ?p ?o ex }")
    assert error.repaired is None


def test_inner_selects_are_judged_by_their_own_groups() -> None:
    text = "SELECT ?s { { SELECT ?p (COUNT(?s) AS ?n) { ?s ?p ?o } } ?s ?p ?x }"
    assert diagnose(text).token == "?p"


def test_newer_sparql_is_not_judged_by_the_older_grammar() -> None:
    error = diagnose("ASK { << ?a ?b ?c >> ?p }")
    assert "does not take" in error.message


@given(
    st.text()
    | st.lists(st.sampled_from(["SELECT", "?x", "{", "}", "(", "'", ".", "id:a", "x:y", "1", "AS", "\\"])).map(" ".join)
)
@settings(deadline=None)
def test_there_is_always_an_explanation(text: str) -> None:
    error = explain(text, "error at 1:1: expected [_]")
    assert error.message
    assert error.repaired is None or is_query(error.repaired)

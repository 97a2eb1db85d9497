from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode

from asoen_graph.errors import ParameterError, UnknownName
from asoen_graph.iris import ENTITY, SOURCE, TERM, XSD
from asoen_graph.queries.parameters import Parameter, as_typed, bind_values, parse_value
from asoen_graph.store import Term
from asoen_graph.store.embedded import EmbeddedStore


def parameter(
    type_: str, class_key: str | None = None, *, name: str = "x", optional: bool = False, many: bool = False
) -> Parameter:
    return Parameter(name, type_, class_key, {"en": "X", "vi": "X"}, (Literal("x"),), optional, many)


def typed(value: str, datatype: str) -> Literal:
    return Literal(value, datatype=NamedNode(XSD + datatype))


@pytest.mark.parametrize(
    ("type_", "text", "term"),
    [
        ("date", "2031-05-02", typed("2031-05-02", "date")),
        ("date", "2031-05", typed("2031-05-01", "date")),
        ("date", " 2031 ", typed("2031-01-01", "date")),
        ("year", "2031", typed("2031", "gYear")),
        ("integer", "-07", typed("-07", "integer")),
        ("decimal", "1.5", typed("1.5", "decimal")),
        ("decimal", "12", typed("12", "decimal")),
        ("boolean", "true", typed("true", "boolean")),
        ("language", "vi", Literal("vi")),
        ("text", 'a "b" } ?x', Literal('a "b" } ?x')),
    ],
)
def test_literals(store: EmbeddedStore, type_: str, text: str, term: Term) -> None:
    assert parse_value(parameter(type_), text, store) == (term,)


def test_until_means_the_last_day(store: EmbeddedStore) -> None:
    until = parameter("date", name="until")
    assert parse_value(until, "2031", store) == (typed("2031-12-31", "date"),)
    assert parse_value(until, "2031-02", store) == (typed("2031-02-28", "date"),)


@pytest.mark.parametrize(
    ("type_", "class_key", "text", "iri"),
    [
        ("entity", "meeting-series", "lsoe-series", ENTITY + "lsoe-series"),
        ("entity", "meeting-series", "id:lsoe-series", ENTITY + "lsoe-series"),
        ("entity", "meeting-series", ENTITY + "lsoe-series", ENTITY + "lsoe-series"),
        ("entity", "entity", "lsoe-12", ENTITY + "lsoe-12"),
        ("entity", "agent", "coralia", ENTITY + "coralia"),
        ("source", None, "coral-times-azure", SOURCE + "coral-times-azure"),
        ("source", None, "source:coral-times-azure", SOURCE + "coral-times-azure"),
        ("concept", "meeting-status", "held", TERM + "held"),
        ("concept", "fact-status", "asoen:disputed", TERM + "disputed"),
        ("concept", "meeting-format", "in-person", TERM + "inPerson"),
    ],
)
def test_names_that_are_looked_up(store: EmbeddedStore, type_: str, class_key: str | None, text: str, iri: str) -> None:
    assert parse_value(parameter(type_, class_key), text, store) == (NamedNode(iri),)


@pytest.mark.parametrize(
    ("type_", "class_key", "text", "message", "hint"),
    [
        ("date", None, "2031-02-30", "no day 30", "2031-05-02"),
        ("date", None, "soon", "is not a date", "2031-05-02"),
        ("year", None, "2031-05", "not a year alone", "2031"),
        ("integer", None, "7.5", "not a whole number", "7"),
        ("integer", None, "٧", "not a whole number", "7"),
        ("decimal", None, "1e5", "not a decimal number", "7.5"),
        ("boolean", None, "yes", "neither true nor false", ""),
        ("language", None, "tiếng việt", "not a language tag", "vi"),
        ("entity", "meeting-series", "lsoe-serie", "There is no meeting-series 'lsoe-serie'", "lsoe-series"),
        ("entity", "meeting-series", "coralia", "'coralia' is no meeting-series", ""),
        ("entity", "meeting-serees", "lsoe-series", "'lsoe-series' is no meeting-serees", ""),
        ("entity", "entity", ENTITY + "lsoe-99", "There is no entity", "lsoe-12"),
        ("entity", "entity", "x> } DROP ALL", "There is no entity", ""),
        ("source", None, "coral-times", "There is no source", "coral-times-azure"),
        ("concept", "meeting-status", "heldd", "There is no meeting-status", "held"),
        ("text", None, "  ", "has no value", "a text"),
    ],
)
def test_wrong_values(
    store: EmbeddedStore, type_: str, class_key: str | None, text: str, message: str, hint: str
) -> None:
    with pytest.raises(ParameterError) as caught:
        parse_value(parameter(type_, class_key), text, store)
    assert caught.value.parameter == "x"
    assert message in caught.value.message
    assert hint in caught.value.hint


def test_several_values(store: EmbeddedStore) -> None:
    many = parameter("entity", "agent", many=True)
    found = (NamedNode(ENTITY + "coralia"), NamedNode(ENTITY + "mangrovia"))
    assert parse_value(many, "coralia, mangrovia", store) == found
    with pytest.raises(ParameterError, match="has no value"):
        parse_value(many, "coralia,", store)
    assert parse_value(parameter("text"), "a, b", store) == (Literal("a, b"),)


def test_an_optional_value_may_be_left_out(store: EmbeddedStore) -> None:
    assert parse_value(parameter("entity", "agent", optional=True), "", store) == ()


def test_binding_values_as_typed(store: EmbeddedStore) -> None:
    parameters = {"n": parameter("integer", name="n"), "who": parameter("entity", "agent", name="who")}
    text = "SELECT * { VALUES ?n { 1 } VALUES ?who { UNDEF } }"
    bound = bind_values(text, parameters, {"n": "7"}, store)
    assert bound == 'SELECT * { VALUES ?n { "7"^^<http://www.w3.org/2001/XMLSchema#integer> } VALUES ?who { UNDEF } }'
    assert bind_values(text, parameters, {}, store) == text
    with pytest.raises(UnknownName) as caught:
        bind_values(text, parameters, {"whom": "coralia"}, store)
    assert caught.value.nearest == ("who",)


@pytest.mark.parametrize(
    ("type_", "term", "text"),
    [
        ("entity", NamedNode(ENTITY + "lsoe-11"), "lsoe-11"),
        ("source", NamedNode(SOURCE + "reef-herald"), "reef-herald"),
        ("concept", NamedNode(TERM + "ministerialLevel"), "ministerial-level"),
        ("class", NamedNode(TERM + "WorkingGroup"), "working-group"),
        ("year", typed("2031", "gYear"), "2031"),
        ("text", Literal("a b"), "a b"),
    ],
)
def test_a_default_is_told_as_it_would_be_typed(type_: str, term: Term, text: str) -> None:
    told = parameter(type_)._replace(default=(term,)).told()
    assert (told["type"], told["default"]) == (type_, [text])
    assert as_typed(term) == text

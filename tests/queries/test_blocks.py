from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Store

from asoen_graph.queries.blocks import bind, blocks, default_terms, serialise
from asoen_graph.sparql.tokens import tokenize

QUERY = """\
SELECT ?x ?n { # VALUES ?x { "a comment" }
  VALUES ?x { "old" } VALUES ?n { 1 2 }
  BIND("VALUES ?x { 'a text' }" AS ?t)
  { SELECT ?x { values ?x{'old'}} }
  VALUES (?x ?y) { ("pair" 1) }
}
"""
X, BOOLEAN = "x", NamedNode("http://www.w3.org/2001/XMLSchema#boolean")


def test_blocks_are_those_of_the_query() -> None:
    found = blocks(QUERY)
    assert [(block.name, QUERY[block.start : block.end].strip(), block.line) for block in found] == [
        ("x", '"old"', 2), ("n", "1 2", 2), ("x", "'old'", 4),
    ]  # fmt: skip


def test_defaults() -> None:
    _, numbers, _ = blocks(QUERY)
    assert [term.value for term in default_terms(QUERY, numbers) if isinstance(term, Literal)] == ["1", "2"]
    (block,) = blocks("PREFIX ex: <http://e/> ASK { VALUES ?x { ex:a id:b } }")
    assert default_terms("PREFIX ex: <http://e/> ASK { VALUES ?x { ex:a id:b } }", block) == (
        NamedNode("http://e/a"), NamedNode("https://w3id.org/asoen/id/b"),
    )  # fmt: skip
    (undefined,) = blocks("ASK { VALUES ?x { UNDEF } }")
    assert undefined.is_undefined


def test_every_copy_of_a_block_is_bound_and_nothing_else_changes() -> None:
    bound = bind(QUERY, {X: [Literal("new"), NamedNode("http://e/a")]})
    assert bound == QUERY.replace(' "old" ', ' "new" <http://e/a> ').replace("{'old'}", '{ "new" <http://e/a> }')


def test_no_value_means_undefined() -> None:
    assert bind("ASK { VALUES ?x { 1 } }", {X: []}) == "ASK { VALUES ?x { UNDEF } }"


def test_a_name_without_a_block() -> None:
    with pytest.raises(KeyError, match="y"):
        bind("ASK { VALUES ?x { 1 } }", {"y": [Literal("1")]})


PIECES = st.sampled_from(
    ["\\", "u", "U", "0022", "0000007D", '"', "'", "}", "{", "\n", "\r", "#", "<", ">", "é", "\x00", "\u2028"]
)
TEXTS = st.text(st.characters(exclude_categories=("Cs",))) | st.lists(PIECES).map("".join)
LITERALS = st.builds(Literal, TEXTS) | st.builds(Literal, TEXTS, language=st.sampled_from(["en", "vi-VN"]))
TYPED = st.builds(Literal, TEXTS, datatype=st.just(NamedNode("http://e/type")))


@given(st.lists(LITERALS | TYPED, min_size=1, max_size=3))
@example([Literal("\\u0022 } DROP ALL #")])
@example([Literal("\\\\u0022")])
@example([Literal("\\U0000007D\\")])
def test_no_value_breaks_out_of_its_block(terms: list[Literal]) -> None:
    bound = bind(QUERY, {X: terms})
    before = [token.text for token in tokenize(bind(QUERY, {X: [Literal("y")]}))]
    content = [token.text for term in terms for token in tokenize(serialise(term))]
    position, expected = 0, []
    while position < len(before):
        expected += content if before[position] == '"y"' else [before[position]]
        position += 1
    for decode in (True, False):
        assert [token.text for token in tokenize(bound, decode=decode)] == expected


@given(LITERALS | TYPED)
@example(Literal("\\u0022"))
def test_the_engine_reads_the_value_that_was_meant(term: Literal) -> None:
    (row,) = Store().query(bind("SELECT ?x { VALUES ?x { 1 } }", {X: [term]}))
    assert row[0] == term

"""``search:matches`` and ``search:score`` inside SPARQL."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from asoen_graph.errors import QueryError
from asoen_graph.fulltext import functions
from asoen_graph.iris import ENTITY, SEARCH
from asoen_graph.queries.review import doubts
from asoen_graph.search import SearchIndex
from asoen_graph.store.embedded import EmbeddedStore

from .names import world

GRAPH = world()
STORE = EmbeddedStore(GRAPH, functions(GRAPH))
FUNCTIONS = functions(GRAPH)
NAMED = "GRAPH graph:register { ?entity a asoen:HeritagePark }"


def column(query: str, variable: str = "entity") -> list[str]:
    """The values of a variable, entities by slug; empty text where it is unbound."""
    found = STORE.query(query)
    position = found.variables.index(variable)
    values = [getattr(row[position], "value", "") for row in found.rows]
    return [value.removeprefix(ENTITY) for value in values]


@pytest.mark.parametrize("words", ["lo go xa mat", "LÒ GÒ", "vuon quoc gia", "lo-go-xa"])
def test_an_entity_matches_by_any_of_its_names(words: str) -> None:
    query = f'SELECT ?entity {{ {NAMED} FILTER(search:matches(?entity, "{words}")) }}'
    assert "lo-go-xa-mat" in column(query)
    assert "khao-yai" not in column(query)


@pytest.mark.parametrize(
    ("prologue", "name"),
    [
        ("", "search:matches"),
        (f"PREFIX s: <{SEARCH}>", "s:matches"),
        (f"PREFIX s: <{SEARCH}mat>", "s:ches"),
        (f"BASE <{SEARCH.removesuffix('#')}>", "<#matches>"),
        (f"BASE <{SEARCH.removesuffix('search#')}>", "<search#matches>"),
        (f"BASE <{SEARCH.removesuffix('search#')}x/y>", "<../search#matches>"),
        ("", "<" + SEARCH.replace("search", "se\\u0061rch") + "matches>"),
        ("PREFIX s: <" + SEARCH.replace("search", "\\U00000073earch") + ">", "s:matches"),
        # A prefix may end anywhere, also within the word, and the name have the rest.
        *((f"PREFIX s: <{SEARCH[:end]}>", f"s:{SEARCH[end:-1]}\\#matches") for end in range(-len("search#"), 0)),
    ],
)
def test_a_function_is_found_however_its_name_is_written(prologue: str, name: str) -> None:
    query = f'SELECT ?entity {{ {NAMED} FILTER({name}(?entity, "lo go xa mat")) }}'
    assert column(f"{prologue} {query}") == ["lo-go-xa-mat"]


def test_a_literal_matches_by_the_beginnings_of_its_words() -> None:
    query = 'SELECT ?entity { GRAPH ?g { ?entity rdfs:label ?name } FILTER(search:matches(?name, "%s")) }'
    assert column(query % "quoc vuon") == ["lo-go-xa-mat"]
    assert column(query % "uoc") == []
    assert column(query % "อุทยาน") == ["khao-yai"]
    assert column(query % " – ") == []


def test_scores_put_the_entities_in_the_order_of_the_search() -> None:
    query = (
        'SELECT ?entity { GRAPH graph:register { ?entity a ?class } BIND(search:score(?entity, "lo go") AS ?score)'
        " FILTER(BOUND(?score)) } ORDER BY DESC(?score)"
    )
    assert column(query) == [hit.slug for hit in SearchIndex.of(GRAPH).find("lo go", limit=None)]
    assert column(query.replace("?entity {", "?score {", 1), "score")[0] == "1"


def test_who_is_not_called_so_has_no_score() -> None:
    found = column(f'SELECT ?score {{ {NAMED} BIND(search:score(?entity, "nothing at all") AS ?score) }}', "score")
    assert set(found) == {""}


@pytest.mark.parametrize("arguments", ["", "?entity", "?entity, 1, 2", "?entity, ?entity", '1, "lo"'])
def test_other_arguments_are_an_error_of_the_expression(arguments: str) -> None:
    assert set(column(f"SELECT ?x {{ {NAMED} BIND(search:score({arguments}) AS ?x) }}", "x")) == {""}


@given(st.text(), st.text())
def test_no_text_breaks_them(text: str, words: str) -> None:
    for function in FUNCTIONS.values():
        for subject in (Literal(text), NamedNode(ENTITY + "lo-go")):
            function(subject, Literal(words))


@given(st.lists(st.sampled_from(["Lò", "Gò", "Xa", "Mát", "đầm", "Khao"]), min_size=1))
def test_every_text_matches_its_own_words(words: list[str]) -> None:
    text = " – ".join(words)
    matches = FUNCTIONS[NamedNode(SEARCH + "matches")]
    for word in (*words, text):
        assert matches(Literal(text), Literal(word)) == Literal(True)


def test_a_function_that_is_not_there_names_the_nearest() -> None:
    with pytest.raises(QueryError, match="There is no function") as caught:
        STORE.query(f'SELECT ?entity {{ {NAMED} FILTER(search:match(?entity, "x")) }}')
    assert caught.value.hint == "Did you mean search:matches?"


def test_the_review_knows_functions_from_properties() -> None:
    (misspelt,) = doubts('ASK { ?x a ?y FILTER(search:scor(?x, "x")) }', STORE)
    assert misspelt.repaired == 'ASK { ?x a ?y FILTER(search:score(?x, "x")) }'
    (misused,) = doubts('ASK { ?x search:matches "lo go" }', STORE)
    assert misused.column == 10
    assert "not a property" in misused.message
    assert doubts('ASK { ?x a ?y FILTER(search:score(?x, "x")) }', STORE) == []

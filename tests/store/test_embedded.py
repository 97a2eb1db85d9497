from __future__ import annotations

import pytest
from pyoxigraph import Store

from asoen_graph.errors import QueryError, QueryRefused
from asoen_graph.sparql.likeness import pattern_of
from asoen_graph.store import AskAnswer
from asoen_graph.store.embedded import EmbeddedStore


def test_no_graph_is_fetched(embedded: EmbeddedStore) -> None:
    with pytest.raises(QueryRefused, match="no graph <http"):
        embedded.query("SELECT * FROM <http://127.0.0.1:9/g> { ?s ?p ?o }")
    with pytest.raises(QueryRefused, match="none is fetched"):
        embedded.query("ASK {}", named_graphs=["http://127.0.0.1:9/g"])


def test_a_function_nobody_knows_is_the_querys_mistake() -> None:
    with pytest.raises(QueryError, match="http://e/f"):
        EmbeddedStore(Store()).query("SELECT (<http://e/f>(1) AS ?x) {}")


def test_graphs_are_written_in_one_order(embedded: EmbeddedStore) -> None:
    query = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o . ?s a asoen:Meeting }"
    for media_type in ("text/turtle", "application/rdf+xml", "application/ld+json", "application/trig"):
        assert embedded.serialize(query, media_type) == embedded.serialize(query, media_type)
    lines = embedded.serialize(query, "application/n-triples").splitlines()
    assert lines == sorted(lines)


def test_a_prefix_that_only_looks_like_part_of_an_iri() -> None:
    # To a reader of IRIs the two differ in one alone, so what the first needed is first tried with the second.
    store = EmbeddedStore(Store())
    for query in ("ASK { FILTER(1<2&&3>0) }", "ASK { FILTER(1<2&&asoen:x>0) }"):
        assert pattern_of(query) == "ASK { FILTER(1<>0) }"
        assert store.query(query) == AskAnswer("asoen" not in query)

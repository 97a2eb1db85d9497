from __future__ import annotations

import pytest
from pyoxigraph import Store

from asoen_graph.errors import QueryError, QueryRefused
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

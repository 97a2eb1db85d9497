"""Rows that an engine cannot sort are sorted here, as SPARQL says."""

from __future__ import annotations

import threading
import urllib.parse
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pyoxigraph import Literal, QueryResultsFormat, QuerySolutions, Store

from asoen_graph.errors import StoreError
from asoen_graph.store import SelectAnswer
from asoen_graph.store.remote import RemoteStore
from asoen_graph.store.sorting import sort_rows, without_order

ROWS = "VALUES (?a ?b) { (2 'x') (10 UNDEF) (1 'ă'@vi) (2 'a') }"


def rows(text: str) -> QuerySolutions:
    found = Store().query(text)
    assert isinstance(found, QuerySolutions)
    return found


@pytest.mark.parametrize("order", ["ORDER BY DESC(?a) ?b", "order by ?b", "ORDER BY (-?a) STRLEN(STR(?b))  # so"])
def test_the_order_is_that_of_the_engine_in_the_process(order: str) -> None:
    text = f"SELECT * {{ {ROWS} }}\n{order}"
    query = without_order(text)
    assert query is not None
    assert "ORDER" not in query.text.upper().replace("BORDER", "")
    found = sort_rows(rows(query.text), query)
    assert found is not None
    assert [tuple(row) for row in found] == [tuple(row) for row in rows(text)]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p ?o }",
        "SELECT * { ?s ?p ?o } ORDER BY ?s LIMIT 3",
        "SELECT ?s { ?s ?p ?o } GROUP BY ?s ORDER BY COUNT(?o)",
        "SELECT * { { SELECT ?s { ?s ?p ?o } ORDER BY ?s } }",
    ],
)
def test_what_is_not_sorted_here(text: str) -> None:
    assert without_order(text) is None


def test_an_order_by_what_is_not_shown_is_not_known_here() -> None:
    query = without_order(f"SELECT ?b {{ {ROWS} }} ORDER BY ?a")
    assert query is not None
    assert sort_rows(rows(query.text), query) is None


@pytest.fixture
def endpoint() -> Iterator[str]:
    """A Virtuoso that cannot sort."""

    class Handler(BaseHTTPRequestHandler):
        server_version = "Virtuoso/07"

        def do_POST(self) -> None:
            form = urllib.parse.parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            is_sorted = "ORDER" in form["query"][0]
            self.send_response(500 if is_sorted else 200)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.end_headers()
            bindings = ",".join(f'{{"n":{{"type":"literal","value":"{n}"}}}}' for n in (2, 3, 1))
            body = f'{{"head":{{"vars":["n"]}},"results":{{"bindings":[{bindings}]}}}}'
            self.wfile.write(b"Virtuoso 22026 Error SR319: Max row length" if is_sorted else body.encode())

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_an_endpoint_that_cannot_sort(endpoint: str) -> None:
    store = RemoteStore(endpoint, timeout=20)
    numbers = [Literal("3"), Literal("2"), Literal("1")]
    assert store.query("SELECT ?n { ?s ?p ?n } ORDER BY DESC(?n)") == SelectAnswer(("n",), [(n,) for n in numbers])
    assert (
        store.serialize("SELECT ?n { ?s ?p ?n } ORDER BY ?n", QueryResultsFormat.CSV.media_type)
        == b"n\r\n1\r\n2\r\n3\r\n"
    )
    with pytest.raises(StoreError, match="SR319"):
        store.query("SELECT ?n { ?s ?p ?n } ORDER BY ?s")

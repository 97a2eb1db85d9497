"""Queries that ask other servers: a real second endpoint, small servers that misbehave, hosts that are not asked."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from asoen_graph.errors import AsoenError, ElsewhereFailed, ElsewhereSlow, LimitReached, QueryRefused, QuerySyntaxError
from asoen_graph.release import Release
from asoen_graph.store import AskAnswer, SelectAnswer
from asoen_graph.store import federation as federation_module
from asoen_graph.store import outside as outside_module
from asoen_graph.store.embedded import EmbeddedStore
from asoen_graph.store.outside import Outside, is_public_address


def _here() -> Store:
    store = Store()
    for name, number in (("a", 1), ("b", 2), ("c", 3)):
        store.add(Quad(NamedNode(f"http://e/{name}"), NamedNode("http://e/n"), Literal(number)))
    return store


@dataclass
class Server:
    """A small server that answers as it is told and remembers what it was asked."""

    url: str = ""
    status: int = 200
    media_type: str = "application/sparql-results+json"
    body: bytes = b'{"head":{"vars":[]},"results":{"bindings":[{}]}}'
    location: str = ""
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def server() -> Iterator[Server]:
    told = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

        def do_GET(self) -> None:
            self._answer(self.path)

        def _answer(self, asked: str) -> None:
            told.asked.append(asked)
            self.send_response(told.status)
            self.send_header("Content-Type", told.media_type)
            if told.location:
                self.send_header("Location", told.location)
            self.end_headers()
            self.wfile.write(told.body)

        def log_message(self, *arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http_server:
        threading.Thread(target=http_server.serve_forever, daemon=True).start()
        told.url = f"http://127.0.0.1:{http_server.server_port}/sparql"
        yield told
        http_server.shutdown()


def _asking(url: str, store: Store | None = None, seconds: float = 5) -> EmbeddedStore:
    """The small store with leave to ask the host of an address, although it is on this machine."""
    return EmbeddedStore(store or _here(), outside=Outside([urlsplit(url).netloc], seconds, is_public=lambda _: True))


def _rows(store: EmbeddedStore, text: str) -> list[tuple[str | None, ...]]:
    answer = store.query(text)
    assert isinstance(answer, SelectAnswer)
    return [tuple(None if term is None else str(getattr(term, "value", term)) for term in row) for row in answer.rows]


def test_a_block_is_answered_by_a_real_endpoint(endpoint: str, lagoon_release: Release) -> None:
    local = EmbeddedStore(lagoon_release.store())
    parts = "?meeting a asoen:Meeting . {} ?meeting asoen:ordinal ?ordinal {}"
    query = "SELECT ?meeting ?ordinal {{ {} }} ORDER BY ?meeting ?ordinal"
    expected = _rows(local, query.format(parts.format("", "")))
    assert expected
    asking = _asking(endpoint, lagoon_release.store())
    assert _rows(asking, query.format(parts.format(f"SERVICE <{endpoint}> {{", "}"))) == expected


@pytest.mark.parametrize(
    "block",
    [
        "SERVICE <{url}> {{ ?x ex:n ?m }}",
        "service SILENT <{url}> {{ ?x ex:n ?m }}",
        "\\u0053ERVICE # really\n <{url}>\n{{ ?x ex:n ?m }}",
        "SERVICE there:sparql {{ ?x ex:n ?m FILTER('}}' != '{{') }}",
        "OPTIONAL {{ SERVICE <{url}> {{ ?x ex:n ?m }} }}",
    ],
)
def test_every_spelling_of_a_block(server: Server, block: str) -> None:
    server.body = (
        b'{"head":{"vars":["x","m"]},"results":{"bindings":[{"x":{"type":"uri","value":"http://e/b"},'
        b'"m":{"type":"literal","value":"a SERVICE of \\"words\\" \\\\u0041"}}]}}'
    )
    declared = f"PREFIX ex: <http://e/>\nPREFIX there: <{server.url.removesuffix('sparql')}>\n"
    query = f"{declared}SELECT ?x ?n ?m {{ ?x ex:n ?n {block.format(url=server.url)} FILTER(?n = 2) }}"
    assert _rows(_asking(server.url), query) == [("http://e/b", "2", 'a SERVICE of "words" \\u0041')]
    assert "PREFIX+ex%3A+%3Chttp%3A%2F%2Fe%2F%3E" in server.asked[0]


def test_solutions_keep_their_number_gaps_and_blank_nodes(server: Server) -> None:
    server.body = (
        b'{"head":{"vars":["x","y"]},"results":{"bindings":[{"x":{"type":"bnode","value":"n"}},'
        b'{"x":{"type":"bnode","value":"n"}},{"y":{"type":"literal","value":"y"}}]}}'
    )
    first, second, third = _rows(_asking(server.url), f"SELECT ?x ?y {{ SERVICE <{server.url}> {{ ?x ?p ?y }} }}")
    assert first == second
    assert first[0] is not None
    assert first[0].startswith("https://w3id.org/asoen/.well-known/genid/")
    assert first[1] is None
    assert third == (None, "y")


def test_a_block_without_variables_counts_its_solutions(server: Server) -> None:
    asking = _asking(server.url)
    query = f"ASK {{ SERVICE <{server.url}> {{ <http://e/a> <http://e/n> 1 }} }}"
    assert asking.query(query) == AskAnswer(True)
    server.body = b'{"head":{"vars":[]},"results":{"bindings":[]}}'
    assert asking.query(query) == AskAnswer(False)


def test_mistakes_are_told_at_their_place_and_before_anybody_is_asked(server: Server) -> None:
    with pytest.raises(QuerySyntaxError) as raised:
        _asking(server.url).query(f"SELECT * {{\n  SERVICE <{server.url}> {{ ?x ?y }}\n}}")
    assert (raised.value.line, raised.value.column) == (2, raised.value.column)
    assert raised.value.token == "}"
    assert server.asked == []


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ("SERVICE ?e { ?s ?p ?o }", "leaves open"),
        ("SERVICE <{url}> { SERVICE <{url}> { ?s ?p ?o } }", "in another one"),
        ("SERVICE <http://e/sparql> { ?s ?p ?o }", "not on a host"),
        ("SERVICE SILENT <http://e/sparql> { ?s ?p ?o }", "not on a host"),
        ("SERVICE <http://me@{host}/> { ?s ?p ?o }", "not on a host"),
        ("SERVICE <https://{host}/> { ?s ?p ?o }", None),
        ("SERVICE <file:///etc/passwd> { ?s ?p ?o }", "not on a host"),
        ("SERVICE <http://127.0.0.1/> { ?s ?p ?o }", "not on a host"),
        ("SERVICE:x { ?s ?p ?o }", None),
        ("trueSERVICE<{url}>{ ?s ?p ?o }", None),
    ],
)
def test_what_is_not_asked(server: Server, block: str, said: str | None) -> None:
    block = block.replace("{url}", server.url).replace("{host}", urlsplit(server.url).netloc)
    with pytest.raises(AsoenError, match=said):
        _asking(server.url).query(f"SELECT * {{ {block} }}")
    assert server.asked == []


def test_private_addresses_are_not_asked_though_on_the_list(server: Server) -> None:
    port = urlsplit(server.url).port
    for host in ("127.0.0.1", "localhost"):
        store = EmbeddedStore(_here(), outside=Outside([f"{host}:{port}"]))
        for silent in ("", "SILENT "):
            with pytest.raises(QueryRefused, match="private network"):
                store.query(f"SELECT * {{ SERVICE {silent}<http://{host}:{port}/sparql> {{ ?s ?p ?o }} }}")
        with pytest.raises(QueryRefused, match="private network"):
            store.query(f"SELECT * FROM <http://{host}:{port}/graph> {{ ?s ?p ?o }}")
    assert server.asked == []


def test_a_name_with_one_private_address_is_not_asked(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    port = urlsplit(server.url).port

    def resolve(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ("93.184.216.34", "127.0.0.1")]

    monkeypatch.setattr(outside_module.socket, "getaddrinfo", resolve)
    store = EmbeddedStore(_here(), outside=Outside([f"both.example:{port}"]))
    with pytest.raises(QueryRefused, match="private network"):
        store.query(f"SELECT * {{ SERVICE <http://both.example:{port}/sparql> {{ ?s ?p ?o }} }}")
    assert server.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1",
        "2002:7f00:1::", "2001:0:7f00:1::", "ff02::1", "240.0.0.1", "192.0.2.1",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public_address(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_addresses_that_are_public(address: str) -> None:
    assert is_public_address(address)


def test_redirects_are_not_followed(server: Server) -> None:
    server.status, server.location = 302, "http://127.0.0.1:1/elsewhere"
    asking = _asking(server.url)
    with pytest.raises(ElsewhereFailed, match="status 302"):
        asking.query(f"SELECT * {{ SERVICE <{server.url}> {{ ?s ?p ?o }} }}")
    with pytest.raises(ElsewhereFailed, match="status 302"):
        asking.query(f"SELECT * FROM <{server.url}> {{ ?s ?p ?o }}")
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    ("status", "media_type", "body"),
    [
        (500, "text/plain", b"it broke"),
        (400, "text/plain", b"I do not understand"),
        (200, "text/html", b"<html>"),
        (200, "application/sparql-results+json", b'{"head":{"vars":["s"]},"results":{"bindings":[{"s"'),
        (200, "application/sparql-results+json", b'{"head":{},"boolean":true}'),
    ],
)
def test_an_endpoint_that_fails_is_named_unless_it_may(
    server: Server, status: int, media_type: str, body: bytes
) -> None:
    server.status, server.media_type, server.body = status, media_type, body
    asking = _asking(server.url)
    query = "SELECT ?x {{ ?x <http://e/n> 1 . SERVICE {}<{}> {{ ?s ?p ?o }} }}"
    with pytest.raises(ElsewhereFailed, match="Line 1, column 41"):
        asking.query(query.format("", server.url))
    assert _rows(asking, query.format("SILENT ", server.url)) == [("http://e/a",)]


@pytest.mark.parametrize("query", ["SELECT * {{ SERVICE <{}> {{ ?s ?p ?o }} }}", "SELECT * FROM <{}> {{ ?s ?p ?o }}"])
def test_one_that_takes_too_long(query: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with pytest.raises(ElsewhereSlow, match="did not answer in time"):
            _asking(url, seconds=0.05).query(query.format(url))


def test_answers_have_a_size(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    query = f"SELECT * {{ SERVICE <{server.url}> {{ ?s ?p ?o }} }}"
    monkeypatch.setattr(outside_module, "MOST_BYTES", 10)
    with pytest.raises(LimitReached, match="longer than 10 bytes"):
        _asking(server.url).query(query)
    monkeypatch.undo()
    monkeypatch.setattr(federation_module, "MOST_SOLUTIONS", 0)
    with pytest.raises(LimitReached, match="has 1 solutions, and 0 are taken"):
        _asking(server.url).query(query)


def test_there_are_only_so_many_blocks(server: Server) -> None:
    block = f"SERVICE <{server.url}> {{ ?s ?p ?o }} "
    with pytest.raises(QueryRefused, match="more than 10"):
        _asking(server.url).query(f"SELECT * {{ {block * 11} }}")
    assert server.asked == []


def test_a_graph_of_elsewhere_is_fetched(server: Server) -> None:
    server.media_type, server.body = "text/turtle; charset=utf-8", b"<#x> <http://e/n> 7 ; <http://e/of> [] ."
    store = _here()
    store.add(Quad(NamedNode("http://e/d"), NamedNode("http://e/n"), Literal(4), NamedNode("http://e/g")))
    asking = _asking(server.url, store)
    query = "SELECT ?x {} {{ ?x <http://e/n> ?n }} ORDER BY ?n"
    expected = [("http://e/d",), (server.url + "#x",)]
    assert _rows(asking, query.format(f"FROM <{server.url}> FROM <http://e/g>")) == expected
    named = asking.query(
        "SELECT ?x ?n { GRAPH ?g { ?x <http://e/n> ?n } }", named_graphs=[server.url], default_graphs=[]
    )
    assert isinstance(named, SelectAnswer)
    assert len(named.rows) == 1
    assert not asking.has_graph(server.url)
    assert asking.asks_outside("SELECT * {}", [server.url])
    assert asking.asks_outside(query.format(f"FROM <{server.url}>"))
    assert not asking.asks_outside(query.format("FROM <http://e/g>"))
    with pytest.raises(QueryRefused, match="no graph"):
        asking.query(query.format("FROM <http://elsewhere/g>"))


@pytest.mark.parametrize(("media_type", "body"), [("text/html", b"<p>"), ("text/turtle", b"<")])
def test_a_document_that_is_no_graph(server: Server, media_type: str, body: bytes) -> None:
    server.media_type, server.body = media_type, body
    with pytest.raises(ElsewhereFailed, match="not "):
        _asking(server.url).query(f"SELECT * FROM <{server.url}> {{ ?s ?p ?o }}")


def test_hosts_are_meant_with_their_port() -> None:
    outside = Outside(["Example.org", "other.example:8443"])
    allowed = ["http://example.org/sparql", "https://EXAMPLE.org:443/", "https://other.example:8443/x"]
    refused = ["http://example.org:8080/", "https://other.example/", "http://example.org.evil.example/", "http://[::1",
               "https://example.org:x/", "ftp://example.org/", "//example.org/", "http://example.org:443@evil.example/",
               "http://ex\u0430mple.org/", "http:example.org"]  # fmt: skip
    assert [url for url in allowed if not outside.allows(url)] == []
    assert [url for url in refused if outside.allows(url)] == []

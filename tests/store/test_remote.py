"""What an endpoint can do to us; the endpoint is a small one that answers as it is told."""

from __future__ import annotations

import socket
import threading
import urllib.parse
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from asoen_graph.errors import AsoenError, LimitReached, QueryRefused, QuerySyntaxError, StoreError
from asoen_graph.store import AskAnswer
from asoen_graph.store.engines import Request
from asoen_graph.store.remote import RemoteStore
from asoen_graph.store.wire import Reply


class Endpoint:
    def __init__(self) -> None:
        self.status = 200
        self.media_type = "application/sparql-results+json"
        self.body = b'{"head":{},"boolean":true}'
        self.form: dict[str, list[str]] = {}


@pytest.fixture
def endpoint() -> Iterator[tuple[Endpoint, RemoteStore]]:
    told = Endpoint()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            told.form = urllib.parse.parse_qs(self.rfile.read(length).decode())
            self.send_response(told.status)
            self.send_header("Content-Type", told.media_type)
            self.end_headers()
            self.wfile.write(told.body)

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield told, RemoteStore(f"http://127.0.0.1:{server.server_port}/sparql", timeout=20)
    server.shutdown()
    server.server_close()


Pair = tuple[Endpoint, RemoteStore]


def test_the_request_is_a_form_with_the_prefixes_that_are_needed(endpoint: Pair) -> None:
    told, store = endpoint
    assert store.query("ASK { id:x ?p 'asoen:y' } # org:z", default_graphs=["http://e/g"]) == AskAnswer(True)
    assert told.form == {
        "query": ["PREFIX id: <https://w3id.org/asoen/id/> ASK { id:x ?p 'asoen:y' } # org:z"],
        "default-graph-uri": ["http://e/g"],
    }


def test_xml_is_read_too(endpoint: Pair) -> None:
    told, store = endpoint
    told.media_type = "application/sparql-results+xml; charset=utf-8"
    told.body = b'<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head/><boolean>true</boolean></sparql>'
    assert store.query("ASK {}") == AskAnswer(True)


@pytest.mark.parametrize(
    ("status", "error", "said"),
    [
        (400, QuerySyntaxError, "does not take"),
        (403, QueryRefused, "refuses"),
        (503, LimitReached, "in time"),
        (504, LimitReached, "in time"),
        (500, StoreError, "status 500: it broke"),
        (404, StoreError, "status 404"),
    ],
)
def test_what_went_wrong_there(endpoint: Pair, status: int, error: type[AsoenError], said: str) -> None:
    told, store = endpoint
    told.status, told.body = status, b"it broke"
    with pytest.raises(error, match=said):
        store.query("ASK {}")


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        ("text/html", b"<p>Welcome"),
        ("application/sparql-results+json", b'{"head"'),
        ("text/turtle", b"<a> <b"),
        # What a server sends that finds out too late that it cannot go on.
        ("application/sparql-results+json", b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"bnode"},'),
    ],
)
def test_an_answer_that_is_none(endpoint: Pair, media_type: str, body: bytes) -> None:
    told, store = endpoint
    told.media_type, told.body = media_type, body
    with pytest.raises(StoreError):
        store.query("SELECT * { ?s ?p ?o }")
    with pytest.raises(StoreError):
        store.labels(["http://e/a"], "en")


def test_many_names_are_asked_for_in_parts(endpoint: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    told, store = endpoint
    told.body = b'{"head":{"vars":["s","p","o"]},"results":{"bindings":[]}}'
    asked: list[str] = []
    post: Callable[[str, Request], Reply] = store._wire.post
    monkeypatch.setattr(store._wire, "post", lambda text, request: (asked.append(text), post(text, request))[1])
    assert store.labels([f"http://e/{number}" for number in range(1000)], "en") == {}
    assert [text.count("<http://e/") for text in asked] == [0, 400, 400, 200]


def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(StoreError, match="cannot be reached"):
        RemoteStore(f"http://127.0.0.1:{port}/").query("ASK {}")


def test_no_answer_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with pytest.raises(LimitReached) as caught:
            RemoteStore(url, timeout=0.05).query("ASK {}")
    assert caught.value.limit == "time"


def test_only_http() -> None:
    with pytest.raises(StoreError, match="not the address"):
        RemoteStore("file:///etc/passwd")

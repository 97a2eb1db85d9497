"""The server over an endpoint that fails: whoever asks is told whose fault it is, and what to do."""

from __future__ import annotations

import threading
import time
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

import pytest
from tests.engines.servers import running as engine
from tests.server.conftest import LIMITS, Site, running

from asoen_graph.release import Release
from asoen_graph.server.settings import Settings

CARD = "/api/entities/delta-ministers-4"


class Relay(ThreadingHTTPServer):
    """A server before an endpoint, which hands on what it is asked unless it is told to fail in some way (``how``)."""

    daemon_threads = True
    how = ""

    def __init__(self, endpoint: str) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.endpoint = endpoint
        self.url = f"http://127.0.0.1:{self.server_address[1]}/"


class Handler(BaseHTTPRequestHandler):
    """What it does with one request."""

    server: Relay

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        how = self.server.how
        if how.isdigit():
            self.send_error(int(how))
        elif how:
            self._fail(how)
        else:
            headers = {name: self.headers[name] for name in ("Accept", "Content-Type")}
            with urllib.request.urlopen(urllib.request.Request(self.server.endpoint, body, headers)) as reply:
                self._send(reply.read(), reply.headers["Content-Type"])

    def _fail(self, how: str) -> None:
        if how == "no HTTP":
            self.wfile.write(b"so much for that\r\n\r\n")
        elif how == "cut":
            self._send(b'{"head":', "application/sparql-results+json", 1000)
        elif how == "a page":
            self._send(b"<p>Welcome", "text/html")
        while how == self.server.how == "silent":
            time.sleep(0.01)

    def _send(self, body: bytes, media_type: str, length: int | None = None) -> None:
        self.send_response(200)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class Place(NamedTuple):
    """A server of ours, and what stands between it and its endpoint."""

    relay: Relay
    site: Site


@pytest.fixture(scope="module")
def place(delta_release: Release, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with engine("oxigraph", delta_release, tmp_path_factory.mktemp("oxigraph")) as url:
        relay = Relay(url)
        threading.Thread(target=relay.serve_forever, daemon=True).start()
        asking = Settings(delta_release.folder, workers=1, limits=LIMITS, endpoint=relay.url, engine="sparql11")
        with running(asking) as site:
            yield Place(relay, site)
        relay.shutdown()
        relay.server_close()


@pytest.fixture(autouse=True)
def works_again(place: Place) -> Iterator[None]:
    yield
    place.relay.how = ""


def test_an_answer_has_a_weak_validator(place: Place) -> None:
    first = place.site.get("/api/entities/alder-marsh")
    tag = first.headers["etag"]
    assert tag.startswith('W/"')
    # What is kept goes on being answered, and need not be fetched by whoever has it.
    place.relay.how = "gone"
    assert place.site.get("/api/entities/alder-marsh").headers["etag"] == tag
    for named in (tag, tag.removeprefix("W/"), f'"other", {tag}'):
        again = place.site.client.get("/api/entities/alder-marsh", headers={"If-None-Match": named})
        assert (again.status_code, again.headers["etag"]) == (304, tag)
    assert place.site.client.get("/api/entities/alder-marsh", headers={"If-None-Match": "*"}).headers["etag"] == tag


def test_a_validator_of_what_lies_here_is_strong(place: Place) -> None:
    assert place.site.get("/openapi.json").headers["etag"].startswith('"')


@pytest.mark.parametrize("how", ["gone", "no HTTP", "cut", "500", "a page"])
@pytest.mark.parametrize("path", ["/sparql?query=ASK{id:alder-marsh ?p ?o}", CARD, "/api/queries/hosts?format=json"])
def test_a_failure_of_the_endpoint_is_its_own(how: str, path: str, place: Place) -> None:
    place.relay.how = how
    found = place.site.client.get(path)
    problem = found.json()
    assert (found.status_code, found.headers["content-type"]) == (502, "application/problem+json")
    assert problem["type"].endswith("/elsewhere")
    assert problem["detail"].startswith("The server that holds the data")
    assert "127.0.0.1" not in found.text
    assert found.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("how", ["gone", "500"])
def test_one_that_fails_now_has_a_hint(how: str, place: Place) -> None:
    place.relay.how = how
    assert "again" in place.site.sparql("ASK {}").json()["hint"]


@pytest.mark.parametrize("how", ["silent", "504"])
def test_an_endpoint_that_takes_too_long(how: str, place: Place) -> None:
    place.relay.how = how
    found = place.site.sparql("ASK {}", timeout="0.5")
    assert (found.status_code, found.headers["content-type"]) == (504, "application/problem+json")
    assert found.json()["type"].endswith("/elsewhere-time")
    assert found.json()["limit"] == "time"
    assert found.headers["retry-after"]
    # The worker was not to blame.
    assert not place.site.front.pool.fates.ended["time limit"]


def test_the_server_is_ready_all_the_same(place: Place) -> None:
    place.relay.how = "gone"
    assert place.site.get("/ready").status_code == 200

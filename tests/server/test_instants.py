"""Requests that are recognised by their bytes get the answer all others get."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from asoen_graph.server.answers import Answers
from asoen_graph.server.settings import Settings

from .conftest import Site, running

QUERY = quote("SELECT ?m ?n { ?m a asoen:Meeting ; asoen:ordinal ?n } ORDER BY ?n")
_MINE = re.compile(rb"(?m)^(x-request-id|date): [^\r]*")


class Line:
    """A connection on which bytes are sent as they are."""

    def __init__(self, site: Site, seconds: float = 20) -> None:
        host, _, port = site.url.removeprefix("http://").partition(":")
        self._socket = socket.create_connection((host, int(port)), timeout=seconds)
        self._file = self._socket.makefile("rb")

    def __enter__(self) -> Line:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._socket.close()

    def send(self, data: bytes) -> None:
        self._socket.sendall(data)

    def read(self) -> bytes:
        """The next answer but for its number and date; empty where the server has hung up."""
        head = b"".join(iter(self._file.readline, b"\r\n"))
        if not head:
            return b""
        length = re.search(rb"content-length: (\d+)", head)
        return _MINE.sub(b"", head) + (self._file.read(int(length[1])) if length else b"")

    def ask(self, data: bytes) -> bytes:
        self.send(data)
        return self.read()


def get(query: str = QUERY, *headers: str, path: str = "/sparql") -> bytes:
    lines = [f"GET {path}?query={query} HTTP/1.1", "Host: x", *headers]
    return "\r\n".join([*lines, "", ""]).encode()


@pytest.fixture(scope="module")
def site(settings: Settings) -> Iterator[Site]:
    """A server without lanes, so that each request comes to the web process."""
    with running(replace(settings, lanes=0)) as found:
        yield found


@pytest.fixture
def instants(site: Site, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each request of a test was recognised."""
    found: list[bool] = []
    answer = site.edge.instants.answer

    def noted(raw: bytes, defaults: object) -> tuple[bytes, bytes] | None:
        told = answer(raw, defaults)  # type: ignore[arg-type]
        found.append(told is not None)
        return told

    monkeypatch.setattr(site.edge.instants, "answer", noted)
    return found


def test_the_answer_is_the_same_in_every_byte(site: Site, instants: list[bool]) -> None:
    for headers in (
        ("X-A: 1",),
        ("X-A: 1", "Accept: text/csv", "Accept-Encoding: gzip"),
        ("X-A: 1", "If-None-Match: *"),
    ):
        instants.clear()
        with Line(site) as line:
            answers = [line.ask(get(QUERY, *headers)) for _ in range(5)]
        assert len(set(answers)) == 1
        assert not instants[0]
        assert instants[2:] == [True] * 3


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["ASK {}", "SELECT (1 AS ?x) {}", "SELECT", "SELECT (RAND() AS ?x) {}"]),
    st.sampled_from(["/sparql", "/api/entities/lsoe-12", "/nothing", "/health"]),
    st.lists(
        st.sampled_from(["Accept: text/csv", "Accept: image/png", "Accept-Encoding: br", "If-None-Match: *", "X-A: 2"]),
        unique=True,
    ),
)
def test_any_request_gets_what_it_gets_unrecognised(site: Site, query: str, path: str, headers: list[str]) -> None:
    request = get(quote(query), *headers, path=path)
    with Line(site) as line:
        known = [line.ask(request) for _ in range(4)][-1]
        front = site.front
        site.app.state.front = replace(front, answers=Answers(0))
        try:
            unknown = line.ask(request)
        finally:
            site.app.state.front = front
    if "RAND" not in query and "If-None-Match: *" not in headers:
        assert known == unknown


def test_it_is_given_no_longer_than_it_is_kept(site: Site, instants: list[bool]) -> None:
    request = get(QUERY, "X-B: 1")
    with Line(site) as line:
        expected = [line.ask(request) for _ in range(3)][-1]
        tag = re.search(rb'etag: ("[^"]+")', expected)
        assert tag is not None
        shelf = site.front.answers.answers
        del shelf._things[tag[1].decode()]
        assert line.ask(request) == expected
    assert instants[2:] == [True, False]


@pytest.mark.parametrize(
    "headers",
    [("Content-Length: 0",), ("Connection: close",), ("Expect: 100-continue",), ("X-Forwarded-Proto: https",)],
)
def test_what_more_may_follow_or_depends_on_who_asks_is_not_recognised(
    site: Site, instants: list[bool], headers: tuple[str, ...]
) -> None:
    for _ in range(4):
        with Line(site) as line:
            line.ask(get(QUERY, "X-C: 1", *headers))
    assert not any(instants)


def test_two_that_look_like_one_are_not_recognised(site: Site, instants: list[bool]) -> None:
    two = get(QUERY, "X-G: 1").replace(b"\r\n", b"\n") + get(QUERY, "X-G: 1")
    for _ in range(4):
        with Line(site) as line:
            line.ask(two)
    assert not any(instants)


def test_a_body_is_no_request(site: Site) -> None:
    known = get(QUERY, "X-D: 1")
    with Line(site) as line:
        for _ in range(3):
            line.ask(known)
        head = f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: {len(known)}\r\n\r\n"
        assert line.ask(head.encode()).startswith(b"HTTP/1.1 415 ")
        line.send(known)
        # The body has no answer of its own: the next one is that to the next request.
        assert line.ask(get(quote("ASK {}"), "X-D: 2")).endswith(b'{"head":{},"boolean":true}')


def test_several_at_once_are_answered_in_order(site: Site) -> None:
    one, other = get(QUERY, "X-E: 1"), get(quote("ASK {}"), "X-E: 1")
    with Line(site) as line:
        first, second = [[line.ask(request) for _ in range(3)][-1] for request in (one, other)]
        line.send(one + other + one)
        assert [line.read() for _ in range(3)] == [first, second, first]
        line.send(one[:40])
        line.send(one[40:])
        assert line.read() == first


def test_it_is_counted(site: Site) -> None:
    tally = site.app.state.gauges.traffic.tallies["/sparql", "GET", 200]
    request = get(QUERY, "X-F: 1")
    with Line(site) as line:
        for _ in range(3):
            line.ask(request)
        before, size = sum(tally.buckets), tally.bytes
        line.ask(request)
    assert sum(tally.buckets) == before + 1
    assert tally.bytes > size


def test_a_limit_on_rates_sees_every_request(settings: Settings) -> None:
    with running(replace(settings, rate=1.0, burst=6)) as limited, Line(limited) as line:
        statuses = [line.ask(get(QUERY))[:12] for _ in range(9)]
    assert statuses.count(b"HTTP/1.1 429") >= 2

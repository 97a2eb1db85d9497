"""The short way to a route and the long one give the same answers, byte for byte."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.types import Receive, Scope, Send

from asoen_graph.server.answers import Answers

from .conftest import Site

SELECT = "SELECT ?m ?n { ?m a asoen:Meeting ; asoen:ordinal ?n } ORDER BY ?n"
FORM = "application/x-www-form-urlencoded"
PATHS = [
    "/sparql", "/sparql/", "/sparql%2F", "/SPARQL", "//sparql", "/%73parql", "/sparql%0A",
    "/api/entities", "/api/entities/lsoe-12", "/api/entities/lsoe-12%0A", "/api/entities/l%73oe-12",
    "/api/entities/nobody", "/api/entities/", "/api/entities/lsoe-12/", "/api/entities/lsoe-12/facts",
    "/api/entities/a%2Fb", "/api/sources", "/api/search", "/api/suggest", "/api/nothing", "/api/entities/l%C3%BD",
    "/releases", "/releases/nothing/sparql",
]  # fmt: skip
QUERIES = [
    SELECT,
    "ASK {}",
    "DESCRIBE id:lsoe-12",
    "SELECT",
    "INSERT DATA {}",
    "SELECT * { SERVICE <http://e> {} }",
    "",
]
VALUES = {
    "query": st.sampled_from(QUERIES),
    "format": st.sampled_from(["json", "csv", "html", "ttl", "nothing", ""]),
    "lang": st.sampled_from(["en", "vi", "fr"]),
    "timeout": st.sampled_from(["5", "0", "x"]),
    "default-graph-uri": st.sampled_from(["https://w3id.org/asoen/graph/register", "http://e/none"]),
    "update": st.just("CLEAR ALL"),
    "q": st.sampled_from(["lsoe", "", "ý"]),
    "limit": st.sampled_from(["2", "-1"]),
    "nothing": st.just("1"),
}
HEADERS = {
    "Accept": st.sampled_from(["*/*", "text/csv", "text/html", "application/json;q=0.5, text/turtle", "image/png", ""]),
    "Accept-Language": st.sampled_from(["vi", "en;q=0.5, vi", "xx"]),
    "Accept-Encoding": st.sampled_from(["gzip", "br;q=1, *;q=0", "identity;q=0"]),
    "If-None-Match": st.sampled_from(["*", '"x"']),
    "Content-Type": st.sampled_from([FORM, "application/sparql-query", "application/sparql-update", "text/plain"]),
    "Content-Encoding": st.just("gzip"),
    "Host": st.sampled_from(["example.org", "a/b"]),
}


class LongWay:
    """Shortcuts that lead nowhere."""

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> bool:
        return False


@pytest.fixture(scope="module")
def uncached(site: Site) -> Iterator[Site]:
    """The server with nothing kept, for what is kept comes neither way."""
    front = site.front
    site.app.state.front = replace(front, answers=Answers(0))
    yield site
    site.app.state.front = front


def both_ways(site: Site, request: httpx.Request) -> tuple[httpx.Response, httpx.Response]:
    short = site.client.send(request)
    generation = site.edge._succession.present
    shortcuts = generation.shortcuts
    generation.shortcuts = LongWay()  # type: ignore[assignment]
    try:
        return short, site.client.send(request)
    finally:
        generation.shortcuts = shortcuts


def told(response: httpx.Response) -> object:
    mine = ("x-request-id", "date")
    headers = [(name, value) for name, value in response.headers.multi_items() if name not in mine]
    body = response.content.replace(response.headers.get("x-request-id", "").encode(), b"")
    return response.status_code, response.http_version, headers, body


some = {name: st.lists(values, min_size=1, max_size=2) for name, values in VALUES.items()}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["GET", "GET", "GET", "HEAD", "POST", "POST", "OPTIONS", "PUT", "get"]),
    st.sampled_from(["/sparql"] * len(PATHS) + PATHS),
    st.fixed_dictionaries({}, optional=some),
    st.fixed_dictionaries({}, optional=HEADERS),
    st.sampled_from(["", SELECT, "query=ASK%20%7B%7D", "query=ASK+{}&query=x", "\xff"]),
)
def test_any_request_gets_the_same_answer(
    uncached: Site, method: str, path: str, parameters: dict[str, list[str]], headers: dict[str, str], body: str
) -> None:
    content = body.encode("latin-1") if method == "POST" else None
    request = uncached.client.build_request(method, path, params=parameters, headers=headers, content=content)
    short, long = map(told, both_ways(uncached, request))
    assert short == long


@pytest.mark.parametrize("path", ["/sparql", "/api/entities/lsoe-12", "/api/entities", "/api/search"])
def test_these_have_a_short_way(uncached: Site, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("the long way")

    monkeypatch.setattr(uncached.app, "router", fail)
    monkeypatch.setattr(uncached.app, "middleware_stack", fail)
    assert uncached.get(path, query=SELECT, q="x").status_code in (200, 400)
    assert uncached.client.head(path).status_code in (200, 400)


def test_what_nobody_foresaw_is_told_alike(uncached: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: object) -> None:
        raise RuntimeError("unforeseen")

    monkeypatch.setattr(uncached.front.pool, "run", fail)
    request = uncached.client.build_request("GET", "/sparql", params={"query": "ASK {}"})
    short, long = both_ways(uncached, request)
    assert short.status_code == 500
    assert told(short) == told(long)


def test_errors_are_counted_under_their_route(uncached: Site) -> None:
    tallies = uncached.app.state.gauges.traffic.tallies
    short, _ = both_ways(uncached, uncached.client.build_request("GET", "/sparql", params={"query": "SELECT"}))
    assert short.status_code == 400
    assert sum(tallies["/sparql", "GET", 400].buckets) >= 2

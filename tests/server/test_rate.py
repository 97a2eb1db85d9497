"""How often a client may ask."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asoen_graph.release import Release
from asoen_graph.server import rate
from asoen_graph.server.app import create_app
from asoen_graph.server.edge import Edge
from asoen_graph.server.rate import Rate, name_of
from asoen_graph.server.settings import Settings

from .test_serve_command import serving

rates = st.floats(0.01, 1000)
bursts = st.integers(1, 50)
waits = st.lists(st.floats(0, 5), max_size=80)


@given(rates, bursts, waits)
def test_no_more_than_the_burst_and_what_flows_in(rate: float, burst: int, pauses: list[float]) -> None:
    buckets, now, allowed = Rate(rate, burst), 1000.0, []
    for pause in pauses:
        now += pause
        verdict = buckets.take("192.0.2.1", now)
        assert 0 <= verdict.left <= burst
        assert verdict.retry_in >= 1
        if verdict.allowed:
            allowed.append(now)
    for first in range(len(allowed)):
        for last in range(first, len(allowed)):
            assert last - first + 1 <= burst + rate * (allowed[last] - allowed[first]) + 1e-6


@given(rates, bursts, waits)
def test_what_a_client_is_told_is_true(rate: float, burst: int, pauses: list[float]) -> None:
    buckets, now = Rate(rate, burst), 0.0
    for pause in pauses:
        now += pause
        verdict = buckets.take("a", now)
    if pauses:
        for _ in range(verdict.left):
            assert buckets.take("a", now).allowed
        verdict = buckets.take("a", now)
        assert not verdict.allowed
        now += verdict.retry_in
        assert buckets.take("a", now).allowed
        verdict = buckets.take("a", now)
        now += verdict.full_in + 1
        assert [buckets.take("a", now).allowed for _ in range(burst)] == [True] * burst


def test_clients_do_not_cost_each_other_anything() -> None:
    buckets = Rate(1, 2)
    assert [buckets.take("192.0.2.1", 0).allowed for _ in range(3)] == [True, True, False]
    assert buckets.take("192.0.2.2", 0).allowed


def test_not_all_clients_of_all_times_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate, "MOST_CLIENTS", 10)
    buckets = Rate(1, 1)
    for number in range(100):
        buckets.take(f"192.0.2.{number}", 0)
    assert len(buckets) == 10
    assert not buckets.take("192.0.2.99", 0).allowed


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("unknown", "unknown"),
        ("", ""),
    ],
)
def test_names_of_clients(address: str, name: str) -> None:
    assert name_of(address) == name


@pytest.fixture(scope="module")
def edge(settings: Settings) -> Edge:
    slow = Settings(settings.release, queries=settings.queries, workers=1, rate=0.01, burst=3)
    return create_app(slow)


class TestOverHttp:
    def ask(self, edge: Edge, client: str, *paths: str) -> list[httpx.Response]:
        async def all_of_them() -> list[httpx.Response]:
            transport = httpx.ASGITransport(edge, client=(client, 1))
            async with httpx.AsyncClient(transport=transport, base_url="http://x") as http:
                return [await http.get(path) for path in paths]

        return asyncio.run(all_of_them())

    def test_a_greedy_client_is_told_when_to_come_back(self, edge: Edge) -> None:
        answers = self.ask(edge, "192.0.2.1", *["/problem/busy"] * 4)
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        assert [answer.headers["ratelimit"].partition(";t=")[0] for answer in answers] == [
            f'"requests";r={left}' for left in (2, 1, 0, 0)
        ]
        assert answers[0].headers["ratelimit-policy"] == '"requests";q=3;w=300'
        refusal = answers[-1]
        problem = refusal.json()
        assert refusal.headers["content-type"] == "application/problem+json"
        assert (problem["type"], problem["status"]) == ("https://w3id.org/asoen/problem/rate-limit", 429)
        assert 95 <= int(refusal.headers["retry-after"]) <= 100
        assert refusal.headers["retry-after"] in problem["hint"]
        assert refusal.headers["cache-control"] == "no-store"
        assert refusal.headers["access-control-allow-origin"] == "*"
        assert refusal.headers["x-request-id"]

    def test_nobody_else_is(self, edge: Edge) -> None:
        self.ask(edge, "192.0.2.2", *["/problem/busy"] * 5)
        assert self.ask(edge, "192.0.2.3", "/problem/busy")[0].status_code == 200

    def test_those_who_watch_over_the_server_are_not(self, edge: Edge) -> None:
        answers = self.ask(edge, "192.0.2.4", *["/health", "/metrics"] * 5)
        assert {answer.status_code for answer in answers} == {200}
        assert "ratelimit" not in answers[0].headers

    def test_refusals_are_counted(self, edge: Edge) -> None:
        before = edge.inner.state.gauges.traffic.refused
        self.ask(edge, "192.0.2.5", *["/problem/busy"] * 5)
        assert edge.inner.state.gauges.traffic.refused == before + 2

    def test_a_reader_is_told_with_a_page(self, edge: Edge) -> None:
        async def last() -> httpx.Response:
            transport = httpx.ASGITransport(edge, client=("192.0.2.9", 1))
            headers = {"Accept": "text/html", "Accept-Language": "vi"}
            async with httpx.AsyncClient(transport=transport, base_url="http://x", headers=headers) as http:
                return [await http.get("/problem/busy?why=1") for _ in range(4)][-1]

        refusal = asyncio.run(last())
        assert refusal.status_code == 429
        assert refusal.headers["content-type"] == "text/html; charset=utf-8"
        assert refusal.headers["retry-after"] in refusal.text
        assert "<h1>Quá nhiều yêu cầu</h1>" in refusal.text
        assert '<a href="/problem/busy?why=1&amp;lang=vi">Thử lại</a>' in refusal.text

    def test_there_is_no_limit_without_a_rate(self, settings: Settings) -> None:
        answers = self.ask(create_app(settings), "192.0.2.1", *["/problem/busy"] * 150)
        assert {answer.status_code for answer in answers} == {200}
        assert "ratelimit" not in answers[0].headers


def test_a_proxy_that_is_trusted_tells_who_asks(lagoon_release: Release) -> None:
    options = ("--workers", "1", "--rate", "0.01", "--burst", "2")
    with serving(lagoon_release, *options) as (_, url):
        statuses = [ask(url, "192.0.2.7") for _ in range(3)]
        assert [*statuses, ask(url, "192.0.2.8"), ask(url, "192.0.2.7, 192.0.2.8")] == [200, 200, 429, 200, 200]
    with serving(lagoon_release, *options, "--forwarded-allow-ips", "192.0.2.1") as (_, url):
        assert [ask(url, f"192.0.2.{number}") for number in range(3)] == [200, 200, 429]


def ask(url: str, client: str) -> int:
    return httpx.get(f"{url}/problem/busy", headers={"X-Forwarded-For": client}).status_code

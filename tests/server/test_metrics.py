"""Metrics that Prometheus reads, and that tell nothing of anybody."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import httpx
import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse_openmetrics
from prometheus_client.parser import text_string_to_metric_families as parse

from asoen_graph.server.app import create_app
from asoen_graph.server.metrics import BOUNDS, Traffic
from asoen_graph.server.settings import Settings

from .conftest import Site
from .test_workers import CROSS, eventually

OPENMETRICS = "application/openmetrics-text; version=1.0.0"


def value(site: Site, name: str, **labels: str) -> float:
    """The value of a metric, 0 where it is not there yet."""
    samples = [sample for family in parse(site.get("/metrics").text) for sample in family.samples]
    return sum(s.value for s in samples if s.name == name and labels.items() <= s.labels.items())


def growth(site: Site, name: str, **labels: str) -> Callable[[], float]:
    before = value(site, name, **labels)
    return lambda: value(site, name, **labels) - before


def test_both_formats_are_read(site: Site) -> None:
    site.get("/health")
    plain = site.get("/metrics")
    assert plain.headers["content-type"].startswith("text/plain; version=")
    assert plain.headers["cache-control"] == "no-store"
    names = {family.name for family in parse(plain.text)}
    openmetrics = site.get("/metrics", OPENMETRICS)
    assert openmetrics.headers["content-type"].startswith("application/openmetrics-text")
    assert names >= {"asoen_requests", "asoen_request_seconds", "asoen_response_bytes", "asoen_queue_length"}
    assert {family.name for family in parse_openmetrics(openmetrics.text)} >= names - {"asoen_info"}
    assert all(family.documentation for family in parse(plain.text))


def test_requests_are_counted_by_template_and_status(site: Site) -> None:
    found = growth(site, "asoen_requests_total", route="/api/entities/{slug}", status="200", method="GET")
    missing = growth(site, "asoen_requests_total", route="/api/entities/{slug}", status="404")
    nowhere = growth(site, "asoen_requests_total", route="other", status="404")
    heads = growth(site, "asoen_requests_total", route="/api/entities/{slug}", method="HEAD")
    sent = growth(site, "asoen_response_bytes_total", route="/api/entities/{slug}", status="200", method="GET")
    in_time = growth(site, "asoen_request_seconds_bucket", route="/api/entities/{slug}", status="200", le="+Inf")
    length = 0
    for _ in range(2):  # made, and kept
        answer = site.get("/api/entities/lsoe-12", lang="vi")
        length += int(answer.headers["content-length"])
    site.client.head("/api/entities/lsoe-12")
    site.get("/api/entities/no-such-thing")
    site.get("/no/such/place")
    assert (found(), missing(), nowhere(), heads(), in_time()) == (2, 1, 1, 1, 3)
    assert sent() == length


def test_the_cache_is_counted(site: Site) -> None:
    results = {
        result: growth(site, "asoen_cache_lookups_total", result=result) for result in ("hit", "miss", "validated")
    }
    query = "ASK { id:lsoe-12 ?p ?o } # metrics"
    _, _, last = [site.sparql(query) for _ in range(3)]
    tag = last.headers["etag"]
    site.client.get("/sparql", params={"query": query}, headers={"If-None-Match": tag})
    assert {result: grown() for result, grown in results.items()} == {"hit": 2, "miss": 1, "validated": 1}
    assert 0 < value(site, "asoen_cache_bytes") <= value(site, "asoen_cache_limit_bytes")
    assert value(site, "asoen_cache_answers") > 0


def test_workers_are_counted_by_how_they_ended(site: Site) -> None:
    expired = growth(site, "asoen_workers_ended_total", reason="time limit")
    left = growth(site, "asoen_workers_ended_total", reason="client left")
    started = growth(site, "asoen_workers_started_total")
    query = f"SELECT (COUNT(*) AS ?n) WHERE {{ {CROSS} }}"
    assert site.sparql(query, timeout="0.3").status_code == 503
    with pytest.raises(httpx.TimeoutException):
        httpx.get(f"{site.url}/sparql", params={"query": query}, timeout=0.5)
    asyncio.run(eventually(lambda: (expired(), left()) == (1, 1)))
    assert started() >= 2
    assert value(site, "asoen_workers", state="idle") >= 1
    assert value(site, "asoen_queue_length") == 0


def test_nobody_is_in_it(site: Site) -> None:
    site.client.get("/id/secret-slug", headers={"X-Forwarded-For": "192.0.2.77", "User-Agent": "secret-agent"})
    site.client.request("SECRET", "/secret-path?secret=query")
    site.sparql("ASK { <urn:secret> ?p ?o }")
    text = site.get("/metrics").text
    assert "secret" not in text.lower()
    assert "192.0.2.77" not in text
    assert "127.0.0.1" not in text


def test_made_up_methods_and_addresses_are_one_row() -> None:
    traffic = Traffic()
    for number in range(50):
        traffic.count("", f"METHOD{number}", 405, 0.001, 0)
    assert list(traffic.tallies) == [("other", "other", 405)]


@pytest.mark.parametrize(("seconds", "bucket"), [(0, 0), (BOUNDS[3], 3), (BOUNDS[3] + 1e-9, 4), (1e9, len(BOUNDS))])
def test_a_bucket_holds_what_is_not_above_its_bound(seconds: float, bucket: int) -> None:
    traffic = Traffic()
    traffic.count("/", "GET", 200, seconds, 0)
    (tally,) = traffic.tallies.values()
    assert [index for index, number in enumerate(tally.buckets) if number] == [bucket]


def test_they_can_be_switched_off(settings: Settings) -> None:
    edge = create_app(Settings(settings.release, queries=settings.queries, workers=1, metrics=False))

    async def ask() -> int:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(edge), base_url="http://x") as http:
            return (await http.get("/metrics")).status_code

    assert asyncio.run(ask()) == 404

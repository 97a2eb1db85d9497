"""What the server counts of itself, for Prometheus: numbers without a trace of who asked or what.

While requests are answered only plain numbers grow (see ``traffic``); the text is written when somebody asks for it, in
a thread. Nothing here loops in Python over what grows meanwhile.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from asoen_graph.server.answers import Answers
from asoen_graph.server.traffic import BOUNDS, Traffic
from asoen_graph.server.workers import Pool

if TYPE_CHECKING:
    from prometheus_client.core import Metric
    from prometheus_client.registry import CollectorRegistry

    from asoen_graph.server.lanes.lender import Lender


@dataclass(frozen=True, slots=True, eq=False)
class Gauges:
    """All that is counted, put into the families that Prometheus knows."""

    traffic: Traffic
    answers: Answers
    pool: Pool
    release: str
    swaps: Counter[str] = field(default_factory=Counter)
    """How often the release was read again, by what came of it."""
    lender: Lender | None = None
    lanes_ended: Counter[str] = field(default_factory=Counter)
    """Lanes that ended, by the reason."""

    def collect(self) -> Iterator[Metric]:
        """The families of metrics as they stand now."""
        yield from self._requests()
        yield from self._answers()
        yield from self._workers()

    def _requests(self) -> Iterator[Metric]:
        from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily, InfoMetricFamily

        yield InfoMetricFamily("asoen", "The release that is served.", {"release": self.release})
        swaps = CounterMetricFamily(
            "asoen_swaps", "Times the release was read again: done, the same as before, failed.", labels=("result",)
        )
        for result in ("done", "same", "failed"):
            swaps.add_metric((result,), self.swaps[result])
        yield swaps
        labels = ("route", "method", "status")
        requests = CounterMetricFamily("asoen_requests", "Requests answered.", labels=labels)
        sizes = CounterMetricFamily("asoen_response_bytes", "Bytes of the bodies sent.", labels=labels)
        times = HistogramMetricFamily(
            "asoen_request_seconds", "From the arrival of a request to the end of its answer.", labels=labels
        )
        for (route, method, status), tally in sorted(self.traffic.tallies.items()):
            values = (route, method, str(status))
            buckets = tally.buckets.copy()
            requests.add_metric(values, sum(buckets))
            sizes.add_metric(values, tally.bytes)
            times.add_metric(values, _cumulated(buckets), tally.seconds)
        yield from (requests, sizes, times)
        yield CounterMetricFamily(
            "asoen_rate_limited", "Requests of clients that asked too often.", self.traffic.refused
        )

    def _answers(self) -> Iterator[Metric]:
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

        found = CounterMetricFamily(
            "asoen_cache_lookups",
            "Where answers came from: kept here (hit), the run of an equal request (shared), a run of their own "
            "(miss); or the client had it (validated).",
            labels=("result",),
        )
        for result in ("hit", "shared", "miss", "validated"):
            found.add_metric((result,), self.answers.counts[result])
        kept = self.answers.answers
        yield found
        yield GaugeMetricFamily("asoen_cache_bytes", "Bytes of the answers that are kept.", kept.used)
        yield GaugeMetricFamily("asoen_cache_limit_bytes", "Bytes there is room for.", kept.room)
        yield GaugeMetricFamily("asoen_cache_answers", "Answers that are kept.", len(kept))
        yield CounterMetricFamily("asoen_cache_displaced", "Answers that made room for others.", kept.displaced)

    def _workers(self) -> Iterator[Metric]:
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

        yield GaugeMetricFamily("asoen_queue_length", "Requests that wait for a worker.", self.pool.waiting)
        workers = GaugeMetricFamily(
            "asoen_workers", "Workers: idle, busy, with a long request beside the others, leaving.", labels=("state",)
        )
        for state, number in self.pool.states().items():
            workers.add_metric((state,), number)
        yield workers
        yield CounterMetricFamily("asoen_workers_started", "Workers started.", self.pool.fates.started)
        ended = CounterMetricFamily("asoen_workers_ended", "Workers ended, by the reason.", labels=("reason",))
        for reason, number in sorted(self.pool.fates.ended.items()):
            ended.add_metric((reason,), number)
        yield ended
        lanes, lent = (len(self.lender.pids), self.lender.lent) if self.lender is not None else (0, 0)
        yield GaugeMetricFamily("asoen_lanes", "Lanes that answer cheap requests.", lanes)
        yield GaugeMetricFamily("asoen_lent_connections", "Connections that lanes read at present.", lent)
        ended = CounterMetricFamily("asoen_lanes_ended", "Lanes ended, by the reason.", labels=("reason",))
        for reason in ("too long", "grown", "failed"):
            ended.add_metric((reason,), self.lanes_ended[reason])
        yield ended


def write(gauges: Gauges, accept: str | None) -> tuple[bytes, str]:
    """The metrics, with those of the process, in the form a scraper asks for; and the name of that form."""
    from prometheus_client.exposition import choose_encoder

    encode, content_type = choose_encoder(accept or "")
    return encode(_registry(gauges)), content_type


def _registry(gauges: Gauges) -> CollectorRegistry:
    from prometheus_client import CollectorRegistry, ProcessCollector

    registry = CollectorRegistry(auto_describe=False)
    registry.register(gauges)
    ProcessCollector(registry=registry)
    return registry


def _cumulated(buckets: list[int]) -> list[tuple[str, float]]:
    from itertools import accumulate

    bounds = (*map(str, BOUNDS), "+Inf")
    return [(bound, float(total)) for bound, total in zip(bounds, accumulate(buckets), strict=True)]

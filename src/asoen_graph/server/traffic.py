"""Counting the requests that were answered: only plain numbers grow while that goes on."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import Any, Final

BOUNDS: Final = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""The upper bounds of the buckets of the histogram, in seconds."""

_METHODS: Final = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
_NO_ROUTE: Final = "other"


class Tally:
    """How many answers of a kind there were, how long they took, and how long they were."""

    __slots__ = ("buckets", "bytes", "seconds")

    def __init__(self) -> None:
        self.buckets = [0] * (len(BOUNDS) + 1)
        self.seconds = 0.0
        self.bytes = 0


class Traffic:
    """The requests that were answered, by template of the address, method and status."""

    def __init__(self) -> None:
        self.tallies: defaultdict[tuple[str, str, int], Tally] = defaultdict(Tally)
        self.refused = 0
        """Requests of clients that asked too often."""

    def count(self, route: str, method: str, status: int, seconds: float, size: int) -> None:
        """Count a request that was answered with so many bytes; a status of 0 stands for no answer at all."""
        # A client may make up methods, and each would be a row of its own.
        tally = self.tallies[route or _NO_ROUTE, method if method in _METHODS else _NO_ROUTE, status]
        tally.buckets[bisect_left(BOUNDS, seconds)] += 1
        tally.seconds += seconds
        tally.bytes += size

    def taken(self) -> list[list[Any]]:
        """What has been counted, as JSON values; it is counted from nothing again."""
        found = [[*key, tally.buckets, tally.seconds, tally.bytes] for key, tally in self.tallies.items()]
        self.tallies.clear()
        return found

    def add(self, taken: list[list[Any]]) -> None:
        """Count what was counted elsewhere."""
        for route, method, status, buckets, seconds, size in taken:
            tally = self.tallies[route, method, status]
            tally.buckets = [a + b for a, b in zip(tally.buckets, buckets, strict=True)]
            tally.seconds += seconds
            tally.bytes += size

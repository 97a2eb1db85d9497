"""Equal requests that wait at the same time share one run of a worker."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from typing import Any

from asoen_graph.server.messages import Reply


class Flight:
    """A run of a worker and the number of those who wait for it."""

    def __init__(self, work: asyncio.Task[Reply]) -> None:
        self.work = work
        self.waiting = 0


class Flights:
    """The runs that are under way. A client that leaves stops its run only where nobody else waits for it."""

    def __init__(self) -> None:
        self._flights: dict[Hashable, Flight] = {}

    def __len__(self) -> int:
        return len(self._flights)

    def join(self, key: Hashable | None, start: Callable[[], Coroutine[Any, Any, Reply]]) -> tuple[Flight, bool]:
        """Wait for the run with the key, which is started where there is none; also whether it was there.

        A run without a key is nobody else's. Whoever joins must leave.
        """
        flight = self._flights.get(key) if key is not None else None
        joined = flight is not None
        if flight is None:
            flight = Flight(asyncio.get_running_loop().create_task(start()))
            if key is not None:
                self._flights[key] = flight
                flight.work.add_done_callback(lambda _: self._land(key, flight))
        flight.waiting += 1
        return flight, joined

    def leave(self, key: Hashable | None, flight: Flight) -> None:
        """Wait no longer. The run is stopped where it has not ended and nobody is left who waits for it."""
        flight.waiting -= 1
        if not flight.waiting and not flight.work.done():
            # Before it has stopped: who comes now must not join it.
            self._land(key, flight)
            flight.work.cancel()

    def _land(self, key: Hashable | None, flight: Flight | None) -> None:
        if key is not None and self._flights.get(key) is flight:
            del self._flights[key]

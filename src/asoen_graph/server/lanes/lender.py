"""The web process' side of the lanes: which connections are lent to whom, and what happens when a lane dies.

A connection is lent when nothing is going on on it, and read here again only when it has been given back. A lane that
takes too long over a request is killed. What it was at is done by a worker, and the other connections it had are read
here until they are lent to another.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import socket
import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import Any, Final, Protocol

from asoen_graph.server.answers import Headers
from asoen_graph.server.lanes.blackbox import BlackBox
from asoen_graph.server.lanes.desk import Reader
from asoen_graph.server.lanes.link import Borrowed, Link, Loan
from asoen_graph.server.lanes.words import BAR, COUNT, HEAD, RETIRE
from asoen_graph.server.settings import Settings
from asoen_graph.server.traffic import Traffic

MOST_BUSY_SECONDS: Final = 0.05
"""Seconds of the processor that a lane may take over one request."""
_WATCH_SECONDS: Final = 0.02
_RETIRE_SECONDS: Final = 1.0
_COUNT_SECONDS: Final = 0.1
_MOST_BARRED: Final = 32
_RESTART_SECONDS: Final = 0.05
_LONGEST_RESTART_SECONDS: Final = 10.0
_MOST_DOUBLINGS: Final = 10
_TOLERATED: Final = 10
"""So many may die one after the other before it takes longer to start the next: a fork takes milliseconds."""
_STEADY_SECONDS: Final = 10.0
"""A lane that lived for so long did not die of its start."""

log = logging.getLogger("asoen.lanes")


class Launcher(Protocol):
    """Where lanes come from."""

    def launch_lane(self, connection: socket.socket, box: int, started: Callable[[int], None]) -> int:
        """Start one that talks over the connection, and close this process' copy of it; its serial number.

        ``started`` is told its process id. Raises OSError.
        """

    def kill(self, serial: int) -> None:
        """Kill one."""


def is_possible(settings: Settings) -> bool:
    """Whether lanes may answer: they fork, need Linux, and can neither count a client's requests nor ask elsewhere."""
    alone = not (settings.endpoint or settings.outside or settings.rate)
    return bool(settings.lanes) and settings.fork and alone and sys.platform == "linux"


class Lender:
    """The lanes of one generation."""

    def __init__(
        self,
        settings: Settings,
        name: str,
        always: Headers,
        traffic: Traffic,
        lookups: Counter[str],
        ended: Counter[str],
    ) -> None:
        """``name`` is that of the release, ``always`` the headers that every answer has.

        ``traffic`` and ``lookups`` grow by what the lanes count, ``ended`` by those that end, under the reason.
        """
        self._launcher: Launcher | None = None
        self._most = settings.lanes
        self._traffic = traffic
        self._lookups = lookups
        self._ended = ended
        self._hello: dict[str, Any] = {
            "releases": str(settings.releases),
            "name": name,
            "room": settings.cache // (2 * max(1, settings.lanes)),
            "headers": [[part.decode("latin-1") for part in each] for each in always],
        }
        self._barred: dict[str, None] = {}
        self._reader = Reader(has_cards=bool(name))
        self._lanes: list[Link] = []
        self._last = 0
        self._deaths = 0
        self._is_watching = False
        self._counting: asyncio.Future[None] | None = None
        self._awaited = 0

    @property
    def pids(self) -> list[int]:
        """The process ids of the lanes."""
        return [lane.pid for lane in self._lanes if lane.pid]

    @property
    def lent(self) -> int:
        """How many connections are lent."""
        # Copies, for this is asked from another thread too.
        return sum(sum(loan.is_out for loan in list(lane.loans.values())) for lane in list(self._lanes))

    def start(self, launcher: Launcher) -> None:
        """Start the lanes; those that were started before are replaced."""
        self._launcher = launcher
        for lane in self._lanes:
            lane.is_leaving = True
            lane.say(HEAD.pack(RETIRE, 0))
        for _ in range(self._most):
            self._launch()

    def lend(self, borrower: Borrowed, loan: Loan | None, file: int, client: str, spent: float | None) -> Loan | None:
        """Lend a connection that was or was not lent before; ``None`` where there is nobody to lend it to.

        ``file`` is its file descriptor, ``client`` the address of who is at its other end, ``spent`` the seconds that
        its last request took a worker, where that is known.
        """
        if loan is not None and loan.lane.takes:
            loan.lane.lend_again(loan, spent)
        else:
            lanes = [lane for lane in self._lanes if lane.takes]
            if not lanes:
                return None
            lane = min(lanes, key=lambda each: len(each.loans))
            self._last = (self._last + 1) & 0xFFFFFFFF
            loan = lane.lend(self._last, borrower, file, client)
        if loan is not None and not self._is_watching:
            self._is_watching = True
            asyncio.get_running_loop().call_later(_WATCH_SECONDS, self._watch)
        return loan

    async def count(self) -> None:
        """Have the lanes tell what they have counted, and wait a moment for that."""
        lanes = [lane for lane in self._lanes if lane.takes]
        if not lanes or self._counting is not None:
            return
        self._counting, self._awaited = asyncio.get_running_loop().create_future(), len(lanes)
        for lane in lanes:
            lane.say(HEAD.pack(COUNT, 0))
        await asyncio.wait([self._counting], timeout=_COUNT_SECONDS)
        self._counting = None

    async def retire(self) -> None:
        """Take everything back, and end the lanes; those that do not end soon are killed."""
        self._launcher, launcher = None, self._launcher
        lanes = list(self._lanes)
        for lane in lanes:
            lane.is_leaving = True
            lane.say(HEAD.pack(RETIRE, 0))
        if lanes:
            over = [asyncio.ensure_future(lane.over.wait()) for lane in lanes]
            _, late = await asyncio.wait(over, timeout=_RETIRE_SECONDS)
            for each in late:
                each.cancel()
        for lane in [each for each in lanes if not each.over.is_set()]:
            if launcher is not None:
                launcher.kill(lane.serial)
            lane.lose()

    def _launch(self) -> None:
        if self._launcher is None or len(self._lanes) >= self._most:
            return
        try:
            memory = BlackBox.create()
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            lane = Link(ours, BlackBox(memory), self._add, self._lost)
            ours.send(json.dumps({**self._hello, "logs": _is_logged()}).encode())
            for pattern in self._barred:
                ours.send(HEAD.pack(BAR, 0) + pattern.encode())
            lane.serial = self._launcher.launch_lane(theirs, memory, lane.started)
            os.close(memory)
        except OSError as error:
            log.error("no lane could be started: %s", error)
            self._launch_later()
            return
        self._lanes.append(lane)
        lane.open()

    def _launch_later(self) -> None:
        doublings = min(max(0, self._deaths - _TOLERATED), _MOST_DOUBLINGS)
        delay = min(_RESTART_SECONDS * 2**doublings, _LONGEST_RESTART_SECONDS)
        asyncio.get_running_loop().call_later(delay, self._launch)

    def _add(self, tallies: list[list[Any]], lookups: dict[str, int]) -> None:
        """Count what a lane has counted."""
        self._traffic.add(tallies)
        self._lookups.update(lookups)
        self._awaited -= 1
        if self._counting is not None and not self._awaited and not self._counting.done():
            self._counting.set_result(None)

    def _lost(self, lane: Link) -> None:
        """A lane has ended; start another one, sooner or later."""
        self._lanes.remove(lane)
        if self._launcher is None:
            return
        self._deaths = 0 if time.monotonic() - lane.began > _STEADY_SECONDS else self._deaths + 1
        reason = "too long" if lane.is_stopped else "grown" if lane.has_left else "failed"
        self._ended[reason] += 1
        if reason == "failed":
            log.warning("lane %d ended", lane.pid)
        self._launch_later()

    def _watch(self) -> None:
        """Look whether a lane takes too long over a request; done again and again while there are loans."""
        for lane in list(self._lanes):
            if not lane.is_stopped and lane.busy() > MOST_BUSY_SECONDS:
                self._stop(lane)
        self._is_watching = any(lane.loans for lane in self._lanes)
        if self._is_watching:
            asyncio.get_running_loop().call_later(_WATCH_SECONDS, self._watch)

    def _stop(self, lane: Link) -> None:
        """Kill a lane that takes too long over a request, and leave the likes of it to workers."""
        wreck = lane.box.wreck()
        question = self._reader.read(wreck.request) if wreck is not None and wreck.request is not None else None
        if question is not None and len(self._barred) < _MOST_BARRED:
            self._barred[question.pattern] = None
            for other in self._lanes:
                other.say(HEAD.pack(BAR, 0) + question.pattern.encode())
        log.warning("lane %d is ended: a request takes it too long", lane.pid)
        lane.is_stopped = True
        if self._launcher is not None:
            self._launcher.kill(lane.serial)


def _is_logged() -> bool:
    access = logging.getLogger("asoen.access")
    return not access.disabled and access.isEnabledFor(logging.INFO)

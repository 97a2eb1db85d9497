"""The web process' side of the lanes: which connections are lent to whom, and what happens when a lane dies.

A connection is lent when nothing is going on on it, and read here again only when it has been given back. A lane that
takes too long over a request is killed. What it was at is done by a worker, and the other connections it had are given
to the others.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import socket
import sys
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from asoen_graph.server.answers import Headers
from asoen_graph.server.lanes.blackbox import BlackBox, Wreck
from asoen_graph.server.lanes.desk import Reader
from asoen_graph.server.lanes.words import (
    ANSWERED,
    ASK,
    BACK,
    BAR,
    CLOSED,
    COST,
    COUNT,
    COUNTED,
    FORGET,
    HEAD,
    IDLE,
    LEND,
    REST,
    RETIRE,
    RETURN,
    UNKNOWN,
)
from asoen_graph.server.settings import Settings
from asoen_graph.server.traffic import Traffic

MOST_BUSY_SECONDS: Final = 0.05
"""Seconds of the processor that a lane may take over one request."""
_WATCH_SECONDS: Final = 0.02
_RETIRE_SECONDS: Final = 1.0
_COUNT_SECONDS: Final = 0.1
_LONGEST_MESSAGE: Final = 128 * 1024
_MOST_BARRED: Final = 32
_RESTART_SECONDS: Final = 0.05
_LONGEST_RESTART_SECONDS: Final = 10.0
_STEADY_SECONDS: Final = 10.0
"""A lane that lived for so long did not die of its start."""
_PROCESS_CLOCK: Final = 2
"""Which clock of a process tells the time it has run (linux/posix-timers.h, CPUCLOCK_SCHED)."""

log = logging.getLogger("asoen.lanes")


class Borrowed(Protocol):
    """A connection as far as it can be lent."""

    def take_back(self, received: bytes, answered: int, idle: float) -> None:
        """Read it here again; ``received`` is what has been read of it and not been answered.

        ``answered`` requests were answered while it was lent, and it was idle for ``idle`` seconds.
        """

    def send_rest(self, content: bytes) -> None:
        """Send what is left of an answer."""

    def hang_up(self) -> None:
        """Close it: the client has left, or does not know what of its answer came."""


class Launcher(Protocol):
    """Where lanes come from."""

    def launch_lane(self, connection: socket.socket, box: int, started: Callable[[int], None]) -> int:
        """Start one that talks over the connection, and close this process' copy of it; its serial number.

        ``started`` is told its process id. Raises OSError.
        """

    def kill(self, serial: int) -> None:
        """Kill one."""


@dataclass(slots=True, eq=False)
class Loan:
    """A connection that was lent once, and perhaps is."""

    number: int
    borrower: Borrowed
    lane: _Lane
    file: int
    """Its file descriptor in this process."""
    is_out: bool = True


@dataclass(slots=True, eq=False)
class _Lane:
    serial: int
    talk: socket.socket
    box: BlackBox
    began: float
    loans: dict[int, Loan] = field(default_factory=dict)
    unsent: deque[bytes] = field(default_factory=deque)
    pid: int = 0
    at: int | None = None
    """The request it was at when it was looked at last."""
    ran: float = 0.0
    """How long it had run when it began with that."""
    is_leaving: bool = False
    over: asyncio.Event = field(default_factory=asyncio.Event)


def is_possible(settings: Settings) -> bool:
    """Whether lanes may answer: they fork, need Linux, and can neither count a client's requests nor ask elsewhere."""
    alone = not (settings.endpoint or settings.outside or settings.rate)
    return bool(settings.lanes) and settings.fork and alone and sys.platform == "linux"


class Lender:
    """The lanes of one generation."""

    def __init__(self, settings: Settings, name: str, always: Headers, traffic: Traffic, lookups: Counter[str]) -> None:
        """``name`` is that of the release, ``always`` the headers that every answer has.

        ``traffic`` and ``lookups`` grow by what the lanes count.
        """
        self._launcher: Launcher | None = None
        self._most = settings.lanes
        self._traffic = traffic
        self._lookups = lookups
        self._hello: dict[str, Any] = {
            "releases": str(settings.releases),
            "name": name,
            "room": settings.cache // (2 * max(1, settings.lanes)),
            "headers": [[part.decode("latin-1") for part in each] for each in always],
        }
        self._barred: dict[str, None] = {}
        self._reader = Reader(has_cards=bool(name))
        self._lanes: list[_Lane] = []
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
        return sum(sum(loan.is_out for loan in lane.loans.values()) for lane in self._lanes)

    def start(self, launcher: Launcher) -> None:
        """Start the lanes."""
        self._launcher = launcher
        for _ in range(self._most):
            self._launch()

    def lend(self, borrower: Borrowed, loan: Loan | None, file: int, client: str, spent: float | None) -> Loan | None:
        """Lend a connection that was or was not lent before; ``None`` where there is nobody to lend it to.

        ``spent`` are the seconds that its last request took a worker, where that is known.
        """
        if loan is not None and not loan.lane.is_leaving:
            cost = UNKNOWN if spent is None else min(int(spent * 1e6), UNKNOWN - 1)
            loan.is_out = True
            self._say(loan.lane, HEAD.pack(RETURN, loan.number) + COST.pack(cost))
        else:
            loan = self._lend_anew(borrower, file, client)
        if loan is not None:
            self._watch_soon()
        return loan

    def forget(self, loan: Loan) -> None:
        """A connection that was lent once is closed."""
        if loan.lane.loans.pop(loan.number, None) is not None:
            loan.is_out = False
            self._say(loan.lane, HEAD.pack(FORGET, loan.number))

    async def count(self) -> None:
        """Have the lanes tell what they have counted, and wait a moment for that."""
        lanes = [lane for lane in self._lanes if not lane.is_leaving]
        if not lanes or self._counting is not None:
            return
        self._counting, self._awaited = asyncio.get_running_loop().create_future(), len(lanes)
        for lane in lanes:
            self._say(lane, HEAD.pack(COUNT, 0))
        await asyncio.wait([self._counting], timeout=_COUNT_SECONDS)
        self._counting = None

    async def retire(self) -> None:
        """Take everything back, and end the lanes; those that do not end soon are killed."""
        self._launcher, launcher = None, self._launcher
        lanes = list(self._lanes)
        for lane in lanes:
            lane.is_leaving = True
            self._say(lane, HEAD.pack(RETIRE, 0))
        if lanes:
            await asyncio.wait([asyncio.create_task(lane.over.wait()) for lane in lanes], timeout=_RETIRE_SECONDS)
        for lane in [each for each in lanes if not each.over.is_set()]:
            if launcher is not None:
                launcher.kill(lane.serial)
            self._lose(lane)

    def _launch(self) -> None:
        if self._launcher is None or len(self._lanes) >= self._most:
            return
        try:
            memory = BlackBox.create()
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            lane = _Lane(0, ours, BlackBox(memory), time.monotonic())
            ours.send(json.dumps({**self._hello, "logs": _is_logged()}).encode())
            for pattern in self._barred:
                ours.send(HEAD.pack(BAR, 0) + pattern.encode())
            ours.setblocking(False)

            def started(pid: int) -> None:
                lane.pid = pid

            lane.serial = self._launcher.launch_lane(theirs, memory, started)
            os.close(memory)
        except OSError as error:
            log.error("no lane could be started: %s", error)
            self._launch_later()
            return
        self._lanes.append(lane)
        asyncio.get_running_loop().add_reader(ours, self._hear, lane)

    def _launch_later(self) -> None:
        delay = min(_RESTART_SECONDS * 2 ** min(self._deaths, 10), _LONGEST_RESTART_SECONDS)
        asyncio.get_running_loop().call_later(delay, self._launch)

    def _lend_anew(self, borrower: Borrowed, file: int, client: str) -> Loan | None:
        lanes = [lane for lane in self._lanes if not lane.is_leaving and not lane.unsent]
        if not lanes:
            return None
        lane = min(lanes, key=lambda each: len(each.loans))
        self._last = (self._last + 1) & 0xFFFFFFFF
        try:
            socket.send_fds(lane.talk, [HEAD.pack(LEND, self._last) + client.encode()], [file])
        except OSError:
            return None
        loan = lane.loans[self._last] = Loan(self._last, borrower, lane, file)
        return loan

    def _say(self, lane: _Lane, message: bytes) -> None:
        """Say something to a lane, when it has room for it."""
        if not lane.unsent:
            try:
                lane.talk.send(message)
            except BlockingIOError:
                asyncio.get_running_loop().add_writer(lane.talk, self._say_rest, lane)
            except OSError:
                # It is gone, which the next read says too.
                return
            else:
                return
        lane.unsent.append(message)

    def _say_rest(self, lane: _Lane) -> None:
        try:
            while lane.unsent:
                lane.talk.send(lane.unsent[0])
                lane.unsent.popleft()
        except BlockingIOError:
            return
        except OSError:
            lane.unsent.clear()
        asyncio.get_running_loop().remove_writer(lane.talk)

    def _hear(self, lane: _Lane) -> None:
        """Hear what a lane says."""
        while True:
            try:
                message = lane.talk.recv(_LONGEST_MESSAGE)
            except BlockingIOError:
                return
            except OSError:
                message = b""
            if not message:
                self._lose(lane)
                return
            self._obey(lane, message)

    def _obey(self, lane: _Lane, message: bytes) -> None:
        kind, number = HEAD.unpack_from(message)
        content = message[HEAD.size :]
        if kind == COUNTED:
            self._add(content)
            return
        loan = lane.loans.get(number)
        if loan is None:
            return
        if kind == ASK:
            loan.is_out = False
            answered = ANSWERED.unpack_from(content)[0]
            loan.borrower.take_back(content[ANSWERED.size :], answered, 0.0)
        elif kind == REST:
            loan.borrower.send_rest(content)
        elif kind == BACK:
            loan.is_out = False
            loan.borrower.take_back(b"", 1, IDLE.unpack(content)[0])
        elif kind == CLOSED:
            loan.is_out = False
            del lane.loans[number]
            loan.borrower.hang_up()

    def _add(self, content: bytes) -> None:
        tallies, lookups = json.loads(content)
        self._traffic.add(tallies)
        self._lookups.update(lookups)
        self._awaited -= 1
        if self._counting is not None and not self._awaited and not self._counting.done():
            self._counting.set_result(None)

    def _lose(self, lane: _Lane) -> None:
        """Take back what a lane has left, and start another one."""
        if lane not in self._lanes:
            return
        self._lanes.remove(lane)
        loop = asyncio.get_running_loop()
        loop.remove_reader(lane.talk)
        loop.remove_writer(lane.talk)
        lane.talk.close()
        wreck = lane.box.wreck()
        was_leaving, lane.is_leaving = lane.is_leaving, True
        for loan in list(lane.loans.values()):
            if loan.is_out:
                loan.is_out = False
                _recover(loan, wreck)
        lane.loans.clear()
        lane.box.close()
        lane.over.set()
        if self._launcher is not None:
            self._deaths = 0 if time.monotonic() - lane.began > _STEADY_SECONDS else self._deaths + 1
            if not was_leaving:
                log.warning("lane %d ended", lane.pid)
            self._launch_later()

    def _watch_soon(self) -> None:
        if not self._is_watching:
            self._is_watching = True
            asyncio.get_running_loop().call_later(_WATCH_SECONDS, self._watch)

    def _watch(self) -> None:
        """Look whether a lane takes too long over a request; done again and again while anything is lent."""
        for lane in list(self._lanes):
            at = lane.box.at_work
            if at is None or not lane.pid:
                lane.at = None
                continue
            try:
                ran = time.clock_gettime((~lane.pid << 3) | _PROCESS_CLOCK)
            except OSError:
                continue
            if at != lane.at:
                lane.at, lane.ran = at, ran
            elif ran - lane.ran > MOST_BUSY_SECONDS:
                self._stop(lane)
        self._is_watching = any(lane.loans for lane in self._lanes)
        if self._is_watching:
            asyncio.get_running_loop().call_later(_WATCH_SECONDS, self._watch)

    def _stop(self, lane: _Lane) -> None:
        """Kill a lane that takes too long over a request, and leave the likes of it to workers."""
        wreck = lane.box.wreck()
        question = self._reader.read(wreck.request) if wreck is not None and wreck.request is not None else None
        if question is not None and len(self._barred) < _MOST_BARRED:
            self._barred[question.pattern] = None
            for other in self._lanes:
                self._say(other, HEAD.pack(BAR, 0) + question.pattern.encode())
        log.warning("lane %d is ended: a request takes it too long", lane.pid)
        if self._launcher is not None:
            self._launcher.kill(lane.serial)


def _recover(loan: Loan, wreck: Wreck | None) -> None:
    """Go on with a connection whose lane has died."""
    if wreck is None or wreck.connection != loan.number:
        loan.borrower.take_back(b"", 1, 0.0)
        return
    try:
        with socket.fromfd(loan.file, socket.AF_INET, socket.SOCK_STREAM) as connection:
            answered = wreck.is_answered(connection)
    except OSError:
        answered = None
    if answered is None or (wreck.request is None and not answered):
        loan.borrower.hang_up()
    else:
        loan.borrower.take_back(b"" if answered or wreck.request is None else wreck.request, 0, 0.0)


def _is_logged() -> bool:
    access = logging.getLogger("asoen.access")
    return not access.disabled and access.isEnabledFor(logging.INFO)

"""The web process' end of the way to one lane, and the connections that were lent over it."""

from __future__ import annotations

import asyncio
import json
import socket
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Protocol

from asoen_graph.server.lanes.blackbox import BlackBox, Wreck
from asoen_graph.server.lanes.words import (
    ANSWERED,
    ASK,
    BACK,
    CLOSED,
    COST,
    COUNTED,
    FORGET,
    HEAD,
    IDLE,
    LEFT,
    LEND,
    REST,
    RETURN,
    UNKNOWN,
)

_LONGEST_MESSAGE: Final = 128 * 1024
_PROCESS_CLOCK: Final = 2
"""Which clock of a process tells the time it has run (linux/posix-timers.h, CPUCLOCK_SCHED)."""


class Borrowed(Protocol):
    """A connection as far as it can be lent."""

    def take_back(self, received: bytes, answered: int, idle: float) -> None:
        """Read it here again; ``received`` is what has been read of it and not been answered.

        ``answered`` requests were answered while it was lent, and it was idle for ``idle`` seconds.
        """

    def send_rest(self, content: bytes) -> None:
        """Send what is left of an answer."""

    def hang_up(self) -> None:
        """Close it: the client has left, or nobody knows what of its answer it has got."""


@dataclass(slots=True, eq=False)
class Loan:
    """A connection that was lent once, and perhaps is."""

    number: int
    borrower: Borrowed
    lane: Link
    file: int
    """Its file descriptor in this process."""
    is_out: bool = True

    def forget(self) -> None:
        """It is closed."""
        self.is_out = False
        if self.lane.loans.pop(self.number, None) is not None:
            self.lane.say(HEAD.pack(FORGET, self.number))


class Link:
    """One lane, as the web process sees it."""

    def __init__(
        self,
        talk: socket.socket,
        box: BlackBox,
        counted: Callable[[list[list[Any]], dict[str, int]], None],
        lost: Callable[[Link], None],
    ) -> None:
        """``counted`` is told what the lane has counted, ``lost`` that it has ended."""
        talk.setblocking(False)
        self.box = box
        self.loans: dict[int, Loan] = {}
        self.began = time.monotonic()
        self.serial = self.pid = 0
        self.is_leaving = False
        self.has_left = False
        """It has grown, and gave everything back."""
        self.is_stopped = False
        """It was killed, for it took too long."""
        self.over = asyncio.Event()
        self._talk = talk
        self._counted = counted
        self._lost = lost
        self._unsent: deque[bytes] = deque()
        self._settled = 0
        """The last request that it gave back, or had answered before it gave a connection back."""
        self._at: int | None = None
        self._ran = 0.0
        """How long it had run when it was first seen at that request."""

    @property
    def takes(self) -> bool:
        """Whether connections can be lent to it."""
        return not (self.is_leaving or self.is_stopped or self._unsent)

    def open(self) -> None:
        """Begin to listen to it."""
        asyncio.get_running_loop().add_reader(self._talk, self._hear)

    def started(self, pid: int) -> None:
        """It runs."""
        self.pid = pid

    def lend(self, number: int, borrower: Borrowed, file: int, client: str) -> Loan | None:
        """Lend it a connection under a number; ``None`` where that cannot be done."""
        try:
            socket.send_fds(self._talk, [HEAD.pack(LEND, number) + client.encode()], [file])
        except OSError:
            return None
        loan = self.loans[number] = Loan(number, borrower, self, file)
        return loan

    def lend_again(self, loan: Loan, spent: float | None) -> None:
        """Lend it a connection it had before, whose last request took a worker so many seconds."""
        loan.is_out = True
        cost = UNKNOWN if spent is None else min(int(spent * 1e6), UNKNOWN - 1)
        self.say(HEAD.pack(RETURN, loan.number) + COST.pack(cost))

    def say(self, message: bytes) -> None:
        """Say something to it, as soon as it has room for that."""
        if not self._unsent:
            try:
                self._talk.send(message)
            except BlockingIOError:
                asyncio.get_running_loop().add_writer(self._talk, self._say_rest)
            except OSError:
                # It is gone, which the next read says too.
                return
            else:
                return
        self._unsent.append(message)

    def busy(self) -> float:
        """How many seconds of the processor it has certainly taken over the request it is at."""
        at = self.box.at_work
        if at is None or not self.pid:
            self._at = None
            return 0.0
        try:
            ran = time.clock_gettime((~self.pid << 3) | _PROCESS_CLOCK)
        except OSError:
            return 0.0
        if at != self._at:
            self._at, self._ran = at, ran
        return ran - self._ran

    def lose(self) -> None:
        """Take back what it has left."""
        if self.over.is_set():
            return
        self.over.set()
        self.is_leaving = True
        loop = asyncio.get_running_loop()
        loop.remove_reader(self._talk)
        loop.remove_writer(self._talk)
        self._talk.close()
        wreck = self.box.wreck()
        if wreck is not None and wreck.number == self._settled:
            # It was given back before the end, and perhaps its connection lent once more.
            wreck = None
        loans = [loan for loan in self.loans.values() if loan.is_out]
        self.loans.clear()
        for loan in loans:
            loan.is_out = False
            _recover(loan, wreck)
        self.box.close()
        self._lost(self)

    def _say_rest(self) -> None:
        try:
            while self._unsent:
                self._talk.send(self._unsent[0])
                self._unsent.popleft()
        except BlockingIOError:
            return
        except OSError:
            self._unsent.clear()
        asyncio.get_running_loop().remove_writer(self._talk)

    def _hear(self) -> None:
        while not self.over.is_set():
            try:
                message = self._talk.recv(_LONGEST_MESSAGE)
            except BlockingIOError:
                return
            except OSError:
                message = b""
            if not message:
                self.lose()
                return
            self._obey(message)

    def _obey(self, message: bytes) -> None:
        kind, number = HEAD.unpack_from(message)
        content = message[HEAD.size :]
        if kind == COUNTED:
            self._counted(*json.loads(content))
        elif kind == LEFT:
            self.is_leaving = self.has_left = True
        elif (loan := self.loans.get(number)) is None:
            return
        elif kind == ASK:
            loan.is_out = False
            self._settled, answered = ANSWERED.unpack_from(content)
            loan.borrower.take_back(content[ANSWERED.size :], answered, 0.0)
        elif kind == REST:
            loan.borrower.send_rest(content)
        elif kind == BACK:
            loan.is_out = False
            self._settled, idle = IDLE.unpack(content)
            loan.borrower.take_back(b"", 1, idle)
        elif kind == CLOSED:
            loan.is_out = False
            del self.loans[number]
            loan.borrower.hang_up()


def _recover(loan: Loan, wreck: Wreck | None) -> None:
    """Go on with a connection whose lane has died."""
    if wreck is None or wreck.connection != loan.number:
        loan.borrower.take_back(b"", 1, 0.0)
        return
    try:
        with socket.fromfd(loan.file, socket.AF_INET, socket.SOCK_STREAM) as connection:
            is_answered = wreck.is_answered(connection)
    except OSError:
        is_answered = None
    if is_answered:
        loan.borrower.take_back(b"", 1, 0.0)
    elif is_answered is None or wreck.request is None:
        loan.borrower.hang_up()
    else:
        loan.borrower.take_back(wreck.request, 0, 0.0)

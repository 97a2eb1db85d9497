"""A lane: a process that answers cheap requests on connections that were lent to it, one after the other.

It is forked from the zygote like a worker, and like one it may be killed at any moment.
"""

from __future__ import annotations

import gc
import json
import os
import select
import socket
import time
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from random import Random
from typing import Any, Final

from asoen_graph.server.access_log import entry
from asoen_graph.server.answers import Answers, Kept, Known, Shelf
from asoen_graph.server.files import room
from asoen_graph.server.holdings import holding_of
from asoen_graph.server.lanes.blackbox import BlackBox, written
from asoen_graph.server.lanes.desk import CARD, SPARQL, Desk, Parts, Profile, Reader, Writer
from asoen_graph.server.lanes.prices import Prices
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
    LEFT,
    LEND,
    LONGEST,
    MOST_ANSWERED,
    REST,
    RETIRE,
    RETURN,
    UNKNOWN,
)
from asoen_graph.server.messages import Reply, Task
from asoen_graph.server.origin import Origin
from asoen_graph.server.settings import Settings
from asoen_graph.server.traffic import Traffic
from asoen_graph.server.worker import Footprint, limit_memory

_IDLE_SECONDS: Final = 30.0
"""A connection that is idle for so long is given back: the web process decides when to close it."""
_LOOK_SECONDS: Final = 1.0
_AWAKE_SECONDS: Final = 0.0001
_LOG_SECONDS: Final = 0.1
_LOG_BYTES: Final = 4000
"""What is written at once to a pipe does not mix with what others write, up to 4096 bytes (POSIX, PIPE_BUF)."""
_STANDARD_ERROR: Final = 2
_REPEATED_PART: Final = 8
_LONGEST_HEARD: Final = 24 * 1024
_READABLE: Final = select.EPOLLIN if hasattr(select, "epoll") else 0


class _Guest:
    """A connection that is lent to this lane."""

    __slots__ = ("answered", "asked", "at", "client", "connection", "is_here", "number", "sent")

    def __init__(self, number: int, connection: socket.socket, client: str) -> None:
        self.number = number
        self.connection = connection
        self.client = client
        self.at = 0.0
        """When it was heard of last."""
        self.sent = 0
        """Bytes that it was sent, ever."""
        self.asked: tuple[str, str] | None = None
        """Pattern and text of the request that a worker answers for it."""
        self.is_here = False
        self.answered = 0
        """Requests answered here since it was lent the last time."""


class Lane:
    """The loop of a lane."""

    def __init__(
        self,
        web: socket.socket,
        box: BlackBox,
        reader: Reader,
        desk: Desk,
        writer: Writer,
        answers: Answers,
        *,
        logs: bool,
    ) -> None:
        self._web = web
        self._box = box
        self._reader = reader
        self._desk = desk
        self._writer = writer
        self._answers = answers
        self._seen: Shelf[bytes, tuple[Known, Profile, str, Parts | None]] = Shelf(answers.room // _REPEATED_PART)
        self._prices = Prices()
        self._traffic = Traffic()
        self._guests: dict[int, _Guest] = {}
        self._by_file: dict[int, _Guest] = {}
        self._poll = select.epoll()
        self._random = Random()  # noqa: S311 - a number in a log is no secret
        self._lines: list[bytes] | None = [] if logs else None
        self._is_expected = False
        """Whether one client alone asks again and again."""
        self._log_size = 0
        self._logged_at = 0.0

    def run(self, footprint: Footprint) -> None:
        """Answer until the web process hangs up, or says that it is over; or this process has grown."""
        web = self._web.fileno()
        self._poll.register(web, select.EPOLLIN)
        looked = time.monotonic()
        before: _Guest | None = None
        while True:
            ready = self._wait()
            for file, _ in ready:
                if file == web and not self._listen():
                    return
            guests = self._in_turn(ready)
            for guest in guests:
                self._serve(guest)
            alone = next(iter(guests)) if len(guests) == 1 else None
            self._is_expected, before = alone is not None and alone is before, alone
            now = time.monotonic()
            if self._lines and now - self._logged_at > _LOG_SECONDS:
                self._write_log(now)
            if now - looked > _LOOK_SECONDS:
                looked = now
                self._look(now)
                if footprint.is_too_large():
                    return
                if not guests:
                    footprint.rest()

    def _wait(self) -> list[tuple[int, int]]:
        """Wait for something to come on a connection.

        Where one client alone asks again and again, for a moment without sleeping: it takes longer to be woken than to
        answer.
        """
        if self._is_expected:
            end = time.perf_counter() + _AWAKE_SECONDS
            while time.perf_counter() < end:
                if ready := self._poll.poll(0):
                    return ready
        return self._poll.poll(_LOG_SECONDS if self._lines else _LOOK_SECONDS)

    def _in_turn(self, ready: Iterable[tuple[int, int]]) -> Collection[_Guest]:
        """The connections to serve now of those on which something has come: one of each client.

        Who has many waits with the others until everybody else has been served.
        """
        guests = [guest for file, _ in ready if (guest := self._by_file.get(file)) is not None]
        clients = {guest.client: guest for guest in guests}
        return guests if len(clients) <= 1 else clients.values()

    def retire(self) -> None:
        """Give everything back."""
        self._tell(LEFT, 0)
        for guest in list(self._guests.values()):
            if guest.is_here:
                self._give_back(guest)
        self._tell_counts()
        self._write_log(time.monotonic())

    def _listen(self) -> bool:
        """Hear one message of the web process; return whether to go on."""
        try:
            message, files, _, _ = socket.recv_fds(self._web, _LONGEST_HEARD, 1)
        except OSError:
            return False
        if not message:
            return False
        kind, number = HEAD.unpack_from(message)
        content = message[HEAD.size :]
        if kind == LEND:
            self._welcome(number, files, content.decode())
        elif kind == COUNT:
            self._tell_counts()
        elif kind == BAR:
            self._prices.bar(content.decode())
        elif kind in (RETURN, FORGET):
            self._hear_of(kind, number, content)
        return bool(kind != RETIRE)

    def _welcome(self, number: int, files: list[int], client: str) -> None:
        if not files:
            # There was no room for another one.
            self._tell(BACK, number, IDLE.pack(self._box.number, 0.0))
            return
        guest = self._guests[number] = _Guest(number, socket.socket(fileno=files[0]), client)
        self._take(guest)

    def _hear_of(self, kind: bytes, number: int, content: bytes) -> None:
        """Hear of a connection that was lent before."""
        guest = self._guests.get(number)
        if guest is None:
            if kind == RETURN:
                self._tell(BACK, number, IDLE.pack(self._box.number, 0.0))
        elif kind == FORGET:
            self._forget(guest)
        else:
            self._learn(guest, COST.unpack(content)[0])
            self._take(guest)

    def _learn(self, guest: _Guest, cost: int) -> None:
        asked, guest.asked = guest.asked, None
        if asked is not None and cost != UNKNOWN:
            self._prices.learn(*asked, cost / 1e6)

    def _take(self, guest: _Guest) -> None:
        """Serve a connection from now on."""
        guest.at = time.monotonic()
        try:
            guest.sent = written(guest.connection)
        except OSError:
            self._forget(guest)
            self._tell(CLOSED, guest.number)
            return
        guest.is_here, guest.answered = True, 0
        file = guest.connection.fileno()
        self._by_file[file] = guest
        self._poll.register(file, _READABLE)

    def _leave(self, guest: _Guest) -> None:
        """Serve a connection no more for now."""
        if guest.is_here:
            guest.is_here = False
            file = guest.connection.fileno()
            del self._by_file[file]
            self._poll.unregister(file)

    def _forget(self, guest: _Guest) -> None:
        self._leave(guest)
        del self._guests[guest.number]
        guest.connection.close()

    def _serve(self, guest: _Guest) -> None:
        """Read what has come on a connection, and answer it or have it answered."""
        begin = time.perf_counter()
        try:
            raw = self._box.receive(guest.connection, guest.number)
        except BlockingIOError:
            return
        except OSError:
            raw = b""
        if not raw:
            self._forget(guest)
            self._tell(CLOSED, guest.number)
            return
        found = self._answer(guest, raw)
        if found is None:
            self._leave(guest)
            self._tell(ASK, guest.number, ANSWERED.pack(self._box.number, min(guest.answered, MOST_ANSWERED)) + raw)
            self._box.done()
            return
        known, kept, path, parts = found
        number = f"{self._random.getrandbits(64):016x}"
        content = self._writer.head(parts, number) + kept.body
        self._send(guest, content)
        seconds = time.perf_counter() - begin
        size = len(kept.body)
        guest.answered += 1
        self._traffic.count(known.route, "GET", kept.status, seconds, size)
        if self._lines is not None:
            self._log(entry(number, "GET", path, kept.status, size, seconds))

    def _answer(self, guest: _Guest, raw: bytes) -> tuple[Known, Kept, str, Parts] | None:
        """The answer to a request; ``None`` where the web process has to give it."""
        guest.asked = None
        seen = self._seen.get(raw)
        if seen is not None:
            known, profile, path, parts = seen
            kept = self._answers.settle(known, profile.wish, profile.conditions)
            if kept is not None:
                if parts is None:
                    parts = self._writer.parts(kept, known)
                    self._see(raw, known, profile, path, parts)
                return known, kept, path, parts
        question = self._reader.read(raw)
        if question is None:
            return None
        guest.asked = question.pattern, question.text
        if not self._prices.is_cheap(question.pattern, question.text):
            return None
        self._desk.spent = 0.0
        found = self._desk.answer(question, self._prices.clock(question.pattern))
        self._prices.correct(question.pattern, question.text, self._desk.spent)
        if found is None:
            return None
        kept, known = found
        path = question.scope["path"]
        self._see(raw, known, question.profile, path, None)
        return known, kept, path, self._writer.parts(kept, known)

    def _see(self, raw: bytes, known: Known, profile: Profile, path: str, parts: Parts | None) -> None:
        self._seen.put(raw, (known, profile, path, parts), 4 * len(raw))

    def _send(self, guest: _Guest, content: bytes) -> None:
        self._box.sending(guest.sent, len(content))
        try:
            sent = guest.connection.send(content)
        except BlockingIOError:
            sent = 0
        except OSError:
            # The client has left; the next read says so.
            sent = len(content)
        guest.sent += sent
        guest.at = time.monotonic()
        if sent < len(content):
            # It reads slowly: waiting for it is the business of the web process.
            self._leave(guest)
            for start in range(sent, len(content), LONGEST):
                self._tell(REST, guest.number, content[start : start + LONGEST])
            self._tell(BACK, guest.number, IDLE.pack(self._box.number, 0.0))
        self._box.done()

    def _give_back(self, guest: _Guest) -> None:
        self._leave(guest)
        self._tell(BACK, guest.number, IDLE.pack(self._box.number, time.monotonic() - guest.at))

    def _look(self, now: float) -> None:
        """What is done every second."""
        for guest in [each for each in self._guests.values() if each.is_here and now - each.at > _IDLE_SECONDS]:
            self._give_back(guest)
        self._tell_counts()

    def _tell_counts(self) -> None:
        tallies, lookups = self._traffic.taken(), dict(self._answers.counts)
        self._answers.counts.clear()
        if tallies or lookups:
            self._tell(COUNTED, 0, json.dumps([tallies, lookups]).encode())

    def _tell(self, kind: bytes, number: int, content: bytes = b"") -> None:
        try:
            self._web.sendall(HEAD.pack(kind, number) + content)
        except OSError:
            # The web process is gone, which the next message from it says too.
            return

    def _log(self, line: bytes) -> None:
        assert self._lines is not None
        if self._log_size + len(line) >= _LOG_BYTES:
            self._write_log(time.monotonic())
        if not self._lines:
            self._logged_at = time.monotonic()
        self._lines.append(line)
        self._log_size += len(line) + 1

    def _write_log(self, now: float) -> None:
        if self._lines:
            content = b"\n".join([*self._lines, b""])
            self._lines.clear()
            self._log_size, self._logged_at = 0, now
            os.write(_STANDARD_ERROR, content)


def serve(web: socket.socket, box: int, settings: Settings, answer: Callable[[Task], Reply]) -> None:
    """Be a lane until the web process says that it is over.

    The first message says what the zygote does not know: the folder of kept releases, the name the release has there,
    the room for answers, the headers that every answer has, and whether requests are logged.
    """
    told: dict[str, Any] = json.loads(web.recv(LONGEST))
    holding = holding_of(settings)
    archive = holding.archive(Path(told["releases"]))
    volume = archive.present if archive is not None else None
    if (volume.name if volume is not None else "") != told["name"]:
        # It was kept in the meantime: answers would lead elsewhere than those of the web process.
        return
    limit_memory(settings.limits.memory)
    room()
    footprint = Footprint(settings.limits.memory)
    answers = Answers(told["room"])
    origin, modified = Origin(volume), holding.modified()
    desk = Desk(answer, settings.edition or holding.edition(), origin, modified, answers, settings.limits.seconds)
    writer = Writer([(name.encode("latin-1"), value.encode("latin-1")) for name, value in told["headers"]])
    gc.freeze()
    lane = Lane(web, BlackBox(box), Reader(has_cards=archive is not None), desk, writer, answers, logs=told["logs"])
    lane.run(footprint)
    lane.retire()


ROUTES: Final = (SPARQL, CARD)
"""The routes of which a lane answers requests."""

"""Answering a request that is the same, byte for byte, as one that was answered from what is kept.

Nothing of it is read again: no parser, no task, no application. What it came to is looked up under its bytes, and the
answer is asked for where all answers are kept, so it is given no longer than it is kept. What a request came to in one
edition of the data says nothing of the next, and while the server drains every request is read.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from starlette.types import Scope

from asoen_graph.server.access_log import AccessLog
from asoen_graph.server.answers import Headers, Known, Shelf, headers_of
from asoen_graph.server.connections import RAW
from asoen_graph.server.encodings import Wish, wish_of
from asoen_graph.server.heads import STATUS_LINES, line
from asoen_graph.server.recall import preconditions_of, text_of
from asoen_graph.server.traffic import Traffic
from asoen_graph.server.validators import Preconditions

if TYPE_CHECKING:
    from asoen_graph.server.front import Front
    from asoen_graph.server.succession import Drain

REQUEST_ID: Final = "X-Request-Id"
_NUMBER: Final = REQUEST_ID.lower().encode() + b": "
_LONGEST: Final = 8 * 1024
_SIZE: Final = 4
"""What a request takes with what is known of it, in lengths of the request."""
_PART: Final = 16
"""The part of the room for answers that requests may take besides."""

_random = random.Random()  # noqa: S311 - a number in a log is no secret


def number() -> str:
    """A number for a request: seeded by the system, which is asked for no more than that."""
    return f"{_random.getrandbits(64):016x}"


@dataclass(slots=True)
class _Instant:
    """What a request came to."""

    known: Known
    wish: Wish
    conditions: Preconditions
    edition: str
    path: str
    before: bytes = b""
    """The head of the answer from the date up to the number of the request; empty until it is needed."""
    after: bytes = b""


class Instants:
    """The requests that are recognised by their bytes.

    ``front`` is what is served at present. ``always`` gives the headers that every answer from a release has, those
    it brings itself left aside. Who has to see each request, as a limit on rates has, turns it off.
    """

    def __init__(
        self,
        front: Callable[[], Front],
        always: Callable[[str], Headers],
        log: AccessLog,
        traffic: Traffic,
        drain: Drain,
        *,
        is_on: bool,
    ) -> None:
        self._front = front
        self._shelf: Shelf[bytes, _Instant] = Shelf(front().answers.room // _PART if is_on else 0)
        self._always = always
        self._log = log
        self._traffic = traffic
        self._drain = drain

    def learn(self, scope: Scope, known: Known, edition: str) -> None:
        """Remember a request, where it is one whose bytes are all that decides its answer from an edition."""
        raw: bytes | None = scope.get(RAW)
        if raw is None or len(raw) > _LONGEST:
            return
        # A proxy is believed or not by the address it has, which is no part of the bytes.
        if b"\nx-forwarded-" in raw.lower():
            return
        headers = dict(scope["headers"])
        wish = wish_of(text_of(headers.get(b"accept-encoding")))
        self.remember(raw, known, wish, preconditions_of(headers), edition, scope["path"])

    def remember(
        self, raw: bytes, known: Known, wish: Wish, conditions: Preconditions, edition: str, path: str
    ) -> None:
        """Remember what the bytes of a request came to."""
        self._shelf.put(raw, _Instant(known, wish, conditions, edition, path), _SIZE * len(raw))

    def answer(self, raw: bytes, defaults: Iterable[tuple[bytes, bytes]]) -> tuple[bytes, bytes] | None:
        """Head and body of the answer to a request; ``None`` where it is not known. ``defaults`` are uvicorn's."""
        if self._drain.is_on:
            # Every answer closes its connection by then.
            return None
        found = self._shelf.get(raw)
        if found is None or found.edition != (front := self._front()).edition:
            return None
        begin = time.perf_counter()
        kept = front.answers.settle(found.known, found.wish, found.conditions)
        if kept is None:
            return None
        if not found.before:
            headers = headers_of(kept, found.known)
            given = {name for name, _ in headers}
            found.before = b"".join([*(line(*each) for each in headers), _NUMBER])
            own = (line(*each) for each in self._always(front.version) if each[0] not in given)
            found.after = b"".join([b"\r\n", *own, b"\r\n"])
        name = number()
        head = b"".join(
            (STATUS_LINES[kept.status], *(line(*each) for each in defaults), found.before, name.encode(), found.after)
        )
        self._count(name, found, kept.status, len(kept.body), begin)
        return head, kept.body

    def _count(self, name: str, found: _Instant, status: int, size: int, begin: float) -> None:
        seconds = time.perf_counter() - begin
        self._log.request(name, "GET", found.path, status, size, seconds)
        self._traffic.count(found.known.route, "GET", status, seconds, size)

"""Connections: uvicorn's, with what a server that strangers reach needs besides.

A head that is too long, comes too slowly or leaves in doubt where a request ends or whom it is for is answered with a
problem document; so is anything that is not HTTP. Who does not read its answer loses its connection, and so does the
one that has been idle longest when there is no room for another. A client that leaves stops all it has asked for.

A request that is the same, byte for byte, as one before is not parsed again (see ``instants``).
"""

from __future__ import annotations

import asyncio
import select
from collections.abc import Iterable
from typing import Any, ClassVar, Final, Protocol

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from asoen_graph.messages import tell
from asoen_graph.server import problems
from asoen_graph.server.files import room
from asoen_graph.server.front import SPENT
from asoen_graph.server.heads import STATUS_LINES
from asoen_graph.server.hosts import is_host
from asoen_graph.server.lendable import Lendable, Lenders
from asoen_graph.server.problems import AddressTooLong, BadRequest, Busy, HeadTooLarge, RequestError, TooSlow
from asoen_graph.server.sending import Cycle, write
from asoen_graph.server.settings import Settings

LONGEST_HEAD: Final = 64 * 1024
"""Bytes of a request before its body; an address may have as many."""

_LOOKS: Final = 4
"""How often a connection is looked at within the time that a request may take."""
_LEAST_READ: Final = 16 * 1024
"""Bytes of an answer that a client has to take in that time, unless fewer are left."""
_LINGERING_SECONDS: Final = 2.0
"""How long to listen after the last answer: closing at once would tell the client before it has read the answer."""

RAW: Final = "asoen.raw"
"""Under this name the scope of a request has its bytes, where they came in one piece and there were no others."""
_UNUSUAL: Final = frozenset({b"content-length", b"transfer-encoding", b"expect", b"upgrade", b"trailer", b"te"})
"""Headers of requests that more may follow than an answer."""


class Instants(Protocol):
    """Answers requests by their bytes."""

    def answer(self, raw: bytes, defaults: Iterable[tuple[bytes, bytes]]) -> tuple[bytes, bytes] | None:
        """Head and body of the answer to a request; ``None`` where it is not known."""


def connections(
    settings: Settings, instants: Instants | None = None, lenders: Lenders | None = None
) -> type[HttpToolsProtocol]:
    """The class of the connections of a server with these settings; each server has one of its own.

    ``instants`` answers requests without parsing them, where it can; ``lenders`` tells who lends them at present.
    """
    known = {
        "seconds": settings.limits.seconds,
        "most_unread": 16 * settings.limits.body,
        "most": room(),
        "idle": {},
        "lenders": lenders,
    }
    return type("Connection", (_Connection,), {**known, "instants": instants})


class _Connection(Lendable):
    seconds: ClassVar[float]
    most_unread: ClassVar[int]
    most: ClassVar[int]
    instants: ClassVar[Instants | None]
    idle: ClassVar[dict[_Connection, None]]
    """Those that no request is answered on, in the order in which that began."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._running: RequestResponseCycle | None = None
        """The request that is being answered; ``cycle`` is the one that arrived last."""
        self._look: asyncio.TimerHandle | None = None
        self._refused: RequestError | None = None
        self._wrong: RequestError | None = None
        """What the parser was stopped for."""
        self._in_head = False
        self._head = self._hosts = 0
        self._unclaimed = 0
        """Bytes received that came to nothing yet."""
        self._unread = 0
        """Bytes of bodies that nobody wants any more."""
        self._buffered, self._buffered_since = 0, 0.0
        self._raw: bytes | None = None
        """What is being parsed, where it may be one request and no more."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.quiet_since = self.loop.time()
        self._look = self.loop.call_later(self.seconds / _LOOKS, self._look_around)
        if len(self.connections) > self.most:
            longest = next((each for each in self.idle if not each.is_lent), next(iter(self.idle), None))
            if longest is None:
                self._refuse(Busy(tell("server.connections")))
            else:
                longest.transport.abort()
        self.idle[self] = None

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self.idle.pop(self, None)
        if self._look is not None:
            self._look.cancel()
        self.forget_loan()
        if self._running is not None and not self._running.response_complete:
            self._running.disconnected = True
            self._running.message_event.set()

    def data_received(self, data: bytes) -> None:
        if self._refused is not None or self._answer_at_once(data):
            return
        self._unset_keepalive_if_required()
        self._unclaimed += len(data)
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            # Nothing else is spoken here: the request is answered as if it had not asked for it.
            return
        except httptools.HttpParserError:
            self._refuse(self._wrong or BadRequest("This is not a request as HTTP/1.1 has it", "See RFC 9112"))
            return
        if self._unclaimed > LONGEST_HEAD:
            self._refuse(_too_large())

    def _answer_at_once(self, data: bytes) -> bool:
        """Answer what has come without parsing it; return whether it is known."""
        self._raw = None
        if self.instants is None or self.begun is not None or not _is_whole(data) or not self.is_waiting():
            return False
        if self.flow.write_paused or self.transport.is_closing():
            return False
        answer = self.instants.answer(data, self.server_state.default_headers)
        if answer is None:
            self._raw = data
            return False
        write(self.transport, *answer)
        self.server_state.total_requests += 1
        self.was_asked = True
        self._unclaimed = 0
        # It is idle from now on, and the last of those that are.
        self.quiet_since = self.loop.time()
        self.idle.pop(self, None)
        self.idle[self] = None
        if self.timeout_keep_alive_task is None:
            self.timeout_keep_alive_handler()
        self.lend(None)
        return True

    def timeout_keep_alive_handler(self) -> None:
        """Close the connection unless there was a request in the meantime that did not stop the timer."""
        left = self.quiet_since + self.timeout_keep_alive - self.loop.time()
        if self.is_lent:
            # It is looked after elsewhere.
            left = self.timeout_keep_alive
        if left > 0:
            self.timeout_keep_alive_task = self.loop.call_later(left, self.timeout_keep_alive_handler)
        else:
            super().timeout_keep_alive_handler()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.begun, self._in_head = self.loop.time(), True
        self._head = self._hosts = 0

    def on_url(self, url: bytes) -> None:
        self._head += len(url)
        if self._head > LONGEST_HEAD:
            self._stop(AddressTooLong(tell("request.address-long", longest_address=LONGEST_HEAD), tell("request.post")))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._head += len(name) + len(value)
        if self._head > LONGEST_HEAD:
            self._stop(_too_large())
        if not self._in_head:
            # Fields after the body are not asked for, and must not count as those before it.
            return
        if len(name) == 4 and name.lower() == b"host":
            self._hosts += 1
            if self._hosts > 1 or not is_host(value):
                self._stop(BadRequest("Host does not name one host", "Send one, as in Host: example.org"))
        elif len(name) == 17 and name.lower() == b"transfer-encoding" and value.strip().lower() != b"chunked":
            # A body that is coded besides would be taken for what it is not.
            self._stop(BadRequest("The only Transfer-Encoding that is read is chunked", "Send the body as it is"))
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        version = self.parser.get_http_version()
        if version not in ("1.0", "1.1"):
            self._stop(BadRequest(f"HTTP/{version} is not spoken here", "Use HTTP/1.1"))
        if version == "1.1" and not self._hosts:
            self._stop(BadRequest("There is no Host", "Send one, as in Host: example.org"))
        if self._raw is not None and self._is_plain(self._raw):
            self.scope[RAW] = self._raw  # type: ignore[typeddict-unknown-key]
        super().on_headers_complete()
        self._unclaimed, self._in_head = 0, False
        if self.parser.should_upgrade():
            self.cycle.keep_alive = False

    def on_body(self, body: bytes) -> None:
        self._unclaimed = 0
        if self.cycle.response_complete:
            self._unread += len(body)
            if self._unread > self.most_unread:
                self.transport.abort()
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._unclaimed = self._unread = 0
        self.begun = None
        super().on_message_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.is_waiting():
            self.quiet_since = self.loop.time()
            self.idle[self] = None
            if self._refused is not None:
                self._tell(self._refused)
            else:
                state: dict[str, Any] = self._running.scope.get("state", {}) if self._running is not None else {}
                self.lend(state.get(SPENT))

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        # The one place every request comes through, whether it had to wait for another or not. The protocol keeps the
        # object it made, so that is what has to send differently.
        cycle.__class__ = Cycle
        self._running = cycle
        self.idle.pop(self, None)
        super()._start_asgi_task(cycle, app)

    def _should_upgrade_to_ws(self) -> bool:
        return False

    def _is_plain(self, raw: bytes) -> bool:
        """Whether nothing follows a request, and nothing but its answer is asked for."""
        if raw.count(b"\n") != raw.count(b"\r\n"):
            # To some, a line feed alone ends a line, so that there may be another request in it.
            return False
        if self.parser.get_http_version() != "1.1" or not self.parser.should_keep_alive():
            return False
        return _UNUSUAL.isdisjoint(name for name, _ in self.headers)

    def is_waiting(self) -> bool:
        return not self.pipeline and (self._running is None or self._running.response_complete)

    def _stop(self, error: RequestError) -> None:
        """Stop the parser."""
        self._wrong = error
        raise error

    def _refuse(self, error: RequestError) -> None:
        """Answer what has been asked before, then with the error, and listen no more."""
        if self._refused is not None or self.transport.is_closing():
            return
        self._refused = error
        if self.begun is not None and not self._in_head:
            self._forget(self.cycle)
        if self.is_waiting():
            self._tell(error)

    def _forget(self, cycle: RequestResponseCycle) -> None:
        """Forget a request in whose body something is wrong."""
        if cycle in (each for each, _ in self.pipeline):
            self.pipeline.popleft()
        elif not cycle.response_complete:
            if cycle.response_started:
                self.transport.abort()
            cycle.disconnected = cycle.response_complete = True
            cycle.message_event.set()

    def _tell(self, error: RequestError) -> None:
        if self.transport.is_closing():
            return
        reply = problems.reply(error)
        headers = {**reply.headers, "Content-Length": str(len(reply.body)), "Connection": "close"}
        lines = [b"%s: %s\r\n" % (name.lower().encode(), value.encode()) for name, value in headers.items()]
        lines += [b"%s: %s\r\n" % each for each in self.server_state.default_headers]
        self.transport.write(b"".join((STATUS_LINES[reply.status], *lines, b"\r\n", reply.body)))
        self.flow.resume_reading()
        self.transport.write_eof()
        self.loop.call_later(_LINGERING_SECONDS, self.transport.close)

    def _look_around(self) -> None:
        """Look whether the client still does its part; done every now and then."""
        now = self.loop.time()
        self._look = self.loop.call_later(self.seconds / _LOOKS, self._look_around)
        if self._is_stuck(now) or self._has_left_unseen():
            self.transport.abort()
        elif self.is_lent:
            return
        elif self.begun is not None and now - self.begun > self.seconds and self.is_waiting():
            if self._in_head:
                self._refuse(TooSlow(tell("request.too-slow", seconds=self.seconds), tell("request.again")))
            else:
                self.transport.close()
        elif self.begun is None and self.is_waiting() and now - self.quiet_since > self.timeout_keep_alive:
            self.transport.close()

    def _has_left_unseen(self) -> bool:
        """Whether the client has hung up while nothing is read from it: it has sent more than is taken for now."""
        found = self.transport.get_extra_info("socket")
        if not self.flow.read_paused or found is None or not hasattr(select, "poll"):
            return False
        poll = select.poll()
        poll.register(found.fileno(), getattr(select, "POLLRDHUP", 0))
        return bool(poll.poll(0))

    def _is_stuck(self, now: float) -> bool:
        """Whether the client has not read of its answer for as long as a request may take."""
        left = self.transport.get_write_buffer_size()
        if not left or left <= self._buffered - _LEAST_READ or not self._buffered:
            self._buffered, self._buffered_since = left, now
        return now - self._buffered_since > self.seconds and left > 0


def _is_whole(data: bytes) -> bool:
    """Whether the bytes are one request without a body, as far as can be seen."""
    return data.startswith(b"GET ") and data.find(b"\r\n\r\n") == len(data) - 4


def _too_large() -> HeadTooLarge:
    return HeadTooLarge(tell("request.head-long", most=LONGEST_HEAD), tell("request.fewer-headers"))

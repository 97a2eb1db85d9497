"""Sending answers: uvicorn's protocol, but for whole answers, which leave in one piece.

Uvicorn hands the head and the body of an answer to the system one after the other, and looks at every header of every
answer for characters that must not be in it. Here the head waits for the body, and a header that was looked at before
is remembered.
"""

from __future__ import annotations

import typing
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from uvicorn.protocols.http.httptools_impl import (
    HEADER_RE,
    HEADER_VALUE_RE,
    STATUS_LINE,
    HttpToolsProtocol,
    RequestResponseCycle,
)

if TYPE_CHECKING:
    from uvicorn._types import ASGI3Application, ASGISendEvent

RAW: Final = "asoen.raw"
"""Under this name the scope of a request has its bytes, where they came in one piece and there were no others."""

_UNUSUAL = frozenset({b"content-length", b"transfer-encoding", b"expect", b"upgrade", b"trailer", b"te"})
"""Headers of requests that more may follow than an answer."""
_ITS_OWN = frozenset({b"connection", b"transfer-encoding"})
"""Headers that decide what is done with the connection: uvicorn does it."""
_SHORT = 1 << 16
"""A longer body takes longer to copy than to be handed over by itself."""


class Instants(typing.Protocol):
    """Answers requests by their bytes."""

    def answer(self, raw: bytes, defaults: Iterable[tuple[bytes, bytes]]) -> tuple[bytes, bytes] | None:
        """Head and body of the answer to a request; ``None`` where it is not known."""


class Protocol(HttpToolsProtocol):
    """A connection of a client."""

    instants: Instants | None = None
    """What answers requests without parsing them."""
    _raw: bytes | None = None
    _is_between = True
    """Whether the last request has ended and no other has begun, so that what comes is one and no body."""
    _active = 0.0
    """When the last request came that was answered without parsing it."""

    def data_received(self, data: bytes) -> None:
        """Answer a request whose bytes are known; have any other parsed."""
        self._raw = None
        if self.instants is not None and self._is_between and _is_whole(data):
            is_idle = self.cycle is None or self.cycle.response_complete
            if is_idle and not self.flow.write_paused and not self.transport.is_closing():
                answer = self.instants.answer(data, self.server_state.default_headers)
                if answer is not None:
                    self._send(*answer)
                    return
                self._raw = data
        super().data_received(data)

    def _send(self, head: bytes, body: bytes) -> None:
        self.server_state.total_requests += 1
        if len(body) <= _SHORT:
            self.transport.write(head + body)
        else:
            self.transport.write(head)
            self.transport.write(body)
        # The timer that closes an idle connection runs on, and sees this when it ends.
        self._active = self.loop.time()
        if self.timeout_keep_alive_task is None:
            self.timeout_keep_alive_handler()

    def timeout_keep_alive_handler(self) -> None:
        """Close the connection unless there was a request in the meantime."""
        left = self._active + self.timeout_keep_alive - self.loop.time()
        if left > 0:
            self.timeout_keep_alive_task = self.loop.call_later(left, self.timeout_keep_alive_handler)
        else:
            super().timeout_keep_alive_handler()

    def on_message_begin(self) -> None:
        """Note that a request has begun."""
        self._is_between = False
        super().on_message_begin()

    def on_message_complete(self) -> None:
        """Note that it has ended."""
        self._is_between = True
        super().on_message_complete()

    def on_headers_complete(self) -> None:
        """Hand on the bytes of a request that can be recognised by them."""
        if self._raw is not None and self._is_plain(self._raw):
            self.scope[RAW] = self._raw  # type: ignore[typeddict-unknown-key]
        super().on_headers_complete()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        # The one place every request comes through, whether it had to wait for another or not. The protocol keeps the
        # object it made, so that is what has to send differently.
        cycle.__class__ = _Cycle
        super()._start_asgi_task(cycle, app)

    def _is_plain(self, raw: bytes) -> bool:
        """Whether nothing follows a request, and nothing but its answer is asked for."""
        if raw.count(b"\n") != raw.count(b"\r\n"):
            # To some, a line feed alone ends a line, so that there may be another request in it.
            return False
        if self.parser.get_http_version() != "1.1" or not self.parser.should_keep_alive():
            return False
        return _UNUSUAL.isdisjoint(name for name, _ in self.headers)


class _Cycle(RequestResponseCycle):
    """A request and its answer, whose headers have names in lower case, as ASGI demands."""

    _head: ASGISendEvent | None = None

    async def send(self, message: ASGISendEvent) -> None:
        """Keep the start of an answer, and send it with the body where that is all of it."""
        if message["type"] == "http.response.start" and not self.response_started:
            # In place of another where what came after it failed: nothing of that has been sent.
            self._head = message
            return
        if self._head is None:
            await super().send(message)
            return
        head, self._head = self._head, None
        if not self._send_at_once(head, message):
            await super().send(head)
            await super().send(message)

    def _send_at_once(self, head: Any, message: Any) -> bool:
        """Send a whole answer; nothing is sent where it is not whole, or anything about it is unusual."""
        unusual = self.flow.write_paused or self.disconnected or self.access_log or not self.keep_alive
        if unusual or message["type"] != "http.response.body" or message.get("more_body", False):
            return False
        body = b"" if self.scope["method"] == "HEAD" else message.get("body", b"")
        lines = [STATUS_LINE[head["status"]]]
        length = None
        for header in (*self.default_headers, *head["headers"]):
            name, value = header
            if name in _ITS_OWN or (length is not None and name == b"content-length"):
                return False
            if name == b"content-length":
                length = int(value)
            lines.append(line(name, value))
        if self.scope["method"] != "HEAD" and length != len(body) and not (length is None and _is_bare(head, body)):
            return False
        self.response_started = self.response_complete = True
        self.waiting_for_100_continue = False
        lines.append(b"\r\n")
        if len(body) <= _SHORT:
            lines.append(body)
        self.transport.write(b"".join(lines))
        if len(body) > _SHORT:
            self.transport.write(body)
        self.message_event.set()
        self.on_response()
        return True


def _is_bare(head: Any, body: bytes) -> bool:
    """Whether an answer is of a status that has no body, nor a length of it."""
    return head["status"] in (204, 304) and not body


def _is_whole(data: bytes) -> bool:
    """Whether the bytes are one request without a body, as far as can be seen."""
    return data.startswith(b"GET ") and data.find(b"\r\n\r\n") == len(data) - 4


def serving(instants: Instants) -> type[Protocol]:
    """The protocol with something that answers requests without parsing them."""
    return type("Serving", (Protocol,), {"instants": instants})


@lru_cache(maxsize=1024)
def line(name: bytes, value: bytes) -> bytes:
    """A header as it is sent. Raises RuntimeError as uvicorn does."""
    if HEADER_RE.search(name):
        raise RuntimeError("Invalid HTTP header name.")
    if HEADER_VALUE_RE.search(value):
        raise RuntimeError("Invalid HTTP header value.")
    return b"%b: %b\r\n" % (name.lower(), value)

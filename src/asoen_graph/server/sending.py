"""Sending answers: as uvicorn does, but for whole answers, which leave in one piece.

Uvicorn hands the head and the body of an answer to the system one after the other, and looks at every header of every
answer for characters that must not be in it. Here the head waits for the body, and a header that was looked at before
is remembered.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from asoen_graph.server.heads import STATUS_LINES, line

if TYPE_CHECKING:
    from uvicorn._types import ASGISendEvent

_ITS_OWN = frozenset({b"connection", b"transfer-encoding"})
"""Headers that decide what is done with the connection: uvicorn does it."""
_SHORT = 1 << 16
"""A longer body takes longer to copy than to be handed over by itself."""


class Cycle(RequestResponseCycle):
    """A request and its answer, whose headers have names in lower case, as ASGI demands.

    Where it is whole it leaves in one piece.
    """

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
        lines = [STATUS_LINES[head["status"]]]
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
        write(self.transport, b"".join(lines), body)
        self.message_event.set()
        self.on_response()
        return True


def write(transport: asyncio.Transport, head: bytes, body: bytes) -> None:
    """Write an answer, in one piece unless it is long."""
    if len(body) <= _SHORT:
        transport.write(head + body)
    else:
        transport.write(head)
        transport.write(body)


def _is_bare(head: Any, body: bytes) -> bool:
    """Whether an answer is of a status that has no body, nor a length of it."""
    return head["status"] in (204, 304) and not body

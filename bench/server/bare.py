"""The least an ASGI application can do: always the same answer, of the length of a truth value in JSON."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

_BODY = b'{"head":{},"boolean":true}'
_HEADERS = [(b"content-type", b"application/sparql-results+json"), (b"content-length", b"%d" % len(_BODY))]


async def app(scope: Any, receive: Any, send: Callable[[Any], Awaitable[None]]) -> None:
    """Answer a request."""
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
        await send({"type": "http.response.body", "body": _BODY})

"""What happens to every request at the edge, around the routes: HEAD and OPTIONS, headers for all, the access log."""

from __future__ import annotations

import json
import logging
import secrets
import time
from collections.abc import Mapping
from typing import Final

from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.types import Message, Receive, Scope, Send

REQUEST_ID: Final = "X-Request-Id"
RELEASE: Final = "Asoen-Release"
READING: Final = ("GET", "HEAD", "OPTIONS")
POSTED: Final = frozenset({"/sparql"})
"""The addresses that take POST besides."""

# Pages here carry their style with them, load nothing, and run no script; those under /docs bring their own policy.
_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Location, Retry-After, Asoen-Release, X-Request-Id",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
}

log = logging.getLogger("asoen.access")


def allowed_methods(path: str) -> str:
    """The value of ``Allow`` for an address."""
    return ", ".join((*READING, "POST") if path in POSTED else READING)


class Edge:
    """The outermost layer of the application.

    Answers OPTIONS, treats HEAD as GET without a body, names the release, numbers each request, and writes one line
    of JSON for it: method, path, status, bytes, milliseconds. No client's address and no query text is written down.
    """

    def __init__(self, inner: FastAPI, release: str) -> None:
        self.inner = inner
        """The application behind it."""
        self._headers = {RELEASE: release, **_HEADERS} if release else _HEADERS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection event; everything but HTTP passes through."""
        if scope["type"] != "http":
            await self.inner(scope, receive, send)
            return
        visit = _Visit(scope, send, self._headers)
        scope.setdefault("state", {})["request_id"] = visit.number
        try:
            if scope["method"] == "OPTIONS":
                await visit.answer_options()
            elif scope["method"] == "HEAD":
                await self.inner({**scope, "method": "GET"}, receive, visit.send)
            else:
                await self.inner(scope, receive, visit.send)
        finally:
            visit.log()


class _Visit:
    """One request and what has been answered to it so far."""

    def __init__(self, scope: Scope, send: Send, headers: Mapping[str, str]) -> None:
        self.number = secrets.token_hex(8)
        self._scope = scope
        self._send = send
        self._headers = headers
        self._begin = time.perf_counter()
        self._status = 0
        self._bytes = 0

    async def send(self, message: Message) -> None:
        """Pass a message of the answer on, with the headers every answer has and without the body of a HEAD."""
        if message["type"] == "http.response.start":
            self._status = message["status"]
            headers = MutableHeaders(scope=message)
            headers[REQUEST_ID] = self.number
            for name, value in self._headers.items():
                headers.setdefault(name, value)
        elif self._scope["method"] == "HEAD":
            message = {**message, "body": b""}
        else:
            self._bytes += len(message.get("body", b""))
        await self._send(message)

    async def answer_options(self) -> None:
        """Say which methods the address takes."""
        allow = allowed_methods(self._scope["path"]).encode()
        headers = [
            (b"allow", allow),
            (b"access-control-allow-methods", allow),
            (b"access-control-allow-headers", b"*"),
            (b"access-control-max-age", b"86400"),
            (b"content-length", b"0"),
        ]
        await self.send({"type": "http.response.start", "status": 204, "headers": headers})
        await self.send({"type": "http.response.body", "body": b""})

    def log(self) -> None:
        """Write the line of the access log."""
        line = {
            "request": self.number,
            "method": self._scope["method"],
            "path": self._scope["path"],
            "status": self._status,
            "bytes": self._bytes,
            "ms": round((time.perf_counter() - self._begin) * 1000, 1),
        }
        log.info("%s", json.dumps(line, ensure_ascii=True))

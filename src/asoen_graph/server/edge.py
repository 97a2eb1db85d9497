"""What happens to every request at the edge, around the routes: HEAD and OPTIONS, headers for all, the access log."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Router
from starlette.types import Message, Receive, Scope, Send

from asoen_graph.messages import tell
from asoen_graph.server import policies, problems
from asoen_graph.server.access_log import AccessLog
from asoen_graph.server.answers import Headers, Kept, Known, headers_of
from asoen_graph.server.front import respond, route_of
from asoen_graph.server.generation import Generation
from asoen_graph.server.instants import REQUEST_ID, Instants, number
from asoen_graph.server.lanes.lender import Lender
from asoen_graph.server.origin import RELEASE
from asoen_graph.server.problem_pages import as_page
from asoen_graph.server.problems import TooMany
from asoen_graph.server.rate import FREE, Rate
from asoen_graph.server.recall import recall, written
from asoen_graph.server.succession import Drain, Succession
from asoen_graph.server.traffic import Traffic

_REQUEST_ID: Final = REQUEST_ID.lower().encode()
READING: Final = ("GET", "HEAD", "OPTIONS")
POSTED: Final = frozenset({"/sparql", "/api/check"})
"""The addresses that take POST besides."""

_WITHIN_RELEASE: Final = re.compile(r"^/releases/[^/]+(?=/)")

_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Location, Memento-Datetime, Retry-After, RateLimit, "
    "RateLimit-Policy, Asoen-Release, Asoen-Query, Asoen-Citation, X-Request-Id",
    policies.HEADER: policies.POLICY,
}

_NAMES: Final = frozenset(name.lower().encode() for name in (RELEASE, *_HEADERS))
"""Those of the headers that an answer may have another value of; it brings none of a limit on rates."""


@lru_cache(maxsize=8)
def headers_of_all(release: str) -> Headers:
    """What every answer has, but for what it says itself; ``release`` is its version, empty where there is none."""
    always = {RELEASE: release, **_HEADERS} if release else _HEADERS
    return [(name.lower().encode(), value.encode()) for name, value in always.items()]


def allowed_methods(path: str) -> str:
    """The value of ``Allow`` for an address."""
    return ", ".join((*READING, "POST") if _WITHIN_RELEASE.sub("", path) in POSTED else READING)


class Edge:
    """The outermost layer of the application.

    Answers OPTIONS, treats HEAD as GET without a body, names the release, numbers each request, and writes one line
    of JSON for it: method, path, status, bytes, milliseconds. No client's address and no query text is written down.
    """

    def __init__(self, succession: Succession, rate: Rate | None = None) -> None:
        self._succession = succession
        self._traffic = succession.estate.traffic
        self._rate = rate
        self._log = AccessLog()
        self._life = Router(lifespan=self._living)
        self.instants = Instants(
            lambda: succession.present.front, headers_of_all, self._log, self._traffic, self.drain, is_on=rate is None
        )
        """What answers a request without coming here, where its bytes are known."""

    @property
    def inner(self) -> Starlette:
        """The application behind it."""
        return self._succession.present.app

    @property
    def lender(self) -> Lender | None:
        """What lends connections, where there are lanes."""
        return None if self.drain.is_on else self._succession.present.lender

    async def withdraw(self) -> None:
        """Take back every connection that is lent: the server is about to end."""
        await self._succession.present.withdraw()

    @property
    def edition(self) -> str:
        """The digest of all that decides its answers."""
        return self._succession.present.front.edition

    @property
    def drain(self) -> Drain:
        """Whether the server is about to end, which whoever runs it sets."""
        return self._succession.estate.drain

    def renew(self) -> None:
        """Read the release again, and serve it as soon as it can be; returns at once."""
        self._succession.renew()

    @asynccontextmanager
    async def _living(self, _: object) -> AsyncIterator[None]:
        try:
            await self._succession.start()
            yield
        finally:
            await self._succession.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection event; everything but HTTP passes through."""
        if scope["type"] == "lifespan":
            await self._life(scope, receive, send)
            self._log.flush()
            return
        generation = self._succession.present
        if scope["type"] != "http":
            await generation.app(scope, receive, send)
            return
        visit = _Visit(scope, send, generation.front.version, self.drain)
        generation.enter()
        try:
            if self._rate is None or scope["path"] in FREE or await visit.is_allowed(self._rate, self._traffic):
                await self._answer(generation, visit, receive)
        finally:
            generation.leave()
            visit.end(self._log, self._traffic)

    async def _answer(self, generation: Generation, visit: _Visit, receive: Receive) -> None:
        scope = visit.scope
        front = generation.front
        request = written(scope, front.edition) if front.answers.is_on else None
        found = None if request is None else recall(front.answers, request, scope)
        if found is not None:
            self.instants.learn(scope, found[0], front.edition)
            await visit.answer(*found)
            return
        state = scope.setdefault("state", {})
        state["request_id"], state["written"] = visit.number, request
        if scope["method"] == "OPTIONS":
            await visit.answer_options()
            return
        inner = {**scope, "method": "GET"} if scope["method"] == "HEAD" else scope
        try:
            if not await generation.shortcuts.answer(inner, receive, visit.send):
                await generation.app(inner, receive, visit.send)
        finally:
            visit.route = route_of(inner)


class _Visit:
    """One request and what has been answered to it so far."""

    def __init__(self, scope: Scope, send: Send, version: str, drain: Drain) -> None:
        self.number = number()
        self.scope = scope
        self.route = ""
        self._send = send
        self._version = version
        self._headers = headers_of_all(version)
        self._drain = drain
        self._begin = time.perf_counter()
        self._status = 0
        self._bytes = 0

    async def send(self, message: Message) -> None:
        """Pass a message of the answer on, with the headers every answer has and without the body of a HEAD."""
        if message["type"] == "http.response.start":
            self._status = message["status"]
            headers = message["headers"]
            own = self._headers
            given = {name for name, _ in headers}
            if not given.isdisjoint(_NAMES):
                own = [each for each in own if each[0] not in given]
            message["headers"] = [*headers, (_REQUEST_ID, self.number.encode()), *own]
            if self._drain.is_on:
                message["headers"].append((b"connection", b"close"))
        elif self.scope["method"] == "HEAD":
            message = {**message, "body": b""}
        else:
            self._bytes += len(message.get("body", b""))
        await self._send(message)

    async def answer(self, known: Known, kept: Kept) -> None:
        """Send a whole answer that is kept."""
        self.route = known.route
        headers = headers_of(kept, known)
        await self.send({"type": "http.response.start", "status": kept.status, "headers": headers})
        await self.send({"type": "http.response.body", "body": kept.body})

    async def is_allowed(self, rate: Rate, traffic: Traffic) -> bool:
        """Whether the client may ask now; it is told, and what is left to it is in the headers of every answer."""
        client = self.scope.get("client")
        verdict = rate.take(client[0] if client else "", self._begin)
        self._headers = [*self._headers, *rate.headers(verdict)]
        if not verdict.allowed:
            traffic.refused += 1
            error = TooMany(tell("limit.rate"), verdict.retry_in)
            reply = problems.reply(error)
            told = await as_page(Request(self.scope), reply, self._version) or respond(reply)
            await told(self.scope, _nothing, self.send)
        return verdict.allowed

    async def answer_options(self) -> None:
        """Say which methods the address takes."""
        allow = allowed_methods(self.scope["path"]).encode()
        headers = [
            (b"allow", allow),
            (b"access-control-allow-methods", allow),
            (b"access-control-allow-headers", b"*"),
            (b"access-control-max-age", b"86400"),
            (b"content-length", b"0"),
        ]
        await self.send({"type": "http.response.start", "status": 204, "headers": headers})
        await self.send({"type": "http.response.body", "body": b""})

    def end(self, log: AccessLog, traffic: Traffic) -> None:
        """Write its line, and count it."""
        seconds = time.perf_counter() - self._begin
        method = self.scope["method"]
        log.request(self.number, method, self.scope["path"], self._status, self._bytes, seconds)
        traffic.count(self.route, method, self._status, seconds, self._bytes)


async def _nothing() -> Message:
    return {"type": "http.disconnect"}

"""The web process' side of every answer: validators, deadlines, clients that leave, headers that name the release."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from asoen_graph.queries.catalogue import Catalogue
from asoen_graph.release import Manifest
from asoen_graph.server.answers import CACHE_CONTROL, Answers, Kept, Known, judge
from asoen_graph.server.encodings import IDENTITY, Wish, wish_of
from asoen_graph.server.flights import Flights
from asoen_graph.server.messages import Reply, Task
from asoen_graph.server.negotiation import choose_language
from asoen_graph.server.problem_pages import as_page
from asoen_graph.server.recall import written_of
from asoen_graph.server.requests import Parameters, seconds, single
from asoen_graph.server.settings import Settings
from asoen_graph.server.validators import NO_PRECONDITIONS, Preconditions, http_date, tag_of
from asoen_graph.server.workers import Pool

_PATIENCE_SECONDS = 0.05
"""How long to wait for an answer before listening for the client to leave: most answers come sooner."""

_CLIENT_LEFT = 499


@dataclass(frozen=True, slots=True)
class Front:
    """What the routes share: the workers, and what is known without asking them."""

    settings: Settings
    pool: Pool
    manifest: Manifest
    catalogue: Catalogue
    edition: str
    """A digest of the release, the queries, the templates and the code: others may answer in other bytes."""
    answers: Answers
    """What is kept of them."""
    modified: datetime | None = None
    """When the release came out."""
    flights: Flights = field(default_factory=Flights)

    async def answer(
        self,
        request: Request,
        operation: str,
        arguments: dict[str, Any],
        parameters: Parameters,
        vary: Sequence[str] = ("Accept",),
    ) -> Response:
        """Answer from what is kept, or have a worker carry out an operation; 304 where the client has the answer.

        The arguments decide the answer wholly, so a digest of them and of the edition is a strong validator.
        """
        limit = seconds(parameters, self.settings.limits.seconds)
        wish = wish_of(listed(request, "accept-encoding"))
        vary_of_all = ", ".join((*vary, "Accept-Encoding"))
        digest = self._digest(operation, arguments)
        known = Known(digest, vary_of_all, route_of(request.scope), self.modified)
        conditions = preconditions(request)
        settled = self.answers.settle(known, wish, conditions)
        if settled is None:
            task = Task(operation, arguments, limit, wish.first, wish.must)
            reply = await self._reply(request, task, digest)
            if reply is None:
                return Response(status_code=_CLIENT_LEFT)
            if reply.status >= 400 or "Cache-Control" in reply.headers:
                page = as_page(request, reply, self.manifest.version)
                return page or respond(reply, {"Vary": vary_of_all})
            settled = judge(self._made(reply, known, wish), known, conditions)
        as_written = written_of(request.scope)
        if as_written is not None and settled.status != 304:
            self.answers.remember(as_written, known)
        return Settled(settled, known)

    async def _reply(self, request: Request, task: Task, digest: str) -> Reply | None:
        """A worker's reply; ``None`` where the client left. Equal tasks at the same time are done once."""
        key = (digest, task.coding, task.must_code, task.seconds) if self.answers.is_on else None
        reply, shared = await self._run(request, task, key)
        if shared and reply is not None and reply.status < 400 and "Cache-Control" in reply.headers:
            # Chance or the clock has a say in it, so it was another request's alone.
            reply, shared = await self._run(request, task, None)
        self.answers.counts["shared" if shared else "miss"] += 1
        return reply

    def _made(self, reply: Reply, known: Known, wish: Wish) -> Kept:
        """The reply as it is sent, and kept for whoever asks next."""
        coding = reply.headers.get("Content-Encoding", IDENTITY)
        tag = tag_of(known.digest, coding)
        headers = {**reply.headers, "Vary": known.vary, "Cache-Control": CACHE_CONTROL}
        if reply.status == 200:
            headers["ETag"] = tag
            if known.modified is not None:
                headers["Last-Modified"] = http_date(known.modified)
        raw = Response(reply.body, reply.status, headers).raw_headers
        kept = Kept(reply.status, raw, reply.body, plain=coding == IDENTITY != wish.first)
        self.answers.keep(tag, kept)
        return kept

    def _digest(self, operation: str, arguments: dict[str, Any]) -> str:
        made_of = [self.edition, operation, arguments]
        text = json.dumps(made_of, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    async def _run(self, request: Request, task: Task, key: Hashable | None) -> tuple[Reply | None, bool]:
        """The reply to a task, or ``None`` where the client left before it was there; and whether the run is shared."""
        client = request.client.host if request.client else ""
        flight, shared = self.flights.join(key, lambda: self.pool.run(task, client))
        leaving: asyncio.Future[None] | None = None
        try:
            await asyncio.wait({flight.work}, timeout=_PATIENCE_SECONDS)
            if not flight.work.done():
                leaving = asyncio.ensure_future(_leave(request))
                await asyncio.wait({flight.work, leaving}, return_when=asyncio.FIRST_COMPLETED)
            return (flight.work.result() if flight.work.done() else None), shared
        finally:
            self.flights.leave(key, flight)
            if leaving is not None:
                leaving.cancel()


class Settled(Response):
    """An answer whose headers are written already."""

    def __init__(self, kept: Kept, known: Known) -> None:
        self.status_code = kept.status
        self.body = kept.body
        self.raw_headers = [*kept.headers, *known.own]
        self.background = None


def front_of(request: Request) -> Front:
    """What the application of this request shares."""
    front: Front = request.app.state.front
    return front


def respond(reply: Reply, headers: dict[str, str] | None = None) -> Response:
    """A worker's reply as a response."""
    return Response(reply.body, reply.status, (headers or {}) | reply.headers)


def language(request: Request, parameters: Parameters) -> str:
    """The language of an answer made for people."""
    return choose_language(request.headers.get("accept-language"), single(parameters, "lang"))


def form(request: Request, parameters: Parameters) -> dict[str, str | None]:
    """What the client says of the form it wants, as arguments of an operation that negotiates.

    SPARQLWrapper gives ``format`` once for each name it knows of the form it wants: they are alternatives.
    """
    accept = request.headers.get("accept")
    # Ways to say nothing, which many clients have, are to come to one answer.
    named = ",".join(parameters.get("format", ())) or None
    return {"accept": accept if accept not in ("*/*", "") else None, "format": named}


def route_of(scope: Scope) -> str:
    """The template of the address of a request, such as ``/id/{name}``; empty where no route is for it."""
    return getattr(scope.get("route"), "path", "")


def preconditions(request: Request) -> Preconditions:
    """What the client has; only who reads may say so (RFC 9110, 13.1)."""
    if request.method != "GET":
        return NO_PRECONDITIONS
    return Preconditions(listed(request, "if-none-match"), request.headers.get("if-modified-since"))


def listed(request: Request, name: str) -> str | None:
    """The value of a header that is a list, which a client may give in pieces (RFC 9110, 5.3)."""
    pieces = request.headers.getlist(name)
    return ", ".join(pieces) if pieces else None


async def _leave(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass

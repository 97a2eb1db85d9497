"""The web process' side of every answer: validators, deadlines, clients that leave, headers that name the release."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from asoen_graph.errors import AsoenError
from asoen_graph.queries.catalogue import Catalogue
from asoen_graph.server.answers import Answers, Headers, Kept, Known, headers_of, judge
from asoen_graph.server.archive import RELEASES, Volume
from asoen_graph.server.encodings import wish_of
from asoen_graph.server.finishing import digest_of, finished, own_headers
from asoen_graph.server.flights import Flights
from asoen_graph.server.messages import Reply, Task
from asoen_graph.server.negotiation import choose_language
from asoen_graph.server.origin import RELEASE, Origin
from asoen_graph.server.presence import Patience, Presence, patience
from asoen_graph.server.problem_pages import as_page
from asoen_graph.server.requests import Parameters, seconds, single
from asoen_graph.server.settings import Settings
from asoen_graph.server.validators import NO_PRECONDITIONS, Preconditions
from asoen_graph.server.workers import Pool

_LEAST_SECONDS: Final = 0.01
_SECONDS_FOR_NEAR: Final = 2.0

SPENT: Final = "spent"
"""Under this name the state of a request has the seconds of the processor that its answer took a worker."""

CLIENT_LEFT: Final = 499
"""What is noted of a request whose client left before it was answered; nobody gets it."""


@dataclass(frozen=True, slots=True)
class Front:
    """What the routes share: the workers, and what is known without asking them."""

    settings: Settings
    pool: Pool
    version: str
    """The version of the release; empty where there is none."""
    catalogue: Catalogue
    edition: str
    """A digest of the release, the queries, the templates and the code: others may answer in other bytes."""
    origin: Origin
    """Where its answers come from."""
    answers: Answers
    """What is kept of them."""
    modified: datetime | None = None
    """When the release came out."""
    is_fixed: bool = True
    """Whether the data cannot change while their edition is the same."""
    flights: Flights = field(default_factory=Flights)
    patience: Patience = field(default_factory=patience)

    async def answer(
        self,
        request: Request,
        operation: str,
        arguments: dict[str, Any],
        parameters: Parameters,
        vary: Sequence[str] = ("Accept",),
        beside: Mapping[str, str] | None = None,
    ) -> Response:
        """Answer from what is kept, or have a worker carry out an operation; 304 where the client has the answer.

        The arguments decide the answer wholly, so a digest of them and of the edition is a validator.
        ``beside`` are headers that the answer has besides, unless it is a problem.
        """
        limit = seconds(parameters, self.settings.limits.seconds)
        if root := request.scope.get("root_path"):
            arguments = arguments | {"root": root}
        trace = self.origin.trace(request.scope, operation, arguments, parameters, self._text(arguments))
        # Pages and lists hold their own permanent address, so it decides the answer too.
        if framing := trace.told():
            arguments = arguments | framing
            if _is_page(request.scope, arguments):
                # Search engines take no address of a page but a whole one.
                arguments = {"base": str(request.base_url)} | arguments
        wish = wish_of(listed(request, b"accept-encoding"))
        vary_of_all = ", ".join((*vary, "Accept-Encoding"))
        digest = digest_of(self.edition, operation, arguments)
        modified = self.modified if trace.is_of_one_release else None
        known = Known(digest, vary_of_all, route_of(request.scope), modified, is_weak=not self.is_fixed)
        conditions = preconditions(request)
        settled = self.answers.settle(known, wish, conditions)
        if settled is None:
            # What a kept release took to load is part of the time.
            left = max(_LEAST_SECONDS, limit - request.scope["state"].get("waited", 0.0))
            task = Task(operation, arguments, left, wish.first, wish.must)
            reply = await self._reply(request, task, digest)
            if reply is None:
                return Response(status_code=CLIENT_LEFT)
            if reply.status >= 400 or "Cache-Control" in reply.headers:
                told = await as_page(request, reply, self.version, self.near) or respond(reply, {"Vary": vary_of_all})
                told.headers.update(trace.headers(reply.status, reply.headers))
                return told
            request.scope["state"][SPENT] = reply.spent
            tag, made = finished(reply, known, wish, root or "")
            self.answers.keep(tag, made)
            settled = judge(made, known, conditions)
        own = [*own_headers(trace, settled, beside), *release_of(request.scope)]
        known = known._replace(own=own)
        if settled.status != 304 and trace.is_of_one_release:
            self.remember(request, known)
        return Settled(settled, known)

    async def near(self, asked: dict[str, Any]) -> list[dict[str, str]]:
        """What is near to something that is missing (see ``operations.nearby``); nothing where no worker is free."""
        if self.origin.volume is None:
            return []
        try:
            reply = await self.pool.run(Task("nearby", asked, _SECONDS_FOR_NEAR), "")
        except AsoenError:
            return []
        found: list[dict[str, str]] = json.loads(reply.body) if reply.status == 200 else []
        return found

    def remember(self, request: Request, known: Known) -> None:
        """Remember what the request came to, so that one written like it need not be looked at.

        Not below the address of a draft, which leads elsewhere once it is kept.
        """
        as_written = request.scope["state"].get("written")
        if as_written is not None and ("release" not in request.scope or self.origin.is_kept):
            self.answers.remember(as_written, known)

    def _text(self, arguments: dict[str, Any]) -> str | None:
        """The text of the catalogue query that is asked for, if one is."""
        name = arguments.get("name", "")
        return self.catalogue[name].text if name in self.catalogue else None

    async def _reply(self, request: Request, task: Task, digest: str) -> Reply | None:
        """A worker's reply; ``None`` where the client left. Equal tasks at the same time are done once."""
        key = (digest, task.coding, task.must_code, task.seconds) if self.answers.is_on else None
        began = time.monotonic()
        reply, shared = await self._run(request, task, key)
        if shared and reply is not None and reply.status < 400 and "Cache-Control" in reply.headers:
            # Chance or the clock has a say in it, so it was another request's alone.
            left = max(_LEAST_SECONDS, task.seconds - (time.monotonic() - began))
            reply, shared = await self._run(request, task._replace(seconds=left), None)
        self.answers.counts["shared" if shared else "miss"] += 1
        return reply

    async def _run(self, request: Request, task: Task, key: Hashable | None) -> tuple[Reply | None, bool]:
        """The reply to a task, or ``None`` where the client left before it was there; and whether the run is shared."""
        address = request.scope.get("client")
        client = address[0] if address else ""
        shared = False
        with Presence(request, self.patience):
            if key is None:
                return await self.pool.run(task, client), shared
            flight, shared = self.flights.join(key, lambda: self.pool.run(task, client))
            try:
                # Who leaves must not stop it for others.
                return await asyncio.shield(flight.work), shared
            finally:
                self.flights.leave(key, flight)
        return None, shared


class Settled(Response):
    """An answer whose headers are written already."""

    def __init__(self, kept: Kept, known: Known) -> None:
        self.status_code = kept.status
        self.body = kept.body
        self.raw_headers = headers_of(kept, known)
        self.background = None


def front_of(request: Request) -> Front:
    """What the routes of this request share: those of a kept release where its address names one."""
    front: Front = request.scope.get("front") or request.app.state.front
    return front


def respond(reply: Reply, headers: dict[str, str] | None = None) -> Response:
    """A worker's reply as a response."""
    return Response(reply.body, reply.status, (headers or {}) | reply.headers)


def language(request: Request, parameters: Parameters) -> str:
    """The language of an answer made for people."""
    return choose_language(header(request, b"accept-language"), single(parameters, "lang"))


def form(request: Request, parameters: Parameters) -> dict[str, str | None]:
    """What the client says of the form it wants, as arguments of an operation that negotiates.

    SPARQLWrapper gives ``format`` once for each name it knows of the form it wants: they are alternatives.
    """
    accept = header(request, b"accept")
    # Ways to say nothing, which many clients have, are to come to one answer.
    named = ",".join(parameters.get("format", ())) or None
    return {"accept": accept if accept not in ("*/*", "") else None, "format": named}


def route_of(scope: Scope) -> str:
    """The template of the address of a request, such as ``/id/{name}``; empty where no route is for it."""
    path = getattr(scope.get("route"), "path", "")
    return f"{RELEASES}/{{release}}{path}" if path and "release" in scope else path


def release_of(scope: Scope) -> Headers:
    """The header that names the release an address is of, where that is below ``/releases``."""
    volume: Volume | None = scope.get("release")
    return [(RELEASE.lower().encode(), volume.version.encode())] if volume is not None else []


def _is_page(scope: Scope, arguments: Mapping[str, Any]) -> bool:
    """Whether a page may be the answer: one in a language, of an address that is no program's."""
    path = scope["path"].removeprefix(scope.get("root_path", ""))
    return "language" in arguments and arguments.get("suffix", "html") == "html" and not path.startswith("/api/")


def preconditions(request: Request) -> Preconditions:
    """What the client has; only who reads may say so (RFC 9110, 13.1)."""
    if request.method != "GET":
        return NO_PRECONDITIONS
    none_match, modified_since = listed(request, b"if-none-match"), header(request, b"if-modified-since")
    if none_match is None and modified_since is None:
        return NO_PRECONDITIONS
    return Preconditions(none_match, modified_since)


def header(request: Request, name: bytes) -> str | None:
    """The value of a header, the first where there are several; its name is in lower case, as in every ASGI scope."""
    for key, value in request.scope["headers"]:
        if key == name:
            text: str = value.decode("latin-1")
            return text
    return None


def listed(request: Request, name: bytes) -> str | None:
    """The value of a header that is a list, which a client may give in pieces (RFC 9110, 5.3)."""
    pieces = [value for key, value in request.scope["headers"] if key == name]
    return b", ".join(pieces).decode("latin-1") if pieces else None

"""The web process' side of every answer: validators, deadlines, clients that leave, headers that name the release."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from asoen_graph.queries.catalogue import Catalogue
from asoen_graph.server.messages import Reply, Task
from asoen_graph.server.negotiation import choose_language
from asoen_graph.server.problem_pages import as_page
from asoen_graph.server.requests import Parameters, seconds, single
from asoen_graph.server.settings import Settings
from asoen_graph.server.workers import Pool

CACHE_CONTROL: Final = "public, max-age=0, must-revalidate"
"""A cache may keep every answer, and asks whether the release is still the same before it uses it."""

_PATIENCE_SECONDS = 0.05
"""How long to wait for an answer before listening for the client to leave: most answers come sooner."""

_CLIENT_LEFT = 499


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

    async def answer(
        self,
        request: Request,
        operation: str,
        arguments: dict[str, Any],
        parameters: Parameters,
        vary: Sequence[str] = ("Accept",),
    ) -> Response:
        """Have a worker carry out an operation, or answer 304 where the client has its answer already.

        The arguments decide the answer wholly, so a digest of them and of the edition is a strong validator.
        """
        limit = seconds(parameters, self.settings.limits.seconds)
        tag = self._tag(operation, arguments)
        headers = {"Vary": ", ".join(vary)} if vary else {}
        if request.method == "GET" and tag in _tags(request.headers.get("if-none-match", "")):
            return Response(status_code=304, headers=headers | {"ETag": tag, "Cache-Control": CACHE_CONTROL})
        task = Task(operation, arguments, limit)
        client = request.client.host if request.client else ""
        reply = await _unless_left(request, self.pool, task, client)
        if reply is None:
            return Response(status_code=_CLIENT_LEFT)
        if reply.status >= 400 and (page := as_page(request, reply, self.version)) is not None:
            return page
        if reply.status < 400 and "Cache-Control" not in reply.headers:
            headers |= {"ETag": tag, "Cache-Control": CACHE_CONTROL}
        return respond(reply, headers)

    def _tag(self, operation: str, arguments: dict[str, Any]) -> str:
        made_of = [self.edition, operation, arguments]
        text = json.dumps(made_of, sort_keys=True, separators=(",", ":"))
        return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


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
    return {"accept": request.headers.get("accept"), "format": ",".join(parameters.get("format", ())) or None}


def _tags(header: str) -> set[str]:
    return {tag.strip().removeprefix("W/") for tag in header.split(",")}


async def _unless_left(request: Request, pool: Pool, task: Task, client: str) -> Reply | None:
    """The reply to a task, or ``None`` where the client left before it was there; the work is stopped then."""
    work = asyncio.ensure_future(pool.run(task, client))
    leaving: asyncio.Future[None] | None = None
    try:
        await asyncio.wait({work}, timeout=_PATIENCE_SECONDS)
        if not work.done():
            leaving = asyncio.ensure_future(_leave(request))
            await asyncio.wait({work, leaving}, return_when=asyncio.FIRST_COMPLETED)
        return work.result() if work.done() else None
    finally:
        work.cancel()
        if leaving is not None:
            leaving.cancel()


async def _leave(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass

"""The answers of the server without a server: the same routes and operations, in this process."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, NamedTuple

from asoen_graph.release import QUADS_FILE, Release
from asoen_graph.server.app import create_app
from asoen_graph.server.holdings import holding_of
from asoen_graph.server.messages import Reply, Task
from asoen_graph.server.settings import Limits, Settings

HOST: Final = "asoen.invalid"
"""The name of the server there is not (RFC 2606): where it stands in an answer, the site's own address belongs."""
_SECONDS: Final = 600.0


class Answered(NamedTuple):
    """What an address gives."""

    status: int
    headers: dict[str, str]
    body: bytes


class _Desk:
    """Takes the place of the pool of workers."""

    is_ready = True

    def __init__(self, answer: Callable[[Task], Reply]) -> None:
        self._answer = answer

    async def run(self, task: Task, client: str) -> Reply:
        """Carry the task out now."""
        return self._answer(task)


class Inside:
    """A server's application, asked directly."""

    def __init__(self, release: Release, queries: Path, releases: Path) -> None:
        """Load the release, whose folder is written from the root. Raises ReleaseError and QueryError."""
        limits = Limits(seconds=_SECONDS, rows=10_000_000, size=1 << 30)
        settings = Settings(
            release.folder, queries, workers=1, lanes=0, limits=limits, cache=0, metrics=False, releases=releases
        ).resolved()
        holding = holding_of(settings, release)
        holding.verify()
        self.bytes = release.manifest.files[QUADS_FILE].bytes
        """How long the quads are."""
        self.version = holding.version
        self.catalogue = holding.catalogue
        opened = holding.open(settings)
        self._chores = opened.chores
        self._app = create_app(settings).inner
        self._app.state.front = replace(self._app.state.front, pool=_Desk(opened.answer))
        volume = self._app.state.front.origin.volume
        self.name = volume.name if volume is not None else self.version
        """What the server calls the release in addresses."""
        self.citations: Mapping[str, str] = self._app.state.front.origin.citations
        """How the release is cited, by language."""
        self._loop: asyncio.Runner | None = None

    def prepare(self) -> Iterator[None]:
        """Make what every answer would make, piece by piece: before the process is divided."""
        for chore in self._chores:
            chore()
            yield

    def get(self, address: str) -> Answered:
        """What the server would answer a browser."""
        if self._loop is None:
            # Made when it is first needed: a process that was divided off cannot use that of another.
            self._loop = asyncio.Runner()
        return self._loop.run(self._get(address))

    def divided(self) -> None:
        """Forget what cannot be shared: this process was divided off from another."""
        self._loop = None

    async def _get(self, address: str) -> Answered:
        path, _, query = address.partition("?")
        status, headers, body = 500, list[tuple[bytes, bytes]](), b""

        async def receive() -> dict[str, Any]:
            await asyncio.Event().wait()
            return {}

        async def send(message: Any) -> None:
            nonlocal status, headers, body
            if message["type"] == "http.response.start":
                status, headers = message["status"], message["headers"]
            else:
                body += message.get("body", b"")

        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(b"host", HOST.encode()), (b"accept", b"text/html, */*;q=0.5")],
            "server": (HOST, 80),
            "client": None,
            "state": {"request_id": address},
            "app": self._app,
        }
        await self._app(scope, receive, send)
        return Answered(status, {name.decode().lower(): value.decode() for name, value in headers}, body)

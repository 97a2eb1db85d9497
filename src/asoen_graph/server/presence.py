"""Noticing that a client leaves while it waits for an answer."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Final, TypeAlias

from starlette.requests import Request

from asoen_graph.server.delays import Delay

_PATIENCE_SECONDS: Final = 0.05
"""How long to wait for an answer before listening for the client to leave: most answers come sooner."""


class Presence:
    """The block of what a client waits for, which ends where it leaves; ``is_over`` then, and no error is raised."""

    __slots__ = ("_listening", "_patience", "_request", "_task", "is_over")

    def __init__(self, request: Request, patience: Patience) -> None:
        self._request = request
        self._patience = patience
        self._task: asyncio.Task[object] | None = None
        self._listening: asyncio.Task[None] | None = None
        self.is_over = False
        """Whether the client has left."""

    def listen(self) -> None:
        """Listen for the client to leave."""
        self._listening = asyncio.get_running_loop().create_task(self._leave())

    async def _leave(self) -> None:
        while (await self._request.receive())["type"] != "http.disconnect":
            pass
        self.is_over = True
        assert self._task is not None
        self._task.cancel()

    def __enter__(self) -> Presence:
        self._task = asyncio.current_task()
        self._patience.add(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if self._listening is None:
            self._patience.discard(self)
            return False
        self._listening.cancel()
        if not self.is_over or kind is not asyncio.CancelledError:
            return False
        assert self._task is not None
        # Where somebody else cancels the task too, that is not ours to stop.
        return self._task.uncancel() == 0


Patience: TypeAlias = Delay[Presence]


def patience() -> Patience:
    """Those who wait, until it is time to listen for them to leave."""
    return Delay(_PATIENCE_SECONDS, Presence.listen)

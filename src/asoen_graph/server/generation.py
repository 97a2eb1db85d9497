"""What serves one edition of the data: the routes, the workers behind them, and what is known of the release.

The server has one generation at a time, and while a new release takes the place of the old one, two (see
``succession``). A request stays with the generation it came to, so no answer is of two releases.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial
from typing import Final

from starlette.applications import Starlette

from asoen_graph.errors import ReleaseError
from asoen_graph.server.front import Front
from asoen_graph.server.lanes.lender import Lender
from asoen_graph.server.loans import Loans
from asoen_graph.server.messages import Task
from asoen_graph.server.shortcuts import Shortcuts

_QUESTION: Final = {"query": "ASK {}", "default_graphs": [], "named_graphs": []}
_PROOF: Final = {**_QUESTION, "accept": None, "format": None, "language": "en"}
_PARTS: Final = 3
"""A request may take its time limit to arrive, to have a kept release loaded, and to be answered."""
_GRACE_SECONDS: Final = 5.0
_RIPENING_SECONDS: Final = 60.0


class Generation:
    """One edition of the data, and the requests that are with it."""

    def __init__(self, app: Starlette, loans: Loans, shortcuts: Shortcuts, lender: Lender | None = None) -> None:
        self.app = app
        self.shortcuts = shortcuts
        """What answers a request without going through ``app``, where there is a short way."""
        self.lender = lender
        """What lends connections to lanes, where there are any."""
        self._loans = loans
        self._requests = 0
        self._left: asyncio.Event | None = None

    @property
    def front(self) -> Front:
        """What its routes share."""
        front: Front = self.app.state.front
        return front

    async def start(self) -> None:
        """Start the workers. Raises ReleaseError where they cannot load the data."""
        if self.lender is not None:
            self.front.pool.when_ripe = partial(self.lender.start, self.front.pool)
        await self.front.pool.start()

    async def prove(self) -> None:
        """Have a worker answer something. Raises what the pool raises, and ReleaseError for a wrong answer.

        Who is asked next is as fast as the generation before: nobody waits for this one.
        """
        await self.front.pool.ripen(_RIPENING_SECONDS)
        reply = await self.front.pool.run(Task("sparql", _PROOF, self.front.settings.limits.seconds), "")
        if reply.status != 200:
            raise ReleaseError("The workers do not answer from the new data", reply.body.decode(errors="replace")[:500])

    def enter(self) -> None:
        """A request has come."""
        self._requests += 1

    def leave(self) -> None:
        """A request has been answered."""
        self._requests -= 1
        if not self._requests and self._left is not None:
            self._left.set()

    async def finish(self) -> None:
        """Wait for the requests that are here, and end the workers; no new ones come any more.

        Who only takes long to read an answer is not waited for: that needs no worker.
        """
        await self.withdraw()
        try:
            if self._requests:
                self._left = asyncio.Event()
                longest = _PARTS * self.front.settings.limits.seconds + _GRACE_SECONDS
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._left.wait(), longest)
        finally:
            await self.close()

    async def withdraw(self) -> None:
        """Take back every connection that is lent, and lend none any more."""
        lender, self.lender = self.lender, None
        if lender is not None:
            await lender.retire()

    async def close(self) -> None:
        """End the workers; requests that still wait for them are refused."""
        await self.withdraw()
        await self._loans.close()
        await self.front.pool.close()

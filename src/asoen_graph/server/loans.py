"""Workers for kept releases: loaded when somebody asks, few at a time, ended when nobody does any more.

Each kept release that is loaded has a pool of its own, with one regular worker. As many may be loaded as the settings
say; the next one takes the place of that which has been idle longest. Where none is idle, the request is told to come
back later: what is in use is never taken away, and memory stays bounded.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from asoen_graph.messages import tell
from asoen_graph.queries.catalogue import Catalogue
from asoen_graph.server.answers import Answers
from asoen_graph.server.archive import Volume
from asoen_graph.server.front import Front
from asoen_graph.server.holdings import ReleaseHolding
from asoen_graph.server.origin import Origin
from asoen_graph.server.problems import Busy
from asoen_graph.server.settings import Settings
from asoen_graph.server.workers import Pool

log = logging.getLogger("asoen.loans")


@dataclass(eq=False)
class _Loan:
    volume: Volume
    opening: asyncio.Task[Front]
    readers: int = 0
    ending: asyncio.TimerHandle | None = None


class Loans:
    """The kept releases that are loaded."""

    def __init__(self, settings: Settings, catalogue: Catalogue, answers: Answers) -> None:
        """``answers`` is where all of them keep theirs."""
        self._settings = settings
        self._catalogue = catalogue
        self._answers = answers
        self._loans: OrderedDict[str, _Loan] = OrderedDict()
        """By name, the one asked for last at the end."""
        self._closing: set[asyncio.Task[None]] = set()

    @property
    def loaded(self) -> list[str]:
        """The names of the releases that are loaded, or being loaded."""
        return list(self._loans)

    @asynccontextmanager
    async def lend(self, volume: Volume, seconds: float | None = None) -> AsyncIterator[Front]:
        """What answers from a kept release, for as long as it is needed.

        Raises Busy where all that may be loaded are in use, or loading takes longer than an answer may (or than
        ``seconds``; it goes on for whoever asks next), and
        ReleaseError where the release cannot be loaded.
        """
        loan = self._loans.get(volume.name) or self._open(volume)
        self._loans.move_to_end(volume.name)
        loan.readers += 1
        if loan.ending is not None:
            loan.ending.cancel()
            loan.ending = None
        try:
            yield await self._opened(loan, self._settings.limits.seconds if seconds is None else seconds)
        finally:
            loan.readers -= 1
            if loan.readers == 0:
                loop = asyncio.get_running_loop()
                loan.ending = loop.call_later(self._settings.kept_seconds, self._end, loan)

    async def close(self) -> None:
        """End every worker."""
        for loan in list(self._loans.values()):
            self._end(loan)
        await asyncio.gather(*self._closing)

    def _open(self, volume: Volume) -> _Loan:
        if len(self._loans) >= self._settings.kept:
            idle = next((loan for loan in self._loans.values() if loan.readers == 0), None)
            if idle is None:
                raise Busy(tell("server.kept-busy", loans=len(self._loans)))
            self._end(idle)
        # Those that are about to end still take memory.
        loan = _Loan(volume, asyncio.get_running_loop().create_task(self._load(volume, tuple(self._closing))))
        self._loans[volume.name] = loan
        return loan

    async def _opened(self, loan: _Loan, seconds: float) -> Front:
        try:
            # Who leaves while it is loaded must not stop it for others.
            return await asyncio.wait_for(asyncio.shield(loan.opening), seconds)
        except TimeoutError:
            raise Busy(tell("server.kept-slow", name=loan.volume.name, seconds=seconds)) from None
        except Exception:
            # It is tried anew the next time.
            if self._loans.get(loan.volume.name) is loan:
                del self._loans[loan.volume.name]
            raise

    async def _load(self, volume: Volume, before: tuple[asyncio.Task[None], ...]) -> Front:
        if before:
            await asyncio.wait(before)
        holding = ReleaseHolding(volume.folder, self._settings.queries, is_planned=self._settings.planning)
        found, modified = await asyncio.to_thread(lambda: (holding.edition(), holding.modified()))
        settings = replace(self._settings, release=volume.folder, workers=1, edition=found, endpoint="")
        pool = Pool(settings)
        try:
            await pool.start()
        except BaseException:
            await pool.close()
            raise
        log.info("release %s loaded", volume.name)
        return Front(settings, pool, volume.version, self._catalogue, found, Origin(volume), self._answers, modified)

    def _end(self, loan: _Loan) -> None:
        if self._loans.get(loan.volume.name) is loan:
            del self._loans[loan.volume.name]
        if loan.ending is not None:
            loan.ending.cancel()
        task = asyncio.get_running_loop().create_task(self._close(loan))
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    async def _close(self, loan: _Loan) -> None:
        if not loan.opening.done():
            loan.opening.cancel()
        await asyncio.wait({loan.opening})
        if not loan.opening.cancelled() and loan.opening.exception() is None:
            await loan.opening.result().pool.close()
            log.info("release %s ended", loan.volume.name)

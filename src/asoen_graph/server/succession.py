"""How a new release takes the place of the old one while the server runs, without a request being lost.

The settings are read again, the release they lead to is verified, and a new generation is started beside the old one.
Once its workers answer, new requests go to it; the old one ends when the last of its requests is answered. Where
anything about the new one is wrong, the old one goes on, and the log says why.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Final

from asoen_graph.errors import AsoenError, ReleaseError
from asoen_graph.server.answers import Answers
from asoen_graph.server.generation import Generation
from asoen_graph.server.head_start import HeadStart
from asoen_graph.server.holdings import holding_of
from asoen_graph.server.jobs import Fates
from asoen_graph.server.names import Names
from asoen_graph.server.routes.changes import Digests
from asoen_graph.server.settings import Settings
from asoen_graph.server.traffic import Traffic

log = logging.getLogger("asoen.release")

_PACKAGE: Final = "asoen-graph"


@dataclass
class Drain:
    """Whether the server is about to end: it still answers, but wants nobody to come back."""

    is_on: bool = False


@dataclass
class Estate:
    """What passes from one generation to the next: it does not depend on the data, or is kept by their edition."""

    answers: Answers
    traffic: Traffic = field(default_factory=Traffic)
    fates: Fates = field(default_factory=Fates)
    names: Names = field(default_factory=Names)
    digests: Digests = field(default_factory=Digests)
    drain: Drain = field(default_factory=Drain)
    lanes_ended: Counter[str] = field(default_factory=Counter)
    """Lanes that ended, by the reason."""
    swaps: Counter[str] = field(default_factory=Counter)
    """How often the release was read again: ``done``, ``same`` as before, ``failed``."""


class Succession:
    """The present generation, and how the next one follows it."""

    def __init__(
        self,
        settings: Settings,
        again: Callable[[], Settings],
        build: Callable[[Settings, Estate, Callable[[], None], HeadStart | None], Generation],
        ahead: HeadStart | None = None,
    ) -> None:
        """``again`` gives the settings anew, ``build`` makes a generation from them. Raises ReleaseError.

        ``ahead`` is for the first generation only: it has loaded what that serves.
        """
        self._again = again
        self._build = build
        self._software = version(_PACKAGE)
        self._renewing: asyncio.Task[None] | None = None
        self._is_asked_again = False
        self._finishing: set[asyncio.Task[None]] = set()
        self.estate = Estate(Answers(settings.cache))
        # Through a link that leads elsewhere some day, the old generation would read the files of the new one.
        self.present = build(settings.resolved(), self.estate, self.renew, ahead)

    async def start(self) -> None:
        """Start the first generation. Raises ReleaseError where its workers cannot load the data."""
        await self.present.start()

    async def close(self) -> None:
        """End every generation."""
        tasks = [*self._finishing, *([self._renewing] if self._renewing is not None else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.present.close()

    def renew(self) -> None:
        """Read the release again; returns at once. Who asks while that goes on has it done once more afterwards."""
        if self._renewing is not None and not self._renewing.done():
            self._is_asked_again = True
            return
        self._renewing = asyncio.get_running_loop().create_task(self._renew())

    async def _renew(self) -> None:
        while True:
            self._is_asked_again = False
            try:
                self.estate.swaps[await self._follow()] += 1
            except (AsoenError, OSError) as error:
                self.estate.swaps["failed"] += 1
                log.error("the release was read again and is not served, the old one goes on: %s", error)
            except Exception:
                self.estate.swaps["failed"] += 1
                log.exception("the release was read again and is not served, the old one goes on")
            if not self._is_asked_again:
                return

    async def _follow(self) -> str:
        """Let a new generation follow the present one, unless it would be the same."""
        edition, following = await asyncio.to_thread(self._following)
        if following is None:
            log.info("the release was read again: it is the one that is served")
            return "same"
        try:
            await following.start()
            await following.prove()
        except BaseException:
            await following.close()
            raise
        leaving, self.present = self.present, following
        finishing = asyncio.get_running_loop().create_task(leaving.finish())
        self._finishing.add(finishing)
        finishing.add_done_callback(self._finishing.discard)
        if not following.front.is_fixed:
            # The editions may be the same while the data are not, and the old one keeps answers until it ends.
            self.estate.answers.forget()
            finishing.add_done_callback(lambda _: self.estate.answers.forget())
        log.info("a new release is served: %s (edition %s)", following.front.version or "files", edition[:8])
        return "done"

    def _following(self) -> tuple[str, Generation | None]:
        if version(_PACKAGE) != self._software:
            raise ReleaseError("The software was replaced too", "Restart the server")
        settings = self._again().resolved()
        holding = holding_of(settings)
        edition = holding.edition()
        if edition == self.present.front.edition and holding.is_fixed:
            return edition, None
        holding.verify()
        return edition, self._build(settings, self.estate, self.renew, None)

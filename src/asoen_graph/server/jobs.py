"""Requests and the workers they are given to, as the web process keeps account of them."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from typing import Protocol

from asoen_graph.server.messages import Reply, ReplyReader


@dataclass(slots=True, eq=False)
class Job:
    """A request from its arrival to its answer, whichever workers it is given to."""

    frame: bytes
    """The task as it is sent."""
    client: str
    seconds: float
    answer: asyncio.Future[Reply]
    worker: Worker | None = None
    attempts: int = 0
    is_long: bool = False
    gives_way: bool = False


@dataclass(slots=True, eq=False)
class Worker:
    """One worker as the web process knows it."""

    serial: int
    pid: int = 0
    """0 until it is known."""
    job: Job | None = None
    transport: asyncio.Transport | None = None
    leaving: bool = False
    reason: str = ""
    """Why it is made to leave."""
    answered: int = 0
    """How many requests it has answered: what it has looked at once it has to itself, and what it made of it."""
    is_unripe: bool = False
    """Whether it was launched before everything was made that can be made ahead of requests."""

    @property
    def is_regular(self) -> bool:
        """Whether it is one of those that keep the light requests going."""
        return not self.leaving and not (self.job is not None and self.job.is_long)


@dataclass(slots=True)
class Fates:
    """What became of workers; pools that follow one another count on in the same."""

    started: int = 0
    """Workers started since the beginning."""
    ended: Counter[str] = field(default_factory=Counter)
    """Workers that ended, by the reason: their request's time limit, a client that left, …"""


class Employer(Protocol):
    """Hears what comes from a worker."""

    def replied(self, worker: Worker, reply: Reply) -> None:
        """It has answered its request."""

    def hung_up(self, worker: Worker) -> None:
        """It is to be given nothing any more."""


class Conversation(asyncio.Protocol):
    """The web process' side of the connection to a worker."""

    def __init__(self, employer: Employer, worker: Worker) -> None:
        self._employer = employer
        self._worker = worker
        self._reader = ReplyReader()

    def data_received(self, data: bytes) -> None:
        """Pass on each answer that is whole."""
        for reply in self._reader.feed(data):
            self._employer.replied(self._worker, reply)

    def connection_lost(self, exc: Exception | None) -> None:
        """Pass it on."""
        self._employer.hung_up(self._worker)


def fail(job: Job, reason: Exception) -> None:
    """Answer a request with an error, unless it has been answered."""
    if not job.answer.done():
        job.answer.set_exception(reason)

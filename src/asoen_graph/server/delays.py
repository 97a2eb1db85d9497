"""Calling back after a while that is the same for all: one timer of the loop for thousands of requests."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar

_CLOSE = 0.001
"""Loops round times to milliseconds."""

Item = TypeVar("Item")


class Delay(Generic[Item]):
    """Calls ``then`` with each item ``seconds`` after it was added, unless it is discarded before."""

    def __init__(self, seconds: float, then: Callable[[Item], None]) -> None:
        self._seconds = seconds
        self._then = then
        self._due: dict[Item, float] = {}
        """In the order of their times, for each waits as long as the one before."""
        self._is_set = False

    def __len__(self) -> int:
        return len(self._due)

    def add(self, item: Item) -> None:
        """Call back for an item that is not waiting yet. The loop must be running."""
        loop = asyncio.get_running_loop()
        self._due[item] = loop.time() + self._seconds
        if not self._is_set:
            self._is_set = True
            loop.call_later(self._seconds, self._ring, loop)

    def discard(self, item: Item) -> None:
        """Do not call back for an item; nothing happens where it is not waiting."""
        self._due.pop(item, None)

    def _ring(self, loop: asyncio.AbstractEventLoop) -> None:
        while (first := next(iter(self._due.items()), None)) is not None:
            item, due = first
            if due > loop.time() + _CLOSE:
                loop.call_later(due - loop.time(), self._ring, loop)
                return
            del self._due[item]
            self._then(item)
        self._is_set = False

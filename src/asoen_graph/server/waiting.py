"""The queue before the workers: bounded, and fair between clients rather than between requests."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar


class _Waiting(Protocol):
    @property
    def client(self) -> str: ...


Item = TypeVar("Item", bound=_Waiting)


class QueueFull(Exception):
    """As many requests wait as may."""


class FairQueue(Generic[Item]):
    """Requests in line. Clients take turns, so that a thousand requests of one cost another a single place."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._lines: OrderedDict[str, deque[Item]] = OrderedDict()
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def push(self, item: Item) -> None:
        """Put a request at the end of its client's line. Raises QueueFull."""
        if self._length >= self._capacity:
            raise QueueFull
        self._lines.setdefault(item.client, deque()).append(item)
        self._length += 1

    def push_first(self, item: Item) -> None:
        """Put a request whose worker died back in front of everybody; it has been accepted, so there is always room."""
        self._lines.setdefault(item.client, deque()).appendleft(item)
        self._lines.move_to_end(item.client, last=False)
        self._length += 1

    def pop(self, may_run: Callable[[str], bool]) -> Item | None:
        """The next request of the next client that may run one, or ``None``."""
        client = next((client for client in self._lines if may_run(client)), None)
        if client is None:
            return None
        line = self._lines[client]
        item = line.popleft()
        self._length -= 1
        if line:
            self._lines.move_to_end(client)
        else:
            del self._lines[client]
        return item

    def remove(self, item: Item) -> None:
        """Take a request out of line; nothing happens where it is not in it."""
        line = self._lines.get(item.client)
        if line is None or item not in line:
            return
        line.remove(item)
        self._length -= 1
        if not line:
            del self._lines[item.client]

"""Tables that fill themselves: what is not there is read when it is first asked for, and kept."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TypeVar

Key = TypeVar("Key")
Entry = TypeVar("Entry")


class Table(dict[Key, Entry]):
    """Entries by key; ``table[key]`` reads what is missing. With ``most`` entries in it, it begins anew."""

    __slots__ = ("most", "read")

    def __init__(self, read: Callable[[Key], Entry], most: int = sys.maxsize) -> None:
        super().__init__()
        self.read = read
        self.most = most

    def __missing__(self, key: Key) -> Entry:
        entry = self.read(key)
        if len(self) >= self.most:
            self.clear()
        self[key] = entry
        return entry

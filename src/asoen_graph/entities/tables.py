"""Tables that fill themselves: what is not there is read when it is first asked for, and kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Key = TypeVar("Key")
Entry = TypeVar("Entry")


class Table(dict[Key, Entry]):
    """Entries by key; ``table[key]`` reads what is missing, and costs no more than a look into a dict otherwise."""

    __slots__ = ("read",)

    def __init__(self, read: Callable[[Key], Entry]) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, key: Key) -> Entry:
        entry = self[key] = self.read(key)
        return entry

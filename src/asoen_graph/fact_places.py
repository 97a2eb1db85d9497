"""Where each fact stands in the curated data, as a table that takes little memory: some twelve bytes a fact."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from asoen_graph.iris import FACT

_DIGITS = 16
_LINES = 1 << 24
"""More lines than a curated file may have."""


class _Table(NamedTuple):
    names: array[int]
    """What stands after ``fact:``, as a number, in order."""
    places: array[int]
    """The number of the path, times ``_LINES``, and the line."""
    paths: list[str]
    others: dict[str, str]
    """Facts and places that are written otherwise."""


class FactPlaces(Mapping[str, str]):
    """IRI of a fact → ``path:line``; made from the content of ``places.tsv`` when it is first asked for one."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._made: _Table | None = None

    def __getitem__(self, fact: str) -> str:
        table = self._table
        name = _number(fact)
        if name is not None:
            place = bisect_left(table.names, name)
            if place < len(table.names) and table.names[place] == name:
                path, line = divmod(table.places[place], _LINES)
                return f"{table.paths[path]}:{line}"
        return table.others[fact]

    def __iter__(self) -> Iterator[str]:
        for name in self._table.names:
            yield f"{FACT}{name:0{_DIGITS}x}"
        yield from self._table.others

    def __len__(self) -> int:
        return len(self._table.names) + len(self._table.others)

    @property
    def _table(self) -> _Table:
        if self._made is None:
            self._made = _table_of(self._content.decode())
            self._content = b""
        return self._made


def _table_of(text: str) -> _Table:
    numbers: dict[str, int] = {}
    found: dict[int, int] = {}
    others: dict[str, str] = {}
    for written in text.splitlines():
        fact, _, place = written.partition("\t")
        path, _, line = place.rpartition(":")
        name = _number(fact)
        if name is None or not line.isdecimal() or str(int(line)) != line or int(line) >= _LINES:
            others[fact] = place
        else:
            found[name] = numbers.setdefault(path, len(numbers)) * _LINES + int(line)
    names = sorted(found)
    return _Table(array("Q", names), array("Q", [found[name] for name in names]), list(numbers), others)


def _number(fact: str) -> int | None:
    """The name of a fact as a number, where it is one of sixteen hexadecimal digits as they are written."""
    name = fact[len(FACT) :]
    if len(name) != _DIGITS or not fact.startswith(FACT):
        return None
    try:
        number = int(name, 16)
    except ValueError:
        return None
    return number if f"{number:0{_DIGITS}x}" == name else None

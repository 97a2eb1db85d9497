"""Which requests are cheap, as far as has been learned.

The data never change, so a request costs what it cost before, and most others that differ from it in what they are
about alone cost about the same. What they have in common is their *pattern* (see ``sparql.likeness``). What a pattern
costs, a worker has to tell first. Where one request turns out to be dear although its pattern is cheap, because it is
about a hub of the graph, that is remembered of it; its pattern is left to workers until they have found it cheap more
often than it was dear.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final, TypeVar

MOST_SECONDS: Final = 0.002
"""What a worker may take over a request that counts as cheap."""
DEAR_SECONDS: Final = 0.005
"""A lane that took longer over one leaves that to workers from then on."""

_STEP: Final = 2
_DEAREST: Final = 16
"""How much a dear request counts against its pattern, where a cheap one counts 1 for it; and how much is counted."""
_TRIAL: Final = 30
_MOST_KNOWN: Final = 4096
_LONGEST: Final = 4096
"""Characters of a pattern; nothing is learned of longer ones."""

Key = TypeVar("Key")
Value = TypeVar("Value")


class Prices:
    """What has been learned; the longest unused is forgotten first."""

    def __init__(self) -> None:
        self._debts: OrderedDict[str, int] = OrderedDict()
        """What counts against a pattern; of one that is not here nothing is known."""
        self._dear: OrderedDict[int, None] = OrderedDict()
        """The hashes of requests that were dear."""
        self._suspected: OrderedDict[str, int] = OrderedDict()
        """Patterns of which one request was dear, with how many are to be cheap for that to be forgotten.

        A machine that has others to serve stops every now and then, and both clocks go on.
        """
        self._barred: set[str] = set()

    def is_cheap(self, pattern: str, request: str) -> bool:
        """Whether a request is known to be cheap."""
        if self._debts.get(pattern) != 0 or pattern in self._barred:
            return False
        self._debts.move_to_end(pattern)
        return hash(request) not in self._dear

    def learn(self, pattern: str, request: str, seconds: float) -> None:
        """Take in what a request cost a worker."""
        if len(pattern) > _LONGEST:
            return
        if seconds > MOST_SECONDS:
            # It surprised nobody, so others of a pattern that is known are none the worse.
            if pattern not in self._debts:
                _put(self._debts, pattern, _STEP)
        else:
            _put(self._debts, pattern, max(0, self._debts.get(pattern, 0) - 1))
        # One among cheap ones may cost a little more.
        if seconds > (DEAR_SECONDS if self._debts[pattern] == 0 else MOST_SECONDS):
            _put(self._dear, hash(request), None)
        else:
            self._dear.pop(hash(request), None)

    def clock(self, pattern: str) -> Callable[[], float]:
        """What measures the next request of a pattern.

        To ask for the processor's time takes a microsecond, and all that is on the machine has a part in the time of
        day. So the one is only asked for where the other was long before.
        """
        return time.process_time if pattern in self._suspected else time.perf_counter

    def correct(self, pattern: str, request: str, seconds: float) -> None:
        """Take in what a request cost here, by the clock of its pattern."""
        if seconds > DEAR_SECONDS:
            if pattern in self._suspected:
                self._charge(pattern, request)
            _put(self._suspected, pattern, _TRIAL)
        elif pattern in self._suspected:
            self._suspected[pattern] -= 1
            if not self._suspected[pattern]:
                del self._suspected[pattern]

    def bar(self, pattern: str) -> None:
        """Count a pattern as dear for good."""
        self._barred.add(pattern)

    def _charge(self, pattern: str, request: str) -> None:
        _put(self._debts, pattern, min(_DEAREST, self._debts.get(pattern, 0) + _STEP))
        _put(self._dear, hash(request), None)


def _put(table: OrderedDict[Key, Value], key: Key, value: Value) -> None:
    table[key] = value
    table.move_to_end(key)
    if len(table) > _MOST_KNOWN:
        table.popitem(last=False)

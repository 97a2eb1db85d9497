"""What was made last, for those who ask for it again in another form or language."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class Latest(Generic[Thing]):
    """The things that were asked for last, ``most`` of them, by what they are made of.

    >>> lengths = Latest[int](1)
    >>> lengths.of("lagoon", lambda: len("lagoon")), lengths.of("lagoon", lambda: 0)
    (6, 6)
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._things: OrderedDict[Hashable, Thing] = OrderedDict()

    def of(self, key: Hashable, make: Callable[[], Thing]) -> Thing:
        """The thing of that key, made where it is not held. What ``make`` raises is raised."""
        if key not in self._things:
            self._things[key] = make()
            while len(self._things) > self._most:
                self._things.popitem(last=False)
        self._things.move_to_end(key)
        return self._things[key]

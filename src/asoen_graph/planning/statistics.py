"""What plans rest on: how many quads there are of a pattern, counted no further than matters, and columns of values."""

from __future__ import annotations

from itertools import islice

from pyoxigraph import Literal, NamedNode, Store

from asoen_graph.planning.values import Column

MAX_QUADS = 200_000
"""How often a property may be used for a column to be made of its values: about 0.2 s of work, once."""

MAX_VALUES = 50_000
"""How many distinct values a column may have."""

_MAX_COUNTS = 4_096
_MAX_COLUMNS = 16


FEW = 64
"""As few rows as the engine goes through without help."""

GAIN = 3
"""How many times fewer rows a plan must begin with than the engine would."""


class Statistics:
    """Counts and columns of a store that is never written to, made when they are first asked for.

    ``few`` and ``gain`` say what is worth a plan (``FEW``, ``GAIN``).
    """

    def __init__(self, store: Store, few: int = FEW, gain: int = GAIN) -> None:
        self._store = store
        self.few, self.gain = few, gain
        self._counts: dict[tuple[NamedNode, NamedNode | Literal], tuple[int, int]] = {}
        self._columns: dict[NamedNode, Column | None] = {}

    def count(self, predicate: NamedNode, value: NamedNode | Literal, most: int) -> int:
        """How many quads have the property with that value, at most ``most``."""
        known = self._counts.get((predicate, value))
        if known is not None and (known[0] < known[1] or most <= known[1]):
            return min(known[0], most)
        quads = self._store.quads_for_pattern(None, predicate, value, None)
        found = sum(1 for _ in islice(quads, most))
        if len(self._counts) >= _MAX_COUNTS:
            self._counts.clear()
        self._counts[predicate, value] = found, most
        return found

    def column(self, predicate: NamedNode) -> Column | None:
        """The values of a property; ``None`` where there are too many."""
        if predicate not in self._columns:
            if len(self._columns) >= _MAX_COLUMNS:
                self._columns.clear()
            self._columns[predicate] = self._made(predicate)
        return self._columns[predicate]

    def _made(self, predicate: NamedNode) -> Column | None:
        quads = self._store.quads_for_pattern(None, predicate, None, None)
        values = [quad.object for quad in islice(quads, MAX_QUADS + 1)]
        if len(values) > MAX_QUADS or len(set(values)) > MAX_VALUES:
            return None
        return Column(values)

"""What plans rest on: how many quads there are of a pattern, counted no further than matters, and columns of values."""

from __future__ import annotations

from collections import Counter
from itertools import islice

from pyoxigraph import Literal, NamedNode, Store

from asoen_graph.planning.values import Column

MAX_QUADS = 200_000
"""How often a property may be used for a column to be made of its values: about 0.2 s of work, once."""

MAX_VALUES = 50_000
"""How many distinct values a column may have."""

_MAX_COUNTS = 4_096
_MAX_COLUMNS = 16
_MAX_KINDS = 1_024

NODE, NUMBER, ODD, TEXT = "node", "number", "odd", "text"
"""Kinds of values; those with a time zone, or that could have one, have it for a kind: ``""``, ``Z``, ``+07:00``."""

SAFE_TOGETHER = (frozenset([NODE, NUMBER]), frozenset([NODE, TEXT, ""]), frozenset([NODE, "Z"]))
"""Kinds of which the engine's order is an order."""

LOOK = 100
"""How many values of a property are looked at for each time that somebody asks about their kinds."""

_KINDS = """SELECT ?kind (COUNT(*) AS ?uses) {
  { SELECT ?v { { ?s <PROPERTY> ?v } UNION { GRAPH ?g { ?s <PROPERTY> ?v } } } LIMIT MOST }
  BIND(IF(!ISLITERAL(?v), "node", IF(ISNUMERIC(?v), IF(?v = ?v, "number", "odd"), COALESCE(
    IF(STRLEN(TZ(?v)) >= 0, IF(REGEX(STR(?v), "^(-|[0-9]{5})"), "odd", TZ(?v)), "text"),
    IF(DATATYPE(?v) = <http://www.w3.org/2001/XMLSchema#duration>, "odd", "text")))) AS ?kind)
} GROUP BY ?kind"""


FEW = 64
"""As few rows as the engine goes through without help."""

GAIN = 3
"""How many times fewer rows a plan must begin with than the engine would."""


class Statistics:
    """Counts and columns of a store that is never written to, made when they are first asked for.

    ``few`` and ``gain`` say what is worth a plan (``FEW``, ``GAIN``), ``look`` how far values are looked at (``LOOK``).
    """

    def __init__(self, store: Store, few: int = FEW, gain: int = GAIN, look: int = LOOK) -> None:
        self._store = store
        self._look = look
        self.few, self.gain = few, gain
        self._counts: dict[tuple[NamedNode, NamedNode | Literal], tuple[int, int]] = {}
        self._columns: dict[NamedNode, Column | None] = {}
        self._kinds: dict[NamedNode, frozenset[str]] = {}
        self._asked: Counter[NamedNode] = Counter()

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

    def kinds(self, predicate: NamedNode) -> frozenset[str] | None:
        """The kinds of values of a property; ``None`` where not enough have asked for all to be looked at.

        Looking at all values takes longer than a query may that needs but a few of them, and is done once there were
        so many queries that it matters no more.
        """
        found = self._kinds.get(predicate)
        if found is not None:
            return found
        if len(self._asked) >= _MAX_KINDS:
            self._asked.clear()
            self._kinds.clear()
        self._asked[predicate] += 1
        asked = self._asked[predicate]
        if asked & (asked - 1):
            return None
        most = asked * self._look
        result = self._store.query(_KINDS.replace("MOST", str(most)).replace("PROPERTY", predicate.value))
        counts = {str(row[0].value): int(row[1].value) for row in result}  # type: ignore[union-attr]
        kinds = frozenset(counts)
        if sum(counts.values()) >= most and any(kinds <= safe for safe in SAFE_TOGETHER):
            return None
        self._kinds[predicate] = kinds
        return kinds

    def _made(self, predicate: NamedNode) -> Column | None:
        quads = self._store.quads_for_pattern(None, predicate, None, None)
        values = [quad.object for quad in islice(quads, MAX_QUADS + 1)]
        if len(values) > MAX_QUADS or len(set(values)) > MAX_VALUES:
            return None
        return Column(values)

"""From the text of a query to one with the same answer that the engine is faster with."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping

from asoen_graph.planning.grouped import grouped
from asoen_graph.planning.order import Edit, reordered
from asoen_graph.planning.outermost import outermost
from asoen_graph.planning.ranges import narrowed
from asoen_graph.planning.reading import read
from asoen_graph.planning.scanning import MAX_LENGTH, PROLOGUE, Unplanned
from asoen_graph.planning.statistics import Statistics
from asoen_graph.planning.steady import steadied, tokens_of
from asoen_graph.planning.structure import Query
from asoen_graph.planning.tallies import NotYet, Rows, Tables
from asoen_graph.sparql.likeness import pattern_of

_MAX_KEPT_LENGTH = 256_000
"""How long a plan may be that is kept: a longer one is made anew each time, which takes less than running it."""

MAX_ORDERED = 200_000
"""How long a text may be whose order is looked at."""

_ROOM = 8_000_000
"""How many characters are kept; then all is forgotten."""

_MOST_DULL = 2000
_LONGEST_DULL = 2000

# What a query must hold for a plan to change anything. Only a first look: it may find what is not there, and a query
# it overlooks is run as it is written. Each begins with a character that few texts have many of.
_COMPARED = re.compile(r"""[<>]=?(?:\s*+["'\d-]|(?<=\s[<>])\s*+[?$]|(?<=\s[<>]=)\s*+[?$])""")
_COUNTED = re.compile(r"COUNT\s*\(")
_VALUED = re.compile(
    r"[?$;]\w*+\s*+(?:[\w-]*+:[\w-]++\s++|<[^<>\s]*+>\s*+)(?:[a-zA-Z][\w-]*+:[\w-]|:[\w-]|<[^<>\s]*+>|[\"'\d])"
)


class Planner:
    """The plans for a store that is never written to, as its ``statistics`` advise them."""

    def __init__(self, statistics: Statistics, tables: Tables | None = None) -> None:
        self._statistics = statistics
        self._tables = tables or Tables()
        self._kept: dict[Hashable, str] = {}
        self._room = _ROOM
        self._dull: set[str] = set()
        """Patterns of queries (see ``sparql.likeness``) that hold nothing to plan."""

    def plan(self, text: str, rows: Rows, dataset: Hashable = None) -> str:
        """Another text of the query, or the same where there is nothing to gain.

        ``rows`` runs a query on the dataset of this one; what is planned for a ``dataset`` is kept for it alone.
        """
        key = text, dataset
        planned = self._kept.get(key)
        if planned is not None:
            return planned
        if not self._is_worth_a_look(text):
            return text
        planned, is_settled = self._planned(text, rows, dataset)
        if is_settled and len(planned) <= _MAX_KEPT_LENGTH:
            self._keep(key, planned, 2 * len(text) + len(planned))
        return planned

    def _is_worth_a_look(self, text: str) -> bool:
        """The first look, taken at one query of a pattern."""
        pattern = pattern_of(text) if len(text) <= MAX_LENGTH else text
        if pattern in self._dull:
            return False
        if is_worth_a_look(text):
            return True
        if len(self._dull) >= _MOST_DULL:
            self._dull.clear()
        if len(pattern) <= _LONGEST_DULL:
            self._dull.add(pattern)
        return False

    def _keep(self, key: Hashable, planned: str, size: int) -> None:
        if size > self._room:
            self._kept.clear()
            self._room = _ROOM
        self._room -= size
        self._kept[key] = planned

    def _planned(self, text: str, rows: Rows, dataset: Hashable) -> tuple[str, bool]:
        """The plan, and whether it would be the same the next time."""
        query: Query | None = None
        edits: list[Edit] = []
        kinds: Mapping[str, frozenset[str]] = {}
        is_settled = True
        try:
            query = read(text)
            edits, kinds, is_settled = self._edits(query, rows, dataset)
        except Unplanned:
            pass
        except (SyntaxError, RuntimeError, OSError, ValueError):
            # What an engine cannot answer, it says of the text as it was written.
            return text, True
        keys, is_known = self._keys(text, query, kinds)
        others = [key for key in keys if not any(start < key[1] and key[0] < end for start, end, _ in edits)]
        return _edited(text, [*edits, *others]), is_settled and is_known

    def _keys(self, text: str, query: Query | None, kinds: Mapping[str, frozenset[str]]) -> tuple[list[Edit], bool]:
        if "ORDER" not in text.upper():
            return [], True
        try:
            tokens = tokens_of(text) if query is None else query.tokens
            return steadied(text, tokens, query, self._statistics, kinds)
        except Unplanned:
            return [], True

    def _edits(
        self, query: Query, rows: Rows, dataset: Hashable
    ) -> tuple[list[Edit], Mapping[str, frozenset[str]], bool]:
        """The edits, what is known of the values of variables, and whether they would be the same the next time."""
        is_settled = True
        try:
            found = grouped(query, self._tables, rows, dataset)
        except NotYet:
            found, is_settled = None, False
        if found is not None:
            return found.edits, found.kinds, True
        return [*self._blocks(query, rows), *reordered(query, self._statistics)], {}, is_settled

    def _blocks(self, query: Query, rows: Rows) -> Iterable[Edit]:
        first = outermost(query, self._statistics, lambda probe: next(iter(rows(probe)), None) is not None)
        for selection in query.selections:
            is_main = selection is query.main
            edit = first if is_main and first is not None else narrowed(query, selection, self._statistics)
            if edit is not None:
                yield edit


def is_worth_a_look(text: str) -> bool:
    """Whether a query may hold something to plan; a few microseconds for most."""
    folded = text.upper()
    if "ORDER" in folded and len(text) <= MAX_ORDERED:
        return True
    if len(text) > MAX_LENGTH:
        return False
    start = PROLOGUE.match(text).end()  # type: ignore[union-attr]
    if _COMPARED.search(text, start) or _COUNTED.search(text, start):
        return True
    last = None
    for match in _VALUED.finditer(text, start):
        begin, end = match.span()
        if last is not None and text.find("{", last, begin) < 0 and text.find("}", last, begin) < 0:
            return True
        last = end
    return False


def _edited(text: str, edits: Iterable[Edit]) -> str:
    """The text after edits, of which an insertion comes before what is written anew in its place."""
    parts: list[str] = []
    done = 0
    for start, end, written in sorted(edits, key=lambda edit: edit[:2]):
        parts += [text[done:start], written]
        done = end
    return "".join([*parts, text[done:]])

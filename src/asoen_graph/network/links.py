"""From the rows of a query to links: what each row of ``?source ?target …`` says, checked.

A row is one occasion on which two entities are related; the rows of the same pair are added up later, after those
outside the period asked for have been left out.

A large answer says the same few things many times over: each term is read once, and what it says is looked up from then
on. So the links of an answer share their texts too.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from asoen_graph.errors import NetworkError
from asoen_graph.messages import tell
from asoen_graph.network.period import Spell, spell
from asoen_graph.store import Answer, SelectAnswer, Term

COLUMNS = ("source", "target", "relation", "weight", "from", "until", "fact", "facts")
"""The columns a network query may give; the first two it must."""

_EXPECTED = tell("network.columns")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


class Link(NamedTuple):
    """One row: two entities by IRI, the term that names the relation, weight, time and evidence as far as given."""

    source: str
    target: str
    relation: NamedNode | Literal | None
    weight: float
    spell: Spell | None
    facts: tuple[str, ...]


def read_links(answer: Answer) -> Iterator[Link]:
    """The links of an answer, in its order.

    Raises NetworkError, with column and row, where the answer is not one of ``SELECT``, lacks ``?source`` or
    ``?target``, or a value is not what its column expects.
    """
    if not isinstance(answer, SelectAnswer):
        raise NetworkError(tell("network.no-select"), _EXPECTED)
    missing = [f"?{name}" for name in COLUMNS[:2] if name not in answer.variables]
    if missing:
        given = " ".join(f"?{name}" for name in answer.variables) or tell("network.no-column")
        raise NetworkError(tell("network.lacks", given=given, missing=missing), _EXPECTED)
    return _Reader(answer.variables).links(answer.rows)


class _Reader:
    """Reads rows one by one and remembers, by term, what those before said."""

    def __init__(self, variables: Sequence[str]) -> None:
        # A column that is not there is read from behind the last one, where there is None.
        self._columns = itemgetter(*(variables.index(name) if name in variables else -1 for name in COLUMNS))
        self._number = 0
        self._entities: dict[Term | None, str] = {}
        self._relations: dict[Term | None, NamedNode | Literal | None] = {None: None}
        self._weights: dict[Term | None, float] = {None: 1.0}
        self._spells: dict[tuple[Term | None, Term | None], Spell | None] = {(None, None): None}
        self._known_facts: dict[str, str] = {}

    def links(self, rows: Sequence[tuple[Term | None, ...]]) -> Iterator[Link]:
        """A link for each row."""
        for self._number, row in enumerate(rows, start=1):
            source, target, relation, weight, since, until, fact, facts = self._columns((*row, None))
            yield Link(
                self._entities.get(source) or self._entity("source", source),
                self._entities.get(target) or self._entity("target", target),
                self._relations[relation] if relation in self._relations else self._relation(relation),
                self._weights[weight] if weight in self._weights else self._weight(weight),
                self._spells[since, until] if (since, until) in self._spells else self._spell(since, until),
                () if fact is None and facts is None else self._facts(fact, facts),
            )

    def _entity(self, column: str, term: Term | None) -> str:
        if isinstance(term, NamedNode):
            return self._entities.setdefault(term, term.value)
        if term is None:
            raise self._error(column, tell("network.no-value"), tell("network.no-optional"))
        raise self._error(column, tell("network.holds-no-entity", term=_shown(term)), tell("network.project-entity"))

    def _relation(self, term: Term) -> NamedNode | Literal:
        if isinstance(term, NamedNode):
            self._relations[term] = term
            return term
        if isinstance(term, Literal):
            plain = Literal(term.value)  # Without its language: the same word is the same relation.
            self._relations[term] = plain
            return plain
        raise self._error("relation", tell("network.holds", term=_shown(term)), tell("network.relation-is"))

    def _weight(self, term: Term) -> float:
        text = term.value if isinstance(term, Literal) else ""
        number = float(text) if _NUMBER.fullmatch(text) else math.nan
        if not (math.isfinite(number) and number >= 0):
            raise self._error("weight", tell("network.holds", term=_shown(term)), tell("network.weight-is"))
        return self._weights.setdefault(term, number)

    def _spell(self, since: Term | None, until: Term | None) -> Spell | None:
        try:
            found = spell(self._date("from", since), self._date("until", until))
        except ValueError as error:
            hint = tell("network.date-is")
            raise self._error(tell("network.from-until"), tell("network.unread", error=error), hint) from error
        return self._spells.setdefault((since, until), found)

    def _date(self, column: str, term: Term | None) -> str | None:
        if term is None:
            return None
        if not isinstance(term, Literal):
            raise self._error(column, tell("network.holds", term=_shown(term)), tell("network.date-is"))
        return term.value

    def _facts(self, *terms: Term | None) -> tuple[str, ...]:
        found: set[str] = set()
        for column, term in zip(("fact", "facts"), terms, strict=True):
            if isinstance(term, NamedNode):
                found.add(self._known_facts.setdefault(term.value, term.value))
            elif isinstance(term, Literal):
                known = self._known_facts
                found.update([known.get(word) or self._fact(column, word) for word in term.value.split()])
            elif term is not None:
                raise self._error(column, tell("network.holds", term=_shown(term)), tell("network.evidence-are"))
        return tuple(sorted(found))

    def _fact(self, column: str, word: str) -> str:
        try:
            NamedNode(word)
        except ValueError as error:
            hint = tell("network.evidence-is")
            raise self._error(column, tell("network.holds-no-iri", word=word), hint) from error
        return self._known_facts.setdefault(word, word)

    def _error(self, column: str, what: str, hint: str) -> NetworkError:
        return NetworkError(tell("network.in-row", number=self._number, column=column, what=what), hint)


def _shown(term: Term) -> str:
    text = str(term)
    return text if len(text) <= 60 else text[:57] + "…"

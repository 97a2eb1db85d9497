"""From the rows of a query to links: what each row of ``?source ?target …`` says, checked.

A row is one occasion on which two entities are related; the rows of the same pair are added up later, after those
outside the period asked for have been left out.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from asoen_graph.errors import NetworkError
from asoen_graph.network.period import Spell, spell
from asoen_graph.store import Answer, SelectAnswer, Term

COLUMNS = ("source", "target", "relation", "weight", "from", "until", "fact", "facts")
"""The columns a network query may give; the first two it must."""

_EXPECTED = (
    "A network query gives ?source and ?target, and where known ?relation ?weight ?from ?until and ?fact or ?facts"
)
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
        raise NetworkError("This query is no SELECT, so it has no columns", _EXPECTED)
    missing = [f"?{name}" for name in COLUMNS[:2] if name not in answer.variables]
    if missing:
        given = " ".join(f"?{name}" for name in answer.variables) or "no column"
        raise NetworkError(f"This query gives {given}, but not {' and '.join(missing)}", _EXPECTED)
    for number, row in enumerate(answer.rows, start=1):
        yield _Row(number, dict(zip(answer.variables, row, strict=True))).link()


class _Row:
    """One row while it is read: its number, counted from 1, and its terms by column."""

    def __init__(self, number: int, terms: dict[str, Term | None]) -> None:
        self._number = number
        self._terms = terms

    def link(self) -> Link:
        return Link(
            source=self._entity("source"),
            target=self._entity("target"),
            relation=self._relation(),
            weight=self._weight(),
            spell=self._spell(),
            facts=self._facts(),
        )

    def _entity(self, column: str) -> str:
        term = self._terms[column]
        if isinstance(term, NamedNode):
            return term.value
        if term is None:
            raise self._error(column, "has no value", "Leave out OPTIONAL around it, or filter such rows out")
        raise self._error(column, f"holds {_shown(term)}, which is no entity", "Project the entity, not its label")

    def _relation(self) -> NamedNode | Literal | None:
        term = self._terms.get("relation")
        if term is None or isinstance(term, NamedNode):
            return term
        if isinstance(term, Literal):
            return Literal(term.value)  # Without its language: the same word is the same relation.
        raise self._error("relation", f"holds {_shown(term)}", "A relation is an IRI or a text")

    def _weight(self) -> float:
        term = self._terms.get("weight")
        if term is None:
            return 1.0
        text = term.value if isinstance(term, Literal) else ""
        number = float(text) if _NUMBER.fullmatch(text) else math.nan
        if not (math.isfinite(number) and number >= 0):
            raise self._error("weight", f"holds {_shown(term)}", "A weight is a number, zero or more")
        return number

    def _spell(self) -> Spell | None:
        try:
            return spell(self._date("from"), self._date("until"))
        except ValueError as error:
            hint = "A date is 2019, 2019-11 or 2019-11-02"
            raise self._error("from and ?until", f"cannot be read: {error}", hint) from error

    def _date(self, column: str) -> str | None:
        term = self._terms.get(column)
        if term is None:
            return None
        if not isinstance(term, Literal):
            raise self._error(column, f"holds {_shown(term)}", "A date is 2019, 2019-11 or 2019-11-02")
        return term.value

    def _facts(self) -> tuple[str, ...]:
        found: set[str] = set()
        for column in ("fact", "facts"):
            term = self._terms.get(column)
            if isinstance(term, NamedNode):
                found.add(term.value)
            elif isinstance(term, Literal):
                found.update(self._fact(column, word) for word in term.value.split())
            elif term is not None:
                raise self._error(
                    column, f"holds {_shown(term)}", "Evidence is the IRI of a fact, or several with spaces"
                )
        return tuple(sorted(found))

    def _fact(self, column: str, word: str) -> str:
        try:
            NamedNode(word)
        except ValueError as error:
            hint = "Evidence is the IRI of a fact, or several with spaces between"
            raise self._error(column, f"holds {word!r}, which is no IRI", hint) from error
        return word

    def _error(self, column: str, what: str, hint: str) -> NetworkError:
        return NetworkError(f"In row {self._number} of the answer ?{column} {what}", hint)


def _shown(term: Term) -> str:
    text = str(term)
    return text if len(text) <= 60 else text[:57] + "…"

"""What is dated on the card of an entity, in the order of time: its own dates, its offices, what happened around it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from asoen_graph.entities.cards import ACCEPTED, Value
from asoen_graph.entities.sections import Detail, Line, Saying, Telling
from asoen_graph.iris import TERM

WHEN: Final = (TERM + "starts", TERM + "adoptedOn")
"""What happens at a date, of the entities that are named: they stand in the timeline of the one that names them."""
DateOf = Callable[[str], str | None]
"""Entity IRI → when it happened."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Something at a date of any precision; ``until`` is its end where it has one and is no date itself."""

    date: str
    until: str
    what: str
    values: tuple[Value, ...]
    line: str
    """The key of the line that tells it with its sources."""

    @property
    def year(self) -> int:
        """The year it begins in."""
        return int(self.date[:4])


def chronology(telling: Telling, date_of: DateOf) -> tuple[Moment, ...]:
    """The accepted moments of a card, the earliest first; each thing once."""
    found: dict[tuple[str, tuple[Value, ...]], Moment] = {}
    for line in telling.lines:
        for saying in line.sayings:
            if saying.status == ACCEPTED:
                for moment in _moments(line, saying, date_of):
                    found.setdefault((moment.date, moment.values or (Value("", moment.what),)), moment)
    return tuple(sorted(found.values(), key=lambda moment: (moment.date, moment.what)))


def years(moments: Sequence[Moment]) -> tuple[tuple[int, tuple[Moment, ...]], ...]:
    """The moments by year."""
    found: dict[int, list[Moment]] = {}
    for moment in moments:
        found.setdefault(moment.year, []).append(moment)
    return tuple((year, tuple(within)) for year, within in found.items())


def _moments(line: Line, saying: Saying, date_of: DateOf) -> Iterator[Moment]:
    if line.is_date:
        if saying.heads[0].text[:4].isdigit():
            yield Moment(saying.heads[0].text, "", line.label, (), line.key)
        return
    if saying.node is not None:
        dated = [(detail, each) for detail in saying.details if detail.is_date for each in _accepted(detail)]
        begun = next(((detail.label, each.heads[0].text) for detail, each in dated if not detail.is_end), None)
        ended = next((each.heads[0].text for detail, each in dated if detail.is_end), "")
        if begun is not None:
            yield Moment(begun[1], ended, begun[0], saying.heads, line.key)
            return
    for head in saying.heads:
        date = date_of(head.iri) if head.kind == "entity" and head.iri else None
        if date is not None:
            yield Moment(date, "", line.label, (head,), line.key)


def _accepted(detail: Detail) -> list[Saying]:
    return [each for each in detail.sayings if each.status == ACCEPTED]

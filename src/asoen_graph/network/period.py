"""Time in a network: the spells of an edge, and the period a reader asks for.

Both use dates of any precision (``dates``): a year means all of its days.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from asoen_graph import dates
from asoen_graph.errors import NetworkError


class Spell(NamedTuple):
    """A stretch of time between two days (``2031-05-02``), both included; ``None`` is an end that is not known."""

    start: str | None
    end: str | None


@dataclass(frozen=True, slots=True)
class Period:
    """The time a network is asked for: its ends as written, both included, ``None`` for no limit."""

    since: str | None
    until: str | None

    @classmethod
    def of(cls, *, at: str | None = None, since: str | None = None, until: str | None = None) -> Period | None:
        """The period of the options ``at`` or ``since`` and ``until``; ``None`` where none is given.

        Raises NetworkError where a date does not exist, ``at`` comes with another, or the end lies before the start.
        """
        if at is not None and (since is not None or until is not None):
            raise NetworkError(
                "A network is asked for at one date or from one date until another, not both",
                "Leave out either at, or from and until",
            )
        period = cls(_checked(at or since), _checked(at or until))
        if period == cls(None, None):
            return None
        if period.since and period.until and dates.latest(period.until) < dates.earliest(period.since):
            raise NetworkError(
                f"The period ends ({period.until}) before it starts ({period.since})", "Exchange the two"
            )
        return period

    def covers(self, spell: Spell) -> bool:
        """Whether any day of the spell lies in the period; an unknown end is taken as open."""
        after_start = self.since is None or spell.end is None or spell.end >= dates.earliest(self.since).isoformat()
        before_end = self.until is None or spell.start is None or spell.start <= dates.latest(self.until).isoformat()
        return after_start and before_end


def spell(start: str | None, end: str | None) -> Spell | None:
    """The spell from the first day ``start`` may mean to the last ``end`` may mean; ``None`` where both are unknown.

    Raises ValueError, with a sentence for the reader, where a date does not exist or the end lies before the start.
    """
    if start is None and end is None:
        return None
    first = None if start is None else dates.earliest(start).isoformat()
    last = None if end is None else dates.latest(end).isoformat()
    if first is not None and last is not None and last < first:
        raise ValueError(f"It ends ({end}) before it starts ({start})")
    return Spell(first, last)


def unite(spells: Iterable[Spell]) -> tuple[Spell, ...]:
    """The spells in order of time, those that share a day or follow one another without a gap as one.

    An unknown end is taken as open.
    """
    united: list[Spell] = []
    for each in sorted(spells, key=lambda spell: (spell.start or "", spell.end or "")):
        if united and _reaches(united[-1], each):
            last = united[-1]
            end = None if last.end is None or each.end is None else max(last.end, each.end)
            united[-1] = Spell(last.start, end)
        else:
            united.append(each)
    return tuple(united)


def _reaches(spell: Spell, later: Spell) -> bool:
    """Whether a spell lasts until the day before a later one, or longer."""
    if spell.end is None or later.start is None:
        return True
    return date.fromisoformat(later.start) - date.fromisoformat(spell.end) <= timedelta(days=1)


def _checked(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        dates.parse(text)
    except ValueError as error:
        raise NetworkError(str(error), "Write a year, month or day: 2019, 2019-11 or 2019-11-02") from error
    return text

"""Time in a network: the spells of an edge, the period a reader asks for, and two periods to compare.

All use dates of any precision (``dates``): a year means all of its days.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

from asoen_graph import dates
from asoen_graph.errors import NetworkError
from asoen_graph.messages import tell

SPAN: Final = ".."
"""Between the first and the last date of a period written as one word: ``2009..2015``, ``2009..``, ``..2015``."""


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
                tell("network.one-period"),
                tell("network.one-period-hint"),
            )
        period = cls(_checked(at or since), _checked(at or until))
        if period == cls(None, None):
            return None
        if period.since and period.until and dates.latest(period.until) < dates.earliest(period.since):
            raise NetworkError(
                tell("network.period-backwards", until=period.until, since=period.since), tell("network.exchange")
            )
        return period

    @classmethod
    def read(cls, text: str) -> Period:
        """The period of one word: a date of any precision, or a span of two (``2009..2015``), either of them open.

        Raises NetworkError where a date does not exist, both ends are open, or the end lies before the start.
        """
        since, dots, until = text.strip().partition(SPAN)
        found = cls.of(since=since or None, until=until or None) if dots else cls.of(at=since)
        if found is None:
            raise NetworkError(tell("network.no-period", text=text), tell("network.period-forms"))
        return found

    @property
    def word(self) -> str:
        """The period as one word, as ``read`` reads it."""
        return (self.since or "") if self.since == self.until else f"{self.since or ''}{SPAN}{self.until or ''}"

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day; an open end is the first or last day there is."""
        first = dates.earliest(self.since) if self.since else date.min
        last = dates.latest(self.until) if self.until else date.max
        return first, last

    def covers(self, spell: Spell) -> bool:
        """Whether any day of the spell lies in the period; an unknown end is taken as open."""
        after_start = self.since is None or spell.end is None or spell.end >= dates.earliest(self.since).isoformat()
        before_end = self.until is None or spell.start is None or spell.start <= dates.latest(self.until).isoformat()
        return after_start and before_end


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two periods that are compared, the earlier first; they may overlap."""

    earlier: Period
    later: Period

    @classmethod
    def of(cls, earlier: str, later: str) -> Comparison:
        """The comparison of two periods, each a date or a span as one word.

        Raises NetworkError where one is no period, both have the same days, or the second is the earlier.
        """
        compared = cls(Period.read(earlier), Period.read(later))
        if compared.earlier.days == compared.later.days:
            raise NetworkError(tell("network.same-days", earlier=earlier, later=later), tell("network.two-dates"))
        if compared.later.days < compared.earlier.days:
            raise NetworkError(
                tell("network.second-first", later=later, earlier=earlier), tell("network.earlier-first")
            )
        return compared

    @property
    def is_even(self) -> bool:
        """Whether both periods are closed and last as long, to a twentieth, so that counts of both mean the same."""
        if None in (self.earlier.since, self.earlier.until, self.later.since, self.later.until):
            return False
        lengths = [(last - first).days + 1 for first, last in (self.earlier.days, self.later.days)]
        return min(lengths) >= 0.95 * max(lengths)


def overlap(one: Iterable[Spell], other: Iterable[Spell]) -> tuple[Spell, ...]:
    """The stretches of time that lie in spells of both; an unknown end is taken as open, and stays unknown.

    Both are given in order and apart, as ``unite`` leaves them.
    """
    others = tuple(other)
    found = []
    for first in one:
        for second in others:
            start = max((each for each in (first.start, second.start) if each), default=None)
            end = min((each for each in (first.end, second.end) if each), default=None)
            if start is None or end is None or start <= end:
                found.append(Spell(start, end))
    return unite(found)


def spell(start: str | None, end: str | None) -> Spell | None:
    """The spell from the first day ``start`` may mean to the last ``end`` may mean; ``None`` where both are unknown.

    Raises ValueError, with a sentence for the reader, where a date does not exist or the end lies before the start.
    """
    if start is None and end is None:
        return None
    first = None if start is None else dates.earliest(start).isoformat()
    last = None if end is None else dates.latest(end).isoformat()
    if first is not None and last is not None and last < first:
        raise ValueError(tell("network.ends-first", end=end, start=start))
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
        raise NetworkError(error.args[0], tell("network.date-forms")) from error
    return text

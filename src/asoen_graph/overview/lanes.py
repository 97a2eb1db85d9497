"""Where marks and bars lie in time: days, lanes, and rows within a lane. `lanes.ts` has the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from asoen_graph import dates
from asoen_graph.overview.things import Thing

DAY_OF_EPOCH: Final = 719163
"""1 January 1970, as Python counts days."""
FEWEST: Final = 3
"""How many things a lane of its own needs, where there are other small ones."""
TAIL: Final = 26.0
"""How long the tail of a bar is that no document ends or begins."""


class Span(NamedTuple):
    """When a thing begins and ends, in days from 1970, and how far either is known: first and last possible day."""

    begins: tuple[int, int] | None
    ends: tuple[int, int] | None


class Lane(NamedTuple):
    """A row of the picture with a name."""

    label: str
    things: tuple[Thing, ...]


def span_of(thing: Thing) -> Span | None:
    """When it was; ``None`` where nothing is known of that."""
    begins, ends = _days(thing.since), _days(thing.until)
    if begins is None and ends is None:
        return None
    return Span(begins, ends if ends is not None else None if thing.lasts or begins is None else begins)


def middle(days: tuple[int, int]) -> float:
    """The middle of the days that it may have been."""
    return (days[0] + days[1] + 1) / 2


def laid_out(things: Sequence[Thing], others: str, *, by_series: bool) -> list[Lane]:
    """Lanes in the order of the marks' kinds, then of most things: by kind, or by what things belong to.

    Those with few things are one, ``others``, for each kind of mark, and come last.
    """
    found: dict[tuple[int, str], list[Thing]] = {}
    for thing in things:
        label = thing.within.label if by_series and thing.within is not None else thing.lane
        found.setdefault((thing.slot, label), []).append(thing)
    few = {key for key, inside in found.items() if len(inside) < FEWEST}
    mixed: set[str] = set()
    for slot in {slot for slot, _ in few}:
        small = sorted(key for key in few if key[0] == slot)
        if len(small) > 1:
            together = [thing for key in small for thing in found.pop(key)]
            label = f"{small[0][1].partition(':')[0]}, {others}"
            mixed.add(label)
            found[slot, label] = together
    ordered = sorted(found.items(), key=lambda item: (item[0][0], item[0][1] in mixed, -len(item[1]), item[0][1]))
    return [Lane(label, tuple(inside)) for (_, label), inside in ordered]


def packed(intervals: Sequence[tuple[float, float]]) -> list[int]:
    """For each interval the first row in which it touches no interval before it."""
    ends: list[float] = []
    rows = []
    for start, end in intervals:
        row = next((row for row, last in enumerate(ends) if last <= start), len(ends))
        ends[row : row + 1] = [end]
        rows.append(row)
    return rows


def _days(text: str) -> tuple[int, int] | None:
    if not text:
        return None
    try:
        return dates.earliest(text).toordinal() - DAY_OF_EPOCH, dates.latest(text).toordinal() - DAY_OF_EPOCH
    except ValueError:
        return None

"""The few numbers reports are made of, rounded the same way everywhere."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from asoen_graph.report.model import Spread

_HOLDERS = 5


def share(part: int, whole: int) -> float | None:
    """A part of a whole, to four places; ``None`` of nothing."""
    return round(part / whole, 4) if whole else None


def spread(numbers: Mapping[str, int]) -> Spread:
    """The spread of numbers by slug."""
    values = list(numbers.values())
    highest = max(values, default=0)
    return Spread(
        mean=round(statistics.fmean(values), 2) if values else None,
        median=statistics.median(values) if values else None,
        highest=highest,
        holders=tuple(sorted(slug for slug, number in numbers.items() if number == highest)[:_HOLDERS]),
        without=values.count(0),
    )


def spans(numbers: Sequence[int]) -> str:
    """Numbers in ascending order as people write them: ``2–10, 12``."""
    runs: Iterable[list[int]] = (
        [number for _, number in run] for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])
    )
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)

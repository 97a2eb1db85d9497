"""Dates of the precision a document gives: a year, a month or a day.

The written form is XML Schema's: ``2031`` (``xsd:gYear``), ``2031-05`` (``xsd:gYearMonth``), ``2031-05-02``
(``xsd:date``). Intervals are those of ISO 8601-2 between such dates: ``2018/2021``, ``2018/..``, ``../2021``.
"""

from __future__ import annotations

import calendar
import datetime
import re
from typing import Final

from asoen_graph.iris import XSD
from asoen_graph.messages import tell

OPEN: Final = ".."
"""How an interval writes the end it leaves open."""

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", re.ASCII)
_DATATYPES = (XSD + "gYear", XSD + "gYearMonth", XSD + "date")


def parse(text: str) -> tuple[int, int | None, int | None]:
    """Year, month and day of a written date; ``None`` for what it leaves unsaid.

    Raises ValueError, with a sentence for the reader, where the text is no date or the day is in no calendar.
    """
    found = _DATE.fullmatch(text)
    if found is None:
        raise ValueError(tell("value.no-date", text=text))
    year, month, day = (None if part is None else int(part) for part in found.groups())
    if year is None or year == 0:
        raise ValueError(tell("value.no-year-0"))
    if month is not None and not 1 <= month <= 12:
        raise ValueError(tell("value.no-month", month=month))
    if month is not None and day is not None and not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise ValueError(tell("value.no-day", day=day, month=month, month_name=calendar.month_name[month], year=year))
    return year, month, day


def datatype(text: str) -> str:
    """The XML Schema datatype that has the precision of a written date."""
    return _DATATYPES[text.count("-")]


def earliest(text: str) -> datetime.date:
    """The first day a written date may mean: ``2031`` → 1 January 2031."""
    year, month, day = parse(text)
    return datetime.date(year, month or 1, day or 1)


def latest(text: str) -> datetime.date:
    """The last day a written date may mean: ``2031-02`` → 28 February 2031."""
    year, month, day = parse(text)
    last_month = month or 12
    return datetime.date(year, last_month, day or calendar.monthrange(year, last_month)[1])


def parse_interval(text: str) -> tuple[str | None, str | None]:
    """Start and end of a written interval, each as written, ``None`` where it is open.

    A single date is the interval that starts and ends with it. Raises ValueError, with a sentence for the
    reader, where a date does not exist, both ends are open, or the end lies before the start.
    """
    start, slash, end = text.partition("/")
    if not slash:
        end = start
    ends = tuple(None if part == OPEN and slash else part for part in (start, end))
    for part in ends:
        if part is not None:
            parse(part)
    if ends == (None, None):
        raise ValueError(tell("value.interval-open"))
    if ends[0] is not None and ends[1] is not None and latest(ends[1]) < earliest(ends[0]):
        raise ValueError(tell("value.interval-ends", end=end, start=start))
    return ends[0], ends[1]

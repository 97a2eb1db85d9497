from __future__ import annotations

import datetime

import pytest

from asoen_graph import dates
from asoen_graph.iris import XSD


@pytest.mark.parametrize(
    ("text", "datatype", "earliest", "latest"),
    [
        ("2031", "gYear", (2031, 1, 1), (2031, 12, 31)),
        ("2032-02", "gYearMonth", (2032, 2, 1), (2032, 2, 29)),
        ("2031-05-02", "date", (2031, 5, 2), (2031, 5, 2)),
    ],
)
def test_a_date_keeps_its_precision(
    text: str, datatype: str, earliest: tuple[int, int, int], latest: tuple[int, int, int]
) -> None:
    assert dates.datatype(text) == XSD + datatype
    assert dates.earliest(text) == datetime.date(*earliest)
    assert dates.latest(text) == datetime.date(*latest)


@pytest.mark.parametrize(
    "text", ["", "31", "2031-5", "2031-00", "2031-02-29", "2031-06-31", "２０３１", "2031 ", "-2031"]
)
def test_a_date_that_is_in_no_calendar_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|no month|no day"):
        dates.parse(text)


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("2031", ("2031", "2031")),
        ("2018/2021-05", ("2018", "2021-05")),
        ("2018/..", ("2018", None)),
        ("../2021", (None, "2021")),
        ("2031-05/2031", ("2031-05", "2031")),
    ],
)
def test_an_interval_has_two_ends(text: str, ends: tuple[str | None, str | None]) -> None:
    assert dates.parse_interval(text) == ends


@pytest.mark.parametrize("text", ["..", "../..", "2021/2018", "2021/", "/2021", "2018/2019/2020", "2018-13/.."])
def test_an_interval_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|interval|ends|month"):
        dates.parse_interval(text)

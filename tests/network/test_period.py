from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asoen_graph import dates
from asoen_graph.errors import NetworkError
from asoen_graph.network.period import Period, Spell, spell

DATES = st.one_of(
    st.dates().map(lambda day: f"{day:%Y}".zfill(4)),
    st.dates().map(lambda day: day.isoformat()[:7]),
    st.dates().map(lambda day: day.isoformat()),
)


@pytest.mark.parametrize(
    ("options", "period"),
    [
        ({}, None),
        ({"at": "2019"}, Period("2019", "2019")),
        ({"since": "2009"}, Period("2009", None)),
        ({"until": "2015-03"}, Period(None, "2015-03")),
        ({"since": "2009", "until": "2015-03-02"}, Period("2009", "2015-03-02")),
    ],
)
def test_options_become_a_period(options: dict[str, str], period: Period | None) -> None:
    assert Period.of(**options) == period


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"at": "2019-02-30"}, "There is no day 30 in February 2019"),
        ({"at": "yesterday"}, "'yesterday' is not a date"),
        ({"since": ""}, "'' is not a date"),
        ({"at": "2019", "until": "2020"}, "one date or from one date until another"),
        ({"since": "2020-02", "until": "2020-01"}, "ends (2020-01) before it starts (2020-02)"),
    ],
)
def test_wrong_options_say_what_is_wrong(options: dict[str, str], message: str) -> None:
    with pytest.raises(NetworkError) as caught:
        Period.of(**options)
    assert message in str(caught.value)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("at", "covered"),
    [
        ("2018", False),
        ("2019", True),
        ("2019-05", False),
        ("2019-06", True),
        ("2019-07-01", True),
        ("2019-07-02", False),
    ],
)
def test_a_period_covers_what_shares_a_day_with_it(at: str, covered: bool) -> None:
    period = Period.of(at=at)
    assert period is not None
    assert period.covers(Spell("2019-06-30", "2019-07-01")) is covered


def test_an_unknown_end_is_open() -> None:
    period = Period("2019", "2019")
    assert period.covers(Spell(None, "2019-01-01"))
    assert period.covers(Spell("2019-12-31", None))
    assert not period.covers(Spell(None, "2018-12-31"))
    assert not period.covers(Spell("2020-01-01", None))


@given(DATES, DATES)
def test_a_spell_lies_in_every_period_that_names_its_dates(start: str, end: str) -> None:
    if dates.latest(end) < dates.earliest(start):
        with pytest.raises(ValueError, match="ends"):
            spell(start, end)
        return
    found = spell(start, end)
    assert found is not None
    assert Period(start, start).covers(found)
    assert Period(end, end).covers(found)
    assert Period(start, None).covers(found)
    assert Period(None, end).covers(found)

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asoen_graph import dates
from asoen_graph.errors import NetworkError
from asoen_graph.network.period import Period, Spell, overlap, spell, unite
from asoen_graph.network.words import spoken_spell

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


def test_spells_that_meet_become_one_and_gaps_stay() -> None:
    spells = {
        Spell("2024-01-01", None),
        Spell("2019-06-01", "2020-06-30"),
        Spell("2019-01-01", "2019-12-31"),
        Spell("2020-07-01", "2020-12-31"),
        Spell("2025-01-01", "2025-12-31"),
    }
    assert unite(spells) == (Spell("2019-01-01", "2020-12-31"), Spell("2024-01-01", None))


DAYS = [f"2031-05-{day:02}" for day in range(1, 29)]
ENDS = st.one_of(st.none(), st.sampled_from(DAYS))
SPELLS = st.lists(
    st.tuples(ENDS, ENDS).filter(lambda ends: None in ends or ends[0] <= ends[1]).map(lambda ends: Spell(*ends)),
    max_size=4,
)


def held(spells: tuple[Spell, ...]) -> set[str]:
    return {day for day in DAYS for each in spells if (each.start or day) <= day <= (each.end or day)}


@given(SPELLS, SPELLS)
def test_an_overlap_is_the_days_on_which_both_hold(one: list[Spell], other: list[Spell]) -> None:
    both = overlap(unite(one), unite(other))
    assert held(both) == held(unite(one)) & held(unite(other))
    assert both == unite(both) == overlap(unite(other), unite(one))


@pytest.mark.parametrize(
    ("start", "end", "english", "vietnamese"),
    [
        ("2023-01-01", "2023-12-31", "2023", "2023"),
        ("2018-01-01", "2021-12-31", "2018 – 2021", "2018 – 2021"),
        ("2031-02-01", "2031-02-28", "February 2031", "2/2031"),
        ("2030-07-01", "2033-12-31", "July 2030 – December 2033", "7/2030 – 12/2033"),
        ("2029-01-01", None, "2029 – …", "2029 – …"),
        (None, "2031-05-31", "… – May 2031", "… – 5/2031"),
        ("2031-01-01", "2031-01-02", "1 January 2031 – 2 January 2031", "1/1/2031 – 2/1/2031"),
        ("2031-05-02", "2031-05-02", "2 May 2031", "2/5/2031"),
    ],
)
def test_a_spell_is_spoken_no_more_precisely_than_it_is_known(
    start: str | None, end: str | None, english: str, vietnamese: str
) -> None:
    assert spoken_spell(start, end, "en") == english
    assert spoken_spell(start, end, "vi") == vietnamese

"""Which release was in force when, and the dates by which clients ask."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asoen_graph.release import Counts, Manifest
from asoen_graph.server.archive import Volume
from asoen_graph.server.memento import http_date, in_force, parse_accept_datetime
from asoen_graph.server.problems import BadRequest

moments = st.datetimes(min_value=datetime(1000, 1, 1), timezones=st.just(UTC)).map(lambda d: d.replace(microsecond=0))
days = st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1))
COUNTS = Counts(0, {}, 0, 0, {}, {}, 0, 0, 0, 0)


def volume(number: int, day: date | None) -> Volume:
    manifest = Manifest("x", f"2031.1.{number}", "CC-BY-4.0", "0" * 64, COUNTS, {})
    return Volume(manifest.version, manifest, Path(), Path(), day, is_kept=True, is_present=False)


@given(moments)
def test_every_moment_is_read_as_it_was_written(moment: datetime) -> None:
    assert parse_accept_datetime(format_datetime(moment, usegmt=True)) == moment
    assert parse_accept_datetime(f" {http_date(moment)}\t") == moment


@given(st.text())
def test_a_text_is_a_moment_or_refused(text: str) -> None:
    try:
        moment = parse_accept_datetime(text)
    except BadRequest:
        return
    assert http_date(moment) == text.strip(" \t")


@given(moments, st.integers(0, 28), st.characters(min_codepoint=32, max_codepoint=126))
def test_a_character_more_or_less_is_no_other_moment(moment: datetime, place: int, other: str) -> None:
    written = http_date(moment)
    changed = written[:place] + other + written[place + 1 :]
    try:
        found = parse_accept_datetime(changed)
    except BadRequest:
        return
    # What is taken is what another reader of such dates takes it for.
    assert found == parsedate_to_datetime(changed.strip())
    assert http_date(found) == changed.strip()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2031-05-07",
        "Wed, 07 May 2031 00:00:00",
        "Wed, 07 May 2031 00:00:00 UTC",
        "Wed, 07 May 2031 00:00:00 +0700",
        "Thu, 07 May 2031 00:00:00 GMT",
        "Wed, 7 May 2031 00:00:00 GMT",
        "Wednesday, 07-May-31 00:00:00 GMT",
        "Wed May  7 00:00:00 2031",
        "Wed, 32 May 2031 00:00:00 GMT",
        "Wed, 07 May 2031 24:00:00 GMT",
        "Wed, 07 May 0000 00:00:00 GMT",
        "Wed, ٠٧ May 2031 00:00:00 GMT",
        "Wed, 07 May 2031 00:00:00 GMT\n",
    ],
)
def test_what_is_no_date_of_http(text: str) -> None:
    with pytest.raises(BadRequest, match="is no date") as caught:
        parse_accept_datetime(text)
    assert "GMT" in caught.value.hint


@given(st.lists(days, max_size=6), moments)
def test_the_release_in_force(released: list[date], moment: datetime) -> None:
    volumes = [volume(number, day) for number, day in enumerate(sorted(released))]
    undated = volume(99, None)
    found = in_force([undated, *volumes], moment)
    if not volumes:
        assert found is None
        return
    assert found is not None
    assert found.moment is not None
    assert found is volumes[0] or found.moment <= moment
    assert not [each for each in volumes if each.moment and found.moment < each.moment <= moment]


@given(days)
def test_a_release_is_in_force_from_the_first_moment_of_its_day(day: date) -> None:
    first, second = volume(0, day - timedelta(days=1)), volume(1, day)
    assert second.moment is not None
    assert in_force([first, second], second.moment) is second
    assert in_force([first, second], second.moment - timedelta(seconds=1)) is first

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from asoen_graph.errors import ParameterError
from asoen_graph.server.forms import BINDINGS, TRIPLES
from asoen_graph.server.negotiation import LONGEST_HEADER, Offer, choose, choose_language, parse_accept
from asoen_graph.server.problems import NotAcceptable

JSON, CSV, HTML = Offer("json", "application/json"), Offer("csv", "text/csv"), Offer("html", "text/html")
OFFERS = (JSON, CSV, HTML)


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, JSON),
        ("", JSON),
        ("  ", JSON),
        ("*/*", JSON),
        ("text/*", CSV),
        ("TEXT/CSV", CSV),
        ("text/csv, */*", CSV),
        ("text/csv;q=0.5, application/json;q=0.9", JSON),
        ("text/csv; Q=0.9 , application/json ; q=0.5", CSV),
        ("text/csv;q=0, */*", JSON),
        ("application/json;q=0, text/*;q=0.2", CSV),
        ("*/*;q=0.1, text/html;q=0.1", HTML),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", HTML),
        ('text/csv;charset="UTF-8"', CSV),
        ("text/csv;header=present", CSV),
        ('text/csv;note="a, b; q=0", image/png', CSV),
        ("nonsense, text/csv", CSV),
        ("text/csv;q=7, text/html", HTML),
        ("*/csv, text/html", HTML),
    ],
)
def test_the_best_offer(accept: str | None, chosen: Offer) -> None:
    assert choose(OFFERS, accept) == chosen


@pytest.mark.parametrize(
    "accept", ["image/png", "text/csv;charset=latin-1", "*/*;q=0", "text/plain, image/*", "nonsense", "text/csv;q=0.0"]
)
def test_nothing_acceptable_says_what_there_is(accept: str) -> None:
    with pytest.raises(NotAcceptable) as caught:
        choose(OFFERS, accept)
    assert caught.value.available == ("application/json", "text/csv", "text/html")


def test_the_most_specific_range_counts() -> None:
    assert choose(OFFERS, "text/*;q=0.9, text/csv;q=0.1, application/json;q=0.5") == HTML


def test_a_name_decides_alone() -> None:
    assert choose(OFFERS, "image/png", "csv") == CSV
    with pytest.raises(ParameterError) as caught:
        choose(OFFERS, None, "cvs")
    assert caught.value.parameter == "format"
    assert "csv" in caught.value.hint


def test_a_very_long_header_is_not_read() -> None:
    assert parse_accept('text/csv;x="' + "\\a" * LONGEST_HEADER) == ()


words = st.text("abcxyz*+.-", min_size=1, max_size=8)
qualities = st.sampled_from(
    ["", ";q=1", ";q=0", ";q=0.5", ";q=0.001", ";q=1.000", "; q = 1", ";q=2", ";q=", ";charset=utf-8"]
)
media_types = st.sampled_from(
    ["*/*", "text/*", "application/*", *{offer.media_type for offer in (*BINDINGS, *TRIPLES)}, "image/png"]
)
elements = st.one_of(
    st.builds(lambda media_type, quality: media_type + quality, media_types, qualities),
    st.builds(lambda a, b, quality: f"{a}/{b}{quality}", words, words, qualities),
    st.text(max_size=20),
)
headers = st.lists(elements, max_size=8).map(",".join)


@given(headers, st.sampled_from([BINDINGS, TRIPLES]))
@example("text/*;q=0.3, text/turtle;q=0", TRIPLES)
def test_what_is_chosen_is_acceptable_and_nothing_better_is_left(header: str, offers: tuple[Offer, ...]) -> None:
    def quality(offer: Offer) -> float:
        covering = [each for each in parse_accept(header) if each.covers(offer.media_type)]
        most = max((each.specificity for each in covering), default=0)
        return max((each.quality for each in covering if each.specificity == most), default=0.0)

    if not header.strip():
        assert choose(offers, header) == offers[0]
        return
    try:
        chosen = choose(offers, header)
    except NotAcceptable:
        assert all(quality(offer) == 0 for offer in offers)
    else:
        assert quality(chosen) > 0
        assert quality(chosen) == max(map(quality, offers))


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        (None, "en"),
        ("", "en"),
        ("vi", "vi"),
        ("vi-VN,vi;q=0.9,en;q=0.8", "vi"),
        ("en-GB,en;q=0.9,vi;q=0.8", "en"),
        ("fr, th", "en"),
        ("fr, *;q=0.5", "en"),
        ("en;q=0.1, *;q=0.5", "vi"),
        ("*", "en"),
        ("en;q=0, vi;q=0.001", "vi"),
    ],
)
def test_languages(header: str | None, chosen: str) -> None:
    assert choose_language(header) == chosen


def test_a_named_language_wins() -> None:
    assert choose_language("en", "vi") == "vi"
    with pytest.raises(ParameterError):
        choose_language("en", "fr")


@given(st.text())
def test_any_language_header_gives_a_language(header: str) -> None:
    assert choose_language(header) in ("en", "vi")

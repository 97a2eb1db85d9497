from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asoen_graph.entities.order import locator_order, natural

DOCUMENT = [
    "paragraph 1",
    "paragraph 2",
    "paragraphs 2-4",
    "paragraph 3",
    "paragraph 10",
    "annex A",
    "annex B",
    "byline",
    "caption 1",
    "caption 2",
    "headline",
]


def test_locators_stand_in_the_order_of_the_text_with_what_is_around_it_last() -> None:
    shuffled = DOCUMENT[:]
    Random(7).shuffle(shuffled)
    assert sorted(shuffled, key=locator_order) == DOCUMENT


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("page 2, table 1, row 9", "page 2, table 1, row 10"),
        ("page 2", "page 2, table 1"),
        ("page 2, table 3", "page 10"),
        ("section 1.2", "section 1.10"),
        ("section 9", "masthead"),
    ],
)
def test_every_part_of_a_locator_counts_as_a_number(first: str, second: str) -> None:
    assert locator_order(first) < locator_order(second)


def test_numbers_in_names_are_sorted_by_what_they_count() -> None:
    assert sorted(["ASOEN 34", "asoen 9", "ASOEN", "Ánh", "7 seas"], key=natural) == [
        "7 seas",
        "Ánh",
        "ASOEN",
        "asoen 9",
        "ASOEN 34",
    ]


@given(st.lists(st.text(max_size=12), max_size=6))
def test_any_texts_can_be_put_in_order(texts: list[str]) -> None:
    assert sorted(sorted(texts, key=natural, reverse=True), key=natural) is not None
    assert len(sorted(texts, key=locator_order)) == len(texts)

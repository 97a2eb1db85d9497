from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asoen_graph.drawing.measure import width, wrap, wrap_evenly

TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=80)


@pytest.mark.parametrize(
    ("text", "thousandths"),
    [
        ("", 0),
        ("AMME", 690 + 910 * 2 + 670),
        ("Lò Gò", 560 + 620 + 320 + 780 + 620),
        ("i̇", 280),
        ("ờ", 620),
        ("漢", 1400),
    ],
)
def test_a_text_is_as_wide_as_its_letters(text: str, thousandths: int) -> None:
    assert width(text, 1000) == pytest.approx(thousandths, abs=20)


@given(TEXTS, st.floats(20, 300))
def test_lines_hold_the_whole_text_and_no_more_than_fits(text: str, limit: float) -> None:
    for lines in (wrap(text, 13, limit), wrap_evenly(text, 13, limit)):
        assert "".join("".join(lines).split()) == "".join(text.split())
        for line in lines:
            # A letter with its marks is never parted, however wide.
            letters = [
                c for c in line if not unicodedata.category(c).startswith("M") and unicodedata.category(c) != "Cf"
            ]
            assert width(line, 13) <= limit or len(letters) <= 2


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=9), min_size=1, max_size=12))
def test_words_that_fit_are_not_broken(words: list[str]) -> None:
    lines = wrap_evenly(" ".join(words), 13, 150)
    assert " ".join(lines).split() == words


@given(TEXTS)
def test_even_lines_are_as_many(text: str) -> None:
    assert len(wrap_evenly(text, 13, 150)) == len(wrap(text, 13, 150))


def test_even_lines_are_even() -> None:
    assert wrap("Ministry of Natural Resources of", 13, 200) == ["Ministry of Natural Resources", "of"]
    assert wrap_evenly("Ministry of Natural Resources of", 13, 200) == ["Ministry of Natural", "Resources of"]


def test_a_long_word_breaks_between_letters_with_their_marks() -> None:
    lines = wrap("ព្រះរាជាណាចក្រកម្ពុជា", 13, 60)
    assert len(lines) > 2
    assert not any(unicodedata.category(line[0]).startswith("M") for line in lines)

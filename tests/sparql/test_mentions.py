from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from asoen_graph.sparql.mentions import WORDS, mentions, traits_of

letters = st.sampled_from([*"seRViCe frOM with bnoDe \\uU<>\"'({[", "ſ", "İ", "ı", "\u212a", "K", "ệ", "\n"])


@given(st.text(letters, max_size=30) | st.text())
def test_it_finds_all_that_an_expression_finds_which_does_not_mind_case(text: str) -> None:
    for word in WORDS:
        if re.search(re.escape(word), text, re.IGNORECASE):
            assert mentions(text, frozenset([word]))
            assert mentions(" " * 10_000 + text, frozenset([word]))


@given(st.sampled_from(sorted(WORDS)), st.data())
def test_it_finds_a_word_in_every_spelling(word: str, data: st.DataObject) -> None:
    also = {"s": "sSſ", "i": "iIİı", "k": "kK\u212a"}
    spelt = "".join(data.draw(st.sampled_from(also.get(letter, letter + letter.upper()))) for letter in word)
    assert re.search(re.escape(word), spelt, re.IGNORECASE)
    assert mentions(f"ASK {{ {spelt} }}", frozenset([word]))


def test_what_is_not_there_is_not_found() -> None:
    for space in (" ", " " * 10_000):
        assert not mentions(f"SELECT *{space}{{ ?họp a asoen:Meeting }}", WORDS)


pieces = st.sampled_from(
    ["service", "SELECT * ", "<http://a/", "with", ">", '"', "'", "\\u0041", "{", "(", "[", " # ", "\n", "From", "é"]
)


@given(st.lists(pieces, max_size=12).map("".join), st.integers(0, 2))
def test_remembering_patterns_and_constants_changes_nothing(text: str, before: int) -> None:
    for _ in range(before):
        traits_of(text + " ")
    lowered = text.lower()
    found = traits_of(text)
    assert found.words == {word for word in WORDS if word in lowered}
    assert found.brackets == sum(map(text.count, "({["))

"""The fonts of the package: what they have, and that they may be passed on."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

import asoen_graph.drawing
from asoen_graph.drawing.typesetting import covers

FONTS = Path(asoen_graph.drawing.__file__).parent / "fonts"
FILES = sorted(FONTS.glob("*.?tf"))
VOWELS = "aăâeêioôơuưy"
TONES = "\u0300\u0301\u0303\u0309\u0323"


def characters(path: Path) -> set[int]:
    return set(TTFont(path).getBestCmap())


def test_the_list_of_characters_is_that_of_the_fonts() -> None:
    regular = set[int]().union(*(characters(path) for path in FILES if "Regular" in path.name))
    known = (chr(code) for code in regular)
    assert all(covers(character) for character in known)
    assert not covers("\U00012000")
    lines = FONTS.joinpath("coverage.txt").read_text("ascii").split()
    ends = [[int(end, 16) for end in line.split("-")] for line in lines]
    assert sum(pair[-1] - pair[0] + 1 for pair in ends) == len(regular)


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_both_weights_have_all_of_vietnamese(weight: str) -> None:
    known = characters(FONTS / f"NotoSans-{weight}.ttf")
    letters = {unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in ("", *TONES)} | {"đ"}
    assert all(len(letter) == 1 for letter in letters)
    assert {ord(case) for letter in letters for case in (letter, letter.upper())} <= known


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_each_says_that_it_may_be_passed_on(path: Path) -> None:
    assert "SIL Open Font License" in TTFont(path)["name"].getDebugName(13)


def test_they_are_small_and_their_licence_is_beside_them() -> None:
    assert sum(path.stat().st_size for path in FONTS.iterdir()) < 3_000_000
    assert "SIL OPEN FONT LICENSE Version 1.1" in FONTS.joinpath("OFL.txt").read_text("utf-8")

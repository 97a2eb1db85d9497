"""What errors say: every message in both languages, with the fields it is given, and none that nobody says."""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import asoen_graph
from asoen_graph import dates
from asoen_graph.errors import ParameterError, UnknownName
from asoen_graph.messages import catalogue, in_language, kind_of_thing, languages_of, tell
from asoen_graph.sparql.diagnosis import explain

SOURCE = Path(asoen_graph.__file__).parent
KEYS = frozenset(catalogue())


def _calls() -> Iterator[tuple[str, ast.Call]]:
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tell":
                yield path.name, node


def _constants() -> frozenset[str]:
    found = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    scripts = Path(__file__).parents[1] / "web" / "src"
    for path in scripts.rglob("*.ts"):
        found |= set(re.findall(r'"([a-z]+\.[a-z0-9-]+)"', path.read_text(encoding="utf-8")))
    return frozenset(found)


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


class TestCatalogue:
    def test_every_message_is_in_both_languages_with_the_same_fields(self) -> None:
        # The English name of a month is the one field that Vietnamese does without.
        free = {"month", "month_name"}
        wrong = [
            key
            for key, texts in catalogue().items()
            if list(texts) != ["en", "vi"]
            or not all(text == text.strip() and text for text in texts.values())
            or _fields(texts["en"]) - free != _fields(texts["vi"]) - free
        ]
        assert not wrong

    def test_vietnamese_is_vietnamese(self) -> None:
        same = [key for key, texts in catalogue().items() if texts["vi"] == texts["en"]]
        assert sorted(same) == ["browser.file", "value.expected-of"]
        plain = [key for key, texts in catalogue().items() if texts["vi"].isascii() and key not in same]
        assert not plain

    def test_what_is_told_is_there_with_its_fields(self) -> None:
        wrong = []
        for name, call in _calls():
            key = call.args[0]
            if not isinstance(key, ast.Constant):
                continue
            given = {each.arg for each in call.keywords}
            if key.value not in KEYS or given != _fields("".join(catalogue()[key.value].values())):
                wrong.append(f"{name}:{call.lineno} {key.value}")
        assert not wrong

    def test_every_message_is_told_somewhere(self) -> None:
        told = _constants()
        assert [key for key in KEYS if key not in told and not key.startswith("kind.")] == []

    def test_every_kind_of_thing_is_one_that_can_be_missing(self) -> None:
        constants = _constants()
        kinds = {key.removeprefix("kind.") for key in KEYS if key.startswith("kind.")}
        written = {each.replace(" ", "-") for each in constants}
        # Of the view that has no such form only the beginning is written.
        assert {kind for kind in kinds if kind not in written} == {"form-of-the-map", "form-of-the-timeline"}


class TestTelling:
    def test_a_message_is_a_text_in_english_that_can_be_said_in_vietnamese(self) -> None:
        told = tell("value.unknown-name", kind=kind_of_thing("query"), name="amme")
        assert told == "No query is called 'amme'"
        assert in_language(told, "vi") == "Không có truy vấn nào tên là 'amme'"
        assert in_language(told, "km") == told
        assert languages_of(told) == ("en", "vi")
        assert in_language("as it is", "vi") == "as it is"
        assert languages_of("as it is") == ("en",)
        assert in_language(copy.deepcopy(told), "vi") == in_language(told, "vi")

    @pytest.mark.parametrize(
        ("near", "english", "vietnamese"),
        [
            (["a"], "Did you mean a?", "Có phải ý bạn là a?"),
            (("a", "b", "c"), "Did you mean a or b or c?", "Có phải ý bạn là a hoặc b hoặc c?"),
            ("{x}", "Did you mean {x}?", "Có phải ý bạn là {x}?"),
        ],
    )
    def test_lists_have_the_word_of_their_language(self, near: object, english: str, vietnamese: str) -> None:
        told = tell("value.did-you-mean", near=near)
        assert (told, told.in_language("vi")) == (english, vietnamese)

    def test_numbers(self) -> None:
        told = tell("query.words-many", max_tokens=5000)
        assert "5,000" in told
        assert "5.000" in told.in_language("vi")
        assert tell("limit.time", seconds=1.0) == "The request was stopped after 1 second"
        assert tell("limit.time", seconds=2.5).in_language("vi") == "Yêu cầu đã bị dừng sau 2.5 giây"

    def test_errors_within_messages_are_said_too(self) -> None:
        with pytest.raises(ValueError, match="no day 30") as caught:
            dates.parse("2031-02-30")
        told = tell("value.wrong", name="from", text="2031-02-30", error=caught.value)
        assert told == "The parameter from is '2031-02-30': There is no day 30 in February 2031"
        assert told.in_language("vi") == "Tham số from là '2031-02-30': Tháng 2 năm 2031 không có ngày 30"

    def test_errors(self) -> None:
        error = UnknownName("network", "partner", ["partners"])
        assert error.in_language("vi") == "Không có mạng lưới nào tên là 'partner'. Có phải ý bạn là partners?"
        assert ParameterError("x", "Only English", "Yes").in_language("vi") == "Only English. Yes."

    def test_the_place_and_what_was_expected_are_said_too(self) -> None:
        error = explain("SELECT ?x WHERE { ?x a asoen:Meeting ")
        said = in_language(error.message, "vi")
        assert said.startswith("Dòng 1, cột 38: truy vấn kết thúc quá sớm")
        assert in_language(error.hint, "vi") == "Dấu { ở dòng 1, cột 17 chưa được đóng"
        assert not re.search(r"\b(expected|or|Line)\b", said)

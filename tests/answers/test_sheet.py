from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asoen_graph.answers.sheet import make_sheet
from asoen_graph.answers.width import pad, width_of, wrap
from asoen_graph.evidence import Citation, choose
from asoen_graph.store import SelectAnswer
from asoen_graph.store.embedded import EmbeddedStore


def test_facts_that_share_source_and_place_share_a_note(store: EmbeddedStore, answer: SelectAnswer) -> None:
    sheet = make_sheet(answer, store, "en")
    assert sheet.sources == [(1,), (1, 2), ()]
    assert len(sheet.footnotes) == len(sheet.addresses) == 2
    assert sheet.addresses == ("https://example.org/reef?a=1&b=2", "")
    assert [len(citations) for citations in sheet.citations] == [1, 2, 0]


def test_plain_has_neither_labels_nor_sources(store: EmbeddedStore, answer: SelectAnswer) -> None:
    sheet = make_sheet(answer, store, "en", plain=True)
    assert not sheet.has_sources
    assert not any(cell.label for row in sheet.rows for cell in row)


def test_cells_for_reading(store: EmbeddedStore, answer: SelectAnswer) -> None:
    sheet = make_sheet(answer, store, "vi")
    first = dict(zip((column.name for column in sheet.columns), sheet.rows[0], strict=True))
    assert first["meeting"].text == "Hội nghị Rạn san hô lần thứ 8 (reef-8)"
    assert first["place"].text == "港町 <Harbour> (harbour)"
    assert first["status"].text == "dự kiến"
    last = dict(zip((column.name for column in sheet.columns), sheet.rows[2], strict=True))
    assert (last["meeting"].text, last["place"].text) == ("", "id:nowhere")


@pytest.mark.parametrize(
    ("citation", "language", "text"),
    [
        (Citation("f", "s", "T", "P", "2031", "", "paragraph 3", "accepted", ""), "vi", 'P (2031), "T", paragraph 3'),
        (Citation("f", "s", "T", "P", "", "", "title", "accepted", ""), "en", 'P, "T", title'),
        (Citation("f", "http://s", "", "", "", "", "", "", ""), "en", "http://s"),
        (Citation("f", "s", "T", "", "2031", "", "", "rejected", ""), "en", '(2031), "T" [rejected]'),
        (
            Citation("f", "s", "T", "P", "", "", "page 4, table 2", "disputed", "Hm.", {
                "page": {"en": "page", "vi": "trang"}, "table": {"vi": "bảng"}, "disputed": {"vi": "có tranh chấp"},
            }),
            "vi", 'P, "T", trang 4, bảng 2 [có tranh chấp: Hm.]',
        ),
    ],
)  # fmt: skip
def test_a_citation_is_one_line(citation: Citation, language: str, text: str) -> None:
    assert citation.text(language) == text


def test_choosing_a_language() -> None:
    texts = {"km": "k", "vi": "v", "en": "e", "": "n"}
    assert choose(texts, "vi") == "v"
    assert choose(texts, "fr") == "e"
    assert choose({"km": "k", "vi": "v"}, "fr") == "v"
    assert choose({"km": "k", "": "n"}, "fr") == "n"
    assert choose({"km": "k", "lo": "l"}, "fr") == "k"
    assert choose({}, "fr") == ""


def test_the_columns_of_a_terminal() -> None:
    assert [width_of(text) for text in ("abc", "港町", "ạ", "a\u0323", "\u200b", "ខ្មែរ")] == [3, 4, 1, 1, 0, 4]
    assert pad("港", 4) == "港  "
    assert pad("7", 3, right=True) == "  7"


@given(st.text(), st.integers(min_value=2, max_value=20))
def test_wrapped_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(width_of(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())

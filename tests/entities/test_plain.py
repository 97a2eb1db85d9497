"""Cards as text: what a reader of the terminal sees, to the letter. GOLDEN=write writes the files anew, to be read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pyoxigraph import Store

from asoen_graph.entities import entity_card, source_card
from asoen_graph.entities.plain import write_entity, write_source
from asoen_graph.vocabulary import Vocabulary

GOLDEN = Path(__file__).parent / "golden"


def assert_golden(text: str, name: str) -> None:
    path = GOLDEN / name
    if os.environ.get("GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("slug", "language"), [("lsoe-12", "en"), ("lo-da-reef", "vi"), ("palmyria", "en"), ("ana-reyes", "en")]
)
def test_an_entity_as_text(
    store: Store, vocabulary: Vocabulary, places: dict[str, str], slug: str, language: str
) -> None:
    text = write_entity(entity_card(store, vocabulary, slug, language, places), language)
    assert_golden(text, f"show-{slug}-{language}.txt")


@pytest.mark.parametrize(("slug", "language"), [("coral-times-azure", "en"), ("lagoon-union-record", "vi")])
def test_a_document_as_text(
    store: Store, vocabulary: Vocabulary, places: dict[str, str], slug: str, language: str
) -> None:
    text = write_source(source_card(store, vocabulary, slug, language, places), language)
    assert_golden(text, f"source-{slug}-{language}.txt")


@pytest.mark.parametrize("width", [80, 120])
def test_lines_keep_to_the_width(store: Store, vocabulary: Vocabulary, places: dict[str, str], width: int) -> None:
    text = write_entity(entity_card(store, vocabulary, "lsoe-12", "en", places), "en", width)
    assert max(map(len, text.splitlines())) <= width


def test_an_entity_without_facts_says_so(store: Store, vocabulary: Vocabulary) -> None:
    assert write_entity(entity_card(store, vocabulary, "coral-times")).endswith("\nNo facts.\n")

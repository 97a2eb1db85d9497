from __future__ import annotations

from pathlib import Path

import pytest

from asoen_graph.curation import project as project_module
from asoen_graph.curation.project import read_project
from asoen_graph.vocabulary import Vocabulary

DOCUMENT = "data/sources/tide-news.yaml"


@pytest.fixture
def read_files(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The source documents that are really read, as they are."""
    read: list[str] = []
    original = project_module.read_source_file

    def recorded(data: bytes, path: str, slug: str, vocabulary: Vocabulary):
        read.append(path)
        return original(data, path, slug, vocabulary)

    monkeypatch.setattr(project_module, "read_source_file", recorded)
    return read


def test_an_unchanged_file_is_not_read_again(
    reef: Path, vocabulary: Vocabulary, tmp_path: Path, read_files: list[str]
) -> None:
    first = read_project(reef, vocabulary, tmp_path / "cache")
    second = read_project(reef, vocabulary, tmp_path / "cache")
    assert read_files == [DOCUMENT]
    assert second == first


def test_problems_are_kept_too(reef: Path, vocabulary: Vocabulary, tmp_path: Path) -> None:
    text = (reef / DOCUMENT).read_text(encoding="utf-8").replace("2031-05-02", "2031-02-30")
    (reef / DOCUMENT).write_text(text, encoding="utf-8")
    _, first = read_project(reef, vocabulary, tmp_path / "cache")
    _, second = read_project(reef, vocabulary, tmp_path / "cache")
    assert [problem.code for problem in first] == ["bad-date"]
    assert second == first


def test_a_changed_file_is_read_again(
    reef: Path, vocabulary: Vocabulary, tmp_path: Path, read_files: list[str]
) -> None:
    read_project(reef, vocabulary, tmp_path / "cache")
    (reef / DOCUMENT).write_text((reef / DOCUMENT).read_text(encoding="utf-8").replace("ordinal: 7", "ordinal: 8"))
    project, _ = read_project(reef, vocabulary, tmp_path / "cache")
    assert read_files == [DOCUMENT, DOCUMENT]
    assert [fact.value.lexical for fact in project.facts if fact.property.endswith("ordinal")] == ["8"]


def test_a_changed_ontology_makes_every_file_be_read_again(
    reef: Path, vocabulary: Vocabulary, tmp_path: Path, read_files: list[str]
) -> None:
    read_project(reef, vocabulary, tmp_path / "cache")
    ontology = (Path(__file__).parent / "reef.ttl").read_text(encoding="utf-8")
    (tmp_path / "other.ttl").write_text(
        ontology.replace(
            "asoen:ordinal a owl:DatatypeProperty, owl:Fun", "asoen:ordinal a owl:DatatypeProperty, owl:NonFun"
        ),
        encoding="utf-8",
    )
    read_project(reef, Vocabulary.read(tmp_path / "other.ttl"), tmp_path / "cache")
    assert read_files == [DOCUMENT, DOCUMENT]


@pytest.mark.parametrize("damage", [b"", b"x", b"x" * 200], ids=["empty", "short", "long"])
def test_a_broken_cache_is_ignored(reef: Path, vocabulary: Vocabulary, tmp_path: Path, damage: bytes) -> None:
    first = read_project(reef, vocabulary, tmp_path / "cache")
    for entry in (tmp_path / "cache").iterdir():
        entry.write_bytes(damage)
    assert read_project(reef, vocabulary, tmp_path / "cache") == first


def test_a_cut_off_entry_is_ignored(reef: Path, vocabulary: Vocabulary, tmp_path: Path) -> None:
    first = read_project(reef, vocabulary, tmp_path / "cache")
    for entry in (tmp_path / "cache").iterdir():
        entry.write_bytes(entry.read_bytes()[:-3])
    assert read_project(reef, vocabulary, tmp_path / "cache") == first


def test_a_cache_that_cannot_be_written_is_no_failure(reef: Path, vocabulary: Vocabulary, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    _, problems = read_project(reef, vocabulary, tmp_path / "file" / "cache")
    assert problems == []

"""Validators change with everything an answer is made of."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from asoen_graph.errors import ReleaseError
from asoen_graph.release import MANIFEST_FILE, QUADS_FILE, Release
from asoen_graph.server.app import create_app
from asoen_graph.server.datafiles import DataFile
from asoen_graph.server.edition import edition
from asoen_graph.server.finishing import digest_of
from asoen_graph.server.holdings import holding_of
from asoen_graph.server.pages import TEMPLATES
from asoen_graph.server.settings import Settings


@pytest.fixture
def copies(settings: Settings, tmp_path: Path) -> list[Path]:
    """Folders of a release, of queries and of templates that a test may change."""
    folders = {"release": settings.release, "queries": settings.queries, "templates": TEMPLATES}
    return [shutil.copytree(folder, tmp_path / name) for name, folder in folders.items()]


def test_the_same_files_are_the_same_edition(copies: list[Path], settings: Settings) -> None:
    assert edition(*copies) == edition(settings.release, settings.queries)


@pytest.mark.parametrize(
    ("folder", "name"),
    [(1, "meetings.rq"), (1, "networks/together.rq"), (2, "entity.html"), (2, "words/frame.json")],
)
def test_a_text_that_changes_is_another_edition(copies: list[Path], folder: int, name: str) -> None:
    before = edition(*copies)
    path = copies[folder] / name
    path.write_bytes(path.read_bytes() + b"\n")
    assert edition(*copies) != before


def test_a_release_that_changes_is_another_edition(copies: list[Path]) -> None:
    before = edition(*copies)
    manifest = Release.open(copies[0]).manifest
    (copies[0] / MANIFEST_FILE).write_text(manifest._replace(hash="0" * 64).to_json(), encoding="utf-8")
    assert edition(*copies) != before


def test_a_name_that_changes_is_another_edition(copies: list[Path]) -> None:
    before = edition(*copies)
    (copies[1] / "meetings.rq").rename(copies[1] / "gatherings.rq")
    assert edition(*copies) != before


def test_planning_makes_another_edition(settings: Settings) -> None:
    found = [holding_of(replace(settings, planning=planning)).edition() for planning in (True, False)]
    assert len(set(found)) == 2
    assert found[0] == edition(settings.release, settings.queries)


def test_planning_makes_another_edition_of_files(settings: Settings) -> None:
    files = (DataFile(str(settings.release / QUADS_FILE)),)
    found = [holding_of(replace(settings, dataset=files, planning=planning)).edition() for planning in (True, False)]
    assert len(set(found)) == 2


def test_without_a_release_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError):
        edition(tmp_path, tmp_path)


def test_validators_and_workers_have_the_edition(copies: list[Path]) -> None:
    settings = Settings(copies[0], queries=copies[1], workers=1)
    first = create_app(settings).inner.state.front
    path = copies[1] / "meetings.rq"
    path.write_bytes(path.read_bytes() + b"\n")
    second = create_app(settings).inner.state.front
    assert digest_of(first.edition, "catalogue-query", {}) != digest_of(second.edition, "catalogue-query", {})
    assert second.pool._launcher._settings.edition == second.edition

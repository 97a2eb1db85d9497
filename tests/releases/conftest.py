from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from asoen_graph.build.keeping import pack
from asoen_graph.build.pipeline import build_release
from asoen_graph.release import Release
from asoen_graph.resources import RELEASES_VARIABLE

EDITS = {
    "data/sources/lagoon-union-record.yaml": [
        ("agenda-item: {en: State of the reefs}", "agenda-item: {en: State of the mangroves}"),
        ("meeting-status: held", "meeting-status: {value: held, status: disputed, note: The host denies it.}"),
        ("  acronym: LRC\n", ""),
        ("https://example.org/lsoe-12/record", "https://example.org/lsoe-12/minutes"),
        ("{value: port-azure, when: 2024-05/2030}", "{value: port-azure, when: 2024-05/2029}"),
        ("facts:\n", "facts:\n- about: lsoe-13\n  at: page 12\n  theme: zoning\n"),
    ],
    "data/sources/coral-times-azure.yaml": [("vi: Bài viết ghi 9.", "vi: Bài viết ghi số 9.")],
    "data/entities/meeting.yaml": [("en: 11th LSOE,", "en: Eleventh LSOE,"), ("also: [LSOE 12]", "also: [LSOE XII]")],
}
"""What is another in the later release: a value, a status, a fact less, one more, an address, when a fact holds, a
note in one of its languages, a label, another name."""


CHANGELOG = """# Changelog

## 2031.6.0 (2031-06-04)

## 2031.5.0 (2031-05-07)
"""
"""Of the releases below; 2031.4.0 has no day."""


@pytest.fixture(scope="session")
def later_release(lagoon: Path, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The invented world after some curation, and a theme more."""
    root = later_world(lagoon, tmp_path_factory.mktemp("later") / "lagoon")
    return built(root, root.parent / "release", "2031.6.0")


@pytest.fixture(scope="session")
def library(lagoon: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of three kept releases of that world, two of them dated; what was packed stands beside it."""
    base = tmp_path_factory.mktemp("library")
    before = Path(shutil.copytree(lagoon, base / "before"))
    after = later_world(lagoon, base / "after")
    for root, version in ((before, "2031.4.0"), (before, "2031.5.0"), (after, "2031.6.0")):
        (root / "CHANGELOG.md").write_text(CHANGELOG, encoding="utf-8")
        pack(built(root, base / version, version), base / "releases" / version)
    return base / "releases"


def built(root: Path, folder: Path, version: str) -> Release:
    """The release built from a world."""
    build_release(root, folder, version, cache=None, progress=lambda _: None)
    return Release.open(folder)


def later_world(lagoon: Path, target: Path) -> Path:
    """A copy of the world with the edits, and a theme more."""
    root = Path(shutil.copytree(lagoon, target))
    for name, edits in EDITS.items():
        text = (root / name).read_text(encoding="utf-8")
        for old, new in edits:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        (root / name).write_text(text, encoding="utf-8")
    with (root / "data/entities/theme.yaml").open("a", encoding="utf-8") as file:
        file.write("zoning:\n  label: {en: zoning, vi: phân vùng}\n")
    return root


@pytest.fixture
def kept(lagoon_release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of kept releases that holds 2031.5.0, where every reader looks for them."""
    folder = tmp_path / "releases"
    pack(lagoon_release, folder / "2031.5.0")
    monkeypatch.setenv(RELEASES_VARIABLE, str(folder))
    return folder

"""Kept releases: written once, opened like any other."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import asoen_graph
from asoen_graph.build.keeping import check_version, pack, remember
from asoen_graph.cli.main import main
from asoen_graph.errors import ParameterError, ReleaseError
from asoen_graph.release import Release
from asoen_graph.resources import RELEASES_VARIABLE, kept_versions

PROJECT = '[project]\nname = "x"\nversion = "2031.5.0"\n'
CITATION = "cff-version: 1.2.0\nversion: 2031.5.0\nlicense: CC-BY-4.0\n"
CHANGES = "# Changelog\n\n## 2031.5.0 (2031-05-07)\n\n### Facts\n\n- All.\n\n### Code\n\n- All.\n"


@pytest.fixture
def project(lagoon: Path, tmp_path: Path) -> Path:
    """A project that is ready to keep 2031.5.0."""
    root = Path(shutil.copytree(lagoon, tmp_path / "project"))
    (root / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    (root / "CITATION.cff").write_text(CITATION, encoding="utf-8")
    (root / "CHANGELOG.md").write_text(CHANGES, encoding="utf-8")
    return root


def test_a_kept_release_holds_the_same(kept: Path, lagoon_release: Release) -> None:
    found = Release.open(kept / "2031.5.0")
    found.verify()
    assert found.manifest == lagoon_release.manifest
    assert found.places == lagoon_release.places
    assert len(found.store()) == len(lagoon_release.store())
    for name in lagoon_release.manifest.files:
        assert found.read(name) == lagoon_release.read(name)


def test_it_is_much_smaller_and_its_bytes_do_not_vary(kept: Path, lagoon_release: Release, tmp_path: Path) -> None:
    pack(lagoon_release, tmp_path / "again")
    files = {path.name: path.read_bytes() for path in (kept / "2031.5.0").iterdir()}
    assert files == {path.name: path.read_bytes() for path in (tmp_path / "again").iterdir()}
    assert set(files) == {"manifest.json", "asoen.nq.xz", "places.tsv.xz", "description.ttl.xz"}
    assert sum(map(len, files.values())) < sum(f.bytes for f in lagoon_release.manifest.files.values()) / 10


def test_every_reader_opens_it_by_its_version(kept: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert asoen_graph.load(release="2031.5.0").entity("coralia").label == "Coralia"
    assert main(["query", "--release", "2031.5.0", "-f", "csv", "-e", "ASK { id:lsoe-12 asoen:ordinal 12 }"]) == 0
    assert b"true" in capfdbinary.readouterr().out
    assert main(["export", "--release", "2031.5.0", "-f", "trig"]) == 0
    assert capfdbinary.readouterr().out == Release.open(kept / "2031.5.0").read("asoen.trig")
    assert main(["show", "coralia", "--release", "2031.5.0"]) == 0


def test_a_version_that_is_not_kept_names_those_that_are(kept: Path) -> None:
    with pytest.raises(ReleaseError) as caught:
        asoen_graph.load(release="2031.4.0")
    assert "2031.5.0" in caught.value.hint


def test_versions_come_in_their_order(kept: Path, lagoon_release: Release) -> None:
    for version in ("2031.10.0", "2031.5.10", "2031.5.9"):
        pack(lagoon_release, kept / version)
    (kept / "notes").mkdir()
    assert kept_versions() == ["2031.5.0", "2031.5.9", "2031.5.10", "2031.10.0"]


@pytest.mark.parametrize("name", ["asoen.nq.xz", "places.tsv.xz"])
@pytest.mark.parametrize("damage", ["cut", "changed"])
def test_a_damaged_file_is_noticed(name: str, damage: str, kept: Path) -> None:
    path = kept / "2031.5.0" / name
    content = path.read_bytes()
    middle = len(content) // 2
    path.write_bytes(content[:middle] if damage == "cut" else content[:middle] + b"????" + content[middle + 4 :])
    with pytest.raises(ReleaseError, match=r"cannot be read.*broken|cannot be read"):
        Release.open(kept / "2031.5.0").verify()


def test_a_damaged_graph_is_noticed_on_loading(kept: Path) -> None:
    path = kept / "2031.5.0" / "asoen.nq.xz"
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(ReleaseError, match="cannot be read"):
        Release.open(kept / "2031.5.0").store()


def test_a_missing_file_is_noticed_on_opening(kept: Path) -> None:
    (kept / "2031.5.0" / "places.tsv.xz").unlink()
    with pytest.raises(ReleaseError, match=r"places\.tsv is missing"):
        Release.open(kept / "2031.5.0")


def test_the_command_keeps_and_never_overwrites(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["release", "2031.5.0", "--root", str(project)]) == 0
    assert "quads in" in capsys.readouterr().out
    folder = project / "releases" / "2031.5.0"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert Release.open(folder).read("description.ttl").decode().count('"2031-05-07"^^xsd:date') == 2
    assert main(["release", "2031.5.0", "--root", str(project)]) == 2
    assert "never changes" in capsys.readouterr().err
    assert before == {path.name: path.read_bytes() for path in folder.iterdir()}


def test_nothing_is_kept_of_wrong_data(project: Path) -> None:
    with (project / "data/entities/theme.yaml").open("a", encoding="utf-8") as file:
        file.write("zoning:\n  colour: blue\n")
    assert main(["release", "2031.5.0", "--root", str(project)]) == 1
    assert not (project / "releases").exists()


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("pyproject.toml", PROJECT.replace("5.0", "4.0"), r"pyproject\.toml says 2031\.4\.0"),
        ("CITATION.cff", CITATION.replace("5.0", "4.0"), r"CITATION\.cff names another"),
        ("CHANGELOG.md", CHANGES.replace("2031.5.0", "2031.4.0"), "does not begin with"),
        ("CHANGELOG.md", CHANGES.replace(" (2031-05-07)", ""), "has no day"),
        ("CHANGELOG.md", CHANGES.replace("### Facts\n\n- All.\n", "### Facts\n"), "says nothing under Facts"),
        ("CHANGELOG.md", CHANGES.replace("### Code", "### Bugs"), "says nothing under Code"),
    ],
)
def test_a_version_that_is_not_in_order(project: Path, file: str, text: str, message: str) -> None:
    check_version(project, "2031.5.0")
    (project / file).write_text(text, encoding="utf-8")
    with pytest.raises(ParameterError, match=message):
        check_version(project, "2031.5.0")


@pytest.mark.parametrize("version", ["", "1.0", "v2031.5.0", "../2031.5.0"])
def test_what_is_no_version(project: Path, version: str) -> None:
    with pytest.raises(ParameterError, match="is no version"):
        check_version(project, version)


def test_without_kept_releases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(RELEASES_VARIABLE, str(tmp_path / "none"))
    assert kept_versions() == []
    with pytest.raises(ReleaseError, match=r"no kept release 2031\.5\.0"):
        asoen_graph.load(release="2031.5.0")


def test_what_a_kept_release_names_is_remembered(project: Path, lagoon_release: Release) -> None:
    path = project / "data/released.txt"
    path.write_text("old-name\n", encoding="utf-8")
    remember(lagoon_release, path)
    names = path.read_text(encoding="utf-8").split()
    assert names == sorted(names)
    assert {"old-name", "coralia", "lsoe-12", "source/tide-news", "source/lagoon-union-record"} & set(names) == {
        "old-name",
        "coralia",
        "lsoe-12",
        "source/lagoon-union-record",
    }
    assert not [name for name in names if name.startswith("participation-")]

"""What each release is called, and how it is cited."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from asoen_graph.release import MANIFEST_FILE, Release
from asoen_graph.resources import checkout
from asoen_graph.server.archive import Archive, UnknownRelease
from asoen_graph.server.citation import AUTHOR, TITLE, citation, header_safe


def names(archive: Archive) -> list[str]:
    return [volume.name for volume in archive.volumes]


def test_a_present_release_that_is_kept_is_one_of_the_kept(library: Path) -> None:
    archive = Archive(library.parent / "2031.6.0", library)
    assert names(archive) == ["2031.4.0", "2031.5.0", "2031.6.0"]
    assert [volume.day for volume in archive.volumes] == [None, date(2031, 5, 7), date(2031, 6, 4)]
    present = archive.present
    assert present == archive.find("2031.6.0") == archive.volumes[-1]
    assert present.is_kept
    assert present.is_present
    assert present.folder == library.parent / "2031.6.0"
    assert present.files == library / "2031.6.0"


def test_one_that_is_not_kept_is_called_by_its_content(library: Path, tmp_path: Path) -> None:
    kept = Path(shutil.copytree(library, tmp_path / "releases"))
    aside = kept / "2031.6.0"
    aside.rename(tmp_path / "aside")
    archive = Archive(library.parent / "2031.6.0", kept)
    draft = f"2031.6.0-{archive.present.manifest.hash[:8]}"
    assert names(archive) == ["2031.4.0", "2031.5.0", draft]
    assert not archive.present.is_kept
    assert archive.find("2031.6.0").name == draft == archive.find(draft).name
    # Kept while the server runs: what was called by its content leads there.
    (tmp_path / "aside").rename(aside)
    assert names(archive) == ["2031.4.0", "2031.5.0", "2031.6.0"]
    assert archive.find(draft).name == "2031.6.0"


def test_one_that_differs_from_the_kept_one_of_its_version(library: Path, tmp_path: Path) -> None:
    changed = Path(shutil.copytree(library.parent / "2031.6.0", tmp_path / "release"))
    manifest = Release.open(changed).manifest._replace(hash="ab" * 32)
    (changed / MANIFEST_FILE).write_text(manifest.to_json(), encoding="utf-8")
    archive = Archive(changed, library)
    assert names(archive) == ["2031.4.0", "2031.5.0", "2031.6.0", "2031.6.0-abababab"]
    assert archive.present.name == "2031.6.0-abababab"
    assert not archive.find("2031.6.0").is_present


def test_an_unknown_release_names_the_nearest_and_the_list(library: Path) -> None:
    archive = Archive(library.parent / "2031.6.0", library)
    with pytest.raises(UnknownRelease) as caught:
        archive.find("2031.5.1")
    assert "2031.5.0" in caught.value.nearest
    assert caught.value.available == ("2031.4.0", "2031.5.0", "2031.6.0")
    assert "/releases" in caught.value.hint
    for name in ("", "..", "2031.6.0-00000000", "x" * 5000):
        with pytest.raises(UnknownRelease):
            archive.find(name)


def test_a_broken_one_is_left_out(library: Path, tmp_path: Path) -> None:
    kept = Path(shutil.copytree(library, tmp_path / "releases"))
    (kept / "2031.5.0" / "asoen.nq.xz").unlink()
    (kept / "notes").mkdir()
    assert names(Archive(library.parent / "2031.6.0", kept)) == ["2031.4.0", "2031.6.0"]


def test_without_kept_releases(library: Path, tmp_path: Path) -> None:
    archive = Archive(library.parent / "2031.5.0", tmp_path / "none")
    assert names(archive) == [archive.present.name]
    assert archive.present.name.startswith("2031.5.0-")


def test_the_citation_is_that_of_the_project() -> None:
    told = yaml.safe_load((checkout() / "CITATION.cff").read_text(encoding="utf-8"))
    assert [author["name"] for author in told["authors"]] == [AUTHOR["en"]]
    assert told["title"] == TITLE["en"]


def test_it_names_the_release(library: Path) -> None:
    older, newer = (Archive(library.parent / "2031.6.0", library).find(name) for name in ("2031.4.0", "2031.6.0"))
    assert citation(newer, "en") == (
        "The asoen_graph maintainers (2031): asoen_graph: the open knowledge graph of ASEAN environmental "
        "cooperation. Release 2031.6.0 of 2031-06-04, CC BY 4.0."
    )
    assert citation(newer, "vi").startswith("Nhóm duy trì asoen_graph (2031): ")
    assert "Bản phát hành 2031.6.0 ngày 2031-06-04" in citation(newer, "vi")
    assert citation(older, "en").endswith("Release 2031.4.0, CC BY 4.0.")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_safe_in_a_header_and_can_be_read_back(text: str) -> None:
    written = header_safe(text, "vi")
    assert written.isascii()
    assert written.isprintable()
    assert (unquote(written.removeprefix("UTF-8'vi'")) if written != text else written) == text

"""Writing releases and opening them again."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import Store

from asoen_graph.build import pipeline, writer
from asoen_graph.build.pipeline import Draft, assemble, build_release
from asoen_graph.build.writer import render, write_release
from asoen_graph.errors import CurationError, ParameterError, ReleaseError
from asoen_graph.iris import FACT, TERM
from asoen_graph.release import Counts, Manifest, Release

from .worlds import LAGOON, TINY, World

NOTHING = Counts(0, {}, 0, 0, {}, {}, 0, 0, 0, 0)
FILES = {"asoen.nq", "asoen.trig", "places.tsv", "description.ttl", "manifest.json"}


def build(root: Path, output: Path, version: str = "2031.5.0") -> Manifest:
    return build_release(root, output, version, cache=None, progress=lambda _: None)


@pytest.fixture
def release(tiny_release: Path, tmp_path: Path) -> Path:
    """A release of the tiny world to do with as one likes."""
    return Path(shutil.copytree(tiny_release, tmp_path / "release"))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_manifest_counts_what_is_there(release: Path, tiny_draft: Draft) -> None:
    store = assemble(tiny_draft)
    manifest = Release.open(release).manifest
    counts = manifest.counts
    assert (manifest.name, manifest.version, manifest.license) == ("asoen_graph", "2031.5.0", "CC-BY-4.0")
    assert (counts.entities, counts.relations, counts.sources, counts.facts) == (5, 1, 1, 8)
    assert counts.entities_by_class == {
        "meeting": 1,
        "meeting-series": 1,
        "member-state": 1,
        "participation": 1,
        "publisher": 1,
        "theme": 1,
    }
    assert counts.facts_by_source == {"dune-report": 8}
    assert counts.facts_by_status == {"accepted": 7, "disputed": 1}
    (row,) = store.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    assert counts.default_graph == int(row["n"].value)
    assert counts.quads == len(store)
    (row,) = store.query("SELECT (COUNT(*) AS ?n) WHERE { GRAPH <https://w3id.org/asoen/graph/inferred> { ?s ?p ?o } }")
    assert counts.inferred == int(row["n"].value)


def test_the_manifest_describes_its_files(release: Path) -> None:
    found = json.loads((release / "manifest.json").read_text(encoding="utf-8"))
    assert {path.name for path in release.iterdir()} == FILES == {*found["files"], "manifest.json"}
    lines = ""
    for name in sorted(found["files"]):
        content = (release / name).read_bytes()
        sha256 = hashlib.sha256(content).hexdigest()
        assert found["files"][name] == {"sha256": sha256, "bytes": len(content)}
        lines += f"{sha256}  {name}\n" if name != "description.ttl" else ""
    assert found["hash"] == hashlib.sha256(lines.encode()).hexdigest()


def test_quads_are_sorted_by_their_bytes_and_none_stands_twice(release: Path) -> None:
    lines = (release / "asoen.nq").read_bytes().splitlines()
    assert lines == sorted(set(lines))


def test_the_version_changes_manifest_and_description_only(tmp_path: Path) -> None:
    old, new = build(TINY, tmp_path / "old", "1"), build(TINY, tmp_path / "new", "2")
    assert (old.hash, old.counts) == (new.hash, new.counts)
    assert {name for name in old.files if old.files[name] != new.files[name]} == {"description.ttl"}
    assert (old.version, new.version) == ("1", "2")


@pytest.mark.parametrize("seed", ["0", "1", "4242"])
def test_the_same_data_give_the_same_bytes(seed: str, release: Path, tmp_path: Path) -> None:
    """In another process, from another folder, with another order of sets and another name of the root."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "root").symlink_to(TINY)
    code = (
        "import sys; from pathlib import Path; from asoen_graph.build.pipeline import build_release; "
        "build_release(Path('root'), Path('out'), '2031.5.0', cache=None, progress=lambda _: None)"
    )
    subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path / "elsewhere",
        env={**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Ho_Chi_Minh", "LC_ALL": "C"},
        check=True,
    )
    assert contents(tmp_path / "elsewhere" / "out") == contents(release)


def test_every_fact_has_its_place(release: Path, tiny_draft: Draft) -> None:
    places = Release.open(release).places
    assert places.keys() == {FACT + name for name in tiny_draft.compilation.facts}
    ordinal = next(n for n, f in tiny_draft.compilation.facts.items() if f.property == TERM + "ordinal")
    assert places[FACT + ordinal] == "data/sources/dune-report.yaml:9"
    assert (TINY / "data/sources/dune-report.yaml").read_text(encoding="utf-8").splitlines()[8] == "  ordinal: 7"


def test_a_release_is_read_once_and_knows_its_ontology(release: Path) -> None:
    opened = Release.open(release)
    assert isinstance(opened.store(), Store)
    assert opened.store() is opened.store()
    assert len(opened.store()) == opened.manifest.counts.quads
    assert opened.vocabulary.classes["meeting"].label("vi")
    assert opened.vocabulary is opened.vocabulary
    opened.verify()


def test_a_folder_without_a_manifest_is_no_release(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="asoen build"):
        Release.open(tmp_path)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"name": "x"}', "\udcff"])
def test_a_manifest_that_cannot_be_read(text: str, release: Path) -> None:
    (release / "manifest.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(ReleaseError, match="release"):
        Release.open(release)


def test_a_missing_file_is_noticed_on_opening(release: Path) -> None:
    (release / "places.tsv").unlink()
    with pytest.raises(ReleaseError, match=r"places\.tsv is missing"):
        Release.open(release)


def test_a_cut_file_is_noticed_on_opening(release: Path) -> None:
    quads = (release / "asoen.nq").read_bytes()
    (release / "asoen.nq").write_bytes(quads[:-1])
    with pytest.raises(ReleaseError, match=r"asoen\.nq is missing or not what"):
        Release.open(release)


def test_a_changed_file_is_noticed_on_verifying(release: Path) -> None:
    quads = (release / "asoen.nq").read_bytes()
    (release / "asoen.nq").write_bytes(quads.replace(b'"7"', b'"8"'))
    with pytest.raises(ReleaseError, match=r"asoen\.nq is not what"):
        Release.open(release).verify()


def test_a_changed_hash_is_noticed_on_verifying(release: Path) -> None:
    manifest = json.loads((release / "manifest.json").read_text(encoding="utf-8"))
    manifest["hash"] = "0" * 64
    (release / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(ReleaseError, match="hash"):
        Release.open(release).verify()


def test_quads_that_are_none_are_noticed_on_loading(release: Path) -> None:
    quads = (release / "asoen.nq").read_bytes()
    (release / "asoen.nq").write_bytes(b"x" * len(quads))
    opened = Release.open(release)
    for _ in range(2):
        with pytest.raises(ReleaseError, match=r"asoen\.nq cannot be read"):
            opened.store()


def test_problems_leave_the_old_release(release: Path, world: World) -> None:
    before = contents(release)
    root = world({"entities/theme.yaml": "tides:\n  label: {en: tides}\n  colour: blue\n"})
    with pytest.raises(CurationError) as caught:
        build(root, release)
    assert {problem.place.path for problem in caught.value.problems} == {"data/entities/theme.yaml"}
    assert contents(release) == before


def test_problems_of_curation_and_of_shapes_come_together(release: Path, world: World) -> None:
    root = world(
        {
            "entities/theme.yaml": "tides:\n  label: {en: tides}\n  colour: blue\n",
            "entities/award-edition.yaml": "prize-1:\n  label: {en: 1st Prize}\n",
            "sources/report.yaml": (
                "title: {en: R}\nurl: https://example.org/r\nlanguage: en\npublished: 2031\nfacts:\n"
                "- about: prize-1\n  at: paragraph 1\n  theme: tides\n"
            ),
        }
    )
    with pytest.raises(CurationError) as caught:
        build(root, release)
    found = {(each.place.path, each.code) for each in caught.value.problems}
    assert ("data/entities/award-edition.yaml", "shape") in found
    assert {path for path, code in found if code != "shape"} == {"data/entities/theme.yaml"}


@pytest.mark.parametrize("failing", ["asoen.nq", "manifest.json"])
def test_an_interrupted_build_leaves_the_old_release(
    failing: str, release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(release)
    write_bytes = Path.write_bytes

    def interrupted(path: Path, content: bytes) -> int:
        if path.name == failing:
            write_bytes(path, content[:10])
            raise KeyboardInterrupt
        return write_bytes(path, content)

    monkeypatch.setattr(Path, "write_bytes", interrupted)
    with pytest.raises(KeyboardInterrupt):
        build(LAGOON, release)
    assert contents(release) == before
    assert [path.name for path in release.parent.iterdir()] == ["release"]


def test_a_release_that_cannot_be_put_in_place_gives_way_to_the_old_one(
    release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(release)
    replace = Path.replace

    def refuse(path: Path, target: Path) -> Path:
        if path.suffix == ".new":
            raise OSError(errno.ENOSPC, "No space left on device")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(ParameterError, match="No space left"):
        write_release(release, {"asoen.nq": b""}, NOTHING, "1")
    assert contents(release) == before
    assert [path.name for path in release.parent.iterdir()] == ["release"]


def test_an_old_release_is_replaced_whole(release: Path) -> None:
    (release / "left-over.txt").write_text("from an older version", encoding="utf-8")
    build(LAGOON, release)
    assert {path.name for path in release.iterdir()} == FILES
    assert Release.open(release).manifest.counts.facts == len(Release.open(release).places)
    assert [path.name for path in release.parent.iterdir()] == ["release"]


def test_what_is_no_release_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    for output in (tmp_path, tmp_path / "thesis.txt"):
        with pytest.raises(ParameterError, match="is no release"):
            build(TINY, output)
    assert contents(tmp_path) == {"thesis.txt": b"years of work"}


@pytest.mark.parametrize("text", ['{"name": "a web page"}', "[]", "x"])
def test_a_manifest_of_something_else_is_no_release(text: str, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(ParameterError, match="is no release"):
        build(TINY, tmp_path)


def test_a_link_to_a_release_stays_a_link(release: Path, tmp_path: Path) -> None:
    link = tmp_path / "latest"
    link.symlink_to(release)
    build(LAGOON, link)
    assert link.is_symlink()
    assert Release.open(release).manifest == Release.open(link).manifest
    assert {path.name for path in tmp_path.iterdir()} == {"release", "latest"}


def test_an_empty_folder_and_a_new_one_may_be_written_to(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for output in (tmp_path / "empty", tmp_path / "new" / "folder"):
        build(TINY, output)
        assert {path.name for path in output.iterdir()} == FILES


def test_trig_holds_the_same_quads_graph_by_graph(tiny_draft: Draft) -> None:
    text = render(assemble(tiny_draft), {})["asoen.trig"].decode()
    names = [line.split()[0] for line in text.splitlines() if line.endswith("{")]
    assert len(names) == len(set(names))
    assert names[-1] == "<https://w3id.org/asoen/ontology>"
    prefixes = [line for line in text.splitlines() if line.startswith("@prefix")]
    assert prefixes == sorted(prefixes)
    assert len(prefixes) == 18


def test_progress_names_the_steps_in_order(tmp_path: Path) -> None:
    steps: list[str] = []
    build_release(TINY, tmp_path / "release", "1", cache=None, progress=steps.append)
    assert [step.split()[0].strip(",") for step in steps] == ["reading", "compiling", "validating", "writing"]
    assert (pipeline.__name__, writer.NAME) == ("asoen_graph.build.pipeline", "asoen_graph")

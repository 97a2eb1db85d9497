"""The wheel carries ontology, queries and a release of the curated data, and reads them outside the checkout."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from asoen_graph.release import Manifest
from asoen_graph.resources import checkout

from .worlds import TINY


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this code with the tiny world for its data, built from the source archive of it."""
    folder = tmp_path_factory.mktemp("wheel")
    project = folder / "project"
    ignored = shutil.ignore_patterns("__pycache__", "node_modules")
    for name in ("src", "ontology", "queries", "web"):
        shutil.copytree(checkout() / name, project / name, ignore=ignored)
    for name in ("pyproject.toml", "hatch_build.py", "README.md", ".gitignore"):
        shutil.copy(checkout() / name, project)
    shutil.copytree(TINY / "data", project / "data")
    hatchling = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    subprocess.run([*hatchling, "-t", "sdist"], cwd=project, check=True, capture_output=True)
    (archive,) = folder.glob("*.tar.gz")
    shutil.unpack_archive(archive, folder / "unpacked")
    (unpacked,) = (folder / "unpacked").iterdir()
    subprocess.run([*hatchling, "-t", "wheel"], cwd=unpacked, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_code_ontology_queries_and_release(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    packaged = {
        path.relative_to(checkout() / "src").as_posix() for path in (checkout() / "src" / "asoen_graph").rglob("*.py")
    }
    assert names >= packaged
    bundled = {name.removeprefix("asoen_graph/bundle/") for name in names if "/bundle/" in name}
    assert {name for name in bundled if name.startswith("release/")} == {
        f"release/{name}" for name in ("asoen.nq", "asoen.trig", "description.ttl", "manifest.json", "places.tsv")
    }
    entries = json.loads(zipfile.ZipFile(wheel).read("asoen_graph/bundle/web/manifest.json"))["entries"]
    assert {"site.js", "site.css"} <= entries.keys()
    assert {f"web/{name}" for name in entries.values()} <= bundled
    assert bundled >= {"ontology/asoen.ttl", "ontology/shapes.ttl", "ontology/constraints.ttl"}
    queries = {f"queries/{p.relative_to(checkout() / 'queries')}" for p in (checkout() / "queries").rglob("*.rq")}
    assert bundled >= queries


def test_the_release_of_the_wheel_is_read_outside_the_checkout(wheel: Path, tiny_release: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    code = (
        "from asoen_graph.release import Release; from asoen_graph.resources import release_folder; "
        "release = Release.open(release_folder()); release.verify(); print(release.folder, release.manifest.hash)"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    environment.pop("ASOEN_RELEASE", None)
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, check=True, capture_output=True, text=True
    )
    expected = Manifest.from_json((tiny_release / "manifest.json").read_text(encoding="utf-8")).hash
    assert run.stdout.split() == [str(tmp_path / "site" / "asoen_graph" / "bundle" / "release"), expected]


def test_problems_of_the_data_stop_the_wheel(wheel: Path, tmp_path: Path) -> None:
    (unpacked,) = (wheel.parent / "unpacked").iterdir()
    project = Path(shutil.copytree(unpacked, tmp_path / "project"))
    (project / "data" / "entities" / "theme.yaml").write_text("tides:\n  colour: blue\n", encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "out")],
        cwd=project,
        check=False,
        capture_output=True,
        text=True,
    )
    assert run.returncode != 0
    assert "data/entities/theme.yaml:2:" in run.stdout + run.stderr
    assert not list(tmp_path.glob("out/*.whl"))

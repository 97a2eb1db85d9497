"""``asoen build`` and ``asoen export`` as people type them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import RdfFormat, parse

from asoen_graph.cli.main import main
from asoen_graph.release import Release

from .worlds import LAGOON, TINY, World


def test_build_tells_steps_and_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--root", str(TINY), "-o", str(tmp_path / "release")]) == 0
    captured = capsys.readouterr()
    assert "s  compiling 8 facts\n" in captured.err
    lines = captured.out.splitlines()
    manifest = Release.open(tmp_path / "release").manifest
    assert lines[:2] == [
        "5 entities, 1 relation nodes, 1 sources",
        f"8 facts (7 accepted, 1 disputed), {manifest.counts.inferred} inferred triples",
    ]
    assert lines[-1].endswith(f"{manifest.version}, {manifest.hash[:16]}")


def test_build_shows_every_problem_and_returns_1(
    tmp_path: Path, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    root = world(
        {
            "entities/theme.yaml": "tides:\n  label: {en: tides}\n  colour: blue\n",
            "sources/report.yaml": "title: {en: R}\nlanguage: en\npublished: 2031\nfacts: []\nwidth: 3\n",
        }
    )
    assert main(["build", "--root", str(root), "-o", str(tmp_path / "release")]) == 1
    shown = capsys.readouterr().err
    assert "data/entities/theme.yaml:3:" in shown
    assert "data/sources/report.yaml:5:" in shown
    assert not (tmp_path / "release").exists()


def test_build_into_something_else_returns_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    assert main(["build", "--root", str(TINY), "-o", str(tmp_path)]) == 2
    assert "is no release" in capsys.readouterr().err


@pytest.mark.parametrize(("name", "reader"), [("ttl", "turtle"), ("nt", "nt"), ("jsonld", "json-ld"), ("xml", "xml")])
def test_formats_of_triples_hold_the_default_graph(
    name: str, reader: str, lagoon_release: Release, tmp_path: Path
) -> None:
    target = tmp_path / "export"
    assert main(["export", "-f", name, "-o", str(target), "--release", str(lagoon_release.folder)]) == 0
    graph = rdflib.Graph().parse(target, format=reader)
    assert len(graph) == lagoon_release.manifest.counts.default_graph
    assert [path.name for path in tmp_path.iterdir()] == ["export"]


@pytest.mark.parametrize(("name", "rdf_format"), [("nq", RdfFormat.N_QUADS), ("trig", RdfFormat.TRIG)])
def test_formats_of_quads_hold_everything(
    name: str, rdf_format: RdfFormat, lagoon_release: Release, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["export", "-f", name, "--release", str(lagoon_release.folder)]) == 0
    quads = list(parse(capfdbinary.readouterr().out, format=rdf_format))
    assert len(quads) == len(set(quads)) == lagoon_release.manifest.counts.quads


@pytest.mark.parametrize(
    ("file", "start"),
    [
        ("x.ttl", b"@prefix asoen:"),
        ("x.rdf", b"<?xml"),
        ("x.json", b"["),
        ("x.data", b"<http"),
        ("x.trig", b"@prefix"),
    ],
)
def test_the_ending_of_the_file_names_the_format(
    file: str, start: bytes, lagoon_release: Release, tmp_path: Path
) -> None:
    assert main(["export", "-o", str(tmp_path / file), "--release", str(lagoon_release.folder)]) == 0
    assert (tmp_path / file).read_bytes().startswith(start)


@pytest.mark.parametrize("name", ["ttl", "xml"])
def test_exports_do_not_vary(name: str, lagoon_release: Release, tmp_path: Path) -> None:
    for file in ("one", "two"):
        assert main(["export", "-f", name, "-o", str(tmp_path / file), "--release", str(lagoon_release.folder)]) == 0
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_json_ld_is_json(lagoon_release: Release, tmp_path: Path) -> None:
    main(["export", "-f", "jsonld", "-o", str(tmp_path / "x"), "--release", str(lagoon_release.folder)])
    nodes = json.loads((tmp_path / "x").read_text(encoding="utf-8"))
    assert len(nodes) == len({node["@id"] for node in nodes}) > len(list(LAGOON.rglob("*.yaml")))


def test_a_file_that_cannot_be_written_returns_2(
    lagoon_release: Release, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "-o", str(tmp_path / "no" / "x.nq"), "--release", str(lagoon_release.folder)]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_export_without_a_release_returns_4(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--release", str(tmp_path)]) == 4
    assert "asoen build" in capsys.readouterr().err

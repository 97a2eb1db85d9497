"""What is wrong is said in words that help, and an empty network is a file in every form."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.network.mistakes import EMPTY, LINES, MISTAKES, Mistake

from asoen_graph.cli.main import main
from asoen_graph.network.formats import FORMATS, write
from asoen_graph.network.model import Network
from asoen_graph.release import Release

Project = Callable[..., Network]


@pytest.fixture(autouse=True)
def _release(lagoon_release: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASOEN_RELEASE", str(lagoon_release.folder))


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_and_nothing_written(
    mistake: Mistake, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    dates = [word for name, date in mistake.dates.items() for word in (f"--{name}", date)]
    path = tmp_path / "a.svg"
    assert main(["network", "-e", mistake.query, *dates, "-o", str(path)]) == 2
    said = capsys.readouterr().err
    for words in mistake.says:
        assert words in said
    assert not path.exists()


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize(("query", "notes"), EMPTY.values(), ids=EMPTY)
def test_an_empty_network_is_a_file_with_notes(
    query: str, notes: tuple[str, ...], format_: str, project: Project
) -> None:
    network = project(query)
    assert network.notes == ("The query found no links.", *notes)
    written = write(network, format_)
    assert written
    # A table of links has no place for a sentence; the command line says it beside.
    if format_ in ("svg", "json", "graphml", "gexf"):
        text = " ".join(" ".join(ElementTree.fromstring(written).itertext()).split()) if b"<" in written[:9] else ""
        said = f"{text} {written.decode()}"
        for note in network.notes:
            assert all(word in said for word in note.split()), note


def test_an_empty_table_has_its_heading_alone(project: Project) -> None:
    rows = list(csv.reader(io.StringIO(write(project(EMPTY["an empty answer"][0]), "csv").decode("utf-8-sig"))))
    assert len(rows) == 1
    assert rows[0][:2] == ["source", "target"]


def test_the_command_says_why_the_network_is_empty(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["network", "-e", EMPTY["a class without an instance"][0], "--lang", "vi"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["edges"] == []
    assert "Truy vấn không tìm thấy liên kết nào." in said.err
    assert "Dữ liệu không có đối tượng nào thuộc lớp quy chế" in said.err


def test_a_mistyped_name_in_a_file_with_a_header_is_a_note(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "own.rq"
    header = "".join(f"#+ {key}: {{en: A, vi: B}}\n" for key in ("title", "description")) + "#+ group: who\n"
    path.write_text(header + MISTAKES["no such property"].query, encoding="utf-8")
    assert main(["network", str(path)]) == 0
    assert "The query found no links.\nThe data have no asoen:reportTo.\n" in capsys.readouterr().err


def test_a_mistyped_name_beside_links_is_a_note(project: Project) -> None:
    network = project(LINES.replace("}", "} VALUES ?upper { id:nobody }"))
    assert network.edges
    assert network.notes == ("The data have no id:nobody.",)


@pytest.mark.parametrize("count", [1, 2])
def test_facts_that_are_not_there_are_counted(project: Project, count: int) -> None:
    facts = " ".join(f"https://w3id.org/asoen/fact/{number:016x}" for number in range(count))
    network = project(f'SELECT ?source ?target ?facts {{ ?source asoen:reportsTo ?target BIND("{facts}" AS ?facts) }}')
    (edge, *_) = network.edges
    assert (len(edge.facts), edge.citations) == (count, ())
    word = "1 fact named as evidence is" if count == 1 else "2 facts named as evidence are"
    assert network.notes == (f"{word} not in the data.",)
    assert word in write(network, "svg").decode()

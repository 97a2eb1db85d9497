from __future__ import annotations

import json
from pathlib import Path
from typing import BinaryIO

import pytest
from tests.network.conftest import ALL_NAMES

from asoen_graph.cli.main import main
from asoen_graph.cli.output import stream_output
from asoen_graph.errors import NetworkError
from asoen_graph.network.formats import mermaid
from asoen_graph.release import Release


@pytest.fixture(autouse=True)
def _release(lagoon_release: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASOEN_RELEASE", str(lagoon_release.folder))


def test_without_a_name_the_networks_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["network", "--lang", "vi"]) == 0
    listed = {line.split("  ")[0].strip(): line for line in capsys.readouterr().out.splitlines()}
    assert set(ALL_NAMES) == set(listed)
    assert "Ai hợp tác với ai" in listed["who-works-with-whom"]


def test_on_a_pipe_it_is_json(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["network", "partners-met-together"]) == 0
    document = json.loads(capsysbinary.readouterr().out)
    assert len(document["edges"]) == 6
    assert document["graph"]["release"].endswith("2031.5.0")


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("a.pdf", b"%PDF-1.7"),
        ("a.png", b"\x89PNG"),
        ("a.svg", b"<?xml"),
        ("a.graphml", b"<?xml"),
        ("a.gexf", b"<?xml"),
        ("a.csv", b"source,"),
        ("a.nodes.csv", b"id,"),
        ("a.xlsx", b"PK"),
        ("a.dot", b"graph"),
        ("a.net", b"\xef\xbb\xbf% name: partners-met-together"),
        ("a.cyjs", b'{\n"format_version"'),
        ("a.graphology.json", b'{\n"options"'),
        ("a.mmd", b"---\ntitle:"),
        ("a.ttl", b"@prefix"),
    ],
)
def test_the_extension_says_the_format(tmp_path: Path, name: str, start: bytes) -> None:
    assert main(["network", "partners-met-together", "--at", "2031", "-o", str(tmp_path / name)]) == 0
    assert (tmp_path / name).read_bytes().startswith(start)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_paper_and_dots_are_as_asked_for(tmp_path: Path) -> None:
    widths = []
    for words in (["--dpi", "72"], ["--dpi", "144"], ["--dpi", "72", "--paper", "a5"]):
        path = tmp_path / "a.png"
        assert main(["network", "partners-met-together", "-o", str(path), "--size", "strength", *words]) == 0
        widths.append(int.from_bytes(path.read_bytes()[16:20], "big"))
    assert widths[1] == pytest.approx(2 * widths[0], abs=1)
    assert widths[2] < widths[0]


def test_the_layout_is_as_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spring, circle = tmp_path / "spring.svg", tmp_path / "circle.svg"
    assert main(["network", "partners-met-together", "-o", str(circle)]) == 0
    assert main(["network", "partners-met-together", "--layout", "spring", "-o", str(spring)]) == 0
    assert circle.read_bytes() != spring.read_bytes()
    with pytest.raises(SystemExit):
        main(["network", "partners-met-together", "--layout", "round"])
    assert "'spring', 'layered', 'circle'" in capsys.readouterr().err


def test_the_format_may_be_named(tmp_path: Path) -> None:
    path = tmp_path / "network.xml"
    assert main(["network", "reporting-lines", "-f", "gexf", "-o", str(path)]) == 0
    assert b"<gexf" in path.read_bytes()


def test_a_query_may_come_from_a_file_or_as_text(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    text = "SELECT ?source ?target { ?source asoen:memberOf ?target }"
    path = tmp_path / "members.rq"
    path.write_text(text, encoding="utf-8")
    answers = []
    for words in (["-e", text], [str(path)]):
        assert main(["network", *words]) == 0
        answers.append(capsysbinary.readouterr().out)
    assert answers[0] == answers[1]
    assert json.loads(answers[0])["edges"][0]["target"] == "lagoon-union"


def test_a_text_may_be_given_a_title(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    text = "SELECT ?source ?target { ?source asoen:memberOf ?target }"
    assert main(["network", "-e", text, "--title", "Thành viên & nhóm", "-f", "svg"]) == 0
    assert "Thành viên &amp; nhóm</title>" in capsysbinary.readouterr().out.decode()


def test_a_file_with_a_header_takes_parameters(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    path = tmp_path / "lines.rq"
    path.write_text(
        """#+ title: {en: Lines, vi: Đường}
#+ description: {en: Lines., vi: Đường.}
#+ group: who
#+ network: {directed: false}
#+ params:
#+   body: {type: entity, class: organisation, description: {en: A body., vi: Cơ quan.}}
PREFIX asoen: <https://w3id.org/asoen/ontology#>
PREFIX id: <https://w3id.org/asoen/id/>
SELECT ?source ?target { VALUES ?source { id:turtle-working-group } ?source asoen:reportsTo ?target }
""",
        encoding="utf-8",
    )
    # The variable of the parameter is called as its block is.
    path.write_text(path.read_text(encoding="utf-8").replace("body:", "source:"), encoding="utf-8")
    assert main(["network", str(path), "-p", "source=reef-working-group"]) == 0
    document = json.loads(capsysbinary.readouterr().out)
    assert {node["id"] for node in document["nodes"]} == {"reef-working-group", "lagoon-senior-officials"}
    assert document["directed"] is False


def test_the_strongest_are_chosen_and_said_to_be(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    assert main(["network", "partners-met-together", "--top", "3", "-o", str(path)]) == 0
    document = json.loads(path.read_text(encoding="utf-8"))
    assert {node["id"] for node in document["nodes"]} == {"coralia", "mangrovia", "palmyria"}
    assert document["graph"]["notes"] == "Only 3 of 4 nodes are shown: those whose links together weigh most."
    assert "Only 3 of 4 nodes" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "messages"),
    [
        (["partners-met-togehter"], ["No network is called", "Did you mean partners-met-together"]),
        (["partners-met-together", "-f", "graphlm"], ["No network format is called 'graphlm'", "Did you mean graphml"]),
        (["partners-met-together", "-o", "a.bmp"], ["no network format for .bmp", ".svg", ".graphml"]),
        (["partners-met-together", "-o", "a.png", "--dpi", "20"], ["20 dots an inch", "36 to 1200"]),
        (["partners-met-together", "-o", "a.svg", "--size", "strenth"], ["'strenth'", "strength"]),
        (["partners-met-together", "--at", "2031-13"], ["There is no month 13", "2019-11"]),
        (["partners-met-together", "--at", "2031", "--from", "2030"], ["Leave out either at, or from and until"]),
        (["partners-met-together", "-p", "series"], ["'series' is no parameter", "-p name=value"]),
        (["partners-met-together", "-p", "series=x"], ["No parameter is called 'series'"]),
        (["partners-met-together", "-e", "SELECT"], ["One query is needed"]),
        (["-e", "ASK {}", "-p", "a=b"], ["A query without a header has no parameters"]),
        (["-e", "ASK {}"], ["is no SELECT", "?source and ?target"]),
        (["-e", "SELECT ?x { ?x a ?y }"], ["gives ?x, but not ?source and ?target"]),
        (["no-such-file.rq"], ["no-such-file.rq cannot be read"]),
        (["partners-met-together", "-o", "/no/such/folder/a.svg"], ["cannot be written", "Name another file"]),
    ],
)
def test_what_is_wrong_is_said_and_nothing_written(
    words: list[str],
    messages: list[str],
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["network", *words]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    for message in messages:
        assert message in said.err
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_stays_where_the_network_cannot_be_built(tmp_path: Path) -> None:
    path = tmp_path / "a.svg"
    path.write_text("precious", encoding="utf-8")
    assert main(["network", "partners-met-together", "--at", "never", "-o", str(path)]) == 2
    assert path.read_text(encoding="utf-8") == "precious"


def test_a_file_that_is_there_stays_where_the_form_cannot_hold_the_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(mermaid, "MOST_EDGES", 3)
    path = tmp_path / "a.mmd"
    path.write_text("precious", encoding="utf-8")
    assert main(["network", "partners-met-together", "-o", str(path)]) == 2
    said = capsys.readouterr().err
    assert "Mermaid draws 3 links at most, and there are 6" in said
    assert "--top 20" in said
    assert path.read_text(encoding="utf-8") == "precious"
    assert [each.name for each in tmp_path.iterdir()] == ["a.mmd"]


def test_a_file_that_is_there_stays_where_writing_stops_half_way(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("precious", encoding="utf-8")

    def write(file: BinaryIO) -> None:
        file.write(b"half")
        raise NetworkError("The rest is not there")

    with pytest.raises(NetworkError):
        stream_output(str(path), write)
    assert path.read_text(encoding="utf-8") == "precious"
    assert [each.name for each in tmp_path.iterdir()] == ["a.txt"]

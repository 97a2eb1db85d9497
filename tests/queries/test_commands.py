"""``asoen query`` and ``asoen queries`` as people type them, on the invented world and a catalogue of its own."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from asoen_graph.cli.main import main
from asoen_graph.release import Release

SERIES = """\
#+ title: {en: Meetings of a series, vi: Các kỳ họp}
#+ description: {en: Every meeting., vi: Mọi kỳ họp.}
#+ group: when
#+ params:
#+   series: {type: entity, class: meeting-series, description: {en: The series., vi: Chuỗi.}}
#+   status:
#+     {type: concept, class: meeting-status, optional: true, many: true, description: {en: Status., vi: Tình trạng.}}
#+ columns:
#+   meeting: {en: Meeting, vi: Hội nghị}
PREFIX asoen: <https://w3id.org/asoen/ontology#>
PREFIX id: <https://w3id.org/asoen/id/>
SELECT ?meeting ?ordinal ?fact WHERE {
  VALUES ?series { id:lagoon-ministers-series }
  VALUES ?status { UNDEF }
  ?meeting asoen:series ?series ; asoen:meetingStatus ?status ; asoen:ordinal ?ordinal .
  GRAPH ?fact { ?meeting asoen:ordinal ?ordinal }
  ?fact asoen:status asoen:accepted .
}
ORDER BY ?ordinal
"""
LINKS = """\
#+ title: {en: Links, vi: Liên kết}
#+ description: {en: Who links to whom., vi: Ai nối với ai.}
#+ group: who
#+ view: network
SELECT ?source ?target { ?source <http://e/p> ?target }
"""


class Asoen:
    """The command line, run in this process; remembers what it wrote."""

    def __init__(self, capture: pytest.CaptureFixture[bytes], release: Path) -> None:
        self._capture = capture
        self.release = release
        self.out = self.err = ""

    def __call__(self, *words: str, code: int = 0) -> str:
        found = main(words)
        out, err = self._capture.readouterr()
        self.out, self.err = out.decode(), err.decode()
        assert found == code, self.err
        return self.out

    def query(self, *words: str, code: int = 0) -> str:
        return self("query", "--release", str(self.release), *words, code=code)


@pytest.fixture
def asoen(
    capfdbinary: pytest.CaptureFixture[bytes],
    lagoon_release: Release,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Asoen:
    folder = tmp_path / "queries"
    (folder / "networks").mkdir(parents=True)
    (folder / "series.rq").write_text(SERIES, encoding="utf-8")
    (folder / "networks" / "links.rq").write_text(LINKS, encoding="utf-8")
    monkeypatch.setattr("asoen_graph.resources.queries_folder", lambda: folder)
    monkeypatch.setattr("asoen_graph.cli.queries.queries_folder", lambda: folder)
    return Asoen(capfdbinary, lagoon_release.folder)


def test_a_query_of_the_catalogue(asoen: Asoen) -> None:
    lines = asoen.query("series", "--lang", "vi").splitlines()
    assert lines[0].split() == ["Hội", "nghị", "ordinal", "Nguồn"]
    assert "(lagoon-ministers-4)" in lines[2]
    assert "đoạn 3" in lines[-1]
    assert asoen.err == ""


def test_parameters(asoen: Asoen) -> None:
    rows = json.loads(asoen.query("series", "-p", "series=lsoe-series", "-f", "rows"))
    assert {12, 13} <= {row["ordinal"] for row in rows}
    rows = json.loads(asoen.query("series", "-p", "series=lsoe-series", "-p", "status=planned,postponed", "-f", "rows"))
    assert {row["ordinal"] for row in rows} == {13}
    asoen.query("series", "-p", "series=lsoe-serie", code=2)
    assert "There is no meeting-series 'lsoe-serie'" in asoen.err
    assert "lsoe-series" in asoen.err
    asoen.query("series", "-p", "serie=lsoe-series", code=2)
    assert "Did you mean series?" in asoen.err
    asoen.query("series", "-p", "series", code=2)
    assert "name=value" in asoen.err
    asoen.query("-e", "ASK {}", "-p", "x=1", code=2)
    assert "no parameters" in asoen.err


def test_query_texts_and_files(asoen: Asoen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert asoen.query("-e", "ASK { id:lsoe-12 a asoen:Meeting }").splitlines()[-1] == "true"
    bare = tmp_path / "bare.rq"
    bare.write_text("\ufeffSELECT (1 AS ?one) {}", encoding="utf-8")
    assert asoen.query(str(bare), "-f", "csv") == "one\r\n1\r\n"
    headed = tmp_path / "headed.rq"
    headed.write_text(SERIES, encoding="utf-8")
    assert asoen.query(str(headed), "-p", "series=lsoe-series", "-f", "csv").count("/id/lsoe-13,") == 1
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"SELECT (2 AS ?two) {}")))
    assert asoen.query("-", "-f", "csv") == "two\r\n2\r\n"


def test_one_query_is_needed(asoen: Asoen) -> None:
    asoen.query(code=2)
    assert "asoen queries" in asoen.err
    asoen.query("series", "-e", "ASK {}", code=2)
    asoen.query("serie", code=2)
    assert "Did you mean series?" in asoen.err
    asoen.query("nowhere.rq", code=2)
    assert "nowhere.rq cannot be read" in asoen.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELCT * {}", ["Line 1, column 1", "SELCT", "Did you mean SELECT?", "SELECT * {}"]),
        ("SELECT *\n{ ?s fof:nick ?o }", ["Line 2, column 6", "fof:nick", "foaf:"]),
        ("SELECT * { ?s asoen:adoptdAt ?o }", ["Line 1, column 15", "asoen:adoptdAt", "asoen:adoptedAt"]),
        ("SELECT * { id:lsoe-21 ?p ?o }", ["Line 1, column 12", "id:lsoe-21", "id:lsoe-12"]),
        ("SELECT ?nam { ?s rdfs:label ?name }", ["Line 1, column 8", "?nam", "?name"]),
        ("DROP ALL", ["only read", "curated"]),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", ["SERVICE"]),
    ],
)
def test_wrong_queries(asoen: Asoen, text: str, said: list[str]) -> None:
    assert asoen.query("-e", text, code=2) == ""
    for each in said:
        assert each in asoen.err


def test_no_rows_is_said_aside(asoen: Asoen) -> None:
    assert asoen.query("-e", "SELECT * { id:lsoe-12 asoen:locator ?x }", "-f", "csv") == "x\r\n"
    assert "no rows" in asoen.err


def test_graphs_come_as_turtle(asoen: Asoen) -> None:
    assert "id:lsoe-12 asoen:ordinal 12 ." in asoen.query("-e", "CONSTRUCT WHERE { id:lsoe-12 asoen:ordinal ?n }")
    asoen.query("-e", "ASK {}", "-f", "ttl", code=2)
    assert "no graph" in asoen.err


def test_plain(asoen: Asoen) -> None:
    assert asoen.query("series", "-f", "csv", "--plain").splitlines()[0] == "meeting,ordinal,fact"


def test_files_are_written_whole_or_not(asoen: Asoen, tmp_path: Path) -> None:
    for name, start in (("a.csv", b"meeting,"), ("a.XLSX", b"PK"), ("a.md", b"# Meetings"), ("a.srj", b'{"head"')):
        assert asoen.query("series", "-o", str(tmp_path / name)) == ""
        assert (tmp_path / name).read_bytes().startswith(start)
    kept = tmp_path / "a.csv"
    before = kept.read_bytes()
    asoen.query("-e", "SELCT", "-o", str(kept), code=2)
    assert kept.read_bytes() == before
    asoen.query("series", "-o", str(tmp_path / "a.foo"), code=2)
    assert "names no format" in asoen.err
    asoen.query("series", "-f", "cvs", code=2)
    assert "Did you mean csv?" in asoen.err
    asoen.query("series", "-o", str(tmp_path / "no" / "a.csv"), code=2)
    assert "cannot be written" in asoen.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.XLSX", "a.csv", "a.md", "a.srj", "queries"]


def test_no_release(asoen: Asoen, tmp_path: Path) -> None:
    asoen("query", "--release", str(tmp_path), "-e", "ASK {}", code=4)
    assert "asoen build" in asoen.err


def test_an_endpoint_that_is_none(asoen: Asoen) -> None:
    asoen("query", "--endpoint", "ftp://e/", "-e", "ASK {}", code=4)
    assert "http" in asoen.err


def test_the_list(asoen: Asoen) -> None:
    assert asoen("queries").splitlines()[:5] == ["when", "  series  Meetings of a series", "", "who", "  links   Links"]
    assert "series" not in asoen("queries", "--group", "who")
    asoen("queries", "--group", "whom", code=2)
    assert "Did you mean who" in asoen.err
    listed = json.loads(asoen("queries", "-f", "json"))
    assert [(query["name"], query["network"]) for query in listed] == [("series", False), ("links", True)]


def test_one_query_of_the_list(asoen: Asoen) -> None:
    text = asoen("queries", "series", "--lang", "vi")
    assert "Các kỳ họp" in text
    assert "default lagoon-ministers-series)  Chuỗi." in text
    assert "may be left out" in text
    assert text.endswith(SERIES)
    described = json.loads(asoen("queries", "series", "-f", "json"))
    assert described["parameters"]["series"]["default"] == ["lagoon-ministers-series"]
    assert described["parameters"]["status"]["optional"] is True
    asoen("queries", "serie", code=2)
    assert "Did you mean series?" in asoen.err


HEAVY = (
    "rdflib",
    "networkx",
    "fastapi",
    "pyshacl",
    "yaml",
    "uvicorn",
    "pygraphviz",
    "xlsxwriter",
    "pyarrow",
    "urllib.request",
)


def imported(release: Path, *words: str) -> set[str]:
    """The modules a process of its own has after running the command line."""
    script = (
        "import sys; from asoen_graph.cli.main import main; main(sys.argv[1:]); sys.stderr.write(' '.join(sys.modules))"
    )
    command = [sys.executable, "-c", script, *words]
    environment = {**os.environ, "ASOEN_RELEASE": str(release)}
    return set(subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stderr.split())


@pytest.mark.parametrize("text", ["ASK {}", "SELECT ?n { id:lsoe-12 asoen:ordinal ?n }"])
def test_nothing_heavy_on_the_way_to_an_answer(lagoon_release: Release, text: str) -> None:
    modules = imported(lagoon_release.folder, "query", "-e", text)
    assert "pyoxigraph" in modules
    assert not modules & set(HEAVY)
    assert not {name for name in modules if name.startswith(("asoen_graph.curation", "asoen_graph.server"))}


def test_yaml_only_where_a_header_is_read(lagoon_release: Release) -> None:
    assert imported(lagoon_release.folder, "query", "working-groups") & set(HEAVY) == {"yaml"}

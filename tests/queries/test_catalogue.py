# ruff: noqa: E501 - a case is a line
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from asoen_graph.errors import QueryError, UnknownName
from asoen_graph.iris import ENTITY
from asoen_graph.queries.catalogue import Catalogue, read_query, read_text
from asoen_graph.queries.parameters import Parameter

from .conftest import HEADER

FULL = """\
#+ view: timeline
#+ params:
#+   series: {type: entity, class: meeting-series, description: {en: The series., vi: Chuỗi.}}
#+   host: {type: entity, class: agent, optional: true, many: true, description: {en: Hosts., vi: Nước.}}
#+ columns:
#+   meeting: {en: "Meeting, with year", vi: Hội nghị}
PREFIX asoen: <https://w3id.org/asoen/ontology#>
PREFIX id: <https://w3id.org/asoen/id/>
# What a parameter is, is said above.
SELECT ?meeting (1 AS ?one) WHERE {
  VALUES ?series { id:lsoe-series }
  VALUES ?host { UNDEF }
  ?meeting asoen:series ?series OPTIONAL { ?meeting asoen:host ?host }
}
"""
SELECT = "SELECT ?source ?target { ?source ?p ?target }\n"

WriteQuery = Callable[..., Path]


def test_a_query_with_everything(query_file: WriteQuery) -> None:
    path = query_file(FULL)
    query = read_query(path)
    assert (query.name, query.group, query.view, query.is_network) == ("meetings", "when", "timeline", False)
    assert query.title == {"en": "Meetings of a series", "vi": "Các kỳ họp"}
    assert query.description == {"en": "Every meeting.", "vi": "Mọi kỳ họp."}
    assert query.columns == {"meeting": {"en": "Meeting, with year", "vi": "Hội nghị"}}
    assert query.parameters == {
        "series": Parameter(
            "series", "entity", "meeting-series", {"en": "The series.", "vi": "Chuỗi."},
            (NamedNode(ENTITY + "lsoe-series"),), optional=False,
        ),
        "host": Parameter("host", "entity", "agent", {"en": "Hosts.", "vi": "Nước."}, (), optional=True, many=True),
    }  # fmt: skip
    assert query.text == path.read_text(encoding="utf-8")
    assert query.path == path


def test_a_network(query_file: WriteQuery) -> None:
    network = "#+ network: {directed: false, layout: circle, weight: {en: meetings, vi: hội nghị}}\n"
    query = read_query(query_file(network + SELECT))
    assert query.is_network
    assert query.network == {"directed": False, "layout": "circle", "weight": {"en": "meetings", "vi": "hội nghị"}}
    assert read_query(query_file(SELECT)).network == {}


@pytest.mark.parametrize(
    ("rest", "line", "message", "hint"),
    [
        ("#+ tittle: x\n" + SELECT, 6, "unknown key 'tittle'", "'title'"),
        ("#+ group: who\n" + SELECT, 6, "'group' twice", ""),
        ("#+ view: chart\n" + SELECT, 6, "no view 'chart'", "timeline"),
        ("#+ view: [table]\n" + SELECT, 6, "a text is expected", ""),
        ("#+ columns: {source: {en: From}}\n" + SELECT, 6, "missing in 'vi'", "{en: …, vi: …}"),
        ("#+ columns: {source: {en: From, of all, vi: Từ}}\n" + SELECT, 6, "'of all'", "quote it"),
        ("#+ columns: {sorce: {en: From, vi: Từ}}\n" + SELECT, 6, "column sorce is not projected", ""),
        ("#+ columns: source\n" + SELECT, 6, "must be a mapping", ""),
        ("#+ params: {x: {type: text, description: {en: X, vi: X}}}\n" + SELECT, 6, "x has no block", "VALUES ?x"),
        ("#+ params: {x: {description: {en: X, vi: X}}}\nASK { VALUES ?x { 1 } }", 6, "x has no type", ""),
        ("#+ params: {x: {type: txt, description: {en: X, vi: X}}}\nASK { VALUES ?x { 1 } }", 6, "'txt'", "text"),
        ("#+ params: {x: {type: entity, description: {en: X, vi: X}}}\nASK { VALUES ?x { 1 } }", 6, "needs a class", ""),
        (
            "#+ params: {x: {type: text, class: body, description: {en: X, vi: X}}}\nASK { VALUES ?x { 1 } }",
            6, "has no class", "",
        ),
        ("#+ params: {x: {type: text, description: {en: X, vi: X}}}\nASK {\n VALUES ?x { } }", 8, "x is empty", "UNDEF"),
        ("#+ params: {x: {type: text, description: {en: X, vi: X}}}\nASK {\n VALUES ?x { ?y } }", 8, "than terms", ""),
        (
            "#+ params: {x: {type: text, optional: true, description: {en: X, vi: X}}}\nASK { VALUES ?x { 1 } }",
            7, "optional, but its block holds a default", "",
        ),
        (
            "#+ params: {x: {type: text, optional: false, description: {en: X, vi: X}}}\nASK { VALUES ?x { UNDEF } }",
            7, "not optional, but", "",
        ),
        ("#+ params: {x: {type: text, many: si, description: {en: X, vi: X}}}\nASK {}", 6, "not true or false", ""),
        ("#+ network: {directed: maybe}\n" + SELECT, 6, "not true or false", ""),
        ("#+ network: [\n" + SELECT, 6, "not YAML", ""),
        ("#+ view: *x\n" + SELECT, 6, "not YAML", ""),
    ],
)  # fmt: skip
def test_mistakes_have_their_line(query_file: WriteQuery, rest: str, line: int, message: str, hint: str) -> None:
    path = query_file(rest)
    with pytest.raises(QueryError) as caught:
        read_query(path)
    assert caught.value.message.startswith(f"{path}:{line}: ")
    assert message in caught.value.message
    assert hint in caught.value.hint
    assert caught.value.line == line


@pytest.mark.parametrize("key", ["title", "description", "group"])
def test_what_a_header_must_have(query_file: WriteQuery, key: str) -> None:
    lines = HEADER.splitlines(keepends=True)
    kept = {"title": lines[1:], "description": [lines[0], lines[4]], "group": lines[:4]}[key]
    with pytest.raises(QueryError, match=f"no {key}"):
        read_query(query_file(SELECT, header="".join(kept)))


def test_a_title_without_vietnamese(query_file: WriteQuery) -> None:
    with pytest.raises(QueryError, match="title is missing in 'vi'"):
        read_query(query_file(SELECT, header=HEADER.replace("Các kỳ họp", "''")))


def test_files_that_cannot_be_read(tmp_path: Path, query_file: WriteQuery) -> None:
    with pytest.raises(QueryError, match="no header"):
        read_query(query_file(SELECT, header=""))
    with pytest.raises(QueryError, match=r"nowhere\.rq cannot be read"):
        read_query(tmp_path / "nowhere.rq")
    (tmp_path / "latin.rq").write_bytes("ASK {} # é".encode("latin-1"))
    with pytest.raises(QueryError, match="not UTF-8"):
        read_text(tmp_path / "latin.rq")
    (tmp_path / "marked.rq").write_text("\ufeffASK {}", encoding="utf-8")
    assert read_text(tmp_path / "marked.rq") == "ASK {}"


def test_a_catalogue_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "networks").mkdir()
    for path in ("b.rq", "a.rq", "networks/c.rq"):
        (tmp_path / path).write_text(HEADER + SELECT, encoding="utf-8")
    (tmp_path / "notes.md").write_text("not a query", encoding="utf-8")
    (tmp_path / "broken.rq").write_text("ASK {}", encoding="utf-8")
    catalogue = Catalogue.read(tmp_path)
    assert list(catalogue) == ["a", "b", "broken", "c"]
    assert len(catalogue) == 4
    assert "c" in catalogue
    assert catalogue["c"] is catalogue["c"]
    with pytest.raises(QueryError, match="no header"):
        catalogue["broken"]
    with pytest.raises(UnknownName) as caught:
        catalogue["brokn"]
    assert caught.value.nearest == ("broken",)
    (tmp_path / "networks" / "a.rq").write_text(HEADER + SELECT, encoding="utf-8")
    with pytest.raises(QueryError, match="the name of"):
        Catalogue.read(tmp_path)

"""Every form of one answer to the letter. After a wanted change, write the files with GOLDEN=write and read them."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest
from pyoxigraph import (
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from asoen_graph.answers import FORMATS
from asoen_graph.answers.rendering import render
from asoen_graph.errors import QueryError, UnknownName
from asoen_graph.store import AskAnswer, GraphAnswer, SelectAnswer
from asoen_graph.store.embedded import EmbeddedStore

GOLDEN = Path(__file__).parent / "golden"
HEADINGS = {"meeting": "Hội nghị", "facts": "Căn cứ"}


def check(name: str, content: bytes) -> None:
    path = GOLDEN / name
    if os.environ.get("GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    assert content.decode() == path.read_bytes().decode()


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("name", ["table", "rows", "csv", "tsv", "md", "html"])
def test_forms_for_people(store: EmbeddedStore, answer: SelectAnswer, name: str, language: str) -> None:
    headings = HEADINGS if language == "vi" else {}
    title = "Meetings & <more>" if language == "en" else "Các hội nghị"
    content = render(answer, name, store, language, headings=headings, title=title)
    check(f"answer.{language}.{name}", content)


@pytest.mark.parametrize("name", ["json", "xml"])
def test_formats_of_sparql(store: EmbeddedStore, answer: SelectAnswer, name: str) -> None:
    content = render(answer, name, store)
    check(f"answer.{name}", content)
    result = parse_query_results(content, QueryResultsFormat.from_media_type(FORMATS[name].media_type))
    assert isinstance(result, QuerySolutions)
    assert [tuple(row) for row in result] == answer.rows


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_plain_is_what_the_engine_writes(store: EmbeddedStore, name: str) -> None:
    query = "SELECT ?s ?n { VALUES (?s ?n) { (id:reef-8 8) (id:reef-9 UNDEF) } }"
    content = render(store.query(query), name, store, plain=True)
    assert content == store.serialize(query, FORMATS[name].media_type)


def test_a_narrow_terminal(store: EmbeddedStore, answer: SelectAnswer) -> None:
    content = render(answer, "table", store, width=96)
    check("narrow.table", content)


def test_an_answer_with_no_rows(store: EmbeddedStore) -> None:
    empty = SelectAnswer(("meeting", "fact"), [])
    check("empty.table", render(empty, "table", store))
    check("empty.md", render(empty, "md", store, "vi"))
    check("empty.html", render(empty, "html", store))
    assert render(empty, "csv", store) == b"meeting,fact,sources\r\n"
    assert json.loads(render(empty, "rows", store)) == []


def test_an_answer_with_no_columns(store: EmbeddedStore) -> None:
    nothing = store.query("SELECT * {}")
    assert json.loads(render(nothing, "rows", store)) == [{}]
    assert json.loads(render(nothing, "json", store)) == {"head": {"vars": []}, "results": {"bindings": [{}]}}
    for name in ("table", "csv", "tsv", "md", "html", "xlsx"):
        render(nothing, name, store)


def test_ask(store: EmbeddedStore) -> None:
    assert render(AskAnswer(True), "table", store).decode().splitlines()[-1] == "true"
    assert json.loads(render(AskAnswer(True), "rows", store)) == [{"answer": True}]
    assert json.loads(render(AskAnswer(False), "json", store)) == {"head": {}, "boolean": False}
    assert "Trả lời" in render(AskAnswer(True), "md", store, "vi").decode()


def test_a_graph_as_a_table_keeps_its_sources(store: EmbeddedStore) -> None:
    graph = store.query("CONSTRUCT WHERE { ?m asoen:ordinal ?n }")
    check("graph.en.md", render(graph, "md", store))
    rows = list(csv.DictReader(io.StringIO(render(graph, "csv", store, "vi").decode())))
    by_subject = {row["subjectLabel"]: row for row in rows}
    assert "đoạn 3" in by_subject["Hội nghị Rạn san hô lần thứ 8"]["sources"]
    assert by_subject["Hội nghị Rạn san hô lần thứ 9"]["sources"] == ""
    plain = list(csv.reader(io.StringIO(render(graph, "csv", store, plain=True).decode())))
    assert plain[0] == ["subject", "predicate", "object"]


@pytest.mark.parametrize("name", ["ttl", "nt", "jsonld", "rdf", "xml", "nq", "trig"])
def test_formats_of_rdf(store: EmbeddedStore, name: str) -> None:
    graph = store.query("CONSTRUCT WHERE { ?m asoen:ordinal ?n }")
    assert isinstance(graph, GraphAnswer)
    content = render(graph, name, store)
    media_type = "application/rdf+xml" if name == "xml" else FORMATS[name].media_type
    read = parse(content, RdfFormat.from_media_type(media_type))
    assert {quad.triple for quad in read} == set(graph.triples)


def test_every_format_has_its_module_and_writes(store: EmbeddedStore, answer: SelectAnswer) -> None:
    graph = store.query("CONSTRUCT WHERE { ?m asoen:ordinal ?n }")
    for name, format_ in FORMATS.items():
        chosen = graph if format_.module == "triples" else answer
        if name != "svg":
            assert isinstance(render(chosen, name, store), bytes)


def test_the_wrong_kind_of_answer(store: EmbeddedStore, answer: SelectAnswer) -> None:
    with pytest.raises(QueryError, match="ttl is a format for graphs"):
        render(answer, "ttl", store)
    with pytest.raises(QueryError, match="json is a format for tables"):
        render(GraphAnswer([]), "json", store)
    with pytest.raises(UnknownName) as caught:
        render(answer, "cvs", store)
    assert caught.value.nearest == ("csv",)


def test_two_sources_with_the_name_taken(store: EmbeddedStore) -> None:
    query = "SELECT ?sources ?fact { VALUES (?sources ?fact) { (2 fact:00000000000000a1) } }"
    (row,) = json.loads(render(store.query(query), "rows", store))
    assert row["sources"] == 2
    assert row["citations"][0]["locator"] == "paragraph 3"
    assert render(store.query(query), "csv", store).startswith(b"sources,fact,citations\r\n")


class Page(HTMLParser):
    """What a page consists of: elements that are open at the end, links, and element ids."""

    VOID = ("meta",)

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        named = dict(attributes)
        self.links += [named["href"] or ""] if "href" in named else []
        self.ids += [named["id"] or ""] if "id" in named else []
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_and_nothing_in_it_is_markup_of_the_data(store: EmbeddedStore, answer: SelectAnswer) -> None:
    page = Page(render(answer, "html", store, title="</title><script>x</script>").decode())
    assert page.open == []
    assert "b" not in page.tags
    assert "script" not in page.tags
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)


def test_the_workbook(store: EmbeddedStore, answer: SelectAnswer) -> None:
    content = render(answer, "xlsx", store, "en", headings={"meeting": "Meeting"}, title="Meetings")
    assert content == render(answer, "xlsx", store, "en", headings={"meeting": "Meeting"}, title="Meetings")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        names = book.namelist()
        first, second = (book.read(f"xl/worksheets/sheet{number}.xml").decode() for number in (1, 2))
        texts = book.read("xl/sharedStrings.xml").decode()
        sheets = book.read("xl/workbook.xml").decode()
    assert "xl/worksheets/sheet3.xml" not in names
    assert '<sheet name="Answer"' in sheets
    assert '<sheet name="Sources"' in sheets
    assert "<f>" not in first + second
    assert "<v>8</v>" in first
    assert "=SUM(A1:A2)" in texts
    assert "Reef Press (2031-08)" in texts
    assert "https://example.org/reef?a=1&amp;b=2" in texts


def test_parquet(store: EmbeddedStore, answer: SelectAnswer) -> None:
    from pyarrow import parquet

    table = parquet.read_table(io.BytesIO(render(answer, "parquet", store)))
    columns = table.to_pydict()
    assert columns["ordinal"] == [8, 19, None]
    assert columns["held"] == [False, True, None]
    assert columns["meetingLabel"] == ["8th Reef | Meeting", "9th Reef Meeting", None]
    assert columns["remark"][0] == "=SUM(A1:A2)"
    assert [len(sources) for sources in columns["sources"]] == [1, 2, 0]
    assert str(table.schema.field("share").type) == "double"


@pytest.mark.parametrize(("name", "package"), [("parquet", "pyarrow"), ("xlsx", "xlsxwriter")])
def test_a_package_that_is_not_there(
    store: EmbeddedStore, answer: SelectAnswer, name: str, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(QueryError, match=package) as caught:
        render(answer, name, store)
    assert "pip install" in caught.value.hint


def test_a_count_called_facts_is_no_evidence(store: EmbeddedStore) -> None:
    counted = SelectAnswer(("facts",), [(Literal(3),)])
    assert render(counted, "csv", store).decode().splitlines() == ["facts", "3"]


@pytest.mark.parametrize("format_", ["json", "xml"])
def test_a_triple_term_is_written_as_one(store: EmbeddedStore, format_: str) -> None:
    triple = Triple(NamedNode("https://example.org/a"), NamedNode("https://example.org/b"), Literal(3))
    written = render(SelectAnswer(("t",), [(triple,)]), format_, store)
    results_format = QueryResultsFormat.JSON if format_ == "json" else QueryResultsFormat.XML
    (row,) = parse_query_results(written, results_format)
    assert row["t"] == triple

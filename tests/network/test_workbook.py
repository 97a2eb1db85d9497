"""The workbook of a network, as openpyxl opens it."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import openpyxl
import pytest
from tests.network import samples

from asoen_graph.errors import NetworkError
from asoen_graph.network.formats import workbook, write
from asoen_graph.network.formats.headings import _HEADINGS
from asoen_graph.network.model import Network

Project = Callable[..., Network]


def opened(network: Network) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(write(network, "xlsx")))


def test_it_says_what_it_is(project: Project) -> None:
    about = dict(opened(project("partners-met-together", at="2031", language="vi"))["Giới thiệu"].values)
    assert about["Tiêu đề"] == "Các bên đã cùng họp với nhau"
    assert about["Giai đoạn"] == "2031"
    assert about["Trọng số là số"] == "hội nghị cùng tham dự"
    assert about["Dữ liệu"] == "lagoon 2031.5.0"
    assert about["Hướng"] == "Đường nối không có hướng."


def test_every_fact_has_a_line_with_its_place_and_address(project: Project) -> None:
    network = project("reporting-lines")
    sheet = opened(network)["Sources"]
    heads, *rows = sheet.values
    assert heads == ("Fact", "Citation", "Document", "Publisher", "Published", "Place in the document", "Address")
    facts = {citation.fact: citation for edge in network.edges for citation in edge.citations}
    assert {row[0].replace("fact:", "https://w3id.org/asoen/fact/") for row in rows} == {*facts}
    for fact, citation, document, publisher, published, place, address in rows:
        known = facts[fact.replace("fact:", "https://w3id.org/asoen/fact/")]
        assert citation == known.text("en")
        assert (document, publisher, published) == (known.title, known.publisher, known.published)
        assert (place, address) == (known.place("en"), known.url)


def test_numbers_are_numbers_and_headings_stay_in_view() -> None:
    network = samples.mixed()
    nodes = tuple(replace(node, attributes={"degree": 3, "pagerank": 0.25, "hub": True}) for node in network.nodes)
    book = opened(replace(network, nodes=nodes))
    heads, first, *_ = book["Nodes"].values
    row = dict(zip(heads, first, strict=True))
    assert (row["degree"], row["pagerank"], row["hub"], row["ID"]) == (3, 0.25, True, "amber")
    assert isinstance(next(iter(book["Links"].values))[6], str)
    assert [row[6] for row in book["Links"].values][1:] == [3, 1, 2, 1, 1]
    assert all(sheet.freeze_panes == "A2" for sheet in book.worksheets[1:])


def test_a_text_is_never_a_formula_or_a_link() -> None:
    labels = ("=1+2", "+1", "-1", "@x", "https://example.org", "{=1}", "1e5")
    nodes = tuple(samples.node(f"n{number}", label) for number, label in enumerate(labels))
    sheet = opened(Network(nodes, ()))["Nodes"]
    assert [cell.value for cell in sheet["B"][1:]] == list(labels)
    assert {cell.data_type for cell in sheet["B"]} <= {"s", "inlineStr"}
    assert not sheet._hyperlinks


def test_a_sheet_that_is_full_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 4)
    with pytest.raises(NetworkError, match="An Excel sheet holds 4 rows, and there are 5"):
        write(samples.mixed(), "xlsx")


def test_what_goes_to_a_pipe_is_what_goes_to_a_file() -> None:
    class Pipe(io.RawIOBase):
        content = b""

        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:  # type: ignore[override]
            self.content += bytes(data)
            return len(data)

    pipe = Pipe()
    workbook.write_to(samples.mixed(), pipe)  # type: ignore[arg-type]
    assert pipe.content == write(samples.mixed(), "xlsx")


def test_every_heading_is_said_in_both_languages() -> None:
    same = {name for name, (english, vietnamese) in _HEADINGS.items() if english == vietnamese}
    assert same == {"iri"}

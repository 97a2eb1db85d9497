"""Tables of measures, read back by programs that are not ours."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pandas
import pytest
from csvw import CSVW
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.network import samples

from asoen_graph.cli.main import main
from asoen_graph.errors import UnknownName
from asoen_graph.network.measures.computing import Measured, compute
from asoen_graph.network.measures.forms import FORMS, csvw, write
from asoen_graph.network.measures.of_networks import OF_NETWORKS
from asoen_graph.network.measures.of_nodes import OF_NODES
from asoen_graph.network.measures.registry import find_measures
from asoen_graph.network.model import Network
from asoen_graph.release import Release

GOLDEN = Path(__file__).parent / "golden"
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def measured(network: Network) -> Measured:
    return compute(network, find_measures(["all"], directed=network.directed), whole=True)


def texts_in(workbook: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        root = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
    return ["".join(each.itertext()) for each in root.iter(f"{SHEET}si")]


def test_csv_is_a_row_for_each_node() -> None:
    rows = list(csv.DictReader(io.StringIO(write(measured(samples.mixed()), "csv").decode(), newline="")))
    assert [row["id"] for row in rows] == ["amber", "basalt", "chalk-centre"]
    assert rows[2]["label"] == "Chalk & Co. <Centre>"
    assert (rows[1]["degree"], rows[1]["strength"], rows[1]["betweenness"]) == ("2", "7.0", "0.5")
    assert list(rows[0]) == ["id", "label", "kind", "kind_label", "iri", *OF_NODES]


def test_a_measure_that_a_node_does_not_have_is_left_empty() -> None:
    nodes = (*samples.star(3).nodes, samples.node("z"))
    found = measured(Network(nodes, samples.star(3).edges, directed=False))
    frame = pandas.read_csv(io.BytesIO(write(found, "csv"))).set_index("id")
    assert pandas.isna(frame.loc["z", "eigenvector"])
    assert frame.loc["n0000", "degree"] == 2
    assert "eigenvector" not in json.loads(write(found, "json"))["nodes"][-1]


def test_tsv_has_the_same_rows() -> None:
    found = measured(samples.mixed())
    tabs = pandas.read_csv(io.BytesIO(write(found, "tsv")), sep="\t")
    assert tabs.equals(pandas.read_csv(io.BytesIO(write(found, "csv"))))


@pytest.mark.parametrize("language", ["en", "vi"])
def test_csv_on_the_web_reads_types_and_definitions(tmp_path: Path, language: str) -> None:
    found = measured(samples.mixed(language))
    (tmp_path / "m.csv").write_bytes(write(found, "csv"))
    (tmp_path / "m.csv-metadata.json").write_bytes(csvw.write(found, name="m.csv"))
    table = CSVW(str(tmp_path / "m.csv"), validate=True)
    assert table.is_valid
    rows = list(table.tables[0])
    assert rows[1]["degree"] == 2
    assert rows[1]["pagerank"] == pytest.approx(found.nodes["pagerank"][samples.node("basalt").iri])
    (column,) = (each for each in table.tables[0].tableSchema.columns if each.name == "core")
    said = {each["@language"]: each["@value"] for each in column.common_props["dc:description"]}
    assert said == OF_NODES["core"].definitions


def test_csv_on_the_web_finds_a_table_that_is_not_as_described(tmp_path: Path) -> None:
    found = measured(samples.mixed())
    (tmp_path / "m.csv").write_bytes(write(found, "csv").replace(b"basalt,Basalt", b"amber,Basalt"))
    (tmp_path / "m.csv-metadata.json").write_bytes(csvw.write(found, name="m.csv"))
    with pytest.raises(ValueError, match="duplicate primary key: amber"):
        CSVW(str(tmp_path / "m.csv")).is_valid  # noqa: B018


def test_json_has_nodes_network_and_definitions() -> None:
    document = json.loads(write(measured(samples.mixed()), "json"))
    assert document["whole"]["links"] == 5
    assert document["nodes"][0]["kind"] == "state"
    described = {each["key"]: each for each in document["measures"]}
    assert list(described) == [*OF_NODES, *OF_NETWORKS]
    assert described["betweenness"]["counts_weights"] is True
    assert described["density"]["of"] == "network"
    assert described["core"]["references"][0]["doi"] == "10.1016/0378-8733(83)90028-X"


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("form", ["table", "md", "json", "xlsx"])
def test_forms_with_room_say_what_every_measure_means(form: str, language: str) -> None:
    content = write(measured(samples.mixed(language)), form)
    text = " ".join(texts_in(content) if form == "xlsx" else [content.decode()])
    plain = " ".join(text.replace("\\", "").split())
    for measure in (*OF_NODES.values(), *OF_NETWORKS.values()):
        assert " ".join(measure.definition(language).split()) in plain
        assert all(work.doi in plain for work in measure.references)


def test_the_workbook_holds_numbers_and_four_sheets() -> None:
    content = write(measured(samples.mixed()), "xlsx")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [
            each.get("name") for each in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{SHEET}sheet")
        ]
        cells = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml")).iter(f"{SHEET}c")
    assert names == ["Measures of nodes", "Measures of the network", "Definitions", "Sources"]
    assert [
        each.findtext(f"{SHEET}v") for each in cells if each.get("r", "").startswith("E") and each.get("t") is None
    ] == ["1", "2", "1"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("directed", [True, False])
def test_an_empty_network_is_a_table_with_a_note(form: str, directed: bool) -> None:
    empty = Network((), (), directed=directed, notes=("No link falls in this period.",))
    content = write(measured(empty), form)
    if form in ("table", "md", "json", "csvw"):
        assert b"No link falls in this period." in content
    if form == "csv":
        assert len(content.splitlines()) == 1


@settings(max_examples=80, deadline=None)
@given(TEXTS)
def test_any_label_survives(label: str) -> None:
    network = Network((samples.node("a", label),), (), title=label, directed=False)
    found = measured(network)
    (row,) = csv.DictReader(io.StringIO(write(found, "csv").decode(), newline=""))
    assert row["label"] == label
    assert json.loads(write(found, "json"))["nodes"][0]["label"] == label
    for form in FORMS:
        assert write(found, form)
    assert len(write(found, "tsv").decode().split("\n")) == 3


def test_an_unknown_form_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match="Did you mean json"):
        write(measured(samples.mixed()), "jsn")


@pytest.mark.parametrize(
    "name",
    ["mixed.measures.md", "mixed.measures.vi.md", "mixed.measures.csv", "mixed.measures.txt", "mixed.measures.csvw"],
)
def test_files_are_as_they_were(name: str) -> None:
    """Golden files; with GOLDEN=write they are written anew, to be read before they are committed."""
    form = {"txt": "table"}.get(name.rpartition(".")[2], name.rpartition(".")[2])
    content = write(measured(samples.mixed("vi" if ".vi." in name else "en")), form)
    if os.environ.get("GOLDEN") == "write":
        (GOLDEN / name).write_bytes(content)
    assert content == (GOLDEN / name).read_bytes()


PROGRAM = """
import hashlib
from tests.network import samples
from asoen_graph.network.measures.computing import compute
from asoen_graph.network.measures.forms import FORMS, write
from asoen_graph.network.measures.registry import find_measures
for network in (samples.mixed(), samples.star(30)):
    found = compute(network, find_measures(["all"], directed=network.directed), whole=True)
    for form in FORMS:
        print(form, hashlib.sha256(write(found, form)).hexdigest())
"""


def test_two_processes_write_the_same_bytes() -> None:
    digests = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


class TestCommand:
    @pytest.fixture(autouse=True)
    def _release(self, lagoon_release: Release, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("ASOEN_RELEASE", str(lagoon_release.folder))

    def test_csv_in_a_file_has_its_definitions_beside_it(self, tmp_path: Path) -> None:
        path = tmp_path / "together.csv"
        assert main(["network", "partners-met-together", "--measures", "csv", "-o", str(path)]) == 0
        assert sorted(each.name for each in tmp_path.iterdir()) == ["together.csv", "together.csv-metadata.json"]
        table = CSVW(str(path), validate=True)
        assert table.is_valid
        assert {row["id"] for row in table.tables[0]} == {"coralia", "mangrovia", "northland", "palmyria"}

    def test_on_standard_output_there_is_one_table(self, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
        words = ["partners-met-together", "--measures", "csv", "--top", "1", "--by", "degree", "--with", "degree"]
        assert main(["network", *words]) == 0
        said = capsysbinary.readouterr()
        assert said.out.splitlines()[1].endswith(b"/coralia,3")
        assert b"Only 1 of 4 nodes" in said.err

    def test_measures_of_a_period_in_vietnamese(self, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
        words = ["partners-met-together", "--measures", "md", "--at", "2031-07", "--lang", "vi"]
        assert main(["network", *words]) == 0
        page = capsysbinary.readouterr().out.decode()
        assert "Giai đoạn: 7/2031" in page
        assert "| Số nút | 3 |" in page

    @pytest.mark.parametrize("form", ["table", "md", "json", "csvw", "xlsx"])
    def test_measures_name_the_documents_and_places_they_rest_on(self, form: str, tmp_path: Path) -> None:
        path = tmp_path / "m"
        words = ["partners-met-together", "--measures", form, "--top", "1", "-o", str(path)]
        assert main(["network", *words]) == 0
        content = path.read_bytes()
        text = " ".join(texts_in(content) if form == "xlsx" else content.decode().split())
        assert "Record of the 12th LSOE" in text
        assert "page" in text.lower()

    def test_measures_in_a_file_of_the_network(self, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
        assert main(["network", "partners-met-together", "--with", "degree,core", "--component", "1"]) == 0
        document: dict[str, Any] = json.loads(capsysbinary.readouterr().out)
        assert {node["core"] for node in document["nodes"]} == {3}
        assert "definition_core" in document["graph"]

    @pytest.mark.parametrize(
        ("words", "message"),
        [
            (["--measures", "cvs"], "Did you mean csv"),
            (["--measures", "csv", "-f", "svg"], "Name the form of its measures with --measures"),
            (["--with", "betweeness"], "Did you mean betweenness"),
            (["--by", "degree"], "no top is asked for"),
            (["--top", "2", "--by", "in_degree"], "no direction, so there is no in_degree"),
            (["--component", "7"], "this network has one component"),
        ],
    )
    def test_what_is_wrong_is_said(self, words: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["network", "partners-met-together", *words]) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert message in said.err


def test_the_command_line_without_measures_imports_no_networkx(project: Callable[..., Network]) -> None:
    program = (
        "import sys, asoen_graph.cli.network; print([n for n in ('networkx', 'scipy', 'numpy') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"

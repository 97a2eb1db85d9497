from __future__ import annotations

import csv
import datetime
import doctest
import io
import sys
from decimal import Decimal
from types import ModuleType, SimpleNamespace

import pytest

import asoen_graph
import asoen_graph.graph
from asoen_graph.errors import AsoenError, NetworkError, ParameterError, QuerySyntaxError, ReleaseError, UnknownName
from asoen_graph.graph import Graph
from asoen_graph.iris import ENTITY, FACT
from asoen_graph.release import Release
from asoen_graph.resources import RELEASE_VARIABLE


@pytest.fixture(scope="module")
def graph(lagoon_release: Release) -> Graph:
    return asoen_graph.load(lagoon_release.folder)


@pytest.mark.parametrize("module", [asoen_graph, asoen_graph.graph])
def test_the_examples_in_the_docstrings_run(
    module: ModuleType, lagoon_release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(RELEASE_VARIABLE, str(lagoon_release.folder))
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0


def test_a_folder_without_a_release_is_refused(tmp_path: object) -> None:
    with pytest.raises(ReleaseError):
        asoen_graph.load(str(tmp_path))


def test_importing_the_package_imports_nothing_heavy() -> None:
    import subprocess

    program = "import sys, asoen_graph; print(sorted({'pyoxigraph', 'rdflib', 'networkx'} & sys.modules.keys()))"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_values_are_those_of_python(graph: Graph) -> None:
    result = graph.query(
        """SELECT ?park ?area ?name ?first ?year ?none WHERE {
             ?park asoen:areaHectares ?area ; rdfs:label ?name FILTER (lang(?name) = "en")
             id:lsoe-12 asoen:earliest ?first ; asoen:year ?year
           }"""
    )
    assert result.variables == ("park", "area", "name", "first", "year", "none")
    assert list(result) == [
        {
            "park": ENTITY + "lo-da-reef",
            "area": Decimal("1250.5"),
            "name": "Lò Đá Reef",
            "first": datetime.date(2031, 6, 28),
            "year": 2031,
            "none": None,
        }
    ]
    assert result.labels == {ENTITY + "lo-da-reef": "Lò Đá Reef"}
    assert (len(result), bool(result), result[0]["year"]) == (1, True, 2031)


def test_an_ill_typed_literal_stays_as_it_is_written(graph: Graph) -> None:
    (row,) = graph.query('SELECT ?n ?d WHERE { VALUES (?n ?d) { ("many"^^xsd:integer "2031-13"^^xsd:date) } }')
    assert row == {"n": "many", "d": "2031-13"}


def test_a_question_has_an_answer(graph: Graph) -> None:
    yes, no = graph.query("ASK { id:lsoe-12 asoen:ordinal 12 }"), graph.query("ASK { id:lsoe-12 asoen:ordinal 13 }")
    assert (bool(yes), bool(no)) == (True, False)
    assert (list(yes), list(no)) == ([{"answer": True}], [{"answer": False}])


def test_a_graph_is_rows_of_triples(graph: Graph) -> None:
    result = graph.query("CONSTRUCT { ?m asoen:host ?s } WHERE { ?m asoen:host ?s }")
    assert [(row["subject"], row["object"]) for row in result] == [(ENTITY + "lsoe-12", ENTITY + "coralia")]


def test_facts_in_the_rows_are_cited(graph: Graph) -> None:
    result = graph.query("SELECT ?fact WHERE { GRAPH ?fact { id:lsoe-12 asoen:ordinal 12 } }", language="vi")
    assert len(result.facts) == 3
    assert all(fact.startswith(FACT) for fact in result.facts)
    own = "Port Azure hosts the lagoon's environment officials"
    assert f'Thời báo San hô (2031-07-03), "{own} [Cảng Biếc đón các quan chức môi trường]", đoạn 2' in {
        citation.text("vi") for citation in result.citations.values()
    }


def test_several_facts_in_one_cell_are_all_cited(graph: Graph) -> None:
    result = graph.query(
        """SELECT (GROUP_CONCAT(STR(?f); separator=" ") AS ?facts)
           WHERE { GRAPH ?f { id:lsoe-12 asoen:ordinal 12 } }"""
    )
    assert (len(result), len(result.facts)) == (1, 3)


def test_a_catalogue_query_takes_parameters(graph: Graph) -> None:
    meetings = graph.query("meetings-of-series", series="lsoe-series")
    assert {row["meeting"].removeprefix(ENTITY) for row in meetings} == {"lsoe-11", "lsoe-12", "lsoe-13"}


def test_a_catalogue_query_that_is_not_there_names_the_nearest(graph: Graph) -> None:
    with pytest.raises(UnknownName) as caught:
        graph.query("meetings-of-serie")
    assert "meetings-of-series" in caught.value.nearest


def test_a_parameter_that_is_not_there_names_the_nearest(graph: Graph) -> None:
    with pytest.raises(UnknownName) as caught:
        graph.query("meetings-of-series", serie="lsoe-series")
    assert "series" in caught.value.nearest


def test_a_wrong_value_is_told(graph: Graph) -> None:
    with pytest.raises((ParameterError, UnknownName)):
        graph.query("meetings-of-series", series="coralia")


def test_a_text_takes_no_parameters(graph: Graph) -> None:
    with pytest.raises(ParameterError) as caught:
        graph.query("SELECT * WHERE { ?s ?p ?o }", series="lsoe-series")
    assert caught.value.parameter == "series"


def test_a_wrong_text_is_told(graph: Graph) -> None:
    with pytest.raises(QuerySyntaxError):
        graph.query("SELECT WHERE {")


def test_csv_has_labels_and_sources(graph: Graph) -> None:
    text = graph.query("SELECT ?host ?fact WHERE { GRAPH ?fact { id:lsoe-12 asoen:host ?host } }").to_csv()
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["host"] == ENTITY + "coralia"
    assert row["hostLabel"] == "Coralia"
    assert row["sources"].endswith("paragraph 2")


def test_a_data_frame_has_the_columns_of_the_csv(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    class Frame(dict[str, list[object]]):
        def convert_dtypes(self) -> Frame:
            return self

    monkeypatch.setitem(sys.modules, "pandas", SimpleNamespace(DataFrame=Frame))
    result = graph.query(
        "SELECT ?park ?area ?fact WHERE { GRAPH ?fact { ?park asoen:areaHectares ?area } ?park a asoen:HeritagePark }"
    )
    frame = result.to_pandas()
    assert list(frame) == ["park", "parkLabel", "area", "fact", "sources"]
    assert frame["parkLabel"] == ["Lò Đá Reef"]
    assert frame["area"] == [1250.5]
    assert isinstance(frame["area"][0], float)


def test_without_pandas_the_error_says_what_to_install(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(AsoenError, match="pip install pandas"):
        graph.query("ASK {}").to_pandas()


def test_a_network_is_a_graph_of_networkx(graph: Graph) -> None:
    network = graph.network("SELECT ?source ?target WHERE { ?source asoen:participatedIn ?target }")
    assert network.has_edge("palmyria", "lsoe-12")
    assert network.nodes["palmyria"]["label"] == "Palmyria"


def test_a_network_of_the_catalogue_at_a_date(graph: Graph) -> None:
    together = graph.network("partners-met-together", at="2031")
    assert together.has_edge("coralia", "mangrovia")
    assert len(graph.network("partners-met-together", at="1999")) == 0


def test_what_is_no_network_is_refused(graph: Graph) -> None:
    with pytest.raises(NetworkError):
        graph.network("SELECT ?meeting WHERE { ?meeting a asoen:Meeting }")


def test_entities_sources_and_search(graph: Graph) -> None:
    assert graph.entity("lsoe-twelve").slug == "lsoe-12"
    assert graph.entity("lsoe-12", "vi").label == "Hội nghị LSOE lần thứ 12"
    assert {record.claim.source for record in graph.facts("reef-watch")} == {"reef-fund-page", "coral-times-azure"}
    assert [entry.slug for entry in graph.sources()] == sorted(graph.release.manifest.counts.facts_by_source)
    assert graph.source("coral-times-azure").passages[0].facts[0].claim.place
    assert graph.search("ran lo da", "vi")[0].label == "Rạn Lò Đá"
    assert len(graph.entities("meeting")) == 5


@pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")
def test_rdflib_holds_the_same_quads(graph: Graph) -> None:
    dataset = graph.rdflib()
    assert sum(1 for _ in dataset.quads()) == graph.release.manifest.counts.quads
    (row,) = dataset.query("SELECT ?n WHERE { id:lsoe-12 asoen:ordinal ?n }")
    assert int(row.n) == 12

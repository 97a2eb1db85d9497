"""Measures in a network that is asked for: carried by its nodes, and choosing some of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import networkx as nx
import pytest
from tests.network import samples
from tests.network.test_formats import read

from asoen_graph.errors import NetworkError, ParameterError, UnknownName
from asoen_graph.graph import Graph
from asoen_graph.iris import ENTITY
from asoen_graph.network.asking import Wanted, ask, ask_measures
from asoen_graph.network.formats import write
from asoen_graph.network.measures.computing import Measured, compute
from asoen_graph.network.measures.parts import keep_component, keep_top
from asoen_graph.network.measures.registry import find_measure, find_measures
from asoen_graph.network.model import Network
from asoen_graph.network.period import Period
from asoen_graph.release import Release
from asoen_graph.store.embedded import EmbeddedStore

# A star of four about coralia, and palmyria with the reef fund apart.
TEXT = """SELECT ?source ?target ?weight WHERE { VALUES (?source ?target ?weight) {
  (id:coralia id:northland 1) (id:coralia id:mangrovia 1) (id:coralia id:lagoon-union 1) (id:palmyria id:reef-fund 9)
} }"""

Ask = Callable[..., Network]


@pytest.fixture(scope="module")
def wanted(store: EmbeddedStore, lagoon_release: Release) -> Ask:
    """``wanted(text, **options)``: a network of the invented world as it is asked for."""

    def build(text: str = TEXT, **options: Any) -> Network:
        return ask(store, lagoon_release.vocabulary, text, Wanted(**options))

    return build


@pytest.fixture(scope="module")
def tables(store: EmbeddedStore, lagoon_release: Release) -> Callable[..., Measured]:
    """The same for tables of measures."""

    def build(text: str = TEXT, **options: Any) -> Measured:
        return ask_measures(store, lagoon_release.vocabulary, text, Wanted(**options))

    return build


def slugs(network: Network) -> set[str]:
    return {node.id for node in network.nodes}


def test_nodes_carry_what_is_asked_for_and_no_more(wanted: Ask) -> None:
    network = wanted(measures=("degree", "in-degree"))
    assert network.by_iri[ENTITY + "coralia"].attributes == {"degree": 3, "in_degree": 0}
    assert list(network.definitions) == ["degree", "in_degree"]
    assert "10.1016/0378-8733(78)90021-7" in network.definitions["degree"]
    assert wanted().definitions == {}


def test_what_is_meant_is_in_the_language_asked_for(wanted: Ask) -> None:
    assert wanted(measures=("degree",), language="vi").definitions["degree"].startswith("Số nút khác")


def test_the_top_goes_by_the_measure_named(wanted: Ask) -> None:
    assert slugs(wanted(top=2)) == {"palmyria", "reef-fund"}
    network = wanted(top=1, by="degree", measures=("strength",))
    assert slugs(network) == {"coralia"}
    assert network.by_iri[ENTITY + "coralia"].attributes == {"strength": 3}
    assert network.notes == (
        "Only 1 of 6 nodes are shown: those with the highest values of Degree.",
        "Measures are those of the network of 6 nodes, before any were left out.",
    )


def test_a_component_by_its_size(wanted: Ask) -> None:
    network = wanted(component=2, measures=("component", "pagerank"))
    assert slugs(network) == {"palmyria", "reef-fund"}
    # It is measured by itself, as nothing leads out of it.
    assert network.by_iri[ENTITY + "palmyria"].attributes["component"] == 1
    assert sum(float(node.attributes["pagerank"]) for node in network.nodes) == pytest.approx(1)
    assert network.notes == ("Only component 2 of 2, by size, is shown: 2 of 6 nodes.",)
    assert slugs(wanted(component=1, top=1)) == {"coralia"}
    assert wanted(component=1, top=1).notes == (
        "Only component 1 of 2, by size, is shown: 4 of 6 nodes.",
        "Only 1 of 4 nodes are shown: those whose links together weigh most.",
    )


def test_one_component_is_all_there_is(wanted: Ask) -> None:
    with pytest.raises(NetworkError, match=r"this network has one component\. Ask for 1, or for none"):
        wanted("SELECT ?source ?target { VALUES (?source ?target) { (<urn:a> <urn:b>) } }", component=2)


def test_an_empty_network_stays_one(wanted: Ask) -> None:
    network = wanted("SELECT ?source ?target { VALUES (?source ?target) {} }", component=1, top=3, measures=("all",))
    assert (network.nodes, network.notes) == ((), ("The query found no links.",))


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"component": 3}, NetworkError, "no component 3: this network has 2 components. Ask for 1 to 2"),
        ({"component": 0}, NetworkError, "no component 0"),
        ({"by": "degree"}, ParameterError, "by says which nodes top keeps"),
        ({"top": 1, "by": "component"}, NetworkError, "which group a node is in"),
        ({"top": 1, "by": "degre"}, UnknownName, "Did you mean degree"),
        ({"measures": ("betweeness",)}, UnknownName, "Did you mean betweenness"),
        ({"measures": ("density",)}, NetworkError, "measure of the whole network"),
        ({"size": "community"}, NetworkError, "which group"),
    ],
)
def test_what_cannot_be_is_said(wanted: Ask, options: dict[str, Any], error: type, message: str) -> None:
    with pytest.raises(error, match=message):
        wanted(**options)


def test_a_picture_is_told_what_sizes_show(wanted: Ask) -> None:
    network = wanted(size="In-Degree", measures=("degree",))
    assert (network.size_by, network.size_label) == ("in_degree", "In-degree")
    assert all("in_degree" in node.attributes for node in network.nodes)


def test_what_is_noted_of_dates_holds_of_what_is_left() -> None:
    network = replace(samples.mixed(), period=Period("2031", "2031"))
    bare = replace(
        network, edges=(replace(network.edges[0], spells=()), *network.edges[1:3], replace(network.edges[3], spells=()))
    )
    bare = replace(bare, notes=("2 links have no date and are shown in every period.", "Another note."))
    strength = find_measure("strength")
    kept = keep_top(compute(bare, [strength]), 2, strength)
    assert [node.id for node in kept.nodes] == ["amber", "basalt"]
    assert [edge.weight for edge in kept.edges] == [3, 1, 2]
    assert kept.notes == (
        "1 link has no date and is shown in every period.",
        "Another note.",
        "Only 2 of 3 nodes are shown: those whose links together weigh most.",
    )
    assert keep_top(compute(network, [strength]), 3, strength) == network
    assert keep_component(network, 1) == network


@pytest.mark.parametrize("format_", ["json", "graphml", "gexf", "dot"])
def test_measures_reach_foreign_readers_with_their_types(wanted: Ask, format_: str) -> None:
    network = wanted(measures=("all",))
    content = write(network, format_)
    if format_ == "dot":
        assert b'"betweenness"="0.0"' in content
        return
    graph = read(format_, content)
    data = graph.nodes["coralia"]
    assert (data["degree"], data["betweenness"]) == (3, 0.0)
    assert isinstance(data["degree"], int)
    assert isinstance(data["pagerank"], float)
    assert "eigenvector" in data
    assert "eigenvector" not in graph.nodes["palmyria"]


def test_the_files_say_what_measures_mean(wanted: Ask) -> None:
    network = wanted(measures=("core",))
    for format_ in ("json", "graphml", "gexf"):
        assert b"The largest k for which the node is in the k-core" in write(network, format_)


def test_a_table_is_sorted_and_cut_and_keeps_the_values_of_the_whole(tables: Callable[..., Measured]) -> None:
    found = tables(top=3, by="degree", measures=("degree", "pagerank"))
    assert [node.id for node in found.network.nodes] == ["coralia", "lagoon-union", "mangrovia"]
    assert [each.key for each in found.measures] == ["degree", "pagerank"]
    assert found.whole["nodes"] == 6
    assert sum(found.nodes["pagerank"].values()) == pytest.approx(1)
    assert found.network.notes[-1].startswith("Only 3 of 6 nodes")
    assert found.notes[-1].startswith("Measures are those of the network of 6 nodes")
    assert [node.id for node in tables().network.nodes][:2] == ["palmyria", "reef-fund"]
    assert tables(by="eigenvector").network.nodes[-1].id == "reef-fund"
    assert {each.key for each in tables().measures} >= {"in_degree", "community"}


def test_progress_is_told(store: EmbeddedStore, lagoon_release: Release) -> None:
    told: list[str] = []
    ask(store, lagoon_release.vocabulary, TEXT, Wanted(measures=("core", "pagerank"), language="vi"), told.append)
    assert told == ["Chỉ số lõi", "PageRank"]


def test_in_python(lagoon_release: Release) -> None:
    graph = Graph(lagoon_release)
    found = graph.network(TEXT, measures="degree, core", component=1, top=3, by="in-degree")
    assert isinstance(found, nx.DiGraph)
    assert set(found) == {"lagoon-union", "mangrovia", "northland"}
    assert dict(found.nodes(data="core")) == dict.fromkeys(found, 1)
    assert "k-core" in found.graph["definition_core"]
    with pytest.raises(UnknownName, match="core"):
        graph.network(TEXT, measures=["coer"])


def test_values_are_those_networkx_gives_for_the_same_graph(project: Callable[..., Network]) -> None:
    network = project("partners-met-together")
    found = compute(network, find_measures(["clustering", "core"]))
    graph = nx.Graph((edge.source, edge.target) for edge in network.edges)
    assert found.nodes["clustering"] == pytest.approx(nx.clustering(graph))
    assert found.nodes["core"] == nx.core_number(graph)

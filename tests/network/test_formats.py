from __future__ import annotations

import io
import json
import os
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pygraphviz
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.network import samples
from tests.network.conftest import NAMES

from asoen_graph.errors import NetworkError, UnknownName
from asoen_graph.network.conversion import to_networkx
from asoen_graph.network.formats import FORMATS, format_of, write, write_to
from asoen_graph.network.model import Edge, Network, Relation
from asoen_graph.network.period import Spell
from asoen_graph.network.picture.placement import place

Project = Callable[..., Network]
GOLDEN = Path(__file__).parent / "golden"
GEXF = "{http://gexf.net/1.3}"
SVG = "{http://www.w3.org/2000/svg}"
VIZ = "{http://gexf.net/1.3/viz}"
TEXTUAL = [name for name, form in FORMATS.items() if not form.printed]

AWKWARD = (
    'A "quoted" name',
    "Fish & Chips <Ltd>",
    "two\nlines",
    "carriage\r\nreturn and\ttab",
    "  spaces around  ",
    "back\\slash \\N \\",
    "جمهورية إندونيسيا",
    "עברית and English",
    "ព្រះរាជាណាចក្រកម្ពុជា",
    "ပြည်ထောင်စု",
    "Lò Gò – Xa Mát",
    "'; DROP TABLE",
    "]]> <!-- -->",
    "=1+2",
    "🐢🏝️",
)
TEXTS = st.one_of(
    st.sampled_from(AWKWARD),
    st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=40),
    st.text(st.characters(min_codepoint=0x1780, max_codepoint=0x17F9), min_size=1, max_size=20),
    st.text(st.characters(min_codepoint=0x0590, max_codepoint=0x06FF), min_size=1, max_size=20),
)


def read(format_: str, content: bytes) -> nx.Graph[Any]:
    if format_ == "json":
        return nx.node_link_graph(json.loads(content))
    return {"graphml": nx.read_graphml, "gexf": nx.read_gexf}[format_](io.BytesIO(content))


def as_xml(text: str) -> str:
    """What XML 1.0 can hold of a text."""
    allowed = "\t\n\r"
    return "".join(
        c if c in allowed or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c >= "\U00010000" else "\ufffd"
        for c in text
    )


def triples(graph: nx.Graph[Any]) -> list[tuple[str, ...]]:
    """The edges of a graph with relation and weight, ends in order where direction does not count."""
    return sorted(
        (
            *((source, target) if graph.is_directed() else sorted((source, target))),
            str(data.get("relation", "")),
            str(data["weight"]),
        )
        for source, target, data in graph.edges(data=True)
    )


@pytest.mark.parametrize("format_", ["json", "graphml", "gexf"])
@pytest.mark.parametrize("name", [*NAMES, "mixed"])
def test_networkx_reads_what_is_written(project: Project, name: str, format_: str) -> None:
    network = samples.mixed() if name == "mixed" else project(name)
    graph, reread = to_networkx(network), read(format_, write(network, format_))
    assert reread.is_directed() == network.directed
    assert reread.is_multigraph() == network.has_parallel_edges
    assert triples(reread) == triples(graph)
    assert set(reread) == set(graph)
    for node in network.nodes:
        data = reread.nodes[node.id]
        assert (data["label"], data["kind"], data["iri"], data["slug"]) == (
            node.label,
            node.kind.key,
            node.iri,
            node.slug,
        )
        assert all(data[f"label_{language}"] == label for language, label in node.labels.items())


@pytest.mark.parametrize("name", NAMES)
def test_every_edge_of_a_picture_carries_its_sources(project: Project, name: str) -> None:
    network = project(name, language="vi")
    content = write(network, "svg").decode()
    groups = ElementTree.fromstring(content).iter(f"{SVG}g")
    found = [group.findtext(f"{SVG}title", "") for group in groups if group.get("class") == "edge"]
    assert all(fact in content for edge in network.edges for fact in edge.facts)
    assert len(found) == len(network.edges)
    assert all("Ban Thư ký" in each or "Thời báo" in each or "Quỹ" in each for each in found), found


def test_spells_become_those_of_gexf() -> None:
    root = ElementTree.fromstring(write(samples.mixed(), "gexf"))
    graph = root.find(f"{GEXF}graph")
    assert graph is not None
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    spells = [spell.attrib for edge in root.iter(f"{GEXF}edge") for spell in edge.iter(f"{GEXF}spell")]
    assert spells == [{"start": "2031-05-02", "end": "2031-05-04"}] * 5


def test_a_node_of_gexf_is_there_while_any_of_its_edges_is() -> None:
    a, b, c = (samples.node(name) for name in "abc")
    early, late = Spell("2001-01-01", "2001-12-31"), Spell("2003-01-01", None)
    edges = (
        replace(samples.edge(a, b), spells=(early,)),
        replace(samples.edge(b, a), spells=(late,)),
        replace(samples.edge(b, c), spells=()),
    )
    root = ElementTree.fromstring(write(Network((a, b, c), edges), "gexf"))
    spells = {
        node.get("id"): [(spell.get("start"), spell.get("end")) for spell in node.iter(f"{GEXF}spell")]
        for node in root.iter(f"{GEXF}node")
    }
    # What has an edge without a date is there in every period, as it is with --at.
    assert spells == {"a": [early, late], "b": [], "c": []}


def test_areas_in_gexf_compare_strengths() -> None:
    root = ElementTree.fromstring(write(samples.star(5), "gexf"))
    sizes = [float(size.get("value", "")) for size in root.iter(f"{VIZ}size")]
    assert max(sizes) == sizes[0] == 50
    (strengths,) = (samples.star(5).strengths(),)
    areas = [(size**2 - 100) / strength for size, strength in zip(sizes, strengths.values(), strict=True)]
    assert areas == pytest.approx([areas[0]] * 5, rel=0.02)


@pytest.mark.parametrize("format_", ["gexf", "cyjs", "graphology", "pajek"])
def test_a_network_too_large_for_a_picture_has_no_positions(format_: str) -> None:
    content = write(samples.star(401), format_)
    assert not any(word in content for word in (b"viz:position", b'"position"', b'"x"'))
    if format_ == "pajek":
        assert b" 0.5000 0.5000 0.5000" in content


def test_layers_that_would_take_too_long_are_not_laid_out() -> None:
    a, b = samples.node("a"), samples.node("b")
    edges = tuple(Edge(a.iri, b.iri, Relation(str(number), str(number))) for number in range(301))
    assert b'"x"' not in write(Network((a, b), edges, layout="layered"), "graphology")
    assert b'"x"' in write(Network((a, b), edges[:300], layout="layered"), "graphology")
    assert b'"x"' in write(Network((a, b), edges), "graphology")


def test_positions_are_those_of_the_picture(project: Project) -> None:
    network = project("reporting-lines")
    places = {
        item["key"]: (item["attributes"]["x"], -item["attributes"]["y"])
        for item in json.loads(write(network, "graphology"))["nodes"]
    }
    _, boxes = place(network)
    assert places == {network.by_iri[iri].id: (box.x, box.y) for iri, box in boxes.items()}


def test_without_dates_gexf_is_static() -> None:
    empty = Network((samples.node("alone"),), ())
    graph = ElementTree.fromstring(write(empty, "gexf")).find(f"{GEXF}graph")
    assert graph is not None
    assert (graph.get("mode"), graph.get("timeformat")) == ("static", None)


@pytest.mark.parametrize("format_", ["svg", "json", "graphml", "gexf", "pajek", "cyjs", "graphology", "mermaid", "ttl"])
def test_a_file_of_nothing_says_why(project: Project, format_: str) -> None:
    assert b"No link falls in this period." in write(project("partners-met-together", at="1999"), format_)


def test_a_table_of_nothing_has_its_headings(project: Project) -> None:
    empty = project("partners-met-together", at="1999")
    heads = "source,target,source_label,target_label,relation,relation_label,weight,from,until,facts,sources"
    assert write(empty, "csv").decode() == heads + "\r\n"
    assert write(empty, "nodes").decode() == "id,label,kind,kind_label,iri,slug\r\n"


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_any_label_survives_the_picture(label: str) -> None:
    a, b = samples.node("a", label), samples.node("b")
    network = Network((a, b), (samples.edge(a, b, samples.FUNDS),), title=label)
    root = ElementTree.fromstring(write(network, "svg"))
    assert root.findtext(f"{SVG}title") == as_xml(label)
    (group,) = (g for g in root.iter(f"{SVG}g") if g.get("data-id") == "a")
    assert group.findtext(f"{SVG}title") == f"{as_xml(label)} (state)"
    drawn = "".join("".join(text.itertext()) for text in group.iter(f"{SVG}text"))
    shown = label if label.split() else "a"
    assert "".join(drawn.split()) == "".join(as_xml("".join(shown.split())).split())


@pytest.mark.parametrize(
    ("network", "kind"),
    [
        (samples.mixed(), nx.MultiDiGraph),
        (samples.star(4), nx.Graph),
        (samples.star(4, directed=True), nx.DiGraph),
        (Network(samples.mixed().nodes, samples.mixed().edges[:2], directed=False), nx.MultiGraph),
    ],
)
def test_networkx_gets_the_graph_that_fits(network: Network, kind: type) -> None:
    graph = to_networkx(network)
    assert type(graph) is kind
    assert graph.number_of_edges() == len(network.edges)


def test_the_key_of_an_edge_between_the_same_nodes_is_its_relation() -> None:
    graph = to_networkx(samples.mixed())
    assert graph["amber"]["basalt"]["hosts"]["weight"] == 1
    assert graph["amber"]["basalt"]["funds"]["weight"] == 3


@pytest.mark.parametrize(
    ("path", "format_"),
    [
        ("a.svg", "svg"),
        ("/x/y.GraphML", "graphml"),
        ("a.b.gexf", "gexf"),
        ("n.csv", "csv"),
        ("n.nodes.csv", "nodes"),
        ("a.json", "json"),
        ("a.graphology.json", "graphology"),
    ],
)
def test_the_extension_says_the_format(path: str, format_: str) -> None:
    assert format_of(path) == format_


@pytest.mark.parametrize("path", ["picture.bmp", "picture", ".svg", ".nodes.csv.gz"])
def test_an_unknown_extension_is_answered_with_the_known(path: str) -> None:
    with pytest.raises(NetworkError) as caught:
        format_of(path)
    for each in FORMATS.values():
        assert f".{each.extension}" in caught.value.hint


def test_an_extension_that_is_nearly_one_is_told_which() -> None:
    with pytest.raises(NetworkError, match=r"for \.pfd\. Perhaps \.pdf is meant\. Give the file one of"):
        format_of("diagram.pfd")


def test_graphviz_reads_texts_of_any_length() -> None:
    # As long as the facts of an edge may be; a quoted text of Graphviz ends at 16,384 bytes.
    facts = tuple(f"https://w3id.org/asoen/fact/{number:016x}" for number in range(1000))
    a, b = samples.node("a", "ថ្ងៃ\\" * 3999), samples.node("b")
    network = Network((a, b), (replace(samples.edge(a, b), facts=facts),))
    graph = pygraphviz.AGraph(string=write(network, "dot").decode())
    assert graph.get_edge("a", "b").attr["facts"] == " ".join(facts)
    assert graph.get_node("a").attr["label"] == a.label.replace("\\", "\\\\")


TEXT_FORMS = ("json", "graphml", "gexf", "csv", "nodes", "dot", "cyjs", "graphology", "ttl")


@pytest.mark.parametrize("format_", TEXT_FORMS)
def test_a_large_network_is_never_in_memory_as_a_text(format_: str) -> None:
    class Counter:
        size = 0

        def write(self, content: bytes) -> None:
            self.size += len(content)

    network, file = samples.star(5000), Counter()
    write_to(samples.star(2), format_, Counter())  # type: ignore[arg-type]  # What is imported is not counted.
    assert network.by_iri
    tracemalloc.start()
    try:
        write_to(network, format_, file)  # type: ignore[arg-type]
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # Batches, and a few words for each node or edge: its size, its ends, the documents it rests on.
    assert peak < 0.6 * file.size


def test_an_unknown_format_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match="Did you mean graphml"):
        write(samples.mixed(), "grafml")


@pytest.mark.parametrize(
    "name",
    [
        # Not the workbook: how well it is packed is up to the zlib of the machine. Nor the page: see test_html.
        *(f"partners-met-together.{FORMATS[name].extension}" for name in TEXTUAL if name not in ("xlsx", "html")),
        "partners-met-together.vi.svg",
        "reporting-lines.vi.svg",
        "reporting-lines.gexf",
        "mixed.graphml",
        "mixed.dot",
    ],
)
def test_files_are_as_they_were(project: Project, name: str) -> None:
    """Golden files; with GOLDEN=write they are written anew, to be read before they are committed.

    There is none of a spring layout: its last digits may differ between processors.
    """
    stem, *language = name.split(".")[:-1]
    spoken = language[0] if language else "en"
    network = samples.mixed(spoken) if stem == "mixed" else project(stem, language=spoken)
    content = write(network, format_of(name))
    if os.environ.get("GOLDEN") == "write":
        (GOLDEN / name).write_bytes(content)
    assert content == (GOLDEN / name).read_bytes()

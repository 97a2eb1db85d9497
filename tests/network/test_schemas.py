"""GEXF and GraphML against grammars written after their specifications, and what no grammar can say of them.

The published schemas themselves are not ours to keep here. Where ``GRAPH_SCHEMAS`` names a folder with ``gexf.rng`` and
``graphml.xsd``, put there by hand, the same files are validated against those too.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.network import samples
from tests.network.conftest import NAMES
from tests.network.test_readers import TEXTS, gaps

from asoen_graph.network.formats import write
from asoen_graph.network.model import Edge, Kind, Network, Node, Relation
from asoen_graph.network.period import Spell

Project = Callable[..., Network]
GRAMMARS = Path(__file__).parent / "schemas"
PUBLISHED = Path(os.environ.get("GRAPH_SCHEMAS", "/nonexistent"))
SDO = rdflib.Namespace("https://schema.org/")
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
GEXF = "{http://gexf.net/1.3}"


def grammars(format_: str) -> list[etree.RelaxNG | etree.XMLSchema]:
    found: list[etree.RelaxNG | etree.XMLSchema] = [etree.RelaxNG(etree.parse(GRAMMARS / f"{format_}.rng"))]
    if (PUBLISHED / f"{format_}.rng").exists():
        found.append(etree.RelaxNG(etree.parse(PUBLISHED / f"{format_}.rng")))
    if (PUBLISHED / f"{format_}.xsd").exists():
        found.append(etree.XMLSchema(etree.parse(PUBLISHED / f"{format_}.xsd")))
    return found


def checked(network: Network, format_: str) -> etree._Element:
    """The root of the file, valid by every grammar there is."""
    root = etree.fromstring(write(network, format_))
    for grammar in grammars(format_):
        grammar.assertValid(root)
    return root


def strange() -> Network:
    """Nodes that are no entities of ours, and attributes of every type, some of them missing or mixed."""
    one = Node("http://example.org/a?b=c#d", "One", Kind("k", "K"), attributes={"core": 1, "share": 0.25, "mixed": 1})
    two = Node("urn:two", "Two", Kind("k", "K"), attributes={"share": 1e-7, "mixed": "many", "hub": True})
    three = Node("urn:three", "Three", Kind("k", "K"), attributes={"core": 2.5, "share": float("nan")})
    edges = (Edge(one.iri, two.iri, Relation("a text of two lines\n", "A text"), 0.1), Edge(two.iri, three.iri))
    return Network((one, two, three), edges, name="a name, with signs")


MADE = {
    "mixed": samples.mixed(),
    "gaps": gaps(),
    "star": samples.star(5),
    "strange": strange(),
    "empty": Network((), (), name=""),
    "open": replace(gaps(), edges=(replace(gaps().edges[0], spells=(Spell(None, "2001-01-01"),)),)),
}


@pytest.mark.parametrize("format_", ["graphml", "gexf"])
@pytest.mark.parametrize("name", [*NAMES, *MADE])
def test_files_are_valid(project: Project, name: str, format_: str) -> None:
    checked(MADE[name] if name in MADE else project(name), format_)


@pytest.mark.parametrize("name", [*NAMES, *MADE])
def test_what_graphml_refers_to_is_there(project: Project, name: str) -> None:
    root = checked(MADE[name] if name in MADE else project(name), "graphml")
    keys = {key.get("id"): (key.get("for"), key.get("attr.type")) for key in root.iter(f"{GRAPHML}key")}
    nodes = [node.get("id") for node in root.iter(f"{GRAPHML}node")]
    assert len(keys) == len(list(root.iter(f"{GRAPHML}key")))
    assert len({*nodes}) == len(nodes)
    edges = list(root.iter(f"{GRAPHML}edge"))
    assert len({edge.get("id") for edge in edges}) == len(edges)
    for edge in edges:
        assert {edge.get("source"), edge.get("target")} <= {*nodes}
    for each in root.iter(f"{GRAPHML}graph", f"{GRAPHML}node", f"{GRAPHML}edge"):
        given = [data.get("key") for data in each.findall(f"{GRAPHML}data")]
        assert len({*given}) == len(given)
    for data in root.iter(f"{GRAPHML}data"):
        domain, type_ = keys[data.get("key")]
        assert data.getparent().tag == GRAPHML + domain
        READ[type_](data.text or "")


READ: dict[str, Callable[[str], object]] = {
    "string": str,
    "long": int,
    "double": float,
    "boolean": lambda text: {"true": True, "false": False}[text],
}


@pytest.mark.parametrize("name", [*NAMES, *MADE])
def test_what_gexf_refers_to_is_there(project: Project, name: str) -> None:
    root = checked(MADE[name] if name in MADE else project(name), "gexf")
    types = {
        (declared.get("class"), each.get("id")): each.get("type")
        for declared in root.iter(f"{GEXF}attributes")
        for each in declared
    }
    nodes = [node.get("id") for node in root.iter(f"{GEXF}node")]
    assert len({*nodes}) == len(nodes) == int(root.find(f".//{GEXF}nodes").get("count"))
    for edge in root.iter(f"{GEXF}edge"):
        assert {edge.get("source"), edge.get("target")} <= {*nodes}
    for value in root.iter(f"{GEXF}attvalue"):
        class_ = etree.QName(value.getparent().getparent()).localname
        READ[types[class_, value.get("for")]](value.get("value"))


def test_values_of_two_types_get_one_that_holds_both() -> None:
    root = checked(strange(), "graphml")
    types = {
        key.get("attr.name"): key.get("attr.type") for key in root.iter(f"{GRAPHML}key") if key.get("for") == "node"
    }
    assert [types[name] for name in ("core", "share", "mixed", "hub")] == ["double", "double", "string", "boolean"]
    shares = [data.text for data in root.iter(f"{GRAPHML}data") if data.get("key") == "node-share"]
    assert shares == ["0.25", "1e-07"]  # What is no number is left out.


@pytest.mark.parametrize("format_", ["graphml", "gexf"])
@settings(max_examples=60, deadline=None)
@given(texts=st.lists(TEXTS, min_size=4, max_size=4))
def test_files_with_any_text_are_valid(format_: str, texts: list[str]) -> None:
    label, relation, title, name = texts
    a, b = samples.node("a", label), samples.node("b", "B")
    link = samples.edge(a, b, Relation(relation, relation))
    checked(Network((a, b), (link,), name=name, title=title, description=title, notes=(title,)), format_)


def test_rdf_has_the_attributes_of_nodes_as_observations_in_the_network() -> None:
    graph = rdflib.Graph().parse(data=write(strange(), "ttl"), format="turtle")
    found = {
        (str(graph.value(each, SDO.observationAbout)), str(graph.value(each, SDO.name))): graph.value(each, SDO.value)
        for each in graph.subjects(rdflib.RDF.type, SDO.Observation)
    }
    values = {key: value.toPython() for key, value in found.items()}
    assert values == {
        ("http://example.org/a?b=c#d", "core"): 1,
        ("http://example.org/a?b=c#d", "share"): 0.25,
        ("http://example.org/a?b=c#d", "mixed"): 1,
        ("urn:two", "share"): 1e-7,
        ("urn:two", "mixed"): "many",
        ("urn:two", "hub"): True,
        ("urn:three", "core"): 2.5,
    }

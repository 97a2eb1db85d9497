"""Readers of network files that are not ours: each form opened by a program that people use it with.

A reader gives the same thing for every form, as far as the form can hold it, so that one test can compare them all.
"""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import igraph
import networkx as nx
import openpyxl
import pygraphviz
import rdflib
from rdflib.namespace import DCTERMS, PROV, RDF, RDFS

from asoen_graph.iris import ENTITY, FACT
from asoen_graph.network.attributes import SEPARATOR
from asoen_graph.network.formats import edgelist, nodelist
from asoen_graph.network.formats.headings import heading
from asoen_graph.network.model import Network

DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")


@dataclass(order=True, frozen=True)
class Line:
    """An edge as it was read; ``None`` is what the form does not hold."""

    source: str
    target: str
    relation: str | None
    weight: float
    dates: tuple[str | None, str | None] | None = None
    facts: tuple[str, ...] | None = None
    sources: tuple[str, ...] | None = None


@dataclass
class Reading:
    """A file as it was read: the label of each node by its id, and the edges in order."""

    labels: dict[str, str]
    lines: list[Line] = field(default_factory=list)
    directed: bool | None = None


def expected(network: Network, *, relation: str = "key", without: tuple[str, ...] = ()) -> Reading:
    """What a reader should find; ``relation`` is ``key`` or ``label``, ``without`` what the form does not hold."""
    lines = []
    for edge in network.edges:
        found: dict[str, Any] = {
            "dates": (edge.earliest, edge.latest),
            "facts": edge.facts,
            "sources": tuple(dict.fromkeys(each.text(network.language) for each in edge.citations)),
        }
        lines.append(
            Line(
                network.by_iri[edge.source].id,
                network.by_iri[edge.target].id,
                getattr(edge.relation, relation) if edge.relation else None,
                edge.weight,
                **{name: value for name, value in found.items() if name not in without},
            )
        )
    return Reading({node.id: node.label for node in network.nodes}, sorted(lines, key=str), network.directed)


def of_networkx(graph: nx.Graph[Any]) -> Reading:
    """A graph of networkx; ends that networkx turned round, where direction does not count, are turned back by id."""
    lines = [flat_line(source, target, data) for source, target, data in graph.edges(data=True)]
    labels = {node: data["label"] for node, data in graph.nodes(data=True)}
    return Reading(labels, sorted(lines, key=str), graph.is_directed())


def flat_line(source: str, target: str, data: dict[str, Any]) -> Line:
    """An edge whose attributes are those of ``edge_attributes``, as texts or as lists."""
    facts, sources = data.get("facts", ""), data.get("sources", "")  # Graphviz leaves out what is empty.
    return Line(
        source,
        target,
        data.get("relation") or None,
        float(data["weight"]),
        (data.get("from") or None, data.get("until") or None),
        tuple(facts.split() if isinstance(facts, str) else facts),
        tuple([each for each in sources.split(SEPARATOR) if each] if isinstance(sources, str) else sources),
    )


def read_graphml(content: bytes) -> Reading:
    return of_networkx(nx.read_graphml(io.BytesIO(content)))


def read_graphml_with_igraph(content: bytes) -> Reading:
    graph = _with_igraph(igraph.Graph.Read_GraphML, content)
    names = graph.vs["id"] if len(graph.vs) else []
    lines = [flat_line(names[edge.source], names[edge.target], edge.attributes()) for edge in graph.es]
    labels = dict(zip(names, graph.vs["label"], strict=True)) if names else {}
    return Reading(labels, sorted(lines, key=str), graph.is_directed())


def _with_igraph(read: Callable[[str], igraph.Graph], content: bytes) -> igraph.Graph:
    with tempfile.NamedTemporaryFile() as file:  # igraph reads files of the system only.
        file.write(content)
        file.flush()
        return read(file.name)


def read_gexf(content: bytes) -> Reading:
    graph = nx.read_gexf(io.BytesIO(content))
    for _, _, data in graph.edges(data=True):
        spells = data.get("spells", [])
        starts, ends = [start for start, _ in spells], [end for _, end in spells]
        # networkx makes the text "None" of an end that is not given.
        data["from"] = min(starts) if starts and "None" not in starts else None
        data["until"] = max(ends) if ends and "None" not in ends else None
    return of_networkx(graph)


def read_nodelink(content: bytes) -> Reading:
    return of_networkx(nx.node_link_graph(json.loads(content)))


def read_cyjs(content: bytes) -> Reading:
    return of_networkx(nx.cytoscape_graph(json.loads(content)))


def read_dot(content: bytes) -> Reading:
    graph = pygraphviz.AGraph(string=content.decode())
    lines = [flat_line(str(edge[0]), str(edge[1]), dict(edge.attr)) for edge in graph.edges()]
    return Reading(
        {str(node): node.attr["label"] for node in graph.nodes()}, sorted(lines, key=str), graph.is_directed()
    )


def read_pajek(content: bytes) -> Reading:
    """Vertices are named by their labels there."""
    graph = nx.read_pajek(io.BytesIO(content))
    lines = [Line(source, target, data["l"], data["weight"]) for source, target, data in graph.edges(data=True)]
    return Reading({label: label for label in graph}, sorted(lines, key=str), graph.is_directed())


def read_pajek_with_igraph(content: bytes) -> Reading:
    graph = _with_igraph(igraph.Graph.Read_Pajek, content)
    names = graph.vs["name"] if len(graph.vs) else []
    lines = [Line(names[edge.source], names[edge.target], edge["label"], edge["weight"]) for edge in graph.es]
    return Reading({name: name for name in names}, sorted(lines, key=str), graph.is_directed())


def read_csv(content: bytes) -> Reading:
    rows = list(csv.DictReader(io.StringIO(content.decode(), newline="")))
    labels = {row[end]: row[f"{end}_label"] for row in rows for end in ("source", "target")}
    return Reading(labels, sorted((flat_line(row["source"], row["target"], row) for row in rows), key=str))


def read_nodes(content: bytes) -> Reading:
    return Reading({row["id"]: row["label"] for row in csv.DictReader(io.StringIO(content.decode(), newline=""))})


def read_xlsx(content: bytes) -> Reading:
    _, nodes, links, _ = (list(sheet.values) for sheet in openpyxl.load_workbook(io.BytesIO(content)))
    names = [*edgelist.COLUMNS, *nodelist.COLUMNS, "spells"]
    spoken = {heading(name, language): name for name in names for language in ("en", "vi")}
    lines = []
    for row in links[1:]:
        data = {spoken[head]: cell for head, cell in zip(links[0], row, strict=True) if cell is not None}
        facts = [fact.replace("fact:", FACT) for fact in data.get("facts", "").split()]
        lines.append(
            flat_line(data["source"], data["target"], {"sources": "", "relation": None} | data | {"facts": facts})
        )
    return Reading({row[0]: row[1] for row in nodes[1:]}, sorted(lines, key=str))


def read_ttl(content: bytes) -> Reading:
    graph = rdflib.Graph().parse(io.BytesIO(content), format="turtle")
    language = str(graph.value(predicate=DCTERMS.language, subject=graph.value(None, RDF.type, DCAT.Dataset)))
    lines = [_of_statement(graph, link) for link in graph.subjects(RDF.type, RDF.Statement)]
    labels: dict[str, str] = {}
    for iri in graph.objects(predicate=rdflib.URIRef("https://schema.org/mentions")):
        texts = {str(label.language or language): str(label) for label in graph.objects(iri, RDFS.label)}
        labels[str(iri).removeprefix(ENTITY)] = texts.get(language) or texts.get("en") or ""
    return Reading(labels, sorted(lines, key=str))


def _of_statement(graph: rdflib.Graph, link: rdflib.term.Node) -> Line:
    predicate, text = graph.value(link, RDF.predicate), graph.value(link, RDFS.label)
    spells = list(graph.objects(link, DCTERMS.temporal))
    starts = [graph.value(spell, DCAT.startDate) for spell in spells]
    ends = [graph.value(spell, DCAT.endDate) for spell in spells]
    facts = sorted(graph.objects(link, PROV.wasDerivedFrom))
    cited = [graph.value(fact, DCTERMS.bibliographicCitation) for fact in facts]
    relation = graph.value(predicate, RDFS.label) if predicate else text
    return Line(
        str(graph.value(link, RDF.subject)).removeprefix(ENTITY),
        str(graph.value(link, RDF.object)).removeprefix(ENTITY),
        str(relation) if relation else None,
        float(graph.value(link, RDF.value)),
        (
            min(map(str, starts)) if starts and all(starts) else None,
            max(map(str, ends)) if ends and all(ends) else None,
        ),
        tuple(map(str, facts)),
        tuple(str(each) for each in cited if each),
    )


READERS: dict[str, list[Callable[[bytes], Reading]]] = {
    "json": [read_nodelink],
    "graphml": [read_graphml, read_graphml_with_igraph],
    "gexf": [read_gexf],
    "csv": [read_csv],
    "nodes": [read_nodes],
    "xlsx": [read_xlsx],
    "dot": [read_dot],
    "pajek": [read_pajek, read_pajek_with_igraph],
    "cyjs": [read_cyjs],
    "ttl": [read_ttl],
}
"""By form; graphology and mermaid are read by programs in JavaScript (``test_javascript_readers``)."""

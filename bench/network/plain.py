"""The peer: from a query to GraphML and to a picture with rdflib, networkx and matplotlib, as their manuals show it.

Usage: python plain.py FILE.nq QUERY.rq TOP OUT.graphml OUT.svg. It needs nothing of asoen. It writes what each step
took to standard output as JSON, and the most memory until the GraphML was written, in MB. TOP is how many of the
strongest nodes are in the picture.

Labels and classes are looked up for each node, and where the query gives ``?facts``, document and place for each fact.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections import defaultdict
from pathlib import Path

import networkx
import rdflib
from rdflib import PROV, RDF, RDFS, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

TERM = rdflib.Namespace("https://w3id.org/asoen/ontology#")


def load(path: str) -> rdflib.Dataset:
    dataset = rdflib.Dataset()
    dataset.parse(path, format="nquads")
    # A release has a default graph; the quads of bench/server/world.py have none.
    dataset.default_union = not len(dataset.graph(DATASET_DEFAULT_GRAPH_ID))
    return dataset


def project(dataset: rdflib.Dataset, query: str) -> networkx.MultiDiGraph:
    graph = networkx.MultiDiGraph()
    facts: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for row in dataset.query(query):
        values = row.asdict()
        source, target, relation = str(row.source), str(row.target), str(values.get("relation", ""))
        if not graph.has_edge(source, target, relation):
            graph.add_edge(source, target, relation, weight=0.0)
        edge = graph.edges[source, target, relation]
        edge["weight"] += float(values.get("weight", 1))
        if "from" in values:
            edge["from"] = min(edge.get("from", "9999"), str(values["from"]))
        if "until" in values:
            edge["until"] = max(edge.get("until", ""), str(values["until"]))
        facts[source, target, relation].update(str(values.get("facts", "")).split())
    cited = {fact: cite(dataset, fact) for fact in set().union(*facts.values())}
    for key, found in facts.items():
        if found:
            graph.edges[key]["sources"] = " | ".join(sorted(cited[fact] for fact in found))
    for iri in graph:
        for label in dataset.objects(URIRef(iri), RDFS.label):
            graph.nodes[iri][f"label_{label.language}"] = str(label)
        kinds = sorted(dataset.objects(URIRef(iri), RDF.type))
        graph.nodes[iri]["kind"] = str(kinds[0]) if kinds else ""
    return graph


def cite(dataset: rdflib.Dataset, fact: str) -> str:
    source = dataset.value(URIRef(fact), PROV.wasDerivedFrom)
    title = dataset.value(source, TERM.title)
    return f"{title}, {dataset.value(URIRef(fact), TERM.locator)}"


def draw(graph: networkx.MultiDiGraph, path: str, top: int) -> None:
    import matplotlib as mpl
    from matplotlib import pyplot

    mpl.use("svg")
    pyplot.rcParams["svg.fonttype"] = "none"
    strengths = dict(graph.degree(weight="weight"))
    part = graph.subgraph(sorted(strengths, key=strengths.__getitem__, reverse=True)[:top])
    pyplot.figure(figsize=(16, 12))
    labels = {iri: part.nodes[iri].get("label_en", iri) for iri in part}
    networkx.draw_networkx(part, networkx.spring_layout(part, seed=1), labels=labels, font_size=7, edge_color="#999999")
    pyplot.savefig(path)


class Clock:
    """Seconds of each step, by the clock and of the processor."""

    def __init__(self) -> None:
        self.steps: dict[str, float] = {}
        self._start = time.perf_counter(), time.process_time()

    def __call__(self, step: str) -> None:
        now = time.perf_counter(), time.process_time()
        self.steps[step], self.steps[f"{step} cpu"] = (end - start for start, end in zip(self._start, now, strict=True))
        self._start = now


def main(data: str, query: str, top: str, graphml: str, svg: str) -> None:
    clock = Clock()
    dataset = load(data)
    clock("load")
    graph = project(dataset, Path(query).read_text(encoding="utf-8"))
    clock("network")
    networkx.write_graphml(graph, graphml)
    clock("graphml")
    clock.steps["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    draw(graph, svg, int(top))
    clock("svg")
    weight = sum(weight for _, _, weight in graph.edges(data="weight"))
    print(json.dumps(clock.steps | {"nodes": len(graph), "edges": graph.number_of_edges(), "weight": weight}))


if __name__ == "__main__":
    main(*sys.argv[1:])

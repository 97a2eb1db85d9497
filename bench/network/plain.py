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

TERM = rdflib.Namespace("https://w3id.org/asoen/ontology#")


def load(path: str) -> rdflib.Dataset:
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(path, format="nquads")
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


def main(data: str, query: str, top: str, graphml: str, svg: str) -> None:
    steps = {}
    start = time.perf_counter()
    dataset = load(data)
    steps["load"] = time.perf_counter() - start
    start = time.perf_counter()
    graph = project(dataset, Path(query).read_text(encoding="utf-8"))
    steps["network"] = time.perf_counter() - start
    start = time.perf_counter()
    networkx.write_graphml(graph, graphml)
    steps["graphml"] = time.perf_counter() - start
    steps["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start = time.perf_counter()
    draw(graph, svg, int(top))
    steps["svg"] = time.perf_counter() - start
    weight = sum(weight for _, _, weight in graph.edges(data="weight"))
    print(json.dumps(steps | {"nodes": len(graph), "edges": graph.number_of_edges(), "weight": weight}))


if __name__ == "__main__":
    main(*sys.argv[1:])

"""From a query to GraphML and to a picture, as `asoen network` does it, with what each step took.

Usage: python ours.py FILE.nq QUERY.rq TOP OUT.graphml OUT.svg, with the arguments and the output of plain.py.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from asoen_graph.network.formats import write
from asoen_graph.network.projection import build_network, keep_strongest
from asoen_graph.queries.catalogue import read_query
from asoen_graph.queries.header import has_header
from asoen_graph.store.embedded import EmbeddedStore
from asoen_graph.vocabulary import Vocabulary


def main(data: str, query: str, top: str, graphml: str, svg: str) -> None:
    steps = {}
    start = time.perf_counter()
    quads = Store()
    quads.bulk_load(path=data, format=RdfFormat.N_QUADS, lenient=True)
    # A release has a default graph; the quads of bench/server/world.py have none.
    has_default_graph = any(True for _ in EmbeddedStore(quads).query("SELECT * { ?s ?p ?o } LIMIT 1").rows)
    store = EmbeddedStore(quads, is_union=not has_default_graph)
    vocabulary = Vocabulary.of_store(quads)
    steps["load"] = time.perf_counter() - start
    text = Path(query).read_text(encoding="utf-8")
    start = time.perf_counter()
    network = build_network(store, vocabulary, read_query(Path(query)) if has_header(text) else text)
    steps["network"] = time.perf_counter() - start
    start = time.perf_counter()
    Path(graphml).write_bytes(write(network, "graphml"))
    steps["graphml"] = time.perf_counter() - start
    steps["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start = time.perf_counter()
    Path(svg).write_bytes(write(keep_strongest(network, int(top)), "svg"))
    steps["svg"] = time.perf_counter() - start
    weight = sum(edge.weight for edge in network.edges)
    counts = {"nodes": len(network.nodes), "edges": len(network.edges), "weight": weight}
    print(json.dumps(steps | counts))


if __name__ == "__main__":
    main(*sys.argv[1:])

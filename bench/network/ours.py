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

from asoen_graph.network.formats import write, write_to
from asoen_graph.network.projection import build_network, keep_strongest
from asoen_graph.queries.catalogue import read_query
from asoen_graph.queries.header import has_header
from asoen_graph.store.embedded import EmbeddedStore
from asoen_graph.vocabulary import Vocabulary


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
    quads = Store()
    quads.bulk_load(path=data, format=RdfFormat.N_QUADS, lenient=True)
    # A release has a default graph; the quads of bench/server/world.py have none.
    has_default_graph = any(True for _ in EmbeddedStore(quads).query("SELECT * { ?s ?p ?o } LIMIT 1").rows)
    store = EmbeddedStore(quads, is_union=not has_default_graph)
    vocabulary = Vocabulary.of_store(quads)
    clock("load")
    text = Path(query).read_text(encoding="utf-8")
    network = build_network(store, vocabulary, read_query(Path(query)) if has_header(text) else text)
    clock("network")
    with Path(graphml).open("wb") as file:
        write_to(network, "graphml", file)
    clock("graphml")
    clock.steps["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    Path(svg).write_bytes(write(keep_strongest(network, int(top)), "svg"))
    clock("svg")
    weight = sum(edge.weight for edge in network.edges)
    counts = {"nodes": len(network.nodes), "edges": len(network.edges), "weight": weight}
    print(json.dumps(clock.steps | counts))


if __name__ == "__main__":
    main(*sys.argv[1:])

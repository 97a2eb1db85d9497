"""How far the nodes of a picture move from one year to the next, and when an edge is taken out.

The move of a node is the way between its places in two pictures, each place as shares of the width and the height of
its picture, divided by the diagonal: 0 is the same place, 1 the opposite corner. Nodes that are in both pictures count.
``after all time`` is what is drawn (``network/picture/placement.py``), ``alone`` the same network arranged by itself.
Usage: python bench/network_steadiness.py [RELEASE]
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from statistics import fmean

from asoen_graph.network.asking import Wanted, ask
from asoen_graph.network.model import Network
from asoen_graph.network.picture.layout import Box
from asoen_graph.network.picture.placement import place
from asoen_graph.queries.catalogue import read_query
from asoen_graph.release import Release
from asoen_graph.resources import queries_folder
from asoen_graph.store.embedded import EmbeddedStore

RELEASE = Path(__file__).resolve().parent.parent / "build" / "release"
NAMES = ("who-works-with-whom", "partners-met-together", "programmes-with-funders-and-implementers", "reporting-lines")
YEARS = range(2000, 2026)
EDGES = 20


def main(folder: Path) -> None:
    """Print a table in Markdown."""
    release = Release.open(folder)
    store = EmbeddedStore(release.store())
    sys.stdout.write("| network | from year to year, after all time | the same, alone | an edge less |\n")
    sys.stdout.write("| --- | --- | --- | --- |\n")
    for name in NAMES:
        query = read_query(queries_folder() / "networks" / f"{name}.rq")
        years = [ask(store, release.vocabulary, query, Wanted(at=str(year))) for year in YEARS]
        alone = [replace(network, whole=None) for network in years]
        whole = ask(store, release.vocabulary, query, Wanted())
        cells = [_told(map(_mean_move, *zip(*pairwise(map(_boxes, each)), strict=True))) for each in (years, alone)]
        less = [_mean_move(_boxes(whole), _boxes(each)) for each in _with_an_edge_less(whole)]
        sys.stdout.write(f"| `{name}` | {' | '.join([*cells, _told(less)])} |\n")


def _boxes(network: Network) -> dict[str, Box]:
    return place(network)[1]


def _mean_move(before: Mapping[str, Box], after: Mapping[str, Box]) -> float:
    pages = [(max(b.right for b in each.values()), max(b.bottom for b in each.values())) for each in (before, after)]
    return fmean(
        math.hypot(
            before[iri].x / pages[0][0] - after[iri].x / pages[1][0],
            before[iri].y / pages[0][1] - after[iri].y / pages[1][1],
        )
        / math.sqrt(2)
        for iri in before.keys() & after.keys()
    )


def _with_an_edge_less(network: Network) -> Iterable[Network]:
    step = max(1, len(network.edges) // EDGES)
    for number in range(0, len(network.edges), step):
        edges = tuple(edge for index, edge in enumerate(network.edges) if index != number)
        ends = {iri for edge in edges for iri in (edge.source, edge.target)}
        yield replace(network, edges=edges, nodes=tuple(node for node in network.nodes if node.iri in ends))


def _told(moves: Iterable[float]) -> str:
    found = list(moves)
    return f"{fmean(found):.1%} (at most {max(found):.1%})"


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else RELEASE)

"""How nodes and edges look and where they stand, for files that programs draw from.

Colours and shapes are those of the picture. Sizes are diameters from 10 to 50 whose squares grow with the strength of
the nodes, so that areas compare. Positions are those of the picture, in its units, with y growing upwards as in
geometry; a network too large for a picture, or with so many edges that its layout would take longer than its file, has
none, and the program that opens the file lays it out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from asoen_graph.network.formats.svg import MOST_NODES
from asoen_graph.network.model import Network, Node, Relation
from asoen_graph.network.picture.palette import KindStyle, LineStyle, kind_styles, line_styles
from asoen_graph.network.picture.placement import place

_SMALLEST: Final = 10.0
_LARGEST: Final = 50.0
_MOST_EDGES: Final = 5000
_MOST_EDGES_IN_LAYERS: Final = 300
"""With twice as many, Graphviz may look for an order in the layers for minutes."""


@dataclass(frozen=True, slots=True)
class Look:
    """A node as it is drawn: colour as ``#RRGGBB``, shape, diameter, and its place where it has one."""

    style: KindStyle
    size: float
    position: tuple[float, float] | None


class Appearance:
    """The looks of a network."""

    def __init__(self, network: Network) -> None:
        self._kinds = kind_styles(network)
        self._lines = line_styles(network)
        self._sizes = _sizes(network)
        self._positions = _positions(network)

    def look(self, node: Node) -> Look:
        """How a node of the network looks."""
        return Look(self._kinds[node.kind], self._sizes[node.iri], self._positions.get(node.iri))

    def line(self, relation: Relation | None) -> LineStyle:
        """How the edges of a relation look."""
        return self._lines[relation]


def _sizes(network: Network) -> dict[str, float]:
    strengths = network.strengths()
    most = max(strengths.values(), default=0.0)
    if not most:
        return dict.fromkeys(strengths, _SMALLEST)
    return {
        iri: round(math.sqrt(_SMALLEST**2 + (_LARGEST**2 - _SMALLEST**2) * strength / most), 1)
        for iri, strength in strengths.items()
    }


def _positions(network: Network) -> dict[str, tuple[float, float]]:
    most_edges = _MOST_EDGES_IN_LAYERS if network.layout == "layered" else _MOST_EDGES
    if len(network.nodes) > MOST_NODES or len(network.edges) > most_edges:
        return {}
    _, boxes = place(network)
    # Adding zero turns -0.0, which some readers show, into 0.0.
    return {iri: (box.x, -box.y + 0.0) for iri, box in boxes.items()}

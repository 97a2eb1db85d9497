"""Pajek's network file (Batagelj and Mrvar, http://mrvar.fdv.uni-lj.si/pajek/): vertices and weighted, labelled lines.

The file starts with the byte order mark by which Pajek knows UTF-8. Vertices have their label, which is followed by
the id where several have the same, and their place in a unit square. The format has no place for facts, sources, IRIs
or days, and says so in its first lines; and no escapes: in labels a double quotation mark becomes a single one, a
backslash a slash, white space and control characters one space.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from asoen_graph.network.attributes import edge_label, network_attributes
from asoen_graph.network.formats.appearance import Appearance
from asoen_graph.network.model import Network
from asoen_graph.network.words import say

_PLAIN = str.maketrans({'"': "'", "\\": "/"})
_BLANK = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_MIDDLE = 0.5


def pieces(network: Network) -> Iterator[str]:
    """The network as Pajek's ``.net``, line by line."""
    yield "\ufeff"
    for name, value in network_attributes(network).items():
        yield f"% {name}: {_flat(value)}\n"
    yield f"% {_flat(say('pajek', network.language))}\n"
    yield f"*Network {_flat(network.name) or 'network'}\n*Vertices {len(network.nodes)}\n"
    numbers = {node.iri: number for number, node in enumerate(network.nodes, start=1)}
    places = _places(network)
    for node, label in zip(network.nodes, _labels(network), strict=True):
        x, y = places.get(node.iri, (_MIDDLE, _MIDDLE))
        yield f'{numbers[node.iri]} "{label}" {x:.4f} {y:.4f} {_MIDDLE:.4f}\n'
    yield "*Arcs\n" if network.directed else "*Edges\n"
    for edge in network.edges:
        label = _flat(edge_label(network, edge))
        yield f'{numbers[edge.source]} {numbers[edge.target]} {edge.weight} l "{label}"\n'


def _labels(network: Network) -> list[str]:
    """A label for each node, no two alike."""
    labels = [_flat(node.label) or node.id for node in network.nodes]
    count = Counter(labels)
    return [
        label if count[label] == 1 else f"{label} ({node.id})"
        for label, node in zip(labels, network.nodes, strict=True)
    ]


def _places(network: Network) -> dict[str, tuple[float, float]]:
    """The positions of the picture, shrunk into the unit square that Pajek draws in; there y grows downwards."""
    appearance = Appearance(network)
    found = {node.iri: look.position for node in network.nodes if (look := appearance.look(node)).position}
    across, down = [x for x, _ in found.values()], [-y for _, y in found.values()]
    side = max([max(across) - min(across), max(down) - min(down), 1.0]) if found else 1.0
    # A margin of a twentieth, for what is drawn about the middle of a vertex.
    return {
        iri: (0.05 + 0.9 * (x - min(across)) / side, 0.05 + 0.9 * (-y - min(down)) / side)
        for iri, (x, y) in found.items()
    }


def _flat(text: str) -> str:
    return _BLANK.sub(" ", text).strip().translate(_PLAIN)

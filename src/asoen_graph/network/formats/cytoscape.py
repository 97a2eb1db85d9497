"""CYJS: JSON as Cytoscape and Cytoscape.js exchange it (https://js.cytoscape.org/#notation/elements-json).

Cytoscape makes a column with one type of each attribute, so the values are flat, as in GraphML. Nodes and edges share
one space of ids there, so those of edges have a space in them, which no node's has. ``name`` and ``interaction`` are
what Cytoscape calls label and relation; ``value`` is the id again, for networkx (``cytoscape_graph``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from asoen_graph.network.attributes import edge_attributes, edge_label, network_attributes, node_attributes
from asoen_graph.network.formats.appearance import Appearance
from asoen_graph.network.formats.documents import json_pieces
from asoen_graph.network.model import Network


def pieces(network: Network) -> Iterator[str]:
    """The network as CYJS, line by line."""
    about = {"shared_name": network.title or network.name, **network_attributes(network)}
    head = {
        "format_version": "1.0",
        "generated_by": "asoen_graph",
        "target_cytoscapejs_version": "~3.0",
        "directed": network.directed,
        "multigraph": network.has_parallel_edges,
        "data": about,
    }
    return json_pieces(head, _nodes(network), _edges(network), inside="elements")


def _nodes(network: Network) -> Iterator[dict[str, Any]]:
    appearance = Appearance(network)
    for node in network.nodes:
        look = appearance.look(node)
        data = {"id": node.id, "value": node.id, "name": node.label, **node_attributes(node)}
        # On the screen y grows downwards.
        place = {"position": {"x": look.position[0], "y": -look.position[1] + 0.0}} if look.position else {}
        yield {"data": {**data, "colour": look.style.colour, "size": look.size}, **place}


def _edges(network: Network) -> Iterator[dict[str, Any]]:
    multigraph = network.has_parallel_edges
    for number, edge in enumerate(network.edges):
        data = {
            "id": f"edge {number}",
            "source": network.by_iri[edge.source].id,
            "target": network.by_iri[edge.target].id,
            **({"key": number} if multigraph else {}),
            "name": edge_label(network, edge),
            "interaction": edge.relation.key if edge.relation else "",
            **edge_attributes(edge, network.language),
        }
        yield {"data": data}

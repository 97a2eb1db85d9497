"""JSON as graphology serialises a graph (https://graphology.github.io/serialization.html), for ``Graph.from``.

Nodes have the ``x``, ``y``, ``size`` and ``color`` that sigma.js draws from, edges a ``color``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from asoen_graph.network.attributes import network_attributes, node_attributes
from asoen_graph.network.formats.appearance import Appearance
from asoen_graph.network.formats.documents import json_pieces
from asoen_graph.network.formats.nodelink import with_lists
from asoen_graph.network.model import Network


def pieces(network: Network) -> Iterator[str]:
    """The network as JSON, line by line; facts and sources are lists and spells pairs of days."""
    head = {
        "options": {
            "type": "directed" if network.directed else "undirected",
            "multi": network.has_parallel_edges,
            "allowSelfLoops": True,
        },
        "attributes": network_attributes(network),
    }
    appearance = Appearance(network)
    return json_pieces(head, _nodes(network, appearance), _edges(network, appearance))


def _nodes(network: Network, appearance: Appearance) -> Iterator[dict[str, Any]]:
    for node in network.nodes:
        look = appearance.look(node)
        place = {"x": look.position[0], "y": look.position[1]} if look.position else {}
        drawn = {**place, "size": look.size, "color": look.style.colour}
        yield {"key": node.id, "attributes": {**node_attributes(node), **drawn}}


def _edges(network: Network, appearance: Appearance) -> Iterator[dict[str, Any]]:
    for number, edge in enumerate(network.edges):
        attributes = {**with_lists(edge, network.language), "color": appearance.line(edge.relation).colour}
        if edge.relation is not None:
            attributes["label"] = edge.relation.label
        yield {
            "key": f"e{number}",
            "source": network.by_iri[edge.source].id,
            "target": network.by_iri[edge.target].id,
            "undirected": not network.directed,
            "attributes": attributes,
        }

"""JSON in the node-link form that networkx (``node_link_graph``), D3 and graphology's importers read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from asoen_graph.network.attributes import cited, edge_attributes, network_attributes, node_attributes
from asoen_graph.network.formats.documents import json_pieces
from asoen_graph.network.model import Edge, Network


def pieces(network: Network) -> Iterator[str]:
    """The network as JSON; JSON has lists, so facts and sources are lists and spells pairs of days."""
    multigraph = network.has_parallel_edges
    head = {"directed": network.directed, "multigraph": multigraph, "graph": network_attributes(network)}
    nodes = ({"id": node.id, **node_attributes(node)} for node in network.nodes)
    edges = (
        {
            "source": network.by_iri[edge.source].id,
            "target": network.by_iri[edge.target].id,
            **({"key": edge.relation.key if edge.relation else ""} if multigraph else {}),
            **with_lists(edge, network.language),
        }
        for edge in network.edges
    )
    return json_pieces(head, nodes, edges)


def with_lists(edge: Edge, language: str) -> dict[str, Any]:
    """The attributes of an edge with lists for what flat files have as one text."""
    lists = {"spells": edge.spells, "facts": edge.facts, "sources": cited(edge, language)}
    return {**edge_attributes(edge, language), **lists}

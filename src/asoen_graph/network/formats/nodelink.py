"""JSON in the node-link form that networkx (``node_link_graph``), D3 and graphology's importers read."""

from __future__ import annotations

import json

from asoen_graph.network.attributes import cited, edge_attributes, network_attributes, node_attributes
from asoen_graph.network.model import Network


def write(network: Network) -> bytes:
    """The network as JSON in UTF-8; JSON has lists, so facts and sources are lists and spells pairs of days."""
    document = {
        "directed": network.directed,
        "multigraph": network.has_parallel_edges,
        "graph": network_attributes(network),
        "nodes": [{"id": node.id, **node_attributes(node)} for node in network.nodes],
        "edges": [
            {
                "source": network.by_iri[edge.source].id,
                "target": network.by_iri[edge.target].id,
                **({"key": edge.relation.key if edge.relation else ""} if network.has_parallel_edges else {}),
                **edge_attributes(edge, network.language),
                "spells": edge.spells,
                "facts": edge.facts,
                "sources": cited(edge, network.language),
            }
            for edge in network.edges
        ],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()

"""The network as an object of networkx, for measures and for Python users."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from asoen_graph.network.attributes import edge_attributes, network_attributes, node_attributes
from asoen_graph.network.model import Network

if TYPE_CHECKING:
    import networkx as nx


def to_networkx(network: Network) -> nx.Graph[Any]:
    """A ``Graph`` or ``DiGraph``; a ``MultiGraph`` or ``MultiDiGraph`` where edges run side by side.

    Nodes are named by their id; nodes and edges carry what the files carry. The key of an edge in a multigraph is the
    key of its relation.
    """
    import networkx as nx

    kinds = {
        (False, False): nx.Graph,
        (True, False): nx.DiGraph,
        (False, True): nx.MultiGraph,
        (True, True): nx.MultiDiGraph,
    }
    graph = kinds[network.directed, network.has_parallel_edges](**network_attributes(network))
    graph.add_nodes_from((node.id, node_attributes(node)) for node in network.nodes)
    for edge in network.edges:
        key = {"key": edge.relation.key if edge.relation else ""} if graph.is_multigraph() else {}
        graph.add_edge(
            network.by_iri[edge.source].id,
            network.by_iri[edge.target].id,
            **key,
            **edge_attributes(edge, network.language),
        )
    return graph

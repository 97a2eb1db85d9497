"""GraphML 1.0 (Brandes et al., http://graphml.graphdrawing.org): typed attributes, one key for each name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from asoen_graph.drawing.markup import DECLARATION, block, element, identifier
from asoen_graph.network.attributes import edge_attributes, network_attributes, node_attributes
from asoen_graph.network.model import Network, Value

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_TYPES: dict[type, str] = {str: "string", int: "long", float: "double"}


def write(network: Network) -> bytes:
    """The network as GraphML in UTF-8."""
    graph = network_attributes(network)
    nodes = [node_attributes(node) for node in network.nodes]
    edges = [edge_attributes(edge, network.language) for edge in network.edges]
    keys = _keys([graph], "graph") | _keys(nodes, "node") | _keys(edges, "edge")
    lines = [element("key", attributes) for attributes in keys.values()]
    lines += block(
        "graph",
        {"id": identifier(network.name), "edgedefault": "directed" if network.directed else "undirected"},
        [
            *_data(graph, "graph"),
            *_flat(
                block("node", {"id": node.id}, _data(attributes, "node"))
                for node, attributes in zip(network.nodes, nodes, strict=True)
            ),
            *_flat(
                block(
                    "edge",
                    {
                        "id": f"e{number}",
                        "source": network.by_iri[edge.source].id,
                        "target": network.by_iri[edge.target].id,
                    },
                    _data(attributes, "edge"),
                )
                for number, (edge, attributes) in enumerate(zip(network.edges, edges, strict=True))
            ),
        ],
    )
    return (DECLARATION + "\n".join(block("graphml", {"xmlns": _NAMESPACE}, lines)) + "\n").encode()


def _keys(rows: Iterable[Mapping[str, Value]], domain: str) -> dict[str, dict[str, str | None]]:
    types = {name: _TYPES[type(value)] for row in rows for name, value in row.items()}
    return {
        f"{domain}-{name}": {"id": f"{domain}-{name}", "for": domain, "attr.name": name, "attr.type": type_}
        for name, type_ in types.items()
    }


def _data(attributes: Mapping[str, Value], domain: str) -> Iterator[str]:
    for name, value in attributes.items():
        yield element("data", {"key": f"{domain}-{name}"}, str(value))


def _flat(blocks: Iterable[list[str]]) -> Iterator[str]:
    return (line for block_ in blocks for line in block_)

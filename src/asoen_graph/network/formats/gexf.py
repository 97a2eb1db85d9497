"""GEXF 1.3 (https://gexf.net, schema http://gexf.net/1.3): typed attributes, colours, and the spells of each edge.

No clock: the date of last modification is left out, so the same network gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from asoen_graph.drawing.markup import DECLARATION, block, element, tag
from asoen_graph.network.attributes import edge_attributes, network_attributes, node_attributes
from asoen_graph.network.model import Edge, Network, Value
from asoen_graph.network.picture.palette import kind_styles, rgb

_TYPES: dict[type, str] = {str: "string", int: "long", float: "double"}
_OWN_PLACE = frozenset({"label", "weight", "from", "until"})
"""What GEXF has attributes of its own for."""


def write(network: Network) -> bytes:
    """The network as GEXF in UTF-8; dynamic where any edge has a date."""
    nodes = [_rest(node_attributes(node)) for node in network.nodes]
    edges = [_rest(edge_attributes(edge, network.language)) for edge in network.edges]
    dynamic = any(edge.spells for edge in network.edges)
    graph = {
        "defaultedgetype": "directed" if network.directed else "undirected",
        "mode": "dynamic" if dynamic else "static",
        "timeformat": "date" if dynamic else None,
    }
    lines = [
        *block("meta", {}, _meta(network)),
        *block(
            "graph",
            graph,
            [
                *_declarations(nodes, "node"),
                *_declarations(edges, "edge"),
                *block("nodes", {"count": str(len(nodes))}, _nodes(network, nodes)),
                *block("edges", {"count": str(len(edges))}, _edges(network, edges)),
            ],
        ),
    ]
    root = {"xmlns": "http://gexf.net/1.3", "xmlns:viz": "http://gexf.net/1.3/viz", "version": "1.3"}
    return (DECLARATION + "\n".join(block("gexf", root, lines)) + "\n").encode()


def _meta(network: Network) -> Iterator[str]:
    yield element("creator", {}, "asoen_graph")
    about = network_attributes(network)
    # A declared attribute has no room for what it means.
    measures = (f"{name}: {text}" for name, text in network.definitions.items())
    parts = (*(about.get(name) for name in ("title", "description", "notes", "release")), *measures)
    description = " ".join(part if part.endswith(".") else f"{part}." for part in parts if part)
    if description:
        yield element("description", {}, description)


def _rest(attributes: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in attributes.items() if name not in _OWN_PLACE}


def _declarations(rows: Iterable[Mapping[str, Value]], class_: str) -> list[str]:
    types = {name: _TYPES[type(value)] for row in rows for name, value in row.items()}
    if not types:
        return []
    declared = [element("attribute", {"id": name, "title": name, "type": type_}) for name, type_ in types.items()]
    return block("attributes", {"class": class_}, declared)


def _nodes(network: Network, rows: Iterable[Mapping[str, Value]]) -> Iterator[str]:
    styles = kind_styles(network)
    for node, row in zip(network.nodes, rows, strict=True):
        red, green, blue = rgb(styles[node.kind].colour)
        colour = tag("viz:color", {"r": str(red), "g": str(green), "b": str(blue)}, closed=True)
        yield from block("node", {"id": node.id, "label": node.label}, [*_values(row), colour])


def _edges(network: Network, rows: Iterable[Mapping[str, Value]]) -> Iterator[str]:
    for number, (edge, row) in enumerate(zip(network.edges, rows, strict=True)):
        attributes = {
            "id": f"e{number}",
            "source": network.by_iri[edge.source].id,
            "target": network.by_iri[edge.target].id,
            "weight": str(edge.weight),
            "kind": edge.relation.key if edge.relation else None,
            "label": edge.relation.label if edge.relation else None,
        }
        yield from block("edge", attributes, [*_values(row), *_spells(edge)])


def _values(row: Mapping[str, Value]) -> list[str]:
    return block("attvalues", {}, (element("attvalue", {"for": name, "value": str(row[name])}) for name in row))


def _spells(edge: Edge) -> list[str]:
    if not edge.spells:
        return []
    return block("spells", {}, (tag("spell", {"start": s.start, "end": s.end}, closed=True) for s in edge.spells))

"""GraphML 1.0 (Brandes et al., http://graphml.graphdrawing.org): typed attributes, one key for each name.

The schema allows only name tokens of XML as ids; a node that is known by an IRI is called by a number instead, and
carries the IRI as an attribute. Characters that XML 1.0 cannot hold become U+FFFD.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping

from asoen_graph.drawing.markup import DECLARATION, attribute, element, identifier, tag, text
from asoen_graph.network.attributes import (
    edge_attributes,
    edge_types,
    network_attributes,
    node_attributes,
    node_types,
    written,
)
from asoen_graph.network.model import Network, Value

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_TYPES: dict[type, str] = {bool: "boolean", str: "string", int: "long", float: "double"}
_NAME_TOKEN = re.compile(r"[A-Za-z0-9._:-]+")


def pieces(network: Network) -> Iterator[str]:
    """The network as GraphML, line by line."""
    about = network_attributes(network)
    ids = _ids(network)
    yield DECLARATION
    yield tag("graphml", {"xmlns": _NAMESPACE}) + "\n"
    yield from _keys(dict.fromkeys(about, str), "graph")
    yield from _keys(node_types(network), "node")
    yield from _keys(edge_types(network), "edge")
    direction = "directed" if network.directed else "undirected"
    yield f" {tag('graph', {'id': identifier(network.name) or 'network', 'edgedefault': direction})}\n"
    yield _data(about, "graph", "  ")
    for node in network.nodes:
        data = _data(node_attributes(node), "node", "   ")
        yield f"  {tag('node', {'id': ids[node.iri]})}\n{data}  </node>\n"
    for number, edge in enumerate(network.edges):
        ends = {"source": ids[edge.source], "target": ids[edge.target]}
        data = _data(edge_attributes(edge, network.language), "edge", "   ")
        yield f"  {tag('edge', {'id': f'e{number}', **ends})}\n{data}  </edge>\n"
    yield " </graph>\n</graphml>\n"


def _ids(network: Network) -> dict[str, str]:
    # Neither a slug nor a prefixed name starts with an underscore.
    return {
        node.iri: node.id if _NAME_TOKEN.fullmatch(node.id) else f"_{number}"
        for number, node in enumerate(network.nodes)
    }


def _keys(types: Mapping[str, type], domain: str) -> Iterator[str]:
    for name, type_ in types.items():
        key = {"id": f"{domain}-{name}", "for": domain, "attr.name": name, "attr.type": _TYPES[type_]}
        yield f" {element('key', key)}\n"


def _data(attributes: Mapping[str, Value], domain: str, indent: str) -> str:
    return "".join([f"{indent}{_datum(domain, name, text(written(value)))}\n" for name, value in attributes.items()])


def _datum(domain: str, name: str, content: str) -> str:
    start = f'<data key="{_key(domain, name)}"'
    return f"{start}>{content}</data>" if content else f"{start}/>"


@functools.lru_cache(maxsize=256)
def _key(domain: str, name: str) -> str:
    return attribute(f"{domain}-{name}")

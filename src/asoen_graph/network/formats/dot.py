"""The DOT language of Graphviz (https://graphviz.org/doc/info/lang.html)."""

from __future__ import annotations

from collections.abc import Mapping

from asoen_graph.network.attributes import edge_attributes, node_attributes
from asoen_graph.network.model import Network, Value

# In a label a backslash would start an escape such as \N (the name of the node); a NUL would end a string of C.
_ESCAPES = str.maketrans({'"': '\\"', "\\": "\\\\", "\0": "\ufffd"})


def write(network: Network) -> bytes:
    """The network as DOT in UTF-8."""
    arrow = "->" if network.directed else "--"
    lines = [f"{'digraph' if network.directed else 'graph'} {_quoted(network.name)} {{"]
    if network.title:
        lines.append(f"  label={_quoted(network.title)};")
    lines += [f"  {_quoted(node.id)} {_attributes(node_attributes(node))};" for node in network.nodes]
    for edge in network.edges:
        label = {"label": edge.relation.label} if edge.relation else {}
        given = label | edge_attributes(edge, network.language)
        ends = [_quoted(network.by_iri[iri].id) for iri in (edge.source, edge.target)]
        lines.append(f"  {ends[0]} {arrow} {ends[1]} {_attributes(given)};")
    return ("\n".join([*lines, "}"]) + "\n").encode()


def _attributes(attributes: Mapping[str, Value]) -> str:
    return "[" + ", ".join(f"{_quoted(name)}={_quoted(str(value))}" for name, value in attributes.items()) + "]"


def _quoted(text: str) -> str:
    return f'"{text.translate(_ESCAPES)}"'

"""The DOT language of Graphviz (https://graphviz.org/doc/info/lang.html).

Graphviz reads no quoted text of more than 16,384 bytes, so a longer one is written as several, joined by ``+``. A NUL,
which DOT cannot hold, becomes U+FFFD.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from asoen_graph.network.attributes import edge_attributes, node_attributes, written
from asoen_graph.network.model import Network, Value

_LONGEST: Final = 4_000
"""Characters of a quoted text, each of which is four bytes at most."""


def pieces(network: Network) -> Iterator[str]:
    """The network as DOT, line by line."""
    arrow = "->" if network.directed else "--"
    yield f"{'digraph' if network.directed else 'graph'} {_quoted(network.name)} {{\n"
    if network.title:
        yield f"  label={_quoted(network.title)};\n"
    for node in network.nodes:
        yield f"  {_quoted(node.id)} {_attributes(node_attributes(node))};\n"
    for edge in network.edges:
        label = {"label": edge.relation.label} if edge.relation else {}
        given = label | edge_attributes(edge, network.language)
        ends = [_quoted(network.by_iri[iri].id) for iri in (edge.source, edge.target)]
        yield f"  {ends[0]} {arrow} {ends[1]} {_attributes(given)};\n"
    yield "}\n"


def _attributes(attributes: Mapping[str, Value]) -> str:
    return "[" + ", ".join(f"{_quoted(name)}={_quoted(written(value))}" for name, value in attributes.items()) + "]"


def _quoted(text: str) -> str:
    if len(text) <= _LONGEST:
        return _quoted_part(text)
    parts = [text[start : start + _LONGEST] for start in range(0, len(text), _LONGEST)]
    return " + ".join(map(_quoted_part, parts))


def _quoted_part(text: str) -> str:
    # In a label a backslash would start an escape such as \N (the name of the node); a NUL would end a string of C.
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\0", "\ufffd")
    return f'"{escaped}"'

"""CSV: one line for each node, with its labels, IRI, kind and attributes. ``id`` is what the table of links names."""

from __future__ import annotations

from collections.abc import Iterator

from asoen_graph.network.attributes import node_attributes, node_types
from asoen_graph.network.formats.delimited import csv_pieces
from asoen_graph.network.model import Network, Value

COLUMNS = ("id", "label", "kind", "kind_label", "iri", "slug")
"""The columns there always are; labels by language and the nodes' own attributes follow."""


def pieces(network: Network) -> Iterator[str]:
    """The nodes as CSV, line by line."""
    return csv_pieces(columns(network), rows(network))


def columns(network: Network) -> list[str]:
    """The columns of the table."""
    return list(dict.fromkeys((*COLUMNS, *node_types(network))))


def rows(network: Network) -> Iterator[dict[str, Value]]:
    """What the table says of each node."""
    for node in network.nodes:
        yield {"id": node.id, **node_attributes(node)}

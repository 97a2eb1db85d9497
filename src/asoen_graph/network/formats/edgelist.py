"""CSV: one line for each edge, with names, relation, weight, dates, facts and sources."""

from __future__ import annotations

from collections.abc import Iterator

from asoen_graph.network.attributes import edge_attributes, edge_types
from asoen_graph.network.formats.delimited import csv_pieces
from asoen_graph.network.model import Network, Value

COLUMNS = (
    "source",
    "target",
    "source_label",
    "target_label",
    "relation",
    "relation_label",
    "weight",
    "from",
    "until",
    "facts",
    "sources",
)
"""The columns there always are; those of what else is said of the edges follow."""


def pieces(network: Network) -> Iterator[str]:
    """The edges as CSV, line by line."""
    return csv_pieces(columns(network), rows(network))


def columns(network: Network) -> list[str]:
    """The columns of the table."""
    return list(dict.fromkeys((*COLUMNS, *edge_types(network))))


def rows(network: Network) -> Iterator[dict[str, Value]]:
    """What the table says of each edge."""
    for edge in network.edges:
        source, target = network.by_iri[edge.source], network.by_iri[edge.target]
        yield {
            "source": source.id,
            "target": target.id,
            "source_label": source.label,
            "target_label": target.label,
            **edge_attributes(edge, network.language),
        }

"""CSV (RFC 4180): one line for each edge, with names, relation, weight, dates and sources."""

from __future__ import annotations

import csv
import io

from asoen_graph.network.attributes import edge_attributes
from asoen_graph.network.model import Network

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
COLUMNS_OF_CHANGE = ("change", "weight_before", "weight_after")
"""What follows where two periods are compared."""


def write(network: Network) -> bytes:
    """The edges as CSV in UTF-8, with a header line; what is not known is an empty cell."""
    out = io.StringIO(newline="")
    columns = COLUMNS + COLUMNS_OF_CHANGE if network.comparison else COLUMNS
    table = csv.DictWriter(out, columns, restval="", lineterminator="\r\n")
    table.writeheader()
    for edge in network.edges:
        source, target = network.by_iri[edge.source], network.by_iri[edge.target]
        names = {"source": source.id, "target": target.id, "source_label": source.label, "target_label": target.label}
        table.writerow(names | edge_attributes(edge, network.language))
    return out.getvalue().encode()

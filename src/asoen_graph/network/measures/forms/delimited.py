"""CSV (RFC 4180) and the same with tabs: a row for each node, named by its id as in the files of the network."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Final

from asoen_graph.network.measures.computing import Measured
from asoen_graph.network.model import Value

NAMES: Final = ("id", "label", "kind", "kind_label", "iri")
"""The columns before those of the measures."""


def records(measured: Measured) -> Iterator[dict[str, Value]]:
    """For each node its names and its measures by key; one that it does not have is left out."""
    for node in measured.network.nodes:
        values = {each.key: measured.nodes[each.key].get(node.iri) for each in measured.measures}
        yield {
            "id": node.id,
            "label": node.label,
            "kind": node.kind.key,
            "kind_label": node.kind.label,
            "iri": node.iri,
            **{key: value for key, value in values.items() if value is not None},
        }


def write(measured: Measured, form: str = "csv") -> bytes:
    """The rows in UTF-8 below a line of headings; a measure that a node does not have is an empty cell."""
    columns = (*NAMES, *(each.key for each in measured.measures))
    out = io.StringIO(newline="")
    if form == "csv":
        table = csv.DictWriter(out, columns, restval="", lineterminator="\r\n")
        table.writeheader()
        table.writerows(records(measured))
    else:
        out.write("\t".join(columns) + "\n")
        for record in records(measured):
            out.write("\t".join(" ".join(str(record.get(name, "")).split()) for name in columns) + "\n")
    return out.getvalue().encode("utf-8", "replace")

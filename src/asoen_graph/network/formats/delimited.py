"""Tables as CSV (RFC 4180): UTF-8, lines ended by CR LF, a header line; what is not known is an empty cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from asoen_graph.network.model import Value


def csv_pieces(columns: Sequence[str], rows: Iterable[Mapping[str, Value | None]]) -> Iterator[str]:
    """The header and the rows, line by line."""
    out = io.StringIO(newline="")
    table = csv.DictWriter(out, columns, restval="", lineterminator="\r\n")
    table.writeheader()
    yield out.getvalue()
    for row in rows:
        out.seek(0)
        out.truncate()
        table.writerow(row)
        yield out.getvalue()

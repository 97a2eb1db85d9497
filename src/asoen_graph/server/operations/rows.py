"""Counting what an answer holds, so that the limit on rows can be kept."""

from __future__ import annotations

import json

from asoen_graph.errors import LimitReached
from asoen_graph.messages import tell
from asoen_graph.server.settings import Limits
from asoen_graph.store import Answer, GraphAnswer, SelectAnswer


def refuse_rows(count: int, limits: Limits) -> None:
    """Raise LimitReached where so many rows are more than allowed."""
    if count > limits.rows:
        raise LimitReached(
            "rows",
            tell("limit.rows", count=count, rows=limits.rows),
            tell("limit.part-or-count"),
        )


def refuse_too_many(answer: Answer, limits: Limits) -> None:
    """Raise LimitReached where the answer has more rows or triples than allowed."""
    if isinstance(answer, SelectAnswer):
        refuse_rows(len(answer.rows), limits)
    elif isinstance(answer, GraphAnswer):
        refuse_rows(len(answer.triples), limits)


def refuse_too_many_written(format_: str, body: bytes, limits: Limits) -> None:
    """The same for an answer the engine has written; forms of graphs that are not lines are limited by size alone."""
    # No row and no triple is written in fewer than two bytes.
    if len(body) > 2 * limits.rows:
        refuse_rows(rows_in(format_, body), limits)


def rows_in(format_: str, body: bytes) -> int:
    """How many rows (or lines of triples) a written answer has; 0 for forms that are not counted."""
    if format_ in ("json", "srj"):
        return len(json.loads(body).get("results", {}).get("bindings", ()))
    if format_ in ("xml", "srx"):
        return body.count(b"<result>")
    if format_ == "csv":
        # Every second piece between quotes is the inside of a value, where a line end is part of the value.
        return sum(piece.count(b"\n") for piece in body.split(b'"')[::2]) - 1
    if format_ == "tsv":
        return body.count(b"\n") - 1
    if format_ in ("nt", "nq"):
        return body.count(b"\n")
    return 0

"""The answer as plain JSON: a list of objects, entities with slug and label, each row with its sources."""

from __future__ import annotations

import json
import math
from typing import Any

from pyoxigraph import Literal, NamedNode

from asoen_graph.answers.sheet import Cell, Sheet
from asoen_graph.evidence import Citation
from asoen_graph.iris import XSD

_WHOLE = frozenset(XSD + name for name in ("integer", "int", "long", "short", "byte", "nonNegativeInteger"))


def write(sheet: Sheet, format: str = "rows") -> bytes:
    """The rows in UTF-8, indented."""
    return (json.dumps(records(sheet), ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def records(sheet: Sheet) -> list[dict[str, Any]]:
    """One object for each row: a key for each bound variable and ``sources`` where the query projects evidence.

    Entities and other IRIs are objects (``iri``, ``slug``, ``label``), numbers and booleans are JSON's, other literals
    are texts. Facts are told by their sources, so evidence variables are left out.
    """
    added = sources_key(sheet)
    found = []
    for row, citations in zip(sheet.rows, sheet.citations, strict=True):
        pairs = zip(sheet.columns, row, strict=True)
        record = {
            column.name: _value(cell) for column, cell in pairs if cell.term is not None and not column.is_evidence
        }
        if sheet.has_sources:
            record[added] = [_source(citation, sheet.language) for citation in citations]
        found.append(record)
    return found


def sources_key(sheet: Sheet) -> str:
    """What the added column of sources is called: ``sources``, or ``citations`` where the query has a ``?sources``."""
    return "citations" if any(column.name == "sources" for column in sheet.columns) else "sources"


def _value(cell: Cell) -> Any:
    term = cell.term
    if isinstance(term, NamedNode):
        named = {"iri": term.value, "slug": cell.slug, "label": cell.label}
        return {key: value for key, value in named.items() if value}
    if isinstance(term, Literal) and term.datatype.value == XSD + "boolean":
        return term.value in ("true", "1")
    if isinstance(term, Literal) and cell.is_number:
        return _number(term)
    return cell.value


def _number(literal: Literal) -> int | float | str:
    try:
        number = int(literal.value) if literal.datatype.value in _WHOLE else float(literal.value)
    except ValueError:
        return literal.value
    return number if math.isfinite(number) else literal.value


def _source(citation: Citation, language: str) -> dict[str, Any]:
    """The citation without what is empty; ``sources`` are all documents of a fact that is jointly attributed."""
    told = citation._asdict()
    del told["words"], told["others"]
    told["locator"] = citation.place(language)
    if citation.others:
        told["sources"] = [_filled(document._asdict()) for document in citation.documents]
    return {**_filled(told), "text": citation.text(language)}


def _filled(told: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in told.items() if value}

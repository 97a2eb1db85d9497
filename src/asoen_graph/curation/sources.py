"""Documents as sources."""

from __future__ import annotations

from dataclasses import dataclass

from asoen_graph.curation.facts import Value
from asoen_graph.errors import Place


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A document facts are taken from. ``statements`` are its citation: pairs of property IRI and value."""

    slug: str
    statements: tuple[tuple[str, Value], ...]
    place: Place

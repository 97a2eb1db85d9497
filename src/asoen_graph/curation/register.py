"""The register: which entities exist and what they are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from asoen_graph.errors import Place


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity of the register.

    ``labels`` maps a language tag to the label; ``alternatives`` are other names with their language, ``None`` where
    the name belongs to no language (an acronym).
    """

    slug: str
    class_iri: str
    labels: Mapping[str, str] = field(hash=False)
    alternatives: tuple[tuple[str, str | None], ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation node that documents mint by nesting it: one participation, one tenure, one designation."""

    slug: str
    class_iri: str
    place: Place

"""What one curated file says, before anything is compared with other files.

A reading depends on the bytes of its file and on the ontology only; that is what makes it worth keeping in a cache.
"""

from __future__ import annotations

from dataclasses import dataclass

from asoen_graph.curation.facts import Fact
from asoen_graph.curation.register import Entity, Relation
from asoen_graph.curation.sources import SourceDocument
from asoen_graph.errors import Place, Problem


@dataclass(frozen=True, slots=True)
class Reference:
    """A slug where it is written: as the subject of a group (``property`` is empty) or as a value in a citation.

    What stands there may be no slug at all; then it is here only, and neither in a fact nor in the citation.
    """

    slug: str
    property: str
    place: Place


@dataclass(frozen=True, slots=True)
class SourceReference:
    """The slug of another document where it is written."""

    slug: str
    place: Place


@dataclass(frozen=True, slots=True)
class UnknownKey:
    """A key of a group that no property has; which one was meant depends on the class of the subject."""

    key: str
    subject: str
    place: Place


@dataclass(frozen=True, slots=True)
class Reading:
    """One file as read: ``readable`` is false where nothing could be read from it at all."""

    readable: bool
    problems: tuple[Problem, ...]
    entities: tuple[Entity, ...] = ()
    source: SourceDocument | None = None
    facts: tuple[Fact, ...] = ()
    relations: tuple[Relation, ...] = ()
    references: tuple[Reference, ...] = ()
    unknown_keys: tuple[UnknownKey, ...] = ()
    cited: tuple[SourceReference, ...] = ()
    """Documents that facts of this one are jointly attributed to."""

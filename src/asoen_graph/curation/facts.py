"""What a document states: facts and their values, as read from curated files.

`asoen check` reads tens of thousands of them back from its cache each time; a plain constructor call (``__reduce__``)
takes a third of the time of the way dataclasses with slots are pickled.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from asoen_graph.errors import Place


@dataclass(frozen=True, slots=True)
class EntityValue:
    """An entity or relation node, by slug."""

    slug: str

    def __reduce__(self) -> tuple[type[EntityValue], tuple[str]]:
        return EntityValue, (self.slug,)


@dataclass(frozen=True, slots=True)
class ConceptValue:
    """A controlled value of the ontology, by IRI."""

    iri: str

    def __reduce__(self) -> tuple[type[ConceptValue], tuple[str]]:
        return ConceptValue, (self.iri,)


@dataclass(frozen=True, slots=True)
class LiteralValue:
    """A literal: lexical form, datatype IRI, and the language where the datatype is ``rdf:langString``.

    A date has the datatype of its precision: ``xsd:date``, ``xsd:gYearMonth`` or ``xsd:gYear``.
    """

    lexical: str
    datatype: str
    language: str | None = None

    def __reduce__(self) -> tuple[type[LiteralValue], tuple[str, str, str | None]]:
        return LiteralValue, (self.lexical, self.datatype, self.language)


Value = EntityValue | ConceptValue | LiteralValue


@dataclass(frozen=True, slots=True)
class Interval:
    """When something holds: dates of any precision as written, ``None`` for an open end."""

    start: str | None
    end: str | None

    def __str__(self) -> str:
        start, end = self.start or "..", self.end or ".."
        return start if start == end else f"{start}/{end}"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing one document states at one place in it.

    ``property`` and ``status`` are IRIs, ``subject`` and ``source`` slugs; ``note`` maps a language tag to a text;
    ``place`` is where the curator wrote it. ``jointly`` holds the slugs, sorted, of other documents that cannot be
    told apart from the source: one or more of them all state the fact, and the locator is of the source.
    """

    subject: str
    property: str
    value: Value
    source: str
    locator: str
    status: str
    when: Interval | None
    note: Mapping[str, str] = field(hash=False)
    place: Place
    jointly: tuple[str, ...] = ()

    def __reduce__(self) -> tuple[type[Fact], tuple[object, ...]]:
        return Fact, tuple(getattr(self, name) for name in _FACT_FIELDS)


_FACT_FIELDS = tuple(each.name for each in fields(Fact))

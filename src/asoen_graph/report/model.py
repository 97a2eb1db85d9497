"""What a quality report says. The attributes are the keys of its JSON; ``docs/report.md`` explains them to readers.

A *statement* is a subject, a property and a value, however many facts state it. A *share* lies between 0 and 1, rounded
to four places, and is ``None`` of nothing. Labels go by language, ``en`` and ``vi``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Totals:
    """How much there is."""

    entities: int
    relations: int
    facts: int
    facts_by_status: Mapping[str, int]
    sources: int
    inferred: int
    triples: int
    """Triples of the default graph."""
    quads: int


@dataclass(frozen=True, slots=True)
class PropertyCoverage:
    """How many entities of a class have a property, stated or inferred."""

    property: str
    label: Mapping[str, str]
    entities: int
    share: float | None
    facts: int
    """Accepted facts of the property about entities of the class."""
    inferred_only: bool
    """Whether a curator never writes the property."""


@dataclass(frozen=True, slots=True)
class ClassCoverage:
    """The entities the register gives a class, and what is known of them."""

    key: str
    label: Mapping[str, str]
    is_relation: bool
    entities: int
    facts: int
    """Accepted facts that have an entity of the class as their subject."""
    facts_per_entity: float
    """The mean of the facts about an entity, those about its relation nodes included."""
    without_facts: int
    properties: tuple[PropertyCoverage, ...]


@dataclass(frozen=True, slots=True)
class SourceUse:
    """A document and how many facts cite it."""

    source: str
    title: Mapping[str, str]
    published: str
    retrieved: str
    facts: int


@dataclass(frozen=True, slots=True)
class Spread:
    """Mean, median and highest of some numbers, zeros included, and who has the highest."""

    mean: float | None
    median: float | None
    highest: int
    holders: tuple[str, ...]
    """Slugs, sorted; at most five."""
    without: int
    """How many have none."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """How well accepted statements are supported. A jointly attributed fact never makes a second source."""

    statements: int
    with_two_sources: int
    share_with_two_sources: float | None
    with_one_source: int
    share_with_one_source: float | None
    facts: int
    """Accepted facts."""
    facts_with_two_sources: int
    """Accepted facts whose statement has two sources or more."""
    share_of_facts_with_two_sources: float | None
    jointly_attributed: int
    """Facts of any status that cite a set of documents of which it is not known which states them."""
    whole_document: int
    """Facts without a finer locator than ``whole-document``."""
    share_whole_document: float | None
    without_source: tuple[str, ...]
    """IRIs of facts without a source. There must be none."""


@dataclass(frozen=True, slots=True)
class ConflictingValue:
    """One of the values claimed, with the sources of the claim."""

    value: Mapping[str, str]
    status: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A subject and a functional property for which a claim is disputed."""

    entity: str
    label: Mapping[str, str]
    property: str
    property_label: Mapping[str, str]
    settled: bool
    """Whether one value is accepted."""
    values: tuple[ConflictingValue, ...]


@dataclass(frozen=True, slots=True)
class MissingLabels:
    """The entities of a class that have no label in a language."""

    key: str
    label: Mapping[str, str]
    language: str
    missing: int
    of: int
    entities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeriesGaps:
    """The ordinals of a series that no meeting has, from 1 to the highest there is."""

    series: str
    label: Mapping[str, str]
    present: int
    highest: int
    missing: tuple[int, ...]
    spans: str
    """The missing ones as people write them: ``2–10, 12–16``."""
    given_twice: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class YearOfSources:
    """Documents of a year, and the facts that cite them; an empty year is one that is not known."""

    year: str
    sources: int
    facts: int


@dataclass(frozen=True, slots=True)
class Staleness:
    """How old the evidence is, counted from the newest day of retrieval in the data, never from the clock."""

    newest_retrieved: str
    published: tuple[YearOfSources, ...]
    retrieved: tuple[YearOfSources, ...]
    median_age_in_years: float | None
    """Of the documents with a year of publication, weighted by facts."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses in the data, and those that are none. There must be none of these."""

    checked: int
    wrong: tuple[tuple[str, str], ...]
    """Slug or IRI of what has the address, and the address."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What changed since the last kept release."""

    since: str
    """The version of that release."""
    entities_added: int
    entities_removed: int
    sources_added: int
    sources_removed: int
    facts_added: int
    facts_removed: int
    facts_with_another_value: int
    facts_with_another_status: int
    entities_touched: int


@dataclass(frozen=True, slots=True)
class QualityReport:
    """The quality report of one release."""

    name: str
    version: str
    hash: str
    totals: Totals
    classes: tuple[ClassCoverage, ...]
    sources: tuple[SourceUse, ...]
    facts_per_entity: Spread
    facts_per_source: Spread
    evidence: Evidence
    conflicts: tuple[Conflict, ...]
    missing_labels: tuple[MissingLabels, ...]
    series: tuple[SeriesGaps, ...]
    staleness: Staleness
    addresses: Addresses
    changes: Progress | None
    """``None`` where no earlier release is kept."""

"""The order in which a reader wants to meet things.

A release carries no order of its own, so it is made from what the ontology says:

- **Properties**: those that have one value before those that may have many; within each, numbers and codes, dates in
  the order of time, controlled values, entities, long texts, relation nodes; then by key.
- **Statements** of a property: accepted ones first, then by value, numbers as numbers.
- **Locators**: the numbered text in its order (paragraph 2 before paragraph 10), its annexes, then what stands around
  it: headline, byline, captions, notes.
"""

from __future__ import annotations

import functools
import re
from typing import Final, TypeAlias

from asoen_graph.entities.cards import FactRecord
from asoen_graph.text import fold
from asoen_graph.vocabulary import Property, ValueKind, Vocabulary

STATUSES: Final = ("accepted", "disputed", "superseded", "rejected")
"""The keys of ``asoen:FactStatus``, the most reliable first."""

_KINDS: Final = (
    ValueKind.LITERAL,
    ValueKind.DATE,
    ValueKind.CONCEPT,
    ValueKind.ENTITY,
    ValueKind.TEXT,
    ValueKind.RELATION,
)
_AFTER_THE_TEXT: Final = {"annex": 1, "caption": 2, "figure": 2, "footnote": 2}
_NUMBER = re.compile(r"([0-9]+)")

Natural: TypeAlias = tuple[tuple[bool, int, str], ...]
PropertyOrder: TypeAlias = tuple[bool, int, str]
RecordOrder: TypeAlias = tuple[PropertyOrder, Natural, Natural, int, str]


@functools.lru_cache(maxsize=1024)
def natural(text: str) -> Natural:
    """A key that sorts text as people do: folded, and numbers by what they count (``ASOEN 9`` before ``ASOEN 34``)."""
    parts = _NUMBER.split(fold(text))
    # What the pattern has caught, a number, stands at every other place.
    return tuple([(False, int(part), "") if index & 1 else (True, 0, part) for index, part in enumerate(parts) if part])


def property_order(property_: Property | None, key: str) -> PropertyOrder:
    """Where a property stands on a card, dates not yet in the order of time; unknown properties come last."""
    if property_ is None:
        return True, len(_KINDS), key
    return not property_.functional, _KINDS.index(property_.kind), key


def record_order(record: FactRecord, vocabulary: Vocabulary) -> RecordOrder:
    """Where a fact stands in a plain list: by property, both ends, status, and at last its name."""
    return (
        property_order(vocabulary.property_of(record.property.iri), record.property.key),
        natural(record.about.text),
        natural(record.value.text),
        status_order(record.claim.status),
        record.claim.fact,
    )


def status_order(status: str) -> int:
    """How far down a status stands; unknown ones come last."""
    return STATUSES.index(status) if status in STATUSES else len(STATUSES)


def locator_order(locator: str) -> tuple[int, tuple[tuple[str, Natural], ...], str]:
    """Where a locator stands in its document: ``paragraph 2`` < ``paragraphs 2-4`` < ``paragraph 10`` < ``byline``."""
    parts = [part.partition(" ") for part in locator.split(", ")]
    unit, _, number = parts[0]
    distance = _AFTER_THE_TEXT.get(unit, 0 if number else 2)
    return distance, tuple((unit.removesuffix("s"), natural(number)) for unit, _, number in parts), locator

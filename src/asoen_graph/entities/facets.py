"""What a reader narrows a list down by: the aspects that tell its rows apart, each value with how many rows have it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from asoen_graph.entities.aspects import Aspect, filterable, name_of
from asoen_graph.entities.selection import FacetCount, counted, filtered
from asoen_graph.iris import TERM, XSD
from asoen_graph.vocabulary import Property, ValueKind, Vocabulary

Aspects = Mapping[str, Aspect[Any]]

_MOST: Final = 8
"""So many facets are shown, beside those that are in use."""
_LEAST_SHARE: Final = 0.08
"""A facet says something of at least this part of the rows."""
_LEAST_REPEATED: Final = 1.6
"""Its values stand for so many rows each, on average."""
_LEAST_KINDS: Final = 5
"""Where rows are of any class, things of so many classes have it."""
_YEARS: Final = (TERM + "published",)
"""Dates that are counted by year."""
_COUNTABLE: Final = (XSD + "gYear", XSD + "boolean", XSD + "language")


@dataclass(frozen=True, slots=True)
class Facet:
    """An aspect with its values: ``chosen`` are those in use, as they stand in the address."""

    name: str
    label: str
    values: tuple[FacetCount, ...]
    chosen: tuple[str, ...]


def facets(
    rows: Sequence[Any],
    aspects: Aspects,
    filters: Mapping[str, str],
    vocabulary: Vocabulary,
    language: str,
    *,
    class_iri: str | None = None,
    kind_of: Callable[[Any], str] | None = None,
) -> list[Facet]:
    """The facets of a list of ``rows`` that is narrowed down by ``filters``.

    The numbers of a facet are those of the rows that fit every other filter, so that another value of it can be chosen.
    ``kind_of`` is given where the rows are of any class: then a facet has to be one of many classes.
    """
    properties = filterable(vocabulary, class_iri)
    chosen = {name: tuple(text.split(",")) for name, text in filters.items()}
    base = filtered(rows, aspects, {name: text for name, text in filters.items() if name == "class"})
    telling = list(_telling(base, aspects, properties, kind_of))[:_MOST]
    names = [*(name for name in chosen if name in properties and name not in telling), *telling]
    found, fitting = [], filtered(rows, aspects, filters)
    for name in names:
        others = {each: text for each, text in filters.items() if each != name}
        left = filtered(rows, aspects, others) if name in filters else fitting
        property_ = properties[name]
        values = _by_year(left, aspects[name]) if property_.iri in _YEARS else counted(left, aspects, name)[name]
        if property_.range == XSD + "gYear":
            values = sorted(values, key=lambda each: each.value, reverse=True)
        label = property_.label(language)
        found.append(Facet(name, label[:1].upper() + label[1:], tuple(values), chosen.get(name, ())))
    return found


def _telling(
    rows: Sequence[Any], aspects: Aspects, properties: Mapping[str, Property], kind_of: Callable[[Any], str] | None
) -> Iterator[str]:
    """The names of the aspects that tell the rows apart, those that say something of most rows first."""
    weights: dict[str, int] = {}
    by_iri = {row.iri: row for row in rows}
    for name, property_ in properties.items():
        if not _is_countable(property_):
            continue
        known = aspects[name].by_iri
        assert known is not None, "properties are known by IRI"
        # There are many properties, most of which few things have: rows without are not looked at.
        said = {iri: values for iri, values in known().items() if iri in by_iri}
        if len(said) < _LEAST_SHARE * len(rows):
            continue
        shorten = 4 if property_.iri in _YEARS else None
        values = Counter(each for all_ in said.values() for each in {name_of(value)[:shorten] for value in all_})
        is_shared = kind_of is None or len({kind_of(by_iri[iri]) for iri in said}) >= _LEAST_KINDS
        repeats = len(values) > 1 and values.total() / len(values) >= _LEAST_REPEATED
        if is_shared and repeats:
            weights[name] = len(said)
    yield from sorted(weights, key=lambda each: (-weights[each], each))


def _is_countable(property_: Property) -> bool:
    is_named = property_.kind in (ValueKind.ENTITY, ValueKind.CONCEPT)
    return is_named or property_.iri in _YEARS or property_.range in _COUNTABLE


def _by_year(rows: Sequence[Any], aspect: Aspect[Any]) -> list[FacetCount]:
    """How many rows have a date in each year, the latest first; a filter by a year finds all dates in it."""
    counts = Counter(year for row in rows for year in {name_of(value)[:4] for value in aspect.values(row)})
    return [FacetCount(year, year, count) for year, count in sorted(counts.items(), reverse=True)]

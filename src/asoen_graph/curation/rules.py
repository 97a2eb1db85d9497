"""What facts may not say together: contradictions, repetitions, entities nobody speaks of."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from asoen_graph import dates
from asoen_graph.curation.circumstances import ACCEPTED
from asoen_graph.curation.facts import ConceptValue, EntityValue, Fact, Interval, LiteralValue, Value
from asoen_graph.curation.names import Names
from asoen_graph.curation.reading import Reading
from asoen_graph.errors import Place, Problem
from asoen_graph.iris import key_of, local_name


def drop_repeated_keys(facts: Iterable[Fact], names: Names) -> list[Fact]:
    """The facts without repetitions of what only names a relation node.

    Two groups of one place that speak of the same node must both give its key; that is no second statement.
    """
    kept: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        class_ = names.class_of(fact.subject)
        names_node = class_ is not None and fact.property in class_.key_properties
        same = (*_identity(fact), fact.status, *fact.note.items())
        kept.setdefault(same if names_node else (id(fact),), fact)
    return list(kept.values())


def check_rules(readings: Iterable[Reading], facts: Iterable[Fact], names: Names) -> Iterator[Problem]:
    """The problems among all facts of a curated folder."""
    facts = list(facts)
    yield from _second_values(facts, names)
    yield from _repetitions(facts)
    yield from _unused_entities(readings, facts, names)


def _second_values(facts: Iterable[Fact], names: Names) -> Iterator[Problem]:
    functional = {each.iri for each in names.vocabulary.properties.values() if each.functional}
    for class_ in names.vocabulary.classes.values():
        functional.update(class_.key_properties)
    claims: dict[tuple[str, str, str | None], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.status == ACCEPTED and fact.property in functional:
            language = fact.value.language if isinstance(fact.value, LiteralValue) else None
            claims[fact.subject, fact.property, language].append(fact)
    for rivals in claims.values():
        if len(rivals) > 1:
            yield from _conflicts(rivals)


def _conflicts(claims: list[Fact]) -> Iterator[Problem]:
    told: set[Place] = set()
    for pair in combinations(claims, 2):
        if pair[0].value == pair[1].value or not _overlap(pair[0].when, pair[1].when):
            continue
        for fact, other in (pair, pair[::-1]):
            if fact.place not in told:
                told.add(fact.place)
                key = key_of(local_name(fact.property))
                message = (
                    f"{fact.subject!r} has a second value of {key!r}: here {_written(fact.value)}, "
                    f"{_written(other.value)} in {other.place.path}:{other.place.line}"
                )
                yield Problem(fact.place, "second-value", message, _way_out(fact.value, other.value))


def _way_out(value: Value, other: Value) -> str:
    if isinstance(value, LiteralValue) and isinstance(other, LiteralValue) and value.datatype != other.datatype:
        short, long = sorted((value.lexical, other.lexical), key=len)
        if long.startswith(short):
            return "Mark the less exact one superseded"
    return "Mark one of them disputed, superseded or rejected, or say when each holds"


def _overlap(first: Interval | None, second: Interval | None) -> bool:
    if first is None or second is None:
        return True
    return _first_day(first) <= _last_day(second) and _first_day(second) <= _last_day(first)


def _first_day(interval: Interval) -> datetime.date:
    return datetime.date.min if interval.start is None else dates.earliest(interval.start)


def _last_day(interval: Interval) -> datetime.date:
    return datetime.date.max if interval.end is None else dates.latest(interval.end)


def _repetitions(facts: Iterable[Fact]) -> Iterator[Problem]:
    first: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        known = first.setdefault(_identity(fact), fact)
        if known is not fact:
            message = f"The same statement about {fact.subject!r} stands at the same place of the same document"
            hint = f"It is first on line {known.place.line}; remove one of the two"
            yield Problem(fact.place, "repeated-fact", message, hint)


def _identity(fact: Fact) -> tuple[object, ...]:
    return fact.source, fact.jointly, fact.locator, fact.subject, fact.property, fact.value, fact.when


def _unused_entities(readings: Iterable[Reading], facts: Iterable[Fact], names: Names) -> Iterator[Problem]:
    used = {fact.subject for fact in facts}
    used.update(fact.value.slug for fact in facts if isinstance(fact.value, EntityValue))
    used.update(reference.slug for reading in readings for reference in reading.references)
    for entity in names.entities.values():
        if entity.slug not in used:
            hint = "Add a fact with its source, or remove it from the register"
            yield Problem(entity.place, "unused-entity", f"No fact speaks of {entity.slug!r}", hint)


def _written(value: Value) -> str:
    if isinstance(value, EntityValue):
        return repr(value.slug)
    return repr(key_of(local_name(value.iri)) if isinstance(value, ConceptValue) else value.lexical)

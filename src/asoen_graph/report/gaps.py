"""What is open or missing: conflicts, labels, numbers of a series."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from asoen_graph.evidence import LANGUAGES
from asoen_graph.iris import ENTITY, TERM
from asoen_graph.ledger import ACCEPTED, Fact, Ledger
from asoen_graph.report.coverage import labels_of
from asoen_graph.report.model import Conflict, ConflictingValue, MissingLabels, SeriesGaps
from asoen_graph.report.numbers import spans
from asoen_graph.vocabulary import Property, Vocabulary

_DISPUTED = "disputed"
_SERIES, _ORDINAL = TERM + "series", TERM + "ordinal"


def conflicts(ledger: Ledger, vocabulary: Vocabulary) -> tuple[Conflict, ...]:
    """Every subject and functional property with a disputed value that is not accepted as well."""
    functional = {each.iri: each for each in vocabulary.properties.values() if each.functional}
    claims: dict[tuple[str, str], list[Fact]] = {}
    for fact in ledger.facts.values():
        if fact.property in functional:
            claims.setdefault((fact.subject, fact.property), []).append(fact)
    return tuple(
        _conflict(subject, functional[iri], facts, ledger)
        for (subject, iri), facts in sorted(claims.items())
        if _is_open(facts)
    )


def _is_open(facts: list[Fact]) -> bool:
    """Whether a value is disputed that is not accepted as well, from another document."""
    values = {status: {str(fact.value) for fact in facts if fact.status == status} for status in (ACCEPTED, _DISPUTED)}
    return not values[_DISPUTED] <= values[ACCEPTED]


def _conflict(subject: str, property_: Property, facts: list[Fact], ledger: Ledger) -> Conflict:
    claimed: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        claimed.setdefault((fact.status, str(fact.value)), []).append(fact)
    return Conflict(
        entity=subject,
        label=_labels(ledger, subject),
        property=property_.key,
        property_label=labels_of(property_),
        settled=any(fact.status == ACCEPTED for fact in facts),
        values=tuple(
            ConflictingValue(
                value={language: ledger.text(together[0].value, language) for language in LANGUAGES},
                status=status,
                sources=tuple(sorted({source for fact in together for source in fact.sources})),
            )
            for (status, _), together in sorted(claimed.items())
        ),
    )


def missing_labels(ledger: Ledger, vocabulary: Vocabulary) -> tuple[MissingLabels, ...]:
    """By language and class, the entities without a label in the language; relation nodes are named by rule."""
    members: dict[str, list[str]] = {}
    for slug, entity in ledger.entities.items():
        if not vocabulary.classes[entity.class_key].is_relation:
            members.setdefault(entity.class_key, []).append(slug)
    return tuple(_unnamed(ledger, vocabulary, members))


def _unnamed(ledger: Ledger, vocabulary: Vocabulary, members: dict[str, list[str]]) -> Iterator[MissingLabels]:
    for language in LANGUAGES:
        for key, slugs in sorted(members.items()):
            nameless = tuple(slug for slug in slugs if language not in ledger.entities[slug].labels)
            if nameless:
                label = labels_of(vocabulary.classes[key])
                yield MissingLabels(key, label, language, len(nameless), len(slugs), nameless)


def series_gaps(ledger: Ledger) -> tuple[SeriesGaps, ...]:
    """Every series with numbered meetings: which numbers are missing, and which are given twice."""
    accepted = [fact for fact in ledger.facts.values() if fact.status == ACCEPTED]
    series_of = {(fact.subject, _slug(fact)) for fact in accepted if fact.property == _SERIES}
    ordinal_of = {(fact.subject, _number(fact)) for fact in accepted if fact.property == _ORDINAL}
    numbers: dict[str, list[int]] = {}
    ordinals = dict(sorted(ordinal_of))
    for meeting, series in sorted(series_of):
        if meeting in ordinals:
            numbers.setdefault(series, []).append(ordinals[meeting])
    return tuple(_gaps(ledger, series, found) for series, found in sorted(numbers.items()))


def _gaps(ledger: Ledger, series: str, found: list[int]) -> SeriesGaps:
    missing = tuple(sorted(set(range(1, max(found) + 1)) - set(found)))
    return SeriesGaps(
        series=series,
        label=_labels(ledger, series),
        present=len(set(found)),
        highest=max(found),
        missing=missing,
        spans=spans(missing),
        given_twice=tuple(sorted(number for number, times in Counter(found).items() if times > 1)),
    )


def _labels(ledger: Ledger, slug: str) -> dict[str, str]:
    entity = ledger.entities.get(slug)
    return {language: entity.label(language) if entity is not None else slug for language in LANGUAGES}


def _slug(fact: Fact) -> str:
    return fact.value.value.removeprefix(ENTITY) if isinstance(fact.value, NamedNode) else str(fact.value)


def _number(fact: Fact) -> int:
    return int(fact.value.value) if isinstance(fact.value, Literal) else 0

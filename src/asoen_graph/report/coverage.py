"""Which properties the entities of each class have, and how often."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from statistics import fmean
from typing import NamedTuple

from pyoxigraph import DefaultGraph, NamedNode, Store

from asoen_graph.evidence import LANGUAGES
from asoen_graph.iris import ENTITY, TERM
from asoen_graph.ledger import ACCEPTED, Ledger
from asoen_graph.report.model import ClassCoverage, PropertyCoverage
from asoen_graph.report.numbers import share
from asoen_graph.report.support import facts_about
from asoen_graph.vocabulary import Class, Property, Term, Vocabulary


class _Tally(NamedTuple):
    """What is counted once for all classes; pairs are the key of a class and the IRI of a property."""

    members: Counter[str]
    facts: Counter[tuple[str, str]]
    having: Counter[tuple[str, str]]
    about: Mapping[str, Sequence[int]]
    """Class → for each of its entities the number of facts about it."""


def coverage(store: Store, vocabulary: Vocabulary, ledger: Ledger) -> tuple[ClassCoverage, ...]:
    """Every class that has entities, those with the most first, relation nodes after entities."""
    about, by_class = facts_about(ledger, vocabulary), defaultdict[str, list[int]](list)
    for slug, each in ledger.entities.items():
        by_class[each.class_key].append(about[slug])
    tally = _Tally(
        members=Counter(each.class_key for each in ledger.entities.values()),
        facts=_facts(ledger),
        having=_having(store, ledger),
        about=by_class,
    )
    found = [_class(vocabulary.classes[key], vocabulary, tally) for key in tally.members]
    return tuple(sorted(found, key=lambda each: (each.is_relation, -each.entities, each.key)))


def labels_of(term: Term) -> dict[str, str]:
    """The label of a term in each language."""
    return {language: term.label(language) for language in LANGUAGES}


def _class(class_: Class, vocabulary: Vocabulary, tally: _Tally) -> ClassCoverage:
    count = tally.members[class_.key]
    stated = sum(number for (key, _), number in tally.facts.items() if key == class_.key)
    return ClassCoverage(
        key=class_.key,
        label=labels_of(class_),
        is_relation=class_.is_relation,
        entities=count,
        facts=stated,
        facts_per_entity=round(fmean(tally.about[class_.key]), 2),
        without_facts=tally.about[class_.key].count(0),
        properties=tuple(_properties(class_, vocabulary, tally)),
    )


def _properties(class_: Class, vocabulary: Vocabulary, tally: _Tally) -> Iterator[PropertyCoverage]:
    """What entities of the class have, and what they may have and none has; the most frequent first."""
    wanted: list[Property] = [
        each
        for each in vocabulary.properties.values()
        if tally.having[class_.key, each.iri] or (each.curated and vocabulary.applies(each, class_))
    ]
    for each in sorted(wanted, key=lambda each: (-tally.having[class_.key, each.iri], each.key)):
        entities = tally.having[class_.key, each.iri]
        yield PropertyCoverage(
            property=each.key,
            label=labels_of(each),
            entities=entities,
            share=share(entities, tally.members[class_.key]),
            facts=tally.facts[class_.key, each.iri],
            inferred_only=not each.curated,
        )


def _facts(ledger: Ledger) -> Counter[tuple[str, str]]:
    """Accepted facts by class and property."""
    return Counter(
        (ledger.entities[fact.subject].class_key, fact.property)
        for fact in ledger.facts.values()
        if fact.status == ACCEPTED and fact.subject in ledger.entities
    )


def _having(store: Store, ledger: Ledger) -> Counter[tuple[str, str]]:
    """Entities by class and property they have in the default graph."""
    pairs = {
        (quad.subject.value.removeprefix(ENTITY), quad.predicate.value)
        for quad in store.quads_for_pattern(None, None, None, DefaultGraph())
        if isinstance(quad.subject, NamedNode) and quad.predicate.value.startswith(TERM)
    }
    return Counter((ledger.entities[slug].class_key, iri) for slug, iri in pairs if slug in ledger.entities)

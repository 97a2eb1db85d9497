"""Whether facts fit what they speak of: known slugs, keys of the right class, values of the right class."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from asoen_graph.curation.facts import EntityValue, Fact
from asoen_graph.curation.keys import GROUP_KEYS, misplaced_key, unknown_key
from asoen_graph.curation.names import Names
from asoen_graph.curation.reading import Reading, Reference, SourceReference
from asoen_graph.errors import Place, Problem
from asoen_graph.iris import key_of, local_name
from asoen_graph.text import nearest
from asoen_graph.vocabulary import Class, Property


def check_links(readings: Sequence[Reading], names: Names) -> Iterator[Problem]:
    """The problems of the slugs and keys in all readings."""
    sources = [reading.source.slug for reading in readings if reading.source]
    cited = {reference.slug for reading in readings for reference in reading.cited}
    for reading in readings:
        yield from _check_use(reading, cited)
        yield from _check_sources(reading.cited, sources)
        yield from _check_references(reading.references, names)
        yield from _check_unknown_keys(reading, names)
        yield from _check_facts(reading.facts, names)


def _check_use(reading: Reading, cited: Collection[str]) -> Iterator[Problem]:
    """A document without facts of its own is there only because facts are jointly attributed to it."""
    source = reading.source
    if source is not None and not reading.facts and not reading.problems and source.slug not in cited:
        hint = "Add 'facts:' with a list of groups"
        yield Problem(source.place, "missing-key", "The document has no facts", hint)


def _check_sources(cited: Iterable[SourceReference], sources: Collection[str]) -> Iterator[Problem]:
    for reference in cited:
        if reference.slug not in sources:
            near = nearest(reference.slug, sources, 2)
            hint = f"Did you mean {' or '.join(map(repr, near))}?" if near else "Add its file to data/sources"
            yield Problem(reference.place, "unknown-source", f"No document has the slug {reference.slug!r}", hint)


def _check_references(references: Iterable[Reference], names: Names) -> Iterator[Problem]:
    for reference in references:
        class_ = names.class_of(reference.slug)
        if class_ is None:
            yield names.unknown(reference.slug, reference.place)
        property_ = names.vocabulary.property_of(reference.property)
        if class_ is not None and property_ is not None:
            yield from _check_range(property_, reference.slug, class_, reference.place)


def _check_unknown_keys(reading: Reading, names: Names) -> Iterator[Problem]:
    for unknown in reading.unknown_keys:
        flaw = unknown_key(names.vocabulary, unknown.key, names.class_of(unknown.subject), GROUP_KEYS)
        yield Problem(unknown.place, flaw.code, flaw.message, flaw.hint)


def _check_facts(facts: Iterable[Fact], names: Names) -> Iterator[Problem]:
    told: set[tuple[str, str, str]] = set()
    for fact in facts:
        property_ = names.vocabulary.property_of(fact.property)
        class_ = names.class_of(fact.subject)
        if property_ is None:
            raise AssertionError(f"A fact was read with {fact.property}, which is no property of the ontology")
        # An unknown subject is told once, where the group names it.
        if class_ is not None and not names.vocabulary.applies(property_, class_):
            if (fact.subject, fact.property, fact.locator) not in told:
                told.add((fact.subject, fact.property, fact.locator))
                flaw = misplaced_key(names.vocabulary, property_, class_)
                yield Problem(fact.place, flaw.code, flaw.message, flaw.hint)
        elif isinstance(fact.value, EntityValue):
            value_class = names.class_of(fact.value.slug)
            if value_class is None:
                yield names.unknown(fact.value.slug, fact.place)
            else:
                yield from _check_range(property_, fact.value.slug, value_class, fact.place)


def _check_range(property_: Property, slug: str, class_: Class, place: Place) -> Iterator[Problem]:
    if property_.range not in class_.ancestors:
        expected = key_of(local_name(property_.range))
        message = f"{property_.key!r} takes an entity of the class {expected!r}, and {slug!r} is of {class_.key!r}"
        yield Problem(place, "wrong-class", message, "Name another entity, or move this one to another register file")

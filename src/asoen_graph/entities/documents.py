"""A document as a reviewer reads it: how it is cited, and its facts passage by passage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from pyoxigraph import NamedNode

from asoen_graph.entities.cards import DescriptionLine, FactRecord, Passage, SourceCard, Value
from asoen_graph.entities.lens import Lens
from asoen_graph.entities.listing import resolve_source
from asoen_graph.entities.order import (
    Natural,
    PropertyOrder,
    RecordOrder,
    locator_order,
    natural,
    property_order,
    record_order,
)
from asoen_graph.entities.shelf import Shelf
from asoen_graph.iris import PROV, PROVENANCE_GRAPH
from asoen_graph.patterns import Patterns
from asoen_graph.vocabulary import Vocabulary

_PROVENANCE, _DERIVED = NamedNode(PROVENANCE_GRAPH), NamedNode(PROV + "wasDerivedFrom")


def source_card(
    store: Patterns,
    vocabulary: Vocabulary,
    slug: str,
    language: str = "en",
    places: Mapping[str, str] | None = None,
    shelf: Shelf | None = None,
) -> SourceCard:
    """The document with every fact taken from it, whatever its status, in the order of the text.

    Facts jointly attributed to it and written with another document come apart, since their place is in the other.

    ``places`` maps a fact IRI to ``path:line`` in the curated data; with it the facts of a passage come in the order in
    which the curator wrote them, without it by subject and property. ``shelf`` is of the store and vocabulary too, and
    knows what earlier cards have read. Raises UnknownName, with the nearest slugs, where there is no such document.
    """
    lens = Lens(store, vocabulary, language, places, shelf)
    document = resolve_source(store, slug)
    facts = [
        quad.subject.value
        for quad in store.quads_for_pattern(None, _DERIVED, document, _PROVENANCE)
        if isinstance(quad.subject, NamedNode)
    ]
    lens.claims(facts)
    passages: dict[str, list[FactRecord]] = defaultdict(list)
    joint: list[FactRecord] = []
    for fact in facts:
        record = lens.record(fact)
        (passages[record.claim.locator] if record.claim.source == slug else joint).append(record)
    return SourceCard(
        slug=slug,
        iri=document.value,
        title=lens.value(document).text,
        description=_description(lens, document),
        passages=tuple(
            _passage(sorted(passages[locator], key=lambda record: _writing_order(record, vocabulary)))
            for locator in sorted(passages, key=locator_order)
        ),
        joint=tuple(sorted(joint, key=lambda record: _writing_order(record, vocabulary))),
    )


def _passage(facts: list[FactRecord]) -> Passage:
    claim = facts[0].claim
    return Passage(claim.locator, claim.locator_label, tuple(facts))


def _writing_order(record: FactRecord, vocabulary: Vocabulary) -> tuple[Natural, Natural, RecordOrder]:
    return natural(record.claim.place or ""), natural(record.about.text), record_order(record, vocabulary)


def _description(lens: Lens, document: NamedNode) -> tuple[DescriptionLine, ...]:
    found: dict[str, list[Value]] = defaultdict(list)
    for quad in lens.store.quads_for_pattern(document, None, None, _PROVENANCE):
        if lens.vocabulary.property_of(quad.predicate.value) is not None:
            found[quad.predicate.value].append(lens.value(quad.object))
    lines = [
        DescriptionLine(
            lens.property_name(iri), tuple(sorted(values, key=lambda v: (v.language or "", natural(v.text))))
        )
        for iri, values in found.items()
    ]

    def order(line: DescriptionLine) -> PropertyOrder:
        return property_order(lens.vocabulary.property_of(line.property.iri), line.property.key)

    return tuple(sorted(lines, key=order))

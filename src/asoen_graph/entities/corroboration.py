"""A fact among others: those that say the same, those that say otherwise, and what stands beside it in its document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from asoen_graph.entities.cards import FactRecord
from asoen_graph.entities.lens import Lens
from asoen_graph.entities.order import record_order
from asoen_graph.errors import ReleaseError
from asoen_graph.iris import FACT, PROV, PROVENANCE_GRAPH, compact
from asoen_graph.messages import tell

_PROVENANCE, _DERIVED = NamedNode(PROVENANCE_GRAPH), NamedNode(PROV + "wasDerivedFrom")
_MOST: Final = 24
"""How many facts of each kind are told; the pages of the entity and the document have all."""


@dataclass(frozen=True, slots=True)
class FactAmongOthers:
    """A fact; ``same`` state the same triple, ``others`` another value of its property, ``nearby`` share its passage.

    Each holds the first of them; ``others_count`` and ``nearby_count`` say how many there are. ``is_single`` says
    whether the property has one accepted value, so that the others contradict it.
    """

    record: FactRecord
    is_single: bool
    same: tuple[FactRecord, ...]
    others: tuple[FactRecord, ...]
    others_count: int
    nearby: tuple[FactRecord, ...]
    nearby_count: int


def fact_among_others(lens: Lens, fact: str) -> FactAmongOthers:
    """A fact, given by its IRI. Raises ReleaseError where its graph is empty or it has no source."""
    quad = next(iter(lens.store.quads_for_pattern(None, None, None, NamedNode(fact))), None)
    if quad is None:
        raise ReleaseError(tell("server.fact-empty", fact=compact(fact)), tell("server.build-again"))
    same: list[str] = []
    others: list[str] = []
    for each in lens.store.quads_for_pattern(quad.subject, quad.predicate, None):
        graph = each.graph_name
        if isinstance(graph, NamedNode) and graph.value.startswith(FACT) and graph.value != fact:
            (same if each.object == quad.object else others).append(graph.value)
    lens.read([fact, *same, *others])
    others = lens.in_order(others)
    nearby = _nearby(lens, fact)
    property_ = lens.vocabulary.property_of(quad.predicate.value)
    return FactAmongOthers(
        record=lens.said(fact, quad),
        is_single=property_ is not None and property_.functional,
        same=tuple(map(lens.record, lens.in_order(same))),
        others=_records(lens, others),
        others_count=len(others),
        nearby=_records(lens, nearby),
        nearby_count=len(nearby),
    )


def _nearby(lens: Lens, fact: str) -> list[str]:
    """The other facts of the passage a fact is taken from, sorted by name."""
    attestations = lens.shelf.attestations
    here = attestations[fact]
    if not here.source:
        return []
    stated = lens.store.quads_for_pattern(None, _DERIVED, NamedNode(here.source), _PROVENANCE)
    facts = [quad.subject.value for quad in stated if isinstance(quad.subject, NamedNode)]
    lens.read(facts)
    beside = ((each, attestations[each]) for each in facts if each != fact)
    return sorted(each for each, said in beside if (said.source, said.locator) == (here.source, here.locator))


def _records(lens: Lens, facts: list[str]) -> tuple[FactRecord, ...]:
    records = [lens.record(fact) for fact in facts[:_MOST]]
    return tuple(sorted(records, key=lambda record: record_order(record, lens.vocabulary)))

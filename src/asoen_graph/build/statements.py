"""Facts as named graphs, and what the provenance graph says of each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache

from pyoxigraph import NamedNode, Quad, Triple

from asoen_graph import dates
from asoen_graph.build.terms import TYPE, day, entity_node, partial_date, source_node, term_of, text
from asoen_graph.curation.facts import Fact, Interval
from asoen_graph.iris import ENTITY, FACT, PROV, SOURCE, TERM

ACCEPTED = TERM + "accepted"

_FACT = NamedNode(TERM + "Fact")
_DERIVED = NamedNode(PROV + "wasDerivedFrom")
_LOCATOR = NamedNode(TERM + "locator")
_ATTRIBUTION, _JOINTLY = NamedNode(TERM + "attribution"), NamedNode(TERM + "jointlyAttributed")
_LOCATOR_SOURCE = NamedNode(TERM + "locatorSource")
_STATUS = NamedNode(TERM + "status")
_NOTE = NamedNode(TERM + "note")
_FROM, _UNTIL = NamedNode(TERM + "validFrom"), NamedNode(TERM + "validUntil")
_EARLIEST, _LATEST = NamedNode(TERM + "validEarliest"), NamedNode(TERM + "validLatest")

_node = lru_cache(maxsize=4096)(NamedNode)


def fact_name(fact: Fact) -> str:
    """The 16 hex digits that name a fact: the first 8 bytes of a SHA-256.

    What is hashed is UTF-8 text of six lines joined by a line feed (U+000A), none after the last: IRI of the source;
    locator as curated; IRI of the subject; IRI of the property; the value in canonical N-Triples; validity as
    ``start/end`` with ``..`` for an open end, or nothing. For a jointly attributed fact a seventh line follows: the
    IRIs of the other sources, sorted, joined by a space. The position in the file, the status and the note are not
    part of it, so a curator may move, dispute and annotate a fact without giving it another name.
    """
    others = " ".join(SOURCE + slug for slug in fact.jointly)
    return _name(
        SOURCE + fact.source,
        fact.locator,
        ENTITY + fact.subject,
        fact.property,
        str(term_of(fact.value)),
        _validity(fact.when),
        *([others] if others else []),
    )


def _name(*lines: str) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def _validity(when: Interval | None) -> str:
    return "" if when is None else f"{when.start or dates.OPEN}/{when.end or dates.OPEN}"


def fact_node(fact: Fact) -> NamedNode:
    """The IRI of a fact, which names the graph that holds its triple."""
    return NamedNode(FACT + fact_name(fact))


def fact_triple(fact: Fact) -> Triple:
    """What the fact states."""
    return Triple(entity_node(fact.subject), _node(fact.property), term_of(fact.value))


def fact_quad(node: NamedNode, fact: Fact) -> Quad:
    """What the fact states, in the graph of that name."""
    return Quad(entity_node(fact.subject), _node(fact.property), term_of(fact.value), node)


def fact_provenance(node: NamedNode, fact: Fact) -> Iterator[Triple]:
    """Where the fact stands, how far it may be relied on and when it holds."""
    yield Triple(node, TYPE, _FACT)
    for slug in (fact.source, *fact.jointly):
        yield Triple(node, _DERIVED, source_node(slug))
    if fact.jointly:
        yield Triple(node, _ATTRIBUTION, _JOINTLY)
        yield Triple(node, _LOCATOR_SOURCE, source_node(fact.source))
    if fact.locator:
        yield Triple(node, _LOCATOR, text(fact.locator, None))
    yield Triple(node, _STATUS, _node(fact.status))
    for language, note in fact.note.items():
        yield Triple(node, _NOTE, text(note, language))
    if fact.when is not None:
        yield from _validity_triples(node, fact.when)


def _validity_triples(node: NamedNode, when: Interval) -> Iterator[Triple]:
    if when.start is not None:
        yield Triple(node, _FROM, partial_date(when.start))
        yield Triple(node, _EARLIEST, day(dates.earliest(when.start).isoformat()))
    if when.end is not None:
        yield Triple(node, _UNTIL, partial_date(when.end))
        yield Triple(node, _LATEST, day(dates.latest(when.end).isoformat()))

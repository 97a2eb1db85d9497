"""What stands behind facts: which documents state each, where in them, and how far it is relied on."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from pyoxigraph import Literal, NamedNode

from asoen_graph.entities.cards import ACCEPTED
from asoen_graph.entities.tables import Table
from asoen_graph.evidence import LOCATOR, NOTE, STATUS, first_iri, sources_of, texts_of
from asoen_graph.iris import PROVENANCE_GRAPH, TERM, key_of, local_name
from asoen_graph.patterns import Patterns, Value

_PROVENANCE = NamedNode(PROVENANCE_GRAPH)
_MOST: Final = 8192
"""How many facts are known at a time: more than any card has."""
_FROM, _UNTIL = TERM + "validFrom", TERM + "validUntil"


class Attestation(NamedTuple):
    """What the provenance says of a fact. ``source`` is the IRI of the document its place is in, empty for none.

    Texts are plain, or by language where there are several.
    """

    source: str
    others: tuple[str, ...]
    """The IRIs of the other documents of a jointly attributed fact, sorted."""
    status: str
    """The key of an ``asoen:FactStatus``."""
    locator: str | Mapping[str, str]
    note: str | Mapping[str, str]
    valid_from: str | None
    valid_until: str | None
    is_accepted: bool
    is_plain: bool
    """Whether one document says it and it is accepted: its citation is then that of the document, and its place."""


def attestations(store: Patterns) -> Table[str, Attestation]:
    """What stands behind each fact of a store, by the IRI of the fact."""
    return Table(lambda fact: _read(store, fact), _MOST)


def _read(store: Patterns, fact: str) -> Attestation:
    values: dict[str, list[Value]] = {}
    for quad in store.quads_for_pattern(NamedNode(fact), None, None, _PROVENANCE):
        values.setdefault(quad.predicate.value, []).append(quad.object)
    sources = sources_of(values)
    # Few texts and documents, each named by many facts.
    intern = sys.intern
    status = intern(key_of(local_name(first_iri(values, STATUS))))
    is_accepted = status == ACCEPTED
    locator = _text(values.get(LOCATOR, ()))
    return Attestation(
        source=intern(sources[0]) if sources else "",
        others=tuple(map(intern, sources[1:])),
        status=status,
        locator=locator,
        note=_text(values.get(NOTE, ())),
        valid_from=_literal(values.get(_FROM, ())),
        valid_until=_literal(values.get(_UNTIL, ())),
        is_accepted=is_accepted,
        is_plain=is_accepted and len(sources) == 1 and isinstance(locator, str),
    )


def _text(values: Sequence[Value]) -> str | Mapping[str, str]:
    if len(values) == 1 and isinstance(values[0], Literal):
        return sys.intern(values[0].value)
    texts = texts_of(values)
    return texts if len(texts) > 1 else next(iter(texts.values()), "")


def _literal(values: Sequence[Value]) -> str | None:
    return next((value.value for value in values if isinstance(value, Literal)), None)

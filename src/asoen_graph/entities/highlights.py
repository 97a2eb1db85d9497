"""Entities to begin with: the best connected of each class, and the latest events. The data choose them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode

from asoen_graph.entities.cards import EntityEntry
from asoen_graph.entities.register import Register
from asoen_graph.iris import ENTITY, TERM
from asoen_graph.store import GraphStore, SelectAnswer

_STARTS: Final = TERM + "starts"
_LINKS: Final = f"""SELECT ?x (COUNT(*) AS ?n) {{
  {{ ?x ?p ?o }} UNION {{ ?s ?q ?x }}
  FILTER(isIRI(?x) && STRSTARTS(STR(?x), "{ENTITY}"))
}} GROUP BY ?x"""
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Dated:
    """An entity with the day it began, as precise as a document says."""

    entity: EntityEntry
    date: str


def best_connected(register: Register, most: int, counted: Mapping[str, int] | None = None) -> list[EntityEntry]:
    """Of each class the entity with most statements from and to it, the best connected first.

    ``counted`` has the numbers by IRI, where each would take a request: see ``count_links``.
    """
    best: dict[str, tuple[int, EntityEntry]] = {}
    for entry in register.of_class(None):
        links = _links(register, entry.iri) if counted is None else counted.get(entry.iri, 0)
        # Entities come by label, so that of equals the first by label stays.
        if links > best.get(entry.class_key, (0, entry))[0]:
            best[entry.class_key] = links, entry
    ranked = sorted(best.values(), key=lambda pair: (-pair[0], pair[1].slug))
    return [entry for _, entry in ranked[:most]]


def count_links(store: GraphStore) -> dict[str, int]:
    """How many statements there are from and to each entity, asked in one query. Raises what ``store.query`` raises."""
    answer = store.query(_LINKS)
    rows = answer.rows if isinstance(answer, SelectAnswer) else []
    return {x.value: int(n.value) for x, n in rows if isinstance(x, NamedNode) and isinstance(n, Literal)}


def latest(register: Register, most: int) -> list[Dated]:
    """What began last, the latest first."""
    found = [Dated(entry, max(days)) for entry in register.of_class(None) if (days := _days(register, entry))]
    return sorted(found, key=lambda each: (each.date, each.entity.slug), reverse=True)[:most]


def _links(register: Register, iri: str) -> int:
    node, default = NamedNode(iri), DefaultGraph()
    store = register.store
    return sum(1 for _ in store.quads_for_pattern(node, None, None, default)) + sum(
        1 for _ in store.quads_for_pattern(None, None, node, default)
    )


def _days(register: Register, entry: EntityEntry) -> Sequence[str]:
    """The days it began on; dates that are less precise tell little of what is latest."""
    return [value.text for value in register.values(_STARTS).get(entry.iri, ()) if _DAY.fullmatch(value.text)]

"""Two networks of one query at two times as one: what appeared, vanished, grew stronger or weaker.

An edge is the same in both where its ends and its relation are (its ends in either order, where direction does not
count). It is weighed as the network weighs: "strengthened" says that what the weights count became more.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final, TypeAlias

from asoen_graph.network.model import CHANGES, Change, Edge, Network, joint_evidence
from asoen_graph.network.period import Comparison, unite
from asoen_graph.network.words import say, spoken_period

_EVEN: Final = 1e-9
"""Weights that differ by less than this part are the same: sums of fractions, added up in another order."""

_Key: TypeAlias = tuple[str, str, str]


def compare(before: Network, after: Network, comparison: Comparison) -> Network:
    """Every node and edge of either network, each with its change; notes say how many of each there are.

    The weight of an edge is the greater of both, its facts, citations and spells are those of both. What the networks
    are called is taken from the later.
    """
    edges = tuple(_edges(before, after))
    strengths = before.strengths(), after.strengths()
    nodes = before.by_iri | after.by_iri
    network = replace(
        after,
        nodes=tuple(
            replace(nodes[iri], change=_change(*(each.get(iri) for each in strengths))) for iri in sorted(nodes)
        ),
        edges=edges,
        period=None,
        comparison=comparison,
    )
    return replace(network, notes=tuple(comparison_notes(network, empty=not before.edges or not after.edges)))


def comparison_notes(network: Network, *, empty: bool = False) -> Iterator[str]:
    """Of a comparison: how many links and nodes changed in which way, and what makes the counts less sure.

    ``empty`` says that there are no links in one of the periods. Of any other network: nothing.
    """
    comparison, language = network.comparison, network.language
    if comparison is None:
        return
    if empty:
        for period, absent in ((comparison.earlier, "appeared"), (comparison.later, "vanished")):
            if all(edge.change and edge.change.name == absent for edge in network.edges):
                yield say("none at", language, period=spoken_period(period, language))
    for phrase, things in (("changed edges", network.edges), ("changed nodes", network.nodes)):
        if things:
            yield say(phrase, language, counts=spoken_changes((each.change for each in things), language))
    undated = sum(not edge.spells for edge in network.edges)
    if undated:
        yield say("undated compared one" if undated == 1 else "undated compared", language, count=undated)
    if not comparison.is_even and network.edges:
        yield say("uneven", language)


def spoken_changes(changes: Iterable[Change | None], language: str) -> str:
    """How many changed in which way: ``3 appeared, 1 vanished, 12 unchanged``."""
    counts = Counter(change.name for change in changes if change)
    return ", ".join(f"{counts[name]} {say(name, language)}" for name in CHANGES if counts[name])


def _edges(before: Network, after: Network) -> Iterator[Edge]:
    earlier, later = ({_key(network, edge): edge for edge in network.edges} for network in (before, after))
    for key in sorted(earlier.keys() | later.keys()):
        old, new = earlier.get(key), later.get(key)
        change = _change(old.weight if old else None, new.weight if new else None)
        edge = _united(old, new, key) if old and new else old or new
        if edge is not None:
            yield replace(edge, weight=max(change.before, change.after), change=change)


def _key(network: Network, edge: Edge) -> _Key:
    source, target = network.ends(edge)
    return source, target, edge.relation.key if edge.relation else ""


def _united(old: Edge, new: Edge, key: _Key) -> Edge:
    # The same pair may stand in one order in the one period and in the other in the other: then neither order is meant.
    source, target = (new.source, new.target) if (old.source, old.target) == (new.source, new.target) else key[:2]
    facts, citations = joint_evidence((old, new))
    spells = unite({*old.spells, *new.spells})
    return replace(new, source=source, target=target, spells=spells, facts=facts, citations=citations)


def _change(before: float | None, after: float | None) -> Change:
    """What a weight that became another says; ``None`` is that of what is not there."""
    if before is None or after is None:
        return Change("vanished" if after is None else "appeared", before or 0.0, after or 0.0)
    if math.isclose(before, after, rel_tol=_EVEN, abs_tol=0.0):
        return Change("unchanged", before, after)
    return Change("strengthened" if after > before else "weakened", before, after)

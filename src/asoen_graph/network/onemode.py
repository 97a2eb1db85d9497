"""The one-mode projection of a two-mode network: two nodes of the one side are joined by what they share of the other.

``count``    how many they share: the entries of the product of the matrix of the network with its transpose.
``newman``   each one shared counts 1/(n - 1), n being how many are joined to it: a large gathering joins its members
             less than a small one. M. E. J. Newman, "Scientific collaboration networks. II", Physical Review E 64,
             016132 (2001), https://doi.org/10.1103/PhysRevE.64.016132.
``jaccard``  how many they share, divided by how many either has. P. Jaccard, "Étude comparative de la distribution
             florale dans une portion des Alpes et du Jura", Bulletin de la Société vaudoise des sciences naturelles 37,
             547-579 (1901), https://doi.org/10.5169/seals-266450.

These are the weightings of ``networkx.algorithms.bipartite``, which knows neither time nor evidence: it is the judge in
the tests. Something is shared only where both links to it hold on a common day, as far as days are known.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import combinations
from typing import Final, NamedTuple, TypeAlias

from asoen_graph.errors import NetworkError, ParameterError
from asoen_graph.iris import compact, slug_of
from asoen_graph.messages import tell
from asoen_graph.network.model import Edge, Network, joint_evidence
from asoen_graph.network.period import Spell, overlap, unite
from asoen_graph.network.words import say
from asoen_graph.text import nearest

SIDES: Final = ("source", "target")
WEIGHTINGS: Final = ("count", "newman", "jaccard")
MOST_PAIRS: Final = 2_000_000
"""More pairs than this are not formed: what everybody shares joins everybody with everybody."""

_Ties: TypeAlias = Mapping[str, Mapping[str, list[Edge]]]
"""What is shared → what is kept → the links between the two."""


class Wording(NamedTuple):
    """The words of a projection: what the two columns are called, and what is counted (empty where nobody says)."""

    source: str
    target: str
    shared: str = ""


def project(network: Network, kept: str, weighting: str, wording: Wording) -> Network:
    """The nodes of one side (``source`` or ``target``) and what joins them, in one of ``WEIGHTINGS``.

    The spells of an edge are those in which both links to something shared hold, its facts and citations are those of
    both. Nodes that share nothing stay, without edges. The weights of the network itself do not count. Its description
    says how it was projected, with the definition of the weighting.

    Raises ParameterError where there is no such side or weighting, NetworkError where the network is not two-mode or
    would join more than ``MOST_PAIRS`` pairs.
    """
    _refuse_unknown("project", kept, SIDES)
    _refuse_unknown("weighting", weighting, WEIGHTINGS)
    refuse_one_mode((edge.source, edge.target) for edge in network.edges)
    ties = _ties(network, kept)
    _refuse_crowd(ties)
    language = network.language
    names = wording if kept == "source" else wording._replace(source=wording.target, target=wording.source)
    label = wording.shared or say("in common", language, shared=names.target)
    defined = (say("one-mode", language, kept=names.source, shared=names.target), say(f"{weighting} defined", language))
    side = {getattr(edge, kept) for edge in network.edges}
    return replace(
        network,
        nodes=tuple(node for node in network.nodes if node.iri in side),
        edges=tuple(_edges(ties, weighting)),
        name=f"{network.name}-{kept}",
        description=" ".join(part for part in (network.description, *defined) if part),
        weight_label=say(f"{weighting} weight", language, what=label),
        directed=False,
        layout="spring" if network.layout == "layered" else network.layout,
    )


def _refuse_unknown(parameter: str, word: str, known: Sequence[str]) -> None:
    if word not in known:
        near = nearest(word, known, 1)
        hint = (
            tell("network.near-one", near=near[0])
            if near
            else tell("network.one-of", known=known[:-1], known2=known[-1])
        )
        raise ParameterError(parameter, tell("network.no-such", parameter=parameter, word=word), hint)


def refuse_one_mode(pairs: Iterable[tuple[str, str]]) -> None:
    """Raise NetworkError where something is on both sides of pairs of source and target (IRIs)."""
    sources, targets = set(), set()
    for source, target in pairs:
        sources.add(source)
        targets.add(target)
    both = sorted(sources & targets)
    if both:
        first = slug_of(both[0]) or compact(both[0])
        more = len(both) - 1
        wrong = tell("network.one-mode-more", first=first, more=more) if more else tell("network.one-mode", first=first)
        raise NetworkError(wrong, tell("network.two-mode"))


@dataclass(slots=True)
class _Pair:
    """What two nodes share: how many things at any time, which at the same time, and when."""

    common: int = 0
    shared: list[str] = field(default_factory=list)
    spells: set[Spell] = field(default_factory=set)


def _ties(network: Network, kept: str) -> _Ties:
    ties: defaultdict[str, defaultdict[str, list[Edge]]] = defaultdict(lambda: defaultdict(list))
    for edge in network.edges:
        own, shared = (edge.source, edge.target) if kept == "source" else (edge.target, edge.source)
        ties[shared][own].append(edge)
    return ties


def _refuse_crowd(ties: _Ties) -> None:
    pairs = sum(math.comb(len(members), 2) for members in ties.values())
    if pairs > MOST_PAIRS:
        largest = max(len(members) for members in ties.values())
        raise NetworkError(
            tell("network.pairs", pairs=pairs, most_pairs=MOST_PAIRS, largest=largest),
            tell("network.pairs-hint"),
        )


def _edges(ties: _Ties, weighting: str) -> Iterator[Edge]:
    degrees = Counter(iri for members in ties.values() for iri in members)
    for ends, pair in sorted(_pairs(ties).items(), key=lambda item: item[0]):
        if not pair.shared:
            continue
        facts, citations = joint_evidence(edge for shared in pair.shared for iri in ends for edge in ties[shared][iri])
        weight = Fraction(len(pair.shared))
        if weighting == "newman":
            weight = sum((Fraction(1, len(ties[shared]) - 1) for shared in pair.shared), start=Fraction())
        elif weighting == "jaccard":
            weight /= degrees[ends[0]] + degrees[ends[1]] - pair.common
        yield Edge(*ends, weight=float(weight), spells=unite(pair.spells), facts=facts, citations=citations)


def _pairs(ties: _Ties) -> dict[tuple[str, str], _Pair]:
    pairs: defaultdict[tuple[str, str], _Pair] = defaultdict(_Pair)
    for shared, members in ties.items():
        spells = {iri: _spells(edges) for iri, edges in members.items()}
        for one, other in combinations(sorted(members), 2):
            pair = pairs[one, other]
            pair.common += 1
            together = _together(spells[one], spells[other])
            if together is not None:
                pair.shared.append(shared)
                pair.spells.update(together)
    return pairs


def _spells(edges: Iterable[Edge]) -> tuple[Spell, ...]:
    """When any of these links holds; nothing where one of them has no date, and may hold at any time."""
    each = [edge.spells for edge in edges]
    return unite(spell for spells in each for spell in spells) if all(each) else ()


def _together(one: tuple[Spell, ...], other: tuple[Spell, ...]) -> tuple[Spell, ...] | None:
    """When both hold, nothing where no date is known; ``None`` where they never do."""
    if not one or not other:
        return one or other
    return overlap(one, other) or None

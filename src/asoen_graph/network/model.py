"""A network: who is related to whom, how, how strongly, when, and on what evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple, TypeAlias

from asoen_graph.evidence import Citation
from asoen_graph.iris import compact, slug_of
from asoen_graph.network.period import Comparison, Period, Spell

LAYOUTS = ("spring", "layered", "circle")
"""The arrangements of a picture; ``layout`` says what they are."""

CHANGES = ("appeared", "vanished", "strengthened", "weakened", "unchanged")
"""What may have become of a node or an edge between two periods."""

Value: TypeAlias = str | int | float


class Change(NamedTuple):
    """What became of a node or an edge between two periods: one of ``CHANGES``, and its weight in either.

    The weight of a node is its strength. What is not there in a period weighs 0 in it.
    """

    name: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Kind:
    """What a node is: the most specific class of the entity, by key and label.

    ``rank`` is its place among the classes of the vocabulary, by which it keeps its look in every picture; ``iri``
    is empty where the class is not known.
    """

    key: str
    label: str
    rank: int | None = field(default=None, compare=False)
    iri: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Relation:
    """What an edge says: a property, an entity or a text, by key and label.

    ``rank`` is the place of a property in the vocabulary, by which it keeps its look in every picture; ``iri`` is
    empty for a text.
    """

    key: str
    label: str
    rank: int | None = field(default=None, compare=False)
    iri: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Node:
    """One entity. ``labels`` maps a language to its label, ``attributes`` holds measures and the like.

    ``change`` says what became of it where two periods are compared.
    """

    iri: str
    label: str
    kind: Kind
    labels: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[str, Value] = field(default_factory=dict)
    change: Change | None = None

    @property
    def slug(self) -> str | None:
        """The slug of an entity of this project, ``None`` for any other IRI."""
        return slug_of(self.iri)

    @property
    def id(self) -> str:
        """How files name the node: its slug, or the IRI as short as the known prefixes make it."""
        return self.slug or compact(self.iri)


@dataclass(frozen=True, slots=True)
class Edge:
    """One relation of two nodes (by IRI). The weight counts what the network says its weights count.

    ``spells`` are the stretches of time in which the relation is known to hold; none means that no date is known.
    ``facts`` are the IRIs of the facts the edge rests on, ``citations`` where each of them stands. Where two periods
    are compared, ``change`` says what became of it, and the weight is the greater of both. ``spoken`` keeps the texts
    of citations by fact and language; the edges of a large network, which share facts, share it.
    """

    source: str
    target: str
    relation: Relation | None = None
    weight: float = 1.0
    spells: tuple[Spell, ...] = ()
    facts: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    spoken: dict[tuple[str, str], str] | None = field(default=None, compare=False, repr=False)
    change: Change | None = None

    @property
    def earliest(self) -> str | None:
        """The first day of the relation, ``None`` where a start is not known."""
        starts = [spell.start for spell in self.spells]
        return None if None in starts else min((start for start in starts if start), default=None)

    @property
    def latest(self) -> str | None:
        """The last day of the relation, ``None`` where an end is not known."""
        ends = [spell.end for spell in self.spells]
        return None if None in ends else max((end for end in ends if end), default=None)


def reading_order(citation: Citation) -> tuple[str, ...]:
    """What citations are sorted by: title, document, place, fact."""
    return citation.title, citation.source, citation.locator, citation.fact


def joint_evidence(edges: Iterable[Edge]) -> tuple[tuple[str, ...], tuple[Citation, ...]]:
    """The facts of all these edges and where they stand, each once, in the order in which an edge holds them."""
    facts: set[str] = set()
    citations: dict[str, Citation] = {}
    for edge in edges:
        facts.update(edge.facts)
        citations.update((citation.fact, citation) for citation in edge.citations)
    return tuple(sorted(facts)), tuple(sorted(citations.values(), key=reading_order))


@dataclass(frozen=True)
class Network:
    """Nodes and edges in a fixed order, with what a reader needs to know to judge them.

    ``name`` is short and fit for a file name, ``weight_label`` says what weights count, ``release`` names the data,
    ``notes`` are sentences about what is left out or uncertain. Words are in ``language`` (``en`` or ``vi``).
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    name: str = "network"
    title: str = ""
    description: str = ""
    weight_label: str = ""
    directed: bool = True
    layout: str = "spring"
    """How a picture is arranged: one of ``LAYOUTS``."""
    period: Period | None = None
    release: str = ""
    language: str = "en"
    notes: tuple[str, ...] = ()
    definitions: Mapping[str, str] = field(default_factory=dict)
    """What the attributes of nodes that are measures mean, by the name of the attribute."""
    size_by: str = ""
    """The key of the attribute of nodes that a picture shows by the size of their marks; empty for none."""
    size_label: str = ""
    """What that attribute is called."""
    comparison: Comparison | None = None
    """The two periods that are compared; ``period`` is then ``None``."""
    whole: Network | None = field(default=None, repr=False, compare=False)
    """The network of all time, by whose picture the nodes are placed, so that pictures of several dates look alike."""
    series: Network | None = field(default=None, repr=False, compare=False)
    """All snapshots of the series this is one of, as one network: its picture sets positions, widths and legend."""
    range_of_weights: tuple[float, float] | None = None
    """Between which weights the widths of lines run, where not between the least and the greatest of the edges."""

    @property
    def setting(self) -> Network:
        """The network whose picture sets positions, widths and legend: that of the series, or this one."""
        return self.series or self

    @cached_property
    def weights(self) -> tuple[float, float]:
        """The least and the greatest weight between which the widths of lines run; 0 where there are no edges."""
        weights = [edge.weight for edge in self.edges]
        return self.setting.range_of_weights or (min(weights, default=0.0), max(weights, default=0.0))

    @cached_property
    def by_iri(self) -> dict[str, Node]:
        """The nodes by their IRI."""
        return {node.iri: node for node in self.nodes}

    @cached_property
    def has_parallel_edges(self) -> bool:
        """Whether two edges join the same nodes (in the same direction, where directions count)."""
        ends = [self.ends(edge) for edge in self.edges]
        return len(set(ends)) < len(ends)

    def ends(self, edge: Edge) -> tuple[str, str]:
        """Source and target of an edge, sorted where direction does not count."""
        if self.directed or edge.source <= edge.target:
            return edge.source, edge.target
        return edge.target, edge.source

    def strengths(self) -> dict[str, float]:
        """The strength of each node by IRI: the sum of the weights of its edges (Barrat et al. 2004)."""
        found: defaultdict[str, float] = defaultdict(float)
        for edge in self.edges:
            for iri in {edge.source, edge.target}:
                found[iri] += edge.weight
        return {node.iri: found[node.iri] for node in self.nodes}

    def strongest(self, count: int) -> Network:
        """The network among the ``count`` nodes of greatest strength, ties by IRI.

        The notes are those of the whole network; ``projection.keep_strongest`` says what holds of the part.
        """
        strengths = self.strengths()
        return self.among(set(sorted(strengths, key=lambda iri: (-strengths[iri], iri))[:count]))

    def among(self, kept: Set[str]) -> Network:
        """The network among these nodes, by IRI; its notes are those of the whole."""
        return replace(
            self,
            nodes=tuple(node for node in self.nodes if node.iri in kept),
            edges=tuple(edge for edge in self.edges if edge.source in kept and edge.target in kept),
        )

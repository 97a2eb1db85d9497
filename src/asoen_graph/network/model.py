"""A network: who is related to whom, how, how strongly, when, and on what evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeAlias

from asoen_graph.evidence import Citation
from asoen_graph.iris import compact, slug_of
from asoen_graph.network.period import Period, Spell

LAYOUTS = ("spring", "layered", "circle")
"""The arrangements of a picture; ``layout`` says what they are."""

Value: TypeAlias = str | int | float


@dataclass(frozen=True, slots=True)
class Kind:
    """What a node is: the most specific class of the entity, by key and label.

    ``rank`` is its place among the classes of the vocabulary, by which it keeps its look in every picture.
    """

    key: str
    label: str
    rank: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Relation:
    """What an edge says: a property, an entity or a text, by key and label.

    ``rank`` is the place of a property in the vocabulary, by which it keeps its look in every picture.
    """

    key: str
    label: str
    rank: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Node:
    """One entity. ``labels`` maps a language to its label, ``attributes`` holds measures and the like."""

    iri: str
    label: str
    kind: Kind
    labels: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[str, Value] = field(default_factory=dict)

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
    ``facts`` are the IRIs of the facts the edge rests on, ``citations`` where each of them stands.
    """

    source: str
    target: str
    relation: Relation | None = None
    weight: float = 1.0
    spells: tuple[Spell, ...] = ()
    facts: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()

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
    size_by: str = ""
    """The key of the attribute of nodes that a picture shows by the size of their marks; empty for none."""
    size_label: str = ""
    """What that attribute is called."""

    @cached_property
    def by_iri(self) -> dict[str, Node]:
        """The nodes by their IRI."""
        return {node.iri: node for node in self.nodes}

    @property
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
        kept = set(sorted(strengths, key=lambda iri: (-strengths[iri], iri))[:count])
        return replace(
            self,
            nodes=tuple(node for node in self.nodes if node.iri in kept),
            edges=tuple(edge for edge in self.edges if edge.source in kept and edge.target in kept),
        )

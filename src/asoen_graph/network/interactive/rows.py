"""The rows of the two tables: all that is known of each node and each edge, in words and as values to sort by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from asoen_graph.network.attributes import edge_attributes, edge_label, node_attributes
from asoen_graph.network.interactive.evidence import Cited, cited_documents, facts_without_source
from asoen_graph.network.model import CHANGES, Edge, Kind, Network, Node, Relation, Value
from asoen_graph.network.period import Spell
from asoen_graph.network.words import say, spoken_number, spoken_spell

_NODE_COLUMNS: Final = ("label", "iri", "slug", "kind", "kind_label")
_LINK_COLUMNS: Final = ("relation", "relation_label", "weight", "from", "until", "spells", "facts", "sources")
"""What has a column of its own; other attributes follow in columns named after them."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value in words, and as the script sorts it."""

    text: str
    value: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class NodeRow:
    """A node: ``kind`` is the number of its kind among those of the network, ``names`` are its labels elsewhere."""

    id: str
    node: Node
    kind: int
    names: str
    links: int
    rest: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class LinkRow:
    """An edge: its ends by row, its relation by number among those of the network, its dates and what it rests on."""

    id: str
    edge: Edge
    source: NodeRow
    target: NodeRow
    relation: int
    change: int | None
    """What became of it in a comparison, by its place in ``CHANGES``."""
    label: str
    weight: str
    spells: str
    """Pairs of days as ``2031-05-02/2031-05-04``, separated by spaces; an end that is not known is empty."""
    dates: str
    stretches: tuple[str, ...]
    """Each spell in words, where there are several."""
    cited: list[Cited]
    unsourced: list[str]
    rest: tuple[Cell, ...]

    @property
    def places(self) -> int:
        """How many places the edge cites."""
        return sum(len(each.places) for each in self.cited)


@dataclass(frozen=True, slots=True)
class Tables:
    """The rows, and the names of the columns that not every network has."""

    nodes: list[NodeRow]
    links: list[LinkRow]
    node_columns: list[str]
    link_columns: list[str]


def tables(network: Network, kinds: Sequence[Kind], relations: Sequence[Relation | None]) -> Tables:
    """The tables of a network whose kinds and relations are numbered in this order."""
    language = network.language
    node_values = [_rest(node_attributes(node), _NODE_COLUMNS) for node in network.nodes]
    link_values = [_rest(edge_attributes(edge, language), _LINK_COLUMNS) for edge in network.edges]
    node_columns, link_columns = _columns(node_values), _columns(link_values)
    links = Counter(iri for edge in network.edges for iri in {edge.source, edge.target})
    nodes = [
        NodeRow(
            id=f"n{number}",
            node=node,
            kind=kinds.index(node.kind),
            names=" ".join(sorted({*node.labels.values(), node.id} - {node.label})),
            links=links[node.iri],
            rest=_cells(values, node_columns, language),
        )
        for number, (node, values) in enumerate(zip(network.nodes, node_values, strict=True))
    ]
    by_iri = {row.node.iri: row for row in nodes}
    return Tables(
        nodes,
        [
            _link(network, number, edge, by_iri, relations.index(edge.relation), _cells(values, link_columns, language))
            for number, (edge, values) in enumerate(zip(network.edges, link_values, strict=True))
        ],
        node_columns,
        link_columns,
    )


def _link(
    network: Network, number: int, edge: Edge, nodes: Mapping[str, NodeRow], relation: int, rest: tuple[Cell, ...]
) -> LinkRow:
    language = network.language
    return LinkRow(
        id=f"l{number}",
        edge=edge,
        source=nodes[edge.source],
        target=nodes[edge.target],
        relation=relation,
        change=CHANGES.index(edge.change.name) if edge.change else None,
        label=edge_label(network, edge),
        weight=spoken_number(edge.weight, language),
        spells=" ".join(f"{start or ''}/{end or ''}" for start, end in edge.spells),
        dates=_dates(edge, language),
        stretches=_stretches(edge.spells, language),
        cited=cited_documents(edge, language),
        unsourced=facts_without_source(edge),
        rest=rest,
    )


def _dates(edge: Edge, language: str) -> str:
    return spoken_spell(edge.earliest, edge.latest, language) if edge.spells else ""


def _stretches(spells: Sequence[Spell], language: str) -> tuple[str, ...]:
    return tuple(spoken_spell(start, end, language) for start, end in spells) if len(spells) > 1 else ()


def _rest(attributes: Mapping[str, Value], columns: Sequence[str]) -> dict[str, Value]:
    return {name: value for name, value in attributes.items() if name not in columns and not name.startswith("label_")}


def _columns(rows: Iterable[Mapping[str, Value]]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row))


def _cells(values: Mapping[str, Value], columns: Sequence[str], language: str) -> tuple[Cell, ...]:
    return tuple(_cell(name, values.get(name, ""), language) for name in columns)


def _cell(name: str, value: Value, language: str) -> Cell:
    if name == "change" and value in CHANGES:
        return Cell(say(str(value), language), str(value), is_number=False)
    if isinstance(value, str):
        return Cell(value, value, is_number=False)
    return Cell(_number(value, language), str(value), is_number=True)


def _number(value: float, language: str) -> str:
    """Measures may be very small: four digits that count, where a number is not whole."""
    if value == int(value) or abs(value) >= 1:
        return spoken_number(value, language)
    return f"{value:.4g}".replace(".", "," if language == "vi" else ".")

"""GEXF 1.3 (https://gexf.net, schema http://gexf.net/1.3): typed attributes, time, colours, sizes and positions.

Edges have the spells of their facts. A node has those in which any of its edges holds, so that a timeline shows the
nodes that ``--at`` would; one with an undated edge is always there. No clock: the date of last modification is left
out, so the same network gives the same bytes. Characters that XML 1.0 cannot hold become U+FFFD.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from asoen_graph.drawing.markup import DECLARATION, attribute, element, tag
from asoen_graph.network.attributes import (
    edge_attributes,
    edge_types,
    network_attributes,
    node_attributes,
    node_types,
    written,
)
from asoen_graph.network.formats.appearance import Appearance, Look
from asoen_graph.network.model import Edge, Network, Node, Value
from asoen_graph.network.period import Spell, unite
from asoen_graph.network.picture.palette import LineStyle, rgb

_TYPES: dict[type, str] = {bool: "boolean", str: "string", int: "long", float: "double"}
_OWN_PLACE = frozenset({"label", "weight", "from", "until", "spells"})
"""What GEXF has attributes or elements of its own for."""
_SHAPES = {"circle": "disc", "square": "square", "triangle": "triangle", "diamond": "diamond"}
"""The shapes of the picture that GEXF has, and what it calls them."""
_ROOT = {"xmlns": "http://gexf.net/1.3", "xmlns:viz": "http://gexf.net/1.3/viz", "version": "1.3"}


def pieces(network: Network) -> Iterator[str]:
    """The network as GEXF, line by line; dynamic where any edge has a date."""
    yield f"{DECLARATION}{tag('gexf', _ROOT)}\n"
    yield from _meta(network)
    yield f" {tag('graph', _graph(network))}\n"
    yield from _declarations(node_types(network), "node")
    yield from _declarations(edge_types(network), "edge")
    appearance = Appearance(network)
    spells = _spells_of_nodes(network)
    yield f'  <nodes count="{len(network.nodes)}">\n'
    for node in network.nodes:
        yield from _node(node, appearance.look(node), spells.get(node.iri, ()))
    yield f'  </nodes>\n  <edges count="{len(network.edges)}">\n'
    for number, edge in enumerate(network.edges):
        yield from _edge(network, number, edge, appearance.line(edge.relation))
    yield "  </edges>\n </graph>\n</gexf>\n"


def _meta(network: Network) -> Iterator[str]:
    about = network_attributes(network)
    # A declared attribute has no room for what it means.
    measures = (f"{name}: {text}" for name, text in network.definitions.items())
    parts = (*(about.get(name) for name in ("title", "description", "notes", "release")), *measures)
    description = " ".join(part if part.endswith(".") else f"{part}." for part in parts if part)
    yield f" <meta>\n  {element('creator', {}, 'asoen_graph')}\n"
    if description:
        yield f"  {element('description', {}, description)}\n"
    yield " </meta>\n"


def _graph(network: Network) -> dict[str, str | None]:
    dynamic = any(edge.spells for edge in network.edges)
    return {
        "defaultedgetype": "directed" if network.directed else "undirected",
        "mode": "dynamic" if dynamic else "static",
        "timeformat": "date" if dynamic else None,
        "timerepresentation": "interval" if dynamic else None,
    }


def _declarations(types: Mapping[str, type], class_: str) -> Iterator[str]:
    declared = {name: type_ for name, type_ in types.items() if name not in _OWN_PLACE}
    if not declared:
        return
    yield f'  <attributes class="{class_}">\n'
    for name, type_ in declared.items():
        yield f"   {element('attribute', {'id': name, 'title': name, 'type': _TYPES[type_]})}\n"
    yield "  </attributes>\n"


def _node(node: Node, look: Look, spells: Sequence[Spell]) -> Iterator[str]:
    yield f"   {tag('node', {'id': node.id, 'label': node.label})}\n"
    yield from _values(node_attributes(node))
    yield from _written_spells(spells)
    yield _colour(look.style.colour)
    if look.position is not None:
        x, y = look.position
        yield f'    <viz:position x="{x}" y="{y}" z="0.0"/>\n'
    yield f'    <viz:size value="{look.size}"/>\n'
    if look.style.shape in _SHAPES:
        yield f'    <viz:shape value="{_SHAPES[look.style.shape]}"/>\n'
    yield "   </node>\n"


def _edge(network: Network, number: int, edge: Edge, style: LineStyle) -> Iterator[str]:
    attributes = {
        "id": f"e{number}",
        "source": network.by_iri[edge.source].id,
        "target": network.by_iri[edge.target].id,
        "weight": str(edge.weight),
        "kind": edge.relation.key if edge.relation else None,
        "label": edge.relation.label if edge.relation else None,
    }
    yield f"   {tag('edge', attributes)}\n"
    yield from _values(edge_attributes(edge, network.language))
    yield from _written_spells(edge.spells)
    yield _colour(style.colour)
    yield "   </edge>\n"


def _values(row: Mapping[str, Value]) -> Iterator[str]:
    yield "    <attvalues>\n"
    for name, value in row.items():
        if name not in _OWN_PLACE:
            yield f'     <attvalue for="{attribute(name)}" value="{attribute(written(value))}"/>\n'
    yield "    </attvalues>\n"


def _colour(colour: str) -> str:
    red, green, blue = rgb(colour)
    return f'    <viz:color r="{red}" g="{green}" b="{blue}"/>\n'


def _written_spells(spells: Sequence[Spell]) -> Iterator[str]:
    if spells:
        yield "    <spells>\n"
        for start, end in spells:
            yield f"     {tag('spell', {'start': start, 'end': end}, closed=True)}\n"
        yield "    </spells>\n"


def _spells_of_nodes(network: Network) -> dict[str, tuple[Spell, ...]]:
    found: dict[str, set[Spell]] = {}
    always: set[str] = set()
    for edge in network.edges:
        for iri in (edge.source, edge.target):
            if edge.spells:
                found.setdefault(iri, set()).update(edge.spells)
            else:
                always.add(iri)
    return {iri: unite(spells) for iri, spells in found.items() if iri not in always}

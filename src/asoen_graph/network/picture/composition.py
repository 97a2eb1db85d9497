"""The whole picture of a network: title, period, graph, legend, notes and sources, from top to bottom.

The same network gives the same picture. What it says in words besides is here too: its title, what stands for it where
it cannot be seen, and its long description, link by link.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from asoen_graph.drawing.columns import draw_list
from asoen_graph.drawing.lettering import GREY, number
from asoen_graph.drawing.markup import block
from asoen_graph.drawing.page import MARGIN, Page
from asoen_graph.errors import NetworkError
from asoen_graph.messages import tell
from asoen_graph.network.model import Edge, Network
from asoen_graph.network.picture.cards import Card, draw_card
from asoen_graph.network.picture.changes import SIGNED, STYLES, draw_sign, sign_places
from asoen_graph.network.picture.footnotes import footnotes, references
from asoen_graph.network.picture.layout import Box
from asoen_graph.network.picture.legend import draw_legend
from asoen_graph.network.picture.palette import kind_styles, line_styles
from asoen_graph.network.picture.placement import place
from asoen_graph.network.picture.routes import find_routes
from asoen_graph.network.picture.sizes import Sizes
from asoen_graph.network.picture.strokes import draw_edge, spoken_edge, stroke_width
from asoen_graph.network.words import say, spoken_comparison, spoken_counts, spoken_period

MOST_NODES: Final = 400
"""With more boxes than this nobody can read the picture."""
MOST_EDGES: Final = 5000
"""With more lines than this there is nothing to be seen but lines."""
MOST_LAYERED_EDGES: Final = 1000
"""With more lines than this Graphviz looks for layers for minutes."""

TEXT_SIZE: Final = 13.0
"""The size of the smallest texts of a picture but for its list of sources."""

_LEAST_WIDTH: Final = 720.0
_LOOP_ROOM: Final = 30.0
"""Beside and above the boxes, for lines that bend or loop past the outermost."""
_DESCRIBED: Final = 200
"""How many links the long description names."""
_SOURCE_ROOM: Final = 460.0
"""The least width of a column of sources."""


def compose(network: Network, *, sources: bool = True) -> Page:
    """The picture on a page as large as it needs, with or without the list of sources below it.

    Raises NetworkError where it has more than ``MOST_NODES`` nodes or ``MOST_EDGES`` edges, or in layers
    ``MOST_LAYERED_EDGES``.
    """
    refuse_crowds(network)
    cards, boxes = place(network)
    graph_width = max((box.right for box in boxes.values()), default=0.0)
    page = _NetworkPage(network, max(_LEAST_WIDTH, graph_width + 2 * _LOOP_ROOM), sources=sources)
    page.head()
    page.graph(cards, boxes, graph_width)
    legend = draw_legend(network.setting, MARGIN, page.y, page.room)
    page.add(legend.lines, legend.height)
    page.notes()
    if sources:
        page.sources()
    return page


def title_of(network: Network) -> str:
    """The title of the picture."""
    return network.title or say("untitled", network.language)


def summary_of(network: Network) -> str:
    """What the picture is, in a few sentences: description, period, size, notes."""
    language = network.language
    period = f"{time}." if (time := _time(network)) else ""
    counts = f"{spoken_counts(len(network.nodes), len(network.edges), language)}."
    return "\n".join(part for part in (network.description, period, counts, *network.notes) if part)


def description_of(network: Network) -> str:
    """The long description: the summary, then the strongest links in words, one a line."""
    edges = sorted(network.edges, key=_telling)
    links = [spoken_edge(network, edge).partition("\n")[0] for edge in edges[:_DESCRIBED]]
    if len(edges) > _DESCRIBED:
        links.append(say("and more", network.language, count=len(edges) - _DESCRIBED))
    return "\n".join((summary_of(network), *links))


def data_line(network: Network) -> str:
    """Which release the network is made of; empty where that is not known."""
    return say("data", network.language, release=network.release) if network.release else ""


def refuse_crowds(network: Network) -> None:
    """Raise NetworkError where nobody could read a picture of the network."""
    network = network.setting
    hint = tell("network.crowd-hint")
    most_edges = MOST_LAYERED_EDGES if network.layout == "layered" else MOST_EDGES
    for key, count, limit in (
        ("network.crowd-nodes", len(network.nodes), MOST_NODES),
        ("network.crowd-links", len(network.edges), most_edges),
    ):
        if count > limit:
            raise NetworkError(tell(key, count=count, limit=limit), hint)


def _time(network: Network) -> str:
    """The period or the two that are compared, in words; nothing where the network is of all time."""
    if network.comparison:
        return spoken_comparison(network.comparison, network.language)
    return spoken_period(network.period, network.language) if network.period else ""


def _telling(edge: Edge) -> tuple[bool, float]:
    """By what links are told: first those that changed, of either the weightiest first."""
    return edge.change is not None and edge.change.name == "unchanged", -edge.weight


class _NetworkPage(Page):
    """The page of a network."""

    def __init__(self, network: Network, room: float, *, sources: bool) -> None:
        super().__init__(room)
        self._network = network
        self._lists_sources = sources

    def head(self) -> None:
        """Title, period and description."""
        network = self._network
        self.paragraph(title_of(network), 20, bold=True)
        self.paragraph(_time(network), 14, bold=True)
        self.paragraph(network.description, 13, fill=GREY)
        self.y += 18

    def graph(self, cards: Sequence[Card], boxes: dict[str, Box], graph_width: float) -> None:
        """Lines below, cards above them."""
        if not boxes:
            return
        left, top = MARGIN + (self.room - graph_width) / 2, self.y + _LOOP_ROOM
        lines = block(
            "g",
            {"transform": f"translate({number(left)} {number(top)})"},
            [*self._edges(boxes), *self._cards(cards, boxes)],
        )
        below = _LOOP_ROOM + (10 if self._network.edges else 0)
        self.add(lines, _LOOP_ROOM + max(box.bottom for box in boxes.values()) + below)

    def notes(self) -> None:
        """Size, notes and release."""
        network = self._network
        counts = f"{spoken_counts(len(network.nodes), len(network.edges), network.language)}."
        self.y += 6
        self.paragraph(" ".join(filter(None, (counts, *network.notes, data_line(network)))), TEXT_SIZE, fill=GREY)

    def sources(self) -> None:
        """The documents, numbered, in as many columns as there is room for."""
        network, language = self._network, self._network.language
        if not network.edges:
            return
        self.y += 8
        self.paragraph(say("sources", language), TEXT_SIZE, bold=True)
        listed = footnotes(network)
        if not listed:
            self.paragraph(say("no sources", language), 11, fill=GREY)
            return
        columns = max(1, min(int(self.room / _SOURCE_ROOM), len(listed)))
        self.add(*draw_list(listed, MARGIN, self.y, self.room, columns))

    def _edges(self, boxes: dict[str, Box]) -> Iterator[str]:
        network = self._network
        styles = line_styles(network.setting)
        listed = references(network) if self._lists_sources else [""] * len(network.edges)
        routes = find_routes(network, {node.iri: boxes[node.iri] for node in network.nodes})
        # The thin ones on top, or the thick ones would hide them.
        drawn = sorted(zip(network.edges, routes, listed, strict=True), key=lambda each: -each[0].weight)
        for edge, route, numbers in drawn:
            style = STYLES[edge.change.name] if edge.change else styles[edge.relation]
            yield from draw_edge(network, edge, route, style, stroke_width(edge.weight, *network.weights), numbers)
        changed = [(edge.change.name, route) for edge, route, _ in drawn if edge.change and edge.change.name in SIGNED]
        places = sign_places([route for _, route in changed], list(boxes.values()))
        yield from (draw_sign(x, y, change) for (change, _), (x, y) in zip(changed, places, strict=True))

    def _cards(self, cards: Sequence[Card], boxes: dict[str, Box]) -> Iterator[str]:
        network = self._network
        styles, sizes = kind_styles(network.setting), Sizes.of(network.setting)
        for card in cards:
            hollow = not sizes.is_known(card.node)
            style = styles[card.node.kind]
            yield from draw_card(card, boxes[card.node.iri], style, network.language, hollow=hollow)

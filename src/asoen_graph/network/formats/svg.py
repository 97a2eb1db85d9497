"""SVG 1.1: a picture with title, legend, notes and sources, in real text, drawn by nobody else's hand.

The same network gives the same bytes. The file needs no font, style sheet or script from outside. It is one image to a
screen reader: ``<title>`` says what it shows, ``<desc>`` what is in it, link by link.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from asoen_graph.drawing.lettering import GREY, number
from asoen_graph.drawing.markup import block
from asoen_graph.drawing.page import MARGIN, Page
from asoen_graph.errors import NetworkError
from asoen_graph.network.model import Edge, Network
from asoen_graph.network.picture.cards import Card, draw_card
from asoen_graph.network.picture.changes import SIGNED, STYLES, draw_sign, sign_places
from asoen_graph.network.picture.footnotes import footnotes
from asoen_graph.network.picture.layout import Box
from asoen_graph.network.picture.legend import draw_legend
from asoen_graph.network.picture.palette import kind_styles, line_styles
from asoen_graph.network.picture.placement import place
from asoen_graph.network.picture.routes import find_routes
from asoen_graph.network.picture.strokes import draw_edge, spoken_edge, stroke_width
from asoen_graph.network.words import say, spoken_comparison, spoken_counts, spoken_period

MOST_NODES: Final = 400
"""With more boxes than this nobody can read the picture."""

_LEAST_WIDTH: Final = 720.0
_LOOP_ROOM: Final = 30.0
"""Beside and above the boxes, for lines that bend or loop past the outermost."""
_DESCRIBED: Final = 200
"""How many links the long description names."""


def write(network: Network) -> bytes:
    """The network as SVG in UTF-8. Raises NetworkError where it has more than ``MOST_NODES`` nodes."""
    count = len(network.setting.nodes)
    if count > MOST_NODES:
        raise NetworkError(
            f"A picture of {count} nodes cannot be read; {MOST_NODES} is the limit",
            "Ask for a period (at, from, until) or for the strongest nodes (`asoen network … --top 50`) or GraphML",
        )
    return _drawn(network, *place(network))


def _drawn(network: Network, cards: Sequence[Card], boxes: dict[str, Box]) -> bytes:
    """The picture of a network whose cards stand in these boxes; of a series, in some of them."""
    graph_width = max((box.right for box in boxes.values()), default=0.0)
    room = max(_LEAST_WIDTH, graph_width + 2 * _LOOP_ROOM)
    page = _Page(network, room)
    page.head()
    page.graph(cards, boxes, graph_width)
    legend = draw_legend(network.setting, MARGIN, page.y, room)
    page.add(legend.lines, legend.height)
    page.foot()
    return page.written(network.name, _title(network), _description(network), network.language)


class _Page(Page):
    """The page of a network."""

    def __init__(self, network: Network, room: float) -> None:
        super().__init__(room)
        self._network = network

    def head(self) -> None:
        """Title, period and description."""
        network = self._network
        self.paragraph(_title(network), 20, bold=True)
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

    def foot(self) -> None:
        """Size, notes, release and sources."""
        network, language = self._network, self._network.language
        sentences = [f"{spoken_counts(len(network.nodes), len(network.edges), language)}.", *network.notes]
        if network.release:
            sentences.append(say("data", language, release=network.release))
        self.y += 6
        self.paragraph(" ".join(sentences), 12, fill=GREY)
        if not network.edges:
            return
        self.y += 8
        self.paragraph(say("sources", language), 12, bold=True)
        sources = footnotes(network)
        if not sources:
            self.paragraph(say("no sources", language), 11, fill=GREY)
        for rank, source in enumerate(sources, start=1):
            self.paragraph(source, 11, mark=f"{rank}.")

    def _edges(self, boxes: dict[str, Box]) -> Iterator[str]:
        network = self._network
        styles = line_styles(network.setting)
        routes = find_routes(network, {node.iri: boxes[node.iri] for node in network.nodes})
        drawn = sorted(zip(network.edges, routes, strict=True), key=lambda pair: -pair[0].weight)
        for edge, route in drawn:  # The thin ones on top, or the thick ones would hide them.
            style = STYLES[edge.change.name] if edge.change else styles[edge.relation]
            yield from draw_edge(network, edge, route, style, stroke_width(edge.weight, *network.weights))
        changed = [(edge.change.name, route) for edge, route in drawn if edge.change and edge.change.name in SIGNED]
        places = sign_places([route for _, route in changed], list(boxes.values()))
        yield from (draw_sign(x, y, change) for (change, _), (x, y) in zip(changed, places, strict=True))

    def _cards(self, cards: Sequence[Card], boxes: dict[str, Box]) -> Iterator[str]:
        styles = kind_styles(self._network.setting)
        for card in cards:
            yield from draw_card(card, boxes[card.node.iri], styles[card.node.kind], self._network.language)


def _title(network: Network) -> str:
    return network.title or say("untitled", network.language)


def _time(network: Network) -> str:
    """The period or the two that are compared, in words; nothing where the network is of all time."""
    if network.comparison:
        return spoken_comparison(network.comparison, network.language)
    return spoken_period(network.period, network.language) if network.period else ""


def _description(network: Network) -> str:
    language = network.language
    period = f"{time}." if (time := _time(network)) else ""
    counts = f"{spoken_counts(len(network.nodes), len(network.edges), language)}."
    edges = sorted(network.edges, key=_telling)
    links = [spoken_edge(network, edge).partition("\n")[0] for edge in edges[:_DESCRIBED]]
    if len(edges) > _DESCRIBED:
        links.append(say("and more", language, count=len(edges) - _DESCRIBED))
    return "\n".join(part for part in (network.description, period, counts, *network.notes, *links) if part)


def _telling(edge: Edge) -> tuple[bool, float]:
    """By what links are told: first those that changed, of either the weightiest first."""
    return edge.change is not None and edge.change.name == "unchanged", -edge.weight

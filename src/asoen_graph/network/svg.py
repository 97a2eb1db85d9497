"""SVG 1.1: a picture with title, legend, notes and sources, in real text, drawn by nobody else's hand.

The same network gives the same bytes. The file needs no font, style sheet or script from outside. It is one image to a
screen reader: ``<title>`` says what it shows, ``<desc>`` what is in it, link by link.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from asoen_graph.drawing.lettering import GREY, INK, draw_text, number
from asoen_graph.drawing.markup import DECLARATION, block, element, identifier, tag
from asoen_graph.drawing.measure import BOLD, FONTS, wrap
from asoen_graph.errors import NetworkError
from asoen_graph.network.cards import Card, draw_card
from asoen_graph.network.footnotes import footnotes
from asoen_graph.network.layout import Box, arrange
from asoen_graph.network.legend import Drawing, draw_legend
from asoen_graph.network.model import Network
from asoen_graph.network.palette import kind_styles, line_styles
from asoen_graph.network.routes import find_routes
from asoen_graph.network.strokes import draw_edge, spoken_edge, stroke_width
from asoen_graph.network.words import say, spoken_counts, spoken_period

MOST_NODES: Final = 400
"""With more boxes than this nobody can read the picture."""

_MARGIN: Final = 32.0
_LEAST_WIDTH: Final = 720.0
_LOOP_ROOM: Final = 30.0
"""Beside and above the boxes, for lines that bend or loop past the outermost."""
_LAYERED_LABEL_LIMIT: Final = 190.0
_DESCRIBED: Final = 200
"""How many links the long description names."""


def write(network: Network) -> bytes:
    """The network as SVG in UTF-8. Raises NetworkError where it has more than ``MOST_NODES`` nodes."""
    if len(network.nodes) > MOST_NODES:
        raise NetworkError(
            f"A picture of {len(network.nodes)} nodes cannot be read; {MOST_NODES} is the limit",
            "Ask for a period (at, from, until) or for the strongest nodes (`asoen network … --top 50`) or GraphML",
        )
    cards = _measured(network)
    return _drawn(network, cards, arrange(network, {card.node.iri: (card.width, card.height) for card in cards}))


def _measured(network: Network) -> list[Card]:
    """The cards of the nodes."""
    if network.layout != "layered":
        return [Card.of(node) for node in network.nodes]
    # In layers a box has room beside it but not above, and columns of one width read best.
    cards = [Card.of(node, _LAYERED_LABEL_LIMIT) for node in network.nodes]
    widest = max((card.width for card in cards), default=0.0)
    return [replace(card, width=widest) for card in cards]


def _drawn(network: Network, cards: Sequence[Card], boxes: dict[str, Box]) -> bytes:
    """The picture of a network whose cards stand in these boxes."""
    graph_width = max((box.right for box in boxes.values()), default=0.0)
    room = max(_LEAST_WIDTH, graph_width + 2 * _LOOP_ROOM)
    page = _Page(network, room)
    page.head()
    page.graph(cards, boxes, graph_width)
    page.add(draw_legend(network, _MARGIN, page.y, room))
    page.foot()
    return page.written()


class _Page:
    """The picture while it grows from top to bottom; ``y`` is where the next thing goes."""

    def __init__(self, network: Network, room: float) -> None:
        self._network = network
        self._room = room
        self._lines: list[str] = []
        self.y = _MARGIN

    def head(self) -> None:
        """Title, period and description."""
        network = self._network
        self._paragraph(_title(network), 20, bold=True)
        if network.period is not None:
            self._paragraph(spoken_period(network.period, network.language), 14, bold=True)
        self._paragraph(network.description, 13, fill=GREY)
        self.y += 18

    def graph(self, cards: Sequence[Card], boxes: dict[str, Box], graph_width: float) -> None:
        """Lines below, cards above them."""
        if not boxes:
            return
        network = self._network
        left, top = _MARGIN + (self._room - graph_width) / 2, self.y + _LOOP_ROOM
        self._lines += block(
            "g",
            {"transform": f"translate({number(left)} {number(top)})"},
            [*self._edges(boxes), *self._cards(cards, boxes)],
        )
        self.y = top + max(box.bottom for box in boxes.values()) + _LOOP_ROOM + (10 if network.edges else 0)

    def add(self, drawing: Drawing) -> None:
        """Markup that was drawn for this place."""
        self._lines += drawing.lines
        self.y += drawing.height

    def foot(self) -> None:
        """Size, notes, release and sources."""
        network, language = self._network, self._network.language
        sentences = [f"{spoken_counts(len(network.nodes), len(network.edges), language)}.", *network.notes]
        if network.release:
            sentences.append(say("data", language, release=network.release))
        self.y += 6
        self._paragraph(" ".join(sentences), 12, fill=GREY)
        if not network.edges:
            return
        self.y += 8
        self._paragraph(say("sources", language), 12, bold=True)
        sources = footnotes(network)
        if not sources:
            self._paragraph(say("no sources", language), 11, fill=GREY)
        for rank, source in enumerate(sources, start=1):
            self._paragraph(source, 11, mark=f"{rank}.")

    def written(self) -> bytes:
        """The whole file."""
        network = self._network
        size = number(self._room + 2 * _MARGIN), number(self.y + _MARGIN / 2)
        name = identifier(network.name)
        root = {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": size[0],
            "height": size[1],
            "viewBox": f"0 0 {size[0]} {size[1]}",
            "xml:lang": network.language,
            "font-family": FONTS,
            "role": "img",
            "aria-labelledby": f"{name}-title",
            "aria-describedby": f"{name}-description",
        }
        lines = [
            element("title", {"id": f"{name}-title"}, _title(network)),
            element("desc", {"id": f"{name}-description"}, _description(network)),
            tag("rect", {"width": size[0], "height": size[1], "fill": "#FFFFFF"}, closed=True),
            *self._lines,
        ]
        return (DECLARATION + "\n".join(block("svg", root, lines)) + "\n").encode()

    def _paragraph(self, content: str, size: float, *, fill: str = INK, bold: bool = False, mark: str = "") -> None:
        indent = size * 2 if mark else 0.0
        lines = wrap(content, size * (BOLD if bold else 1), self._room - indent)
        if mark and lines:
            self._lines.append(draw_text(_MARGIN, self.y + size, mark, size, fill=fill))
        for line in lines:
            self._lines.append(draw_text(_MARGIN + indent, self.y + size, line, size, fill=fill, bold=bold))
            self.y += size * 1.4
        self.y += size * 0.3 if lines else 0

    def _edges(self, boxes: dict[str, Box]) -> Iterator[str]:
        network = self._network
        styles = line_styles(network)
        weights = [edge.weight for edge in network.edges]
        drawn = sorted(zip(network.edges, find_routes(network, boxes), strict=True), key=lambda pair: -pair[0].weight)
        for edge, route in drawn:  # The thin ones on top, or the thick ones would hide them.
            width = stroke_width(edge.weight, min(weights), max(weights))
            yield from draw_edge(network, edge, route, styles[edge.relation], width)

    def _cards(self, cards: Sequence[Card], boxes: dict[str, Box]) -> Iterator[str]:
        styles = kind_styles(self._network)
        for card in cards:
            yield from draw_card(card, boxes[card.node.iri], styles[card.node.kind])


def _title(network: Network) -> str:
    return network.title or say("untitled", network.language)


def _description(network: Network) -> str:
    language = network.language
    period = f"{spoken_period(network.period, language)}." if network.period else ""
    counts = f"{spoken_counts(len(network.nodes), len(network.edges), language)}."
    edges = sorted(network.edges, key=lambda edge: -edge.weight)
    links = [spoken_edge(network, edge).partition("\n")[0] for edge in edges[:_DESCRIBED]]
    if len(edges) > _DESCRIBED:
        links.append(say("and more", language, count=len(edges) - _DESCRIBED))
    return "\n".join(part for part in (network.description, period, counts, *network.notes, *links) if part)

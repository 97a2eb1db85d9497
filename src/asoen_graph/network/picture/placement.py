"""Where the boxes of a picture stand, for the picture and for files whose readers draw it again."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from asoen_graph.network.model import Network
from asoen_graph.network.picture.cards import Card
from asoen_graph.network.picture.layout import Box, arrange

_LAYERED_LABEL_LIMIT: Final = 190.0


def place(network: Network) -> tuple[list[Card], dict[str, Box]]:
    """The cards of a network, and a box for each by IRI."""
    cards = _measured(network)
    return cards, arrange(network, {card.node.iri: (card.width, card.height) for card in cards})


def _measured(network: Network) -> list[Card]:
    if network.layout != "layered":
        return [Card.of(node) for node in network.nodes]
    # In layers a box has room beside it but not above, and columns of one width read best.
    cards = [Card.of(node, _LAYERED_LABEL_LIMIT) for node in network.nodes]
    widest = max((card.width for card in cards), default=0.0)
    return [replace(card, width=widest) for card in cards]

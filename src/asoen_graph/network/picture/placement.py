"""Where the boxes of a picture stand when it is one of several: pictures of two dates should look alike.

Alone, a network is arranged by itself. A snapshot of a series stands exactly as the series does. A network at a date is
arranged after that of all time: each node keeps its place among the others, and the picture shrinks to what it needs.
This is what U. Brandes and M. Mader, "A quantitative comparison of stress-minimization approaches for offline dynamic
graph drawing" (Graph Drawing 2011, LNCS 7034), call aggregation: the steadiest way, in which a single picture may have
longer lines than it would have alone.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from asoen_graph.network.model import Network
from asoen_graph.network.picture.cards import Card
from asoen_graph.network.picture.layout import Box, arrange, boxed, on_ellipse, order_on_circle
from asoen_graph.network.picture.separation import close_gaps, separate

_LAYERED_LABEL_LIMIT: Final = 190.0


def place(network: Network) -> tuple[list[Card], dict[str, Box]]:
    """The cards of a network, and a box for each by IRI.

    Of a snapshot of a series there are boxes for all nodes of the series, so that the page is as large for each.
    """
    setting = network.setting
    cards = _measured(setting)
    boxes = _arranged(setting, cards)
    here = network.by_iri
    return [replace(card, node=here[card.node.iri]) for card in cards if card.node.iri in here], boxes


def _measured(network: Network) -> list[Card]:
    if network.layout != "layered":
        return [Card.of(node) for node in network.nodes]
    # In layers a box has room beside it but not above, and columns of one width read best.
    cards = [Card.of(node, _LAYERED_LABEL_LIMIT) for node in network.nodes]
    widest = max((card.width for card in cards), default=0.0)
    return [replace(card, width=widest) for card in cards]


def _arranged(network: Network, cards: Sequence[Card]) -> dict[str, Box]:
    sizes = {card.node.iri: (card.width, card.height) for card in cards}
    whole = network.whole
    if whole is None or not sizes.keys() <= whole.by_iri.keys():
        return arrange(network, sizes)
    own = [sizes[node.iri] for node in network.nodes]
    if network.layout == "circle":
        return boxed(network, on_ellipse(_turned(network, order_on_circle(whole)), own), own)
    places = arrange(whole, {card.node.iri: (card.width, card.height) for card in _measured(whole)})
    points = [(places[node.iri].x, places[node.iri].y) for node in network.nodes]
    if network.layout == "layered":
        return boxed(network, close_gaps(points, own), own)
    scale = math.sqrt(_area(own) / _area([(box.width, box.height) for box in places.values()]))
    return boxed(network, separate([(x * scale, y * scale) for x, y in points], own), own)


def _turned(network: Network, whole: Mapping[str, float]) -> list[float]:
    """Where on the way round the nodes stand: half of the way from even steps to their places on the whole circle.

    At their old places alone a few nodes would crowd on one side of a large circle, in even steps alone they would
    wander from year to year. The even steps are turned until they are as near to the old places as can be.
    """
    even = order_on_circle(network)
    apart = [math.tau * (whole[iri] - even[iri]) for iri in even]
    turn = math.atan2(math.fsum(map(math.sin, apart)), math.fsum(map(math.cos, apart))) / math.tau
    turns = []
    for node in network.nodes:
        start = even[node.iri] + turn
        way = whole[node.iri] - start
        turns.append(start + (way - round(way)) / 2)
    return turns


def _area(sizes: Sequence[tuple[float, float]]) -> float:
    return math.fsum(width * height for width, height in sizes)

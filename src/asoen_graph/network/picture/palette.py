"""How kinds and relations look: colour, shape and dashes, so that neither colour-blindness nor grey print loses them.

The colours are those of Okabe and Ito, "Color Universal Design" (2008), without yellow, which is lost on white paper.
They follow each other so that kinds of the same shape, which come eight apart, differ in lightness too. Lines of the
same dashes differ in lightness up to the twelfth relation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from asoen_graph.network.model import Kind, Network, Relation

COLOURS: Final = ("#0072B2", "#E69F00", "#CC79A7", "#D55E00", "#000000", "#56B4E9", "#009E73")
SHAPES: Final = ("circle", "square", "triangle", "diamond", "hexagon", "pentagon", "cross", "star")
DASHES: Final = ("", "7 4", "2 3", "11 3 2 3", "15 5", "6 3 2 3 2 3")
LINE_COLOURS: Final = ("#3E4954", "#0072B2", "#C04E00", "#5B1E4B")

COMMON_KINDS: Final = (
    *("member-state", "partner-country", "working-group", "grouping", "senior-officials-body", "ministerial-body"),
    *("international-organisation", "regional-organisation", "secretariat", "centre", "national-body", "person"),
    *("meeting", "instrument", "heritage-park", "committee", "governing-board", "ministry", "government-unit"),
    *("institution", "meeting-run", "meeting-series", "programme", "activity", "other"),
)
"""Kinds that often stand side by side: each has a style to itself, the first of them the clearest."""
COMMON_RELATIONS: Final = (
    *("", "dialogue-with", "coordinates", "partner", "funder", "supported-by", "participating-country", "organised-by"),
    *("reviewed-cooperation-with", "reports-to", "overseen-by", "national-counterpart-of", "serves"),
)
"""Relations that often stand side by side; the first is that without a name."""

_Thing = TypeVar("_Thing")


@dataclass(frozen=True, slots=True)
class KindStyle:
    """How nodes of a kind are marked: no two kinds share both colour and shape."""

    colour: str
    shape: str


@dataclass(frozen=True, slots=True)
class LineStyle:
    """How edges of a relation are drawn; ``dashes`` is an SVG dash array, empty for a solid line."""

    colour: str
    dashes: str


PLAIN: Final = LineStyle(LINE_COLOURS[0], "")
"""The line of edges whose relation has no name."""


def kind_styles(network: Network) -> dict[Kind, KindStyle]:
    """A style for each kind of the network, the same in every picture; beyond 56 kinds styles come again.

    Only where two kinds that are not among the most common meet in one picture and share a style does one give way.
    """
    # Seven colours and eight shapes have no common divisor, so the pairs come again only after 56.
    styles = [
        KindStyle(COLOURS[number % len(COLOURS)], SHAPES[number % len(SHAPES)])
        for number in range(len(COLOURS) * len(SHAPES))
    ]
    kinds = {node.kind: (node.kind.key, node.kind.rank) for node in network.nodes}
    return {kind: styles[place % len(styles)] for kind, place in _places(kinds, COMMON_KINDS, len(styles)).items()}


def line_styles(network: Network) -> dict[Relation | None, LineStyle]:
    """A style for each relation of the network, the same in every picture; beyond 24 relations the last is shared.

    The 24 styles differ in dashes or in colour, neighbours in both. A relation without a name is a plain line.
    """
    # Six dashes and four colours give twelve pairs in step; one step aside they give the other twelve.
    styles = [
        LineStyle(LINE_COLOURS[(number + number // 12) % len(LINE_COLOURS)], DASHES[number % len(DASHES)])
        for number in range(len(LINE_COLOURS) * len(DASHES))
    ]
    relations = {
        relation: (relation.key, relation.rank) if relation else ("", None)
        for relation in (edge.relation for edge in network.edges)
    }
    places = _places(relations, COMMON_RELATIONS, len(styles))
    return {relation: styles[min(place, len(styles) - 1)] for relation, place in places.items()}


def _places(things: Mapping[_Thing, tuple[str, int | None]], common: Sequence[str], count: int) -> dict[_Thing, int]:
    """A number for each thing (given by key and rank), below ``count`` while there are free ones.

    The common ones have theirs; after those come the others by rank; what has no rank takes the first that is free.
    """

    def order(thing: _Thing) -> tuple[int, int, str]:
        key, rank = things[thing]
        if key in common:
            return 0, common.index(key), key
        return (1, rank, key) if rank is not None else (2, 0, key)

    found: dict[_Thing, int] = {}
    taken: set[int] = set()
    for thing in sorted(things, key=order):
        group, number, _ = order(thing)
        wish = number if group == 0 else len(common) + number % (count - len(common)) if group == 1 else 0
        free = ((wish + step) % count for step in range(count))
        found[thing] = next((place for place in free if place not in taken), len(taken))
        taken.add(found[thing])
    return found


def rgb(colour: str) -> tuple[int, int, int]:
    """Red, green and blue, 0 to 255, of a colour written ``#RRGGBB``."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)

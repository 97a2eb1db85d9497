"""How kinds and relations look: colour, shape and dashes, so that neither colour-blindness nor grey print loses them.

The colours are those of Okabe and Ito, "Color Universal Design" (2008), without yellow, which is lost on white paper.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from asoen_graph.network.model import Kind, Network, Relation

COLOURS: Final = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#000000")
SHAPES: Final = ("circle", "square", "triangle", "diamond", "hexagon", "pentagon", "cross", "star")
DASHES: Final = ("", "7 4", "2 3", "11 3 2 3", "15 5", "6 3 2 3 2 3")
LINE_COLOURS: Final = ("#4A5560", "#0072B2", "#B34700", "#8A4A78")


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


def kind_styles(network: Network) -> dict[Kind, KindStyle]:
    """A style for each kind of the network, the most frequent kinds first; beyond 56 kinds styles come again."""
    counts = Counter(node.kind for node in network.nodes)
    ranked = sorted(counts, key=lambda kind: (-counts[kind], kind.key))
    # Seven colours and eight shapes have no common divisor, so the pairs come again only after 56.
    return {
        kind: KindStyle(COLOURS[number % len(COLOURS)], SHAPES[number % len(SHAPES)])
        for number, kind in enumerate(ranked)
    }


def line_styles(network: Network) -> dict[Relation | None, LineStyle]:
    """A style for each relation of the network, the most frequent first; beyond 24 relations the last is shared.

    The first 24 styles differ in dashes or in colour, neighbours in both.
    """
    counts = Counter(edge.relation for edge in network.edges)
    ranked = sorted(counts, key=lambda relation: (-counts[relation], relation.key if relation else ""))
    # Six dashes and four colours give twelve pairs in step; one step aside they give the other twelve.
    styles = [
        LineStyle(LINE_COLOURS[(number + number // 12) % len(LINE_COLOURS)], DASHES[number % len(DASHES)])
        for number in range(len(LINE_COLOURS) * len(DASHES))
    ]
    return {relation: styles[min(number, len(styles) - 1)] for number, relation in enumerate(ranked)}


def rgb(colour: str) -> tuple[int, int, int]:
    """Red, green and blue, 0 to 255, of a colour written ``#RRGGBB``."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)

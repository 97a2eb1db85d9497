"""How an edge is drawn along its route: width by weight, dashes by relation, an arrowhead, its sources as its title."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from asoen_graph.drawing.lettering import number
from asoen_graph.drawing.markup import element, tag
from asoen_graph.network.attributes import change_attributes, cited, edge_label
from asoen_graph.network.model import Change, Edge, Network
from asoen_graph.network.picture.curves import Curve, Point
from asoen_graph.network.picture.palette import LineStyle
from asoen_graph.network.words import say, spoken_number, spoken_spell

THINNEST: Final = 1.3
THICKEST: Final = 6.0
_MOST_SPELLS: Final = 4
"""Of more spells than this a reader is told only when the first begins and the last ends."""


def stroke_width(weight: float, least: float, greatest: float) -> float:
    """The width of a line: in proportion to the weight's place between the least and the greatest."""
    share = (weight - least) / (greatest - least) if greatest > least else 0.0
    return THINNEST + share * (THICKEST - THINNEST)


def draw_edge(network: Network, edge: Edge, route: Curve, style: LineStyle, width: float) -> Iterator[str]:
    """The markup of an edge; weight, facts and ends are data attributes, relation and citations its title."""
    data = {
        "class": "edge",
        "data-source": network.by_iri[edge.source].id,
        "data-target": network.by_iri[edge.target].id,
        "data-relation": edge.relation.key if edge.relation else None,
        "data-weight": f"{edge.weight:g}",
        **(
            {
                f"data-{name.replace('_', '-')}": _plain(value)
                for name, value in change_attributes(edge.change, "weight").items()
            }
        ),
        "data-facts": " ".join(edge.facts) or None,
    }
    yield tag("g", data)
    yield f" {element('title', {}, spoken_edge(network, edge))}"
    arrow = _arrow(route, width) if network.directed else None
    end = arrow[1] if arrow else route.end
    yield f" {draw_line(route, end, style, width)}"
    if arrow:
        points = " ".join(f"{number(x)},{number(y)}" for x, y in arrow)
        yield f' <polygon points="{points}" fill="{style.colour}"/>'
    yield "</g>"


def draw_line(route: Curve, end: Point, style: LineStyle, width: float) -> str:
    """A line along a route that stops at ``end``."""
    points = (route.start, route.leaving, route.arriving, end)
    start, *rest = (f"{number(x)} {number(y)}" for x, y in points)
    # Dashes grow with the line, or those of a thick one would be dots.
    lengths = " ".join(number(float(length) * max(1.0, width / 2)) for length in style.dashes.split())
    dashes = f' stroke-dasharray="{lengths}"' if lengths else ""
    return (
        f'<path d="M{start}C{" ".join(rest)}" fill="none" stroke="{style.colour}" stroke-opacity="0.8"'
        f' stroke-width="{number(width)}"{dashes}/>'
    )


def spoken_edge(network: Network, edge: Edge) -> str:
    """An edge in words: its ends, relation, weight and dates, then its citations, one a line."""
    language = network.language
    join = " → " if network.directed else " – "
    ends = join.join(network.by_iri[iri].label for iri in (edge.source, edge.target))
    said = edge_label(network, edge)
    if edge.change is not None:
        said = f"{said}: {_spoken_change(edge.change, language)}"
    elif edge.relation is None or edge.weight != 1:
        said = f"{said}: {spoken_number(edge.weight, language)}"
    lines = [f"{ends}. {said[:1].upper()}{said[1:]}{_spoken_dates(edge, language)}"]
    citations = cited(edge, language)
    if citations:
        lines += [f"{say('sources', language)}:", *citations]
    return "\n".join(lines)


def _spoken_change(change: Change, language: str) -> str:
    """``2 → 5, strengthened``, or only the number where nothing changed."""
    before, after = (spoken_number(weight, language) for weight in (change.before, change.after))
    weights = after if change.name == "unchanged" else f"{before} → {after}"
    return f"{weights}, {say(change.name, language)}"


def _plain(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _spoken_dates(edge: Edge, language: str) -> str:
    if not edge.spells:
        return ""
    if len(edge.spells) > _MOST_SPELLS:
        return f" ({spoken_spell(edge.earliest, edge.latest, language)})"
    return f" ({'; '.join(spoken_spell(start, end, language) for start, end in edge.spells)})"


def _arrow(route: Curve, width: float) -> tuple[Point, Point, Point, Point]:
    """A head at the end of the route: one wing, the notch where the line ends, the other wing, the tip."""
    length, half = 7.0 + 1.3 * width, 3.2 + 0.8 * width
    tip = route.end
    away = math.atan2(tip[1] - route.arriving[1], tip[0] - route.arriving[0])
    along, across = (math.cos(away), math.sin(away)), (-math.sin(away), math.cos(away))
    base = (tip[0] - length * along[0], tip[1] - length * along[1])
    notch = (tip[0] - 0.75 * length * along[0], tip[1] - 0.75 * length * along[1])
    wing = (half * across[0], half * across[1])
    return (base[0] + wing[0], base[1] + wing[1]), notch, (base[0] - wing[0], base[1] - wing[1]), tip

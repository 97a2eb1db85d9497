"""What a reader can choose on the page: kinds, relations, weights and years, as far as the network has several."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from asoen_graph.drawing.markup import tag
from asoen_graph.network.interactive.rows import Tables
from asoen_graph.network.model import CHANGES, Network
from asoen_graph.network.picture.cards import draw_mark
from asoen_graph.network.picture.changes import SIGNED, STYLES, draw_sign
from asoen_graph.network.picture.palette import LineStyle, kind_styles, line_styles
from asoen_graph.network.words import say


class Choice(NamedTuple):
    """A kind or a relation that can be left out: its number, its sample as markup, its label and how many there are."""

    number: int
    sample: str
    label: str
    of: int


def kind_choices(network: Network, content: Tables) -> list[Choice]:
    """The kinds of the network in the order of its picture's legend."""
    counts = Counter(row.kind for row in content.nodes)
    return [
        Choice(number, draw_mark(9, 9, style), kind.label, counts[number])
        for number, (kind, style) in enumerate(kind_styles(network).items())
    ]


def relation_choices(network: Network, content: Tables) -> list[Choice]:
    """The relations of the network in the order of its picture's legend."""
    counts = Counter(row.relation for row in content.links)
    unnamed = say("no relation", network.language)
    return [
        Choice(
            number,
            _line(style),
            relation.label if relation else unnamed,
            counts[number],
        )
        for number, (relation, style) in enumerate(line_styles(network).items())
    ]


def change_choices(network: Network) -> list[Choice]:
    """The changes there are among the links of a comparison, in the order of its picture's legend."""
    counts = Counter(edge.change.name for edge in network.edges if edge.change)
    return [
        Choice(
            number,
            _line(STYLES[change]) + (draw_sign(20, 9, change) if change in SIGNED else ""),
            say(change, network.language),
            counts[change],
        )
        for number, change in enumerate(CHANGES)
        if counts[change]
    ]


def weight_range(network: Network) -> dict[str, str] | None:
    """The least and the greatest weight and the step between, as a slider wants them; ``None`` where all are equal."""
    weights = sorted({edge.weight for edge in network.edges})
    if len(weights) < 2:
        return None
    whole = all(weight == int(weight) for weight in weights)
    return {"least": f"{weights[0]:.12g}", "greatest": f"{weights[-1]:.12g}", "step": "1" if whole else "any"}


def year_range(network: Network) -> tuple[int, int] | None:
    """The first and the last year of the spells, within the period asked for; ``None`` where there are not two."""
    days = [day for edge in network.edges for spell in edge.spells for day in spell if day]
    years = {int(day[: -len("-05-02")]) for day in days}
    if not years:
        return None
    first, last = min(years), max(years)
    if network.period:
        first = max(first, _year(network.period.since, first))
        last = min(last, _year(network.period.until, last))
    return (first, last) if first < last else None


def _line(style: LineStyle) -> str:
    attributes = {"stroke": style.colour, "stroke-width": "2", "stroke-dasharray": style.dashes or None}
    return tag("path", {"d": "M0 9H40", "fill": "none", **attributes}, closed=True)


def _year(date: str | None, otherwise: int) -> int:
    return int(date[:4]) if date else otherwise

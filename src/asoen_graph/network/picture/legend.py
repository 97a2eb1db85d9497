"""The legend of a picture: what marks, lines and widths mean, in rows that break where the page ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from asoen_graph.drawing.lettering import INK, draw_text
from asoen_graph.drawing.measure import BOLD, width, wrap
from asoen_graph.network.model import CHANGES, Network
from asoen_graph.network.picture.cards import draw_mark
from asoen_graph.network.picture.changes import SIGNED, STYLES, draw_sign
from asoen_graph.network.picture.curves import swung
from asoen_graph.network.picture.palette import PLAIN, LineStyle, kind_styles, line_styles
from asoen_graph.network.picture.strokes import draw_line, stroke_width
from asoen_graph.network.words import say, spoken_number

SIZE: Final = 12.0
_ROW: Final = 20.0
_LINE: Final = 15.0
_SAMPLE: Final = 40.0
"""The length of a line in the legend."""
_BETWEEN: Final = 24.0


class Drawing(NamedTuple):
    """Lines of markup, and the height they take."""

    lines: list[str]
    height: float


class _Item(NamedTuple):
    """One sample with its explanation: markup about a point, the room it takes, and the words."""

    draw: str
    room: float
    label: str


def draw_legend(network: Network, left: float, top: float, room: float) -> Drawing:
    """Kinds of nodes, relations (where there are several) and widths (where weights differ), ``room`` wide."""
    lines: list[str] = []
    y = top
    sections = list(_sections(network))
    column = left + max((width(heading, SIZE) * BOLD for heading, _ in sections), default=0.0)
    for heading, items in sections:
        lines.append(draw_text(left, y + 14, heading, SIZE, bold=True))
        section = _flow(items, column + 18, y, left + room)
        lines += section.lines
        y += section.height + 8
    return Drawing(lines, y - top)


def _sections(network: Network) -> Iterator[tuple[str, list[_Item]]]:
    language = network.language
    styles = kind_styles(network)
    if styles:
        yield say("kinds", language), [_Item(draw_mark(8, 0, style), 16, kind.label) for kind, style in styles.items()]
    lines = line_styles(network)
    if network.comparison:
        if network.edges:
            yield say("changes", language), list(_changes(network))
    elif len(lines) > 1:
        by_style: dict[LineStyle, str] = {}
        for relation, line in lines.items():
            shared = line in by_style
            label = relation.label if relation else say("no relation", language)
            by_style[line] = say("other relations", language) if shared else label
        yield (
            say("relations", language),
            [_Item(_sample(line, 2.0), _SAMPLE, label) for line, label in by_style.items()],
        )
    least, greatest = network.weights
    if network.edges and (greatest > least or (network.weight_label and len(lines) == 1)):
        yield (
            say("width" if network.weight_label else "weight", language),
            list(_widths(network, least, greatest)),
        )


def _changes(network: Network) -> Iterator[_Item]:
    """A line with its sign for each change there is among the links, then a sign for what became of nodes."""
    language = network.language
    found = {edge.change.name for edge in network.edges if edge.change}
    for change in (each for each in CHANGES if each in found):
        sign = draw_sign(_SAMPLE / 2, 0, change) if change in SIGNED else ""
        yield _Item(_sample(STYLES[change], 2.0) + sign, _SAMPLE, say(change, language))
    signs = [
        each for each in ("appeared", "vanished") if any(n.change and n.change.name == each for n in network.nodes)
    ]
    if signs:
        drawn = "".join(draw_sign(8 + 18 * rank, 0, change) for rank, change in enumerate(signs))
        yield _Item(drawn, 16 + 18 * (len(signs) - 1), say("sign on nodes", language))


def _widths(network: Network, least: float, greatest: float) -> Iterator[_Item]:
    middle = (least + greatest) / 2
    if all(edge.weight == int(edge.weight) for edge in network.edges):
        middle = float(round(middle))
    samples = sorted({least, middle, greatest})
    for rank, weight in enumerate(samples):
        label = spoken_number(weight, network.language)
        if rank == len(samples) - 1:
            label = f"{label} {network.weight_label}".strip()
            if network.comparison:
                label = f"{label} ({say('width compared', network.language)})"
        yield _Item(_sample(PLAIN, stroke_width(weight, least, greatest)), _SAMPLE, label)


def _sample(style: LineStyle, thickness: float) -> str:
    return draw_line(swung((0, 0), (_SAMPLE, 0)), (_SAMPLE, 0), style, thickness)


def _flow(items: Iterable[_Item], left: float, top: float, right: float) -> Drawing:
    lines: list[str] = []
    x, y, tallest = left, top, 1
    for item in items:
        words = wrap(item.label, SIZE, right - left - item.room - 8)
        wide = item.room + 8 + max((width(line, SIZE) for line in words), default=0.0)
        if x > left and x + wide > right:
            x, y, tallest = left, y + _ROW + (tallest - 1) * _LINE, 1
        lines.append(f'<g transform="translate({x:.1f} {y + 10:.1f})">{item.draw}</g>')
        lines += [
            draw_text(x + item.room + 8, y + 14 + rank * _LINE, line, SIZE, fill=INK) for rank, line in enumerate(words)
        ]
        x += wide + _BETWEEN
        tallest = max(tallest, len(words))
    return Drawing(lines, y - top + _ROW + (tallest - 1) * _LINE)

"""The shape of a network in a small picture without words, for lists: where the nodes stand and what joins them.

It is read together with the title beside it, so it has neither text nor legend; the ground is left to the page.
"""

from __future__ import annotations

from typing import Final

from asoen_graph.drawing.lettering import number
from asoen_graph.network.model import Network
from asoen_graph.network.picture.cards import draw_mark
from asoen_graph.network.picture.composition import refuse_crowds
from asoen_graph.network.picture.palette import kind_styles
from asoen_graph.network.picture.placement import place

WIDTH: Final = 320.0
HEIGHT: Final = 200.0
_MARGIN: Final = 12.0
_LINE: Final = "#7C8C84"
"""Seen on light and dark ground."""


def draw_thumbnail(network: Network) -> bytes:
    """The picture as SVG. Raises NetworkError where the network is too large to be drawn."""
    refuse_crowds(network)
    boxes = place(network)[1]
    left, right = (pick((box.x for box in boxes.values()), default=0.0) for pick in (min, max))
    top, bottom = (pick((box.y for box in boxes.values()), default=0.0) for pick in (min, max))
    across, down = (WIDTH - 2 * _MARGIN) / max(right - left, 1.0), (HEIGHT - 2 * _MARGIN) / max(bottom - top, 1.0)
    points = {iri: (_MARGIN + (box.x - left) * across, _MARGIN + (box.y - top) * down) for iri, box in boxes.items()}
    styles = kind_styles(network)
    radius = 5.5 if len(points) < 40 else 4.0 if len(points) < 120 else 3.0
    least, greatest = network.weights
    lines = []
    for edge in network.edges:
        (x1, y1), (x2, y2) = points[edge.source], points[edge.target]
        share = (edge.weight - least) / (greatest - least) if greatest > least else 0.2
        line = f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}"
        lines.append(f'<path d="{line}" stroke-width="{number(0.6 + 2.4 * share)}"/>')
    marks = [draw_mark(*points[node.iri], styles[node.kind], radius) for node in network.nodes]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(WIDTH)} {number(HEIGHT)}" '
        f'width="{number(WIDTH)}" height="{number(HEIGHT)}">'
        f'<g stroke="{_LINE}" stroke-opacity="0.55">{"".join(lines)}</g>{"".join(marks)}</svg>\n'
    ).encode()

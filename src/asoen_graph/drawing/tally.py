"""How many things happened in which year, as a strip of bars for a page, in classes that its style colours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from asoen_graph.drawing.markup import text

_WIDTH, _HEIGHT, _ROOM = 340, 64, 18
"""Of the picture, and how much of its height is for the years."""
_LEAST: Final = 5
"""How many things make the highest bar at least, so that a few do not look like many."""
_SCALES: Final = (1, 2, 5, 10, 20, 50, 100)


def draw(counts: Mapping[int, int], title: str, identifier: str) -> str:
    """The strip as an element to stand in a page; ``identifier`` is unique there."""
    first, last = min(counts), max(counts)
    step = _WIDTH / (last - first + 1)
    wide = min(step * 0.75, 22)
    most = max(_LEAST, *counts.values())
    base = _HEIGHT - _ROOM
    lines = [
        f'<svg class="tally" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-labelledby="{identifier}">',
        f'<title id="{identifier}">{text(title)}</title>',
        f'<path class="axis" d="M0 {base}.5H{_WIDTH}"/>',
    ]
    for year, count in sorted(counts.items()):
        height = max(4.0, (base - 4) * count / most)
        x = (year - first + 0.5) * step - wide / 2
        lines.append(
            f'<rect class="times" x="{x:.1f}" y="{base - height:.1f}" width="{wide:.1f}" height="{height:.1f}">'
            f"<title>{year}: {count}</title></rect>"
        )
    every = next((each for each in _SCALES if step * each >= 42), _SCALES[-1])
    for year in range(first, last + 1):
        if year % every == 0 or first == last:
            x = min(max((year - first + 0.5) * step, 18), _WIDTH - 18)
            lines.append(f'<text x="{x:.1f}" y="{_HEIGHT - 3}" text-anchor="middle" font-size="12">{year}</text>')
    return "\n".join((*lines, "</svg>"))

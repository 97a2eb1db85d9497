"""The map as SVG, for a page and as a file: outlines, a mark for what stands at a place, names where there is room."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final

from asoen_graph.drawing.markup import attribute
from asoen_graph.drawing.measure import width
from asoen_graph.overview.marks import lettering, number, radius_of, ring, shape
from asoen_graph.overview.plane import REGION, WIDTH, Cluster, Frame, clustered, counted, frame_of
from asoen_graph.overview.things import Thing

_SIZE: Final = 12.0
_STEPS: Final = (1, 2, 5, 10, 20, 30)
_Box = tuple[float, float, float, float]


def draw(things: Sequence[Thing], title: str, description: str) -> str:
    """The picture; it is named by ``title`` and told in words by ``description``."""
    frame = frame_of([thing.point for thing in things if thing.point is not None])
    clusters = clustered(things, frame)
    lines = [
        f'<svg class="map" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(WIDTH)} {number(frame.height)}" '
        'role="img" aria-labelledby="map-title map-description" font-family="sans-serif">',
        f'<title id="map-title">{attribute(title)}</title>',
        f'<desc id="map-description">{attribute(description)}</desc>',
        f'<rect class="sea" width="{number(WIDTH)}" height="{number(frame.height)}" fill="#e8f1f5"/>',
        *_graticule(frame),
        *_land(frame),
    ]
    # Small marks above large ones, so that each can be seen and pointed at.
    for cluster in sorted(clusters, key=lambda each: -len(counted(each.things))):
        lines += _mark(cluster)
    lines += [*_names(clusters, frame), "</svg>"]
    return "\n".join(lines)


def name_of(cluster: Cluster) -> str:
    """What a mark is called in the picture: the place it stands at and how many more, or what stands there."""
    arrow = "↗ " if cluster.is_beyond else ""
    return f"{arrow}{place_of(cluster)} +{cluster.points - 1}" if cluster.points > 1 else f"{arrow}{place_of(cluster)}"


def place_of(cluster: Cluster) -> str:
    """The place that a mark stands at, or what stands there."""
    first = next((thing for thing in cluster.things if thing.is_ground), cluster.things[0])
    return first.place.label if first.place is not None else first.label


@cache
def outlines() -> dict[str, Any]:
    """The outlines of the states, and of the land around them (Natural Earth, public domain)."""
    text = files("asoen_graph.drawing").joinpath("south-east-asia.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def _land(frame: Frame) -> Iterator[str]:
    read = outlines()
    for kind, shapes in (("neighbour", [read["neighbours"]]), ("land", [*read["countries"].values()])):
        for rings in shapes:
            path = "".join(_ring(frame, each) for each in rings)
            fill = "#f7f6f1" if kind == "neighbour" else "#ffffff"
            yield f'<path class="{kind}" d="{path}" fill="{fill}" stroke="#9aa8a0" stroke-width="0.7"/>'


def _ring(frame: Frame, ring_: Sequence[Sequence[float]]) -> str:
    points = (frame.project(longitude, latitude) for longitude, latitude in ring_[:-1])
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points) + "Z"


def _graticule(frame: Frame) -> Iterator[str]:
    """Lines of longitude and latitude; beyond the region they are all there is."""
    step = next((step for step in _STEPS if (frame.east - frame.west) / step <= 12), 30)
    lines = []
    for degree in range(math.ceil(frame.west / step) * step, math.floor(frame.east) + 1, step):
        lines.append(f"M{number(frame.project(degree, 0)[0])} 0V{number(frame.height)}")
    for degree in range(math.ceil(frame.south / step) * step, math.floor(frame.north) + 1, step):
        lines.append(f"M0 {number(frame.project(0, degree)[1])}H{number(WIDTH)}")
    yield f'<path class="graticule" d="{"".join(lines)}" fill="none" stroke="#cfdde3" stroke-width="0.6"/>'
    if frame != REGION:
        (x1, y1), (x2, y2) = frame.project(REGION[0], REGION[3]), frame.project(REGION[2], REGION[1])
        yield (
            f'<path class="edge" d="M{number(x1)} {number(y1)}H{number(x2)}V{number(y2)}H{number(x1)}Z" '
            'fill="none" stroke="#9aa8a0" stroke-dasharray="4 4"/>'
        )


def _mark(cluster: Cluster) -> list[str]:
    things = counted(cluster.things)
    counts = Counter(thing.slot for thing in things)
    radius = radius_of(len(things))
    told = attribute(f"{name_of(cluster)}: {', '.join(_told(things))}")
    count = str(len(things))
    if len(counts) == 1:
        slot = things[0].slot
        if len(things) == 1:
            drawn = [shape(slot, cluster.x, cluster.y, radius, hollow=things[0].ahead)]
        else:
            drawn = [shape(slot, cluster.x, cluster.y, radius), lettering(cluster.x, cluster.y + 3.6, count)]
        return [f'<g class="mark s{slot}"><title>{told}</title>', *drawn, "</g>"]
    number_ = lettering(cluster.x, cluster.y + 3.6, count)
    return [f'<g class="mark"><title>{told}</title>', *ring(cluster.x, cluster.y, radius + 2, counts), number_, "</g>"]


def _told(things: Sequence[Thing]) -> list[str]:
    if len(things) == 1:
        return [things[0].label if things[0].kind == "" else f"{things[0].label} ({things[0].kind})"]
    counts = Counter(thing.kind for thing in things)
    return [f"{count} {kind}" for kind, count in counts.most_common()]


def _names(clusters: Sequence[Cluster], frame: Frame) -> Iterator[str]:
    """The names of the marks with most, beside them, where they touch no other mark and no other name."""
    taken: list[_Box] = []
    for each in clusters:
        radius = radius_of(len(counted(each.things))) + 3
        taken.append((each.x - radius, each.y - radius, each.x + radius, each.y + radius))
    for each in sorted(clusters, key=lambda cluster: (-len(counted(cluster.things)), cluster.x)):
        count = len(counted(each.things))
        text, radius = name_of(each), radius_of(count) + (7 if count > 1 else 4)
        wide = width(text, _SIZE)
        for x, y in (
            (each.x + radius, each.y + 4),
            (each.x - radius - wide, each.y + 4),
            (each.x - wide / 2, each.y - radius),
            (each.x - wide / 2, each.y + radius + 9),
        ):
            box = (x - 1, y - 10, x + wide + 1, y + 3)
            if box[0] < 2 or box[2] > WIDTH - 2 or box[1] < 2 or box[3] > frame.height - 2:
                continue
            if not any(_touch(box, other) for other in taken):
                taken.append(box)
                yield lettering(x, y, text, size=_SIZE, anchor="start", kind="name")
                break


def _touch(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]

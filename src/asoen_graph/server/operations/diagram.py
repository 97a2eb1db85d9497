"""What is said between the main classes, as a picture: boxes and arrows placed by Graphviz, without any styling."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from asoen_graph.entities.register import Register
from asoen_graph.network.picture.layout import GRAPHVIZ
from asoen_graph.vocabulary import Class, ValueKind

_GROUPS: Final = (
    *("State", "Person", "Organisation", "Place", "MeetingSeries", "Event", "Instrument", "Programme", "Theme"),
    *("AwardEdition", "Award", "Role", "Participation", "Tenure", "Designation", "Conferral", "Partnership"),
)
"""The classes that have a box, the first of them that an entity is in."""
_MOST: Final = 24
"""So many pairs of classes are joined by an arrow: those of which most is said."""
_HEIGHT, _LETTER, _MARGIN = 30.0, 7.6, 24.0
_POINTS: Final = 72.0


@dataclass(frozen=True, slots=True)
class Box:
    """A class: the middle of its box, and how wide it is."""

    name: str
    label: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Arrow:
    """What is said of one class with another: the property used most, and how often any is. ``path`` is that of SVG."""

    source: str
    target: str
    properties: tuple[tuple[str, str, int], ...]
    """Local name, label and number of statements, the most frequent first."""
    path: str
    head: str
    """The points of the tip."""
    middle: tuple[float, float]
    """Where its label stands."""

    @property
    def count(self) -> int:
        """How many statements there are."""
        return sum(each[2] for each in self.properties)


@dataclass(frozen=True, slots=True)
class Diagram:
    """Boxes and arrows, with the size of the whole."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]

    @property
    def labels(self) -> dict[str, str]:
        """What the boxes are called, by the local name of their class."""
        return {box.name: box.label for box in self.boxes}


def diagram(register: Register) -> Diagram:
    """The picture of what is said between the classes of a graph."""
    language = register.language
    counts = _counts(register)
    links = dict(_strongest(counts))
    classes = {each.local_name: each for each in register.vocabulary.classes.values()}
    names = sorted({name for ends in links for name in ends})
    if not names:
        return Diagram(0, 0, (), ())
    labels = {name: classes[name].label(language) for name in names}
    properties = {each.local_name: each.label(language) for each in register.vocabulary.properties.values()}
    said = {
        ends: tuple((name, properties[name], count) for name, count in found.most_common())
        for ends, found in sorted(links.items())
    }
    return _placed(labels, said)


def _counts(register: Register) -> dict[tuple[str, str], Counter[str]]:
    """How often each property joins an entity of one group with one of another."""
    vocabulary = register.vocabulary
    group_of: dict[str, str] = {}
    for class_ in vocabulary.classes.values():
        group_of[class_.key] = _group(class_)
    slugs = {entry.iri: group_of[entry.class_key] for entry in register.entities}
    keys = {entry.slug: group_of[entry.class_key] for entry in register.entities}
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for property_ in vocabulary.properties.values():
        if property_.kind not in (ValueKind.ENTITY, ValueKind.RELATION) or not property_.curated:
            continue
        for subject, values in register.values(property_.iri).items():
            for value in values:
                ends = slugs.get(subject, ""), keys.get(value.key or "", "")
                if all(ends):
                    found[ends][property_.local_name] += 1
    return found


def _strongest(counts: dict[tuple[str, str], Counter[str]]) -> Iterator[tuple[tuple[str, str], Counter[str]]]:
    """The pairs of which most is said, each in the direction in which more is."""
    seen: set[frozenset[str]] = set()
    for ends in sorted(counts, key=lambda each: (-counts[each].total(), each)):
        if len(seen) < _MOST and len(set(ends)) > 1 and frozenset(ends) not in seen:
            seen.add(frozenset(ends))
            yield ends, counts[ends]


def _group(class_: Class) -> str:
    ancestors = {iri.rpartition("#")[2] for iri in class_.ancestors}
    return next((name for name in _GROUPS if name in ancestors), "")


def _placed(labels: dict[str, str], said: dict[tuple[str, str], tuple[tuple[str, str, int], ...]]) -> Diagram:
    import pygraphviz

    widths = {name: len(label) * _LETTER + _MARGIN for name, label in labels.items()}
    with GRAPHVIZ:
        graph = pygraphviz.AGraph(strict=True, directed=True)
        graph.graph_attr.update({"rankdir": "LR", "ranksep": "0.35", "nodesep": "0.18"})
        graph.node_attr.update({"shape": "box", "fixedsize": "true", "label": ""})
        for name, width in widths.items():
            graph.add_node(name, width=f"{width / _POINTS:.3f}", height=f"{_HEIGHT / _POINTS:.3f}")
        graph.edge_attr.update({"fontsize": "11"})
        for (source, target), properties in said.items():
            graph.add_edge(source, target, label=f" {properties[0][1]} ")
        graph.layout(prog="dot")
        _, _, right, top = (float(each) for each in graph.graph_attr["bb"].split(","))
        centres = {name: tuple(map(float, graph.get_node(name).attr["pos"].split(","))) for name in widths}
        splines = {ends: graph.get_edge(*ends).attr["pos"] for ends in said}
        middles = {ends: tuple(map(float, graph.get_edge(*ends).attr["lp"].split(","))) for ends in said}
    boxes = tuple(
        Box(name, labels[name], x, top - y, widths[name], _HEIGHT) for name, (x, y) in sorted(centres.items())
    )
    arrows = tuple(
        Arrow(*ends, properties, *_drawn(splines[ends], top), (middles[ends][0], top - middles[ends][1]))
        for ends, properties in said.items()
    )
    return Diagram(right, top, boxes, arrows)


def _drawn(spline: str, top: float) -> tuple[str, str]:
    """The path of an arrow and the points of its tip, from ``e,x,y x,y x,y …`` as Graphviz writes it."""
    tip, points = (0.0, 0.0), []
    for part in spline.replace("\\\n", "").split():
        numbers = part.split(",")
        if numbers[0] == "e":
            tip = float(numbers[1]), top - float(numbers[2])
        elif numbers[0] != "s":
            points.append((float(numbers[0]), top - float(numbers[1])))
    first, *others = points
    path = f"M{first[0]:.1f} {first[1]:.1f}C" + " ".join(f"{x:.1f} {y:.1f}" for x, y in others)
    return path, " ".join(f"{x:.1f},{y:.1f}" for x, y in _tip(points[-1], tip))


def _tip(begin: tuple[float, float], end: tuple[float, float]) -> Iterator[tuple[float, float]]:
    across = (end[1] - begin[1]) * 0.35, (begin[0] - end[0]) * 0.35
    yield end
    yield begin[0] + across[0], begin[1] + across[1]
    yield begin[0] - across[0], begin[1] - across[1]

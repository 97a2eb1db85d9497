"""The picture inside the page: the SVG that ``formats.svg`` draws, with its parts tied to the rows of the tables."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Final, NamedTuple
from xml.etree import ElementTree

from asoen_graph.drawing.markup import allowed
from asoen_graph.network.formats import svg
from asoen_graph.network.model import Network
from asoen_graph.network.picture.changes import SIGNED

_SVG: Final = "{http://www.w3.org/2000/svg}"
_COLOUR: Final = re.compile("#[0-9A-Fa-f]{6}")


class Picture(NamedTuple):
    """The markup of the picture and the colours in it."""

    markup: str
    colours: frozenset[str]


def draw(network: Network) -> Picture:
    """The picture; ``data-row`` of a node or an edge names its row: ``n0`` is the first node, ``l0`` the first link.

    What the tables say of an edge's facts and sources is not said again. The part with the boxes has the class
    ``graph``, title, legend and footnotes have the class ``around``. Raises NetworkError for too many nodes.
    """
    root = ElementTree.fromstring(svg.write(network))  # noqa: S314 - our own markup
    _tie_nodes(root, network)
    _tie_edges(root, network)
    _tie_signs(root)
    _tell_parts_apart(root)
    colours = {
        value.upper()
        for element in root.iter()
        for value in (element.get("fill", ""), element.get("stroke", ""))
        if _COLOUR.fullmatch(value)
    }
    # Within HTML an element of SVG is known by its local name.
    for element in root.iter():
        element.tag = element.tag.removeprefix(_SVG)
    return Picture(ElementTree.tostring(root, encoding="unicode"), frozenset(colours))


def _tie_nodes(root: ElementTree.Element, network: Network) -> None:
    rows = {node.iri: f"n{number}" for number, node in enumerate(network.nodes)}
    for group in _groups(root, "node"):
        group.set("data-row", rows[group.get("data-iri", "")])


def _tie_edges(root: ElementTree.Element, network: Network) -> None:
    # The picture draws the thin lines last, and edges side by side in the order of the network.
    rows: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, edge in enumerate(network.edges):
        ends = (network.by_iri[iri].id for iri in (edge.source, edge.target))
        relation = allowed(edge.relation.key) if edge.relation else ""
        rows[(*ends, relation, f"{edge.weight:g}")].append(number)
    for group in _groups(root, "edge"):
        key = tuple(group.get(f"data-{name}") or "" for name in ("source", "target", "relation", "weight"))
        group.set("data-row", f"l{rows[key].pop(0)}")
        group.attrib.pop("data-facts", None)
        title = group.find(f"{_SVG}title")
        if title is not None and title.text:
            title.text = title.text.partition("\n")[0]


def _tie_signs(root: ElementTree.Element) -> None:
    # They stand above all lines, in the order of those that have one.
    edges = _groups(root, "edge")
    signed = [edge for edge in edges if edge.get("data-change") in SIGNED]
    signs = [part for parent in root.iter(f"{_SVG}g") if edges and edges[0] in parent for part in parent]
    signs = [part for part in signs if part.tag == f"{_SVG}g" and part.get("class") is None]
    for sign, edge in zip(signs, signed, strict=True):
        sign.set("data-of", edge.get("data-row", ""))


def _tell_parts_apart(root: ElementTree.Element) -> None:
    for part in root:
        if part.tag in (f"{_SVG}title", f"{_SVG}desc"):
            continue
        drawn = any(group.get("data-row") for group in part.iter(f"{_SVG}g"))
        part.set("class", " ".join(filter(None, (part.get("class"), "graph" if drawn else "around"))))


def _groups(root: ElementTree.Element, class_: str) -> list[ElementTree.Element]:
    return [group for group in root.iter(f"{_SVG}g") if group.get("class") == class_]

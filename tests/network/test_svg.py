from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations
from xml.etree import ElementTree

import pytest
from tests.network import samples
from tests.network.conftest import NAMES

from asoen_graph.drawing.measure import BOLD, width
from asoen_graph.errors import NetworkError
from asoen_graph.network.formats.svg import MOST_NODES, write
from asoen_graph.network.model import Kind, Network, Relation
from asoen_graph.network.period import Period
from asoen_graph.network.picture.palette import kind_styles, line_styles

Project = Callable[..., Network]
SVG = "{http://www.w3.org/2000/svg}"
LONG = "The Interparliamentary Commission for the Joint Administration of Transboundary Lagoons and Reefs "


def drawn(network: Network) -> ElementTree.Element:
    return ElementTree.fromstring(write(network))


def groups(root: ElementTree.Element, class_: str) -> list[ElementTree.Element]:
    return [group for group in root.iter(f"{SVG}g") if group.get("class") == class_]


def words(root: ElementTree.Element) -> str:
    return " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))


def shifted(
    element: ElementTree.Element, x: float = 0, y: float = 0
) -> Iterator[tuple[ElementTree.Element, float, float]]:
    found = re.fullmatch(r"translate\(([-\d.]+) ([-\d.]+)\)", element.get("transform", ""))
    x, y = (x + float(found[1]), y + float(found[2])) if found else (x, y)
    yield element, x, y
    for child in element:
        yield from shifted(child, x, y)


@pytest.mark.parametrize("name", [*NAMES, "mixed", "long"])
@pytest.mark.parametrize("language", ["en", "vi"])
def test_nothing_is_cut_off(project: Project, name: str, language: str) -> None:
    network = samples.mixed(language) if name in ("mixed", "long") else project(name, language=language)
    if name == "long":
        long_kind = Kind("long", LONG)
        nodes = tuple(replace(node, label=LONG * 2, kind=long_kind) for node in network.nodes)
        edges = tuple(replace(edge, relation=Relation(LONG + str(i), LONG)) for i, edge in enumerate(network.edges))
        network = replace(network, nodes=nodes, edges=edges, title=LONG * 3, description=LONG * 5)
    root = drawn(network)
    page = float(root.get("width", "")), float(root.get("height", ""))
    for element, x, y in shifted(root):
        if element.tag == f"{SVG}text":
            left, baseline, size = (float(element.get(name, "")) for name in ("x", "y", "font-size"))
            wide = width(element.text or "", size * (BOLD if element.get("font-weight") else 1))
            assert x + left >= 0
            assert x + left + wide <= page[0]
            assert size <= y + baseline <= page[1] - size / 4
        elif element.tag == f"{SVG}path":
            numbers = [float(each) for each in re.findall(r"-?[\d.]+", element.get("d", ""))]
            assert all(0 <= x + each <= page[0] for each in numbers[::2])
            assert all(0 <= y + each <= page[1] for each in numbers[1::2])


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("name", [*NAMES, "mixed", "long"])
def test_texts_and_marks_do_not_touch_each_other(project: Project, name: str, language: str) -> None:
    network = samples.mixed(language) if name in ("mixed", "long") else project(name, language=language)
    if name == "long":
        nodes = tuple(replace(node, kind=Kind(node.iri, LONG)) for node in network.nodes)
        edges = tuple(replace(edge, relation=Relation(LONG + str(i), LONG)) for i, edge in enumerate(network.edges))
        network = replace(network, nodes=nodes, edges=edges, title=LONG * 3)
    extents = list(occupied(drawn(samples.sized(network, "strength"))))
    assert len(extents) > 10
    for one, other in combinations(extents, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def occupied(root: ElementTree.Element) -> Iterator[tuple[float, float, float, float]]:
    """Left, top, right and bottom of every line of text, and of every sample in the legend."""
    edges = set(root.iter(f"{SVG}path")) - {path for group in groups(root, "edge") for path in group}
    for element, x, y in shifted(root):
        if element.tag == f"{SVG}text":
            left, baseline, size = (float(element.get(name, "")) for name in ("x", "y", "font-size"))
            wide = width(element.text or "", size * (BOLD if element.get("font-weight") else 1))
            left -= wide if element.get("text-anchor") == "end" else 0
            yield x + left, y + baseline - size * 0.75, x + left + wide, y + baseline + size * 0.2
        elif element.tag == f"{SVG}circle" and float(element.get("cy", "")) == 0:
            middle, radius = float(element.get("cx", "")), float(element.get("r", ""))
            yield x + middle - radius, y - radius, x + middle + radius, y + radius
        elif element in edges:
            yield x, y - 3, x + 40, y + 3


@pytest.mark.parametrize("name", [*NAMES, "mixed"])
def test_labels_stay_in_their_boxes_and_boxes_apart(project: Project, name: str) -> None:
    root = drawn(samples.mixed() if name == "mixed" else project(name, language="vi"))
    frames = []
    for group in groups(root, "node"):
        rect = group.find(f"{SVG}rect")
        assert rect is not None
        left, top, wide, high = (float(rect.get(key, "")) for key in ("x", "y", "width", "height"))
        frames.append((left, top, left + wide, top + high))
        for text in group.iter(f"{SVG}text"):
            x, y, size = (float(text.get(key, "")) for key in ("x", "y", "font-size"))
            assert left < x
            assert x + width(text.text or "", size) <= left + wide
            assert top + size * 0.7 <= y <= top + high - size * 0.2
    for one, other in combinations(frames, 2):
        assert one[2] < other[0] or other[2] < one[0] or one[3] < other[1] or other[3] < one[1]


def test_a_screen_reader_hears_title_and_description(project: Project) -> None:
    root = drawn(project("partners-met-together", at="2031-06"))
    assert root.get("role") == "img"
    title, description = root[0], root[1]
    assert (title.tag, description.tag) == (f"{SVG}title", f"{SVG}desc")
    assert (root.get("aria-labelledby"), root.get("aria-describedby")) == (title.get("id"), description.get("id"))
    assert title.text == "Partners who met together"
    assert "June 2031." in (description.text or "")
    assert "4 nodes, 6 links." in (description.text or "")
    assert "Coralia – Northland. Meetings together: 1 (28 June 2031 – 29 June 2031)" in (description.text or "")


def test_an_edge_says_what_it_rests_on(project: Project) -> None:
    network = project("partners-met-together")
    for edge, group in zip(
        sorted(network.edges, key=lambda each: -each.weight), groups(drawn(network), "edge"), strict=True
    ):
        assert (group.get("data-facts") or "").split() == list(edge.facts)
        title = group.findtext(f"{SVG}title", "")
        assert "paragraph" in title
        assert "The Coral Times" in title


def test_the_sources_stand_beneath_with_the_places_cited(project: Project) -> None:
    english, vietnamese = (words(drawn(project("partners-met-together", language=each))) for each in ("en", "vi"))
    assert "Port Azure hosts the lagoon's environment officials. The Coral Times, 3 July 2031." in english
    assert "Paragraphs 2, 3." in english
    assert "Record of the 12th LSOE." in english
    assert "Page 1." in english
    assert "Các đoạn 2, 3." in vietnamese
    assert "Trang 1." in vietnamese
    assert "lagoon 2031.5.0" in vietnamese


def test_the_legend_names_kinds_relations_and_widths(project: Project) -> None:
    english, vietnamese = (words(drawn(project("who-works-with-whom", language=each))) for each in ("en", "vi"))
    for word in ("Kinds", "member state", "Relations", "participating country", "funder", "coordinates", "Sources"):
        assert word in english
    for word in ("Loại", "nước đối tác", "Quan hệ", "nhà tài trợ", "điều phối", "Nguồn"):
        assert word in vietnamese
    assert "1 2 meetings together" in words(drawn(project("partners-met-together")))


def test_the_period_is_said() -> None:
    network = replace(samples.mixed("vi"), period=Period("2030-04", None))
    assert "Từ 4/2030" in words(drawn(network))


def test_an_empty_network_is_a_picture_with_a_note(project: Project) -> None:
    root = drawn(project("partners-met-together", at="1999"))
    assert "No link falls in this period." in words(root)
    assert groups(root, "node") == groups(root, "edge") == []


def test_a_network_without_evidence_says_so(project: Project) -> None:
    network = project("SELECT * { VALUES (?source ?target) { (id:coralia id:northland) } }")
    assert "The query gives no sources." in words(drawn(network))


def test_too_many_nodes_are_refused_with_a_way_out() -> None:
    with pytest.raises(NetworkError) as caught:
        write(samples.star(MOST_NODES + 1))
    assert str(MOST_NODES + 1) in caught.value.message
    assert "--top" in caught.value.hint
    assert "(at, from, until)" in caught.value.hint


def test_a_full_page_is_drawn() -> None:
    assert len(groups(drawn(samples.star(60)), "node")) == 60


def test_an_arrow_shows_the_direction_where_there_is_one() -> None:
    directed = groups(drawn(samples.mixed()), "edge")
    undirected = groups(drawn(replace(samples.mixed(), directed=False)), "edge")
    assert all(group.find(f"{SVG}polygon") is not None for group in directed)
    assert all(group.find(f"{SVG}polygon") is None for group in undirected)


def test_no_two_kinds_or_relations_look_alike() -> None:
    nodes = tuple(samples.node(f"n{n}", kind=Kind(f"k{n:02}", f"kind {n}")) for n in range(56))
    edges = tuple(samples.edge(nodes[n], nodes[n + 1], Relation(f"r{n:02}", f"relation {n}")) for n in range(24))
    network = Network(nodes, edges)
    assert len(set(kind_styles(network).values())) == 56
    assert len(set(line_styles(network).values())) == 24


def test_a_kind_and_a_relation_look_the_same_in_every_picture(project: Project) -> None:
    kinds: dict[Kind, set[object]] = {}
    relations: dict[Relation | None, set[object]] = {}
    for network in (project(name, **at) for name in NAMES for at in ({}, {"at": "2031"}, {"at": "2031-07"})):
        for kind, style in kind_styles(network).items():
            kinds.setdefault(kind, set()).add(style)
        for relation, line in line_styles(network).items():
            relations.setdefault(relation, set()).add(line)
    assert len(kinds) > 4
    assert all(len(styles) == 1 for styles in (*kinds.values(), *relations.values()))


def test_more_relations_than_styles_share_the_last() -> None:
    nodes = tuple(samples.node(f"n{n}") for n in range(31))
    edges = tuple(samples.edge(nodes[n], nodes[n + 1], Relation(f"r{n:02}", f"relation {n}")) for n in range(30))
    assert "other relations" in words(drawn(Network(nodes, edges)))


def test_the_file_asks_for_nothing_from_outside() -> None:
    content = write(samples.mixed()).decode()
    for word in ("<script", "<style", "<image", "@import", "url(", "href"):
        assert word not in content


def test_a_name_with_spaces_still_labels_the_picture() -> None:
    root = drawn(replace(samples.mixed(), name='my "net" 1'))
    assert root.get("aria-labelledby") == root[0].get("id") == "my--net--1-title"


def test_a_date_that_is_none_stands_as_it_is() -> None:
    network = samples.mixed()
    published = samples.citation(1, "paragraph 1")._replace(published="spring 2031")
    edges = tuple(replace(edge, citations=(published,)) for edge in network.edges)
    assert "Gazette Press, spring 2031." in words(drawn(replace(network, edges=edges)))

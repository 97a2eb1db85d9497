"""The HTML file as it is written; what it does in a browser is tried in ``test_html_in_browser``."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from tests.golden import check_golden
from tests.network import samples
from tests.network.conftest import NAMES
from tests.network.pages import read_page, rows
from tests.network.test_formats import AWKWARD, TEXTS, as_xml

from asoen_graph.errors import NetworkError
from asoen_graph.evidence import Citation, Document
from asoen_graph.network.formats import write
from asoen_graph.network.formats.svg import MOST_NODES
from asoen_graph.network.interactive.dark import dark
from asoen_graph.network.interactive.words import PAGE, SCRIPT
from asoen_graph.network.measures.of_nodes import OF_NODES
from asoen_graph.network.model import Edge, Network, Node, Relation
from asoen_graph.network.period import Period, Spell
from asoen_graph.network.picture.palette import COLOURS, LINE_COLOURS

Project = Callable[..., Network]
HOSTILE = (
    *AWKWARD,
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "</style></svg><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" x="',
    "' onfocus='alert(1)",
    "{{ 7 * 7 }} {% raw %}",
    "\ufeff\u202e\u0000\u0085\u2028",
    "]]>",
)


def page_of(network: Network) -> str:
    return write(network, "html").decode()


@pytest.mark.parametrize("name", [*NAMES, "mixed"])
@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_tables_hold_what_the_picture_shows(project: Project, name: str, language: str) -> None:
    network = samples.mixed(language) if name == "mixed" else project(name, language=language)
    page = read_page(write(network, "html"))
    assert page.one("html")["lang"] == language
    nodes, links = rows(page, "nodes"), rows(page, "links")
    assert [row.all("th")[0].text for row in nodes] == [node.label for node in network.nodes]
    assert [row["data-id"] for row in nodes] == [node.id for node in network.nodes]
    assert [row.all("td")[0].text for row in nodes] == [node.kind.label for node in network.nodes]
    strength = [sum(node.iri in (edge.source, edge.target) for edge in network.edges) for node in network.nodes]
    assert [int(row.all("td")[1].text) for row in nodes] == strength
    by_row = {row["id"]: node.iri for row, node in zip(nodes, network.nodes, strict=True)}
    for row, edge in zip(links, network.edges, strict=True):
        assert (by_row[row["data-source"]], by_row[row["data-target"]]) == (edge.source, edge.target)
        assert float(row["data-weight"]) == edge.weight
        assert len(row["data-spells"].split()) == len(edge.spells)
        addresses = [link["href"] for link in row.all("a")]
        assert set(edge.facts) <= set(addresses)
        assert {document.url for each in edge.citations for document in each.documents} <= set(addresses)
        assert all(each.place(language) in row.text for each in edge.citations)
    parts = [group["data-row"] for group in page.all("g") if "data-row" in group.attributes]
    assert sorted(parts) == sorted(row["id"] for row in (*nodes, *links))


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_page_is_as_it_was(project: Project, language: str) -> None:
    """What is written for the network; not the picture, which has a golden file of its own, nor style and script."""
    content = page_of(project("partners-met-together", language=language))
    for start in ("<style>", '<script type="module">', '<svg [^>]*role="img"[^>]*>'):
        content = re.sub(rf"({start}).*?(</(?:style|script|svg)>)", r"\1…\2", content, flags=re.DOTALL)
    content = re.sub(r"'sha256-[^']+'", "'sha256-…'", content)
    check_golden(Path(__file__).parent / "golden" / f"partners-met-together.{language}.html", content)


def test_each_part_of_the_picture_leads_to_its_row() -> None:
    network = samples.mixed()
    page = read_page(write(network, "html"))
    for row, edge in zip(rows(page, "links"), network.edges, strict=True):
        group = page.one("g", **{"data-row": row["id"]})
        assert (group["data-source"], group["data-target"]) == (
            network.by_iri[edge.source].id,
            network.by_iri[edge.target].id,
        )
        assert group.attributes.get("data-relation") == (edge.relation.key if edge.relation else None)
        assert "\n" not in group.one("title").text


def test_edges_of_one_weight_between_the_same_nodes_keep_their_rows() -> None:
    a, b = samples.node("amber"), samples.node("basalt")
    odd = Relation("odd\0relation", "odd")
    twins = [samples.edge(a, b, Relation(odd.key, f"odd {n}"), 1, n) for n in range(3)]
    page = read_page(write(Network((a, b), tuple(twins)), "html"))
    for row in rows(page, "links"):
        assert row.all("td")[0].text in page.one("g", **{"data-row": row["id"]}).one("title").text.lower()


def test_nothing_but_the_page_itself_is_allowed(project: Project) -> None:
    content = page_of(project("who-works-with-whom"))
    page = read_page(content.encode())
    policy = page.one("meta", **{"http-equiv": "Content-Security-Policy"})["content"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    (style,), scripts = page.all("style"), page.all("script")
    assert [script.attributes.get("type") for script in scripts] == ["application/json", "module"]
    for directive, element in (("style-src", style), ("script-src", scripts[1])):
        digest = base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy
    assert content.index("Content-Security-Policy") < content.index("<style")
    loading = {"src", "srcset", "action", "formaction", "poster", "data", "background", "ping", "style"}
    for element in page.inside:
        assert not loading & set(element.attributes), element
        assert not any(name.startswith("on") for name in element.attributes), element
        assert element.name not in ("link", "base", "iframe", "object", "embed", "img", "image", "use")
    assert "url(" not in style.text
    assert "@import" not in style.text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_texts(text: str) -> None:
    assert_text(text)


@given(text=TEXTS)
@settings(max_examples=40)
def test_any_text_is_a_text(text: str) -> None:
    assert_text(text)


def assert_text(text: str) -> None:
    kind = replace(samples.STATE, label=text)
    a, b = Node("https://e.org/a", text, kind, {"vi": text}), Node("https://e.org/b", "b", kind)
    cited = replace_citation(title=text, publisher=text, locator=text, note=text, status="disputed")
    edge = Edge(a.iri, b.iri, Relation(text, text), 2.0, (), (cited.fact,), (cited,))
    network = Network((a, b), (edge,), name=text, title=text, description=text, weight_label=text, release=text)
    network = replace(network, notes=(text,))
    expected = as_xml(text)
    page = read_page(write(network, "html"))
    assert (len(page.all("script")), len(page.all("style")), len(page.all("svg"))) == (2, 1, 2)
    assert page.one("h1").text == expected
    assert page.one("body")["data-name"] == expected
    assert rows(page, "nodes")[0].one("th").text == expected
    row = rows(page, "links")[0]
    assert row["data-key"] == expected
    assert row.all("bdi")[1].text == expected
    assert expected in row.one("cite").text
    assert expected in row.one("em").text
    assert not page.all("img")


def replace_citation(**values: str) -> Citation:
    return samples.citation(1, "paragraph 1")._replace(**values)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "JaVaScRiPt:alert(1)", "http://[", ""])
def test_only_addresses_of_the_web_are_links(url: str) -> None:
    a = Node(url or "x:a", "a", samples.STATE)
    cited = replace_citation(url=url, source=url or "x:s", fact=url or "x:f")
    edge = Edge(a.iri, a.iri, facts=(cited.fact,), citations=(cited,))
    page = read_page(write(Network((a,), (edge,)), "html"))
    assert [link["href"] for link in page.all("a")] == ["#tables"]
    assert a.iri in rows(page, "nodes")[0].text
    assert cited.fact in rows(page, "links")[0].text


def test_facts_stand_under_their_place_in_their_document() -> None:
    a, b = samples.node("amber"), samples.node("basalt")
    first, second = samples.citation(1, "paragraph 1"), samples.citation(2, "paragraph 1")
    other = samples.citation(3, "paragraph 2")._replace(status="disputed", note="Doubtful.")
    joint = samples.citation(4, "page 1")._replace(others=(Document("x:b", "B", "Press", "2031", ""),))
    cited = (first, second, other, joint)
    facts = (*(each.fact for each in cited), "https://e.org/unknown")
    edge = Edge(a.iri, b.iri, facts=facts, citations=cited)
    evidence = rows(read_page(write(Network((a, b), (edge,)), "html")), "links")[0].one("ul", **{"class": "evidence"})
    texts = [item.text for item in evidence.all("li")]
    assert 'Gazette Press (2031-05), "A gazette"' in texts[0]
    assert texts[1:3] == ["paragraph 1: fact 1 2", "paragraph 2: fact 1 [disputed: Doubtful.]"]
    assert "one or more of:" in texts[3]
    assert 'Press (2031), "B"' in texts[3]
    assert texts[4:] == ["page 1: fact 1", "Facts without a source: 1"]


def test_attributes_have_columns(project: Project) -> None:
    network = samples.mixed("vi")
    nodes = tuple(
        replace(node, attributes={"reach": 0.00123456, "score": 1234} if number else {"note": "x < y"})
        for number, node in enumerate(network.nodes)
    )
    page = read_page(write(replace(network, nodes=nodes), "html"))
    cells = rows(page, "nodes")[1].all("td")
    assert [cell.attributes.get("class") for cell in cells] == [None, "number", None, "number", "number"]
    heads = [head.text for head in page.one("table", id="nodes").one("thead").all("th")]
    assert heads == ["Tên", "Loại", "Số đường nối", "Note", "Reach", "Score"]
    assert [cell.text for cell in rows(page, "nodes")[0].all("td")[2:]] == ["x < y", "", ""]
    assert [cell.text for cell in rows(page, "nodes")[1].all("td")[2:]] == ["", "0,001235", "1.234"]
    assert [cell["data-value"] for cell in rows(page, "nodes")[1].all("td")[2:]] == ["", "0.00123456", "1234"]


def test_measures_are_called_and_defined_as_everywhere() -> None:
    network = samples.mixed("vi")
    nodes = tuple(replace(node, attributes={"betweenness": 0.5}) for node in network.nodes)
    page = read_page(write(replace(network, nodes=nodes), "html"))
    measure = OF_NODES["betweenness"]
    assert page.one("table", id="nodes").one("thead").all("th")[-1].text == measure.label("vi")
    told = page.one("dl", **{"class": "measures"})
    assert told.one("dt").text == measure.label("vi")
    assert measure.definition("vi") in told.text
    assert [link["href"] for link in told.all("a")] == [work.address for work in measure.references]


def test_the_years_are_those_of_the_spells_within_the_period() -> None:
    network = samples.mixed()
    spells = (Spell(None, "2001-05-02"), Spell("2010-01-01", None))
    edges = (replace(network.edges[0], spells=spells), *network.edges[1:])
    network = replace(network, edges=edges)
    assert years(network) == ("2001", "2031")
    assert years(replace(network, period=Period("2009", "2015-03"))) == ("2009", "2015")
    assert years(samples.mixed()) is None


def years(network: Network) -> tuple[str, str] | None:
    found = read_page(write(network, "html")).all("input", id="since")
    return (found[0]["min"], found[0]["max"]) if found else None


def test_an_empty_network_is_a_page_with_a_note(project: Project) -> None:
    page = read_page(write(project("partners-met-together", at="1999", language="vi"), "html"))
    assert "Không có liên kết nào trong giai đoạn này." in page.one("header").text
    assert rows(page, "nodes") == rows(page, "links") == []
    assert page.one("main").text.count("Không có.") == 2


def test_too_many_nodes_are_refused() -> None:
    with pytest.raises(NetworkError, match="cannot be read"):
        write(samples.star(MOST_NODES + 1), "html")


def test_both_languages_have_every_word() -> None:
    for english, vietnamese in (*PAGE.values(), *SCRIPT.values()):
        assert english.strip()
        assert vietnamese.strip()
        assert set(re.findall(r"\{\w+\}", english)) == set(re.findall(r"\{\w+\}", vietnamese))


@pytest.mark.parametrize("colour", [*COLOURS, *LINE_COLOURS, "#1F2933", "#52606D"])
def test_on_dark_paper_every_colour_is_seen(colour: str) -> None:
    needed = 4.5 if colour in ("#1F2933", "#52606D") else 3
    for paper in (dark("#FFFFFF"), "#1a1e22"):
        assert contrast(dark(colour), paper) >= needed


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("name", [*NAMES])
def test_no_word_of_the_page_is_left_in_the_other_language(project: Project, name: str) -> None:
    page = read_page(write(project(name, language="vi"), "html"))
    text = " ".join(
        element.text for element in page.inside if element.name in ("h2", "h3", "legend", "label", "button")
    )
    for english, _ in PAGE.values():
        assert not re.search(rf"\b{re.escape(english)}\b", text)


def test_the_script_uses_the_words_there_are() -> None:
    script = read_page(write(samples.mixed(), "html")).all("script")[1].text
    said = set(re.findall(r"""\bsay\(\s*"([^"]+)\"""", script)) | {
        "year shown",
        "years shown",
        "kinds shown",
        "changes shown",
        "relations shown",
    }
    assert said == set(SCRIPT)


def test_a_label_in_a_stacking_script_is_whole() -> None:
    network = samples.mixed()
    label = "ព្រះរាជាណាចក្រកម្ពុជា"
    nodes = (replace(network.nodes[0], label=label), *network.nodes[1:])
    assert rows(read_page(write(replace(network, nodes=nodes), "html")), "nodes")[0].one("bdi").text == label

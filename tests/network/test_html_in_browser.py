"""The HTML file in a real browser, cut off from every network: what a reader can do, with what hands and senses."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Request
from tests.browser import chromium
from tests.network import samples
from tests.network.test_html import HOSTILE

from asoen_graph.network.formats import write
from asoen_graph.network.interactive.page import SERVED_POLICY
from asoen_graph.network.model import Change, Edge, Network, Relation
from asoen_graph.network.period import Period, Spell

Project = Callable[..., Network]
SVG = "{http://www.w3.org/2000/svg}"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def years(edge: Edge, *pairs: tuple[str | None, str | None]) -> Edge:
    return replace(edge, spells=tuple(Spell(*pair) for pair in pairs))


def sample(language: str = "en") -> Network:
    """Two kinds, two relations and none, weights from 1 to 4, links of several years and one without a date."""
    a, b = samples.node("amber", "Ámbèr Đảo"), samples.node("basalt")
    c, d = samples.node("chalk", kind=samples.CENTRE), samples.node("dolomite", kind=samples.CENTRE)
    edges = (
        years(samples.edge(a, b, samples.FUNDS, 4, 1), ("2009-01-01", "2009-12-31"), ("2014-03-01", "2014-03-02")),
        years(samples.edge(a, c, samples.HOSTS, 2, 2), ("2014-01-01", "2019-12-31")),
        years(samples.edge(b, c, samples.FUNDS, 1, 3), (None, "2010-06-30")),
        years(samples.edge(c, d, None, 3, 4)),
        years(samples.edge(d, d, samples.HOSTS, 1, 5), ("2019-01-01", None)),
    )
    return Network(
        (a, b, c, d), edges, name="sample", title="A sample", description="Invented.", weight_label="gifts",
        release="invented 1", language=language,
    )  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """``opened(network, **context)``: its file, from disk. Fails where anything is asked for or goes wrong."""
    contexts, asked, wrong = [], [], []

    def note(request: Request) -> None:
        if not request.url.startswith(("file://", "blob:")):
            asked.append(request.url)

    def show(network: Network, *, quiet: bool = True, **options: Any) -> Page:
        path = tmp_path / "network.html"
        path.write_bytes(write(network, "html"))
        context = browser.new_context(offline=True, **{"viewport": {"width": 1440, "height": 900}, **options})
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("request", note)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        if quiet:
            page.on("console", lambda message: message.type in ("error", "warning") and wrong.append(message.text))
        page.goto(path.as_uri())
        return page

    yield show
    for context in contexts:
        context.close()
    assert asked == []
    assert wrong == []


def shown(page: Page) -> tuple[list[str], list[str]]:
    """The ids of nodes and links that are shown, by the tables; the picture must say the same."""
    rows = page.eval_on_selector_all("tbody > tr", "rows => rows.filter(row => !row.hidden).map(row => row.id)")
    parts = page.eval_on_selector_all("g[data-row]:not(.off)", "parts => parts.map(part => part.dataset.row)")
    assert sorted(rows) == sorted(parts)
    return sorted(row for row in rows if row[0] == "n"), sorted(row for row in rows if row[0] == "l")


def status(page: Page, start: str) -> str:
    """What a screen reader is told, as soon as it begins so."""
    page.wait_for_function("start => document.getElementById('shown').textContent.startsWith(start)", arg=start)
    return page.inner_text("#shown")


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.dataset.id ?? document.activeElement.id"))


def slide(page: Page, name: str, value: int) -> None:
    page.get_by_label(name).fill(str(value))


def box(page: Page, label: str) -> Locator:
    return page.get_by_role("checkbox", name=label)


def test_the_page_moves_and_asks_for_nothing(opened: Callable[..., Page]) -> None:
    page = opened(sample())
    assert page.title() == "A sample"
    assert shown(page) == (["n0", "n1", "n2", "n3"], ["l0", "l1", "l2", "l3", "l4"])
    assert status(page, "Shown") == "Shown: 4 of 4 nodes, 5 of 5 links."


def test_nothing_could_be_asked_for(opened: Callable[..., Page]) -> None:
    """The policy itself, with a request that the page does not make."""
    page = opened(sample(), quiet=False)
    refused = page.evaluate(
        """() => new Promise((resolve) => {
          document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective));
          fetch("https://example.org/").catch(() => {});
        })"""
    )
    assert refused == "connect-src"


def test_as_a_server_sends_it_the_script_runs(browser: Browser) -> None:
    page = browser.new_page()
    headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": SERVED_POLICY}
    page.route("**/*", lambda route: route.fulfill(body=write(sample(), "html"), headers=headers))
    page.goto("https://example.org/api/networks/sample.html")
    status(page, "Shown: 4 of 4")
    page.close()


def test_without_javascript_picture_and_tables_are_there(opened: Callable[..., Page]) -> None:
    page = opened(sample(), java_script_enabled=False)
    assert page.locator("#stage > svg").get_attribute("role") == "img"
    assert page.get_by_role("img", name="A sample").is_visible()
    assert page.locator("tbody > tr:visible").count() == 9
    assert not page.locator("#controls").is_visible()
    assert "Without JavaScript" in page.inner_text("header")
    assert page.get_by_role("link", name="A gazette").first.get_attribute("href") == "https://example.org/gazette"
    assert page.get_by_role("button").count() == 0


def test_with_the_keyboard_alone_from_the_picture_to_the_source(opened: Callable[..., Page]) -> None:
    page = opened(sample())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('role')") == "option":
            break
    assert focused(page) == "amber"
    places = {each.get_attribute("data-id"): each.bounding_box() for each in page.locator(".node").all()}
    moved = set()
    for key, side, sign in (("Right", "x", 1), ("Down", "y", 1), ("Left", "x", -1), ("Up", "y", -1)):
        start = focused(page)
        page.keyboard.press(f"Arrow{key}")
        here, there = places[start], places[focused(page)]
        assert here is not None
        assert there is not None
        middles = [box[side] + box[{"x": "width", "y": "height"}[side]] / 2 for box in (here, there)]
        assert start == focused(page) or sign * middles[0] < sign * middles[1]
        moved.add(focused(page))
    assert len(moved) > 1
    page.keyboard.press("Home")
    visited = []
    for _ in range(4):
        page.keyboard.press("PageDown")
        visited.append(focused(page))
    assert visited == ["basalt", "chalk", "dolomite", "amber"]
    page.keyboard.press("PageUp")
    assert focused(page) == "dolomite"
    page.keyboard.press("Home")
    assert focused(page) == "amber"
    page.keyboard.press("Enter")
    assert focused(page) == "h-details"
    assert page.inner_text("#h-details") == "Ámbèr Đảo"
    for _ in range(5):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "→ Basalt · funds · 4":
            break
    page.keyboard.press("Enter")
    assert page.inner_text("#h-details") == "Ámbèr Đảo → Basalt"
    found = []
    for _ in range(8):
        page.keyboard.press("Tab")
        found.append(page.evaluate("document.activeElement.getAttribute('href')"))
    assert found.index("https://example.org/gazette") < found.index(sample().edges[0].facts[0])
    assert "paragraph 1" in page.inner_text("#details")
    page.keyboard.press("Escape")
    assert focused(page) == "amber"


def test_a_screen_reader_finds_a_list_of_nodes(opened: Callable[..., Page]) -> None:
    page = opened(sample())
    options = page.get_by_role("listbox", name="A sample").get_by_role("option")
    assert options.count() == 4
    page.get_by_role("option", name="Basalt, state, links: 2").click()
    assert page.get_by_role("option", selected=True).get_attribute("data-id") == "basalt"
    assert page.inner_text("#said") == "Chosen: Basalt."
    assert page.get_by_role("heading", name="Basalt").is_visible()
    names = [each.get_attribute("id") for each in page.get_by_role("region").all()]
    assert len(names) >= 5


def test_kinds_and_relations_are_left_out(opened: Callable[..., Page]) -> None:
    page = opened(sample())
    box(page, "centre").uncheck()
    assert shown(page) == (["n0", "n1"], ["l0"])
    assert status(page, "Shown: 2") == "Shown: 2 of 4 nodes, 1 of 5 links. Kinds: state."
    page.get_by_role("button", name="Show everything").click()
    status(page, "Shown: 4")
    box(page, "funds").uncheck()
    assert shown(page) == (["n0", "n2", "n3"], ["l1", "l3", "l4"])
    box(page, "hosts").uncheck()
    box(page, "relation not named").uncheck()
    assert shown(page) == ([], [])
    assert status(page, "Shown: 0") == "Shown: 0 of 4 nodes, 0 of 5 links. Relations: –."


def test_the_weak_are_left_out(opened: Callable[..., Page]) -> None:
    page = opened(sample())
    slide(page, "Least weight (gifts)", 3)
    assert shown(page) == (["n0", "n1", "n2", "n3"], ["l0", "l3"])
    assert "Weight 3 or more." in status(page, "Shown: 4 of 4 nodes, 2")


def test_years_pass_and_positions_stay(opened: Callable[..., Page]) -> None:
    page = opened(sample())
    places = "Array.from(document.querySelectorAll('.node'), node => JSON.stringify(node.getBBox()))"
    before = page.evaluate(places)
    page.get_by_label("One year at a time").check()
    slide(page, "From year", 2009)
    assert shown(page)[1] == ["l0", "l2", "l3"]
    told = status(page, "Shown: 4 of 4 nodes, 3 of 5 links. Year 2009.")
    assert "Links without a date, shown in every year: 1." in told
    assert "Weights and line widths are those of all years" in told
    slide(page, "From year", 2014)
    assert shown(page)[1] == ["l0", "l1", "l3"]
    slide(page, "From year", 2011)
    assert shown(page)[1] == ["l3"]
    page.get_by_label("One year at a time").uncheck()
    slide(page, "Until year", 2018)
    assert shown(page)[1] == ["l0", "l1", "l3"]
    slide(page, "Until year", 2010)
    assert page.get_by_label("From year").input_value() == "2010"
    assert shown(page)[1] == ["l2", "l3"]
    assert page.evaluate(places) == before


@pytest.mark.parametrize("name", ["partners-met-together", "who-works-with-whom"])
@pytest.mark.parametrize("year", [2030, 2031])
def test_a_year_of_the_page_is_that_year_of_the_server(
    opened: Callable[..., Page], project: Project, name: str, year: int
) -> None:
    whole = project(name)
    page = opened(replace(whole, edges=(*whole.edges, years(whole.edges[0], ("2001-01-01", "2001-02-01")))))
    page.get_by_label("One year at a time").check()
    slide(page, "From year", year)
    there = {(edge.source, edge.target, edge.relation) for edge in project(name, at=str(year)).edges}
    kept = [whole.edges[int(row[1:])] for row in shown(page)[1]]
    assert {(edge.source, edge.target, edge.relation) for edge in kept} == there


def test_changes_are_left_out_with_their_signs(opened: Callable[..., Page]) -> None:
    names = ("appeared", "vanished", "unchanged", "unchanged", "weakened")
    changes = [Change(name, 0.0, edge.weight) for name, edge in zip(names, sample("vi").edges, strict=True)]
    edges = tuple(replace(edge, change=change) for edge, change in zip(sample("vi").edges, changes, strict=True))
    page = opened(replace(sample("vi"), edges=edges))
    signs = "parts => parts.map(part => part.dataset.of)"
    assert sorted(page.eval_on_selector_all("[data-of]", signs)) == ["l0", "l1", "l4"]
    cells = page.locator("#l0 td").all_inner_texts()
    assert cells[-4:-1] == ["mới xuất hiện", "0", "4"]
    box(page, "không còn").uncheck()
    assert "l1" not in shown(page)[1]
    assert page.eval_on_selector_all("[data-of].off", signs) == ["l1"]
    assert "Thay đổi: mới xuất hiện, yếu đi, không đổi." in status(page, "Đang hiển thị: 4 trên 4 nút, 4")
    root = ElementTree.fromstring(saved(page, "Hình vẽ (SVG)"))
    assert sum(group.get("transform") is not None and group.get("class") is None for group in root.iter(f"{SVG}g")) >= 2


def test_names_are_found_without_their_marks(opened: Callable[..., Page]) -> None:
    page = opened(sample())
    page.get_by_label("Find a node").fill("amber dao")
    assert status(page, "Nodes found").startswith("Nodes found: 1.")
    assert page.locator(".node:not(.dim)").get_attribute("data-id") == "amber"
    page.keyboard.press("Enter")
    assert focused(page) == "amber"
    page.get_by_label("Find a node").fill("nobody")
    assert status(page, "No node") == "No node of what is shown is called so."


def test_who_is_looked_at_stands_out_with_its_neighbours(opened: Callable[..., Page]) -> None:
    page = opened(sample())
    page.locator('.node[data-id="amber"]').hover()
    bright = page.eval_on_selector_all("g[data-row]:not(.dim)", "parts => parts.map(part => part.dataset.row)")
    assert sorted(bright) == ["l0", "l1", "n0", "n1", "n2"]
    assert page.inner_text("#caption") == "Ámbèr Đảo"
    assert page.locator("tr.lit").get_attribute("id") == "n0"
    page.locator("h1").hover()
    assert page.locator("g.dim").count() == 0
    page.locator("#l1").hover()
    assert page.locator("g.edge:not(.dim)").get_attribute("data-row") == "l1"


def test_a_row_leads_to_its_place_in_the_picture(opened: Callable[..., Page]) -> None:
    page = opened(sample())
    page.get_by_role("button", name="Show in the picture: Chalk → Dolomite").click()
    assert page.locator("g.chosen").get_attribute("data-row") == "l3"
    assert page.inner_text("#h-details") == "Chalk → Dolomite"
    page.get_by_role("link", name="Row in the table").click()
    assert page.url.endswith("#l3")
    page.get_by_role("button", name="Close").click()
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Show in the picture: Chalk → Dolomite"


def test_tables_are_sorted(opened: Callable[..., Page]) -> None:
    page = opened(sample())
    head = page.locator("#links th", has_text="Weight")
    order = "rows => rows.map(row => row.id)"
    head.get_by_role("button").click()
    assert page.eval_on_selector_all("#links > tbody > tr", order) == ["l2", "l4", "l1", "l3", "l0"]
    assert head.get_attribute("aria-sort") == "ascending"
    head.get_by_role("button").click()
    assert page.eval_on_selector_all("#links > tbody > tr", order) == ["l0", "l3", "l1", "l2", "l4"]
    page.locator("#links th", has_text="Dates").get_by_role("button").click()
    assert page.eval_on_selector_all("#links > tbody > tr", order)[-1] == "l3"
    page.locator("#nodes th", has_text="Name").get_by_role("button").click()
    assert page.eval_on_selector_all("#nodes > tbody > tr", order) == ["n0", "n1", "n2", "n3"]


def test_the_picture_is_zoomed_and_moved(opened: Callable[..., Page]) -> None:
    page = opened(sample())

    def box() -> list[float]:
        return [float(each) for each in (page.locator("#stage > svg").get_attribute("viewBox") or "").split()]

    whole = box()
    page.get_by_role("button", name="Zoom in").click()
    assert box()[2] < whole[2]
    page.get_by_role("button", name="Move left").click()
    assert box()[0] < whole[0] + (whole[2] - box()[2]) / 2
    page.get_by_role("button", name="Whole picture").click()
    assert box() == whole
    page.locator('.node[data-id="amber"]').focus()
    page.keyboard.press("+")
    page.keyboard.press("Shift+ArrowDown")
    assert box()[1] > whole[1]
    page.keyboard.press("0")
    assert box() == whole
    frame = page.locator("#stage").bounding_box()
    assert frame is not None
    middle = frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] - 10
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] + 80, middle[1], steps=4)
    page.mouse.up()
    assert box()[0] < whole[0]
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    page.wait_for_function("wide => document.querySelector('#stage > svg').viewBox.baseVal.width < wide", arg=whole[2])


def saved(page: Page, button: str) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    return Path(download.value.path()).read_bytes()


def read_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


@pytest.mark.parametrize("language", ["en", "vi"])
def test_everything_downloaded_as_csv_is_the_csv_of_the_network(
    opened: Callable[..., Page], project: Project, language: str
) -> None:
    network = project("who-works-with-whom", language=language)
    button = {"en": "Links (CSV)", "vi": "Đường nối (CSV)"}[language]
    ours, theirs = (read_csv(content) for content in (saved(opened(network), button), write(network, "csv")))
    assert [{name: row[name] for name in theirs[0]} for row in ours] == theirs


def test_what_is_shown_is_downloaded_with_its_evidence(opened: Callable[..., Page]) -> None:
    network = sample()
    page = opened(network)
    box(page, "centre").uncheck()
    (row,) = read_csv(saved(page, "Links (CSV)"))
    assert row["facts"] == network.edges[0].facts[0]
    assert row["spells"] == "2009-01-01/2009-12-31 | 2014-03-01/2014-03-02"
    page.locator('.node[data-id="amber"]').click()
    root = ElementTree.fromstring(saved(page, "Picture (SVG)"))
    groups = [group for group in root.iter(f"{SVG}g") if group.get("class")]
    assert [(group.get("class"), group.get("data-id")) for group in groups] == [
        ("edge", None), ("node", "amber"), ("node", "basalt"),
    ]  # fmt: skip
    assert groups[0].get("data-facts") == network.edges[0].facts[0]
    assert 'Gazette Press (2031-05), "A gazette", paragraph 1' in groups[0].findtext(f"{SVG}title", "")
    assert "Kinds: state." in "".join(root.itertext())
    assert root.get("role") == "img"
    assert not {"style", "tabindex", "data-row"} & {name for element in root.iter() for name in element.attrib}


def test_the_whole_picture_downloaded_is_the_picture(opened: Callable[..., Page]) -> None:
    network = sample()
    parts = [f"{SVG}{name}" for name in ("path", "rect", "text", "circle", "polygon")]

    def drawn(content: bytes) -> list[tuple[str, dict[str, str], str]]:
        elements = ElementTree.fromstring(content).iter()
        return [(each.tag, dict(each.attrib), each.text or "") for each in elements if each.tag in parts]

    assert drawn(saved(opened(network), "Picture (SVG)")) == drawn(write(network, "svg"))


def test_in_vietnamese(opened: Callable[..., Page]) -> None:
    page = opened(sample("vi"), locale="vi")
    assert status(page, "Đang hiển thị") == "Đang hiển thị: 4 trên 4 nút, 5 trên 5 đường nối."
    page.get_by_role("option", name="Basalt, state, số đường nối: 2").click()
    assert page.get_by_role("heading", name="Đường nối đang hiển thị").is_visible()


def test_hostile_texts_are_texts_in_a_browser_too(opened: Callable[..., Page]) -> None:
    every = " ".join(HOSTILE)
    kind = replace(samples.STATE, label=every)
    nodes = tuple(replace(samples.node(f"n{n}"), label=text, kind=kind) for n, text in enumerate(HOSTILE))
    cited = samples.citation(1, "paragraph 1")._replace(title=every)
    edges = tuple(
        replace(samples.edge(node, nodes[0], Relation(text, text)), citations=(cited,))
        for node, text in zip(nodes, HOSTILE, strict=True)
    )
    page = opened(Network(nodes, edges, name=every, title=every, description=every, notes=HOSTILE, weight_label=every))
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    expected = [text.replace("\0", "\ufffd") for text in HOSTILE]
    assert page.eval_on_selector_all("#nodes th bdi", "found => found.map(each => each.textContent)") == expected
    for number in range(len(nodes)):
        page.evaluate("number => document.querySelector(`#n${number} button`).click()", number)
        assert page.locator("#h-details").evaluate("element => element.textContent") == expected[number]
    assert page.evaluate("[document.images.length, document.scripts.length]") == [0, 2]
    page.get_by_label("Find a node").fill("x")
    assert [row["source_label"] for row in read_csv(saved(page, "Links (CSV)"))] == expected
    ElementTree.fromstring(saved(page, "Picture (SVG)"))


def test_an_empty_network_is_a_quiet_page(opened: Callable[..., Page]) -> None:
    page = opened(Network((), (), title="Nothing", notes=("The query found no links.",)))
    assert "The query found no links." in page.inner_text("header")
    assert not page.locator("#controls").is_visible()


def test_nodes_without_links_stay(opened: Callable[..., Page]) -> None:
    page = opened(Network((samples.node("amber"), samples.node("basalt")), (), title="Two"))
    assert shown(page) == (["n0", "n1"], [])


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_nothing_is_lost_on_a_narrow_screen(opened: Callable[..., Page], project: Project, width: int) -> None:
    page = opened(wordy(project("who-works-with-whom", language="vi")), viewport={"width": width, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator(".node").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("#h-details").is_visible()
    page.evaluate("document.querySelector('#l0 button').click()")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("(panel => panel.scrollWidth - panel.clientWidth)(document.getElementById('panel'))") == 0


def test_on_paper_stands_the_whole_picture(opened: Callable[..., Page]) -> None:
    page = opened(sample())
    page.get_by_role("button", name="Zoom in").click()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    svg = page.locator("#stage > svg")
    assert (svg.get_attribute("viewBox") or "").startswith("0 0 ")
    assert page.locator("svg > text.around").first.is_visible()
    assert not page.locator("#panel").is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert not (svg.get_attribute("viewBox") or "").startswith("0 0 ")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_axe_finds_nothing(
    browser: Browser, tmp_path: Path, project: Project, scheme: str, width: int, script: bool
) -> None:
    """axe-core 4 with the rules of WCAG 2.2 AA. It is itself a script, so the page's policy is lifted for it."""
    path = tmp_path / "network.html"
    network = project("who-works-with-whom", language="vi" if scheme == "dark" else "en")
    content = write(wordy(network), "html").decode()
    path.write_text(content if script else content.replace('<script type="module">', '<script type="text/plain">'))
    context = browser.new_context(
        offline=True, bypass_csp=True, color_scheme=scheme, viewport={"width": width, "height": 800}
    )
    page = context.new_page()
    page.goto(path.as_uri())
    if script:
        assert_no_violation(page)
        page.locator("#filters").evaluate("element => { element.open = true; }")
        page.locator("#l0 button").click()
        page.get_by_role("checkbox").first.uncheck()
    assert_no_violation(page)
    context.close()


def wordy(network: Network) -> Network:
    """The network with names of two letters and titles of three lines, as real ones have them."""
    long = "The Interparliamentary Commission for the Joint Administration of Transboundary Lagoons and Reefs " * 3
    nodes = tuple(replace(node, label="Úc" if rank % 2 else long) for rank, node in enumerate(network.nodes))
    edges = tuple(
        replace(
            edge,
            citations=tuple(
                each._replace(title=long[: 40 + 13 * rank], source=f"{each.source}-{rank}-{'and-more-' * 6}")
                for each in edge.citations
            ),
        )
        for rank, edge in enumerate(network.edges)
    )
    return replace(network, nodes=nodes, edges=edges)


def assert_no_violation(page: Page) -> None:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
    assert found.violations_count == 0, found.generate_report()


def test_a_period_asked_for_bounds_the_years(opened: Callable[..., Page]) -> None:
    page = opened(replace(sample(), period=Period("2010", "2015")))
    assert page.get_by_label("From year").get_attribute("min") == "2010"
    assert page.get_by_label("Until year").get_attribute("max") == "2015"

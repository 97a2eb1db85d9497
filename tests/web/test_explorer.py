"""The pages of networks in a browser: without scripts, and with the explorer."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from httpx import QueryParams
from playwright.sync_api import Page, expect
from tests.server.conftest import LIMITS, Site, running
from tests.web.conftest import PHONE, Desk, in_two_ways, until

from asoen_graph.release import Release
from asoen_graph.server.settings import Settings

NAME = "who-works-with-whom"
TOGETHER = "partners-met-together"


def explore(desk: Desk, site: Site, path: str, **options: Any) -> Page:
    page = desk.open(f"{site.url}/networks/{path}", **options)
    page.wait_for_selector("#explorer[data-ready]", timeout=60_000)
    until(page, "document.querySelector('.shown').textContent !== ''")
    return page


def count(page: Page) -> tuple[int, int]:
    """How many nodes and links the picture has, which the tables say too."""
    drawn = tuple(page.locator(f".stage .{each}").count() for each in ("node:not(:has(.sign.gone))", "link"))
    heads = page.locator(".tables h2").all_inner_texts()
    links, nodes = (int(head.rpartition("(")[2].rstrip(")")) for head in heads)
    assert drawn == (nodes, links)
    return nodes, links


def places(page: Page) -> dict[str, str]:
    found: dict[str, str] = page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('.stage .node')]"
        ".map(node => [node.dataset.node, node.getAttribute('transform')]))"
    )
    return found


def saved(page: Page, form: str, tmp_path: Path) -> Path:
    with page.expect_download() as found:
        page.locator(f'button[data-form="{form}"]').click()
    path = tmp_path / found.value.suggested_filename
    found.value.save_as(path)
    return path


class TestWithoutScripts:
    def test_the_list_leads_to_every_network(self, desk: Desk, lagoon_site: Site) -> None:
        page = desk.open(f"{lagoon_site.url}/networks?lang=vi", java_script_enabled=False)
        links = page.locator(".card a")
        names = [each["name"] for each in lagoon_site.get("/api/networks").json()["items"]]
        addresses = [links.nth(place).get_attribute("href") or "" for place in range(links.count())]
        assert addresses == [f"/networks/{name}?lang=vi" for name in names]
        links.first.click()
        expect(page.locator("h1")).to_be_visible()

    def test_a_network_at_a_date(self, desk: Desk, lagoon_site: Site) -> None:
        page = desk.open(f"{lagoon_site.url}/networks/{NAME}?lang=en", java_script_enabled=False)
        expect(page.locator("#explorer")).to_be_hidden()
        page.get_by_label("At a date").fill("2031")
        page.get_by_role("button", name="Show", exact=True).click()
        page.wait_for_url("**at=2031**")
        expect(page.locator(".summary")).to_contain_text("2031.")
        assert page.locator("img[alt]").evaluate("image => image.decode().then(() => image.naturalWidth > 100)")
        document = lagoon_site.get(f"/api/networks/{NAME}.json", at="2031").json()
        assert page.locator("#plain table").first.locator("tbody tr").count() == len(document["edges"])
        evidence = page.locator("#plain tbody tr").first
        expect(evidence.locator('a[href^="/fact/"]').first).to_have_count(1)
        expect(evidence.locator('a[href^="/source/"]').first).to_have_count(1)
        assert "at=2031" in (page.get_by_role("link", name="graphml").get_attribute("href") or "")

    @pytest.mark.parametrize(
        ("asked", "field", "words"),
        [
            ("at=2031-13&lang=en", "at", "There is no month 13. Write a year"),
            ("at=2031-13&lang=vi", "at", "Không có tháng 13. Hãy viết năm"),
            ("compare=2031&lang=en", "compare", "is not two dates"),
            ("from=2031&until=2030&lang=en", "until", "ends (2030) before"),
            ("top=many&lang=vi", "top", "số nguyên"),
            ("component=99&lang=en", "component", "component"),
        ],
    )
    def test_what_is_wrong_is_told_at_its_field(
        self, desk: Desk, lagoon_site: Site, asked: str, field: str, words: str
    ) -> None:
        page = desk.open(f"{lagoon_site.url}/networks/{NAME}?{asked}", quiet=False, java_script_enabled=False)
        box = page.locator(f'[name="{field}"]')
        assert box.get_attribute("aria-invalid") == "true"
        expect(page.locator(f"#{box.get_attribute('aria-describedby')}")).to_contain_text(words)

    def test_a_period_with_nothing_in_it_says_so(self, desk: Desk, lagoon_site: Site) -> None:
        page = desk.open(f"{lagoon_site.url}/networks/reporting-lines?at=1900&lang=en", java_script_enabled=False)
        if page.locator("#plain table").count() == 0:
            expect(page.locator(".note.warning")).to_contain_text("There is no link")

    def test_any_query(self, desk: Desk, lagoon_site: Site) -> None:
        page = desk.open(f"{lagoon_site.url}/networks?lang=en", java_script_enabled=False)
        page.get_by_role("button", name="Explore").click()
        expect(page.locator("h1")).to_have_text("Network")
        assert page.locator("#plain tbody tr").count() > 0
        broken = desk.open(
            f"{lagoon_site.url}/networks/query?query=SELECT%20%3Fa&lang=en", quiet=False, java_script_enabled=False
        )
        expect(broken.locator(".note.error")).to_be_visible()
        expect(broken.locator("textarea")).to_have_value("SELECT ?a")


class TestTime:
    def test_nodes_keep_their_places_from_date_to_date(self, desk: Desk, real_site: Site) -> None:
        page = explore(desk, real_site, f"{TOGETHER}?at=2009&lang=en")
        first, before = count(page), places(page)
        expect(page.locator(".shown")).to_contain_text(f"2009: {first[0]} nodes, {first[1]} links")
        page.locator(".explorer").get_by_label("Date", exact=True).fill("2019")
        page.locator(".explorer").get_by_label("Date", exact=True).press("Enter")
        expect(page.locator(".shown")).to_contain_text("2019: ")
        after = places(page)
        shared = before.keys() & after.keys()
        assert shared
        assert {node: before[node] for node in shared} == {node: after[node] for node in shared}
        document = real_site.get(f"/api/networks/{TOGETHER}.json", at="2019").json()
        assert count(page) == (len(document["nodes"]), len(document["edges"]))
        assert "at=2019" in page.url
        assert page.locator(".stage .sign.arrived, .stage .sign.gone").count() > 0

    def test_the_slider_and_its_buttons(self, desk: Desk, real_site: Site) -> None:
        page = explore(desk, real_site, f"{TOGETHER}?at=2018&lang=en")
        page.locator(".explorer").get_by_label("Year", exact=True).focus()
        page.keyboard.press("ArrowRight")
        expect(page.locator(".shown")).to_contain_text("2019: ")
        page.get_by_role("button", name="Year before").click()
        expect(page.locator(".shown")).to_contain_text("2018: ")
        page.get_by_role("button", name="Play").click()
        expect(page.locator(".shown")).to_contain_text("2019: ")
        page.get_by_role("button", name="Pause").click()
        expect(page.get_by_role("button", name="Play")).to_be_visible()

    def test_two_dates_compared(self, desk: Desk, real_site: Site) -> None:
        page = explore(desk, real_site, f"{NAME}?lang=vi")
        page.locator(".explorer").get_by_label("So sánh hai thời điểm").check()
        page.locator(".explorer").get_by_label("Trước", exact=True).fill("2010")
        page.locator(".explorer").get_by_label("Trước", exact=True).press("Enter")
        page.locator(".explorer").get_by_label("Sau", exact=True).fill("2020")
        page.locator(".explorer").get_by_label("Sau", exact=True).press("Enter")
        expect(page.locator(".shown")).to_contain_text("2010 so với 2020")
        theirs = real_site.get(f"/api/networks/{NAME}.json", compare="2010,2020", lang="vi").json()
        changes = Counter(edge["change"] for edge in theirs["edges"])
        expect(page.locator(".shown")).to_contain_text(
            f"{changes['appeared']} mới xuất hiện, {changes['vanished']} không còn, {changes['strengthened']} mạnh lên"
        )
        assert count(page) == (len(theirs["nodes"]), len(theirs["edges"]))

    def test_a_wrong_date_is_told_at_its_field(self, desk: Desk, lagoon_site: Site) -> None:
        page = explore(desk, lagoon_site, f"{TOGETHER}?at=2031&lang=en")
        before = count(page)
        page.locator(".explorer").get_by_label("Date", exact=True).fill("soon")
        page.locator(".explorer").get_by_label("Date", exact=True).press("Enter")
        expect(page.locator(".time .problem")).to_contain_text("This is no date")
        assert count(page) == before
        wrong = desk.open(f"{lagoon_site.url}/networks/{TOGETHER}?at=soon&lang=vi", quiet=False)
        expect(wrong.locator(".time .problem")).to_contain_text("Đây không phải là ngày tháng", timeout=60_000)

    def test_an_empty_date_says_so(self, desk: Desk, lagoon_site: Site) -> None:
        page = explore(desk, lagoon_site, f"{TOGETHER}?at=1900&lang=en")
        if count(page) == (0, 0):
            expect(page.locator(".desk .note")).to_contain_text("There is no link")


class TestFilters:
    def test_filters_hold_for_picture_and_tables(self, desk: Desk, real_site: Site) -> None:
        page = explore(desk, real_site, f"{NAME}?lang=en")
        whole = count(page)
        page.locator(".more > summary").click()
        page.locator(".explorer").get_by_label("coordinates", exact=True).uncheck()
        expect(page.locator(".shown")).to_contain_text("Of ")
        fewer = count(page)
        assert fewer < whole
        assert "relations=" in page.url
        page.locator(".explorer").get_by_label("Find by name").fill("viet nam")
        until(page, "location.search.includes('find=')")
        assert count(page)[1] < fewer[1]
        page.reload()
        page.wait_for_selector("#explorer[data-ready]", timeout=60_000)
        expect(page.locator(".explorer").get_by_label("Find by name")).to_have_value("viet nam")
        page.get_by_role("button", name="Show everything").click()
        until(page, "!location.search.includes('find=')")
        assert count(page) == whole

    def test_the_strongest_are_those_of_the_server(self, desk: Desk, real_site: Site) -> None:
        page = explore(desk, real_site, f"{NAME}?top=10&by=degree&at=2019&lang=en")
        document = real_site.get(f"/api/networks/{NAME}.json", top="10", by="degree", at="2019").json()
        assert count(page) == (len(document["nodes"]), len(document["edges"]))

    @pytest.mark.parametrize("key", ["betweenness", "eigenvector", "pagerank", "clustering", "core", "degree"])
    def test_measures_are_those_of_the_server(self, desk: Desk, real_site: Site, tmp_path: Path, key: str) -> None:
        page = explore(desk, real_site, f"{TOGETHER}?at=2019&size={key}&lang=en")
        found = json.loads(saved(page, "JSON", tmp_path).read_text(encoding="utf-8"))["nodes"]
        theirs = real_site.get(f"/api/networks/{TOGETHER}/measures.json", at="2019").json()["nodes"]
        assert {each["id"]: each.get(key) for each in found} == {
            each["id"]: pytest.approx(each[key], abs=2e-5) if each.get(key) is not None else None for each in theirs
        }


class TestEvidence:
    def test_from_a_link_to_its_facts_and_sources(self, desk: Desk, lagoon_site: Site) -> None:
        page = explore(desk, lagoon_site, f"{NAME}?lang=en")
        page.locator(".tables td button", has_text="fact").first.click()
        panel = page.locator(".panel")
        expect(panel.locator('a[href*="/fact/"]').first).to_be_visible()
        source = panel.locator('a[href*="/source/"]').first
        expect(source).to_be_visible()
        # Paper has no buttons: the sources stand below, each link with their numbers, dark on light.
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print", color_scheme="dark")
        expect(page.locator("section.on-paper li").first).to_be_visible()
        expect(page.locator(".tables td span.on-paper").first).to_contain_text("[1]")
        expect(page.locator("section.on-paper h2")).to_have_css("color", "rgb(0, 0, 0)")
        page.emulate_media(media="screen", color_scheme="light")
        source.click()
        expect(page).to_have_url(re.compile("/source/"))
        expect(page.locator("h1")).to_be_visible()

    def test_with_the_keyboard_alone(self, desk: Desk, lagoon_site: Site) -> None:
        page = explore(desk, lagoon_site, f"{TOGETHER}?lang=en")
        page.locator(".stage").focus()
        active = "document.querySelector('.stage').getAttribute('aria-activedescendant')"
        until(page, f"{active} !== null")
        first = page.evaluate(active)
        page.keyboard.press("PageDown")
        assert page.evaluate(active) != first
        page.keyboard.press("Home")
        assert page.evaluate(active) == first
        page.keyboard.press("Enter")
        expect(page.locator(".panel h2")).to_be_focused()
        page.keyboard.press("Tab")
        page.locator(".panel .links-of button").first.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".panel h2")).to_contain_text("–")
        expect(page.locator('.panel a[href*="/fact/"]').first).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator(".stage")).to_be_focused()

    def test_a_click_and_a_touch_choose(self, desk: Desk, lagoon_site: Site) -> None:
        page = explore(desk, lagoon_site, f"{TOGETHER}?lang=en", **PHONE)
        page.locator(".stage .node").first.scroll_into_view_if_needed()
        page.locator(".stage .node .mark").first.tap()
        expect(page.locator(".panel.open")).to_be_visible()


class TestDownloads:
    def test_what_is_seen_in_every_form_with_its_sources(self, desk: Desk, lagoon_site: Site, tmp_path: Path) -> None:
        page = explore(desk, lagoon_site, f"{NAME}?lang=en")
        nodes, links = count(page)
        graph = nx.read_graphml(saved(page, "GraphML", tmp_path), force_multigraph=True)
        assert (graph.number_of_nodes(), graph.number_of_edges()) == (nodes, links)
        other = nx.read_gexf(saved(page, "GEXF", tmp_path), version="1.3")
        assert other.number_of_nodes() == nodes
        rows = list(csv.DictReader(io.StringIO(saved(page, "csv", tmp_path).read_text(encoding="utf-8"))))
        theirs = list(csv.DictReader(io.StringIO(lagoon_site.get(f"/api/networks/{NAME}.csv", lang="en").text)))
        names = ("source", "target", "relation", "relation_label", "from", "until", "facts", "sources")
        ours, server = ([tuple(row[name] for name in names) for row in each] for each in (rows, theirs))
        assert sorted(ours) == sorted(server)
        document = json.loads(saved(page, "JSON", tmp_path).read_text(encoding="utf-8"))
        for evidence in (
            [edge["sources"] for _, _, edge in graph.edges(data=True)],
            [row["facts"] for row in rows],
            [edge["facts"] for edge in document["edges"]],
        ):
            assert len(evidence) == links
            assert all(evidence)
        assert saved(page, "nodes", tmp_path).read_bytes().count(b"\r\n") == nodes + 1

    def test_pictures(self, desk: Desk, lagoon_site: Site, tmp_path: Path) -> None:
        page = explore(desk, lagoon_site, f"{NAME}?lang=vi")
        nodes, links = count(page)
        svg = saved(page, "svg", tmp_path).read_text(encoding="utf-8")
        assert svg.count('class="node"') == nodes
        assert svg.count('data-facts="http') == links
        assert "var(" not in svg
        assert saved(page, "png", tmp_path).read_bytes().startswith(b"\x89PNG")

    def test_the_server_has_more_forms_of_the_same(self, desk: Desk, lagoon_site: Site) -> None:
        page = explore(desk, lagoon_site, f"{NAME}?at=2031&lang=en")
        address = page.locator(".downloads .forms a", has_text="ttl").get_attribute("href") or ""
        assert "at=2031" in address
        assert lagoon_site.client.get(address).status_code == 200


@in_two_ways
def test_nothing_is_in_anyones_way(
    desk: Desk, lagoon_site: Site, violations: Callable[[Page], list[str]], language: str, colours: str, size: dict
) -> None:
    page = explore(
        desk, lagoon_site, f"{NAME}?at=2031&lang={language}", color_scheme=colours, reduced_motion="reduce", **size
    )
    page.locator(".more > summary").click()
    page.locator(".stage").focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("path", ["/networks?lang=en", f"/networks/{NAME}?lang=vi", "/networks/query?lang=en"])
def test_nor_without_scripts(desk: Desk, lagoon_site: Site, violations: Callable[[Page], list[str]], path: str) -> None:
    page = desk.open(f"{lagoon_site.url}{path}", **PHONE)
    page.evaluate("document.getElementById('plain')?.removeAttribute('hidden')")
    page.evaluate("document.getElementById('explorer')?.remove()")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_labels_are_text_whatever_they_say(desk: Desk, lagoon_release: Release, tmp_path: Path, built: None) -> None:
    label = "<script>document.title='had'</script>\" ' ប្រទេសកម្ពុជា \u202eabc<img src=x onerror=alert(1)>"
    text = f"""SELECT ?source ?target ?relation WHERE {{
      ?source asoen:reportsTo ?target . BIND({json.dumps(label, ensure_ascii=False)} AS ?relation) }}"""
    with running(Settings(lagoon_release.folder, workers=1, limits=LIMITS)) as site:
        page = explore(desk, site, f"query?{QueryParams({'query': text, 'lang': 'en'})}")
        assert page.title() != "had"
        page.get_by_role("button", name="Details:").first.click()
        assert page.locator("#explorer script, #explorer img").count() == 0
        assert label in page.locator(".tables").inner_text()
        graph = nx.read_graphml(saved(page, "GraphML", tmp_path))
        assert {edge["relation"] for _, _, edge in graph.edges(data=True)} == {label}

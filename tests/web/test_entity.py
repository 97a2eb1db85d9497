"""The pages of entities, facts and sources in a browser: read, printed, by keyboard, without scripts."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.server.conftest import LIMITS, Site, running
from tests.web.conftest import Desk, in_two_ways

from asoen_graph.build.pipeline import build_release
from asoen_graph.resources import queries_folder
from asoen_graph.server.settings import Settings
from asoen_graph.server.web import web_files

MOST_PAGE = 48 * 1024
"""How long the page of any entity may be, compressed."""
MOST_IN_ALL = 60 * 1024
"""The same with the scripts and styles it loads."""
HEAVIEST = ("viet-nam", "thailand", "indonesia", "asean", "asean-secretariat", "minister", "climate-change", "amme-15")
_DRAWN = "selector => document.querySelector(selector).checkVisibility({contentVisibilityAuto: true})"
KHMER, ARABIC, MARKUP = "អាងទឹក", "بحيرة الشعاب", '<script>document.title="wrong"</script> & "quotes"'


@in_two_ways
@pytest.mark.parametrize("path", ["id/lo-da-reef", "source/lagoon-union-record", "fact"])
def test_nothing_is_in_anyones_way(
    desk: Desk,
    lagoon_site: Site,
    violations: Callable[[Page], list[str]],
    path: str,
    language: str,
    colours: str,
    size: dict[str, Any],
) -> None:
    if path == "fact":
        path = f"fact/{_disputed(lagoon_site)}"
    page = desk.open(f"{lagoon_site.url}/{path}.html?lang={language}", color_scheme=colours, **size)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_from_a_name_without_diacritics_to_the_park_to_its_source(desk: Desk, real_site: Site) -> None:
    page = desk.open(f"{real_site.url}/?lang=en")
    page.locator("main input[name=q]").fill("vuon quoc gia con dao")
    page.locator("main input[name=q]").press("Enter")
    page.get_by_role("link", name="Con Dao National Park").first.click()
    expect(page.locator("h1")).to_have_text("Con Dao National Park")
    within = page.locator("dd").filter(has=page.get_by_role("link", name="Viet Nam", exact=True))
    within.locator("summary").first.click()
    within.locator("details[open] a").first.click()
    expect(page).to_have_url(re.compile(r"/source/[a-z0-9-]+\.html\?lang=en#p-"))
    anchor = page.url.rpartition("#")[2]
    expect(page.locator(f"[id='{anchor}']")).to_be_in_viewport()
    expect(page.locator(f"[id='{anchor}']")).to_contain_text("Con Dao National Park")


def test_everything_is_there_without_scripts(desk: Desk, lagoon_site: Site) -> None:
    page = desk.open(f"{lagoon_site.url}/id/lo-da-reef.html?lang=en", java_script_enabled=False)
    expect(page.get_by_role("heading", name="Designations and awards")).to_be_visible()
    summary = page.locator("details.refs summary").first
    summary.click()
    link = page.locator("details.refs[open] a").first
    expect(link).to_be_visible()
    link.click()
    expect(page).to_have_url(re.compile(r"/source/"))


def test_sources_open_by_keyboard(desk: Desk, lagoon_site: Site) -> None:
    page = desk.open(f"{lagoon_site.url}/id/lsoe-12.html?lang=en")
    page.locator("details.refs summary").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("details.refs").first).to_have_attribute("open", "")
    page.keyboard.press("Tab")
    assert "/source/" in (page.evaluate("document.activeElement.getAttribute('href')") or "")
    page.keyboard.press("Tab")
    assert "/fact/" in (page.evaluate("document.activeElement.getAttribute('href')") or "")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("12th LSOE")


@pytest.mark.parametrize(
    ("language", "told"), [("en", "Sources disagree here"), ("vi", "Các nguồn không thống nhất")], ids=["en", "vi"]
)
def test_a_dispute_is_told(desk: Desk, lagoon_site: Site, language: str, told: str) -> None:
    page = desk.open(f"{lagoon_site.url}/id/lo-da-reef.html?lang={language}")
    expect(page.get_by_text(told).first).to_be_visible()
    expect(page.locator(".status.disputed").first).to_be_visible()


def test_sources_are_printed(desk: Desk, lagoon_site: Site) -> None:
    page = desk.open(f"{lagoon_site.url}/id/lsoe-12.html?lang=en")
    link = page.locator("details.refs li a").first
    assert _is_drawn(page, "details.refs li a") is False, "it is folded on the screen"
    page.emulate_media(media="print")
    page.wait_for_function(_DRAWN, arg="details.refs li a")
    expect(link).to_contain_text("The Coral Times (2031-07-03)")


def test_a_contents_list_leads_to_its_section(desk: Desk, lagoon_site: Site) -> None:
    page = desk.open(f"{lagoon_site.url}/id/lsoe-12.html?lang=en")
    page.get_by_role("navigation", name="On this page").get_by_role("link", name="Participation").click()
    expect(page.get_by_role("heading", name="Participation", exact=True)).to_be_in_viewport()


def test_the_map_and_the_timeline_speak(desk: Desk, real_site: Site) -> None:
    page = desk.open(f"{real_site.url}/id/con-dao.html?lang=vi")
    expect(page.get_by_role("img", name="Bản đồ Đông Nam Á với Vườn quốc gia Côn Đảo")).to_be_visible()
    expect(page.locator("ol.years > li").first).to_contain_text("1993")
    series = desk.open(f"{real_site.url}/id/asoen-meetings.html?lang=en")
    expect(series.get_by_role("img", name=re.compile(r"dated statements by year"))).to_be_visible()


@pytest.mark.parametrize("slug", HEAVIEST)
def test_the_heaviest_pages_are_light(real_site: Site, built: None, slug: str) -> None:
    page = real_site.get(f"/id/{slug}.html", lang="vi").text
    loaded = set(re.findall(r'(?:src|href)="/assets/([^"]+\.(?:js|css))"', page))
    assert loaded
    compressed = len(gzip.compress(page.encode(), 6))
    assert compressed <= MOST_PAGE
    assert compressed + sum(len(gzip.compress(web_files().read(name), 6)) for name in loaded) <= MOST_IN_ALL


def test_a_long_document_is_light(real_site: Site) -> None:
    sources = real_site.get("/api/sources", sort="-facts", limit="3").json()["items"]
    for each in sources:
        assert len(gzip.compress(real_site.get(f"/source/{each['slug']}.html").content, 6)) <= MOST_PAGE


@pytest.fixture(scope="module")
def strange_site(built: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The invented world with names in other scripts, and with markup in them."""
    folder = tmp_path_factory.mktemp("strange")
    world = Path(__file__).parents[1] / "worlds" / "lagoon" / "data"
    for path in world.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        if path.name == "lagoon-union-record.yaml":
            text = text.replace("agenda-item: {en: State of the reefs}", f"agenda-item: {{km: {KHMER}, ar: {ARABIC}}}")
            text = text.replace("note: The day of arrival.", f"note: '{MARKUP}'")
        target = folder / "data" / path.relative_to(world)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    build_release(folder, folder / "release", "2031.5.0", cache=None, progress=lambda _: None)
    with running(Settings(folder / "release", queries=queries_folder(), workers=1, limits=LIMITS)) as site:
        yield site


def test_names_in_any_script_are_text(desk: Desk, strange_site: Site, violations: Callable[[Page], list[str]]) -> None:
    page = desk.open(f"{strange_site.url}/id/lsoe-12.html?lang=en")
    expect(page).to_have_title(re.compile("12th LSOE"))
    expect(page.get_by_text(MARKUP).first).to_be_visible()
    expect(page.locator("[lang=km]", has_text=KHMER)).to_be_visible()
    expect(page.locator("[lang=ar]", has_text=ARABIC)).to_be_visible()
    assert violations(page) == []


def _disputed(site: Site) -> str:
    items = site.get("/api/entities/designation-lo-da-reef/facts", limit="200").json()["items"]
    return next(each["claim"]["fact"].rpartition("/")[2] for each in items if each["claim"]["status"] == "disputed")


def _is_drawn(page: Page, selector: str) -> bool:
    return bool(page.evaluate(_DRAWN, selector))

"""The frame in a browser: colours that are remembered, the switch of languages, paper."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from tests.server.conftest import Site
from tests.web.conftest import Desk

GROUND = "getComputedStyle(document.documentElement).backgroundColor"
LIGHT, DARK = "rgb(255, 255, 255)", "rgb(16, 22, 19)"


def test_colours_are_chosen_and_remembered(desk: Desk, lagoon_site: Site) -> None:
    page = desk.open(f"{lagoon_site.url}/?lang=en", color_scheme="light")
    assert page.evaluate(GROUND) == LIGHT
    page.get_by_label("Colours").select_option("dark")
    assert page.evaluate(GROUND) == DARK
    page.goto(f"{lagoon_site.url}/id/lsoe-12.html?lang=vi")
    assert page.evaluate(GROUND) == DARK
    expect(page.get_by_label("Màu sắc")).to_have_value("dark")
    page.get_by_label("Màu sắc").select_option("")
    assert page.evaluate(GROUND) == LIGHT


def test_colours_of_the_system_are_those_without_a_choice(desk: Desk, lagoon_site: Site) -> None:
    assert desk.open(f"{lagoon_site.url}/?lang=en", color_scheme="dark").evaluate(GROUND) == DARK


def test_no_page_flashes_in_other_colours(desk: Desk, lagoon_site: Site) -> None:
    page = desk.open(f"{lagoon_site.url}/?lang=en", color_scheme="light")
    page.evaluate("localStorage.setItem('theme', 'dark')")
    # Before the body is there, nothing can have been painted.
    page.add_init_script(
        """new MutationObserver((_, watch) => {
             if (!document.body) return;
             window.early = document.documentElement.dataset.theme;
             watch.disconnect();
           }).observe(document, { childList: true, subtree: true });"""
    )
    page.reload()
    assert page.evaluate("window.early") == "dark"


def test_what_is_kept_is_no_markup(desk: Desk, lagoon_site: Site) -> None:
    page = desk.open(f"{lagoon_site.url}/?lang=en")
    page.evaluate("localStorage.setItem('theme', '\"><script>')")
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") is None


def test_the_language_changes_and_nothing_else(desk: Desk, lagoon_site: Site) -> None:
    page = desk.open(f"{lagoon_site.url}/search?q=lsoe&class=meeting&lang=en")
    before = page.locator(".hits a").evaluate_all("links => links.map((each) => each.pathname)")
    page.get_by_role("link", name="Tiếng Việt").click()
    page.wait_for_url("**/search?q=lsoe&class=meeting&lang=vi")
    after = page.locator(".hits a").evaluate_all("links => links.map((each) => each.pathname)")
    assert sorted(before) == sorted(after)
    assert page.locator("html").get_attribute("lang") == "vi"


def shown(page: Page, selector: str) -> bool:
    return page.locator(selector).first.is_visible()


def test_paper_has_the_content_and_where_it_comes_from(desk: Desk, lagoon_site: Site) -> None:
    page = desk.open(f"{lagoon_site.url}/id/lsoe-12.html?lang=en", color_scheme="dark")
    page.emulate_media(media="print", color_scheme="light")
    assert not shown(page, ".pages")
    assert not shown(page, ".search")
    assert shown(page, "h1")
    assert shown(page, ".citation")
    address = page.evaluate("getComputedStyle(document.querySelector('.citation a'), '::after').content")
    assert "/releases/" in address


def test_letters_of_every_script_have_a_font(desk: Desk, lagoon_site: Site) -> None:
    page = desk.open(f"{lagoon_site.url}/?lang=en")
    fonts: list[str] = []
    page.on("request", lambda request: fonts.append(request.url) if request.resource_type == "font" else None)
    page.evaluate(
        """() => { for (const [tag, text] of [["km", "ភ្នំពេញ"], ["lo", "ວຽງຈັນ"], ["my", "နေပြည်တော်"], ["th", "กรุงเทพ"]]) {
             const line = document.createElement("p");
             line.lang = tag; line.textContent = text; document.querySelector("main").append(line); } }"""
    )
    page.evaluate("document.fonts.ready.then(() => {})")
    page.wait_for_timeout(300)
    loaded = page.evaluate("[...document.fonts].filter((each) => each.status === 'loaded').map((each) => each.family)")
    assert {name.strip('"').rpartition(" ")[2] for name in loaded} == {"Khmer", "Lao", "Myanmar", "Thai"}
    assert len(fonts) == 4


def test_the_bars_of_the_report_are_seen(desk: Desk, lagoon_site: Site) -> None:
    page = desk.open(f"{lagoon_site.url}/report?lang=en#class-meeting")
    bar = page.locator("svg.bar").first.bounding_box()
    assert bar is not None
    assert (bar["width"], bar["height"]) == (120, 10)
    # A class that is linked to is unfolded.
    expect(page.locator("#class-meeting")).to_be_visible()

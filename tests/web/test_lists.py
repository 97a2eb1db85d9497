"""Lists with facets in a browser: without scripts, by keyboard, on a phone, for everyone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.server.conftest import Site
from tests.web.conftest import PHONE, Desk, in_two_ways

PLAIN = {"java_script_enabled": False}


@in_two_ways
def test_nothing_found_is_in_nobodys_way(
    desk: Desk,
    lagoon_site: Site,
    violations: Callable[[Page], list[str]],
    language: str,
    colours: str,
    size: dict,
) -> None:
    page = desk.open(f"{lagoon_site.url}/entities?q=zzzz&lang={language}", color_scheme=colours, **size)
    expect(page.locator("h1")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_from_all_entities_to_one_without_scripts(desk: Desk, lagoon_site: Site) -> None:
    page = desk.open(f"{lagoon_site.url}/entities?lang=en&limit=25", **PLAIN)
    page.get_by_role("navigation", name="Narrow down").get_by_role("link", name="Event", exact=True).click()
    page.get_by_role("link", name="Meeting", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Meeting")
    facet = page.locator(".narrowing").filter(has=page.get_by_role("heading", name="Series"))
    value = facet.get_by_role("link").first
    label = value.inner_text()
    value.click()
    expect(page.get_by_role("group", name="In use")).to_contain_text(label)
    first = page.locator(".results a").first
    name = first.inner_text()
    first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    page.go_back()
    page.get_by_role("link", name="Clear all").click()
    expect(page.get_by_role("group", name="In use")).to_have_count(0)


def test_through_the_pages_of_a_list_by_keyboard(desk: Desk, lagoon_site: Site) -> None:
    page = desk.open(f"{lagoon_site.url}/entities?lang=vi&limit=5", **PLAIN)
    seen = page.locator(".results li").all_inner_texts()
    following = page.get_by_role("link", name="Trang sau")
    following.focus()
    outline = following.evaluate("e => getComputedStyle(e).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Trang trước")).to_be_visible()
    assert not set(seen) & set(page.locator(".results li").all_inner_texts())


def test_the_form_keeps_what_was_chosen_already(desk: Desk, lagoon_site: Site) -> None:
    page = desk.open(f"{lagoon_site.url}/entities?class=meeting&lang=en", **PLAIN)
    page.get_by_label("From").fill("2000")
    page.get_by_label("Sort by").select_option(label="Date, latest first")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/entities?*2000*")
    assert "class=meeting" in page.url
    expect(page.get_by_label("From")).to_have_value("2000")
    expect(page.get_by_label("Sort by")).to_have_value("-begins")
    expect(page.get_by_role("group", name="In use")).to_contain_text("From: 2000")


@pytest.mark.parametrize("address", ["/entities?class=meeting", "/sources", "/queries/meetings-of-series", "/ontology"])
def test_it_reflows(desk: Desk, lagoon_site: Site, address: str) -> None:
    page = desk.open(f"{lagoon_site.url}{address}", viewport={"width": 320, "height": 640}, **PLAIN)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_targets_are_large_enough_on_a_phone(desk: Desk, lagoon_site: Site) -> None:
    page = desk.open(f"{lagoon_site.url}/entities?class=meeting&lang=vi", **PHONE)
    small = page.eval_on_selector_all(
        ".narrowing a, .chip, .results li > a, .pager a",
        "all => all.map(e => [e.textContent.trim(), e.getBoundingClientRect()])"
        ".filter(([, box]) => box.height && box.height < 24).map(([text, box]) => `${text} ${box.height}`)",
    )
    assert small == []


def test_a_class_of_the_ontology_is_found_by_its_address(desk: Desk, lagoon_site: Site) -> None:
    page = desk.open(f"{lagoon_site.url}/ontology?lang=en#Meeting")
    expect(page.locator("#Meeting")).to_be_in_viewport()
    page.locator("section:has(> #Meeting)").get_by_role("link", name="list them").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Meeting")

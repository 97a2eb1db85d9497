"""The search box: suggestions while a name is typed, by keyboard and pointer, and the page it leads to."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, Route, expect
from tests.server.conftest import Site
from tests.web.conftest import PHONE, Desk

OPTIONS = "[role=listbox]:visible [role=option]"


def test_a_park_is_found_without_diacritics_and_leads_to_its_source(desk: Desk, real_site: Site) -> None:
    page = desk.open(f"{real_site.url}/?lang=vi")
    page.locator("#q").click()
    page.locator("#q").press_sequentially("lo go xa", delay=20)
    expect(page.locator(OPTIONS).first).to_contain_text("Vườn quốc gia Lò Gò - Xa Mát")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[aria-selected=true]")).to_contain_text("Lò Gò")
    assert page.locator("#q").get_attribute("aria-activedescendant") == page.locator(
        "[aria-selected=true]"
    ).get_attribute("id")
    page.keyboard.press("Enter")
    page.wait_for_url("**/id/lo-go-xa-mat.html?lang=vi")
    expect(page.locator("h1")).to_have_text("Vườn quốc gia Lò Gò - Xa Mát")
    page.locator('main a[href^="/source/"]').first.evaluate("link => link.click()")
    page.wait_for_url(re.compile(r"/source/[a-z0-9-]+\.html\?lang=vi"))


def test_enter_without_a_choice_searches(desk: Desk, lagoon_site: Site) -> None:
    page = desk.open(f"{lagoon_site.url}/id/lsoe-12.html?lang=en")
    page.locator("#search-site").fill("coralia")
    expect(page.locator(OPTIONS).first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=coralia&lang=en")
    expect(page.locator(".hits a").first).to_have_text("Coralia")


def test_a_suggestion_is_taken_with_the_pointer(desk: Desk, lagoon_site: Site) -> None:
    page = desk.open(f"{lagoon_site.url}/id/lsoe-12.html?lang=en", **PHONE)
    page.locator("#search-site").fill("port az")
    page.locator(OPTIONS).first.click()
    page.wait_for_url("**/id/port-azure.html?lang=en")


def test_escape_closes_and_keeps_what_was_typed(desk: Desk, lagoon_site: Site) -> None:
    page = desk.open(f"{lagoon_site.url}/?lang=en")
    page.locator("#q").fill("lsoe")
    expect(page.locator(OPTIONS).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("[role=listbox]")).to_be_hidden()
    expect(page.locator("#q")).to_have_value("lsoe")
    page.keyboard.press("ArrowUp")
    expect(page.locator(OPTIONS).last).to_have_attribute("aria-selected", "true")


def test_it_is_a_combobox_to_who_hears_it(
    desk: Desk, lagoon_site: Site, violations: Callable[[Page], list[str]]
) -> None:
    page = desk.open(f"{lagoon_site.url}/search?lang=vi", color_scheme="dark")
    page.locator("#q").fill("lsoe")
    expect(page.locator(OPTIONS).first).to_be_visible()
    box = page.get_by_role("combobox", name="Tìm theo tên")
    expect(box).to_have_attribute("aria-expanded", "true")
    said = page.locator(".suggest [role=status]")
    expect(said).to_have_text(f"Số gợi ý: {page.locator(OPTIONS).count()}. Chọn bằng phím mũi tên.")
    assert violations(page) == []
    page.locator("#q").fill("qqqqzzzz")
    expect(said).to_have_text("Không có gợi ý. Nhấn Enter để tìm.")


def test_labels_are_text(desk: Desk, lagoon_site: Site) -> None:
    page = desk.open(f"{lagoon_site.url}/?lang=en")
    hostile = '{"items":[{"slug":"x","label":"<img src=x onerror=alert(1)>\\u202e ភ្នំពេញ","class_key":"city",'
    hostile += '"class_label":"<b>city</b>","matched":"\\"><script>alert(1)</script>","match":"label"}]}'
    page.route("**/api/suggest**", lambda route: route.fulfill(body=hostile, content_type="application/json"))
    page.locator("#q").fill("x")
    expect(page.locator(OPTIONS).first).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator("[role=listbox] img, [role=listbox] script, [role=listbox] b").count() == 0


def test_where_the_server_is_gone_the_box_is_still_a_box(desk: Desk, lagoon_site: Site) -> None:
    page = desk.open(f"{lagoon_site.url}/?lang=en", quiet=False)
    page.route("**/api/suggest**", lambda route: route.abort())
    page.locator("#q").fill("lsoe")
    page.wait_for_timeout(400)
    expect(page.locator("[role=listbox]")).to_be_hidden()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=lsoe&lang=en")


def test_what_was_typed_last_is_what_is_suggested(desk: Desk, lagoon_site: Site) -> None:
    page = desk.open(f"{lagoon_site.url}/?lang=en")
    first: list[Route] = []
    # The first question is answered after the second.
    page.route("**/api/suggest?q=lsoe&**", lambda route: first.append(route))
    page.locator("#q").focus()
    page.locator("#q").press_sequentially("lsoe", delay=5)
    page.wait_for_timeout(300)
    page.locator("#q").fill("coralia")
    # What is suggested for the first letters of the first words has that name in it too.
    expect(page.locator(OPTIONS).first).to_contain_text("member state")
    labels = page.locator(OPTIONS).all_inner_texts()
    assert first
    first[0].continue_()
    page.wait_for_timeout(200)
    assert page.locator(OPTIONS).all_inner_texts() == labels

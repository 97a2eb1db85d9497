"""The catalogue of queries in a browser, as it is before any script."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.server.conftest import Site
from tests.web.conftest import Desk, in_two_ways

PLAIN = {"java_script_enabled": False}


@in_two_ways
@pytest.mark.parametrize("address", ["/queries/meetings-of-series?series=nowhere", "/queries/hosts"])
def test_nothing_is_in_anyones_way(
    desk: Desk,
    lagoon_site: Site,
    violations: Callable[[Page], list[str]],
    address: str,
    language: str,
    colours: str,
    size: dict,
) -> None:
    mark = "&" if "?" in address else "?"
    address = f"{lagoon_site.url}{address}{mark}lang={language}"
    # A page of status 400 is a complaint in the console of the browser.
    page = desk.open(address, quiet="nowhere" not in address, color_scheme=colours, **size)
    expect(page.locator("h1")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_from_words_to_the_source_of_a_row_without_scripts(desk: Desk, lagoon_site: Site) -> None:
    page = desk.open(f"{lagoon_site.url}/queries?lang=en", **PLAIN)
    page.get_by_label("Words").fill("meetings of a series")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="Meetings of a series", exact=True).click()
    series = page.get_by_label("The series.")
    label = series.locator("option").nth(1).inner_text()
    series.select_option(label=label)
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_label("The series.").locator("option:checked")).to_have_text(label)
    row = page.locator("#answer tbody tr").first
    expect(row).to_be_visible()
    row.locator(".cited a").first.click()
    note = page.locator(":target")
    expect(note).to_be_in_viewport()
    title = note.get_by_role("link").first
    title.click()
    expect(page).to_have_url(re.compile("/source/"))


def test_a_wrong_value_is_told_where_it_is(desk: Desk, lagoon_site: Site) -> None:
    page = desk.open(f"{lagoon_site.url}/queries/meetings-of-year?lang=vi", quiet=False, **PLAIN)
    field = page.locator("main form input[name=year]")
    field.fill("năm ngoái")
    page.locator("main form button").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("main form input[name=year]")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#wrong-year")).to_contain_text("Năm: 2019")
    page.locator("main form input[name=year]").fill("2031")
    page.locator("main form button").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator("#answer")).to_be_visible()


def test_the_form_by_keyboard(desk: Desk, lagoon_site: Site) -> None:
    page = desk.open(f"{lagoon_site.url}/queries/meetings-of-series?lang=en", **PLAIN)
    page.get_by_label("The series.").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Ask")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("series="))
    region = page.locator("#answer .scroll")
    region.focus()
    expect(region).to_be_focused()

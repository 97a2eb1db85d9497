"""The timeline in a browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from tests.server.conftest import Site
from tests.web.conftest import PHONE, Desk

from .test_map import ROWS

MARKS = ".picture svg.timeline [role=button]"


def test_a_mark_for_each_row(desk: Desk, real_site: Site) -> None:
    page = desk.open(f"{real_site.url}/timeline")
    expect(page.locator(MARKS).first).to_be_visible()
    assert page.locator(MARKS).count() == page.locator(ROWS).count() > 300


def test_zoom_by_years_and_walk(desk: Desk, real_site: Site) -> None:
    page = desk.open(f"{real_site.url}/timeline")
    page.locator(f"{MARKS}[tabindex='0']").focus()
    years = page.locator("text.axis").all_inner_texts()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    told = page.locator(":focus").get_attribute("aria-label")
    for _ in range(4):
        page.keyboard.press("+")
    assert page.locator("text.axis").all_inner_texts() != years
    # Whoever had a mark still has it.
    expect(page.locator(":focus")).to_have_attribute("aria-label", told or "")
    page.keyboard.press("0")
    assert page.locator("text.axis").all_inner_texts() == years
    page.keyboard.press("Enter")
    expect(page.locator(".card.pinned a").first).to_be_visible()
    expect(page.locator("tr.chosen")).to_have_count(1)


def test_more_kinds_by_choice(desk: Desk, real_site: Site) -> None:
    page = desk.open(f"{real_site.url}/timeline")
    before = page.locator(ROWS).count()
    page.locator("input[value=chairship]").check()
    assert page.locator(ROWS).count() > before
    assert "class=chairship" in page.url
    expect(page.locator("path.bar").first).to_be_attached()
    page.locator("select[name=lanes]").select_option("series")
    expect(page.locator("text.lane-name").filter(has_text="ASEAN Summit")).not_to_have_count(0)
    page.locator("select[name=series]").select_option("amme-meetings")
    rows = page.locator(ROWS).count()
    assert rows == page.locator(f"{ROWS}[data-within=amme-meetings]").count() > 5


def test_dates_are_drawn_as_they_are_known(desk: Desk, real_site: Site) -> None:
    page = desk.open(f"{real_site.url}/timeline")
    vague = page.locator("table.overview tbody tr:visible").evaluate_all(
        "rows => rows.filter(row => [row.dataset.since, row.dataset.until].some(d => d && d.length < 10)).length"
    )
    assert page.locator(".mark:has(path.vague)").count() == vague > 0
    disputed = page.locator(f"{ROWS}[data-disputed]").count()
    assert page.locator("circle.dispute").count() == disputed > 0
    assert page.locator(f"{ROWS} .status.disputed").count() == disputed
    assert page.locator(".shape.hollow").count() > 0


def test_a_broken_date_is_told(desk: Desk, real_site: Site) -> None:
    page = desk.open(f"{real_site.url}/timeline")
    rows = page.locator(ROWS).count()
    page.locator("input[name=from]").fill("yesterday")
    page.locator("input[name=from]").press("Enter")
    assert not page.locator("input[name=from]").evaluate("field => field.validity.valid")
    assert page.locator(ROWS).count() == rows
    page.locator("input[name=from]").fill("")
    page.locator("input[name=until]").fill("1900")
    page.locator("input[name=until]").press("Enter")
    expect(page.locator(".told")).to_contain_text("Nothing fits")
    expect(page.locator(".picture svg")).to_be_visible()


def test_on_a_phone(desk: Desk, real_site: Site) -> None:
    page = desk.open(f"{real_site.url}/timeline", **PHONE)
    expect(page.locator(MARKS).first).to_be_visible()
    width = page.locator(".picture svg").evaluate("picture => picture.getBoundingClientRect().width")
    assert width <= 360
    page.locator(MARKS).nth(3).tap()
    expect(page.locator(".card.pinned")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "vi"])
def test_without_a_script(desk: Desk, real_site: Site, language: str) -> None:
    page = desk.open(f"{real_site.url}/timeline?lang={language}", java_script_enabled=False)
    expect(page.locator("svg.timeline")).to_be_visible()
    page.locator("input[value=instrument]").uncheck()
    page.locator("form.choice button").click()
    assert re.search(r"class=event", page.url)
    assert page.locator(f"{ROWS}[data-slot='3']").count() == 0

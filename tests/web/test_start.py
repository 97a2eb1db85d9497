"""The start page in a browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.server.conftest import Site
from tests.web.conftest import DESK, PHONE, Desk


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["wide", "narrow"])
def test_nothing_is_in_anyones_way(
    desk: Desk, lagoon_site: Site, violations: Callable[[Page], list[str]], language: str, colours: str, size: dict
) -> None:
    page = desk.open(f"{lagoon_site.url}/?lang={language}", color_scheme=colours, **size)
    expect(page.locator("h1")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

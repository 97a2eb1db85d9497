"""What a page weighs: what is sent for it in all, compressed, before anything is asked of it; and how little waits."""

from __future__ import annotations

import pytest
from tests.server.conftest import Site
from tests.web.conftest import Desk
from tests.web.kinds import address, kind
from tests.web.weight import weigh

KIBIBYTE = 1024
BUDGETS = {"start": 60, "entity": 60, "entity-long": 60, "search": 40, "fact": 40, "missing-page": 40}
"""KiB, compressed, without images and fonts."""
SCRIPTS = 8
"""KiB of scripts that every page loads."""


@pytest.mark.parametrize("name", BUDGETS)
@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_page_is_light(desk: Desk, real_site: Site, name: str, language: str) -> None:
    example = kind(name)
    found = weigh(desk.browser, real_site.url + address(real_site, example.real, language), quiet=example.status == 200)
    assert found.total <= BUDGETS[name] * KIBIBYTE, found.by_kind
    assert found.by_kind.get("script", 0) <= SCRIPTS * KIBIBYTE, found.by_kind
    # Problems are rare, and what tells of them is short.
    large = [each for each in found.parts if each.bytes > 4 * KIBIBYTE and example.status == 200]
    assert all(each.coding in ("br", "zstd", "gzip") for each in large)


def test_a_page_is_read_before_its_scripts_arrive(desk: Desk, real_site: Site) -> None:
    page = desk.open(f"{real_site.url}/?lang=en")
    held: list[object] = []
    # All that is no part of the head of the page never comes.
    page.route("**/assets/site-*.js", lambda route: held.append(route))
    page.goto(f"{real_site.url}/id/lo-go-xa-mat.html?lang=en", wait_until="commit")
    page.locator("h1").wait_for(state="visible")
    page.locator("footer").wait_for(state="visible")
    painted = page.evaluate(
        """() => new Promise((done) => new PerformanceObserver((list) => done(list.getEntries().length))
             .observe({ type: "paint", buffered: true }))"""
    )
    assert painted > 0

"""The site of static files in a browser: from a plain file server, below a path, with every other host cut off."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.publish.conftest import lagoon_folder, nowhere
from tests.web.conftest import PHONE, Desk

__all__ = ["lagoon_folder", "nowhere"]

PATH = "/some/where"


class _Plain(SimpleHTTPRequestHandler):
    """Files below a path, as any host has them: no rules, no headers of its own."""

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix(PATH)) if path.startswith(f"{PATH}/") else "/nowhere"

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@pytest.fixture(scope="module")
def static_site(lagoon_folder: Path) -> Iterator[str]:
    handler = partial(_Plain, directory=str(lagoon_folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{PATH}/"
        server.shutdown()


def _cut(page: Page, site: str) -> None:
    """No other host can be reached."""
    page.route(lambda url: not url.startswith((site, "data:", "blob:")), lambda route: route.abort())


@pytest.mark.parametrize(("language", "start", "words"), [("en", "", "lo da"), ("vi", "vi/index.html", "Lo Da")])
def test_from_search_without_diacritics_to_a_source(
    desk: Desk, static_site: str, language: str, start: str, words: str
) -> None:
    page = desk.open(static_site + start)
    _cut(page, static_site)
    expect(page.locator("html")).to_have_attribute("lang", language)
    page.locator("input[name=q]").first.fill(words)
    page.locator("input[name=q]").first.press("Enter")
    page.locator("ol.hits a").first.click()
    expect(page.locator("h1")).to_contain_text("Lò Đá")
    expect(page.locator("html")).to_have_attribute("lang", language)
    # It stands in a part that is folded until somebody opens it.
    page.locator("main a[href*='source/']").first.dispatch_event("click")
    page.wait_for_url("**/source/**")
    expect(page.locator("h1")).to_be_visible()
    assert "/source/" in page.url


def test_a_query_runs_in_the_editor(desk: Desk, static_site: str) -> None:
    page = desk.open(static_site + "sparql.html?query=SELECT%20%3Fx%20%7B%20%3Fx%20a%20asoen%3AMeeting%20%7D")
    _cut(page, static_site)
    # Until the editor stands there, the button is that of the form for readers without scripts.
    expect(page.locator(".cm-content")).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="Run").first.click()
    expect(page.locator("main table").first).to_be_visible(timeout=60_000)
    expect(page.locator("main table").first).to_contain_text("LSOE")


def test_an_address_of_the_server_leads_to_the_file(desk: Desk, static_site: str) -> None:
    page = desk.open(static_site + "id/coralia.html?lang=vi")
    page.wait_for_url(static_site + "vi/id/coralia.html")


def test_without_scripts_everything_can_be_read(desk: Desk, static_site: str) -> None:
    page = desk.open(static_site, java_script_enabled=False, **PHONE)
    page.locator("nav a", has_text="Entities").click()
    page.locator("main a[href*='id/']").first.click()
    expect(page.locator("h1")).to_be_visible()
    page.goto(static_site + "search.html")
    assert "JavaScript" in page.locator("main noscript").first.inner_text()

"""A real Chromium before a real server: a page that asks another host for anything fails its test."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request
from tests.browser import chromium
from tests.server.conftest import LIMITS, Site, running

from asoen_graph.build.keeping import pack
from asoen_graph.build.pipeline import build_release
from asoen_graph.release import Release
from asoen_graph.resources import queries_folder, release_folder
from asoen_graph.server.settings import Settings
from asoen_graph.server.web import web_files

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
DESK = {"viewport": {"width": 1280, "height": 900}}

in_two_ways = pytest.mark.parametrize(
    ("language", "colours", "size"), [("en", "dark", DESK), ("vi", "light", PHONE)], ids=["wide", "narrow"]
)
"""Both languages, themes and widths, in the pairings in which ``test_every_kind`` does not see a page."""

_MOST_ALIKE = 12
_WITHOUT_THE_REST = """most => {
  window.outOfSight = [];
  for (const each of document.querySelectorAll("main *")) {
    const before = each.previousElementSibling;
    each.alike = before?.tagName === each.tagName ? (before.alike ?? 0) + 1 : 0;
    if (each.alike >= most && !each.contains(document.activeElement)) outOfSight.push([each, each.style.display]);
  }
  for (const [each] of outOfSight) each.style.display = "none";
}"""
_WITH_THE_REST = "() => { for (const [each, display] of outOfSight) each.style.display = display; }"


@pytest.fixture(scope="session")
def built() -> None:
    """The scripts of the pages, which `make web` builds."""
    if not web_files().is_built:
        pytest.fail("The scripts of the pages are not built: make web")


@pytest.fixture(scope="session")
def lagoon_site(built: None, lagoon_release: Release, kept_lagoon: Path) -> Iterator[Site]:
    """A server over the invented world, with the catalogue of the project and a release that was kept before."""
    settings = Settings(lagoon_release.folder, queries=queries_folder(), workers=2, limits=LIMITS, releases=kept_lagoon)
    with running(settings) as site:
        yield site


@pytest.fixture(scope="session")
def kept_lagoon(lagoon: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of kept releases with one of the invented world in which less is known."""
    folder = tmp_path_factory.mktemp("kept-lagoon")
    world = shutil.copytree(lagoon, folder / "world")
    source = world / "data/sources/blue-school-flyer.yaml"
    text = source.read_text(encoding="utf-8")
    source.write_text(
        text.replace("  starts: 2031-08-19\n", "").replace("nominees: 2", "nominees: 3"), encoding="utf-8"
    )
    build_release(world, folder / "release", "2031.4.0", cache=None, progress=lambda _: None)
    pack(Release.open(folder / "release"), folder / "releases/2031.4.0")
    return folder / "releases"


@pytest.fixture(scope="session")
def real_site(built: None) -> Iterator[Site]:
    """A server over the release that `make build` made."""
    with running(Settings(release_folder(), queries=queries_folder(), workers=2)) as site:
        yield site


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@dataclass
class Desk:
    """Someone with a browser, and what went on in it."""

    browser: Browser
    contexts: list[BrowserContext] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    """The addresses on other hosts that a page asked for."""
    wrong: list[str] = field(default_factory=list)
    """What the pages complained of."""

    def open(self, url: str, *, quiet: bool = True, **options: Any) -> Page:
        """A page in a context of its own; ``quiet=False`` where it is to complain."""
        context = self.browser.new_context(**{**DESK, "locale": "en-GB", **options})
        context.set_default_timeout(15_000)
        # The quality report compares releases, which takes long where the machine has much else to do.
        context.set_default_navigation_timeout(60_000)
        self.contexts.append(context)
        page = context.new_page()
        host = "/".join(url.split("/")[:3])

        def note(request: Request) -> None:
            if not request.url.startswith((host, "data:", "blob:")):
                self.asked.append(request.url)

        def hear(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning"):
                self.wrong.append(f"{message.text} ({message.location})")

        context.on("request", note)
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        if quiet:
            page.on("console", hear)
        page.goto(url)
        return page


@pytest.fixture
def desk(browser: Browser) -> Iterator[Desk]:
    """Fails where a page asked another host for anything, broke its policy, or had an error."""
    desk = Desk(browser)
    yield desk
    for context in desk.contexts:
        context.close()
    assert desk.asked == []
    assert desk.wrong == []


@pytest.fixture(scope="session")
def violations() -> Callable[[Page], list[str]]:
    """What axe finds wrong with a page, one line each; empty for WCAG 2.2 AA and its best practices.

    Of rows, entries and parts of a kind that stand one after the other it sees the first ones: a page with hundreds
    takes it a minute otherwise.
    """
    axe = Axe()

    def look(page: Page) -> list[str]:
        page.evaluate(_WITHOUT_THE_REST, _MOST_ALIKE)
        found = axe.run(page, options={"runOnly": {"type": "tag", "values": WCAG}}).response
        page.evaluate(_WITH_THE_REST)
        return [
            f"{each['id']} ({each['impact']}): {each['help']}: {node['target']} {node['failureSummary']}"
            for each in found["violations"]
            for node in each["nodes"]
        ]

    return look


def until(page: Page, expression: str, seconds: float = 15) -> None:
    """Wait until an expression holds. Playwright's own way evaluates it in the page, which the policy forbids."""
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"{expression} did not become true"
        page.wait_for_timeout(50)

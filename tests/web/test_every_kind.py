"""What holds for every kind of page: nothing is in anyone's way, by keyboard, in either language, without scripts.

Each kind is visited twice with scripts and once without, so that both languages, both themes and both widths are seen;
the two that most readers see are visited in the other pairings too.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from tests.server.conftest import Site
from tests.web.conftest import DESK, Desk
from tests.web.english import told_in_english
from tests.web.kinds import KINDS, NAMES, address, kind

from asoen_graph.release import Release

NARROW = {"viewport": {"width": 320, "height": 640}, "has_touch": True}
"""Where reflow is demanded (WCAG 2.2, 1.4.10): as wide as 1280 pixels at 400 %."""
VISITS = [
    *((name, "en", "light", DESK) for name in NAMES),
    *((name, "vi", "dark", NARROW) for name in NAMES),
    *((name, "vi", "light", NARROW) for name in ("start", "entity")),
    *((name, "en", "dark", DESK) for name in ("start", "entity")),
]
MOST_STEPS = 30

FOCUSED = """() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  if (!at || at === document.body) return null;
  window.steps ??= new Map();
  if (!window.steps.has(at)) window.steps.set(at, window.steps.size);
  const box = at.getBoundingClientRect();
  const isMarked = (style) =>
    (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  // A mark of a picture has a ring of its own.
  let shown = Boolean(at.querySelector(".halo")?.checkVisibility());
  // An editor shows it on what surrounds the text.
  for (let each = at, up = 0; each && up < 6 && !shown; each = each.parentElement ?? each.getRootNode().host, up++) {
    shown = isMarked(getComputedStyle(each));
  }
  return { number: window.steps.get(at), shown, seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
           what: at.outerHTML.slice(0, 120) };
}"""

IN_EDITOR = """() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return Boolean(at?.isContentEditable);
}"""


def visited(page: Page, language: str) -> None:
    """What is true of every page, however it is looked at."""
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").count() == 1
    assert page.locator("main").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it scrolls sideways"


def walk(page: Page) -> None:
    """Go from one thing to the next with the keyboard: nothing is out of sight, and nothing holds the focus."""
    # A box that is focused from the start would hide the way there.
    page.evaluate("document.activeElement?.blur()")
    wanted = page.evaluate(
        """() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
             .filter((each) => each.tabIndex >= 0 && each.checkVisibility({ visibilityProperty: true })).length"""
    )
    steps: list[int] = []
    for _ in range(min(MOST_STEPS, wanted)):
        if page.evaluate(IN_EDITOR):
            # Where Tab is a letter, Escape makes it a way out again.
            page.keyboard.press("Escape")
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at is not None and not at["shown"]:
            # An editor marks itself a moment later.
            page.wait_for_timeout(200)
            at = page.evaluate(FOCUSED)
        assert at is not None, f"the focus is lost after {len(steps)} steps"
        assert at["shown"], f"the focus is not to be seen: {at['what']}"
        assert at["seen"], f"what has the focus is out of sight: {at['what']}"
        assert at["number"] not in steps, f"the focus is caught: {at['what']}"
        steps.append(at["number"])


def test_the_visits_see_both_of_everything() -> None:
    for name in NAMES:
        seen = [(language, colours, size["viewport"]["width"]) for n, language, colours, size in VISITS if n == name]
        assert all(len(set(each)) == 2 for each in zip(*seen, strict=True))


@pytest.mark.parametrize(("name", "language", "colours", "size"), VISITS, ids=lambda value: str(value)[:14])
def test_nothing_is_in_anyones_way(
    desk: Desk,
    lagoon_site: Site,
    lagoon_release: Release,
    violations: Callable[[Page], list[str]],
    name: str,
    language: str,
    colours: str,
    size: dict,
) -> None:
    example = kind(name)
    url = lagoon_site.url + address(lagoon_site, example.lagoon, language)
    page = desk.open(url, quiet=example.status == 200, color_scheme=colours, **size)
    page.wait_for_load_state("networkidle")
    visited(page, language)
    if language == "vi":
        assert told_in_english(page, lagoon_release) == []
    assert violations(page) == []
    if size is DESK and colours == "light":
        walk(page)


@pytest.mark.parametrize("name", NAMES)
def test_everything_is_there_without_scripts(desk: Desk, lagoon_site: Site, name: str) -> None:
    example = kind(name)
    url = lagoon_site.url + address(lagoon_site, example.lagoon, "vi")
    page = desk.open(url, quiet=example.status == 200, java_script_enabled=False, **NARROW)
    visited(page, "vi")
    assert len(page.locator("main").inner_text()) > 40
    assert not page.locator("#colours-of-site").is_visible()


def test_the_way_past_the_head(desk: Desk, lagoon_site: Site) -> None:
    page = desk.open(f"{lagoon_site.url}/id/lsoe-12.html?lang=en")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("language", ["en", "vi"])
def test_no_two_kinds_have_the_same_title(lagoon_site: Site, language: str) -> None:
    titles = {}
    for each in KINDS:
        answer = lagoon_site.client.get(
            address(lagoon_site, each.lagoon, language), headers={"Accept": "text/html"}, follow_redirects=True
        )
        assert answer.status_code == each.status, each.name
        assert answer.headers["content-language"] == language
        titles[each.name] = re.findall("<title>(.*?)</title>", answer.text, re.DOTALL)[0]
    assert len({*titles.values()}) == len(titles), titles


@pytest.mark.parametrize("name", NAMES)
def test_it_is_there_on_the_real_release(real_site: Site, name: str) -> None:
    example = kind(name)
    answer = real_site.client.get(
        address(real_site, example.real, "vi"), headers={"Accept": "text/html"}, follow_redirects=True
    )
    assert answer.status_code == example.status
    assert answer.text.count("<h1") == 1

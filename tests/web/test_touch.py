"""Fingers on maps, timelines and networks: one scrolls the page, two enlarge the picture and nothing else."""

from __future__ import annotations

from playwright.sync_api import CDPSession
from tests.server.conftest import Site
from tests.web.conftest import PHONE, Desk, until

_Way = tuple[tuple[float, float], tuple[float, float]]

_LARGE = {
    "/map": "document.querySelector('.picture.live .graticule')?.getBoundingClientRect().width",
    # The fewer years are seen, the larger they are.
    "/timeline": """1 / [...document.querySelectorAll('.picture.live .axis')]
        .map((each, place, all) => Number(all.at(-1).textContent) - Number(all[0].textContent))[0]""",
    "/networks/hosts-and-guests": """((all) => all.length && Math.max(...all) - Math.min(...all))(
        [...document.querySelectorAll('.stage .node')].map((each) => each.getBoundingClientRect().x))""",
}
"""How large the picture of a page is drawn."""


def test_one_finger_scrolls_and_two_enlarge(desk: Desk, lagoon_site: Site) -> None:
    """Nobody is caught in a picture, and nobody needs the buttons."""
    page = desk.open(lagoon_site.url + "/map", **PHONE)
    fingers = page.context.new_cdp_session(page)
    for path, large in _LARGE.items():
        if not page.url.endswith(path):
            page.goto(lagoon_site.url + path)
        until(page, f"({large}) > 0")
        picture = page.locator(".stage, .picture.live .canvas > svg")
        picture.evaluate("each => each.scrollIntoView({ block: 'start' })")
        box = picture.bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + min(box["height"], 300) / 2
        before = page.evaluate(large)
        _drag(fingers, ((x - 20, y), (x - 80, y)), ((x + 20, y), (x + 80, y)))
        until(page, f"({large}) > {before} * 1.2")
        assert page.evaluate("visualViewport.scale") == 1
        scrolled = page.evaluate("scrollY")
        _drag(fingers, ((x, y), (x, y + 60)))
        until(page, f"scrollY < {scrolled} - 20")


def _drag(fingers: CDPSession, *ways: _Way) -> None:
    for step in range(7):
        points = [
            {"id": finger, "x": x1 + (x2 - x1) * step / 6, "y": y1 + (y2 - y1) * step / 6}
            for finger, ((x1, y1), (x2, y2)) in enumerate(ways)
        ]
        kind = "touchMove" if step else "touchStart"
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

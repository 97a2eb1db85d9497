"""The map in a browser: looked around in by keys, chosen among without asking, and the same as its table."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.server.conftest import Site
from tests.web.conftest import Desk, in_two_ways, until

from asoen_graph.server.web import web_files

MARKS = ".picture svg.map [role=button]"
ROWS = "table.overview tbody tr:visible"


def drawn(page: Page) -> int:
    """How many things the marks say they stand for."""
    counts = page.locator(".picture svg .mark").evaluate_all(
        "marks => marks.map(mark => Number(mark.querySelector('text.count')?.textContent ?? 1))"
    )
    return sum(counts)


def listed(page: Page) -> int:
    """How many rows there are of what a map counts."""
    grounds = page.locator(f"{ROWS}[data-ground]").count()
    return page.locator(ROWS).count() - grounds


def zoomed(page: Page) -> float:
    transform = page.locator(".picture svg > g[transform]").get_attribute("transform") or ""
    return float(re.findall(r"scale\(([\d.]+)\)", transform)[0])


@in_two_ways
@pytest.mark.parametrize("address", ["map", "timeline"])
def test_nothing_is_in_anyones_way(
    desk: Desk,
    lagoon_site: Site,
    violations: Callable[[Page], list[str]],
    address: str,
    language: str,
    colours: str,
    size: dict,
) -> None:
    page = desk.open(f"{lagoon_site.url}/{address}?lang={language}", color_scheme=colours, **size)
    expect(page.locator(".picture.live svg")).to_be_visible()
    page.locator(".picture [role=button]").first.press("Enter")
    expect(page.locator(".card.pinned")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_picture_shows_what_the_table_lists(desk: Desk, real_site: Site) -> None:
    page = desk.open(f"{real_site.url}/map")
    expect(page.locator(MARKS).first).to_be_visible()
    # Ground that is alone at its point is counted by the picture too.
    assert drawn(page) >= listed(page) > 200
    page.get_by_label("Place", exact=False).first.uncheck()
    expect(page.locator("table.overview tr[data-slot='6']:visible")).to_have_count(0)
    assert drawn(page) == page.locator(ROWS).count()


@pytest.mark.parametrize("address", ["map", "timeline"])
@pytest.mark.parametrize("script", [True, False])
def test_every_mark_has_the_colour_of_its_kind(desk: Desk, real_site: Site, address: str, *, script: bool) -> None:
    page = desk.open(f"{real_site.url}/{address}", java_script_enabled=script)
    expect(page.locator(".picture .shape").first).to_be_visible()
    found = page.locator(".picture .s0 .shape:not(.hollow), .picture .s3 .shape:not(.hollow)").evaluate_all(
        "shapes => [...new Set(shapes.map(each => getComputedStyle(each).fill))]"
    )
    assert set(found) == {"rgb(0, 102, 166)", "rgb(138, 63, 143)"} or found == ["rgb(0, 102, 166)"]


def test_zoom_and_walk_by_keys(desk: Desk, real_site: Site) -> None:
    page = desk.open(f"{real_site.url}/map?class=heritage-park")
    marks = page.locator(MARKS)
    before = marks.count()
    first = marks.and_(page.locator("[tabindex='0']"))
    expect(first).to_have_count(1)
    first.focus()
    card = page.locator(".card")
    expect(card).to_be_visible()
    told = card.inner_text()
    page.keyboard.press("ArrowRight")
    expect(card).not_to_have_text(told)
    page.keyboard.press("+")
    page.keyboard.press("+")
    assert zoomed(page) == pytest.approx(2.56)
    expect(marks.and_(page.locator(":focus"))).to_have_count(1)
    page.keyboard.press("0")
    assert zoomed(page) == 1
    assert marks.count() == before
    page.keyboard.press("Enter")
    expect(page.locator("[aria-pressed=true]")).to_have_count(1)
    expect(page.locator("table.overview tr.chosen").first).to_be_visible()
    # On into the card, to the thing, to its source.
    page.keyboard.press("Tab")
    expect(card.locator("a").first).to_be_focused()
    page.keyboard.press("Tab")
    assert "/fact/" in (card.locator(":focus").get_attribute("href") or "")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(page.locator("[aria-pressed=true]")).to_have_count(0)


def test_buttons_and_wheel(desk: Desk, real_site: Site) -> None:
    page = desk.open(f"{real_site.url}/map")
    page.get_by_role("button", name="Zoom in").click()
    assert zoomed(page) == pytest.approx(1.6)
    before = page.locator(".picture svg > g[transform]").get_attribute("transform")
    page.get_by_role("button", name="Move right").click()
    assert page.locator(".picture svg > g[transform]").get_attribute("transform") != before
    page.get_by_role("button", name="Show all").click()
    assert zoomed(page) == 1
    page.locator(".picture svg").hover(position={"x": 300, "y": 300})
    page.mouse.wheel(0, -100)
    assert zoomed(page) == 1
    page.evaluate("scrollTo(0, 0)")
    page.keyboard.down("Control")
    page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    until(
        page, "!document.querySelector('.picture svg > g[transform]').getAttribute('transform').startsWith('scale(1)')"
    )


def test_from_the_table_to_the_map(desk: Desk, real_site: Site) -> None:
    page = desk.open(f"{real_site.url}/map?class=heritage-park")
    row = page.locator(ROWS).nth(20)
    name = row.locator("th a").inner_text()
    row.locator("button.find").click()
    expect(page.locator(".card.pinned")).to_contain_text(name)
    assert zoomed(page) >= 4
    expect(row).to_have_class(re.compile("chosen"))


def test_the_address_says_what_is_chosen(desk: Desk, real_site: Site) -> None:
    page = desk.open(f"{real_site.url}/map?lang=vi")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator("select[name=country]").select_option("viet-nam")
    page.locator("input[value=event]").uncheck()
    page.locator("input[name=from]").fill("2015")
    page.locator("input[name=from]").press("Enter")
    assert re.search(r"country=viet-nam&from=2015&lang=vi", page.url)
    assert "class=event" not in page.url
    # Chromium looks at the icon again when the address changes.
    assert [url for url in asked if "/assets/icon" not in url] == []
    shown = page.locator(ROWS).count()
    assert shown == page.locator(f"{ROWS}[data-countries~=viet-nam]").count() > 0
    told = page.locator(".told").inner_text()
    download = page.get_by_role("link", name="CSV").get_attribute("href") or ""
    assert "country=viet-nam" in download
    # The server answers the same address with the same.
    page.reload()
    expect(page.locator(".told")).to_have_text(told)
    assert page.locator(ROWS).count() == shown
    page.get_by_role("link", name="Bỏ lựa chọn").click()
    assert page.url.endswith("?lang=vi")
    assert page.locator(ROWS).count() > shown


@pytest.mark.parametrize(
    "address", ["map?class=heritage-park", "timeline?class=event&from=2019", "timeline?lanes=series"]
)
@pytest.mark.parametrize("language", ["en", "vi"])
def test_script_and_server_tell_the_same(desk: Desk, real_site: Site, address: str, language: str) -> None:
    url = f"{real_site.url}/{address}{'&'}lang={language}"
    plain = desk.open(url, java_script_enabled=False)
    alive = desk.open(url)
    expect(alive.locator(".picture.live svg")).to_be_visible()
    assert alive.locator(".told").inner_text() == plain.locator(".told").inner_text()
    assert alive.locator(ROWS).count() == plain.locator(ROWS).count()
    lanes = "texts => texts.map(each => each.textContent)"
    assert alive.locator("text.lane-name").evaluate_all(lanes) == plain.locator("text.lane-name").evaluate_all(lanes)


def test_without_a_script(desk: Desk, real_site: Site) -> None:
    page = desk.open(f"{real_site.url}/map", java_script_enabled=False)
    expect(page.locator("svg.map")).to_be_visible()
    page.locator("select[name=country]").select_option("viet-nam")
    page.get_by_role("button", name="Show these").click()
    # Until it has come to its end, a page has fewer rows.
    page.wait_for_url("**/map?*country=viet-nam*")
    assert 0 < page.locator(ROWS).count() < 200


HOSTILE = """async ([url, kind, count]) => {
  const { showMap, showTimeline } = await import(url);
  const label = (n) => `<script>document.title = "broken"</script> "ខ្មែរ" שלום ${n}`;
  const host = document.createElement("div");
  document.querySelector("main").replaceChildren(host);
  const things = Array.from({ length: count }, (_, n) => ({
    label: label(n), address: "", kind: `<b>${n % 12}</b>`, details: [["<i>", "<u>"]],
    longitude: -10 + (n % 200), latitude: (n % 100) - 20, from: n % 3 ? String(1900 + (n % 120)) : "", until: "",
  }));
  (kind === "map" ? showMap : showTimeline)(host, things, "en");
  return [host.querySelectorAll("script, b, u").length, document.title];
}"""


@pytest.mark.parametrize("kind", ["map", "timeline"])
@pytest.mark.parametrize("count", [0, 1, 5000])
def test_what_comes_from_anywhere_is_text(desk: Desk, lagoon_site: Site, kind: str, count: int) -> None:
    page = desk.open(f"{lagoon_site.url}/{kind}")
    title = page.title()
    chunk = part_with(lagoon_site, f"show{kind.title()}")
    if chunk is None:
        pytest.skip(f"No page of this build shows rows as a {kind}")
    module, exported = chunk
    script = HOSTILE.replace("{ showMap, showTimeline }", f"{{ {exported}: show }}").replace(
        '(kind === "map" ? showMap : showTimeline)', "show"
    )
    found = page.evaluate(script, [f"{lagoon_site.url}/assets/{module}", kind, count])
    assert found == [0, title]
    expect(page.locator(".picture svg")).to_be_visible()
    assert page.locator("table.overview tbody tr").count() == min(count, 500)


def part_with(site: Site, function: str) -> tuple[str, str] | None:
    """The file of the build that gives a function, and the function's name."""
    files = web_files()
    for each in files.names:
        if each.endswith(".js") and re.search(rf" as {function}\b", files.read(each).decode()):
            return each, function
    return None


def test_less_motion_and_print(desk: Desk, real_site: Site) -> None:
    page = desk.open(f"{real_site.url}/map?class=heritage-park", reduced_motion="reduce")
    page.emulate_media(media="print")
    expect(page.locator(".steer")).to_be_hidden()
    expect(page.locator(".choice")).to_be_hidden()
    expect(page.locator("svg.map")).to_be_visible()
    expect(page.locator("button.find").first).to_be_hidden()

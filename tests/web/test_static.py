"""The site of static files in a browser: from a plain file server, below a path, with every other host cut off."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect
from tests.publish.conftest import lagoon_folder, nowhere
from tests.web.conftest import DESK, PHONE, Desk
from tests.web.test_editor import editor, run, settle, write, written

__all__ = ["lagoon_folder", "nowhere"]

PATH = "/some/where"
KINDS = (
    "index.html",
    "search.html?q=lsoe",
    "search.html?q=zzzz+qqqq",
    "id/lsoe-12.html",
    "id/coralia.html",
    "source/lagoon-union-record.html",
    "entities.html",
    "entities/meeting.html",
    "sources.html",
    "queries.html",
    "queries/meetings-of-series.html?series=lsoe-series",
    "networks.html",
    "networks/participants-and-meetings.html?series=lsoe-series",
    "networks/query.html?query=SELEC",
    "map.html",
    "timeline.html",
    "ontology.html",
    "releases.html",
    "report.html",
    "sparql.html#query=SELECT * { ?x a asoen:Meetng }",
    "server.html",
    "fact.html",
    "lsoe-13",
)
"""Every kind of page the site has; the last is none."""
TO_THE_LETTER = ("source/", "entities", "sources", "networks.html", "ontology", "releases", "report")
"""Those that are the server's to the letter, which ``test_every_kind`` looks at."""


class _Plain(SimpleHTTPRequestHandler):
    """Files below a path, as any host has them: no rules, no headers of its own, one page for what is not there."""

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix(PATH)) if path.startswith(f"{PATH}/") else "/nowhere"

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@pytest.fixture(scope="module")
def static_site(lagoon_folder: Path) -> Iterator[str]:
    handler = partial(_Plain, directory=str(lagoon_folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{PATH}/"
        server.shutdown()


def visit(desk: Desk, site: str, path: str = "", **options: Any) -> Page:
    """A page of the site; no other host can be reached, nor another path of this one."""
    page = desk.open(site + "server.html", **options)
    page.route(lambda url: not url.startswith((site, "data:", "blob:")), lambda route: route.abort())
    page.goto(site + path)
    return page


@pytest.mark.parametrize(
    ("language", "options"),
    [("", {**DESK, "color_scheme": "dark"}), ("vi/", {**PHONE, "color_scheme": "light"})],
    ids=["wide", "narrow"],
)
def test_nothing_is_in_anyones_way(
    desk: Desk, static_site: str, violations: Callable[[Page], list[str]], language: str, options: dict[str, Any]
) -> None:
    # Each kind of page is seen once: half of them in one way, half in the other. The missing page is an error of HTTP.
    page = visit(desk, static_site, quiet=False, **options)
    page.on("pageerror", lambda error: desk.wrong.append(str(error)))
    found = {}
    for kind in KINDS[bool(language) :: 2]:
        page.goto(static_site + language + kind)
        page.wait_for_load_state("networkidle")
        # The explorer reckons here, and has its tables when it is done.
        page.wait_for_function("[...document.querySelectorAll('.tables h2')].every(each => each.textContent)")
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        found[kind] = [] if kind.startswith(TO_THE_LETTER) else violations(page)
        found[kind] += [f"{wide} px too wide"] if wide > 0 else []
    assert {kind: wrong for kind, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(("language", "start", "words"), [("en", "", "lo da"), ("vi", "vi/index.html", "Lo Da")])
def test_from_search_without_diacritics_to_a_source(
    desk: Desk, static_site: str, language: str, start: str, words: str
) -> None:
    page = visit(desk, static_site, start)
    expect(page.locator("html")).to_have_attribute("lang", language)
    box = page.locator("input[name=q]").first
    box.fill(words)
    expect(page.locator("[role=option]").first).to_contain_text("Lò Đá")
    box.press("Enter")
    page.locator("ol.hits a").first.click()
    expect(page.locator("h1")).to_contain_text("Lò Đá")
    expect(page.locator("html")).to_have_attribute("lang", language)
    # It stands in a part that is folded until somebody opens it.
    page.locator("main a[href*='source/']").first.dispatch_event("click")
    page.wait_for_url("**/source/**")
    expect(page.locator("h1")).to_be_visible()
    assert "/source/" in page.url


def test_keys_are_enough(desk: Desk, static_site: str) -> None:
    page = visit(desk, static_site, "vi/index.html")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # past what is at the top of every page
    page.keyboard.press("Tab")
    page.keyboard.type("lsoe 12")
    expect(page.locator("[role=option]").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/vi/id/lsoe-12.html")


def test_a_query_is_written_mended_asked_and_taken_along(desk: Desk, static_site: str, tmp_path: Path) -> None:
    page = visit(desk, static_site, "sparql.html")
    expect(editor(page)).to_be_visible(timeout=60_000)
    write(page, "")
    page.keyboard.type("SELECT ?place ?starts ?m { ?m a meet")
    expect(page.get_by_role("option", name=re.compile("asoen:Meeting meeting"))).to_be_visible()
    settle(page)
    page.keyboard.press("Enter")
    page.keyboard.type(" ; asoen:strts ?starts ; asoen:place ?place")
    page.keyboard.press("Escape")
    expect(page.locator(".cm-lintRange-warning")).to_have_text("asoen:strts", timeout=60_000)
    expect(page.locator(".problems")).to_contain_text("Did you mean asoen:starts")
    page.keyboard.press("Alt+Enter")
    expect(page.locator(".problems")).to_have_count(0)
    page.keyboard.press("Control+Enter")
    answer = page.locator("#answer")
    expect(answer.locator("table").first).to_contain_text("12th LSOE")
    page.get_by_role("tab", name="Map").click()
    expect(answer).to_contain_text("rows have a point and are on the map")
    page.get_by_role("tab", name="Timeline").click()
    expect(answer).to_contain_text("rows have a date and are on the timeline")
    for form, beginning in {
        "CSV": b"place,placeLabel,starts,m,mLabel",
        "JSON": b'{"head":',
        "Markdown": b"| place",
    }.items():
        with page.expect_download() as saved:
            answer.locator(".answer-downloads button", has_text=form).first.click()
        saved.value.save_as(tmp_path / form)
        assert (tmp_path / form).read_bytes().removeprefix(b"\xef\xbb\xbf").startswith(beginning), form
    expect(answer.locator(".answer-origin")).to_contain_text("2031.5.0")
    write(page, 'SELECT ?source ?target { ?source asoen:memberOf ?target FILTER(search:matches(?target, "lagoon")) }')
    run(page)
    page.get_by_role("tab", name="Network").click()
    expect(answer.locator(".shown")).to_contain_text(re.compile("[1-9] nodes, [1-9] links?"))
    write(page, "SELECT * WHRE { ?x a asoen:Meeting }")
    expect(page.locator(".problems")).to_contain_text("Did you mean WHERE?")
    page.keyboard.press("Alt+Enter")
    assert written(page) == "SELECT * WHERE { ?x a asoen:Meeting }"


def test_what_links_ask_the_editor_is_asked(desk: Desk, static_site: str) -> None:
    page = visit(desk, static_site, "id/coralia.html")
    page.locator("a[href*='sparql.html?query=DESCRIBE']").click()
    expect(page.locator("#answer table").first).to_contain_text("Coralia", timeout=60_000)
    assert written(page).startswith("DESCRIBE")
    page.goto(static_site + "vi/sparql.html#query=" + quote("SELECT ?x { ?x a asoen:Meeting"))
    page.reload()
    expect(page.locator(".problems")).to_contain_text("chưa được đóng", timeout=60_000)


def test_an_address_of_the_server_leads_to_the_file(desk: Desk, static_site: str) -> None:
    page = visit(desk, static_site, "id/coralia.html?lang=vi")
    page.wait_for_url(static_site + "vi/id/coralia.html")


def test_a_query_has_the_values_of_its_address(desk: Desk, static_site: str) -> None:
    page = visit(desk, static_site, "queries/meetings-of-series.html?series=lsoe-series")
    expect(page.locator("main form select[name=series]")).to_have_value("lsoe-series")
    expect(page.locator("#answer")).to_contain_text("3 rows", timeout=60_000)
    # The page in the other language asks the same.
    page.locator("header a.language").click()
    expect(page.locator("#answer")).to_contain_text("3 dòng", timeout=60_000)
    page.goto(static_site + "queries/meetings-of-series.html?series=lsoe-serie")
    expect(page.locator("#answer [role=alert]")).to_contain_text("lsoe-series")


def test_a_network_at_two_dates_to_a_source(desk: Desk, static_site: str, tmp_path: Path) -> None:
    page = visit(desk, static_site, "networks/participants-and-meetings.html?at=2031-06-28")
    shown = page.locator(".shown")
    expect(shown).to_contain_text("5 nodes, 4 links", timeout=60_000)
    page.locator(".explorer").get_by_label("Date", exact=True).fill("2031")
    page.keyboard.press("Enter")
    expect(shown).to_contain_text("2031: 6 nodes, 7 links")
    assert "at=2031" in page.url
    with page.expect_download() as saved:
        page.locator('button[data-form="png"]').click()
    saved.value.save_as(tmp_path / "png")
    assert (tmp_path / "png").read_bytes().startswith(b"\x89PNG")
    # Another network of the same query: its parameter stands beside the explorer.
    page.locator("input[name=series]").fill("lsoe-series")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(shown).to_contain_text("2031: 5 nodes, 4 links", timeout=60_000)
    page.locator(".tables td button", has_text="fact").first.click()
    page.locator(".panel a[href*='/source/']").first.click()
    page.wait_for_url("**/source/*.html*")
    expect(page.locator("h1")).to_be_visible()


def test_what_cannot_be_had_is_told_with_a_way_on(desk: Desk, static_site: str) -> None:
    page = visit(desk, static_site, "sparql.html", quiet=False)
    page.route("**/asoen.nq.gz", lambda route: route.fulfill(status=404))
    expect(editor(page)).to_be_visible(timeout=60_000)
    run(page)
    expect(page.locator("#answer .note.error")).to_contain_text("asoen.nq.gz: 404")
    page.unroute("**/asoen.nq.gz")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("#answer table").first).to_be_visible(timeout=60_000)
    # What was loaded stays with the network gone.
    page.context.set_offline(True)
    write(page, "ASK { ?x a asoen:Meeting }")
    run(page)
    expect(page.locator("#answer")).to_contain_text("Yes")
    page.context.set_offline(False)
    page.goto(static_site + "lsoe-13")
    expect(page.locator("#near")).to_contain_text("LSOE")
    page.route("**/names.json", lambda route: route.abort())
    page.goto(static_site + "search.html?q=lsoe")
    expect(page.locator("main section")).to_contain_text("once the network is back")


def test_without_scripts_everything_can_be_read(desk: Desk, static_site: str) -> None:
    page = visit(desk, static_site, java_script_enabled=False, **PHONE)
    page.locator("nav a", has_text="Entities").click()
    page.locator("main a[href*='id/']").first.click()
    expect(page.locator("h1")).to_be_visible()
    page.goto(static_site + "search.html")
    assert "JavaScript" in page.locator("main noscript").first.inner_text()

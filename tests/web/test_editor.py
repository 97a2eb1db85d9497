"""The SPARQL editor in a browser: written, mended, run, kept, shared, and used by everybody."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from urllib.parse import quote

import httpx
import pytest
from playwright.sync_api import Locator, Page, Route, expect
from tests.server.conftest import Site
from tests.web.conftest import DESK, PHONE, Desk, in_two_ways

MEETINGS = "SELECT ?meeting ?ordinal WHERE { ?meeting a asoen:Meeting ; asoen:ordinal ?ordinal } ORDER BY ?ordinal"
BROKEN = "SELECT * WHRE { ?x a asoen:Meeting }"
NASTY = """SELECT ("Lò Gò it's \\"quoted\\" \\\\u0022 ${x} `id` $(id) \\\\n % & +" AS ?text) # '''it''' \"\"\"
WHERE {} # <script>alert(1)</script> \\"""


def editor(page: Page) -> Locator:
    return page.get_by_role("textbox", name=re.compile("SPARQL"))


def written(page: Page) -> str:
    """The query in the editor; lines are blocks within the shadow root."""
    lines: list[str] = editor(page).locator(".cm-line").evaluate_all("lines => lines.map(line => line.textContent)")
    return "\n".join(lines)


def write(page: Page, text: str) -> None:
    editor(page).click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def settle(page: Page) -> None:
    """Suggestions that have only just come up are not taken: the key may have been meant for the text."""
    page.wait_for_timeout(150)


def run(page: Page) -> None:
    page.get_by_role("button", name="Run", exact=True).click()


def at(site: Site, rest: str = "?lang=en") -> str:
    return f"{site.url}/sparql{rest}"


class TestWriting:
    def test_a_query_with_the_keyboard_alone(self, desk: Desk, lagoon_site: Site) -> None:
        page = desk.open(at(lagoon_site))
        expect(editor(page)).to_be_visible()
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.classList.contains('box')"):
                break
        page.keyboard.press("Control+a")
        page.keyboard.type("SELECT ?m ?o { ?m a mee")
        expect(page.get_by_role("option", name=re.compile("asoen:Meeting meeting"))).to_be_visible()
        settle(page)
        page.keyboard.press("Enter")
        page.keyboard.type(" ; ordin")
        expect(page.get_by_role("option", name=re.compile("asoen:ordinal"))).to_be_visible()
        settle(page)
        page.keyboard.press("Enter")
        page.keyboard.type(" ?o")
        page.keyboard.press("Escape")
        assert written(page) == "SELECT ?m ?o { ?m a asoen:Meeting ; asoen:ordinal ?o}"
        page.keyboard.press("Control+Enter")
        expect(page.locator(".said")).to_contain_text(re.compile(r"\d+ rows in"))
        expect(page.locator("#answer table").first).to_be_visible()
        # Tab is for text here, so there is another way out, and the page says so.
        expect(page.get_by_text("press Escape, then Tab")).to_be_visible()
        page.keyboard.press("Escape")
        page.keyboard.press("Tab")
        assert not page.evaluate("document.activeElement.classList.contains('box')")

    @pytest.mark.parametrize("words", ["co ra", "CORALIA", "Coralia"])
    def test_an_entity_is_found_by_its_name(self, desk: Desk, lagoon_site: Site, words: str) -> None:
        page = desk.open(at(lagoon_site))
        write(page, "SELECT * { ?x asoen:country ")
        page.keyboard.type("coral" if words == "co ra" else words)
        expect(page.get_by_role("option", name=re.compile("id:coralia")).first).to_be_visible()
        settle(page)
        page.keyboard.press("Tab")
        assert "id:coralia" in written(page)

    def test_a_mistake_is_underlined_and_mended_by_a_key(self, desk: Desk, lagoon_site: Site) -> None:
        page = desk.open(at(lagoon_site))
        write(page, BROKEN)
        expect(page.locator(".cm-lintRange-error")).to_have_text("WHRE")
        expect(page.locator(".problems")).to_contain_text("Did you mean WHERE?")
        editor(page).focus()
        page.keyboard.press("Alt+Enter")
        expect(page.locator(".problems")).to_have_count(0)
        assert written(page) == BROKEN.replace("WHRE", "WHERE")

    def test_a_name_that_is_not_there_is_doubted(self, desk: Desk, lagoon_site: Site) -> None:
        page = desk.open(at(lagoon_site))
        write(page, "SELECT * { ?x a asoen:Meting ; asoen:ordnal ?y }")
        expect(page.locator(".cm-lintRange-warning")).to_have_count(2)
        page.get_by_role("button", name="Use asoen:ordinal").click()
        page.get_by_role("button", name="Use asoen:Meeting", exact=True).click()
        expect(page.locator(".problems")).to_have_count(0)
        assert written(page) == "SELECT * { ?x a asoen:Meeting ; asoen:ordinal ?y }"

    def test_the_term_at_the_cursor_is_explained(self, desk: Desk, lagoon_site: Site) -> None:
        page = desk.open(at(lagoon_site, "?lang=vi"))
        write(page, "SELECT * { ?x a asoen:Meeting")
        expect(page.locator(".about")).to_contain_text("asoen:Meeting")
        page.get_by_role("button", name="Định dạng").click()
        assert written(page) == "SELECT * {\n  ?x a asoen:Meeting\n"

    def test_examples_are_found_and_opened(self, desk: Desk, lagoon_site: Site) -> None:
        page = desk.open(at(lagoon_site, "?lang=vi"))
        expect(editor(page)).to_be_visible()
        page.get_by_label("Tìm ví dụ").fill("cac ky hop cua mot loat")
        page.get_by_role("link", name="Các kỳ họp của một loạt hội nghị").click()
        expect(page.get_by_role("tab", selected=True)).to_have_text("Các kỳ họp của một loạt hội nghị")
        assert written(page).startswith("PREFIX asoen:")
        assert "VALUES ?series {" in written(page)


class TestTabs:
    def test_they_are_there_after_a_reload(self, desk: Desk, lagoon_site: Site) -> None:
        page = desk.open(at(lagoon_site))
        write(page, "ASK {}")
        page.get_by_role("button", name="New query").click()
        write(page, "ASK { ?x ?y ?z }")
        page.get_by_role("button", name="Rename query").click()
        page.get_by_label("Name of the query").fill("<b>Mine</b>")
        page.keyboard.press("Enter")
        page.reload()
        expect(page.get_by_role("tab")).to_have_text(["Query 1", "<b>Mine</b>"])
        assert written(page) == "ASK { ?x ?y ?z }"
        page.get_by_role("tab", name="Query 1").click()
        assert written(page) == "ASK {}"

    def test_the_keyboard_goes_among_them(self, desk: Desk, lagoon_site: Site) -> None:
        page = desk.open(at(lagoon_site))
        expect(editor(page)).to_be_visible()
        page.get_by_role("button", name="New query").click()
        write(page, "ASK { ?a ?b ?c }")
        page.get_by_role("tab", selected=True).focus()
        page.keyboard.press("ArrowLeft")
        expect(page.get_by_role("tab", selected=True)).to_have_text("Query 1")
        expect(page.get_by_role("tab", selected=True)).to_be_focused()
        page.keyboard.press("End")
        page.keyboard.press("Delete")
        expect(page.get_by_role("tab")).to_have_count(1)
        page.get_by_role("button", name="Reopen closed query").click()
        assert written(page) == "ASK { ?a ?b ?c }"

    def test_a_browser_that_is_full_is_told_of(self, desk: Desk, lagoon_site: Site) -> None:
        page = desk.open(at(lagoon_site))
        expect(editor(page)).to_be_visible()
        page.evaluate(
            "() => { Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') } }"
        )
        page.get_by_role("button", name="New query").click()
        write(page, "ASK {}")
        expect(page.locator(".said")).to_contain_text("no room")
        assert written(page) == "ASK {}"


class TestSharing:
    @pytest.mark.parametrize("text", [MEETINGS, BROKEN, NASTY, "SELECT * {\n  # ខ្មែរ مرحبا 👩‍🔬\n}"])
    def test_a_link_opens_the_query(self, desk: Desk, lagoon_site: Site, text: str) -> None:
        page = desk.open(at(lagoon_site))
        write(page, text)
        page.get_by_role("button", name="Share").click()
        link = page.get_by_label("Link that opens this query").input_value()
        other = desk.open(link)
        expect(editor(other)).to_be_visible()
        assert written(other) == text
        assert "#" not in other.url
        if text == BROKEN:
            expect(other.locator(".problems")).to_contain_text("WHRE is not possible here")

    def test_links_of_pages_without_scripts(self, desk: Desk, lagoon_site: Site) -> None:
        page = desk.open(at(lagoon_site, f"?edit={quote(BROKEN)}&lang=vi"))
        expect(page.locator(".problems")).to_contain_text("WHRE không thể đứng ở đây")
        expect(page.locator(".problems")).to_contain_text("Có phải ý bạn là WHERE?")
        expect(page.locator('.problems [lang="en"]')).to_have_count(0)
        assert written(page) == BROKEN
        expect(page.get_by_role("tab")).to_have_count(1)

    def test_the_code_runs_as_it_is(self, desk: Desk, lagoon_site: Site) -> None:
        expected = httpx.post(f"{lagoon_site.url}/sparql", data={"query": NASTY}, headers={"Accept": "text/csv"}).text
        page = desk.open(at(lagoon_site))
        write(page, NASTY)
        page.get_by_role("button", name="Code").click()
        for name, command in (("curl", ["sh"]), ("Python", [sys.executable, "-"]), ("JavaScript", ["node", "-"])):
            if shutil.which(command[0]) is None:
                continue
            page.get_by_label("Language").select_option(name)
            code = page.locator("dialog pre").inner_text()
            if name == "JavaScript":
                code = f"(async () => {{ {code} }})()"
            done = subprocess.run(command, input=code, capture_output=True, text=True, timeout=60, check=False)
            assert done.returncode == 0, done.stderr
            if name == "curl":
                assert done.stdout.replace("\r", "") == expected.replace("\r", "")
            assert "Lò Gò" in done.stdout
            assert "$(id)" in done.stdout

    def test_the_query_is_saved_as_it_is(self, desk: Desk, lagoon_site: Site) -> None:
        page = desk.open(at(lagoon_site))
        write(page, NASTY)
        with page.expect_download() as saving:
            page.get_by_role("button", name="Save as .rq").click()
        assert saving.value.suggested_filename == "Query 1.rq"
        assert saving.value.path().read_text(encoding="utf-8") == NASTY


class TestTrouble:
    def test_a_run_is_stopped(self, desk: Desk, lagoon_site: Site) -> None:
        page = desk.open(at(lagoon_site))
        write(page, MEETINGS)
        page.route("**/sparql", lambda route: None)
        run(page)
        expect(page.locator(".time")).to_contain_text("s")
        page.get_by_role("button", name="Stop").click()
        expect(page.locator(".said")).to_contain_text("Stopped after")
        expect(page.get_by_role("button", name="Stop")).to_be_hidden()
        assert written(page) == MEETINGS

    def test_the_server_is_gone_and_comes_back(self, desk: Desk, lagoon_site: Site) -> None:
        page = desk.open(at(lagoon_site), quiet=False)
        write(page, MEETINGS)
        page.route("**/sparql", lambda route: route.abort())
        run(page)
        expect(page.locator("#answer")).to_contain_text("The server cannot be reached")
        assert written(page) == MEETINGS
        page.unroute("**/sparql")
        page.get_by_role("button", name="Try again").click()
        expect(page.locator(".said")).to_contain_text("rows in")

    @pytest.mark.parametrize(
        ("code", "status", "said"),
        [
            ("time-limit", 503, "more time than allowed"),
            ("size-limit", 413, "larger than allowed"),
            ("rate-limit", 429, "Wait a few seconds"),
            ("busy", 503, "Try again in a moment"),
        ],
    )
    def test_a_limit_is_told_with_a_way_on(
        self, desk: Desk, lagoon_site: Site, code: str, status: int, said: str
    ) -> None:
        problem = {"type": f"https://w3id.org/asoen/problem/{code}", "title": "T", "status": status, "detail": "D"}

        def refuse(route: Route) -> None:
            route.fulfill(status=status, content_type="application/problem+json", body=json.dumps(problem))

        page = desk.open(at(lagoon_site), quiet=False)
        write(page, MEETINGS)
        page.route("**/sparql", refuse)
        run(page)
        expect(page.locator("#answer")).to_contain_text(said)
        expect(page.get_by_role("button", name="Try again")).to_be_visible()
        page.unroute("**/sparql")
        if code in ("time-limit", "size-limit"):
            page.get_by_role("button", name="Ask for 1000 rows only").click()
            assert written(page).startswith(f"{MEETINGS}\nLIMIT 1000")
        else:
            page.get_by_role("button", name="Try again").click()
        expect(page.locator(".said")).to_contain_text("rows in")

    def test_a_mistake_that_is_run_is_told_where_it_is(self, desk: Desk, lagoon_site: Site) -> None:
        page = desk.open(at(lagoon_site), quiet=False)
        write(page, BROKEN)
        run(page)
        expect(page.locator("#answer")).to_contain_text("The query is not valid SPARQL")
        expect(page.locator(".cm-lintRange-error")).to_have_text("WHRE")

    def test_nothing_that_fits_is_no_dead_end(self, desk: Desk, lagoon_site: Site) -> None:
        page = desk.open(at(lagoon_site))
        write(page, "SELECT * { ?x a asoen:Meeting ; asoen:ordinal 4711 }")
        run(page)
        expect(page.locator("#answer")).to_contain_text("leave one pattern out")

    def test_texts_of_strangers_are_texts(self, desk: Desk, lagoon_site: Site) -> None:
        markup = "<img src=x onerror=hurt()><script>hurt()</script>"
        query = f'SELECT ("{markup}" AS ?text) {{}}'
        page = desk.open(at(lagoon_site, f"?lang=en#query={quote(query)}&title={quote(markup)}"))
        expect(page.get_by_role("tab", name=markup)).to_be_visible()
        run(page)
        expect(page.locator(".said")).to_contain_text("1 row in")
        assert page.evaluate("document.querySelectorAll('main img, main script').length") == 0


class TestEverybody:
    @in_two_ways
    def test_nothing_is_in_anyones_way(
        self,
        desk: Desk,
        lagoon_site: Site,
        violations: Callable[[Page], list[str]],
        language: str,
        colours: str,
        size: dict,
    ) -> None:
        page = desk.open(at(lagoon_site, f"?lang={language}"), color_scheme=colours, **size)
        write(page, "SELECT ?m { ?m a asoen:Meting . # why\n ?m asoen:ordinal 5, 'text', <http://x.org/> }")
        expect(page.locator(".problems")).to_be_visible()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.keyboard.type(" ?m")
        page.keyboard.press("Control+Space")
        page.get_by_role("button", name="Code" if language == "en" else "Mã lệnh").click()
        assert violations(page) == []

    @pytest.mark.parametrize("size", [DESK, PHONE], ids=["wide", "narrow"])
    def test_the_answer_is_near(
        self, desk: Desk, lagoon_site: Site, violations: Callable[[Page], list[str]], size: dict
    ) -> None:
        page = desk.open(at(lagoon_site), **size)
        write(page, MEETINGS)
        run(page)
        page.get_by_role("button", name="To the answer").click()
        expect(page.get_by_role("heading", name="Answer", exact=True)).to_be_focused()
        expect(page.get_by_role("heading", name="Answer", exact=True)).to_be_in_viewport()
        expect(page.locator("#answer table").first).to_be_visible()
        assert violations(page) == []

    def test_without_scripts(self, desk: Desk, lagoon_site: Site) -> None:
        # The table that a query has as HTML stands alone, and has no icon.
        page = desk.open(at(lagoon_site, f"?lang=en&edit={quote(BROKEN)}"), quiet=False, java_script_enabled=False)
        expect(page.locator(".note.error")).to_contain_text("WHRE is not possible here")
        page.get_by_role("link", name="Open the query as it was probably meant").click()
        expect(page.get_by_label("Query", exact=True)).to_have_value(re.compile("SELECT \\* WHERE"))
        page.get_by_role("button", name="Run").click()
        expect(page.locator("table")).to_contain_text("LSOE")
        page.go_back()
        page.get_by_role("link", name="Meetings of a series", exact=True).click()
        expect(page.get_by_label("Query", exact=True)).to_have_value(re.compile("VALUES \\?series"))


def test_the_names_of_the_real_release_are_light(real_site: Site) -> None:
    answer = httpx.get(f"{real_site.url}/api/glossary", headers={"Accept-Encoding": "gzip"})
    assert int(answer.headers["content-length"]) <= 80 * 1024

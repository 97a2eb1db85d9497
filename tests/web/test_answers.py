"""The views of an answer in a browser: table, chart, map, timeline, network, raw, downloads, where it comes from.

Answers are shown on a page of the test, which asks whatever a test wants shown; the pages of the site that show
answers have tests of their own.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from html import escape
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect
from tests.server.conftest import Site
from tests.web.conftest import DESK, PHONE, Desk, in_two_ways

from asoen_graph.answers.rendering import render
from asoen_graph.release import Release
from asoen_graph.server.policies import POLICY
from asoen_graph.server.web import web_files
from asoen_graph.store.embedded import EmbeddedStore

MEETINGS = """
SELECT ?meeting ?ordinal ?starts (GROUP_CONCAT(DISTINCT STR(?f); separator=" ") AS ?facts) WHERE {
  ?meeting a asoen:Meeting ; asoen:ordinal ?ordinal .
  OPTIONAL { ?meeting asoen:starts ?starts }
  GRAPH ?f { ?meeting asoen:ordinal ?ordinal }
} GROUP BY ?meeting ?ordinal ?starts ORDER BY ?meeting
"""
NUMBERS = "VALUES ?{} {{ 0 1 2 3 4 5 6 7 8 9 }}"
MANY = "SELECT (?b * 100 + ?c * 10 + ?d AS ?n) ('x' AS ?t) WHERE {{ {} }}".format(
    " ".join(NUMBERS.format(each) for each in "bcd")
)
HOSTILE = """
SELECT ?x ?y WHERE { VALUES (?x ?y) {
  ("<script>alert(1)</script>" "\\"><img src=x onerror=alert(1)>"@en)
  (<javascript:alert(1)> "ព្រះរាជាណាចក្រ"@km)
  (<https://w3id.org/asoen/id/../../evil> "مرحبا \\u202E<b>x</b>"@ar)
  (<data:text/html,x> "tab\\tand\\nline")
} }
"""


def own_table(release: Release, language: str) -> list[dict[str, str]]:
    """The meetings as CSV with labels and sources, as the command line and the catalogue's addresses have them."""
    store = EmbeddedStore(release.store())
    written = render(store.query(MEETINGS), "csv", store, language)
    return list(csv.DictReader(StringIO(written.decode())))


class Answers:
    """A page that shows the answer to one query after another."""

    def __init__(self, desk: Desk, site: Site) -> None:
        self.desk, self.site = desk, site

    def show(self, text: str, language: str = "en", view: str = "table", told: Any = None, **options: Any) -> Page:
        page = self.desk.open(f"{self.site.url}/?lang={language}", **options)

        def page_of_test(route: Route) -> None:
            body = self._page(language, view, told or {})
            headers = {"Content-Security-Policy": POLICY}
            route.fulfill(body=body, content_type="text/html; charset=utf-8", headers=headers)

        page.route("**/queries/of-the-test?*", page_of_test)
        page.route("**/api/queries/of-the-test.rq*", lambda route: route.fulfill(body=text, content_type="text/plain"))
        page.goto(f"{self.site.url}/queries/of-the-test?lang={language}")
        expect(page.locator(".answer-origin")).to_be_visible()
        return page

    @staticmethod
    def _page(language: str, view: str, told: Any) -> str:
        files = web_files()
        styles = "".join(f'<link rel="stylesheet" href="{files.address(name)}">' for name in ("site.css", "query.css"))
        data = "".join(f' data-{name}="{escape(json.dumps(value))}"' for name, value in told.items())
        return (
            f'<!DOCTYPE html><html lang="{language}" data-site="server" data-root="/" data-release="1">'
            '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
            f'<title>Test</title>{styles}<script type="module" src="{files.address("query.js")}"></script></head>'
            '<body><main id="main"><h1>Of the test</h1><form id="parameters"><button>Run</button></form>'
            f'<div id="answer" data-query="of-the-test" data-view="{view}"{data}></div></main></body></html>'
        )


@pytest.fixture
def answers(desk: Desk, lagoon_site: Site) -> Answers:
    return Answers(desk, lagoon_site)


def tab(page: Page, name: str) -> Any:
    return page.get_by_role("tab", name=name, exact=True)


def column(page: Page, place: int) -> list[str]:
    return page.locator(f".answer-table tbody tr td:nth-child({place})").all_inner_texts()


class TestTable:
    def test_rows_have_names_links_and_sources(self, answers: Answers) -> None:
        page = answers.show(MEETINGS, told={"headings": {"meeting": "Meeting", "ordinal": "No."}})
        expect(page.get_by_role("status").first).to_contain_text("rows in")
        link = page.get_by_role("link", name="12th LSOE", exact=True)
        expect(link).to_have_attribute("href", f"{answers.site.url}/id/lsoe-12.html?lang=en")
        page.locator(".answer-table").evaluate("table => { table.isTheSame = true }")
        mark = page.locator(".answer-sources a").first
        expect(mark).to_have_text("[1]")
        mark.click()
        note = page.locator(".answer-notes li:target")
        expect(note).to_be_visible()
        expect(note).to_contain_text("paragraph")
        assert page.locator(".answer-table").evaluate("table => table.isTheSame")
        assert page.get_by_role("columnheader").first.inner_text().strip() == "Meeting"
        expect(page.locator("td.number").first).to_have_css("text-align", "right")

    @pytest.mark.parametrize("language", ["en", "vi"])
    def test_sources_are_those_of_the_servers_own_table(
        self, answers: Answers, lagoon_release: Release, language: str
    ) -> None:
        page = answers.show(MEETINGS, language)
        expect(page.locator(".answer-notes li").first).to_be_visible()
        notes = [text.rsplit(" · ", 1)[0] for text in page.locator(".answer-notes li").all_inner_texts()]
        rows = [row["sources"].split(" | ") for row in own_table(lagoon_release, language)]
        assert notes == list(dict.fromkeys(note for row in rows for note in row))
        marks = page.locator(".answer-sources").all()
        shown = [[notes[int(each.strip("[]")) - 1] for each in mark.locator("a").all_inner_texts()] for mark in marks]
        assert shown == rows

    def test_sorting_in_three_steps(self, answers: Answers) -> None:
        page = answers.show("SELECT ?x WHERE { VALUES ?x { 10 9 UNDEF 1.5 } }")
        asked = column(page, 1)
        head = page.get_by_role("columnheader")
        head.get_by_role("button").click()
        expect(head).to_have_attribute("aria-sort", "ascending")
        assert column(page, 1) == ["1.5", "9", "10", ""]
        head.get_by_role("button").click()
        expect(head).to_have_attribute("aria-sort", "descending")
        assert column(page, 1) == ["10", "9", "1.5", ""]
        head.get_by_role("button").click()
        assert column(page, 1) == asked

    def test_filters_find_without_diacritics(self, answers: Answers) -> None:
        page = answers.show('SELECT ?x ?y { VALUES (?x ?y) { ("Đà Nẵng" 1) ("Hà Nội" 2) ("Huế" 3) } }')
        page.get_by_label("Filter rows").fill("da nang")
        expect(page.locator(".answer-table tbody tr")).to_have_count(1)
        assert column(page, 1) == ["Đà Nẵng"]
        expect(page.locator(".answer-found")).to_have_text("1 of 3 rows fit.")
        page.get_by_label("Filter rows").fill("nowhere")
        expect(page.locator(".answer-found")).to_have_text("No row fits the filters.")
        page.get_by_label("Filter rows").fill("")
        page.get_by_role("button", name="Filter by column").click()
        page.get_by_label("Filter y").fill("3")
        expect(page.locator(".answer-table tbody tr")).to_have_count(1)
        assert column(page, 1) == ["Huế"]

    def test_iris_instead_of_names_or_both(self, answers: Answers) -> None:
        page = answers.show("SELECT ?x { VALUES ?x { id:lsoe-12 } }")
        assert column(page, 1) == ["12th LSOE"]
        page.get_by_label("Show", exact=True).select_option("iris")
        assert column(page, 1) == ["id:lsoe-12"]
        page.get_by_label("Show", exact=True).select_option("both")
        assert column(page, 1) == ["12th LSOE id:lsoe-12"]

    def test_many_rows_come_in_parts_and_all_are_found(self, answers: Answers) -> None:
        page = answers.show(MANY)
        rows = page.locator(".answer-table tbody tr")
        expect(page.get_by_role("status").first).to_contain_text("1,000 rows")
        expect(rows).to_have_count(200)
        page.get_by_role("button", name="Show 200 more").click()
        expect(rows).to_have_count(400)
        page.get_by_label("Filter rows").fill("999")
        expect(rows).to_have_count(1)
        page.get_by_label("Filter rows").fill("")
        expect(rows).to_have_count(200)
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        expect(rows).to_have_count(1000)

    def test_what_comes_from_data_is_text(self, answers: Answers) -> None:
        page = answers.show(HOSTILE)
        dialogs: list[str] = []
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        table = page.locator(".answer-table")
        expect(table).to_contain_text("<script>alert(1)</script>")
        expect(table).to_contain_text('"><img src=x onerror=alert(1)>')
        assert table.locator("script, img, b").count() == 0
        assert table.locator("a[href^='javascript'], a[href^='data']").count() == 0
        expect(table.locator("[lang=km]")).to_have_text("ព្រះរាជាណាចក្រ")
        for name in ("Chart", "Raw"):
            tab(page, name).click()
        assert page.locator("#answer script, #answer img").count() == 0
        assert dialogs == []

    def test_blank_nodes_and_triple_terms(self, answers: Answers) -> None:
        page = answers.show("SELECT ?b { BIND(BNODE() AS ?b) }")
        assert column(page, 1)[0].startswith("_:")

    def test_copying_gives_what_is_shown(self, answers: Answers) -> None:
        page = answers.show(MEETINGS, permissions=["clipboard-read", "clipboard-write"])
        expect(page.locator(".answer-sources").first).not_to_have_text("…")
        page.get_by_label("Filter rows").fill("12th")
        expect(page.locator(".answer-table tbody tr")).to_have_count(1)
        page.get_by_role("button", name="Copy table").click()
        expect(page.locator(".answer-said")).to_have_text("Copied.")
        head, row = page.evaluate("navigator.clipboard.readText()").splitlines()
        assert head.split("\t") == ["meeting", "ordinal", "starts", "Sources"]
        assert row.startswith("12th LSOE\t12\t")
        assert "paragraph" in row


class TestOtherAnswers:
    @pytest.mark.parametrize(("text", "language", "said"), [
        ("ASK { id:lsoe-12 a asoen:Meeting }", "en", "Yes."),
        ("ASK { id:lsoe-12 a asoen:Park }", "vi", "Không."),
    ])  # fmt: skip
    def test_yes_or_no_in_words(self, answers: Answers, text: str, language: str, said: str) -> None:
        page = answers.show(text, language)
        expect(page.locator(".answer-verdict strong")).to_have_text(said)

    def test_no_rows_are_said(self, answers: Answers) -> None:
        page = answers.show("SELECT ?x { ?x a asoen:NothingAtAll }")
        expect(page.locator("#answer .note").first).to_contain_text("No rows.")
        expect(tab(page, "Chart")).to_have_attribute("aria-disabled", "true")

    def test_a_graph_is_triples_with_their_sources(self, answers: Answers) -> None:
        page = answers.show("CONSTRUCT { ?s ?p ?o } { VALUES ?s { id:lsoe-12 } VALUES ?p { asoen:ordinal } ?s ?p ?o }")
        expect(page.get_by_role("status").first).to_contain_text("1 triple")
        assert column(page, 1) == ["12th LSOE"]
        assert column(page, 3) == ["12"]
        expect(page.locator(".answer-sources a").first).to_have_text("[1]")
        tab(page, "Raw").click()
        expect(page.locator(".answer-raw")).to_contain_text("asoen:ordinal")


class TestViews:
    def test_a_chart_has_words_a_table_and_files(self, answers: Answers, tmp_path: Path) -> None:
        page = answers.show('SELECT ?who ?n { VALUES (?who ?n) { ("a" 3) ("b" 5) ("a" 4) } }', view="chart")
        chart = page.locator(".answer-chart > svg")
        expect(chart).to_have_attribute("aria-label", "Bar chart: n by who, 2 values. Largest: a (7). Smallest: b (5).")
        assert page.locator(".answer-chart style").count() == 0
        page.get_by_text("The data of the chart").click()
        assert page.locator(".answer-chart td").all_inner_texts() == ["a", "7", "b", "5"]
        page.get_by_label("Several rows:").select_option("mean")
        expect(chart).to_have_attribute(
            "aria-label", "Bar chart: n by who, 2 values. Largest: b (5). Smallest: a (3.5)."
        )
        for form, begins in (("SVG", b"<svg"), ("PNG", b"\x89PNG")):
            with page.expect_download() as saving:
                page.get_by_role("button", name=f"Save as {form}").click()
            file = tmp_path / form
            saving.value.save_as(file)
            assert file.read_bytes().startswith(begins)
            assert saving.value.suggested_filename.endswith(f"-chart.{form.lower()}")

    def test_the_view_stays_in_the_address(self, answers: Answers) -> None:
        page = answers.show(MEETINGS)
        tab(page, "Chart").click()
        assert "show=chart" in page.url
        page.reload()
        expect(tab(page, "Chart")).to_have_attribute("aria-selected", "true")
        tab(page, "Table").click()
        assert "show=" not in page.url

    def test_views_that_do_not_suit_say_why(self, answers: Answers) -> None:
        page = answers.show("SELECT ?x { VALUES ?x { 1 2 } }")
        tab(page, "Map").click(force=True)
        expect(page.locator(".answer-reason")).to_contain_text("A map needs points")
        expect(tab(page, "Table")).to_have_attribute("aria-selected", "true")

    def test_dates_make_a_timeline_and_points_a_map(self, answers: Answers) -> None:
        page = answers.show(
            'SELECT ?x ?point ?when { VALUES (?x ?when) { ("p" "2003"^^xsd:gYear) }'
            ' BIND("POINT(105 11)"^^geo:wktLiteral AS ?point) }'
        )
        for name, panel in (("Map", "map"), ("Timeline", "timeline")):
            tab(page, name).click()
            expect(page.locator(f"[role=tabpanel][id*='{panel}']")).to_contain_text("1 of 1 rows")

    def test_keys_are_enough(self, answers: Answers) -> None:
        page = answers.show(MEETINGS)
        tab(page, "Table").focus()
        page.keyboard.press("ArrowRight")
        expect(tab(page, "Chart")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator(".answer-chart > svg")).to_be_visible()
        page.keyboard.press("End")
        expect(tab(page, "Raw")).to_be_focused()
        page.keyboard.press("Home")
        page.keyboard.press("Space")
        expect(tab(page, "Table")).to_have_attribute("aria-selected", "true")
        page.keyboard.press("Tab")
        expect(page.get_by_label("Filter rows")).to_be_focused()

    @in_two_ways
    def test_nothing_is_in_anyones_way(
        self, answers: Answers, violations: Callable[[Page], list[str]], language: str, colours: str, size: dict
    ) -> None:
        page = answers.show(MEETINGS, language, color_scheme=colours, **size)
        expect(page.locator(".answer-notes li").first).to_be_visible()
        page.locator(".answer-controls button").first.click()
        assert violations(page) == []
        for place in (1, 5):
            page.get_by_role("tab").nth(place).click()
            if place == 1:
                expect(page.locator(".answer-chart > svg")).to_be_visible()
                page.locator(".answer-chart summary").click()
            assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


class TestTakingAway:
    def test_downloads_have_the_sources(self, answers: Answers, lagoon_release: Release, tmp_path: Path) -> None:
        page = answers.show(MEETINGS)
        names = page.locator(".answer-downloads button").all_inner_texts()
        assert names == ["CSV", "Excel", "JSON", "TSV", "XML", "Markdown", "Parquet"]
        with page.expect_download() as saving:
            page.get_by_role("button", name="Download the answer as CSV").click()
        name = saving.value.suggested_filename
        assert name.startswith("of-the-test-")
        assert name.endswith(".csv")
        saving.value.save_as(tmp_path / "answer.csv")
        rows = list(csv.DictReader(StringIO((tmp_path / "answer.csv").read_bytes().decode())))
        assert rows == own_table(lagoon_release, "en")

    def test_where_it_comes_from(self, answers: Answers) -> None:
        page = answers.show(MEETINGS, permissions=["clipboard-read", "clipboard-write"])
        origin = page.locator(".answer-origin")
        expect(origin.locator("cite")).to_contain_text("asoen_graph")
        origin.get_by_role("button", name="Copy citation").click()
        expect(page.locator(".answer-said")).to_have_text("Copied.")
        assert page.evaluate("navigator.clipboard.readText()") == origin.locator("cite").inner_text()

    def test_a_problem_is_told_in_words(self, answers: Answers) -> None:
        page = answers.desk.open(f"{answers.site.url}/?lang=en", quiet=False)
        page.route("**/queries/of-the-test?*", lambda route: route.fulfill(
            body=answers._page("en", "table", {}), content_type="text/html"))  # fmt: skip
        page.route("**/api/queries/of-the-test.rq*", lambda route: route.fulfill(body="SELECT ?x {"))
        page.goto(f"{answers.site.url}/queries/of-the-test?lang=en")
        expect(page.get_by_role("alert")).to_contain_text("That did not work")


class TestPageOfTheCatalogue:
    """`/queries/{name}`, which the server writes whole and the script takes over."""

    def test_without_scripts_it_is_whole(self, desk: Desk, lagoon_site: Site) -> None:
        page = desk.open(f"{lagoon_site.url}/queries/meetings-of-series?series=lsoe-series", java_script_enabled=False)
        expect(page.locator("#answer table")).to_contain_text("12th LSOE")
        expect(page.get_by_role("tab")).to_have_count(0)

    def test_it_opens_with_the_view_it_recommends_under_its_own_headings(self, desk: Desk, lagoon_site: Site) -> None:
        page = desk.open(f"{lagoon_site.url}/queries/meetings-of-series?series=lsoe-series&lang=vi")
        expect(tab(page, "Dòng thời gian")).to_have_attribute("aria-selected", "true")
        tab(page, "Bảng").click()
        heads = [text.strip() for text in page.get_by_role("columnheader").all_inner_texts()]
        assert heads[:3] == ["Hội nghị", "Lần thứ", "Bắt đầu"]
        expect(page.locator(".answer-sources a").first).to_have_text("[1]")

    def test_asking_again_stays_on_the_page_and_goes_back(self, desk: Desk, lagoon_site: Site) -> None:
        page = desk.open(f"{lagoon_site.url}/queries/meetings-of-series?series=lsoe-series&show=table")
        page.evaluate("window.stayed = true")
        expect(page.locator(".answer-table")).to_contain_text("12th LSOE")
        field = page.locator("[name=series]")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option("lagoon-ministers-series")
        else:
            field.fill("lagoon-ministers-series")
        page.locator("#parameters button").click()
        expect(page.locator(".answer-table")).to_contain_text("4th Lagoon Ministers' Meeting")
        assert "series=lagoon-ministers-series" in page.url
        page.go_back()
        expect(page.locator(".answer-table")).to_contain_text("12th LSOE")
        assert page.evaluate("window.stayed")

    @pytest.mark.parametrize("size", [DESK, PHONE], ids=["wide", "narrow"])
    def test_nothing_is_in_anyones_way(
        self, desk: Desk, lagoon_site: Site, violations: Callable[[Page], list[str]], size: dict
    ) -> None:
        page = desk.open(f"{lagoon_site.url}/queries/meetings-of-series?series=lsoe-series&show=table&lang=vi", **size)
        expect(page.locator(".answer-notes li").first).to_be_visible()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

"""Problems as pages for browsers."""

from __future__ import annotations

import json
import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from asoen_graph.server import problems
from asoen_graph.server.pages import TEMPLATES
from asoen_graph.server.problems import NotFound

from .conftest import Site

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(("language", "words"), [("en", "Perhaps you meant"), ("vi", "Có thể bạn muốn tìm")])
def test_who_asks_with_a_browser_gets_a_page(site: Site, language: str, words: str) -> None:
    answer = site.get("/id/lsoe-14", BROWSER, lang=language)
    assert answer.status_code == 404
    assert answer.headers["content-language"] == language
    assert words in answer.text
    assert f'href="/id/lsoe-12.html?lang={language}"' in answer.text


def test_a_mistake_in_a_query_has_its_place_on_the_page(site: Site) -> None:
    query = "SELECT ?m WHERE { ?m a asoen:Meeting FILTR(1) }"
    page = site.sparql(query, BROWSER).text
    assert "1:38" in page
    (edited,) = re.findall(r'href="(/sparql\?edit=[^"]*)"', page)
    assert parse_qs(urlsplit(unescape(edited)).query)["edit"] == [query]


def test_the_page_escapes_what_it_shows(site: Site) -> None:
    page = site.get("/id/<script>alert(1)<%2fscript>", BROWSER).text
    assert "<script>" not in page


@pytest.mark.parametrize("accept", ["*/*", "application/json", "application/problem+json, text/html", ""])
def test_every_other_client_gets_the_document(site: Site, accept: str) -> None:
    assert site.get("/id/lsoe-14", accept).json()["status"] == 404


def test_a_language_that_is_none_does_not_break_the_page(site: Site) -> None:
    assert site.get("/id/lsoe-12.html", BROWSER, lang="xx").status_code == 400


@pytest.mark.parametrize("code", [*problems.KINDS, "internal"])
def test_every_kind_of_problem_is_told_in_both_languages(code: str) -> None:
    words = json.loads((TEMPLATES / "words" / "problem.json").read_text(encoding="utf-8"))
    for language in ("en", "vi"):
        assert words[f"problem.{code}"][language]
        assert words[f"help.{code}"][language]


def test_what_is_near_has_its_label(site: Site) -> None:
    page = site.get("/id/lsoe-14", BROWSER, lang="vi").text
    label = site.get("/api/entities/lsoe-12", lang="vi").json()["label"]
    assert f'href="/id/lsoe-12.html?lang=vi">{label}</a>' in page


def test_an_address_that_leads_nowhere_leads_on(site: Site) -> None:
    page = site.get("/meetings/lsoe-12", BROWSER, lang="en").text
    assert 'href="/id/lsoe-12.html?lang=en"' in page
    assert 'value="lsoe 12"' in page
    assert "noindex" in page


@pytest.mark.parametrize(
    ("path", "asked", "said"),
    [
        ("/id/lsoe-14", {}, "Không có thực thể nào tên là 'lsoe-14'. Có phải ý bạn là lsoe-1"),
        ("/nowhere", {}, "Không có gì ở địa chỉ này. Các lối vào được liệt kê ở /."),
        ("/sparql", {"query": "SELECT ?x WHERE { ?x a }"}, "Dòng 1, cột 24: } không thể đứng ở đây; cần có "),
        ("/sparql", {"query": "DROP ALL"}, "Dòng 1, cột 1: đây là lệnh cập nhật, mà ở đây đồ thị chỉ để đọc."),
        ("/entities", {"class": "meting"}, "Không có lớp nào tên là 'meting'. Có phải ý bạn là meeting"),
        ("/entities", {"colour": "red"}, "Ở đây không có tham số 'colour'. "),
        ("/timeline", {"from": "2031-13"}, "Tham số from: Không có tháng 13. Cần nhập ngày tháng, chẳng hạn 2031, "),
        ("/search", {"q": "x" * 2000}, "Có hơn "),
        ("/networks/nothing", {}, "Không có mạng lưới nào tên là 'nothing'."),
    ],
)
def test_what_is_wrong_is_told_in_vietnamese(site: Site, path: str, asked: dict[str, str], said: str) -> None:
    page = site.get(path, BROWSER, lang="vi", **asked).text
    main = page[page.index("<main") : page.index("</main>")]
    assert said in re.sub(r"</p>\s*<p>", " ", unescape(main))
    assert 'lang="en"' not in main


def test_a_document_has_every_language_and_a_page_marks_what_is_not_translated(site: Site) -> None:
    problem = site.get("/id/lsoe-14", "application/json").json()
    assert problem["detail"] == "No entity is called 'lsoe-14'"
    assert problem["translations"]["vi"]["detail"] == "Không có thực thể nào tên là 'lsoe-14'"
    plain = problems.document(NotFound("Only in English", "So it is"))
    assert "translations" not in plain
    assert problems.in_words(plain, "vi") == [("Only in English.", "en"), ("So it is.", "en")]


def test_a_mended_query_can_be_run(site: Site) -> None:
    query = "SELECT ?source ?target WHERE { ?source asoen:reportTo ?target }"
    page = site.get("/api/network.svg", BROWSER, query=query).text
    (link,) = re.findall(r'<a class="button" href="([^"]+)">Run this query', page)
    assert "reportsTo" in link
    assert site.client.get(unescape(link)).status_code == 200

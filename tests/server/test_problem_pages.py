"""Problems as pages for browsers."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

from asoen_graph.server import problems
from asoen_graph.server.pages import TEMPLATES

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
    page = site.sparql("SELECT ?m WHERE { ?m a asoen:Meeting FILTR(1) }", BROWSER).text
    assert "1:38" in page


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


def test_what_the_server_says_is_marked_as_english(site: Site) -> None:
    page = site.get("/id/lsoe-14", BROWSER, lang="vi").text
    assert "<h1>Không có gì mang tên này</h1>" in page
    assert re.search(r'<div lang="en">\s*<p>No entity is called', page)


def test_a_mended_query_can_be_run(site: Site) -> None:
    query = "SELECT ?source ?target WHERE { ?source asoen:reportTo ?target }"
    page = site.get("/api/network.svg", BROWSER, query=query).text
    (link,) = re.findall(r'<a class="button" href="([^"]+)">Run this query', page)
    assert "reportsTo" in link
    assert site.client.get(unescape(link)).status_code == 200

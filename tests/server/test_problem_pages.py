"""Problems as pages for browsers."""

from __future__ import annotations

import pytest

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

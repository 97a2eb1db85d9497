"""The page that every search box leads to."""

from __future__ import annotations

import re

import pytest

from .conftest import Site


def hits(page: str) -> list[str]:
    return re.findall(r'<a class="label" href="/id/([^"]+)\.html', page)


def test_it_finds_what_the_api_finds_in_its_order(site: Site) -> None:
    for words in ("lsoe", "coralia", "12"):
        there = [hit["slug"] for hit in site.get("/api/search", q=words, limit="25").json()["items"]]
        assert there
        assert hits(site.get("/search", q=words).text) == there


def test_diacritics_do_not_matter(site: Site) -> None:
    page = site.get("/search", q="ky hop", lang="vi").text
    assert hits(page) == hits(site.get("/search", q="Kỳ Họp", lang="vi").text)


def test_a_class_narrows_it(site: Site) -> None:
    page = site.get("/search", q="lsoe", lang="en").text
    facets = re.findall(
        r'href="/search\?q=lsoe&amp;class=([a-z-]+)&amp;lang=en"[^>]*>[^<]*</a> <span class="number">(\d+)', page
    )
    assert len(facets) > 1
    for class_key, count in facets:
        narrowed = site.get("/search", **{"q": "lsoe", "class": class_key}).text
        assert f"Found: {count}" in narrowed
        assert 'aria-current="true"' in narrowed


def test_pages_follow_each_other(site: Site) -> None:
    words = next(w for w in ("l", "a", "m", "1") if len(hits(site.get("/search", q=w).text)) == 25)
    first = site.get("/search", q=words).text
    (link,) = re.findall(r'<a rel="next" href="([^"]+)"', first)
    second = site.client.get(link.replace("&amp;", "&")).text
    assert hits(second)
    assert not set(hits(first)) & set(hits(second))
    assert 'rel="prev"' in second


def test_no_words_say_what_to_do(site: Site) -> None:
    for page in (site.get("/search").text, site.get("/search", q="  ").text):
        assert "Write words of a name" in page
        assert not hits(page)


@pytest.mark.parametrize(("language", "words"), [("en", "Nothing here is called so"), ("vi", "Không có gì mang tên")])
def test_no_hit_says_what_to_do(site: Site, language: str, words: str) -> None:
    answer = site.get("/search", q="zzzzqqqq xxxx", lang=language)
    assert answer.status_code == 200
    assert words in answer.text


def test_a_slip_of_the_finger_finds_what_was_meant(site: Site) -> None:
    page = site.get("/search", q="corallia").text
    assert "coralia" in hits(page)
    assert "These names are near" in page


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", '"><img src=x>', "\u202eevil", "ភ្នំពេញ", "a&b=c#d"])
def test_what_was_typed_is_text(site: Site, words: str) -> None:
    page = site.get("/search", q=words).text
    assert "<script>" not in page
    assert "<img" not in page
    assert site.get("/search", q=words, lang="vi").status_code == 200


@pytest.mark.parametrize("parameters", [{"class": "no-such"}, {"offset": "-1"}, {"page": "2"}, {"q": "x" * 501}])
def test_what_makes_no_sense_is_told(site: Site, parameters: dict[str, str]) -> None:
    answer = site.get("/search", "text/html", **({"q": "lsoe"} | parameters))
    assert 400 <= answer.status_code < 500
    assert 'class="note' in answer.text

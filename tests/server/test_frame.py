"""The frame of every page: the switch of languages, addresses for search engines, releases."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

from asoen_graph.release import Release
from asoen_graph.server.pages import TEMPLATES, grouped, in_language, without_language

from .conftest import Site

SWITCH = re.compile(r'<a class="language" href="([^"]*)" lang="vi"')


def switch(page: str) -> str:
    found = SWITCH.search(page)
    assert found is not None
    return unescape(found[1])


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/id/lsoe-12.html",
        "/search?q=lsoe%2012&class=meeting",
        "/search?q=%3Cb%3E%22%26amp%3B",
        "/sparql?format=html",
        "/nowhere?here=1",
    ],
)
def test_the_other_language_is_the_same_page(site: Site, address: str) -> None:
    accept = "text/html"
    page = site.client.get(f"{address}{'&' if '?' in address else '?'}lang=en", headers={"Accept": accept}).text
    there = switch(page)
    assert there == f"{address}{'&' if '?' in address else '?'}lang=vi"
    other = site.client.get(there, headers={"Accept": accept})
    assert other.headers["content-language"] == "vi"
    assert '<html lang="vi"' in other.text


def test_below_a_release_everything_stays_below_it(site: Site, lagoon_release: Release) -> None:
    volumes = site.get("/releases").json()["items"]
    root = volumes[0]["address"]
    page = site.client.get(f"{root}/search?q=lsoe&lang=en").text
    assert switch(page) == f"{root}/search?q=lsoe&lang=vi"
    assert f'data-root="{root}/"' in page
    assert f'action="{root}/search"' in page
    entity = site.client.get(f"{root}/id/lsoe-12.html?lang=en").text
    # Of all the releases that have the page, the present one is the page to be found.
    assert f'<link rel="canonical" href="{site.url}/id/lsoe-12.html?lang=en">' in entity
    assert f'hreflang="vi" href="{site.url}{root}/id/lsoe-12.html?lang=vi">' in entity


def test_the_address_of_a_page_is_that_of_the_host_that_was_asked(site: Site) -> None:
    for host in ("one.example", "other.example"):
        page = site.client.get("/id/lsoe-12.html?lang=en", headers={"Host": host}).text
        assert f'<link rel="canonical" href="http://{host}/id/lsoe-12.html?lang=en">' in page


def test_the_present_section_is_marked(site: Site) -> None:
    page = site.get("/id/lsoe-12.html", lang="en").text
    assert re.findall(r'<a href="([^"]*)" aria-current="true">', page) == ["/entities?lang=en"]
    assert re.findall(r'<a href="([^"]*)" aria-current="page">', site.get("/sparql", "text/html", lang="en").text) == [
        "/sparql?lang=en"
    ]


def test_every_page_has_a_title_and_a_description_of_its_own(site: Site) -> None:
    seen = {}
    for address in ("/", "/id/lsoe-12.html", "/id/lsoe-11.html", "/sparql?format=html", "/search?q=lsoe"):
        page = site.client.get(address).text
        (title,) = re.findall("<title>(.*?)</title>", page)
        (description,) = re.findall('<meta name="description" content="(.*?)">', page)
        seen[address] = title, description
    assert len({title for title, _ in seen.values()}) == len({text for _, text in seen.values()}) == len(seen)


def test_every_word_is_said_in_both_languages() -> None:
    for path in (TEMPLATES / "words").glob("*.json"):
        for word, texts in json.loads(path.read_text(encoding="utf-8")).items():
            assert set(texts) == {"en", "vi"}, word
            assert all(texts.values()), word


@pytest.mark.parametrize(
    ("address", "without"),
    [
        ("/id/x.html?lang=vi", "/id/x.html"),
        ("/search?q=a&lang=vi&class=b", "/search?q=a&class=b"),
        ("/search?language=vi", "/search?language=vi"),
        ("/data?default", "/data?default"),
        ("/", "/"),
    ],
)
def test_an_address_without_its_language(address: str, without: str) -> None:
    assert without_language(address) == without
    assert without_language(in_language(without, "vi")) == without


def test_numbers_are_written_as_they_are_read() -> None:
    assert (grouped(15946, "en"), grouped(15946, "vi"), grouped(7, "vi")) == ("15,946", "15.946", "7")

"""The pages a reader lands on, as HTML: an entity, a fact, a source."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

import pytest

from asoen_graph.release import Release

from .conftest import Site

KINDS = ("/id/lsoe-12.html", "/id/lo-da-reef.html", "/id/coralia.html", "/source/lagoon-union-record.html")


class Reading(HTMLParser):
    """What a page holds: text by element, ids, links, and whether every element is closed where it should be."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.unclosed: list[str] = []
        self.headings: list[str] = []
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        assert "style" not in known, "the policy of the pages forbids it"
        self.ids += [known["id"] or ""] if "id" in known else []
        self.links += [known["href"] or ""] if tag == "a" and "href" in known else []
        if tag not in ("meta", "link", "input", "br", "hr", "img", "rect", "path", "circle"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("rect", "path", "circle"):
            return
        if not self._open or self._open.pop() != tag:
            self.unclosed.append(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self._open and self._open[-1] in ("h1", "h2"):
            self.headings.append(" ".join(data.split()))

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def reading(site: Site, path: str, **parameters: str) -> Reading:
    answer = site.get(path, **parameters)
    assert answer.status_code == 200
    return Reading(answer.text)


def fact_of(site: Site, slug: str, property_: str, value: str) -> str:
    """The name of a fact that says so, by its entity, the key of its property, and its value."""
    items = site.get(f"/api/entities/{slug}/facts", limit="200").json()["items"]
    (fact,) = [each for each in items if each["property"]["key"] == property_ and each["value"]["text"] == value]
    return fact["claim"]["fact"].rpartition("/")[2]


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("path", KINDS)
def test_a_page_is_whole(site: Site, path: str, language: str) -> None:
    page = reading(site, path, lang=language)
    assert page.unclosed == []
    assert [each for each, count in Counter(page.ids).items() if count > 1] == []
    assert not any("None" in link or "{" in link for link in page.links)


@pytest.mark.parametrize("path", KINDS)
def test_links_within_the_data_lead_somewhere(site: Site, path: str) -> None:
    page = reading(site, path)
    within = {link for link in page.links if link.startswith(("/id/", "/source/", "/fact/", "/timemap/", "/ontology"))}
    assert within
    for link in within:
        address, _, fragment = link.partition("#")
        answer = site.client.get(address, follow_redirects=True)
        assert answer.status_code == 200, link
        if address.startswith("/source/") and fragment:
            assert f'id="{fragment}"' in answer.text, link


class TestEntity:
    def test_its_facts_stand_under_the_headings_of_the_ontology(self, site: Site, lagoon_release: Release) -> None:
        page = reading(site, "/id/lsoe-12.html")
        groups = [group.label("en") for group in lagoon_release.vocabulary.groups.values()]
        found = [heading for heading in page.headings if heading in groups]
        assert found == sorted(found, key=groups.index)
        assert len(found) > 3

    def test_its_headings_are_vietnamese_too(self, site: Site) -> None:
        page = reading(site, "/id/lsoe-12.html", lang="vi")
        assert {"Giới thiệu", "Thời gian", "Tham dự", "Tải về", "Trích dẫn và liên kết"} <= set(page.headings)

    def test_every_fact_of_the_card_is_one_step_away(self, site: Site) -> None:
        card = site.get("/id/lsoe-12.json").json()
        facts = {claim["fact"] for group in card["statements"] for s in group["statements"] for claim in s["claims"]}
        facts |= {claim["fact"] for group in card["incoming"] for s in group["statements"] for claim in s["claims"]}
        links = reading(site, "/id/lsoe-12.html").links
        for fact in facts:
            assert f"/fact/{fact.rpartition('/')[2]}.html?lang=en" in links

    def test_a_source_is_named_with_the_place_in_it(self, site: Site) -> None:
        html = site.get("/id/lsoe-12.html").text
        assert re.search(r"<summary>[^<]*\(2031-09\), page 1", html)
        assert '/source/lagoon-union-record.html?lang=en#p-page-1"' in html

    def test_a_dispute_shows_both_sides(self, site: Site) -> None:
        page = reading(site, "/id/lo-da-reef.html")
        assert "Sources disagree here" in page.text
        assert "The text says 9." in page.text
        vietnamese = reading(site, "/id/lo-da-reef.html", lang="vi").text
        assert "Các nguồn không thống nhất" in vietnamese
        assert "Bài viết ghi 9." in vietnamese

    def test_validity_and_notes_are_seen_without_a_click(self, site: Site) -> None:
        html = re.sub(r"(?s)<details.*?</details>", "", site.get("/id/lagoon-reef-centre.html").text)
        assert "2024-05 – 2030" in html
        assert "The day of arrival." in re.sub(r"(?s)<details.*?</details>", "", site.get("/id/lsoe-12.html").text)

    def test_a_place_is_on_a_map(self, site: Site) -> None:
        html = site.get("/id/lo-da-reef.html").text
        placed = "point" in {group["property"]["key"] for group in site.get("/id/lo-da-reef.json").json()["statements"]}
        assert ('class="whereabouts"' in html) >= placed
        assert ('type="application/geo+json"' in html) == placed

    def test_downloads_and_the_query_that_asks_for_it(self, site: Site) -> None:
        links = reading(site, "/id/lsoe-12.html").links
        for suffix in ("ttl", "jsonld", "rdf", "nt", "trig"):
            assert site.get(f"/id/lsoe-12.{suffix}").status_code == 200
            assert f"/id/lsoe-12.{suffix}" in links
        (query,) = [link for link in links if link.startswith("/sparql?query=DESCRIBE")]
        assert site.client.get(query + "&format=nt").status_code == 200

    def test_it_leads_to_its_network_and_to_lists(self, site: Site) -> None:
        links = reading(site, "/id/coralia.html").links
        (network,) = [link for link in links if link.startswith("/networks/query?query=")]
        answer = site.client.get(network.replace("/networks/query", "/api/network.json"))
        assert answer.status_code == 200
        assert any("coralia" in str(node) for node in answer.json()["nodes"])

    def test_how_to_cite_it(self, site: Site) -> None:
        page = reading(site, "/id/lsoe-12.html")
        assert "“12th LSOE”." in page.text
        assert "https://w3id.org/asoen/id/lsoe-12" in page.text

    def test_within_a_release_everything_stays_there(self, site: Site) -> None:
        version = site.get("/releases", "application/json").json()["items"][0]["address"]
        answer = site.get(f"{version}/id/lsoe-12.html")
        if answer.status_code == 200:
            links = [link for link in Reading(answer.text).links if link.startswith("/id/")]
            assert links == []


class TestFact:
    def test_it_is_a_sentence_with_its_source(self, site: Site) -> None:
        slug = fact_of(site, "lsoe-12", "starts", "2031-06-27")
        page = reading(site, f"/fact/{slug}.html")
        assert "12th LSOE starts 2031-06-27" in page.text
        assert "Superseded: newer information has replaced it. The day of arrival." in page.text
        assert "page 1" in page.text
        assert "data/sources/lagoon-union-record.yaml:" in page.text

    def test_it_stands_among_others(self, site: Site) -> None:
        slug = fact_of(site, "designation-lo-da-reef", "ordinal", "8")
        page = reading(site, f"/fact/{slug}.html")
        assert {"What others say instead"} <= set(page.headings)
        assert "disputed" in page.text
        other = fact_of(site, "designation-lo-da-reef", "ordinal", "9")
        assert f"/fact/{other}.html?lang=en" in page.links

    def test_it_is_told_in_vietnamese(self, site: Site) -> None:
        slug = fact_of(site, "designation-lo-da-reef", "ordinal", "8")
        page = reading(site, f"/fact/{slug}.html", lang="vi")
        assert "Các dữ kiện khác nói khác đi" in page.headings
        assert "Có tranh chấp" in page.text


class TestSource:
    def test_its_passages_have_names(self, site: Site) -> None:
        page = reading(site, "/source/lagoon-union-record.html")
        assert {"p-page-1", "p-page-2"} <= set(page.ids)
        assert "#p-page-1" in page.links, "a long document has a list of its passages"

    def test_every_fact_of_it_is_there(self, site: Site) -> None:
        card = site.get("/source/lagoon-union-record.json").json()
        facts = [record["claim"]["fact"] for passage in card["passages"] for record in passage["facts"]]
        page = reading(site, "/source/lagoon-union-record.html")
        assert all(f"/fact/{fact.rpartition('/')[2]}.html?lang=en" in page.links for fact in facts)
        assert f"{len(facts) + len(card['joint'])} facts are taken from this document." in page.text

    def test_the_document_itself_is_a_link_that_leads_away(self, site: Site) -> None:
        html = site.get("/source/lagoon-union-record.html").text
        assert '<a class="out address" rel="external" href="https://example.org/lsoe-12/record">' in html
        assert ">English<" in site.get("/source/lagoon-union-record.html").text.replace("\n", "")
        assert "tiếng Anh" in site.get("/source/lagoon-union-record.html", lang="vi").text

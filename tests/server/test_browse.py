"""Lists with facets, the catalogue, the ontology's documentation and changes, as pages without scripts."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from html import unescape

import pytest

from .conftest import Site

LANGUAGES = ("en", "vi")
HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def page(site: Site, address: str, status: int = 200) -> str:
    answer = site.client.get(address, headers=HTML, follow_redirects=True)
    assert answer.status_code == status, f"{address}: {answer.status_code} {answer.text[:300]}"
    assert answer.headers["content-type"].startswith("text/html")
    return answer.text


def results(text: str, kind: str = "id") -> list[str]:
    """The slugs of a page of a list, in order."""
    return re.findall(rf'<li><a href="/{kind}/([^".]+)\.html', text.partition('<ul class="results">')[2])


def link(text: str, relation: str) -> str | None:
    found = re.search(rf'<a class="button plain" rel="{relation}" href="([^"]+)"', text)
    return unescape(found[1]) if found else None


def total(text: str) -> int:
    found = re.search(r'<h2 id="results">.*?(?:of|trên) ([\d.,]+)</h2>', text)
    return int(re.sub(r"[.,]", "", found[1])) if found else 0


def facets(text: str) -> dict[str, list[tuple[str, str, int]]]:
    """Heading → address, label and number of each value that is not chosen."""
    found = {}
    for part in re.findall(r'<section class="narrowing" aria-labelledby="facet-\d+">(.*?)</section>', text, re.S):
        heading = re.search(r"<h3[^>]*>(.*?)</h3>", part)
        assert heading is not None
        rows = re.findall(r'<a href="([^"]+)" rel="nofollow">(.*?)</a>\s*<span class="count">([\d.,]+)', part, re.S)
        found[unescape(heading[1])] = [
            (unescape(there), unescape(label), int(re.sub(r"[.,]", "", count))) for there, label, count in rows
        ]
    return found


def leads(text: str) -> Iterator[str]:
    """Where the content of a page leads on this server."""
    content = text.partition("<main")[2].partition("</main>")[0]
    for address in re.findall(r'(?:href|src)="(/[^"#]*)', content):
        # What changed between releases of the real data is longer than this server may answer.
        if not address.startswith("/changes"):
            yield unescape(address)


class TestLists:
    @pytest.mark.parametrize(
        ("path", "kind", "limit"),
        [("/entities", "id", 7), ("/entities?class=meeting", "id", 2), ("/sources", "source", 2)],
    )
    def test_pages_hold_every_row_once_in_the_order_of_the_api(
        self, site: Site, path: str, kind: str, limit: int
    ) -> None:
        mark = "&" if "?" in path else "?"
        expected = [each["slug"] for each in site.client.get(f"/api{path}{mark}limit=1000").json()["items"]]
        found, address, visited = [], f"{path}{mark}limit={limit}&lang=en", []
        while address:
            text = page(site, address)
            visited.append(results(text, kind))
            found += visited[-1]
            assert total(text) == len(expected)
            address = link(text, "next") or ""
        assert found == expected
        assert len(visited) > 1
        back = link(text, "prev")
        assert back is not None
        assert results(page(site, back), kind) == visited[-2]

    def test_numbers_of_facets_are_those_of_the_api(self, site: Site) -> None:
        text = page(site, "/entities?class=meeting&lang=en")
        shown = facets(text)
        assert len(shown) > 1
        properties = {
            re.search(r"[?&]([a-z:-]+)=[^&]*$", rows[0][0].replace("&lang=en", ""))[1]: rows for rows in shown.values()
        }
        asked = "/api/entities?class=meeting&lang=en&limit=0&facets=" + ",".join(properties)
        told = site.client.get(asked).json()["facets"]
        for name, rows in properties.items():
            numbers = {each["label"]: each["count"] for each in told[name]}
            assert {label: count for _, label, count in rows} == numbers, name

    @pytest.mark.parametrize("path", ["/entities?class=meeting&lang=en", "/sources?lang=en", "/entities?lang=vi"])
    def test_a_value_leads_to_as_many_as_it_says(self, site: Site, path: str) -> None:
        checked = 0
        for rows in facets(page(site, path)).values():
            for address, label, count in rows[:4]:
                narrowed = page(site, address)
                assert total(narrowed) == count, address
                assert label in unescape(narrowed.partition('class="in-use"')[2])
                checked += 1
        assert checked > 1

    def test_another_value_of_the_same_facet_can_be_added_and_each_removed(self, site: Site) -> None:
        heading, rows = next(
            (heading, rows)
            for heading, rows in facets(page(site, "/entities?class=meeting&lang=en")).items()
            if len(rows) > 1
        )
        once = page(site, rows[0][0])
        again = facets(once)[heading]
        both = page(site, again[0][0])
        assert total(both) >= max(total(once), again[0][2])
        removing = re.findall(r'<a class="chip" href="([^"]+)">', both)
        assert len(removing) == 3
        for address in removing:
            assert total(page(site, unescape(address))) > 0

    def test_classes_are_a_tree_with_numbers(self, site: Site) -> None:
        text = page(site, "/entities?lang=en")
        tree = text.partition('id="kinds"')[2].partition("</section>")[0]
        found = re.findall(r'<a href="([^"]+)">([^<]+)</a> <span class="count">([\d,]+)</span>', tree)
        assert found
        for address, label, count in found:
            assert total(page(site, unescape(address))) == int(count.replace(",", "")), label

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_an_empty_form_asks_for_everything(self, site: Site, language: str) -> None:
        everything = page(site, f"/entities?lang={language}")
        asked = page(site, f"/entities?q=&from=&until=&sort=&limit=&class=&lang={language}")
        assert results(asked) == results(everything) != []

    def test_words_find_names_without_diacritics(self, site: Site) -> None:
        name = site.client.get("/api/entities?class=meeting&lang=vi&limit=1").json()["items"][0]
        text = page(site, f"/entities?q={name['label'].split()[0]}&lang=vi")
        assert name["slug"] in results(text)

    def test_a_period_and_an_order(self, site: Site) -> None:
        text = page(site, "/entities?class=meeting&from=2000&sort=-begins&lang=en")
        api = site.client.get("/api/entities?class=meeting&from=2000&sort=-begins&lang=en").json()
        assert results(text) == [each["slug"] for each in api["items"]]
        assert '<option value="-begins" selected>' in text

    def test_a_cursor_of_another_language_begins_anew(self, site: Site) -> None:
        following = link(page(site, "/entities?limit=5&lang=en"), "next")
        assert following is not None
        text = page(site, following.replace("lang=en", "lang=vi"))
        assert "hiển thị từ đầu" in text
        assert results(text) == results(page(site, "/entities?limit=5&lang=vi"))

    def test_markup_in_the_address_is_text(self, site: Site) -> None:
        text = page(site, "/entities?q=%3Cscript%3Ealert(1)%3C/script%3E%22&lang=en")
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;&#34;" in text
        assert "Nothing fits" in text

    @pytest.mark.parametrize(
        ("path", "near"),
        [("/entities?class=meting", "meeting"), ("/entities?seriess=x", "series"), ("/entities?sort=lable", "label")],
    )
    def test_what_is_not_there_is_told_in_words(self, site: Site, path: str, near: str) -> None:
        answer = site.client.get(path, headers=HTML)
        assert answer.status_code in (400, 404)
        assert near in answer.text
        assert "<main" in answer.text

    def test_the_whole_list_as_csv(self, site: Site) -> None:
        address = unescape(re.search(r'<a href="([^"]+format=csv[^"]*)"', page(site, "/entities?class=meeting"))[1])
        rows = list(csv.DictReader(io.StringIO(site.client.get(address).text)))
        api = site.client.get("/api/entities?class=meeting&limit=1000").json()["items"]
        assert [row["slug"] for row in rows] == [each["slug"] for each in api]
        documents = list(csv.DictReader(io.StringIO(site.client.get("/sources?format=csv").text)))
        assert sum(int(each["facts"]) for each in documents) > 0

    def test_the_same_list_of_the_api_is_named(self, site: Site) -> None:
        text = page(site, "/entities?class=meeting&lang=en")
        address = unescape(re.search(r'<link rel="alternate" type="application/json" href="([^"]+)"', text)[1])
        assert site.client.get(address).json()["total"] == total(text)


class TestCatalogue:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_words_find_queries_in_both_languages(self, site: Site, language: str) -> None:
        text = page(site, f"/queries?q=cac+ky+hop&lang={language}")
        assert "/queries/meetings?" in text
        assert "/queries/is-held?" not in text
        assert "/queries/meetings?" not in page(site, f"/queries?q=nowhere&lang={language}")

    def test_the_answer_stands_there_with_its_sources(self, site: Site) -> None:
        text = page(site, "/queries/meetings?lang=en")
        rows = site.get("/api/queries/meetings").json()
        body = text.partition("<tbody>")[2].partition("</tbody>")[0]
        assert body.count("<tr>") == len(rows) > 1
        for row in rows:
            assert f"/id/{row['meeting']['slug']}.html" in body
        cited = set(re.findall(r'href="#(source-\d+)"', body))
        assert cited
        for each in cited:
            note = text.partition(f'id="{each}"')[2].partition("</li>")[0]
            assert re.search(r'href="/source/[^"]+"', note)
            assert re.search(r'href="/fact/[^"]+"', note)

    def test_values_decide_the_answer_and_all_that_goes_with_it(self, site: Site) -> None:
        text = page(site, "/queries/meetings?least=2&series=lsoe-series&lang=vi")
        assert 'name="least" value="2"' in text
        assert '<option value="lsoe-series" selected>' in text
        downloads = re.findall(r'<a href="(/api/queries/meetings\?[^"]+)" type', text)
        assert len(downloads) > 5
        for address in downloads:
            assert "least=2" in address
            assert site.client.get(unescape(address)).status_code == 200, address
        expected = site.get("/api/queries/meetings", least="2").json()
        assert text.partition("<tbody>")[2].partition("</tbody>")[0].count("<tr>") == len(expected)

    def test_the_query_opens_in_the_editor_with_its_values(self, site: Site) -> None:
        text = page(site, "/queries/meetings?least=7&lang=en")
        address = unescape(re.search(r'<a class="button plain"[^>]* href="(/sparql\?[^"]+)"', text)[1])
        assert "7" in address
        assert "%23%2B" not in address
        assert "<textarea" in page(site, address)
        asked = address.replace("?edit=", "?query=")
        answer = site.client.get(asked, headers={"Accept": "application/sparql-results+json"})
        assert answer.status_code == 200, answer.text
        assert len(answer.json()["results"]["bindings"]) == len(site.get("/api/queries/meetings", least="7").json())

    def test_ways_to_call_it_are_right(self, site: Site) -> None:
        text = unescape(page(site, "/queries/meetings?least=2&lang=en"))
        addresses = set(re.findall(r"http://[^'\"<\s]+/api/queries/meetings[^'\"<\s]*", text))
        assert addresses
        for address in addresses:
            assert address.startswith(site.url)
            assert site.client.get(address).headers["content-type"].startswith("text/csv")

    def test_the_citation_is_that_of_the_answer(self, site: Site) -> None:
        answer = site.client.get("/queries/meetings?lang=en", headers=HTML)
        api = site.client.get("/api/queries/meetings?lang=en")
        assert answer.headers["asoen-query"] == api.headers["asoen-query"]
        assert api.headers["asoen-query"][:16] in answer.text

    @pytest.mark.parametrize(("language", "said"), [("en", "A whole number"), ("vi", "Số nguyên")], ids=LANGUAGES)
    def test_a_wrong_value_is_told_at_its_field(self, site: Site, language: str, said: str) -> None:
        text = page(site, f"/queries/meetings?least=many%3Cb%3E&lang={language}", status=400)
        field = text.partition('id="value-least"')[2].partition("</div>")[0]
        assert 'aria-invalid="true"' in field
        assert said in field.partition('id="wrong-least"')[2]
        assert "many<b>" not in text
        assert 'id="answer"' not in text
        assert 'href="#value-least"' in text

    def test_what_was_perhaps_meant_is_a_step_away(self, site: Site) -> None:
        text = page(site, "/queries/meetings?series=lsoe&lang=en", status=400)
        near = re.search(r'id="wrong-series".*?<a href="([^"]+)"', text, re.S)
        assert near is not None
        page(site, unescape(near[1]))
        told = page(site, "/queries/meetings?series=lsoe&lang=vi", status=400)
        assert "nào là &#39;lsoe&#39;" in told
        assert "meeting-series" not in told.partition('id="wrong-series"')[2].partition("</p>")[0]

    def test_a_name_is_as_good_as_an_identifier(self, site: Site) -> None:
        label = site.client.get("/api/entities?class=meeting-series&lang=en&limit=1").json()["items"][0]
        text = page(site, f"/queries/meetings?series={label['label'].upper()}&lang=en")
        assert f'<option value="{label["slug"]}" selected>' in text

    def test_a_query_that_is_not_there(self, site: Site) -> None:
        answer = site.client.get("/queries/meetingz", headers=HTML)
        assert answer.status_code == 404
        assert "meetings" in answer.text
        assert site.client.get("/queries/meetings?lest=2", headers=HTML).status_code == 400


class TestOntology:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_term_has_its_place(self, site: Site, language: str) -> None:
        text = page(site, f"/ontology?lang={language}")
        places = set(re.findall(r' id="([^"]+)"', text))
        assert len(re.findall(r' id="([^"]+)"', text)) == len(places)
        assert {"Meeting", "ordinal", "planned", "Participation"} <= places
        for there in set(re.findall(r'href="#([^"]+)"', text)):
            assert there in places, there

    def test_what_is_said_of_a_class(self, site: Site) -> None:
        text = page(site, "/ontology?lang=en")
        meeting = text.partition('id="Meeting"')[2].partition("</section>")[0]
        assert "/entities?class=meeting" in unescape(meeting)
        assert "series" in meeting
        count = int(re.search(r"In the graph</dt><dd>(\d+)", meeting)[1])
        assert count == site.client.get("/api/entities?class=meeting&limit=0").json()["total"]
        participation = text.partition('id="Participation"')[2].partition("</section>")[0]
        assert re.search(r'href="#event">[^<]*</a> <span class="count">1(\.\.n)?</span>', participation)

    def test_the_picture_has_a_table_of_the_same(self, site: Site) -> None:
        text = page(site, "/ontology?lang=vi")
        arrows = text.count('<g class="arrow">')
        table = text.partition("</svg>")[2].partition("</table>")[0]
        assert arrows > 3
        assert table.count("<tr>") > arrows


class TestPages:
    ADDRESSES = (
        "/entities", "/entities?class=meeting", "/sources", "/queries", "/queries/meetings", "/queries/is-held",
        "/ontology", "/report", "/releases",
    )  # fmt: skip

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("address", ADDRESSES)
    def test_nothing_in_it_styles_or_runs_by_itself(self, site: Site, address: str, language: str) -> None:
        text = page(site, f"{address}{'&' if '?' in address else '?'}lang={language}")
        assert f'<html lang="{language}"' in text
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]* src=)(?![^>]*json)", text)
        assert text.count("<h1") == 1

    @pytest.mark.parametrize("address", ADDRESSES)
    def test_every_link_leads_somewhere(self, site: Site, address: str) -> None:
        for there in sorted(set(leads(page(site, address))))[:120]:
            answer = site.client.get(there, headers=HTML)
            assert answer.status_code in (200, 303), f"{address} → {there}: {answer.status_code}"

    def test_below_a_release_links_stay_there(self, site: Site) -> None:
        root = site.get("/releases").json()["items"][0]["address"]
        for address in ("/entities?class=meeting", "/queries/meetings", "/ontology"):
            text = page(site, root + address)
            outside = ("/assets", "/docs", "/releases", "/changes", root)
            assert [each for each in leads(text) if not each.startswith(outside)] == []
            for there in list(leads(text))[:30]:
                assert site.client.get(there, headers=HTML).status_code in (200, 303), there

"""Lists, cards, search, the catalogue and networks, as JSON and other forms."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace

import networkx
import pytest

from asoen_graph.errors import LimitReached
from asoen_graph.network.formats import FORMATS
from asoen_graph.network.measures.forms import FORMS
from asoen_graph.release import Release
from asoen_graph.server.library import Library
from asoen_graph.server.operations import catalogue, networks
from asoen_graph.server.settings import Settings

from .conftest import LIMITS, Site


@pytest.fixture(scope="module")
def library(settings: Settings) -> Library:
    """What a worker answers from, without a worker around it."""
    return Library.open(settings.release, settings.queries)


def every_page(site: Site, path: str, limit: int, **parameters: str) -> list[dict[str, object]]:
    """The items of all pages, following the cursors."""
    found: list[dict[str, object]] = []
    place: dict[str, str] = {}
    while True:
        page = site.get(path, limit=str(limit), **parameters, **place).json()
        assert page["offset"] == len(found)
        found += page["items"]
        if page["next"] is None:
            assert len(found) == page["total"]
            return found
        place = {"cursor": page["next"]}


class TestLists:
    def test_paging_is_complete_and_without_duplicates(self, site: Site, lagoon_release: Release) -> None:
        slugs = [item["slug"] for item in every_page(site, "/api/entities", 7)]
        assert len(slugs) == len(set(slugs)) == lagoon_release.manifest.counts.entities
        assert slugs == [item["slug"] for item in every_page(site, "/api/entities", 1000)]

    def test_by_class(self, site: Site) -> None:
        meetings = every_page(site, "/api/entities", 50, **{"class": "meeting"})
        assert {"lsoe-11", "lsoe-12", "lsoe-13", "lagoon-ministers-4"} <= {item["slug"] for item in meetings}
        answer = site.get("/api/entities", **{"class": "meetin"})
        assert (answer.status_code, "meeting" in answer.json()["nearest"]) == (404, True)

    def test_by_name(self, site: Site) -> None:
        assert site.get("/api/entities", q="lsoe 12").json()["items"][0]["slug"] == "lsoe-12"
        assert site.get("/api/entities", q="hoi nghi lsoe", **{"class": "person"}).json()["total"] == 0

    def test_in_vietnamese(self, site: Site) -> None:
        labels = [
            item["label"] for item in site.get("/api/entities", lang="vi", **{"class": "member-state"}).json()["items"]
        ]
        assert "Cô-ra-li-a" in labels

    def test_sources(self, site: Site, lagoon_release: Release) -> None:
        found = every_page(site, "/api/sources", 3)
        assert {item["slug"]: item["facts"] for item in found} == lagoon_release.manifest.counts.facts_by_source

    def test_facts(self, site: Site) -> None:
        facts = every_page(site, "/api/entities/lsoe-12/facts", 3)
        assert facts
        assert all(fact["claim"]["source"] and fact["claim"]["locator"] and fact["claim"]["place"] for fact in facts)  # type: ignore[index]

    @pytest.mark.parametrize(
        ("parameter", "value"),
        [("limit", "-1"), ("limit", "1001"), ("limit", "x"), ("limit", "9" * 400), ("offset", "1.5"), ("offset", "²")],
    )
    def test_numbers_that_are_none(self, site: Site, parameter: str, value: str) -> None:
        answer = site.get("/api/entities", **{parameter: value})
        assert (answer.status_code, answer.json()["parameter"]) == (400, parameter)

    def test_a_parameter_that_is_not_there(self, site: Site) -> None:
        answer = site.get("/api/entities", clas="meeting")
        assert (answer.status_code, answer.json()["parameter"]) == (400, "clas")
        assert "class" in answer.json()["hint"]

    def test_a_parameter_given_twice(self, site: Site) -> None:
        assert site.get("/api/entities", limit=["1", "2"]).json()["parameter"] == "limit"

    def test_json_only(self, site: Site) -> None:
        assert site.get("/api/entities", "text/csv").status_code == 406


class TestCards:
    def test_an_entity(self, site: Site) -> None:
        card = site.get("/api/entities/lsoe-12").json()
        assert card["iri"] == "https://w3id.org/asoen/id/lsoe-12"
        claims = [claim for group in card["statements"] for each in group["statements"] for claim in each["claims"]]
        assert claims
        assert all(claim["citation"] and claim["locator"] for claim in claims)

    def test_a_source(self, site: Site) -> None:
        card = site.get("/api/sources/lagoon-union-record").json()
        assert card["title"] == "Record of the 12th LSOE"
        assert card["passages"][0]["locator"] == "page 1"

    @pytest.mark.parametrize("language", ["en", "vi"])
    @pytest.mark.parametrize(
        "address",
        [
            "/api/entities/lsoe-12",
            "/api/entities/coralia",
            "/api/entities/lsoe-12/facts",
            "/api/sources/lagoon-union-record",
            "/id/port-azure.json",
            "/id/port-azure.geojson",
        ],
    )
    def test_everything_mentioned_is_named(self, site: Site, address: str, language: str) -> None:
        """No second request is needed to show a card: each thing comes with its label, each key with its word."""
        mentioned = list(things(site.get(address, lang=language).json()))
        assert mentioned
        for thing in mentioned:
            if "key" in thing:
                name = thing.get("text", thing.get("label"))
                assert name, thing
                # A label that is missing falls back to the key, which is English.
                assert language == "en" or name != thing["key"], thing
            if "fact" in thing:
                assert thing["status_label"], thing
                assert thing["citation"], thing


def things(content: object) -> Iterator[dict[str, str]]:
    """Every object at any depth that stands for an entity, a term, a document or a fact."""
    if isinstance(content, dict):
        if content.get("key") or content.get("fact"):
            yield content
        for value in content.values():
            yield from things(value)
    elif isinstance(content, list):
        for value in content:
            yield from things(value)


class TestSearch:
    def test_without_diacritics(self, site: Site) -> None:
        hits = site.get("/api/search", q="co ra li a", lang="vi").json()["items"]
        assert (hits[0]["slug"], hits[0]["label"]) == ("coralia", "Cô-ra-li-a")

    def test_nothing_to_search_for(self, site: Site) -> None:
        assert site.get("/api/search").status_code == 400
        assert site.get("/api/search", q="").json()["total"] == 0
        assert site.get("/api/search", q="zzzzzz qqqq").json()["items"] == []


class TestCatalogue:
    def test_it_is_listed_with_parameters(self, site: Site) -> None:
        entries = {entry["name"]: entry for entry in site.get("/api/queries").json()["items"]}
        assert set(entries) == {"meetings", "is-held"}
        series, least = entries["meetings"]["parameters"]
        assert (series["name"], series["type"], series["class"]) == ("series", "entity", "meeting-series")
        assert series["default"] == ["lsoe-series"]
        assert least["default"] == ["1"]
        assert entries["meetings"]["title"]["vi"] == "Các kỳ họp của một chuỗi"
        assert [entry["name"] for entry in site.get("/api/networks").json()["items"]] == ["attended", "together"]

    def test_the_list_is_filtered(self, site: Site) -> None:
        def names(**parameters: str) -> list[str]:
            return [entry["name"] for entry in site.get("/api/queries", **parameters).json()["items"]]

        assert names(view="timeline") == ["meetings"]
        assert names(group="when") == names(group="who,when") == names()
        assert names(group="who") == []
        assert set(site.get("/api/queries", fields="name,title").json()["items"][0]) == {"name", "title"}
        assert site.get("/api/queries", fields="tilte").json()["parameter"] == "fields"
        assert site.get("/api/networks", gruop="x").json()["parameter"] == "gruop"

    def test_rows_with_labels_and_sources(self, site: Site) -> None:
        answer = site.get("/api/queries/meetings")
        assert answer.headers["content-type"] == "application/json"
        assert "12th LSOE" in answer.text
        assert "Record of the 12th LSOE" in answer.text
        assert "Hội nghị LSOE lần thứ 12" in site.get("/api/queries/meetings", lang="vi").text

    def test_values_are_bound(self, site: Site) -> None:
        def meetings(**values: str) -> set[str]:
            answer = site.get("/api/queries/meetings", "text/csv", **values)
            assert answer.status_code == 200, answer.text
            rows = csv.reader(io.StringIO(answer.text))
            next(rows)
            return {cell for row in rows for cell in row if cell.endswith(("LSOE", "Meeting"))}

        assert "11th LSOE" in meetings()
        assert "11th LSOE" not in meetings(least="12")
        assert meetings(series="lagoon-ministers-series") == {"4th Lagoon Ministers' Meeting"}

    @pytest.mark.parametrize(
        ("values", "parameter", "hint"),
        [
            ({"series": "lsoe-serie"}, "series", "lsoe-series"),
            ({"series": "coralia"}, "series", ""),
            ({"least": "twelve"}, "least", ""),
            ({"least": "1 } ?s ?p ?o VALUES ?x { 1"}, "least", ""),
            ({"serie": "x"}, "serie", "series"),
        ],
    )
    def test_wrong_values(self, site: Site, values: dict[str, str], parameter: str, hint: str) -> None:
        answer = site.get("/api/queries/meetings", **values)
        assert answer.status_code in (400, 404), answer.text
        assert answer.json().get("parameter", parameter) == parameter
        assert hint in answer.text

    def test_forms(self, site: Site) -> None:
        for name in ("csv", "tsv", "md", "html", "json", "xlsx"):
            assert site.get("/api/queries/meetings", format=name).status_code == 200
        bare = site.get("/api/queries/meetings", "application/sparql-results+json").json()
        assert bare["head"]["vars"] == ["meeting", "ordinal", "fact"]
        assert site.get("/api/queries/meetings", format="ttl").status_code == 400

    def test_bare_values_are_in_no_language(self, site: Site) -> None:
        assert site.get("/api/queries/meetings", format="json", lang="vi").headers["content-language"] == "vi"
        for form in ("srj", "srx"):
            assert "content-language" not in site.get("/api/queries/meetings", format=form, lang="vi").headers

    @pytest.mark.parametrize("form", ["json", "csv", "srj", "srx"])
    def test_rows_are_limited_in_every_form(self, library: Library, form: str) -> None:
        arguments = {"name": "meetings", "values": {}, "accept": None, "format": form, "language": "en"}
        bare = json.loads(catalogue.answer(library, arguments | {"format": "srj"}, LIMITS).body)
        rows = len(bare["results"]["bindings"])
        assert rows > 1
        assert catalogue.answer(library, arguments, replace(LIMITS, rows=rows)).status == 200
        with pytest.raises(LimitReached, match=f"{rows} rows"):
            catalogue.answer(library, arguments, replace(LIMITS, rows=rows - 1))

    def test_a_yes_or_no(self, site: Site) -> None:
        assert site.get("/api/queries/is-held").json() == [{"answer": True}]
        assert site.get("/api/queries/is-held", meeting="lsoe-13").json() == [{"answer": False}]

    def test_an_unknown_query(self, site: Site) -> None:
        answer = site.get("/api/queries/meting")
        assert (answer.status_code, answer.json()["nearest"]) == (404, ["meetings"])


class TestNetworks:
    @pytest.mark.parametrize("format_", FORMATS)
    def test_forms(self, site: Site, format_: str) -> None:
        answer = site.get(f"/api/networks/together.{format_}")
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == FORMATS[format_].media_type

    def test_edges_carry_their_sources(self, site: Site) -> None:
        graph = networkx.parse_graphml(site.get("/api/networks/together.graphml").text)
        assert graph.number_of_edges() > 0
        assert "Record of the 12th LSOE" in site.get("/api/networks/together.json").text

    def test_the_page_alone_may_run_its_script(self, site: Site) -> None:
        page = site.get("/api/networks/together.html", lang="vi")
        assert "script-src" in page.headers["content-security-policy"]
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert page.headers["content-language"] == "vi"
        assert page.text.startswith('<!DOCTYPE html>\n<html lang="vi">')
        for path in ("/api/networks/together.svg", "/"):
            assert "unsafe" not in site.get(path).headers["content-security-policy"]

    def test_links_are_limited(self, library: Library) -> None:
        arguments = {"name": "together", "format": "json", "values": {}, "at": None, "from": None, "until": None}
        arguments |= {"title": None}
        count = len(json.loads(networks.answer(library, arguments | {"language": "en"}, LIMITS).body)["edges"])
        assert count > 1
        assert networks.answer(library, arguments | {"language": "en"}, replace(LIMITS, rows=count)).status == 200
        with pytest.raises(LimitReached, match=f"{count} rows"):
            networks.answer(library, arguments | {"language": "en"}, replace(LIMITS, rows=count - 1))

    def test_at_a_date(self, site: Site) -> None:
        assert site.get("/api/networks/together.json", at="2031").status_code == 200
        assert site.get("/api/networks/together.json", at="yesterday").status_code == 400

    def test_nodes_carry_measures_and_are_chosen_by_them(self, site: Site) -> None:
        answer = site.get("/api/networks/together.json", **{"with": "degree,core", "top": "3", "by": "degree"}).json()
        assert [node["degree"] for node in answer["nodes"]] == [3, 3, 3]
        assert "k-core" in answer["graph"]["definition_core"]
        assert "Only 3 of 4" in answer["graph"]["notes"]
        assert site.get("/api/networks/together.json", component="1").status_code == 200

    @pytest.mark.parametrize(
        ("parameters", "status", "said"),
        [
            ({"with": "degre"}, 404, "Did you mean degree"),
            ({"with": "density"}, 400, "measure of the whole network"),
            ({"top": "none"}, 400, "'none' is not a number"),
            ({"top": "0"}, 400, "not a number from 1"),
            ({"by": "degree"}, 400, "no top is asked for"),
            ({"top": "1", "by": "in_degree"}, 400, "no direction"),
            ({"component": "9"}, 400, "no component 9"),
            ({"compnent": "1"}, 400, "Did you mean component"),
        ],
    )
    def test_what_is_wrong_with_measures(self, site: Site, parameters: dict[str, str], status: int, said: str) -> None:
        answer = site.get("/api/networks/together.json", **parameters)
        assert (answer.status_code, said in answer.text) == (status, True), answer.text

    @pytest.mark.parametrize("form", FORMS)
    def test_measures(self, site: Site, form: str) -> None:
        answer = site.get(f"/api/networks/together/measures.{form}")
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == FORMS[form].media_type
        assert ("describedby" in answer.headers["link"]) == (form == "csv")

    def test_a_table_of_measures_leads_to_what_its_columns_mean(self, site: Site) -> None:
        answer = site.get("/api/networks/together/measures.csv", top="2", by="degree", lang="vi", at="2031")
        assert [row["degree"] for row in csv.DictReader(io.StringIO(answer.text))] == ["3", "3"]
        (link,) = re.findall(
            '<(measures[^>]*)>; rel="describedby"; type="application/csvm.json"', answer.headers["link"]
        )
        described = site.client.get(f"/api/networks/together/{link}").json()
        assert described["url"] == "measures.csv?top=2&by=degree&lang=vi&at=2031"
        columns = [column["name"] for column in described["tableSchema"]["columns"]]
        assert columns == answer.text.splitlines()[0].split(",")

    def test_unknown_measures(self, site: Site) -> None:
        assert site.get("/api/networks/togeter/measures.csv").json()["nearest"] == ["together"]
        assert "csv" in site.get("/api/networks/together/measures.cvs").json()["nearest"]
        assert "measures.csv" in site.get("/api/networks/together/mesures").json()["nearest"]
        assert site.get("/api/networks/together/measures.csv", at="never").status_code == 400

    def test_links_that_are_measured_are_limited(self, library: Library) -> None:
        arguments = {"name": "together", "format": "csv", "values": {}, "at": None, "from": None, "until": None}
        with pytest.raises(LimitReached):
            networks.measures(library, arguments | {"language": "en", "top": 1}, replace(LIMITS, rows=1))

    def test_two_dates_compared(self, site: Site) -> None:
        found = site.get("/api/networks/attended.json", compare="2031-06,2031-07").json()
        assert (found["graph"]["earlier"], found["graph"]["later"]) == ("2031-06", "2031-07")
        assert {edge["change"] for edge in found["edges"]} == {"appeared", "vanished"}
        assert all(edge["sources"] for edge in found["edges"])
        vietnamese = site.get("/api/networks/attended.svg", compare="2031-06,2031-07", lang="vi").text
        assert "6/2031 so với 7/2031" in vietnamese

    def test_a_snapshot_of_a_series(self, site: Site) -> None:
        dates = {"series": "2031-06,2031-07"}
        pictures = [site.get("/api/networks/attended.svg", **dates, at=at).text for at in ("2031-06", "2031-07")]
        assert len({re.findall('<svg [^>]* width="([^"]*)"', picture)[0] for picture in pictures}) == 1
        assert pictures[0] != pictures[1]

    def test_one_mode(self, site: Site) -> None:
        found = site.get("/api/networks/attended.json", project="source", weighting="newman").json()
        assert found["graph"]["weights"] == "meetings together, each 1/(n − 1)"
        assert found["directed"] is False
        assert all(len(edge["facts"]) >= 2 for edge in found["edges"])

    @pytest.mark.parametrize(
        ("parameters", "said"),
        [
            ({"compare": "2010"}, "compare=2010,2020"),
            ({"compare": "2010,2010"}, "two different dates"),
            ({"compare": "2010,2020", "at": "2015"}, "Compare spans instead"),
            ({"compare": "2010,tomorrow"}, "2019-11"),
            ({"series": "2010,2020"}, "2010, 2020"),
            ({"series": "", "at": "2010"}, "2009,2014,2019"),
            ({"project": "sauce"}, "Did you mean source?"),
            ({"project": "source", "weighting": "weight"}, "count, newman or jaccard"),
            ({"weighting": "newman"}, "Add project"),
        ],
    )
    def test_what_cannot_be_is_refused_with_what_to_do(self, site: Site, parameters: dict[str, str], said: str) -> None:
        answer = site.get("/api/networks/attended.json", **parameters)
        assert answer.status_code == 400
        assert said in answer.text
        assert site.get("/api/networks/together.json", project="source").status_code == 400

    def test_a_picture_is_printed_as_asked_for(self, site: Site) -> None:
        answer = site.get("/api/networks/together.png", dpi="72", size="strength", paper="a5")
        assert answer.headers["content-type"] == "image/png"
        assert answer.content.startswith(b"\x89PNG")
        assert site.get("/api/networks/together.pdf").content.startswith(b"%PDF")
        for wrong in ({"dpi": "many"}, {"dpi": "9"}, {"paper": "a9"}):
            answer = site.get("/api/networks/together.png", **wrong)
            assert (answer.status_code, answer.json()["parameter"]) == (400, *wrong)
        assert site.get("/api/networks/together.svg", size="beauty").status_code == 404

    def test_unknown_ones(self, site: Site) -> None:
        assert site.get("/api/networks/togeter.svg").json()["nearest"] == ["together"]
        assert site.get("/api/networks/meetings.svg").status_code == 404
        assert site.get("/api/networks/together").json()["nearest"][0] == "together.svg"
        assert "svg" in site.get("/api/networks/together.svgg").json()["nearest"]

"""The map as a page and as files: everything with a point is on it and in its table."""

from __future__ import annotations

import csv
import io
import json
import re
from xml.etree import ElementTree

import pytest

from asoen_graph.resources import queries_folder
from asoen_graph.server.pages import TEMPLATES

from .conftest import Site

SVG = "{http://www.w3.org/2000/svg}"
ROW = re.compile(r"<tr( hidden)? data-slot.*?</tr>", re.DOTALL)
WORDS = json.loads((TEMPLATES / "words" / "places.json").read_text(encoding="utf-8"))


def rows(page: str, *, hidden: bool = False) -> list[str]:
    return [found[0] for found in ROW.finditer(page) if bool(found[1]) == hidden]


def names(page: str) -> set[str]:
    return {match for row in rows(page) for match in re.findall(r'<th scope="row"><a href="/id/([^."]+)\.html', row)}


def shown(site: Site, **parameters: str | list[str]) -> set[str]:
    return names(site.get("/map", "text/html", **parameters).text)


@pytest.mark.parametrize("language", ["en", "vi"])
def test_everything_with_a_point_is_in_the_table(site: Site, language: str) -> None:
    places = {each["properties"]["slug"] for each in site.get("/api/places.geojson").json()["features"]}
    page = site.get("/map", "text/html", lang=language)
    assert page.status_code == 200
    assert page.headers["content-language"] == language
    assert places
    assert places <= names(page.text)
    assert WORDS["map_lead"][language] in page.text


def test_what_is_at_a_place_is_on_the_map_too(site: Site) -> None:
    asked = "SELECT DISTINCT ?x WHERE { ?x asoen:place ?p . ?p asoen:point ?point }"
    found = site.sparql(asked, "application/sparql-results+json").json()["results"]["bindings"]
    meetings = {row["x"]["value"].rpartition("/")[2] for row in found}
    assert meetings
    assert meetings <= shown(site)


def test_the_picture_counts_what_the_table_lists(site: Site) -> None:
    page = site.get("/map", "text/html").text
    (picture,) = re.findall(r'<svg class="map".*?</svg>\n</div>', page, re.DOTALL)
    read = ElementTree.fromstring(picture.removesuffix("\n</div>"))
    marks = [each for each in read.iter(f"{SVG}g") if (each.get("class") or "").startswith("mark")]
    counts = [mark.find(f"{SVG}text") for mark in marks]
    counted = sum(1 if each is None else int(each.text or "") for each in counts)
    grounds = [row for row in rows(page) if 'data-ground="1"' in row]
    assert counted == len(rows(page)) - len(grounds)
    assert read.get("role") == "img"
    (described,) = re.findall(r'<desc id="map-description">(.*?)</desc>', picture)
    assert described in page.replace(picture, "")


def test_each_row_is_a_step_from_its_source(site: Site) -> None:
    for row in rows(site.get("/map", "text/html").text):
        facts = re.findall(r'href="(/fact/[^"]+)"', row)
        assert facts, row
        assert site.client.get(facts[0]).status_code == 200


@pytest.mark.parametrize(
    ("asked", "some"),
    [
        ({"class": "city"}, True),
        ({"class": "event"}, True),
        ({"class": ["city", "event"]}, True),
        ({"class": "heritage-park"}, False),
        ({"country": "coralia"}, True),
        ({"from": "2030"}, True),
        ({"until": "1900"}, False),
        ({"year": "1900"}, False),
        ({"from": "", "until": "", "country": ""}, True),
    ],
)
def test_choices(site: Site, asked: dict[str, str | list[str]], some: bool) -> None:
    page = site.get("/map", "text/html", **asked).text
    everything = site.get("/map", "text/html").text
    assert bool(names(page)) == some
    assert names(page) <= names(everything)
    # What is not chosen is there for the script, which chooses again without asking.
    assert len(rows(page)) + len(rows(page, hidden=True)) == len(rows(everything))
    file = csv.DictReader(io.StringIO(site.get("/map.csv", **asked).content.decode("utf-8-sig")))
    assert {row["id"].rpartition("/")[2] for row in file} == names(page)
    if not some:
        assert WORDS["nothing_told"]["en"] in page


def test_classes_choose_what_is_of_them(site: Site) -> None:
    assert "port-azure" in shown(site, **{"class": "place"})
    assert "port-azure" not in shown(site, **{"class": "event"})


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"class": "citty"}, "city"),
        ({"country": "corallia"}, "coralia"),
        ({"from": "yesterday"}, "2031-05"),
        ({"from": "2031", "until": "2030"}, "(2030)"),
        ({"year": "2031", "from": "2030"}, "year"),
        ({"klass": "city"}, "class"),
    ],
)
def test_a_choice_that_cannot_be_is_told_in_words(site: Site, asked: dict[str, str], told: str, language: str) -> None:
    answer = site.get("/map", "text/html", lang=language, **asked)
    assert answer.status_code == 400
    assert told in answer.text
    assert "<h1" in answer.text
    assert site.get("/map.csv", **asked).headers["content-type"].startswith("application/problem+json")


def test_an_unknown_form_names_those_there_are(site: Site) -> None:
    answer = site.get("/map.gejson")
    assert answer.status_code == 404
    assert "geojson" in answer.json()["hint"]


class TestFiles:
    def test_geojson(self, site: Site) -> None:
        answer = site.get("/map.geojson", lang="vi")
        assert answer.headers["content-type"].startswith("application/geo+json")
        found = answer.json()
        (city,) = [each for each in found["features"] if each["properties"]["slug"] == "port-azure"]
        assert city["geometry"] == {"type": "Point", "coordinates": [150.5, -8.25]}
        assert all(each["properties"]["sources"] for each in found["features"])
        assert found["meta"]["release"]

    def test_csv_has_the_whole_citation_of_each_row(self, site: Site) -> None:
        answer = site.get("/map.csv")
        for row in csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))):
            assert row["sources"]
            assert row["facts"].startswith("https://w3id.org/asoen/fact/")

    def test_svg_stands_alone(self, site: Site) -> None:
        answer = site.get("/map.svg")
        assert answer.headers["content-type"].startswith("image/svg+xml")
        picture = ElementTree.fromstring(answer.content)
        # Whoever opens it has no style sheet, and the policy of the server allows none within.
        assert all(each.get("fill") or each.get("stroke") for each in picture.iter(f"{SVG}path"))
        assert "style" not in answer.text


@pytest.mark.parametrize("address", ["/map", "/timeline"])
def test_nothing_is_styled_or_run_in_place(site: Site, address: str) -> None:
    page = site.get(address, "text/html").text
    assert not re.search(r"<[^>]+\sstyle=", page)
    assert "<style" not in page
    assert not re.search(r"<script(?![^>]* src=)", page)
    assert not re.search(r"<[^>]+\son\w+=", page)


@pytest.mark.parametrize("address", ["map", "timeline"])
def test_the_present_release_has_it_below_its_own_address_too(site: Site, address: str) -> None:
    answer = site.get(f"/releases/{site.front.version}/{address}", "text/html")
    assert answer.status_code == 307
    assert answer.headers["location"].endswith(f"/{address}")


def test_the_query_is_of_the_project_where_the_catalogue_has_none(site: Site) -> None:
    assert not (site.front.settings.queries / "things-on-the-map.rq").exists()
    assert (queries_folder() / "things-on-the-map.rq").exists()

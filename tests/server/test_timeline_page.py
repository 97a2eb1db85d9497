"""The timeline as a page and as files: all that has a date is on it, as precisely as documents give it."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest

from asoen_graph.overview.lanes import Span, middle, packed
from asoen_graph.overview.plane import REGION, Frame, frame_of
from asoen_graph.overview.timeline_picture import scale_of
from asoen_graph.server.pages import TEMPLATES

from .conftest import Site
from .test_map_page import names, rows

SVG = "{http://www.w3.org/2000/svg}"
WORDS = json.loads((TEMPLATES / "words" / "places.json").read_text(encoding="utf-8"))
EVERYTHING = ["entity", "relation"]


def page_of(site: Site, **parameters: str | list[str]) -> str:
    answer = site.get("/timeline", "text/html", **parameters)
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_dated_event_is_in_the_table(site: Site, language: str) -> None:
    asked = "SELECT DISTINCT ?x WHERE { ?x a asoen:Event . { ?x asoen:starts ?d } UNION { ?x asoen:plannedFor ?d } }"
    found = site.sparql(asked, "application/sparql-results+json").json()["results"]["bindings"]
    events = {row["x"]["value"].rpartition("/")[2] for row in found}
    page = page_of(site, lang=language)
    assert events
    assert events <= names(page)
    assert WORDS["timeline_lead"][language] in page


def test_events_and_instruments_unless_more_is_asked_for(site: Site) -> None:
    usual, everything = page_of(site), page_of(site, **{"class": EVERYTHING})
    assert names(usual) < names(everything)
    kinds = {kind for row in rows(usual) for kind in re.findall(r'data-kinds="([^"]*)"', row)}
    assert all({"event", "instrument"} & set(kind.split()) for kind in kinds)


def test_a_mark_for_each_row(site: Site) -> None:
    page = page_of(site, **{"class": EVERYTHING})
    picture = ElementTree.fromstring(site.get("/timeline.svg", **{"class": EVERYTHING}).content)
    marks = [each for each in picture.iter(f"{SVG}g") if (each.get("class") or "").startswith("mark")]
    assert len(marks) == len(rows(page)) > 0
    # In a lane no mark lies on another.
    assert len({mark.find(f"{SVG}title").text for mark in marks}) == len(marks)  # type: ignore[union-attr]


def test_each_row_is_a_step_from_its_source(site: Site) -> None:
    for row in rows(page_of(site, **{"class": EVERYTHING})):
        assert re.search(r'href="/fact/[^"]+"', row), row


def test_a_thing_in_two_places_is_one(site: Site) -> None:
    page = page_of(site, **{"class": EVERYTHING})
    told = [
        (re.findall(r"/id/([^.]+)\.html", row)[0], re.findall(r'data-(?:lane|since)="([^"]*)"', row))
        for row in rows(page)
    ]
    assert len(told) == len({(slug, *dates) for slug, dates in told})


def test_choice_by_series(site: Site) -> None:
    series = set(re.findall(r'data-within="([^"]+)"', page_of(site)))
    assert series
    for each in series:
        found = rows(page_of(site, series=each))
        assert found
        assert all(f'data-within="{each}"' in row for row in found)


@pytest.mark.parametrize("year", ["1900", "2030", "2031-05"])
def test_choice_by_time(site: Site, year: str) -> None:
    for row in rows(page_of(site, year=year)):
        (since,) = re.findall(r'data-since="([^"]+)"', row)
        (until,) = re.findall(r'data-until="([^"]+)"', row) or [since]
        assert since[: len(year)] <= year[: len(since)]
        assert 'data-lasts="1"' in row or until[: len(year)] >= year[: len(until)]


@pytest.mark.parametrize("lanes", ["kind", "series"])
def test_lanes(site: Site, lanes: str) -> None:
    assert page_of(site, lanes=lanes).count('class="lane-name"') > 0


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"series": "amme-meetngs"}, "series"),
        ({"lanes": "colour"}, "kind, series"),
        ({"from": "2031-13"}, "from"),
        ({"class": "meting"}, "meeting"),
    ],
)
def test_a_choice_that_cannot_be_is_told_in_words(site: Site, asked: dict[str, str], told: str) -> None:
    answer = site.get("/timeline", "text/html", **asked)
    assert answer.status_code == 400
    assert told in answer.text


def test_json(site: Site) -> None:
    found = site.get("/timeline.json", lang="vi").json()
    assert found["items"]
    assert all(each["sources"] and (each["from"] or each["until"]) for each in found["items"])
    assert str(len(found["items"])) in found["told"]


# What follows has the same values in web/test/overview.test.ts: the two draw alike.


def test_points_lie_where_the_script_puts_them() -> None:
    frame = frame_of([(106.84513, -6.21462), (144.96332, -37.814)])
    assert frame == Frame(*REGION)
    assert frame.project(106.84513, -6.21462) == pytest.approx((320.85962, 680.27848), abs=1e-4)
    assert frame.place(144.96332, -37.814) == pytest.approx((984.0, 774.47619), abs=1e-4)
    assert frame_of([(10, 50), (20, 54)]) == Frame(8, 48.0, 22, 56.0)


def test_rows_are_packed_as_the_script_packs_them() -> None:
    assert packed([(0, 10), (5, 15), (10, 20), (12, 14), (15, 16)]) == [0, 1, 0, 2, 1]


def test_days_are_those_of_the_script() -> None:
    assert middle((19358, 19722)) == 19540.5
    assert tuple(scale_of([Span((19358, 19722), None)])) == (19358, 19723)

"""The small pictures of pages: a map with points, a strip of years."""

from __future__ import annotations

import gzip
from xml.etree import ElementTree

import pytest

from asoen_graph.drawing import tally, whereabouts
from asoen_graph.drawing.whereabouts import Spot

HOSTILE = '"><script>alert(1)</script>'


def test_the_map_is_light_and_names_its_points() -> None:
    picture = whereabouts.draw([Spot(105.8, 21.0, "Hà Nội"), Spot(106.6, 8.7, HOSTILE)], f"Map with {HOSTILE}", "map")
    root = ElementTree.fromstring(picture)
    circles = root.findall("circle")
    assert [each.find("title").text for each in circles] == ["Hà Nội", HOSTILE]  # type: ignore[union-attr]
    assert float(circles[0].attrib["cy"]) < float(circles[1].attrib["cy"]), "the north is above"
    assert root.find("title").text == f"Map with {HOSTILE}"  # type: ignore[union-attr]
    assert "style=" not in picture
    assert len(gzip.compress(picture.encode())) < 3500


@pytest.mark.parametrize(("longitude", "latitude", "lies"), [(105.8, 21.0, True), (2.3, 48.8, False), (120, 60, False)])
def test_what_lies_on_it(longitude: float, latitude: float, lies: bool) -> None:
    assert whereabouts.lies_on_it(longitude, latitude) is lies


def test_a_strip_has_a_bar_for_each_year_something_happened() -> None:
    root = ElementTree.fromstring(tally.draw({1990: 1, 1995: 7, 2031: 2}, HOSTILE, "tally"))
    bars = [each for each in root.findall("rect") if each.attrib["class"] == "times"]
    assert [each.find("title").text for each in bars] == ["1990: 1", "1995: 7", "2031: 2"]  # type: ignore[union-attr]
    heights = [float(each.attrib["height"]) for each in bars]
    assert heights[1] == max(heights)
    assert root.find("title").text == HOSTILE  # type: ignore[union-attr]


def test_a_single_year_is_a_strip() -> None:
    assert "2031" in tally.draw({2031: 1}, "One", "tally")

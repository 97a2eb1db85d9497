"""Maps and timelines to the letter, and what they refuse. After a wanted change, write the files with GOLDEN=write."""

from __future__ import annotations

import os
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pyoxigraph import Literal, NamedNode

from asoen_graph.answers.frame import Frame
from asoen_graph.answers.rendering import render
from asoen_graph.errors import QueryError
from asoen_graph.iris import ENTITY, FACT, TERM
from asoen_graph.store import SelectAnswer
from asoen_graph.store.embedded import EmbeddedStore

GOLDEN = Path(__file__).parent / "golden"
SVG = "{http://www.w3.org/2000/svg}"
MAP = Frame("map", {"point": "point", "name": "place", "group": "group", "when": "when"}, "Made up.", "lagoon 1")
TIMELINE = Frame("timeline", {"when": "when", "name": "event", "lane": "lane", "mark": "mark", "status": "status"})


def check(name: str, content: bytes) -> None:
    path = GOLDEN / name
    if os.environ.get("GOLDEN") == "write":
        path.write_bytes(content)
    assert path.read_bytes() == content


def places(*points: str | None) -> SelectAnswer:
    rows = [
        (
            NamedNode(f"{ENTITY}made-up-{number}"),
            None if point is None else Literal(point),
            Literal("Lagoon & <Co>" if number % 2 else "Reef"),
            Literal(str(2000 + number)) if number != 2 else None,
        )
        for number, point in enumerate(points)
    ]
    return SelectAnswer(("place", "point", "group", "when"), rows)


def events(*days: str | None) -> SelectAnswer:
    rows = [
        (
            NamedNode(f"{ENTITY}made-up-{number}"),
            None if day is None else Literal(day),
            Literal("Series A" if number % 2 else "Series B"),
            Literal(str(number)),
            NamedNode(TERM + ("held" if number != 1 else "planned")),
        )
        for number, day in enumerate(days)
    ]
    return SelectAnswer(("event", "when", "lane", "mark", "status"), rows)


def test_a_map_to_the_letter(store: EmbeddedStore) -> None:
    answer = places("POINT(101.4 14.4)", "POINT(101.5 14.5)", "POINT(106 11.6)", None, "POINT(150.5 -8.25)")
    for language in ("en", "vi"):
        check(f"map.{language}.svg", render(answer, "svg", store, language, title="A map", frame=MAP))


def test_a_timeline_to_the_letter(store: EmbeddedStore) -> None:
    answer = events("1994", "1994-03", "1995-04-01", None, "2003-05-02", "2003-05-09")
    for language in ("en", "vi"):
        check(f"timeline.{language}.svg", render(answer, "svg", store, language, title="A timeline", frame=TIMELINE))


def test_what_cannot_be_placed_is_listed_and_counted(store: EmbeddedStore) -> None:
    answer = places("POINT(101.4 14.4)", None, "POINT(150.5 -8.25)")
    root = ElementTree.fromstring(render(answer, "svg", store, frame=MAP))
    texts = [text.text or "" for text in root.iter(f"{SVG}text")]
    assert len([group for group in root.iter(f"{SVG}g") if group.get("class") == "point"]) == 1
    assert any("1 drawn. 2 more cannot be placed" in text for text in texts)
    assert all(any(f"made-up-{number}" in text for text in texts) for number in range(3))


def test_events_at_one_time_do_not_hide_one_another(store: EmbeddedStore) -> None:
    root = ElementTree.fromstring(render(events(*["2003-05-02"] * 6), "svg", store, frame=TIMELINE))
    spots = [
        (circle.get("cx"), circle.get("cy"))
        for group in root.iter(f"{SVG}g")
        if group.get("class") == "event"
        for circle in group.iter(f"{SVG}circle")
    ]
    assert len(spots) == len(set(spots)) == 6


def test_an_event_of_two_lanes_stands_in_both(store: EmbeddedStore) -> None:
    rows = [(NamedNode(f"{ENTITY}reef-9"), Literal("2003"), Literal(lane)) for lane in ("A", "B", "B")]
    answer = SelectAnswer(("event", "when", "lane"), rows)
    root = ElementTree.fromstring(render(answer, "svg", store, frame=TIMELINE))
    assert len([group for group in root.iter(f"{SVG}g") if group.get("class") == "event"]) == 2
    assert [text.text for text in root.iter(f"{SVG}text")].count("9th Reef Meeting, 2003") == 2


@pytest.mark.parametrize("frame", [MAP, TIMELINE], ids=lambda frame: frame.view)
def test_entries_of_the_list_name_their_sources(store: EmbeddedStore, frame: Frame) -> None:
    evidence = {"reef-8": ("a1",), "reef-9": ("b1", "a2")}
    rows = [
        (NamedNode(ENTITY + slug), Literal("POINT(101 14)"), Literal("2003"), NamedNode(f"{FACT}00000000000000{fact}"))
        for slug, facts in evidence.items()
        for fact in facts
    ]
    name = frame.roles["name"]
    root = ElementTree.fromstring(
        render(SelectAnswer((name, "point", "when", "fact"), rows), "svg", store, frame=frame)
    )
    texts = [text.text or "" for text in root.iter(f"{SVG}text")]
    assert [re.findall(r"\[.*\]$", text) for text in texts if "Reef" in text and "2003" in text] == [
        ["[1]"],
        ["[1, 2]"],
    ]
    assert [text for text in texts if re.fullmatch(r"[0-9]+\.", text)] == ["1.", "2."]
    assert texts[texts.index("2.") + 1].startswith('"An old book", page 4')


@pytest.mark.parametrize("frame", [None, Frame("table", {}), Frame("map", {})])
def test_a_query_without_a_picture_says_so(store: EmbeddedStore, frame: Frame | None) -> None:
    with pytest.raises(QueryError, match="has no picture"):
        render(places("POINT(101 14)"), "svg", store, frame=frame)


def test_nothing_to_draw_says_so(store: EmbeddedStore) -> None:
    for answer, frame in ((places(None), MAP), (places("POINT(0 0)"), MAP), (events("soon"), TIMELINE)):
        with pytest.raises(QueryError, match="nothing to draw"):
            render(answer, "svg", store, frame=frame)


def test_an_event_in_two_places_is_drawn_once(store: EmbeddedStore) -> None:
    event, when = NamedNode(f"{ENTITY}made-up-1"), Literal("2001-02-03")
    rows = [(event, when, Literal("Series"), Literal("1"), Literal(place)) for place in ("Reef", "Lagoon")]
    frame = Frame("timeline", {"when": "when", "name": "event", "lane": "lane", "mark": "mark", "place": "place"})
    answer = SelectAnswer(("event", "when", "lane", "mark", "place"), rows)
    drawn = render(answer, "svg", store, "en", frame=frame).decode()
    assert drawn.count("<circle") == 1
    assert "1, 2001-02-03, Reef; Lagoon" in drawn
    assert "1 drawn." in drawn

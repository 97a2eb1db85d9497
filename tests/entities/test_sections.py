"""Cards as pages tell them: by the groups of the ontology, each thing once, disputes with both sides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from pyoxigraph import Quad, Store

from asoen_graph.entities import entity_card
from asoen_graph.entities.cards import Value
from asoen_graph.entities.chronology import chronology, years
from asoen_graph.entities.literals import spoken
from asoen_graph.entities.register import Register
from asoen_graph.entities.sections import Line, Telling, alike, neighbours, tell
from asoen_graph.iris import GEO, SH, TERM, XSD
from asoen_graph.resources import ontology_folder
from asoen_graph.vocabulary import Class, Vocabulary

Told = Callable[..., Telling]


@pytest.fixture
def told(store: Store, vocabulary: Vocabulary) -> Told:
    def telling(slug: str, language: str = "en", known: Vocabulary = vocabulary) -> Telling:
        register = Register(store, known, language)

        def class_of(name: str) -> Class | None:
            entry = register.by_slug.get(name)
            return known.classes[entry.class_key] if entry else None

        return tell(entity_card(store, known, slug, language), known, language, class_of, "named as {label} by")

    return telling


def line_of(telling: Telling, key: str) -> Line:
    (found,) = [line for line in telling.lines if line.key == key]
    return found


class TestOntology:
    """What the pages take from the ontology stands there, in both languages."""

    vocabulary = Vocabulary.read(ontology_folder() / "asoen.ttl")

    def test_every_property_is_found_under_a_group(self) -> None:
        assert [p.key for p in self.vocabulary.properties.values() if p.group not in self.vocabulary.groups] == []

    def test_groups_are_named_in_both_languages_and_stand_in_order(self) -> None:
        groups = list(self.vocabulary.groups.values())
        assert all(set(group.labels) == set(group.definitions) == {"en", "vi"} for group in groups)
        assert [group.order for group in groups] == list(range(1, len(groups) + 1))

    def test_a_property_read_from_its_value_is_read_in_both_languages(self) -> None:
        backwards = [p for p in self.vocabulary.properties.values() if p.inverse_labels]
        assert len(backwards) > 40
        assert all(set(each.inverse_labels) == {"en", "vi"} for each in backwards)


def test_sections_come_in_the_order_of_the_ontology(told: Told, vocabulary: Vocabulary) -> None:
    sections = told("lsoe-12").sections
    order = [group.key for group in vocabulary.groups.values()]
    assert [section.key for section in sections] == sorted((s.key for s in sections), key=order.index)
    assert [section.label for section in told("lsoe-12", "vi").sections][:1] == ["Giới thiệu"]


def test_what_stands_at_the_other_end_is_told_under_the_inverse(told: Told) -> None:
    meetings = line_of(told("lsoe-series"), "has-meeting")
    assert meetings.label == "has meeting"
    assert {"lsoe-11", "lsoe-12"} <= {saying.heads[0].key for saying in meetings.sayings}
    assert all(saying.backing for saying in meetings.sayings)
    assert not any(saying.follows_from for saying in meetings.sayings)


def test_values_of_the_same_evidence_are_told_together(told: Told) -> None:
    one = line_of(told("lsoe-series"), "has-meeting").sayings[0]
    same = replace(one, heads=(Value("entity", "Another", "another"),))
    other = replace(one, backing=(replace(one.backing[0], note="Elsewhere."),))
    assert alike([one, other, same]) == [(one, same), (other,)]
    assert alike([one, same, other, same], are_sorted=True) == [(one, same), (other,), (same,)]
    text = replace(one, heads=(Value("literal", "A text"),))
    disputed = replace(one, status="disputed")
    assert alike([text, text, disputed, one]) == [(text,), (text,), (disputed,), (one,)]


def test_what_follows_from_what_is_told_is_counted_and_not_repeated(told: Told) -> None:
    telling = told("lsoe-series")
    assert ("has meeting", len(line_of(telling, "has-meeting").sayings)) in telling.told


def test_what_follows_from_elsewhere_says_from_what(told: Told) -> None:
    inferred = [saying for line in told("lsoe-12").lines for saying in line.sayings if saying.follows_from]
    assert inferred
    assert all(not saying.backing for saying in inferred)


def test_a_property_without_an_inverse_is_read_backwards(told: Told) -> None:
    assert line_of(told("coralia"), "of-chaired-by").label == "chaired"
    assert line_of(told("coralia", "vi"), "of-chaired-by").label == "đã chủ trì"


def test_a_relation_node_is_told_by_what_it_leads_to(told: Told) -> None:
    taking_part = {saying.heads[0].key: saying for saying in line_of(told("lsoe-12"), "has-participation").sayings}
    palmyria = taking_part["palmyria"]
    assert [(detail.key, detail.sayings[0].heads[0].key) for detail in palmyria.details] == [
        ("participation-role", "attending")
    ]
    assert palmyria.node is not None
    assert len(palmyria.backing) == 1, "one passage says all of it"
    assert len(palmyria.backing[0].facts) > 1
    assert (taking_part["northland"].status, taking_part["northland"].is_disputed_within) == ("accepted", True)


def test_both_sides_of_a_dispute_are_on_the_line(told: Told) -> None:
    (designation,) = line_of(told("lo-da-reef"), "has-designation").sayings
    assert designation.is_disputed_within
    (ordinal,) = [detail for detail in designation.details if detail.key == "ordinal"]
    assert {(each.heads[0].text, each.status) for each in ordinal.sayings} == {("9", "accepted"), ("8", "disputed")}
    assert all(each.backing for each in ordinal.sayings), "each side has its own source"


def test_texts_in_the_language_of_the_page_come_first(told: Told) -> None:
    line = line_of(told("lo-da-reef", "vi"), "ecosystem")
    assert {saying.heads[0].language for saying in line.sayings} == {"vi"}
    assert {saying.heads[0].language for saying in line.translations} == {"en"}


def test_releases_before_there_were_groups_are_told_in_one(store: Store, told: Told, vocabulary: Vocabulary) -> None:
    from pyoxigraph import NamedNode

    from asoen_graph.iris import ONTOLOGY

    quads: list[Quad] = [
        quad
        for quad in store.quads_for_pattern(None, None, None, NamedNode(ONTOLOGY))
        if not quad.predicate.value.startswith(SH) and not str(quad.object).startswith(f"<{SH}")
    ]
    old = Vocabulary(quads)
    assert old.groups == {}
    (section,) = told("lsoe-12", known=old).sections
    assert section.label == ""
    assert len(section.lines) == len(list(told("lsoe-12").lines))


def test_neighbours_are_named_by_more_than_one_passage(told: Told) -> None:
    found = neighbours(told("coralia"), 5)
    assert all(count > 1 for _, count in found)
    assert [count for _, count in found] == sorted((count for _, count in found), reverse=True)


def test_moments_come_in_the_order_of_time(told: Told) -> None:
    dates = {f"https://w3id.org/asoen/id/{slug}": date for slug, date in (("lsoe-11", "2030"), ("lsoe-12", "2031-06"))}
    moments = chronology(told("lsoe-series"), dates.get)
    assert [(moment.date, moment.values[0].key) for moment in moments] == [("2030", "lsoe-11"), ("2031-06", "lsoe-12")]
    assert [year for year, _ in years(moments)] == [2030, 2031]


def test_no_moment_is_one_that_is_not_accepted(told: Told) -> None:
    dates = [moment.date for moment in chronology(told("lsoe-12"), lambda _: None)]
    assert "2031-06-27" not in dates


@pytest.mark.parametrize(
    ("text", "datatype", "en", "vi"),
    [
        ("25030", XSD + "integer", "25,030", "25.030"),
        ("1234567.5", XSD + "decimal", "1,234,567.5", "1.234.567,5"),
        ("1250.5", XSD + "decimal", "1250.5", "1250.5"),
        ("2031", XSD + "gYear", "2031", "2031"),
        ("POINT(106.633 -8.5)", GEO + "wktLiteral", "8.5° S, 106.633° E", "8.5° N, 106.633° Đ"),
        ("POLYGON((0 0))", GEO + "wktLiteral", "POLYGON((0 0))", "POLYGON((0 0))"),
        ("<b>10000</b>", XSD + "string", "<b>10000</b>", "<b>10000</b>"),
    ],
)
def test_literals_are_read_in_the_language(text: str, datatype: str, en: str, vi: str) -> None:
    value = Value("literal", text, datatype=datatype)
    assert (spoken(value, "en"), spoken(value, "vi")) == (en, vi)


def test_terms_of_the_pages_are_those_of_the_ontology(vocabulary: Vocabulary) -> None:
    assert {TERM + "place", TERM + "seat", TERM + "within", TERM + "starts", TERM + "adoptedOn"} <= {
        each.iri for each in vocabulary.properties.values()
    }

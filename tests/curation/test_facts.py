"""What becomes of the groups of a document."""

from __future__ import annotations

from pathlib import Path

import pytest

from asoen_graph.curation.facts import ConceptValue, EntityValue, Fact, Interval, LiteralValue
from asoen_graph.curation.project import CuratedProject, read_project
from asoen_graph.iris import TERM, XSD, local_name
from asoen_graph.vocabulary import LANG_STRING, Vocabulary

DOCUMENT = "data/sources/tide-news.yaml"
HEAD = "title: {en: Tide News}\npublisher: tide-press\nfacts:\n"
USED = (
    "- about: coral-council\n  at: headline\n  seat: lo-da\n"
    "- about: jane-doe\n  at: headline\n  part-of: coral-council\n"
)


@pytest.fixture
def read(reef: Path, vocabulary: Vocabulary):
    def read(groups: str) -> CuratedProject:
        (reef / DOCUMENT).write_text(HEAD + USED + groups, encoding="utf-8")
        project, problems = read_project(reef, vocabulary)
        assert [str(problem) for problem in problems] == []
        return project

    return read


def told(project: CuratedProject, *, of: str) -> list[tuple[object, ...]]:
    return [(local_name(fact.property), fact.value, fact.locator) for fact in project.facts if fact.subject == of]


def only(project: CuratedProject, property_: str) -> Fact:
    (fact,) = [fact for fact in project.facts if fact.property == TERM + property_]
    return fact


def test_each_range_has_its_kind_of_value(read) -> None:
    project = read(
        "- about: council-7\n  at: paragraph 1\n  ordinal: 7\n  starts: 2031-05\n  meeting-status: held\n"
        "  agenda-item: {en: [Reefs, Tides], vi: Rạn  san hô}\n"
        "- about: lo-da\n  at: paragraph 1\n  area: 12.50\n  open: true\n  point: POINT( 105.85  21.03 )\n"
    )
    assert told(project, of="council-7") == [
        ("ordinal", LiteralValue("7", XSD + "integer"), "paragraph 1"),
        ("starts", LiteralValue("2031-05", XSD + "gYearMonth"), "paragraph 1"),
        ("meetingStatus", ConceptValue(TERM + "held"), "paragraph 1"),
        ("agendaItem", LiteralValue("Reefs", LANG_STRING, "en"), "paragraph 1"),
        ("agendaItem", LiteralValue("Tides", LANG_STRING, "en"), "paragraph 1"),
        ("agendaItem", LiteralValue("Rạn san hô", LANG_STRING, "vi"), "paragraph 1"),
    ]
    assert [value.lexical for _, value, _ in told(project, of="lo-da")] == ["12.5", "true", "POINT(105.85 21.03)"]


def test_a_fact_has_its_circumstances_and_place(read) -> None:
    project = read(
        "- about: council-7\n  at: page 2,paragraph  3\n  when: 2031/..\n  note: {vi: Theo bài báo}\n"
        "  ordinal:\n  - value: 9\n    status: disputed\n    note: The text says 7.\n    at: headline\n  - 7\n"
    )
    disputed, accepted = [fact for fact in project.facts if fact.property == TERM + "ordinal"]
    assert (disputed.status, disputed.locator, disputed.note) == (
        TERM + "disputed",
        "headline",
        {"en": "The text says 7."},
    )
    assert disputed.when == Interval("2031", None)
    assert (accepted.status, accepted.locator, accepted.note) == (
        TERM + "accepted",
        "page 2, paragraph 3",
        {"vi": "Theo bài báo"},
    )
    assert (accepted.source, str(accepted.place)) == ("tide-news", f"{DOCUMENT}:19:5")


def test_a_composed_and_a_decomposed_text_are_the_same(read) -> None:
    project = read("- about: council-7\n  at: headline\n  agenda-item: {vi: Ha\u0323 long}\n")
    assert only(project, "agendaItem").value == LiteralValue("Hạ long", LANG_STRING, "vi")


def test_nothing_has_an_implicit_type(read) -> None:
    project = read("- about: council-7\n  at: headline\n  agenda-item: {no: NO, en: 1.10, vi: '2031'}\n")
    assert [fact.value.lexical for fact in project.facts if fact.subject == "council-7"] == ["NO", "1.10", "2031"]


def test_a_nested_node_points_back_to_its_subject(read) -> None:
    project = read(
        "- about: council-7\n  at: paragraph 1\n  has-participation:\n"
        "  - participant: coral-council\n    headed-by: {value: jane-doe, status: disputed}\n"
    )
    node = "participation-council-7-coral-council"
    assert project.relations[node].class_iri == TERM + "Participation"
    assert told(project, of=node) == [
        ("event", EntityValue("council-7"), "paragraph 1"),
        ("participant", EntityValue("coral-council"), "paragraph 1"),
        ("headedBy", EntityValue("jane-doe"), "paragraph 1"),
    ]
    assert only(project, "headedBy").status == TERM + "disputed"
    assert told(project, of="council-7") == []


def test_two_groups_may_speak_of_one_node(read) -> None:
    nested = "  has-participation:\n  - participant: coral-council\n"
    project = read(
        f"- about: council-7\n  at: paragraph 1\n{nested}"
        f"- about: council-7\n  at: paragraph 1\n{nested}    headed-by: jane-doe\n"
        f"- about: council-7\n  at: paragraph 2\n{nested}"
        "- about: participation-council-7-coral-council\n  at: paragraph 3\n  headed-by: jane-doe\n"
    )
    assert [
        locator for name, _, locator in told(project, of="participation-council-7-coral-council") if name == "event"
    ] == [
        "paragraph 1",
        "paragraph 2",
    ]
    assert len(project.relations) == 1


def test_a_repeated_key_with_a_note_of_its_own_is_kept(reef: Path, vocabulary: Vocabulary) -> None:
    group = "- about: council-7\n  at: paragraph 1\n  note: {}\n  has-participation:\n  - participant: coral-council\n"
    text = HEAD + USED + group.format("One.") + group.format("Two.")
    (reef / DOCUMENT).write_text(text, encoding="utf-8")
    _, problems = read_project(reef, vocabulary)
    assert [problem.code for problem in problems] == ["repeated-fact", "repeated-fact"]


def test_circumstances_around_a_node_hold_inside_it(read) -> None:
    project = read(
        "- about: council-7\n  at: paragraph 1\n  has-participation:\n"
        "  - value: {participant: coral-council}\n    at: page 4\n    status: rejected\n"
    )
    facts = [fact for fact in project.facts if fact.subject.startswith("participation")]
    assert {(fact.locator, fact.status) for fact in facts} == {("page 4", TERM + "rejected")}


def test_a_node_can_be_named_by_hand(read) -> None:
    project = read(
        "- about: jane-doe\n  at: paragraph 1\n  has-office:\n"
        "  - slug: office-of-jane\n  - from: 2031-05\n  - from: {value: 2033}\n"
        "- about: council-7\n  at: paragraph 1\n  ordinal: 7\n"
    )
    assert list(project.relations) == ["office-of-jane", "office-jane-doe-2031-05", "office-jane-doe-2033"]


def test_claims_that_hold_at_different_times_are_no_conflict(read) -> None:
    project = read(
        "- about: coral-council\n  at: paragraph 1\n  when: 2031-05/2032\n  seat: lo-da\n"
        "- about: council-7\n  at: paragraph 1\n"
        "  meeting-status: [{value: planned, when: ../2031-04}, {value: held, when: 2031-05/..}]\n"
    )
    assert len([fact for fact in project.facts if fact.property == TERM + "meetingStatus"]) == 2


def test_claims_that_are_all_disputed_are_no_conflict(read) -> None:
    read("- about: council-7\n  at: paragraph 1\n  status: disputed\n  ordinal: [7, 8]\n")


def test_a_citation_is_read_like_facts(reef: Path, vocabulary: Vocabulary) -> None:
    project, _ = read_project(reef, vocabulary)
    assert project.sources["tide-news"].statements == (
        (TERM + "title", LiteralValue("Tide News", LANG_STRING, "en")),
        (TERM + "publisher", EntityValue("tide-press")),
        (TERM + "language", LiteralValue("en", XSD + "language")),
    )


def test_the_register_has_labels_and_other_names(reef: Path, vocabulary: Vocabulary) -> None:
    (reef / "data/entities/place.yaml").write_text(
        "lo-da:\n  label: {en: Lo Da, vi: Lò Đá}\n  also: {en: [Stone Kiln], vi: Lò}\n", encoding="utf-8"
    )
    project, problems = read_project(reef, vocabulary)
    assert problems == []
    assert project.entities["lo-da"].labels == {"en": "Lo Da", "vi": "Lò Đá"}
    assert project.entities["lo-da"].alternatives == (("Stone Kiln", "en"), ("Lò", "vi"))
    assert project.entities["coral-council"].alternatives == (("CC", None),)
    assert project.redirects == {"council-seven": "council-7"}

"""What the network queries count and what they leave out, on statements written for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.network.statements import attended, joined, world

from asoen_graph.network.model import Network


def edges(network: Network) -> dict[tuple[str, str], float]:
    return {(network.by_iri[e.source].id, network.by_iri[e.target].id): e.weight for e in network.edges}


@pytest.mark.parametrize(
    ("status", "counts"), [("held", True), ("planned", False), ("postponed", False), ("cancelled", False), ("", True)]
)
def test_only_meetings_that_were_held_join_partners(network: Callable[..., Network], status: str, counts: bool) -> None:
    facts, follows = attended("m", "a", "b")
    said = f"id:m asoen:meetingStatus asoen:{status} ." if status else ""
    found = network("partners-met-together", world(facts + said, follows))
    assert edges(found) == ({("a", "b"): 1} if counts else {})


def test_a_run_counts_for_those_who_met_at_none_of_its_meetings(network: Callable[..., Network]) -> None:
    facts, follows = joined(attended("run", "a", "b", "c"), attended("m", "a", "b"), attended("n", "a", "b"))
    run = "id:m asoen:run id:run . id:n asoen:run id:run ."
    found = network("partners-met-together", world(facts + run, follows))
    assert edges(found) == {("a", "b"): 2, ("a", "c"): 1, ("b", "c"): 1}


def test_people_are_no_partners(network: Callable[..., Network]) -> None:
    facts, follows = attended("m", "a", "b", "jane")
    found = network("partners-met-together", world(facts, follows + "id:jane a asoen:Person ."))
    assert edges(found) == {("a", "b"): 1}


def test_two_documents_that_name_a_participant_are_one_meeting_and_two_facts(network: Callable[..., Network]) -> None:
    facts, follows = attended("m", "a", "b")
    found = network("partners-met-together", world(facts + "# again\nid:p-m-a asoen:participant id:a .", follows))
    (edge,) = found.edges
    assert (edge.weight, [citation.locator for citation in edge.citations]) == (1, ["page 1", "page 2", "page 3"])


def test_a_disputed_statement_is_no_evidence(network: Callable[..., Network]) -> None:
    facts, follows = attended("m", "a", "b")
    store = world(facts, follows, disputed="id:p-m-a asoen:participant id:a .")
    (edge,) = network("partners-met-together", store).edges
    assert [citation.status for citation in edge.citations] == ["accepted", "accepted"]
    alone = world("id:a asoen:reportsTo id:b .", disputed="id:a asoen:reportsTo id:c . id:c asoen:reportsTo id:b .")
    assert edges(network("reporting-lines", alone)) == {("a", "b"): 1}


def test_a_line_that_two_documents_state_is_one_line(network: Callable[..., Network]) -> None:
    store = world("id:a asoen:reportsTo id:b .\nid:a asoen:reportsTo id:b .")
    (edge,) = network("reporting-lines", store).edges
    assert (edge.weight, len(edge.facts)) == (1, 2)


def test_a_body_is_overseen_but_a_programme_is_not_a_body(network: Callable[..., Network]) -> None:
    store = world("id:board asoen:oversees id:centre, id:project .", "id:centre a asoen:Organisation .")
    assert edges(network("reporting-lines", store)) == {("centre", "board"): 1}


def test_a_dialogue_joins_its_partner_and_its_convener(network: Callable[..., Network]) -> None:
    store = world("id:d asoen:convenedBy id:officials ; asoen:dialogueWith id:japan .")
    (edge,) = network("who-works-with-whom", store).edges
    assert (edge.relation and edge.relation.key, len(edge.facts)) == ("dialogue-with", 2)


def test_the_meetings_of_a_dialogue_are_not_counted_beside_it(network: Callable[..., Network]) -> None:
    facts = "id:d asoen:convenedBy id:officials ; asoen:dialogueWith id:japan . id:d-1 asoen:series id:d ."
    follows = "id:d-1 asoen:convenedBy id:officials ; asoen:dialogueWith id:japan ."
    assert edges(network("who-works-with-whom", world(facts, follows))) == {("officials", "japan"): 1}


def test_a_dialogue_without_a_convener_belongs_to_its_run(
    network: Callable[..., Network],
) -> None:
    facts = (
        "id:d asoen:dialogueWith id:japan ; asoen:run id:r . id:r asoen:mainMeeting id:m . id:m asoen:convenedBy id:o ."
    )
    found = network("who-works-with-whom", world(facts))
    assert edges(found) == {("o", "japan"): 1}
    convened = network("who-works-with-whom", world(facts + "id:d asoen:convenedBy id:host ."))
    assert edges(convened) == {("host", "japan"): 1}
    planned = network("who-works-with-whom", world(facts + "id:d asoen:meetingStatus asoen:planned ."))
    assert edges(planned) == {}


@pytest.mark.parametrize(("status", "counts"), [("under-way", True), ("proposed", False), ("scheduled", False)])
def test_only_what_has_begun_joins_those_who_do_it(network: Callable[..., Network], status: str, counts: bool) -> None:
    name = {"under-way": "underWay"}.get(status, status)
    facts = f"id:x asoen:implementer id:a ; asoen:partner id:b ; asoen:activityStatus asoen:{name} ."
    assert edges(network("who-works-with-whom", world(facts))) == ({("a", "b"): 1} if counts else {})


def test_those_who_organise_an_event_together_are_joined_pair_by_pair(network: Callable[..., Network]) -> None:
    found = network("who-works-with-whom", world("id:e asoen:organisedBy id:a, id:b, id:c ."))
    assert edges(found) == {("a", "b"): 1, ("a", "c"): 1, ("b", "c"): 1}


def test_a_review_joins_the_partner_and_whoever_convened_the_meeting(network: Callable[..., Network]) -> None:
    store = world("id:m asoen:reviewedCooperationWith id:china .", "id:m asoen:convenedBy id:officials .")
    assert edges(network("who-works-with-whom", store)) == {("officials", "china"): 1}


def test_a_planned_meeting_does_not_hide_the_run_it_belongs_to(network: Callable[..., Network]) -> None:
    facts, follows = joined(attended("r", "a", "b"), attended("m", "a", "b"), ("", "id:m asoen:run id:r ."))
    held = network("partners-met-together", world(facts, follows))
    planned = network("partners-met-together", world(facts, follows + "id:m asoen:meetingStatus asoen:planned ."))
    assert edges(held) == edges(planned) == {("a", "b"): 1}


@pytest.mark.parametrize(("at", "shown"), [("2019", False), ("2020", True), ("2021", False)])
@pytest.mark.parametrize("dated", ["asoen:plannedFor '2020'", "asoen:starts '2020-03'"])
def test_an_activity_without_dates_stands_where_it_was_planned(
    network: Callable[..., Network], dated: str, at: str, shown: bool
) -> None:
    facts = f"id:x asoen:implementer id:a ; asoen:partner id:b ; a asoen:Activity ; {dated} ."
    follows = "id:x asoen:begins '2020-03' ; asoen:ceases '2020-04' ." if "starts" in dated else ""
    found = network("who-works-with-whom", world(facts, follows), at=at)
    assert edges(found) == ({("a", "b"): 1} if shown else {})
    assert all(len(edge.facts) == 3 for edge in found.edges)

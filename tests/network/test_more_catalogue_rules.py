"""What the networks of mechanisms, hosts, offices, awards, meetings, parks and places count, on statements for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.network.statements import attended, joined, world

from asoen_graph.network.model import Edge, Network

Build = Callable[..., Network]


def edges(found: Network) -> dict[tuple[str, str, str], float]:
    return {named(found, edge): edge.weight for edge in found.edges}


def named(found: Network, edge: Edge) -> tuple[str, str, str]:
    relation = edge.relation.key if edge.relation else ""
    return found.by_iri[edge.source].id, relation, found.by_iri[edge.target].id


def spells(found: Network) -> dict[tuple[str, str, str], list[tuple[str | None, str | None]]]:
    return {named(found, edge): [tuple(spell) for spell in edge.spells] for edge in found.edges}


class TestHostsAndGuests:
    def test_a_host_is_not_its_own_guest_and_people_are_none(self, network: Build) -> None:
        facts, follows = attended("m", "a", "b", "jane")
        found = network(
            "hosts-and-guests", world(facts + "id:m asoen:host id:a .", follows + "id:jane a asoen:Person .")
        )
        assert found.directed
        assert edges(found) == {("a", "", "b"): 1}

    @pytest.mark.parametrize(("status", "counts"), [("held", True), ("planned", False), ("cancelled", False)])
    def test_only_events_that_took_place(self, network: Build, status: str, counts: bool) -> None:
        facts, follows = attended("m", "b")
        said = f"id:m asoen:host id:a ; asoen:meetingStatus asoen:{status} ."
        assert edges(network("hosts-and-guests", world(facts + said, follows))) == (
            {("a", "", "b"): 1} if counts else {}
        )

    def test_a_guest_at_a_meeting_of_a_run_is_counted_once(self, network: Build) -> None:
        facts, follows = joined(attended("run", "b", "c"), attended("m", "b"), attended("n", "b"))
        run = "id:m asoen:run id:run . id:n asoen:run id:run ."
        hosts = "".join(f"id:{event} asoen:host id:a ." for event in ("run", "m", "n"))
        found = network("hosts-and-guests", world(facts + run + hosts, follows))
        assert edges(found) == {("a", "", "b"): 2, ("a", "", "c"): 1}


class TestOffices:
    TENURE = "id:t asoen:holder id:jane ; asoen:role id:minister ; asoen:organisation id:ministry ; "

    @pytest.mark.parametrize(
        ("said", "spell"),
        [
            ("asoen:attested '2009-10', '2012'", [("2009-10-01", "2012-12-31")]),
            ("asoen:from '2008' ; asoen:attested '2010'", [("2008-01-01", "2010-12-31")]),
            ("asoen:from '2008-05' ; asoen:attested '2008'", [("2008-05-01", "2008-12-31")]),
            ("asoen:from '2008' ; asoen:until '2012' ; asoen:attested '2010'", [("2008-01-01", "2012-12-31")]),
            ("asoen:from '2008'", [("2008-01-01", None)]),
            # A document that shows her in office before another lets her begin does not end the tenure.
            ("asoen:from '2008' ; asoen:attested '2007'", [("2008-01-01", None)]),
            ("asoen:until '2008' ; asoen:attested '2009'", [(None, "2008-12-31")]),
            ("asoen:category 'x'", []),
        ],
    )
    def test_when_it_was_held(self, network: Build, said: str, spell: list[tuple[str | None, str | None]]) -> None:
        found = network("who-held-which-office", world(self.TENURE + said + " ."))
        assert spells(found) == {("jane", "minister", "ministry"): spell}

    def test_a_person_in_the_chair_holds_an_office_and_a_state_does_not(self, network: Build) -> None:
        facts = "id:c asoen:chairOf id:board ; asoen:chair id:jane . id:d asoen:chairOf id:union ; asoen:chair id:a ."
        found = network("who-held-which-office", world(facts, "id:jane a asoen:Person ."))
        assert edges(found) == {("jane", "chairperson", "board"): 1}


class TestAwards:
    CONFERRAL = (
        "id:k asoen:conferredIn id:e ; asoen:recipient id:town ; asoen:country id:a . id:e asoen:award id:prize ."
    )

    @pytest.mark.parametrize(
        ("said", "spell", "facts"),
        [
            ("id:e asoen:awardedOn '2038' .", ("2038-01-01", "2038-12-31"), 5),
            ("id:k asoen:conferredOn '2039-05' . id:e asoen:awardedOn '2038' .", ("2039-05-01", "2039-05-31"), 6),
            ("id:e asoen:awardedAt id:gala . id:gala asoen:starts '2037-02-03' .", ("2037-02-03", "2037-02-04"), 6),
        ],
    )
    def test_when_it_was_given(self, network: Build, said: str, spell: tuple[str, str], facts: int) -> None:
        follows = "id:gala asoen:earliest '2037-02-03' ; asoen:latest '2037-02-04' ."
        found = network("award-recipients-by-country", world(self.CONFERRAL + said, follows))
        assert spells(found) == {("prize", "", "a"): [spell]}
        assert [len(edge.facts) for edge in found.edges] == [facts]

    def test_each_recipient_of_each_edition_counts(self, network: Build) -> None:
        said = "id:k%d asoen:conferredIn id:e%d ; asoen:recipient id:r%d ; asoen:country id:a ."
        facts = "".join(said % (number, number % 2, number // 2) for number in range(4))
        editions = "id:e0 asoen:award id:prize . id:e1 asoen:award id:prize ."
        found = network("award-recipients-by-country", world(facts + editions))
        assert edges(found) == {("prize", "", "a"): 4}


class TestMechanisms:
    def test_each_meeting_of_a_dialogue_counts_and_the_series_does_not(self, network: Build) -> None:
        facts = "id:d asoen:dialogueWith id:japan . id:d-1 asoen:series id:d . id:d-2 asoen:series id:d ."
        follows = "id:d-1 asoen:dialogueWith id:japan . id:d-2 asoen:dialogueWith id:japan ."
        found = network("partners-through-mechanisms", world(facts, follows))
        assert edges(found) == {("d", "dialogue-with", "japan"): 2}

    def test_a_series_whose_meetings_are_to_come_stands_alone(self, network: Build) -> None:
        facts = "id:d asoen:dialogueWith id:japan . id:d-1 asoen:series id:d ; asoen:meetingStatus asoen:planned ."
        found = network("partners-through-mechanisms", world(facts, "id:d-1 asoen:dialogueWith id:japan ."))
        assert edges(found) == {("d", "dialogue-with", "japan"): 1}

    def test_a_meeting_without_a_series_is_its_committees_and_cites_no_other(self, network: Build) -> None:
        facts = (
            "id:m asoen:dialogueWith id:japan ; asoen:convenedBy id:committee . id:other asoen:dialogueWith id:japan ."
        )
        found = network("partners-through-mechanisms", world(facts))
        assert edges(found) == {
            ("committee", "dialogue-with", "japan"): 1,
            ("other", "dialogue-with", "japan"): 1,
        }
        assert sorted(len(edge.facts) for edge in found.edges) == [1, 2]

    def test_a_member_state_at_a_meeting_of_a_mechanism(self, network: Build) -> None:
        facts, follows = attended("d-1", "a", "japan")
        series = "id:japan asoen:cooperatesThrough id:d . id:d-1 asoen:series id:d ."
        found = network("partners-through-mechanisms", world(facts + series, follows + "id:a a asoen:MemberState ."))
        assert edges(found) == {("a", "participated-in", "d"): 1, ("japan", "cooperates-through", "d"): 1}

    @pytest.mark.parametrize("name", ["partners-through-mechanisms", "who-works-with-whom"])
    @pytest.mark.parametrize(
        ("said", "spell"),
        [
            ("asoen:attested '2019', '2020-11'", ("2019-01-01", "2020-11-30")),
            ("asoen:until '2018'", (None, "2018-12-31")),
            ("asoen:from '2018' ; asoen:attested '2017'", ("2018-01-01", None)),
        ],
    )
    def test_a_coordinatorship_stands_where_it_is_shown(
        self, network: Build, name: str, said: str, spell: tuple[str | None, str | None]
    ) -> None:
        follows = " ".join(
            f"id:c asoen:{derived} '{date}' ."
            for stated, derived, date in (("from", "begins", "2018"), ("until", "ceases", "2018"))
            if f"asoen:{stated} " in said
        )
        facts = f"id:c asoen:coordinator id:a ; asoen:coordinatesWith id:japan ; {said} ."
        assert spells(network(name, world(facts, follows))) == {("a", "coordinates", "japan"): [spell]}

    def test_a_plan_stands_in_its_period(self, network: Build) -> None:
        facts = (
            "id:japan asoen:cooperatesThrough id:plan . id:plan asoen:periodStarts '2021' ; asoen:periodEnds '2025' ."
        )
        found = network("partners-through-mechanisms", world(facts, "id:plan asoen:begins '2020-11-02' ."))
        assert spells(found) == {("japan", "cooperates-through", "plan"): [("2021-01-01", "2025-12-31")]}


class TestPlacesAndParks:
    def test_of_a_place_and_the_wider_one_the_narrower(self, network: Build) -> None:
        facts = "id:m asoen:series id:s ; asoen:place id:town, id:land . id:town asoen:country id:land ."
        assert edges(network("series-and-places", world(facts))) == {("s", "", "town"): 1}

    def test_a_house_stands_for_its_city(self, network: Build) -> None:
        facts = (
            "id:m asoen:series id:s ; asoen:place id:hotel . id:hotel asoen:within id:town . id:n asoen:series id:s ."
        )
        found = network("series-and-places", world(facts + "id:n asoen:place id:town .", "id:town a asoen:City ."))
        assert edges(found) == {("s", "", "town"): 2}
        assert [len(edge.facts) for edge in found.edges] == [5]

    def test_an_act_cites_its_own_facts(self, network: Build) -> None:
        facts = (
            "id:d asoen:park id:marsh ; asoen:designatedAt id:m ; asoen:endorsedAt id:n ; asoen:designatedOn '2035' ."
            "id:d asoen:designatedThrough id:text ."
        )
        found = network("parks-and-declarations", world(facts, "id:d a asoen:Designation ."))
        assert {named(found, edge)[1:]: len(edge.facts) for edge in found.edges} == {
            ("designated-at", "m"): 3,
            ("designated-through", "text"): 3,
            ("endorsed-at", "n"): 2,
        }
        assert spells(found)["marsh", "endorsed-at", "n"] == []
        assert spells(found)["marsh", "designated-through", "text"] == [("2035-01-01", "2035-12-31")]


def test_themes_lead_up_to_the_broadest(network: Build) -> None:
    facts = "id:g asoen:theme id:haze . id:haze asoen:broaderTheme id:air . id:air asoen:broaderTheme id:all . "
    found = network(
        "working-groups-and-themes", world(facts + "id:x asoen:broaderTheme id:all .", "id:g a asoen:WorkingGroup .")
    )
    assert edges(found) == {
        ("g", "theme", "haze"): 1,
        ("haze", "broader-theme", "air"): 1,
        ("air", "broader-theme", "all"): 1,
    }


def test_who_took_part_in_which_meeting(network: Build) -> None:
    facts, follows = joined(attended("m", "a", "b"), attended("n", "a"))
    planned = "id:n asoen:meetingStatus asoen:planned ."
    found = network("participants-and-meetings", world(facts + planned, follows))
    assert edges(found) == {("a", "participated-in", "m"): 1, ("b", "participated-in", "m"): 1}


def test_a_site_stands_for_its_country_and_a_grouping_for_itself(network: Build) -> None:
    facts = (
        "id:p asoen:participatingCountry id:a ; asoen:participatingGrouping id:members ; asoen:site id:town ."
        "id:town asoen:country id:b ."
    )
    assert edges(network("programmes-and-countries", world(facts))) == {
        ("p", "participating-country", "a"): 1,
        ("p", "participating-grouping", "members"): 1,
        ("p", "site", "b"): 1,
    }


@pytest.mark.parametrize(
    ("said", "spell"),
    [
        ("asoen:starts '2015' ; asoen:ends '2018'", [("2015-01-01", "2018-12-31")]),
        ("asoen:launchedOn '2014-05' ; asoen:ends '2018'", [("2014-05-01", "2018-12-31")]),
        ("asoen:launchedOn '2014-05' ; asoen:starts '2015'", [("2015-01-01", None)]),
        ("asoen:plannedFor '2020'", [("2020-01-01", "2020-12-31")]),
        ("asoen:plannedFor '2020' ; asoen:starts '2021'", [("2021-01-01", None)]),
        ("asoen:objective 'x'", []),
    ],
)
@pytest.mark.parametrize(
    ("name", "relation"),
    [("programmes-with-funders-and-implementers", "funder"), ("programmes-and-countries", "participatingCountry")],
)
def test_when_a_programme_ran(
    network: Build, name: str, relation: str, said: str, spell: list[tuple[str | None, str | None]]
) -> None:
    dates = dict(part.strip().split(" ") for part in said.split(";"))
    derived = {"asoen:starts": "asoen:begins", "asoen:ends": "asoen:ceases"}
    follows = "".join(f"id:p {derived[stated]} {date} ." for stated, date in dates.items() if stated in derived)
    found = network(name, world(f"id:p asoen:{relation} id:a ; {said} .", follows + "id:p a asoen:Programme ."))
    assert list(spells(found).values()) == [spell]


def test_a_country_takes_part_for_the_time_that_is_stated(network: Build) -> None:
    stated = "fact:0000000000000001 asoen:validEarliest '2017-01-01' ; asoen:validLatest '2017-12-31' ."
    follows = f"id:p asoen:begins '2015' . {stated}"
    store = world("id:p asoen:participatingCountry id:a . id:p asoen:starts '2015' .", follows)
    assert list(spells(network("programmes-and-countries", store)).values()) == [[("2017-01-01", "2017-12-31")]]


@pytest.mark.parametrize(
    ("said", "begins", "start"),
    [
        ("asoen:adoptedOn '2015-11-22' ; asoen:periodStarts '2016'", "2015-11-22", "2015-11-22"),
        ("asoen:periodStarts '2016'", "", "2016-01-01"),
    ],
)
def test_a_plan_stems_from_another_since(network: Build, said: str, begins: str, start: str) -> None:
    follows = f"id:plan asoen:begins '{begins}' ." if begins else ""
    store = world(f"id:plan asoen:implements id:vision ; {said} .", follows)
    assert spells(network("instruments-and-what-they-stem-from", store)) == {
        ("plan", "implements", "vision"): [(start, None)]
    }

"""What the queries of the catalogue answer over the real graph, by facts that everyone can verify.

Each assertion is written so as to hold when data are added: what is told must be among the answers; it is never said
that there is nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from asoen_graph.iris import local_name
from asoen_graph.queries.catalogue import Catalogue
from asoen_graph.queries.parameters import bind_values
from asoen_graph.store import SelectAnswer
from asoen_graph.store.embedded import EmbeddedStore

Row = dict[str, str]
Ask = Callable[..., list[Row]]


@pytest.fixture(scope="module")
def ask(catalogue: Catalogue, store: EmbeddedStore) -> Ask:
    """Asks a query of the catalogue: rows by column, IRIs as local names; what is unbound is left out."""

    def ask(name: str, **given: str) -> list[Row]:
        query = catalogue[name]
        answer = store.query(bind_values(query.text, query.parameters, given, store))
        assert isinstance(answer, SelectAnswer)
        return [
            {
                column: local_name(term.value)
                if column not in ("fact", "facts") and _is_iri(term.value)
                else term.value
                for column, term in zip(answer.variables, row, strict=True)
                if term is not None
            }
            for row in answer.rows
        ]

    return ask


def _is_iri(text: str) -> bool:
    return text.startswith("https://w3id.org/asoen/") and " " not in text


def one(rows: list[Row], **cells: str) -> Row:
    """The row with these cells; there must be exactly one."""
    found = [row for row in rows if all(row.get(column) == value for column, value in cells.items())]
    assert len(found) == 1, f"{cells}: {len(found)} rows"
    return found[0]


def some(rows: list[Row], **cells: str) -> list[Row]:
    """The rows with these cells; there must be one or more."""
    found = [row for row in rows if all(row.get(column) == value for column, value in cells.items())]
    assert found, f"{cells}: no row"
    return found


# Parks


def test_parks_per_country_lead_to_all_of_them(ask: Ask) -> None:
    rows = ask("parks-per-country")
    assert {"thailand", "viet-nam", "philippines", "indonesia", "malaysia", "myanmar"} <= {
        row["country"] for row in rows
    }
    counts = [int(row["parks"]) for row in rows]
    assert counts == sorted(counts, reverse=True)
    assert [Decimal(row["running"]) for row in rows] == sorted(Decimal(row["running"]) for row in rows)
    assert Decimal(rows[-1]["running"]) == 100
    # Brunei Darussalam has Tasek Merimbun alone; Viet Nam more than five.
    assert int(one(rows, country="viet-nam")["parks"]) > 5 > int(one(rows, country="brunei-darussalam")["parks"])


def test_khao_yai_is_among_the_parks_of_1984(ask: Ask) -> None:
    rows = ask("parks-per-year")
    first = rows[0]
    assert first["year"] == "1984"
    assert "Khao Yai National Park" in first["names"]
    assert first["new"] == first["total"]
    dated = [row for row in rows if "year" in row]
    total = 0
    for row in dated:
        total += int(row["new"])
        assert int(row["total"]) == total
    # Parks of no known year stand last and make no total.
    assert all("total" not in row for row in rows[len(dated) :])
    assert "Vườn quốc gia Khao Yai" in ask("parks-per-year", language="vi")[0]["names"]


def test_tubbataha_and_apo_are_coral_reefs(ask: Ask) -> None:
    reefs = one(ask("parks-by-ecosystem"), ecosystem="coralReef")
    assert "Apo Reef Natural Park" in reefs["names"]
    assert int(reefs["parks"]) == len(reefs["names"].split("; "))


def test_singapore_protects_less_than_brunei_and_brunei_less_than_indonesia(ask: Ask) -> None:
    rows = ask("area-protected")
    singapore, brunei, indonesia = (
        Decimal(one(rows, country=name)["hectares"]) for name in ("singapore", "brunei-darussalam", "indonesia")
    )
    assert 100 < singapore < brunei < indonesia
    assert all(int(row["stated"]) <= int(row["parks"]) for row in rows)


def test_khao_yai_is_world_heritage_since_2005(ask: Ask) -> None:
    row = one(ask("park-listings", kind="world-heritage"), park="khao-yai")
    assert (row["listed"][:4], row["country"]) == ("2005", "thailand")
    assert {row["kind"] for row in ask("park-listings", kind="ramsar-site")} == {"ramsarSite"}


def test_wakatobi_was_declared_at_the_meeting_of_2017(ask: Ask) -> None:
    row = one(ask("parks-declared-at-meetings"), meeting="amme-14")
    assert row["starts"].startswith("2017-09")
    assert "Wakatobi National Park" in row["names"]


# Awards


def test_phnom_penh_received_the_first_award_for_sustainable_cities(ask: Ask) -> None:
    row = one(
        ask("awards-by-edition-and-country", award="asean-esc-award"), edition="asean-esc-award-1", country="cambodia"
    )
    assert row["awarded"].startswith("2008")
    assert "Phnom Penh" in row["names"]
    assert one(ask("recipients-of-award"), edition="asean-esc-award-1", recipient="phnom-penh")["country"] == "cambodia"


def test_phnom_penh_was_honoured_again(ask: Ask) -> None:
    row = one(ask("cities-honoured-more-than-once"), city="phnom-penh")
    assert int(row["times"]) >= 2
    assert int(row["times"]) == len(row["editions"].split("; "))


def test_the_heroes_of_2017_are_ten(ask: Ask) -> None:
    row = one(ask("editions-of-award", award="asean-biodiversity-heroes"), edition="asean-biodiversity-heroes-2017")
    assert (row["counted"], row["known"], row["awarded"][:4]) == ("10", "10", "2017")


# Money and programmes


def test_the_asian_development_bank_gives_300_million_dollars_for_green_finance(ask: Ask) -> None:
    some(ask("funding-of-programmes", undertaking="acgf"), amount="300000000", currency="USD", funder="adb")
    some(ask("funding-by-funder", funder="adb"), undertaking="acgf", amount="300000000", currency="USD")


def test_the_european_union_pays_for_the_conservation_of_biodiversity(ask: Ask) -> None:
    rows = ask("programmes-by-partner", partner="european-union")
    assert {row["partner"] for row in rows} == {"european-union"}
    some(rows, relation="funder", undertaking="bcamp")


def test_the_programme_of_heritage_parks_is_about_biodiversity(ask: Ask) -> None:
    assert "ahp-programme" in {row["undertaking"] for row in ask("programmes-on-theme")}


# People


def test_offices_are_told_by_person_and_by_organisation(ask: Ask) -> None:
    role = some(ask("roles-of-person", person="phan-wannamethee"), role="secretary-general")[0]
    assert role["organisation"] == "asean-secretariat"
    holder = some(ask("officeholders-of-organisation"), person="phan-wannamethee", role="secretary-general")[0]
    assert holder["first"][:4] <= "1984" <= holder["last"][:4]


def test_emil_salim_spoke_for_indonesia_in_1984(ask: Ask) -> None:
    rows = [row for row in ask("ministers-at-meetings") if (row["meeting"], row["person"]) == ("amme-2", "emil-salim")]
    assert {(row["delegation"], row["starts"][:4]) for row in rows} == {("indonesia", "1984")}
    assert all(row["offices"].startswith("Minister") for row in rows)


# Evidence


def test_most_statements_have_one_document(ask: Ask) -> None:
    rows = ask("facts-by-number-of-sources")
    counts = {int(row["sources"]): int(row["statements"]) for row in rows}
    assert counts[1] > counts[2] > 0
    assert all(row["jointly"] == "0" for row in rows if row["sources"] != "1")


def test_the_board_met_for_the_25th_time_and_not_for_the_9th(ask: Ask) -> None:
    row = one(ask("conflicts"), subject="acb-governing-board-25", property="ordinal")
    assert (row["accepted"], row["disputed"]) == ("25", "9")
    assert row["accepted_by"]
    assert row["disputed_by"]


def test_documents_are_counted_alike(ask: Ask) -> None:
    used = {row["source"]: row for row in ask("sources-by-use")}
    known = {row["source"]: row for row in ask("documents")}
    assert {name: row["facts_taken"] for name, row in used.items()} == {
        name: row["facts_taken"] for name, row in known.items()
    }
    assert all(int(row["alone"]) <= int(row["facts_taken"]) for row in used.values())
    assert sum(int(row["sources"]) for row in ask("sources-by-age")) == len(used)
    assert {row["source"] for row in ask("documents-without-locator")} <= set(used)
    assert "ngay-nay-asoen-34" not in {row["source"] for row in ask("documents-without-locator")}


def test_joint_facts_have_two_documents_or_more(ask: Ask) -> None:
    rows = ask("jointly-attributed-facts")
    assert all(int(row["sources"]) > 1 for row in rows)
    assert len({row["fact"] for row in rows}) == len(rows)


def test_what_has_a_date_or_a_place_is_not_missing(ask: Ask) -> None:
    assert "asoen-34" not in {row["meeting"] for row in ask("meetings-without-date")}
    missing = {row["entity"] for row in ask("entities-without-place")}
    assert "asoen-34" not in missing


def test_names_are_missing_in_vietnamese_only_where_they_are(ask: Ask) -> None:
    assert not {"khao-yai", "viet-nam", "asoen-34"} & {
        row["entity"] for row in ask("entities-without-vietnamese-label")
    }


def test_gaps_stand_between_known_meetings(ask: Ask) -> None:
    for row in ask("series-with-missing-ordinals"):
        assert int(row["missing"]) == int(row["until"]) - int(row["from"]) + 1 > 0
        assert ("before" in row) == (row["from"] != "1")


def test_indonesia_ratified_the_haze_agreement_last_of_all_that_have_a_date(ask: Ask) -> None:
    rows = ask("ratifications-of-agreement", agreement="asean-agreement-transboundary-haze-2002")
    dated = [row for row in rows if "ratified" in row]
    assert dated[-1]["party"] == "indonesia"
    assert dated[-1]["ratified"][:4] in ("2014", "2015")
    assert int(one(rows, party="malaysia")["waited"]) == 253
    assert int(dated[-1]["after"]) > 3650


def test_the_haze_agreement_is_in_force_since_2003(ask: Ask) -> None:
    row = one(ask("agreements-in-force"), agreement="asean-agreement-transboundary-haze-2002")
    assert row["force"] == "2003-11-25"
    assert int(row["parties"]) >= 10
    assert int(row["ratified"]) <= int(row["parties"])


def test_what_stems_from_the_haze_agreement_is_reached_at_two_steps(ask: Ask) -> None:
    rows = ask("instruments-that-stem-from")
    assert one(rows, thing="cop-aathp", relation="basedOn")["steps"] == "1"
    assert one(rows, thing="apms-update-2013", relation="amends")["steps"] == "2"


def test_totals_of_instruments_are_the_sums_of_their_years(ask: Ask) -> None:
    sums: dict[str, int] = {}
    for row in ask("instruments-by-year"):
        sums[row["kind"]] = sums.get(row["kind"], 0) + int(row["number"])
        assert int(row["total"]) == sums[row["kind"]]
    assert int(one(ask("instruments-by-year"), year="1967", kind="Declaration")["total"]) >= 1


def test_the_joint_statement_of_2023_is_addressed_to_cop_28(ask: Ask) -> None:
    rows = ask("addressees-of-joint-statements")
    assert one(rows, statement="asean-joint-statement-cop-28")["addressee"] == "unfccc-cop-28"


def test_the_first_ministers_adopted_the_manila_declaration(ask: Ask) -> None:
    rows = ask("instruments-adopted-at-meetings", until="1981")
    some(rows, meeting="amme-1", instrument="manila-declaration-1981", relation="adoptedAt")
    assert all(row["starts"] < "1982" for row in rows)


def test_malaysia_chairs_for_biodiversity_and_followed_cambodia_for_climate(ask: Ask) -> None:
    rows = ask("chairs-and-meetings-of-working-group", body="awgncb")
    assert [row["what"] for row in some(rows, kind="Chairship")] == ["malaysia"]
    some(rows, kind="Meeting", what="awgncb-33")
    chairs = [row["what"] for row in some(ask("chairs-and-meetings-of-working-group", body="awgcc"), kind="Chairship")]
    assert chairs.index("cambodia") + 1 == chairs.index("malaysia")


def test_japan_met_oftener_than_canada(ask: Ask) -> None:
    rows = ask("partners-by-meetings")
    assert int(one(rows, partner="japan")["meetings"]) > int(one(rows, partner="canada")["meetings"])
    within = ask("partners-by-meetings", **{"from": "2019", "until": "2023"})
    assert all("2019" <= row["first"] <= row["last"] <= "2023" for row in within)


def test_norway_works_on_marine_debris_or_peatlands(ask: Ask) -> None:
    rows = ask("partners-by-theme", partner="norway")
    assert sum(int(row["programmes"]) for row in rows) >= 1


def test_india_rose_from_sectoral_to_comprehensive_strategic_partner(ask: Ask) -> None:
    standings = [row["standing"] for row in ask("partnership-history", partner="india")]
    assert standings[0] == "sectoralDialoguePartner"
    assert standings[-1] == "comprehensiveStrategicPartner"


def test_china_cooperates_through_its_forum(ask: Ask) -> None:
    rows = ask("dialogue-mechanisms", partner="china")
    assert int(one(rows, mechanism="asean-china-environmental-cooperation-forum")["meetings"]) >= 8


def test_indonesia_hosted_in_the_twenties(ask: Ask) -> None:
    assert int(one(ask("hosts-by-decade"), country="indonesia", decade="2020")["meetings"]) >= 1


def test_bangkok_stands_on_the_map(ask: Ask) -> None:
    row = one(ask("hosts-and-places"), place="bangkok")
    assert row["country"] == "thailand"
    assert row["point"].startswith("POINT(100.5")


def test_the_meeting_with_the_plus_three_was_held_around_the_34th(ask: Ask) -> None:
    some(ask("run-around-meeting"), event="asoen-plus-three-20")
    some(ask("run-around-meeting", meeting="asoen-plus-three-20"), event="asoen-34")


def test_the_ministries_of_viet_nam_follow_one_another(ask: Ask) -> None:
    rows = ask("environment-ministries", state="viet-nam")
    assert [row["ministry"] for row in rows][-2:] == ["monre-viet-nam", "mae-viet-nam"]
    assert "until" not in rows[-1]


def test_the_officials_replaced_the_experts(ask: Ask) -> None:
    rows = ask("succession-of-bodies")
    some(rows, body="asoen", replaces="aege")
    some(rows, body="acb", replaces="arcbc")


def test_the_centre_for_biodiversity_has_its_seat_in_los_banos(ask: Ask) -> None:
    assert one(ask("bodies-and-seats"), body="acb")["seat"] == "los-banos"


def test_series_are_counted_up(ask: Ask) -> None:
    rows = ask("meetings-by-year", series="asoen-meetings")
    totals = [int(row["total"]) for row in rows]
    assert totals == sorted(totals)
    assert sum(int(row["meetings"]) for row in rows) == totals[-1]


def test_the_34th_meeting_was_held_in_2023(ask: Ask) -> None:
    some(ask("meetings-of-year", year="2023"), meeting="asoen-34")
    assert not [row for row in ask("meetings-of-year", year="2019") if row["meeting"] == "asoen-34"]


def test_member_states_take_part_most(ask: Ask) -> None:
    rows = ask("participants-by-meetings")
    assert {row["kind"] for row in rows[:6]} == {"MemberState"}
    assert int(one(rows, participant="viet-nam")["meetings"]) >= 35


def test_haze_is_a_matter_of_air(ask: Ask) -> None:
    some(ask("theme-scheme"), theme="transboundary-haze", broader="air-quality")


def test_the_manila_declaration_went_through_one_meeting(ask: Ask) -> None:
    some(ask("documents-considered-and-adopted"), instrument="manila-declaration-1981", step="adoptedAt")


def test_member_states_by_accession(ask: Ask) -> None:
    rows = ask("member-states")
    assert one(rows, state="brunei-darussalam")["since"] == "1984-01-07"
    assert one(rows, state="viet-nam")["ministry"] == "mae-viet-nam"
    assert rows[-1]["state"] == "timor-leste"


def test_networks_join_what_belongs_together(ask: Ask) -> None:
    some(ask("instruments-and-what-they-stem-from"), source="acb", target="arcbc")
    some(ask("programmes-with-funders-and-implementers"), source="world-bank", target="sea-map", relation="funder")

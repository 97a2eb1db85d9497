"""The networks of the catalogue, against what the invented documents say."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pyoxigraph import NamedNode
from tests.network.conftest import ALL_NAMES

from asoen_graph.iris import FACT, local_name
from asoen_graph.network.model import Network
from asoen_graph.store import SelectAnswer
from asoen_graph.store.embedded import EmbeddedStore

Project = Callable[..., Network]


def edges(network: Network) -> dict[tuple[str, str, str], float]:
    return {
        (
            network.by_iri[edge.source].id,
            network.by_iri[edge.target].id,
            edge.relation.key if edge.relation else "",
        ): edge.weight
        for edge in network.edges
    }


def test_partners_met_at_the_meetings_that_were_held(project: Project) -> None:
    network = project("partners-met-together")
    assert not network.directed
    assert edges(network) == {
        ("coralia", "mangrovia", ""): 2,
        ("coralia", "northland", ""): 1,
        ("coralia", "palmyria", ""): 2,
        ("mangrovia", "northland", ""): 1,
        ("mangrovia", "palmyria", ""): 2,
        ("northland", "palmyria", ""): 1,
    }


def test_partners_met_in_a_month(project: Project) -> None:
    assert edges(project("partners-met-together", at="2031-07")) == {
        ("coralia", "mangrovia", ""): 1,
        ("coralia", "palmyria", ""): 1,
        ("mangrovia", "palmyria", ""): 1,
    }


def test_a_pair_is_led_back_to_the_places_that_name_both(project: Project) -> None:
    network = project("partners-met-together", at="2031-06")
    (edge,) = (e for e in network.edges if {e.source[-9:], e.target[-8:]} == {"northland", "palmyria"})
    places = dict.fromkeys((c.source.rpartition("/")[2], c.locator) for c in edge.citations)
    assert list(places) == [
        ("coral-times-azure", "paragraph 2"),
        ("lagoon-union-record", "page 1"),
    ]


def test_who_works_with_whom(project: Project) -> None:
    network = project("who-works-with-whom")
    assert edges(network) == {
        ("lagoon-reef-centre", "coralia", "participating-country"): 1,
        ("lagoon-reef-centre", "mangrovia", "participating-country"): 1,
        ("lagoon-reef-centre", "northland", "funder"): 1,
        ("lagoon-reef-centre", "palmyria", "participating-country"): 1,
        ("lagoon-reef-centre", "reef-fund", "funder"): 1,
        ("lagoon-senior-officials", "reef-fund", "reviewed-cooperation-with"): 1,
        ("mangrovia", "northland", "coordinates"): 1,
    }


@pytest.mark.parametrize(
    ("at", "coordinated"), [("2030-06", False), ("2030-07", True), ("2033", True), ("2034", False)]
)
def test_a_coordinatorship_lasts_as_long_as_is_said(project: Project, at: str, coordinated: bool) -> None:
    assert (("mangrovia", "northland", "coordinates") in edges(project("who-works-with-whom", at=at))) is coordinated


def test_who_coordinates_and_until_when_has_evidence_too(project: Project, store: EmbeddedStore) -> None:
    network = project("who-works-with-whom")
    (edge,) = (each for each in network.edges if each.relation and each.relation.key == "coordinates")
    facts = " ".join(f"<{fact}>" for fact in edge.facts)
    said = store.query(f"SELECT DISTINCT ?said {{ VALUES ?fact {{ {facts} }} GRAPH ?fact {{ ?joint ?said ?value }} }}")
    assert isinstance(said, SelectAnswer)
    assert {local_name(row[0].value) for row in said.rows if isinstance(row[0], NamedNode)} == {
        "coordinator",
        "coordinatesWith",
        "from",
    }


def test_reporting_lines_point_upwards(project: Project) -> None:
    network = project("reporting-lines")
    assert network.directed
    assert set(edges(network)) == {
        ("lagoon-reef-centre", "reef-centre-board", "overseen-by"),
        ("lagoon-secretariat", "lagoon-union", "serves"),
        ("lagoon-senior-officials", "lagoon-ministers", "reports-to"),
        ("lsoe-coralia", "lagoon-senior-officials", "national-counterpart-of"),
        ("reef-working-group", "lagoon-senior-officials", "reports-to"),
        ("turtle-working-group", "lagoon-senior-officials", "reports-to"),
    }
    assert set(edges(network).values()) == {1}


def test_a_line_begins_when_the_document_says(project: Project) -> None:
    line = ("reef-working-group", "lagoon-senior-officials", "reports-to")
    assert line not in edges(project("reporting-lines", until="2028"))
    assert line in edges(project("reporting-lines", until="2029"))


@pytest.mark.parametrize("name", ALL_NAMES)
@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_edge_has_facts_and_each_its_source(project: Project, name: str, language: str) -> None:
    network = project(name, language=language)
    assert network.edges
    for edge in network.edges:
        assert edge.facts
        assert all(fact.startswith(FACT) for fact in edge.facts)
        assert {citation.fact for citation in edge.citations} == set(edge.facts)
        assert all(citation.status == "accepted" for citation in edge.citations)

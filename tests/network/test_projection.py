from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.network import samples

from asoen_graph.errors import NetworkError, QuerySyntaxError
from asoen_graph.iris import ENTITY, TERM
from asoen_graph.network.model import Kind, Network
from asoen_graph.network.period import Period, Spell
from asoen_graph.network.projection import build_network, keep_strongest
from asoen_graph.queries.catalogue import CatalogueQuery
from asoen_graph.release import Release
from asoen_graph.store.embedded import EmbeddedStore

Project = Callable[..., Network]

COUNTED = {"en": "letters", "vi": "thư"}
ROWS = """SELECT ?source ?target ?relation ?weight ?from ?until ?facts WHERE {
  VALUES (?source ?target ?relation ?weight ?from ?until ?facts) { %s }
}"""


def catalogued(text: str, lagoon_release: Release, **network: object) -> CatalogueQuery:
    words = {"en": "A network", "vi": "Một mạng lưới"}
    return CatalogueQuery(
        "made-up", words, words, "who", "network", {}, {}, {}, network, text, True, lagoon_release.folder
    )


def pairs(network: Network) -> dict[tuple[str, str], float]:
    return {(network.by_iri[e.source].id, network.by_iri[e.target].id): e.weight for e in network.edges}


def test_rows_of_the_same_pair_and_relation_add_up(project: Project) -> None:
    network = project(
        ROWS
        % """(id:coralia id:northland asoen:partner 2 "2031" "2031" "https://x.org/1 https://x.org/2")
             (id:coralia id:northland asoen:partner 0.5 "2033-02" UNDEF "https://x.org/2 https://x.org/3")
             (id:coralia id:northland asoen:funder UNDEF UNDEF UNDEF UNDEF)
             (id:coralia id:northland asoen:funder UNDEF UNDEF UNDEF UNDEF)"""
    )
    funder, partner = network.edges
    assert (funder.relation and funder.relation.key, funder.weight) == ("funder", 2)
    assert (partner.relation and partner.relation.key, partner.weight) == ("partner", 2.5)
    assert partner.facts == ("https://x.org/1", "https://x.org/2", "https://x.org/3")
    assert partner.spells == (Spell("2031-01-01", "2031-12-31"), Spell("2033-02-01", None))
    assert (partner.earliest, partner.latest) == ("2031-01-01", None)


@pytest.mark.parametrize(
    ("directed", "expected"),
    [
        (True, {("coralia", "northland"): 1, ("northland", "coralia"): 1}),
        (False, {("coralia", "northland"): 2}),
    ],
)
def test_direction_counts_unless_the_header_says_otherwise(
    store: EmbeddedStore, lagoon_release: Release, directed: bool, expected: dict[tuple[str, str], float]
) -> None:
    text = "SELECT * { VALUES (?source ?target) { (id:coralia id:northland) (id:northland id:coralia) } }"
    query = catalogued(text, lagoon_release, directed=directed, weight=COUNTED)
    network = build_network(store, lagoon_release.vocabulary, query)
    assert network.directed is directed
    assert pairs(network) == expected


def test_an_edge_without_arrow_keeps_the_order_its_rows_agree_on(store: EmbeddedStore, lagoon_release: Release) -> None:
    text = """SELECT * { VALUES (?source ?target ?relation) {
        (id:northland id:coralia asoen:coordinates) (id:northland id:coralia asoen:coordinates)
        (id:northland id:coralia asoen:partner) (id:coralia id:northland asoen:partner) } }"""
    query = catalogued(text, lagoon_release, directed=False, weight=COUNTED)
    network = build_network(store, lagoon_release.vocabulary, query)
    assert {(e.relation.key, e.source[-9:]) for e in network.edges if e.relation} == {
        ("coordinates", "northland"),
        ("partner", "d/coralia"),
    }
    assert {e.weight for e in network.edges} == {2}


def test_statements_of_one_thing_are_not_counted(store: EmbeddedStore, lagoon_release: Release) -> None:
    text = """SELECT * { VALUES (?source ?target ?from ?until) {
        (id:coralia id:northland "2031" "2031") (id:coralia id:northland "2032" UNDEF)
        (id:coralia id:northland UNDEF UNDEF) (id:coralia id:northland "2028" "2029") } }"""
    query = catalogued(text, lagoon_release, layout="layered")
    (edge,) = build_network(store, lagoon_release.vocabulary, query).edges
    assert edge.weight == 1
    assert edge.spells == (Spell("2028-01-01", "2029-12-31"), Spell("2031-01-01", None))
    (undated,) = build_network(store, lagoon_release.vocabulary, query, at="2030").edges
    assert undated.spells == ()


def test_the_header_names_title_weight_and_layout(store: EmbeddedStore, lagoon_release: Release) -> None:
    query = catalogued(
        "SELECT * { VALUES (?source ?target) { (id:coralia id:northland) } }",
        lagoon_release,
        layout="circle",
        weight={"en": "letters", "vi": "thư"},
    )
    network = build_network(store, lagoon_release.vocabulary, query, language="vi")
    assert (network.name, network.title, network.weight_label, network.layout) == (
        "made-up",
        "Một mạng lưới",
        "thư",
        "circle",
    )


def test_an_unknown_layout_is_an_error_with_the_known_ones(store: EmbeddedStore, lagoon_release: Release) -> None:
    query = catalogued("SELECT * { VALUES (?source ?target) { } }", lagoon_release, layout="heap")
    with pytest.raises(NetworkError, match="spring, layered, circle"):
        build_network(store, lagoon_release.vocabulary, query)


def test_nodes_have_labels_in_both_languages_and_their_own_class(project: Project) -> None:
    network = project("SELECT * { VALUES (?source ?target) { (id:northland id:lagoon-reef-centre) } }", language="vi")
    centre, northland = network.nodes
    assert (northland.label, northland.labels) == ("Bắc Địa", {"en": "Northland", "vi": "Bắc Địa"})
    assert northland.kind == Kind("partner-country", "nước đối tác")
    assert (centre.slug, centre.kind.key) == ("lagoon-reef-centre", "centre")


def test_what_the_graph_does_not_know_has_a_name_all_the_same(project: Project) -> None:
    network = project("SELECT * { VALUES (?source ?target) { (<https://example.org/a/b> <urn:x>) } }")
    first, second = network.nodes
    assert (first.id, first.slug, first.label, first.kind) == (
        "https://example.org/a/b",
        None,
        "b",
        Kind("other", "other"),
    )
    assert second.label == "urn:x"


@pytest.mark.parametrize(
    ("term", "key", "english", "vietnamese"),
    [
        ("asoen:reportsTo", "reports-to", "reports to", "báo cáo lên"),
        ("id:lsoe-12", "lsoe-12", "12th LSOE", "Hội nghị LSOE lần thứ 12"),
        ('"writes to"', "writes to", "writes to", "writes to"),
        ("<https://example.org/likes>", "https://example.org/likes", "likes", "likes"),
    ],
)
def test_a_relation_is_a_property_an_entity_or_a_text(
    project: Project, term: str, key: str, english: str, vietnamese: str
) -> None:
    text = f"SELECT * {{ VALUES (?source ?target ?relation) {{ (id:coralia id:northland {term}) }} }}"
    for language, label in (("en", english), ("vi", vietnamese)):
        (edge,) = project(text, language=language).edges
        assert edge.relation is not None
        assert (edge.relation.key, edge.relation.label) == (key, label)


def test_a_period_is_applied_before_rows_are_added_up(project: Project) -> None:
    text = (
        ROWS
        % """(id:coralia id:northland UNDEF 1 "2030" "2030" UNDEF)
                     (id:coralia id:northland UNDEF 1 "2031-03" "2031-03" UNDEF)
                     (id:coralia id:northland UNDEF 1 "2031-09-01" UNDEF UNDEF)
                     (id:coralia id:palmyria UNDEF 1 "2030" "2030" UNDEF)"""
    )
    assert pairs(project(text)) == {("coralia", "northland"): 3, ("coralia", "palmyria"): 1}
    assert pairs(project(text, at="2031")) == {("coralia", "northland"): 2}
    assert pairs(project(text, at="2031-03")) == {("coralia", "northland"): 1}
    assert pairs(project(text, until="2030")) == {("coralia", "northland"): 1, ("coralia", "palmyria"): 1}
    assert pairs(project(text, since="2032")) == {("coralia", "northland"): 1}


def test_links_without_dates_are_in_every_period_and_said_to_be(project: Project) -> None:
    text = "SELECT * { VALUES (?source ?target) { (id:coralia id:northland) } }"
    assert project(text).notes == ()
    assert project(text, at="1999").notes == ("1 link has no date and is shown in every period.",)


@pytest.mark.parametrize(
    ("options", "note"),
    [({}, "The query found no links."), ({"language": "vi"}, "Truy vấn không tìm thấy liên kết nào.")],
)
def test_no_rows_are_an_empty_network_with_a_note(project: Project, options: dict[str, str], note: str) -> None:
    network = project("SELECT ?source ?target { ?source asoen:reportsTo ?target FILTER(?source = ?target) }", **options)
    assert (network.nodes, network.edges, network.notes) == ((), (), (note,))


def test_no_rows_in_the_period_are_said_so(project: Project) -> None:
    network = project("partners-met-together", at="1999")
    assert (network.edges, network.notes) == ((), ("No link falls in this period.",))


def test_the_errors_of_the_store_come_through(project: Project) -> None:
    with pytest.raises(QuerySyntaxError):
        project("SELECT ?source ?target WHERE { ?source ?p }")


def test_the_order_of_rows_does_not_matter(project: Project) -> None:
    rows = [f'(id:coralia id:northland "r" {weight} "2031" UNDEF UNDEF)' for weight in ("0.1", "0.2", "0.3")]
    assert project(ROWS % " ".join(rows)) == project(ROWS % " ".join(reversed(rows)))


def test_the_strongest_nodes_keep_their_edges_and_notes_hold_of_them() -> None:
    first, *others, last = samples.mixed().edges
    undated = (replace(first, spells=()), *others, replace(last, spells=()))
    told = ("2 links have no date and are shown in every period.", "The data have no id:nowhere.")
    bare = replace(samples.mixed(), edges=undated, period=Period("2031", "2031"), notes=told)
    kept = keep_strongest(bare, 2)
    assert [node.id for node in kept.nodes] == ["amber", "basalt"]
    assert [edge.weight for edge in kept.edges] == [3, 1, 2]
    assert kept.notes == (
        "1 link has no date and is shown in every period.",
        "The data have no id:nowhere.",
        "Only 2 of 3 nodes are shown: those whose links together weigh most.",
    )
    assert keep_strongest(bare, 3) == bare


def test_iris_of_the_ontology_stand_for_entities_too(project: Project) -> None:
    network = project("SELECT ?source ?target { ?source a ?target VALUES ?source { id:coralia } }")
    assert TERM + "MemberState" in network.by_iri
    assert ENTITY + "coralia" in network.by_iri

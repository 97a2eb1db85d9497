from __future__ import annotations

from collections.abc import Iterable, Iterator

import orjson
import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from asoen_graph.entities import entity_card, entity_facts
from asoen_graph.entities.cards import Claim, EntityCard, OtherName, PropertyGroup, Statement
from asoen_graph.errors import ReleaseError, UnknownName
from asoen_graph.iris import (
    DCTERMS,
    ENTITY,
    FACT,
    INFERRED_GRAPH,
    PROV,
    PROVENANCE_GRAPH,
    RDF,
    RDFS,
    REGISTER_GRAPH,
    SKOS,
    SOURCE,
    TERM,
)
from asoen_graph.vocabulary import Vocabulary


def statements(groups: Iterable[PropertyGroup], key: str) -> tuple[Statement, ...]:
    found = [group for group in groups if group.property.key == key]
    assert len(found) <= 1, f"{key} stands in two groups"
    return found[0].statements if found else ()


def claims(groups: Iterable[PropertyGroup]) -> Iterator[Claim]:
    for group in groups:
        for statement in group.statements:
            yield from statement.claims
            yield from claims(statement.details)


def registered(store: Store) -> list[str]:
    quads = store.quads_for_pattern(None, NamedNode(RDF + "type"), None, NamedNode(REGISTER_GRAPH))
    return sorted(quad.subject.value.removeprefix(ENTITY) for quad in quads)


def facts_naming(store: Store, slug: str) -> set[str]:
    node = NamedNode(ENTITY + slug)
    quads = [*store.quads_for_pattern(node, None, None), *store.quads_for_pattern(None, None, node)]
    return {quad.graph_name.value for quad in quads if str(quad.graph_name).startswith(f"<{FACT}")}


@pytest.fixture(scope="module")
def meeting(store: Store, vocabulary: Vocabulary, places: dict[str, str]) -> EntityCard:
    return entity_card(store, vocabulary, "lsoe-12", places=places)


def test_a_card_begins_with_names_and_class(meeting: EntityCard) -> None:
    assert (meeting.slug, meeting.iri) == ("lsoe-12", ENTITY + "lsoe-12")
    assert (meeting.class_key, meeting.class_label, meeting.label) == ("meeting", "meeting", "12th LSOE")
    assert meeting.labels == {"en": "12th LSOE", "vi": "Hội nghị LSOE lần thứ 12"}
    assert meeting.other_names == (OtherName("LSOE 12", None),)


def test_names_stated_by_facts_are_other_names(store: Store, vocabulary: Vocabulary) -> None:
    assert OtherName("LRC", None) in entity_card(store, vocabulary, "lagoon-reef-centre").other_names
    card = entity_card(store, vocabulary, "lagoon-secretariat")
    assert OtherName("Secretariat of the Lagoon Union", "en") in card.other_names


def test_a_name_that_is_a_label_is_not_another_name(vocabulary: Vocabulary) -> None:
    node, register = NamedNode(ENTITY + "acb"), NamedNode(REGISTER_GRAPH)
    store = Store()
    store.add(Quad(node, NamedNode(RDF + "type"), NamedNode(TERM + "Centre"), register))
    store.add(Quad(node, NamedNode(RDFS + "label"), Literal("Centre", language="en"), register))
    store.add(Quad(node, NamedNode(TERM + "name"), Literal("Centre", language="en")))
    store.add(Quad(node, NamedNode(SKOS + "altLabel"), Literal("ACB"), register))
    assert entity_card(store, vocabulary, "acb").other_names == (OtherName("ACB", None),)


def test_properties_come_in_the_order_of_a_reader(meeting: EntityCard) -> None:
    keys = [group.property.key for group in meeting.statements]
    assert keys[:7] == ["ordinal", "starts", "ends", "format", "meeting-status", "run", "series"]
    assert keys[-2:] == ["agenda-item", "has-participation"]


def test_facts_of_several_documents_for_one_triple_are_one_statement(meeting: EntityCard) -> None:
    (ordinal,) = statements(meeting.statements, "ordinal")
    assert (ordinal.value.text, ordinal.status) == ("12", "accepted")
    assert [(claim.source, claim.locator) for claim in ordinal.claims] == [
        ("coral-times-azure", "paragraph 2"),
        ("lagoon-union-record", "page 1"),
        ("reef-fund-page", "section 5"),
    ]


def test_a_claim_tells_where_it_stands(meeting: EntityCard) -> None:
    claim = statements(meeting.statements, "ordinal")[0].claims[0]
    assert claim.publisher == "The Coral Times"
    assert claim.published == "2031-07-03"
    assert claim.url == "https://example.org/port-azure"
    assert claim.citation == (
        'The Coral Times (2031-07-03), "Port Azure hosts the lagoon\'s environment officials", paragraph 2'
    )
    path, _, line = (claim.place or "").rpartition(":")
    assert path == "data/sources/coral-times-azure.yaml"
    assert line.isdecimal()


def test_claims_that_are_not_accepted_come_after_and_say_so(meeting: EntityCard) -> None:
    held, arrival = statements(meeting.statements, "starts")
    assert (held.value.text, held.status) == ("2031-06-28", "accepted")
    assert (arrival.value.text, arrival.status) == ("2031-06-27", "superseded")
    assert arrival.claims[0].note == "The day of arrival."


def test_a_statement_has_the_best_status_among_its_claims(vocabulary: Vocabulary) -> None:
    node, register, provenance = NamedNode(ENTITY + "m"), NamedNode(REGISTER_GRAPH), NamedNode(PROVENANCE_GRAPH)
    store = Store()
    store.add(Quad(node, NamedNode(RDF + "type"), NamedNode(TERM + "Meeting"), register))
    for source, status in (("a", "rejected"), ("b", "disputed"), ("c", "accepted"), ("d", "superseded")):
        fact = NamedNode(FACT + source)
        store.add(Quad(node, NamedNode(TERM + "ordinal"), Literal(7), fact))
        store.add(Quad(fact, NamedNode(PROV + "wasDerivedFrom"), NamedNode(SOURCE + source), provenance))
        store.add(Quad(fact, NamedNode(TERM + "status"), NamedNode(TERM + status), provenance))
    (ordinal,) = statements(entity_card(store, vocabulary, "m").statements, "ordinal")
    assert ordinal.status == "accepted"
    assert [claim.status for claim in ordinal.claims] == ["accepted", "disputed", "superseded", "rejected"]


def test_a_fact_without_a_source_is_refused(vocabulary: Vocabulary) -> None:
    node = NamedNode(ENTITY + "m")
    store = Store()
    store.add(Quad(node, NamedNode(RDF + "type"), NamedNode(TERM + "Meeting"), NamedNode(REGISTER_GRAPH)))
    store.add(Quad(node, NamedNode(TERM + "ordinal"), Literal(7), NamedNode(FACT + "a")))
    with pytest.raises(ReleaseError, match="no source"):
        entity_card(store, vocabulary, "m")


def test_what_holds_for_a_time_says_for_which(store: Store, vocabulary: Vocabulary) -> None:
    east, port = statements(entity_card(store, vocabulary, "lagoon-reef-centre").statements, "seat")
    assert (port.value.key, port.claims[0].valid_from, port.claims[0].valid_until) == ("port-azure", "2024-05", "2030")
    assert (east.value.key, east.claims[0].valid_from, east.claims[0].valid_until) == ("east-atoll", "2031", None)


def test_a_relation_node_is_shown_in_place_without_the_way_back(meeting: EntityCard) -> None:
    nodes = {each.value.key: each for each in statements(meeting.statements, "has-participation")}
    coralia = nodes["participation-lsoe-12-coralia"]
    assert [group.property.key for group in coralia.details] == [
        "participant",
        "participation-role",
        "delegate",
        "headed-by",
    ]
    assert statements(meeting.incoming, "event") == ()


def test_a_claim_of_a_relation_node_that_is_disputed_is_kept(meeting: EntityCard) -> None:
    nodes = {each.value.key: each for each in statements(meeting.statements, "has-participation")}
    northland = nodes["participation-lsoe-12-northland"]
    assert [(claim.source, claim.status) for claim in northland.claims] == [
        ("coral-times-azure", "accepted"),
        ("lagoon-union-record", "disputed"),
    ]
    roles = statements(northland.details, "participation-role")
    assert [(role.value.key, role.status) for role in roles] == [("observing", "accepted"), ("partnering", "disputed")]


def test_who_points_here_is_shown_with_the_relation_in_between(store: Store, vocabulary: Vocabulary) -> None:
    card = entity_card(store, vocabulary, "palmyria")
    nodes = {each.value.key: each for each in statements(card.incoming, "participant")}
    event = statements(nodes["participation-lsoe-12-palmyria"].details, "event")
    assert [each.value.key for each in event] == ["lsoe-12"]
    assert statements(nodes["participation-lsoe-12-palmyria"].details, "participant") == ()


def test_what_follows_names_the_facts_it_follows_from(meeting: EntityCard) -> None:
    country = next(group for group in meeting.inferred if group.property.key == "held-in-country")
    (statement,) = country.statements
    assert statement.value.key == "coralia"
    assert [(r.about.key, r.property.key, r.value.key) for r in statement.follows_from] == [
        ("lsoe-12", "place", "port-azure"),
        ("port-azure", "within", "east-atoll"),
        ("east-atoll", "country", "coralia"),
    ]


def test_what_a_fact_states_is_not_repeated_as_inferred(store: Store, vocabulary: Vocabulary) -> None:
    for slug in registered(store):
        card = entity_card(store, vocabulary, slug)
        stated = {
            (group.property.key, statement.value.iri or statement.value.text)
            for group in card.statements
            for statement in group.statements
            if statement.status == "accepted"
        }
        inferred = {
            (group.property.key, s.value.iri or s.value.text) for group in card.inferred for s in group.statements
        }
        assert not stated & inferred


def test_nothing_inferred_is_without_the_facts_it_follows_from(store: Store, vocabulary: Vocabulary) -> None:
    shown = 0
    for slug in registered(store):
        for group in entity_card(store, vocabulary, slug).inferred:
            for statement in group.statements:
                shown += 1
                assert statement.follows_from, (
                    f"{slug} {group.property.key} {statement.value.text} follows from nothing"
                )
                assert all(record.claim.status == "accepted" for record in statement.follows_from)
    assert shown > 100


def test_every_inferred_triple_of_the_ontology_is_on_the_card(store: Store, vocabulary: Vocabulary) -> None:
    node = NamedNode(ENTITY + "lsoe-12")
    quads = store.quads_for_pattern(node, None, None, NamedNode(INFERRED_GRAPH))
    wanted = {q.predicate.value for q in quads if vocabulary.property_of(q.predicate.value)}
    card = entity_card(store, vocabulary, "lsoe-12")
    shown = {group.property.iri for group in (*card.inferred, *card.statements)}
    assert wanted <= shown


def test_no_fact_that_names_an_entity_is_missing_from_its_card(store: Store, vocabulary: Vocabulary) -> None:
    for slug in registered(store):
        card = entity_card(store, vocabulary, slug)
        assert facts_naming(store, slug) <= {claim.fact for claim in claims((*card.statements, *card.incoming))}


def test_the_plain_list_has_every_fact_once_those_about_the_entity_first(
    store: Store, vocabulary: Vocabulary, places: dict[str, str]
) -> None:
    records = entity_facts(store, vocabulary, "lsoe-12", places=places)
    assert {record.claim.fact for record in records} == facts_naming(store, "lsoe-12")
    assert len({record.claim.fact for record in records}) == len(records)
    about = [record.about.key == "lsoe-12" for record in records]
    assert about == sorted(about, reverse=True)
    assert all(record.claim.place for record in records)


def test_labels_come_in_the_language_asked_for(store: Store, vocabulary: Vocabulary) -> None:
    card = entity_card(store, vocabulary, "lsoe-12", "vi")
    assert (card.label, card.class_label) == ("Hội nghị LSOE lần thứ 12", "hội nghị")
    (status,) = statements(card.statements, "meeting-status")
    assert (status.value.kind, status.value.key, status.value.text) == ("concept", "held", "đã diễn ra")
    assert status.claims[0].locator_label == "đoạn 2"


def test_cards_are_json(store: Store, vocabulary: Vocabulary) -> None:
    for slug in registered(store):
        card = entity_card(store, vocabulary, slug)
        assert orjson.loads(orjson.dumps(card))["slug"] == slug


def test_a_retired_slug_leads_to_the_present_one(store: Store, vocabulary: Vocabulary) -> None:
    assert entity_card(store, vocabulary, "lsoe-twelve").slug == "lsoe-12"
    assert entity_facts(store, vocabulary, "lsoe-twelve") == entity_facts(store, vocabulary, "lsoe-12")


def test_slugs_that_were_retired_for_each_other_stand_for_nothing(vocabulary: Vocabulary) -> None:
    replaced, register = NamedNode(DCTERMS + "isReplacedBy"), NamedNode(REGISTER_GRAPH)
    circle = Store()
    circle.add(Quad(NamedNode(ENTITY + "a"), replaced, NamedNode(ENTITY + "b"), register))
    circle.add(Quad(NamedNode(ENTITY + "b"), replaced, NamedNode(ENTITY + "a"), register))
    with pytest.raises(UnknownName):
        entity_card(circle, vocabulary, "a")


@pytest.mark.parametrize(
    ("slug", "nearest"),
    [("lsoe-21", "lsoe-12"), ("lo-da-ref", "lo-da-reef"), ("stone kiln", "lo-da-reef"), ("<>", None)],
)
def test_an_unknown_slug_names_the_nearest(
    store: Store, vocabulary: Vocabulary, slug: str, nearest: str | None
) -> None:
    with pytest.raises(UnknownName) as caught:
        entity_card(store, vocabulary, slug)
    assert caught.value.kind == "entity"
    assert (nearest in caught.value.nearest) if nearest else (caught.value.nearest == ())

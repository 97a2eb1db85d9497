"""What is kept from card to card: the same is said with it as without, and in JSON as in objects."""

from __future__ import annotations

import orjson
import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from asoen_graph.entities import entity_card, entity_facts, source_card
from asoen_graph.entities.card import card_json
from asoen_graph.entities.lens import Lens
from asoen_graph.entities.listing import list_entities, list_sources
from asoen_graph.entities.shelf import Shelf
from asoen_graph.iris import ENTITY, FACT, PROV, PROVENANCE_GRAPH, SOURCE, TERM
from asoen_graph.vocabulary import Vocabulary


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_card_in_json_is_the_card_as_objects(
    language: str, store: Store, vocabulary: Vocabulary, places: dict[str, str]
) -> None:
    shelf = Shelf(store, vocabulary)
    slugs = [entry.slug for entry in list_entities(store, vocabulary)]
    assert len(slugs) > 30
    for slug in slugs:
        alone = entity_card(store, vocabulary, slug, language, places)
        for _ in range(2):
            assert card_json(Lens(store, vocabulary, language, places, shelf), slug) == orjson.dumps(alone), slug
        assert entity_card(store, vocabulary, slug, language, places, shelf) == alone


@pytest.mark.parametrize("language", ["en", "vi"])
def test_evidence_is_written_as_the_claim_that_is_read(
    language: str, store: Store, vocabulary: Vocabulary, places: dict[str, str]
) -> None:
    lens = Lens(store, vocabulary, language, places)
    plain = 0
    for fact in places:
        (claim,) = lens.claims([fact])
        assert orjson.dumps(lens.evidence[fact]) == orjson.dumps(claim), fact
        plain += lens.shelf.attestations[fact].is_plain
    # Those that are written in pieces, and those that are not.
    assert 0 < plain < len(places)


def test_evidence_with_all_that_json_writes_otherwise(vocabulary: Vocabulary) -> None:
    store, provenance = Store(), NamedNode(PROVENANCE_GRAPH)
    fact, source = NamedNode(FACT + "a"), NamedNode(SOURCE + "a")
    odd = 'a "quoted" \\ line\nand a tab\t, “Đường” \u2028 {}[],%b%'
    store.extend(
        Quad(subject, NamedNode(property_), value, provenance)
        for subject, property_, value in (
            (fact, PROV + "wasDerivedFrom", source),
            (fact, TERM + "status", NamedNode(TERM + "accepted")),
            (fact, TERM + "locator", Literal(f"section {odd}")),
            (fact, TERM + "note", Literal(odd, language="en")),
            (fact, TERM + "note", Literal(odd[::-1], language="vi")),
            (fact, TERM + "validFrom", Literal("2031-05")),
            (source, TERM + "title", Literal(odd, language="vi")),
            (source, TERM + "url", Literal("https://example.org/%22")),
        )
    )
    lens = Lens(store, vocabulary, "en", {fact.value: odd})
    (claim,) = lens.claims([fact.value])
    assert lens.shelf.attestations[fact.value].is_plain
    assert orjson.dumps(lens.evidence[fact.value]) == orjson.dumps(claim)
    assert (claim.locator, claim.note, claim.place, claim.valid_until) == (f"section {odd}", odd, odd, None)


def test_facts_and_documents_with_a_shelf(store: Store, vocabulary: Vocabulary, places: dict[str, str]) -> None:
    shelf = Shelf(store, vocabulary)
    for entry in list_entities(store, vocabulary)[::5]:
        alone = entity_facts(store, vocabulary, entry.slug, "vi", places)
        assert entity_facts(store, vocabulary, entry.slug, "vi", places, shelf) == alone
    for source in list_sources(store, vocabulary):
        alone_too = source_card(store, vocabulary, source.slug, "vi", places)
        assert source_card(store, vocabulary, source.slug, "vi", places, shelf) == alone_too


def test_what_is_kept_has_an_end(store: Store, vocabulary: Vocabulary, places: dict[str, str]) -> None:
    shelf = Shelf(store, vocabulary)
    slugs = [entry.slug for entry in list_entities(store, vocabulary)]
    for _ in range(2):
        for slug in slugs:
            card_json(Lens(store, vocabulary, "en", places, shelf), slug)
    glossary = shelf.glossaries["en"]
    assert not any(isinstance(term, Literal) for term in glossary.names)
    assert shelf.attestations.keys() <= places.keys()
    subjects = {quad.subject for quad in store} | {quad.object for quad in store}
    assert glossary.names.keys() <= subjects
    assert all(NamedNode(ENTITY + slug) in glossary.names for slug in slugs)

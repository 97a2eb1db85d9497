"""A fact among others: what says the same, what says otherwise, what stands beside it."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, Store

from asoen_graph.entities.backing import anchor, backing, short
from asoen_graph.entities.corroboration import FactAmongOthers, fact_among_others
from asoen_graph.entities.lens import Lens
from asoen_graph.errors import ReleaseError
from asoen_graph.iris import ENTITY, FACT, TERM
from asoen_graph.vocabulary import Vocabulary


def among(store: Store, vocabulary: Vocabulary, slug: str, property_: str, value: str) -> FactAmongOthers:
    quads = store.quads_for_pattern(NamedNode(ENTITY + slug), NamedNode(TERM + property_), None)
    facts = [q.graph_name.value for q in quads if f'"{value}"' in str(q.object) and FACT in str(q.graph_name)]
    return fact_among_others(Lens(store, vocabulary, "en"), min(facts))


def test_what_others_say_instead(store: Store, vocabulary: Vocabulary) -> None:
    found = among(store, vocabulary, "designation-lo-da-reef", "ordinal", "8")
    assert found.record.claim.status == "disputed"
    assert [(each.value.text, each.claim.status) for each in found.others] == [("9", "accepted")]
    assert found.is_single


def test_what_the_same_passage_says(store: Store, vocabulary: Vocabulary) -> None:
    found = among(store, vocabulary, "lsoe-12", "ordinal", "12")
    assert found.nearby_count == len(found.nearby) > 1
    assert {each.claim.locator for each in found.nearby} == {found.record.claim.locator}
    assert {each.claim.source for each in found.nearby} == {found.record.claim.source}
    assert found.record not in found.nearby


def test_a_fact_that_says_nothing(store: Store, vocabulary: Vocabulary) -> None:
    with pytest.raises(ReleaseError):
        fact_among_others(Lens(store, vocabulary, "en"), FACT + "0" * 16)


def test_alike_facts_of_a_passage_are_one(store: Store, vocabulary: Vocabulary) -> None:
    lens = Lens(store, vocabulary, "en")
    record = among(store, vocabulary, "lsoe-12", "ordinal", "12")
    claims = [each.claim for each in record.nearby if each.claim.status == "accepted" and not each.claim.note]
    passages = backing(claims)
    assert sum(len(each.facts) for each in passages) == len(claims)
    assert len(passages) < len(claims)
    assert lens.language == "en"


@pytest.mark.parametrize(
    ("locator", "name"),
    [
        ("paragraph 12", "p-12"),
        ("page 4, table 2", "p-page-4-table-2"),
        ("paragraphs 2-4", "p-paragraphs-2-4"),
        ("", "p-text"),
    ],
)
def test_passages_have_names(locator: str, name: str) -> None:
    assert anchor(locator) == name


def test_a_document_is_recognised_by_its_publisher_or_else_its_title() -> None:
    assert short("A title", "The Times", "2031-05", "", "x") == "The Times (2031-05)"
    assert short("", "", "", "https://example.org/a", "x") == "example.org"
    assert short("", "", "", "", "slug") == "slug"
    assert len(short("word " * 40, "", "", "", "x")) < 60

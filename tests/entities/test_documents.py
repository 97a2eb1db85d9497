from __future__ import annotations

from collections import Counter
from itertools import groupby

import orjson
import pytest
from pyoxigraph import Store

from asoen_graph.entities import list_entities, list_sources, source_card
from asoen_graph.entities.cards import SourceEntry
from asoen_graph.errors import UnknownName
from asoen_graph.iris import SOURCE
from asoen_graph.release import Release
from asoen_graph.vocabulary import Vocabulary

ARTICLE = "coral-times-azure"


def test_a_document_is_described(store: Store, vocabulary: Vocabulary) -> None:
    card = source_card(store, vocabulary, ARTICLE)
    assert card.title == "Port Azure hosts the lagoon's environment officials"
    described = {line.property.key: [value.text for value in line.values] for line in card.description}
    assert described["publisher"] == ["The Coral Times"]
    assert described["published"] == ["2031-07-03"]
    assert described["author"] == ["Mai Lan"]


def test_passages_stand_in_the_order_of_the_text(store: Store, vocabulary: Vocabulary) -> None:
    card = source_card(store, vocabulary, ARTICLE, "vi")
    assert [passage.locator for passage in card.passages] == [
        *(f"paragraph {number}" for number in range(1, 9)),
        "caption 1",
    ]
    assert card.passages[0].label == "đoạn 1"
    record = source_card(store, vocabulary, "lagoon-union-record")
    assert [passage.locator for passage in record.passages][-3:] == ["page 9, table 2, row 4", "annex A", "annex B"]


def test_facts_of_a_passage_come_as_they_were_written(
    store: Store, vocabulary: Vocabulary, places: dict[str, str]
) -> None:
    card = source_card(store, vocabulary, ARTICLE, places=places)
    for passage in card.passages:
        lines = [int((record.claim.place or "").rpartition(":")[2]) for record in passage.facts]
        assert lines == sorted(lines)


def test_facts_come_by_subject_where_the_curated_lines_are_not_known(store: Store, vocabulary: Vocabulary) -> None:
    card = source_card(store, vocabulary, ARTICLE)
    for passage in card.passages:
        subjects = [record.about.key for record in passage.facts]
        assert len([subject for subject, _ in groupby(subjects)]) == len(set(subjects))


def test_every_fact_of_every_document_is_shown_whatever_its_status(
    store: Store, vocabulary: Vocabulary, lagoon_release: Release
) -> None:
    counts = lagoon_release.manifest.counts
    statuses: Counter[str] = Counter()
    for slug, facts in counts.facts_by_source.items():
        shown = [record for passage in source_card(store, vocabulary, slug).passages for record in passage.facts]
        assert len({record.claim.fact for record in shown}) == len(shown) == facts
        statuses.update(record.claim.status for record in shown)
    assert statuses == counts.facts_by_status


def test_the_list_of_documents(store: Store, vocabulary: Vocabulary, lagoon_release: Release) -> None:
    counts = lagoon_release.manifest.counts
    entries = list_sources(store, vocabulary, "vi")
    assert {entry.slug: entry.facts for entry in entries} == counts.facts_by_source
    facts = counts.facts_by_source[ARTICLE]
    title = "Cảng Biếc đón các quan chức môi trường"
    article = next(entry for entry in entries if entry.slug == ARTICLE)
    assert article == SourceEntry(
        slug=ARTICLE,
        iri=f"{SOURCE}{ARTICLE}",
        title=title,
        publishers=article.publishers,
        published="2031-07-03",
        kind=article.kind,
        url="https://example.org/port-azure",
        facts=facts,
    )
    assert [publisher.key for publisher in article.publishers] == ["coral-times"]
    assert article.kind is not None
    assert (article.kind.key, article.kind.text) == ("news-article", "tin, bài báo")


def test_a_document_is_json(store: Store, vocabulary: Vocabulary) -> None:
    assert orjson.loads(orjson.dumps(source_card(store, vocabulary, ARTICLE)))["slug"] == ARTICLE


@pytest.mark.parametrize("slug", ["coral-times", "lsoe-12", "a b"])
def test_an_unknown_document_names_the_nearest(store: Store, vocabulary: Vocabulary, slug: str) -> None:
    with pytest.raises(UnknownName) as caught:
        source_card(store, vocabulary, slug)
    assert caught.value.kind == "source"
    assert (ARTICLE in caught.value.nearest) == (slug == "coral-times")


def test_entities_of_a_class_include_those_of_its_subclasses(store: Store, vocabulary: Vocabulary) -> None:
    states = list_entities(store, vocabulary, "state")
    assert [(entry.slug, entry.class_key) for entry in states] == [
        ("coralia", "member-state"),
        ("mangrovia", "member-state"),
        ("northland", "partner-country"),
        ("palmyria", "member-state"),
    ]


def test_entities_are_sorted_by_label_numbers_by_what_they_count(store: Store, vocabulary: Vocabulary) -> None:
    assert [entry.label for entry in list_entities(store, vocabulary, "meeting")] == [
        "4th Lagoon Ministers' Meeting",
        "11th LSOE",
        "12th LSOE",
        "13th LSOE",
        "Turtle Tagging Workshop",
    ]


def test_relation_nodes_are_listed_only_when_asked_for(
    store: Store, vocabulary: Vocabulary, lagoon_release: Release
) -> None:
    counts = lagoon_release.manifest.counts
    assert len(list_entities(store, vocabulary)) == counts.entities
    assert len(list_entities(store, vocabulary, "relation")) == counts.relations


def test_an_unknown_class_names_the_nearest(store: Store, vocabulary: Vocabulary) -> None:
    with pytest.raises(UnknownName) as caught:
        list_entities(store, vocabulary, "meetings")
    assert "meeting" in caught.value.nearest

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from asoen_graph.search import Hit, Match, SearchIndex, fold_name

from .names import entity, world


@pytest.fixture(scope="module")
def index() -> SearchIndex:
    return SearchIndex.of(world())


def slugs(hits: list[Hit]) -> list[str]:
    return [hit.slug for hit in hits]


@pytest.mark.parametrize(
    "words",
    [
        "lo go xa mat",
        "Lò Gò – Xa Mát",
        "LÒ GÒ-XA MÁT",
        "lo-go-xa-mat",
        "lo go xa m",
        "mat, xa; go lo",
        "vuon quoc gia lo go",
    ],
)
def test_a_park_is_found_however_it_is_typed(index: SearchIndex, words: str) -> None:
    assert slugs(index.find(words))[0] == "lo-go-xa-mat"


@pytest.mark.parametrize("words", ["logo xamat", "vuonquoc gia", "lo goxa mat"])
def test_what_is_written_apart_is_found_in_one_word(index: SearchIndex, words: str) -> None:
    (hit, *_) = index.find(words)
    assert (hit.slug, hit.match) == ("lo-go-xa-mat", Match.LABEL_WORDS)


def test_a_hit_says_what_was_found_and_by_which_name(index: SearchIndex) -> None:
    (hit,) = index.find("vuon quoc gia lo go", language="vi")
    assert hit == Hit(
        slug="lo-go-xa-mat",
        label="Vườn quốc gia Lò Gò – Xa Mát",
        class_key="heritage-park",
        class_label="vườn di sản",
        matched="Vườn quốc gia Lò Gò – Xa Mát",
        match=Match.LABEL_START,
    )


def test_the_label_comes_in_another_language_where_one_is_missing(index: SearchIndex) -> None:
    (hit,) = index.find("acb board", language="vi")
    assert (hit.label, hit.class_label) == ("ACB Governing Board", "governing-board")


def test_things_come_before_the_relations_between_them_and_exact_names_first(index: SearchIndex) -> None:
    assert slugs(index.find("lo go")) == ["lo-go", "lo-go-xa-mat", "designation-lo-go"]


def test_a_thing_comes_before_a_relation_with_a_better_match() -> None:
    store = world()
    store.extend(entity("park", {"en": "A park without designation"}))
    assert slugs(SearchIndex.of(store).find("designation")) == ["park", "designation-lo-go"]


def test_a_whole_acronym_beats_a_label_that_starts_with_it(index: SearchIndex) -> None:
    hits = index.find("ACB")
    assert [(hit.slug, hit.match) for hit in hits] == [("acb", Match.NAME), ("acb-board", Match.LABEL_START)]


def test_words_of_a_label_beat_the_start_of_another_name(index: SearchIndex) -> None:
    store = Store()
    store.extend(entity("a", {"en": "Nature"}, ["Marine Centre"]))
    store.extend(entity("b", {"en": "A very long name of the Marine Centre"}))
    assert slugs(SearchIndex.of(store).find("marine")) == ["b", "a"]


def test_the_acronym_of_a_fact_is_a_name(index: SearchIndex) -> None:
    assert slugs(index.find("ttddsh")) == ["acb"]


@pytest.mark.parametrize(
    ("words", "slug"),
    [("เขาใหญ่", "khao-yai"), ("อุทยาน", "khao-yai"), ("ទន្លេសាប", "tonle-sap"), ("ជីវមណ្ឌល", "tonle-sap")],
)
def test_scripts_without_spaces_are_searched_inside_the_name(index: SearchIndex, words: str, slug: str) -> None:
    assert slugs(index.find(words)) == [slug]


def test_vowel_signs_are_letters_and_not_diacritics(index: SearchIndex) -> None:
    assert index.find("เขาใหญ") != []
    assert index.find("ขาใหญ๋") == []


@pytest.mark.parametrize(
    ("words", "slug"),
    [("biodivresity", "acb"), ("asean centre biodversity", "acb"), ("khoa yai", "khao-yai"), ("biodiv cetnre", "acb")],
)
def test_a_slip_of_the_finger_is_forgiven_where_nothing_is_found(index: SearchIndex, words: str, slug: str) -> None:
    hits = index.find(words)
    assert hits[0].slug == slug
    assert hits[0].match is Match.NEAR


@pytest.mark.parametrize("words", ["", "  ", "–", "lo go biodiversity", "qqqqqqqq"])
def test_nothing_is_found_where_nothing_fits(index: SearchIndex, words: str) -> None:
    assert index.find(words) == []


def test_the_limit_keeps_the_best(index: SearchIndex) -> None:
    assert slugs(index.find("lo go", limit=1)) == ["lo-go"]
    assert len(index.find("lo go", limit=None)) == 3


def test_an_empty_graph_is_searched_in_vain() -> None:
    assert SearchIndex.of(Store()).find("asoen") == []


NAMES = st.text(min_size=1, max_size=30).filter(lambda text: fold_name(text) != "")


@given(st.lists(NAMES, min_size=1, max_size=6), st.data())
def test_every_entity_is_found_by_its_label_and_by_the_beginnings_of_its_words(
    labels: list[str], data: st.DataObject
) -> None:
    store = Store()
    for number, label in enumerate(labels):
        store.extend(entity(f"e-{number}", {"en": label}))
    index = SearchIndex.of(store)
    chosen = data.draw(st.integers(0, len(labels) - 1))
    whole = index.find(labels[chosen], limit=None)
    assert f"e-{chosen}" in slugs(whole)
    assert whole[0].match is Match.LABEL
    words = data.draw(st.permutations(fold_name(labels[chosen]).split()))
    cut = " ".join(word[: data.draw(st.integers(1, len(word)))] for word in words)
    assert f"e-{chosen}" in slugs(index.find(cut, limit=None))


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold_name(fold_name(text)) == fold_name(text)


@given(st.text(max_size=40))
def test_any_text_may_be_searched_for(text: str) -> None:
    hits = SearchIndex.of(world()).find(text)
    assert len(set(slugs(hits))) == len(hits)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("lo go xa mta", "Lò Gò – Xa Mát National Park"),
        ("khao yay", "Khao Yai"),
        ("tonle sapp lake", None),
        ("acb governing bord", "ACB Governing Board"),
        ("center for biodiversity", "ASEAN Centre for Biodiversity"),
    ],
)
def test_what_was_perhaps_meant(index: SearchIndex, words: str, name: str | None) -> None:
    meant = index.meant(words)
    assert name is None or name in meant
    for each in meant:
        assert index.find(each, forgiving=False)


def test_what_is_found_is_not_suggested(index: SearchIndex) -> None:
    found = {hit.label for hit in index.find("lo go xa mat")}
    assert not found & set(index.meant("lo go xa mat"))
    assert index.meant("") == index.meant("x " * 40) == []


def test_numbers_are_meant_as_they_are() -> None:
    store = Store()
    for number in (11, 12, 13):
        store.extend(entity(f"asoen-{number}", {"en": f"ASOEN {number}"}, class_name="Meeting"))
    index = SearchIndex.of(store)
    assert index.meant("asoen 14") == []
    assert index.meant("asoem 13") == ["ASOEN 13"]


def test_nothing_is_forgiven_where_that_is_not_wanted(index: SearchIndex) -> None:
    assert index.find("lo go xa mta", forgiving=False) == []


@given(st.text(max_size=30))
def test_any_text_can_be_meant(text: str) -> None:
    index = SearchIndex.of(world())
    assert len(index.meant(text)) <= 5

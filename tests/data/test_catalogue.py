"""Every query of the catalogue, over the real graph: it runs, answers, and its evidence can be cited."""

from __future__ import annotations

import pytest

from asoen_graph.entities import list_entities
from asoen_graph.iris import ENTITY, FACT
from asoen_graph.queries.catalogue import Catalogue
from asoen_graph.queries.parameters import bind_values
from asoen_graph.release import Release
from asoen_graph.resources import queries_folder
from asoen_graph.store import SelectAnswer
from asoen_graph.store.embedded import EmbeddedStore

CATALOGUE = Catalogue.read(queries_folder())
NAMES = sorted(CATALOGUE)
GROUPS = {"who", "when", "where", "agreed", "partners", "money", "parks", "awards", "people", "evidence"}
WITHOUT_EVIDENCE = {
    "documents",
    "documents-without-locator",
    "entities-without-vietnamese-label",
    "facts-by-number-of-sources",
    "sources-by-age",
    "sources-by-use",
}
"""Queries that count facts instead of telling them, or that tell what the register has not."""


def answer_of(name: str, catalogue: Catalogue, store: EmbeddedStore) -> SelectAnswer:
    query = catalogue[name]
    answer = store.query(bind_values(query.text, query.parameters, {}, store))
    assert isinstance(answer, SelectAnswer)
    return answer


def test_there_are_enough_queries_and_groups() -> None:
    assert len(NAMES) >= 55
    assert {CATALOGUE[name].group for name in NAMES} == GROUPS


@pytest.mark.parametrize("name", NAMES)
def test_a_query_answers(name: str, catalogue: Catalogue, store: EmbeddedStore) -> None:
    assert answer_of(name, catalogue, store).rows, f"queries/{name}.rq has no answer with its defaults"


@pytest.mark.parametrize("name", NAMES)
def test_a_query_speaks_both_languages(name: str, catalogue: Catalogue) -> None:
    query = catalogue[name]
    texts = [query.title, query.description, *query.columns.values()]
    texts += [parameter.description for parameter in query.parameters.values()]
    assert all(text["en"].strip() and text["vi"].strip() for text in texts)


@pytest.mark.parametrize("name", sorted(set(NAMES) - WITHOUT_EVIDENCE))
def test_every_row_has_evidence_that_can_be_cited(name: str, catalogue: Catalogue, store: EmbeddedStore) -> None:
    answer = answer_of(name, catalogue, store)
    evidence = [place for place, variable in enumerate(answer.variables) if variable in ("fact", "facts")]
    assert evidence, f"queries/{name}.rq projects neither ?fact nor ?facts"
    of_rows = [
        [iri for place in evidence if row[place] is not None for iri in row[place].value.split()] for row in answer.rows
    ]
    for row, facts in zip(answer.rows, of_rows, strict=True):
        assert facts, f"queries/{name}.rq: a row without evidence: {row}"
    all_facts = {iri for facts in of_rows for iri in facts}
    assert all(iri.startswith(FACT) for iri in all_facts), f"queries/{name}.rq: evidence that is no fact"
    citations = store.citations(all_facts, "en")
    assert all(citations[iri].locator for iri in all_facts)


@pytest.mark.parametrize("name", NAMES)
def test_an_entity_asked_for_changes_the_answer(
    name: str, catalogue: Catalogue, store: EmbeddedStore, release: Release
) -> None:
    """A variable that is bound outside a group means nothing within it: such a query ignores its parameter."""
    query = catalogue[name]
    usual = answer_of(name, catalogue, store).rows
    for parameter in query.parameters.values():
        if parameter.type != "entity":
            continue
        entries = list_entities(release.store(), release.vocabulary, parameter.class_key)
        others = [
            entry.slug for entry in entries if ENTITY + entry.slug not in {term.value for term in parameter.default}
        ]
        answers = [
            store.query(bind_values(query.text, query.parameters, {parameter.name: slug}, store)) for slug in others[:5]
        ]
        assert any(isinstance(answer, SelectAnswer) and answer.rows != usual for answer in answers), parameter.name

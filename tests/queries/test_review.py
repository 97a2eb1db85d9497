# ruff: noqa: E501 - a case is a line
from __future__ import annotations

import pytest
from pyoxigraph import RdfFormat, Store

from asoen_graph.queries.review import doubts
from asoen_graph.store.embedded import EmbeddedStore

DATA = """
PREFIX asoen: <https://w3id.org/asoen/ontology#> PREFIX id: <https://w3id.org/asoen/id/>
PREFIX fact: <https://w3id.org/asoen/fact/> PREFIX graph: <https://w3id.org/asoen/graph/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
asoen:adoptedAt rdfs:label "adopted at"@en . asoen:series rdfs:label "series"@en . asoen:Meeting rdfs:label "meeting"@en .
id:lsoe-12 a asoen:Meeting ; rdfs:label "12th LSOE"@en . id:lsoe-13 a asoen:Meeting ; rdfs:label "13th LSOE"@en .
id:coralia rdfs:label "Coralia"@en . id:unlabelled asoen:series id:lsoe-12 .
GRAPH fact:0123456789abcdef { id:lsoe-12 asoen:series id:coralia }
"""


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    store = Store()
    store.load(DATA.encode(), format=RdfFormat.TRIG)
    return EmbeddedStore(store)


@pytest.mark.parametrize(
    ("text", "place", "token", "hint"),
    [
        ("SELECT * {\n ?s asoen:adoptdAt ?o }", (2, 5), "asoen:adoptdAt", "asoen:adoptedAt"),
        ("SELECT * { ?s a <https://w3id.org/asoen/ontology#Meting> }", (1, 17), None, "<https://w3id.org/asoen/ontology#Meeting>"),
        ("PREFIX o: <https://w3id.org/asoen/ontology#> ASK { ?s o:serie ?o }", (1, 55), "o:serie", "o:series"),
        ("ASK { id:lsoe-21 ?p ?o }", (1, 7), "id:lsoe-21", "id:lsoe-12"),
        ("DESCRIBE id:corali", (1, 10), "id:corali", "id:coralia"),
        ("ASK { GRAPH fact:0123456789abcdee { ?s ?p ?o } }", (1, 13), "fact:0123456789abcdee", ""),
        ("SELECT ?meting { ?meeting a asoen:Meeting }", (1, 8), "?meting", "?meeting"),
    ],
)  # fmt: skip
def test_what_is_not_there(
    store: EmbeddedStore, text: str, place: tuple[int, int], token: str | None, hint: str
) -> None:
    (doubt,) = doubts(text, store)
    assert (doubt.line, doubt.column) == place
    assert token is None or doubt.token == token
    assert hint in doubt.hint


@pytest.mark.parametrize(
    "text",
    [
        "ASK { id:unlabelled asoen:series id:lsoe-12 }",
        "ASK { GRAPH fact:0123456789abcdef { ?s ?p ?o } }",
        "CONSTRUCT { ?s asoen:ownTerm id:own } WHERE { ?s asoen:series ?o }",
        "SELECT ?n { { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } }",
        "SELECT ?s ?n { { SELECT ?s ?n { ?s ?p ?n } } }",
        "PREFIX asoen: <http://e/> ASK { ?s asoen:anything 'asoen:adoptdAt' } # id:nobody",
        "PREFIX x: <https://w3id.org/asoen/id/nobody> ASK { ?s ?p ?o }",
        "SELECT * { ?s ?p ?o }",
    ],
)
def test_what_is_no_doubt(store: EmbeddedStore, text: str) -> None:
    assert doubts(text, store) == []


def test_a_single_clear_mistake_is_mended(store: EmbeddedStore) -> None:
    (doubt,) = doubts("ASK { ?s asoen:adoptdAt ?o }", store)
    assert doubt.repaired == "ASK { ?s asoen:adoptedAt ?o }"


def test_several_mistakes_come_in_order_and_unmended(store: EmbeddedStore) -> None:
    found = doubts("SELECT ?metings { ?meeting asoen:adoptdAt id:nobody-at-all }", store)
    assert [doubt.token for doubt in found] == ["?metings", "asoen:adoptdAt", "id:nobody-at-all"]
    assert all(doubt.repaired is None for doubt in found)


def test_other_data_is_not_judged_by_our_ontology() -> None:
    assert doubts("ASK { ?s asoen:adoptdAt ?o }", EmbeddedStore(Store())) == []

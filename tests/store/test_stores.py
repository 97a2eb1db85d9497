"""What holds for every store; each test runs on the embedded engine and on a real endpoint."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode

from asoen_graph.errors import QueryError, QueryRefused, QuerySyntaxError
from asoen_graph.iris import ENTITY, FACT, GRAPH, PREFIXES, RDFS, SOURCE, TERM, XSD
from asoen_graph.store import AskAnswer, GraphAnswer, GraphStore, SelectAnswer

ORDINALS = "SELECT ?meeting ?n ?host { ?meeting asoen:series id:lsoe-series ; asoen:ordinal ?n OPTIONAL { ?meeting asoen:host ?host } } ORDER BY ?n"  # noqa: E501
DISPUTED = "SELECT ?fact { ?fact asoen:status asoen:disputed ; asoen:locator 'caption 1' }"


def entity(slug: str) -> NamedNode:
    return NamedNode(ENTITY + slug)


def integer(number: int) -> Literal:
    return Literal(str(number), datatype=NamedNode(XSD + "integer"))


def facts(store: GraphStore, query: str) -> list[str]:
    answer = store.query(query)
    assert isinstance(answer, SelectAnswer)
    return [row[0].value for row in answer.rows if isinstance(row[0], NamedNode)]


def test_select_gives_terms_and_none_where_unbound(store: GraphStore) -> None:
    answer = store.query(ORDINALS)
    assert isinstance(answer, SelectAnswer)
    assert answer.variables == ("meeting", "n", "host")
    assert (entity("lsoe-12"), integer(12), entity("coralia")) in answer.rows
    assert (entity("lsoe-13"), integer(13), None) in answer.rows


def test_ask(store: GraphStore) -> None:
    assert store.query("ASK { id:lsoe-12 a asoen:Meeting }") == AskAnswer(True)
    assert store.query("ASK { id:lsoe-12 a asoen:Agreement }") == AskAnswer(False)


def test_construct_and_describe_give_triples(store: GraphStore) -> None:
    answer = store.query("CONSTRUCT { ?m asoen:ordinal ?n } { ?m asoen:ordinal ?n ; asoen:series id:lsoe-series }")
    assert isinstance(answer, GraphAnswer)
    assert {(triple.subject, triple.object) for triple in answer.triples} >= {(entity("lsoe-12"), integer(12))}
    described = store.query("DESCRIBE id:lsoe-12")
    assert isinstance(described, GraphAnswer)
    assert {triple.subject for triple in described.triples} == {entity("lsoe-12")}


def test_a_dataset_of_the_request_replaces_that_of_the_query(store: GraphStore) -> None:
    typed = "ASK { id:lsoe-12 a asoen:Meeting }"
    assert store.query(typed, default_graphs=[GRAPH + "register"]) == AskAnswer(True)
    assert store.query(typed, default_graphs=[GRAPH + "provenance"]) == AskAnswer(False)
    named = "ASK { GRAPH graph:register { id:lsoe-12 a asoen:Meeting } }"
    assert store.query(named, named_graphs=[GRAPH + "register"]) == AskAnswer(True)
    assert store.query(named, named_graphs=[GRAPH + "provenance"]) == AskAnswer(False)


def test_formats_of_the_engine(store: GraphStore) -> None:
    assert b'"boolean":true' in store.serialize("ASK {}", "application/sparql-results+json")
    table = store.serialize("SELECT (1 AS ?x) (id:lsoe-12 AS ?y) {}", "text/csv")
    assert table == b"x,y\r\n1,https://w3id.org/asoen/id/lsoe-12\r\n"
    turtle = store.serialize("CONSTRUCT WHERE { id:lsoe-12 asoen:ordinal ?n }", "text/turtle").decode()
    assert "@prefix id: <https://w3id.org/asoen/id/> ." in turtle
    assert "id:lsoe-12 asoen:ordinal 12 ." in turtle
    quads = store.serialize("CONSTRUCT WHERE { id:lsoe-12 asoen:ordinal ?n }", "application/n-quads")
    assert quads.count(b"\n") == 1
    for query, media_type in (("ASK {}", "text/turtle"), ("DESCRIBE id:lsoe-12", "text/csv"), ("ASK {}", "image/png")):
        with pytest.raises(QueryError, match=media_type):
            store.serialize(query, media_type)


def test_labels_in_the_language_else_in_another(store: GraphStore) -> None:
    iris = [ENTITY + "lsoe-12", TERM + "Meeting", ENTITY + "nobody", "not an iri", FACT + "0"]
    titled = SOURCE + "coral-times-azure"
    assert store.labels([titled], "vi") == {titled: "Cảng Biếc đón các quan chức môi trường"}
    english, vietnamese = store.labels(iris, "en"), store.labels(iris, "vi")
    assert english.keys() == vietnamese.keys() == {ENTITY + "lsoe-12", TERM + "Meeting"}
    assert english[TERM + "Meeting"] == "meeting"
    assert vietnamese[TERM + "Meeting"] != "meeting"
    assert store.labels([TERM + "Meeting"], "km") == {TERM + "Meeting": "meeting"}
    assert store.labels([], "en") == {}


def test_the_classes_of_things_are_all_that_the_graph_gives_them(store: GraphStore) -> None:
    coralia, nobody = ENTITY + "coralia", ENTITY + "nobody"
    found = store.classes([coralia, nobody, "not an iri"])
    assert found.keys() == {coralia}
    assert {TERM + "MemberState", TERM + "Entity"} <= set(found[coralia])
    assert found[coralia] == sorted(set(found[coralia]))
    assert store.classes([]) == {}


def test_the_citation_of_a_fact(store: GraphStore) -> None:
    (fact,) = facts(store, DISPUTED)
    (citation,) = store.citations([fact, FACT + "0123456789abcdef", "no iri"], "en").values()
    assert citation.fact == fact
    assert citation.source == SOURCE + "coral-times-azure"
    assert citation.title == "Port Azure hosts the lagoon's environment officials"
    assert (citation.publisher, citation.published) == ("The Coral Times", "2031-07-03")
    assert citation.url == "https://example.org/port-azure"
    assert (citation.locator, citation.status, citation.note) == ("caption 1", "disputed", "The text says 9.")
    assert citation.text("en") == (
        'The Coral Times (2031-07-03), "Port Azure hosts the lagoon\'s environment officials", caption 1'
        " [disputed: The text says 9.]"
    )


def test_the_citation_in_vietnamese(store: GraphStore) -> None:
    (fact,) = facts(store, DISPUTED)
    citation = store.citations([fact], "vi")[fact]
    # The document's own title, by which it is found, and what it means.
    own = "Port Azure hosts the lagoon's environment officials"
    assert citation.title == f"{own} [Cảng Biếc đón các quan chức môi trường]"
    assert citation.note == "Bài viết ghi 9."
    assert citation.text("vi").endswith("chú thích ảnh 1 [có tranh chấp: Bài viết ghi 9.]")


def test_every_fact_has_a_citation(store: GraphStore) -> None:
    found = facts(store, "SELECT DISTINCT ?fact { GRAPH ?fact { ?s ?p ?o } ?fact a asoen:Fact }")
    assert len(found) > 50
    citations = store.citations(found, "en")
    assert citations.keys() == set(found)
    assert all(citation.title and citation.locator for citation in citations.values())


def test_what_is_known(store: GraphStore) -> None:
    here = [ENTITY + "lsoe-12", TERM + "ordinal", TERM + "Meeting", GRAPH + "register", RDFS + "label"]
    assert store.known([*here, ENTITY + "nobody", TERM + "ordinel", "no iri", GRAPH + "none"]) == set(here)


def test_the_names_of_a_namespace(store: GraphStore) -> None:
    names = store.names(ENTITY)
    assert names == sorted(names)
    assert {ENTITY + "lsoe-12", ENTITY + "coralia"} <= set(names)
    assert TERM + "adoptedAt" in store.names(TERM)
    assert not any(name.startswith(ENTITY) for name in store.names(TERM))


def test_errors_have_the_place_in_the_text_as_written(store: GraphStore) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        store.query("SELECT * {\n  ?s asoen:ordinal 1 . FILTR(true) }")
    assert (caught.value.line, caught.value.column, caught.value.token) == (2, 24, "FILTR")


def test_updates_and_federation_are_refused(store: GraphStore) -> None:
    for text in ("DROP ALL", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"):
        with pytest.raises(QueryRefused):
            store.query(text)


def test_the_usual_prefixes_need_no_declaration_and_may_be_declared_otherwise(store: GraphStore) -> None:
    text = " ".join(f"{prefix}:x ?p{number} ?o{number} ." for number, prefix in enumerate(PREFIXES))
    assert store.query(f"ASK {{ {text} }}") == AskAnswer(False)
    assert store.query(f"PREFIX owl: <{ENTITY}> ASK {{ owl:lsoe-12 ?p ?o }}") == AskAnswer(True)

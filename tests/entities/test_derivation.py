from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

from asoen_graph.build.inference import infer
from asoen_graph.build.ontology import Ontology
from asoen_graph.entities import facts_behind
from asoen_graph.iris import ENTITY, FACT, PROVENANCE_GRAPH, RDF, TERM, XSD
from asoen_graph.vocabulary import Vocabulary

ONTOLOGY_TEXT = """
@prefix asoen: <https://w3id.org/asoen/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
asoen:Thing a owl:Class .
asoen:within a owl:ObjectProperty, owl:TransitiveProperty ; rdfs:range asoen:Thing ; owl:inverseOf asoen:contains .
asoen:contains a owl:ObjectProperty, owl:TransitiveProperty ; rdfs:range asoen:Thing .
asoen:directlyWithin a owl:ObjectProperty ; rdfs:range asoen:Thing ; rdfs:subPropertyOf asoen:within .
asoen:near a owl:ObjectProperty, owl:SymmetricProperty ; rdfs:range asoen:Thing .
asoen:besides a owl:ObjectProperty, owl:SymmetricProperty ; rdfs:range asoen:Thing ; rdfs:subPropertyOf asoen:near .
asoen:country a owl:ObjectProperty ; rdfs:range asoen:Thing ;
    owl:propertyChainAxiom ( asoen:within asoen:country ) .
asoen:neighbourCountry a owl:ObjectProperty ; rdfs:range asoen:Thing ;
    owl:propertyChainAxiom ( asoen:near asoen:country ) ; owl:inverseOf asoen:neighbourOf .
asoen:neighbourOf a owl:ObjectProperty ; rdfs:range asoen:Thing .
asoen:begins a owl:DatatypeProperty ; rdfs:range asoen:PartialDate .
asoen:ceases a owl:DatatypeProperty ; rdfs:range asoen:PartialDate .
asoen:starts a owl:DatatypeProperty ; rdfs:range asoen:PartialDate ; rdfs:subPropertyOf asoen:begins, schema:startDate .
asoen:ends a owl:DatatypeProperty ; rdfs:range asoen:PartialDate ; rdfs:subPropertyOf asoen:ceases .
"""
TRIPLES = [quad.triple for quad in parse(ONTOLOGY_TEXT, format=RdfFormat.TURTLE)]
ONTOLOGY, VOCABULARY = Ontology(TRIPLES), Vocabulary(TRIPLES)
PROVENANCE, STATUS = NamedNode(PROVENANCE_GRAPH), NamedNode(TERM + "status")


def node(name: str) -> NamedNode:
    return NamedNode(ENTITY + name)


def triple(subject: str, predicate: str, value: str) -> Triple:
    is_date = value[0].isdigit()
    end = Literal(value, datatype=NamedNode(XSD + "gYear")) if is_date else node(value)
    return Triple(node(subject), NamedNode(TERM + predicate), end)


def world(*statements: tuple[str, str, str], **claims: tuple[str, str, str]) -> Store:
    """A graph of accepted facts ``f0``, ``f1`` … with what follows, and of claims with the status they are named by."""
    facts = {f"f{number}": triple(*statement) for number, statement in enumerate(statements)}
    store = Store()
    store.extend(Quad(t.subject, t.predicate, t.object) for t in [*facts.values(), *infer(ONTOLOGY, facts.values())])
    for name, status, stated in [
        *((name, "accepted", stated) for name, stated in facts.items()),
        *((status, status, triple(*statement)) for status, statement in claims.items()),
    ]:
        fact = NamedNode(FACT + name)
        store.add(Quad(stated.subject, stated.predicate, stated.object, fact))
        store.add(Quad(fact, STATUS, NamedNode(TERM + status), PROVENANCE))
    return store


def behind(store: Store, subject: str, predicate: str, value: str) -> list[str]:
    goal = triple(subject, predicate, value)
    return [
        fact.removeprefix(FACT) for fact in facts_behind(store, VOCABULARY, goal.subject, goal.predicate, goal.object)
    ]


def test_a_stated_triple_rests_on_its_own_facts_and_on_nothing_else() -> None:
    store = world(("a", "within", "c"), ("a", "within", "b"), ("b", "within", "c"), disputed=("a", "within", "c"))
    assert behind(store, "a", "within", "c") == ["f0"]


@pytest.mark.parametrize(
    ("facts", "goal", "expected"),
    [
        ([("a", "directlyWithin", "b")], ("a", "within", "b"), ["f0"]),
        ([("a", "directlyWithin", "b")], ("b", "contains", "a"), ["f0"]),
        ([("a", "near", "b")], ("b", "near", "a"), ["f0"]),
        ([("a", "besides", "b")], ("b", "near", "a"), ["f0"]),
        ([("c", "within", "d"), ("a", "within", "b"), ("b", "within", "c")], ("a", "within", "d"), ["f1", "f2", "f0"]),
        ([("a", "within", "b"), ("c", "contains", "b")], ("c", "contains", "a"), ["f1", "f0"]),
        (
            [("a", "within", "b"), ("b", "within", "c"), ("c", "country", "x")],
            ("a", "country", "x"),
            ["f0", "f1", "f2"],
        ),
        ([("a", "near", "b"), ("b", "country", "x")], ("x", "neighbourOf", "a"), ["f0", "f1"]),
        ([("a", "starts", "2030"), ("a", "ends", "2034")], ("a", "year", "2030"), ["f0"]),
    ],
)
def test_the_axioms_are_walked_backwards(
    facts: list[tuple[str, str, str]], goal: tuple[str, str, str], expected: list[str]
) -> None:
    assert behind(world(*facts), *goal) == expected


def test_a_proof_that_goes_in_a_circle_brings_no_facts() -> None:
    store = world(("a", "within", "b"), ("b", "within", "a"), ("b", "within", "d"), ("d", "country", "x"))
    assert behind(store, "a", "country", "x") == ["f0", "f2", "f3"]


def test_derived_dates_rest_on_the_dates_they_were_computed_from() -> None:
    store = world(("a", "starts", "2030"), ("a", "ends", "2034"), ("b", "starts", "2031"))
    day = NamedNode(XSD + "date")

    def facts(name: str, date: str, property_: str) -> tuple[str, ...]:
        return facts_behind(store, VOCABULARY, node(name), NamedNode(TERM + property_), Literal(date, datatype=day))

    assert facts("a", "2030-01-01", "earliest") == (FACT + "f0",)
    assert facts("a", "2034-12-31", "latest") == (FACT + "f1",)
    assert facts("b", "2031-12-31", "latest") == (FACT + "f2",)


def test_super_properties_of_other_vocabularies_are_led_back_too() -> None:
    store = world(("a", "starts", "2030"))
    start = NamedNode("https://schema.org/startDate")
    year = Literal("2030", datatype=NamedNode(XSD + "gYear"))
    assert facts_behind(store, VOCABULARY, node("a"), start, year) == (FACT + "f0",)


def test_what_does_not_follow_has_no_facts_behind_it() -> None:
    store = world(("a", "within", "b"), rejected=("b", "within", "c"))
    assert behind(store, "a", "within", "c") == []
    assert behind(store, "b", "within", "c") == []


NAMES = st.sampled_from("abcd")
LINKS = st.tuples(NAMES, st.sampled_from(["within", "contains", "directlyWithin", "near", "besides", "country"]), NAMES)
DATES = st.tuples(NAMES, st.sampled_from(["starts", "ends"]), st.sampled_from(["2030", "2031"]))


@given(st.lists(st.one_of(LINKS.filter(lambda link: link[0] != link[2]), DATES), max_size=8, unique=True))
def test_every_inferred_triple_follows_from_the_facts_named_for_it(facts: list[tuple[str, str, str]]) -> None:
    stated = [triple(*fact) for fact in facts]
    store = world(*facts)
    for goal in infer(ONTOLOGY, stated):
        found = facts_behind(store, VOCABULARY, goal.subject, goal.predicate, goal.object)
        assert found, f"nothing is behind {goal}"
        premises = [
            quad.triple for fact in found for quad in store.quads_for_pattern(None, None, None, NamedNode(fact))
        ]
        assert goal in infer(ONTOLOGY, premises), f"{goal} does not follow from {premises}"


def test_types_follow_from_the_register_and_not_from_facts() -> None:
    store = world(("a", "within", "b"))
    store.add(Quad(node("a"), NamedNode(RDF + "type"), NamedNode(TERM + "Thing"), DefaultGraph()))
    assert facts_behind(store, VOCABULARY, node("a"), NamedNode(RDF + "type"), NamedNode(TERM + "Thing")) == ()

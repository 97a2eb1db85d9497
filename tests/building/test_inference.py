from __future__ import annotations

import pytest
import rdflib
from owlrl import DeductiveClosure, OWLRL_Semantics
from pyoxigraph import RdfFormat, Triple, parse, serialize

from asoen_graph.build.inference import infer
from asoen_graph.build.ontology import Ontology
from asoen_graph.build.pipeline import Draft
from asoen_graph.iris import ENTITY, PREFIXES, TERM

HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())


def read(turtle: str) -> list[Triple]:
    return [quad.triple for quad in parse(HEAD + turtle, format=RdfFormat.TURTLE)]


def drawn(axioms: str, facts: str) -> set[Triple]:
    return set(infer(Ontology(read(axioms)), read(facts)))


@pytest.mark.parametrize(
    ("rule", "axioms", "facts", "expected"),
    [
        (
            "cax-sco with scm-sco, beyond our own terms",
            "asoen:Group rdfs:subClassOf asoen:Body . asoen:Body rdfs:subClassOf org:Organization .",
            "id:a a asoen:Group .",
            "id:a a asoen:Body, org:Organization .",
        ),
        (
            "prp-spo1 with scm-spo, on entities and literals",
            "asoen:p rdfs:subPropertyOf asoen:q . asoen:q rdfs:subPropertyOf schema:r .",
            'id:a asoen:p id:b, "text"@vi .',
            'id:a asoen:q id:b, "text"@vi ; schema:r id:b, "text"@vi .',
        ),
        ("prp-inv1", "asoen:p owl:inverseOf asoen:q .", "id:a asoen:p id:b .", "id:b asoen:q id:a ."),
        ("prp-inv2", "asoen:p owl:inverseOf asoen:q .", "id:a asoen:q id:b .", "id:b asoen:p id:a ."),
        ("prp-symp", "asoen:p a owl:SymmetricProperty .", "id:a asoen:p id:b .", "id:b asoen:p id:a ."),
        (
            "prp-trp to a fixpoint",
            "asoen:p a owl:TransitiveProperty .",
            "id:a asoen:p id:b . id:b asoen:p id:c . id:c asoen:p id:d .",
            "id:a asoen:p id:c, id:d . id:b asoen:p id:d .",
        ),
        (
            "prp-spo2",
            "asoen:p owl:propertyChainAxiom ( asoen:q asoen:r ) .",
            "id:a asoen:q id:b . id:b asoen:r id:c .",
            "id:a asoen:p id:c .",
        ),
        (
            "prp-spo2 over what prp-inv1 has drawn",
            "asoen:p owl:propertyChainAxiom ( asoen:q asoen:r ) . asoen:i owl:inverseOf asoen:q .",
            "id:b asoen:i id:a . id:b asoen:r id:c .",
            "id:a asoen:p id:c ; asoen:q id:b .",
        ),
        (
            "what is asserted is not inferred",
            "asoen:p a owl:SymmetricProperty .",
            "id:a asoen:p id:b . id:b asoen:p id:a .",
            "",
        ),
        ("no reflexive symmetry", "asoen:p a owl:SymmetricProperty .", "id:a asoen:p id:a .", ""),
        (
            "no reflexive transitivity",
            "asoen:p a owl:TransitiveProperty .",
            "id:a asoen:p id:b . id:b asoen:p id:a .",
            "",
        ),
        (
            "no reflexive chain",
            "asoen:p owl:propertyChainAxiom ( asoen:q asoen:r ) .",
            "id:a asoen:q id:b . id:b asoen:r id:a .",
            "",
        ),
        (
            "nothing about controlled values",
            "asoen:p owl:inverseOf asoen:q .",
            "id:a asoen:p asoen:planned .",
            "",
        ),
        (
            "a chain of three is none of two",
            "asoen:p owl:propertyChainAxiom ( asoen:q asoen:r asoen:s ) .",
            "id:a asoen:q id:b . id:b asoen:r id:c . id:c asoen:s id:d .",
            "",
        ),
    ],
)
def test_rules(rule: str, axioms: str, facts: str, expected: str) -> None:
    assert drawn(axioms, facts) == set(read(expected)), rule


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ('"2031-05-02"^^xsd:date', 'earliest "2031-05-02" latest "2031-05-02" year "2031"'),
        ('"2031-02"^^xsd:gYearMonth', 'earliest "2031-02-01" latest "2031-02-28" year "2031"'),
        ('"2031"^^xsd:gYear', 'earliest "2031-01-01" latest "2031-12-31" year "2031"'),
        ('"0731"^^xsd:gYear', 'earliest "0731-01-01" latest "0731-12-31" year "0731"'),
        (
            '"2031"^^xsd:gYear ; asoen:ends "2032-02"^^xsd:gYearMonth',
            'earliest "2031-01-01" latest "2032-02-29" year "2031"',
        ),
        ('"2031"^^xsd:gYear, "2030-12-30"^^xsd:date', 'earliest "2030-12-30" latest "2031-12-31" year "2030"'),
    ],
)
def test_dates_of_the_main_timeline(facts: str, expected: str) -> None:
    found = drawn(
        "asoen:starts rdfs:subPropertyOf asoen:begins . asoen:ends rdfs:subPropertyOf asoen:ceases .",
        f"id:a asoen:starts {facts} .",
    )
    assert said(found) == expected


def test_an_end_alone_gives_no_year() -> None:
    found = drawn("asoen:ends rdfs:subPropertyOf asoen:ceases .", 'id:a asoen:ends "2031-05"^^xsd:gYearMonth .')
    assert said(found) == 'latest "2031-05-31"'


def said(triples: set[Triple]) -> str:
    derived = {t.predicate.value.removeprefix(TERM): t.object for t in triples}
    names = [name for name in ("earliest", "latest", "year") if name in derived]
    assert {name: str(derived[name]).split("#")[1] for name in names} == {
        name: {"year": "gYear>"}.get(name, "date>") for name in names
    }
    return " ".join(f'{name} "{derived[name].value}"' for name in names)


def test_every_short_cut_of_the_ontology_has_two_links(lagoon_draft: Draft) -> None:
    """The rule for chains reads two; a longer one would be passed over in silence."""
    vocabulary = lagoon_draft.project.vocabulary
    axioms = [t for t in lagoon_draft.ontology.triples if t.predicate.value.endswith("#propertyChainAxiom")]
    assert axioms
    assert len(axioms) == sum(map(len, vocabulary.chains.values()))


def test_owlrl_draws_the_same(lagoon_draft: Draft) -> None:
    """A second opinion: what owlrl entails about entities in our terms is what we infer, but for the derived dates.

    Without owl:hasKey, of which owlrl compares all but the last property, and without texts, which entail nothing.
    """
    axioms = [
        each
        for each in lagoon_draft.ontology.triples
        if not each.predicate.value.endswith("#hasKey") and not str(each.object).startswith('"')
    ]
    asserted = graph([*lagoon_draft.compilation.accepted, *lagoon_draft.compilation.register])
    closure = graph(axioms) + asserted
    DeductiveClosure(OWLRL_Semantics).expand(closure)
    ours = {t for t in graph(lagoon_draft.inferred) if not t[1].endswith(("#earliest", "#latest", "#year"))}
    theirs = {t for t in set(closure) - set(asserted) if t[0].startswith(ENTITY) and not is_trivial(t)}
    assert ours
    assert theirs == ours


def is_trivial(triple: tuple[rdflib.term.Node, ...]) -> bool:
    """``?x owl:sameAs ?x``, ``?x a owl:Thing``, and blank nodes that owlrl makes."""
    owl = str(rdflib.OWL)
    return triple[1].startswith(owl) or triple[2].startswith(owl) or isinstance(triple[2], rdflib.BNode)


def graph(triples: list[Triple]) -> rdflib.Graph:
    text = serialize(triples, format=RdfFormat.N_TRIPLES)
    return rdflib.Graph().parse(data=text, format="nt")

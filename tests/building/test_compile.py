"""What a tiny curated folder becomes, quad by quad."""

from __future__ import annotations

from collections import Counter

import pytest
import rdflib
from pyoxigraph import DefaultGraph, Literal, NamedNode, RdfFormat, parse

from asoen_graph.build.pipeline import Draft, assemble, draft_release
from asoen_graph.build.writer import render
from asoen_graph.curation.project import read_project
from asoen_graph.iris import FACT, INFERRED_GRAPH, ONTOLOGY, PROVENANCE_GRAPH, REGISTER_GRAPH, TERM, XSD
from asoen_graph.vocabulary import Vocabulary

from .worlds import TINY, World

EXPECTED = TINY / "expected.nq"


def test_the_tiny_world_quad_by_quad(tiny_draft: Draft) -> None:
    """Fact graphs, register and provenance; `expected.nq` was read line by line when it was last changed."""
    store = assemble(tiny_draft)
    for derived in (DefaultGraph(), NamedNode(INFERRED_GRAPH), NamedNode(ONTOLOGY)):
        store.clear_graph(derived)
    assert render(store, {})["asoen.nq"].decode() == EXPECTED.read_text(encoding="utf-8")


def test_the_default_graph_is_accepted_register_inferred_provenance_and_labels(lagoon_draft: Draft) -> None:
    store = assemble(lagoon_draft)

    def triples(graph: NamedNode | DefaultGraph) -> set[str]:
        return {str(quad.triple) for quad in store.quads_for_pattern(None, None, None, graph)}

    accepted = {
        line
        for quad in store.quads_for_pattern(
            None, NamedNode(TERM + "status"), NamedNode(TERM + "accepted"), DefaultGraph()
        )
        for line in triples(quad.subject)
    }
    labels = {line for line in triples(NamedNode(ONTOLOGY)) if f"<{TERM}" in line[:40] and "rdf-schema#label" in line}
    graphs = [triples(NamedNode(iri)) for iri in (REGISTER_GRAPH, PROVENANCE_GRAPH, INFERRED_GRAPH)]
    assert all(graphs)
    assert accepted
    assert labels
    assert triples(DefaultGraph()) == accepted.union(labels, *graphs)


def test_every_fact_graph_holds_one_triple_and_has_one_source(lagoon_draft: Draft) -> None:
    store = assemble(lagoon_draft)
    sizes = Counter(str(q.graph_name) for q in store if str(q.graph_name).startswith(f"<{FACT}"))
    assert len(sizes) == len(lagoon_draft.project.facts)
    assert set(sizes.values()) == {1}
    for graph in sizes:
        query = f"SELECT * WHERE {{ {graph} <http://www.w3.org/ns/prov#wasDerivedFrom> ?s . ?s a <{TERM}Source> }}"
        assert len(list(store.query(query))) == 1


def test_claims_that_are_not_accepted_stand_in_their_fact_graphs_only(tiny_draft: Draft) -> None:
    store = assemble(tiny_draft)
    ontology = NamedNode(ONTOLOGY)
    value = Literal("9", datatype=NamedNode(XSD + "integer"))
    nine = [quad for quad in store if quad.object == value and quad.graph_name != ontology]
    assert [str(quad.graph_name).startswith(f"<{FACT}") for quad in nine] == [True]


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_rdflib_and_pyoxigraph_read_the_same(lagoon_draft: Draft) -> None:
    files = render(assemble(lagoon_draft), {})
    quads = set(parse(files["asoen.nq"], format=RdfFormat.N_QUADS))
    for name, rdflib_format in (("asoen.nq", "nquads"), ("asoen.trig", "trig")):
        dataset = rdflib.Dataset()
        dataset.parse(data=files[name], format=rdflib_format)
        assert len(list(dataset.quads())) == len(quads) == files["asoen.nq"].count(b"\n")


def test_one_statement_made_twice_in_one_place_is_a_problem(world: World, vocabulary: Vocabulary) -> None:
    root = world(
        {
            "entities/theme.yaml": "tides:\n  label: {en: tides}\n",
            "entities/meeting.yaml": "talks:\n  label: {en: Talks}\n",
            "sources/report.yaml": (
                "title: {en: R}\nurl: https://example.org/r\nlanguage: en\npublished: 2031\nfacts:\n"
                "- about: talks\n  at: paragraph 1\n  theme: tides\n"
                "- about: talks\n  at: paragraph 1\n  theme: {value: tides, status: disputed}\n"
            ),
        }
    )
    project, _ = read_project(root, vocabulary)
    draft, problems = draft_release(project)
    assert [(problem.place.line, problem.code) for problem in problems] == [(11, "stated-twice")]
    assert ":8:" in problems[0].message
    assert len(draft.compilation.facts) == 1


def test_relation_nodes_are_named_after_their_keys(tiny_draft: Draft, lagoon_draft: Draft) -> None:
    def labels(draft: Draft, slug: str) -> set[str]:
        return {
            str(t.object)
            for t in draft.compilation.register
            if str(t.subject).endswith(f"/{slug}>") and t.predicate.value.endswith("#label")
        }

    assert labels(tiny_draft, "participation-shell-talks-7-sandland") == {
        '"Participation: 7th Shell Talks, Sandland"@en',
        '"Sự tham dự: Hội đàm Vỏ sò lần thứ 7, Xứ Cát"@vi',
    }
    every = [labels(lagoon_draft, slug) for slug in lagoon_draft.project.relations]
    assert every
    assert all(len(each) == 2 for each in every)

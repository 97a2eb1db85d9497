"""From a curated project to the graphs of a release, before inference."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad, Triple

from asoen_graph.build.ontology import Ontology
from asoen_graph.build.register import register_triples
from asoen_graph.build.statements import ACCEPTED, fact_name, fact_provenance, fact_quad, fact_triple
from asoen_graph.build.terms import TYPE, source_node, term_of, text
from asoen_graph.curation.facts import Fact
from asoen_graph.curation.project import CuratedProject
from asoen_graph.errors import Problem
from asoen_graph.iris import BASE, DCTERMS, FACT, INFERRED_GRAPH, ONTOLOGY, PROV, REGISTER_GRAPH, TERM

LICENSE = "https://creativecommons.org/licenses/by/4.0/"
CURATORS = BASE + "curators"

_TITLES = {
    REGISTER_GRAPH: {
        "en": "Register: what exists and what it is called",
        "vi": "Danh mục: các đối tượng và tên gọi",
    },
    INFERRED_GRAPH: {
        "en": "What follows from the accepted facts and the ontology",
        "vi": "Những điều suy ra từ các dữ kiện được chấp nhận và bản thể học",
    },
}


@dataclass(frozen=True, slots=True)
class Compilation:
    """A curated project as quads: facts by name, and the triples of the other graphs."""

    facts: dict[str, Fact]
    """The 16 hex digits of each fact's name → the fact."""
    statements: list[Quad]
    accepted: list[Triple]
    register: list[Triple]
    sources: list[Triple]
    provenance: list[Triple]
    """Of facts, sources and graphs; ``sources`` is part of it."""

    def accepted_facts(self) -> Iterator[Fact]:
        """The facts that stand in the default graph."""
        return (fact for fact in self.facts.values() if fact.status == ACCEPTED)


def compile_project(project: CuratedProject, ontology: Ontology) -> tuple[Compilation, list[Problem]]:
    """Give every fact its graph and its provenance, and every entity its names.

    A document that states the same thing at the same place twice is a problem: the two would be one fact.
    """
    facts, problems = _named(project.facts)
    nodes = {name: NamedNode(FACT + name) for name in facts}
    sources = list(_source_triples(project))
    provenance = [triple for name, fact in facts.items() for triple in fact_provenance(nodes[name], fact)]
    compilation = Compilation(
        facts=facts,
        statements=[fact_quad(nodes[name], fact) for name, fact in facts.items()],
        accepted=[fact_triple(fact) for fact in facts.values() if fact.status == ACCEPTED],
        register=list(register_triples(project, ontology.concept_classes)),
        sources=sources,
        provenance=[*provenance, *sources, *_graph_triples()],
    )
    return compilation, problems


def _named(facts: tuple[Fact, ...]) -> tuple[dict[str, Fact], list[Problem]]:
    named: dict[str, Fact] = {}
    problems: list[Problem] = []
    for fact in facts:
        first = named.setdefault(fact_name(fact), fact)
        if first is not fact:
            problems.append(
                Problem(
                    fact.place,
                    "stated-twice",
                    f"This is already stated at {first.place}, from the same place in the same document",
                    "Remove one of the two, or correct `at`",
                )
            )
    return named, problems


def _source_triples(project: CuratedProject) -> Iterator[Triple]:
    for source in project.sources.values():
        node = source_node(source.slug)
        yield Triple(node, TYPE, NamedNode(TERM + "Source"))
        for property_, value in source.statements:
            yield Triple(node, NamedNode(property_), term_of(value))


def _graph_triples() -> Iterator[Triple]:
    register, inferred = NamedNode(REGISTER_GRAPH), NamedNode(INFERRED_GRAPH)
    for iri, titles in _TITLES.items():
        node = NamedNode(iri)
        for language, title in titles.items():
            yield Triple(node, NamedNode(DCTERMS + "title"), text(title, language))
        yield Triple(node, NamedNode(DCTERMS + "license"), NamedNode(LICENSE))
    yield Triple(register, NamedNode(PROV + "wasAttributedTo"), NamedNode(CURATORS))
    yield Triple(inferred, NamedNode(PROV + "wasDerivedFrom"), NamedNode(ONTOLOGY))
    yield Triple(inferred, NamedNode(PROV + "wasDerivedFrom"), register)

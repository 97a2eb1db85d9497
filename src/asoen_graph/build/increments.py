"""Validation that judges again only what has changed since the last time, and finds what ``validate`` finds.

SHACL core shapes look at the facts a node takes part in and the classes of their other ends, and no further: the shapes
generated from the ontology by construction, those of ``constraints.ttl`` because ``premises`` makes sure of it. So the
verdict on an entity, or on a document and its facts, is kept under a hash of just that. SPARQL constraints may look
anywhere; they are judged every time, over all facts of the properties they can depend on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import NamedNode, Triple

from asoen_graph.build.constraints import Violation
from asoen_graph.build.inference import infer
from asoen_graph.build.ontology import Ontology
from asoen_graph.build.premises import check_queries, own_premises, premises
from asoen_graph.build.shacl import Shapes
from asoen_graph.build.statements import ACCEPTED, fact_node, fact_provenance, fact_triple
from asoen_graph.build.terms import TYPE, entity_node, source_node, term_of
from asoen_graph.build.verdicts import Verdicts, digest_of
from asoen_graph.curation.facts import ConceptValue, EntityValue, Fact, Value
from asoen_graph.curation.project import CuratedProject
from asoen_graph.curation.sources import SourceDocument
from asoen_graph.iris import SOURCE, TERM

SOURCE_CLASS, FACT_CLASS = TERM + "Source", TERM + "Fact"


class Increments:
    """One project and the shapes it is judged by. ``verdicts`` holds what is known, and takes what is found."""

    def __init__(self, project: CuratedProject, ontology: Ontology, shapes: Shapes, constraints: Shapes) -> None:
        self._project = project
        self._ontology = ontology
        self._shapes = shapes
        self._constraints = constraints
        check_queries(constraints.constraints)
        self._backward = own_premises(project.vocabulary, constraints.core)
        self._accepted = [fact for fact in project.facts if fact.status == ACCEPTED]
        self._classes = {slug: each.class_iri for slug, each in project.relations.items()}
        self._classes |= {slug: each.class_iri for slug, each in project.entities.items()}

    def judge(self, verdicts: Verdicts) -> list[Violation]:
        """Every violation in the project."""
        spoken = self._spoken()
        stated: dict[str, list[Fact]] = defaultdict(list)
        for fact in self._project.facts:
            stated[fact.source].append(fact)
        keys = {slug: digest_of(self._classes.get(slug, ""), *sorted(lines)) for slug, lines in spoken.items()}
        keys |= {SOURCE + each.slug: self._source_key(each, stated[each.slug]) for each in self._sources}
        missing = verdicts.missing(keys)
        if missing:
            verdicts.add(keys, missing, self._judge_again(missing, stated))
        return [*verdicts.violations(keys), *self._judge_constraints()]

    @property
    def _sources(self) -> Iterable[SourceDocument]:
        return self._project.sources.values()

    def _spoken(self) -> dict[str, list[str]]:
        """What the verdict on each entity rests on, as lines."""
        found: dict[str, list[str]] = {slug: [] for slug in self._classes}
        for fact in self._accepted:
            value = fact.value
            found.setdefault(fact.subject, []).append(f"{fact.property} {self._line(value)}")
            if isinstance(value, EntityValue) and fact.property in self._backward:
                line = f"<{fact.property} {fact.subject} {self._classes.get(fact.subject)}"
                found.setdefault(value.slug, []).append(line)
        return found

    def _line(self, value: Value) -> str:
        if isinstance(value, EntityValue):
            return f"{value.slug} {self._classes.get(value.slug)}"
        if isinstance(value, ConceptValue):
            return value.iri
        return f"{value.lexical}\0{value.datatype}\0{value.language}"

    def _source_key(self, source: SourceDocument, facts: Iterable[Fact]) -> bytes:
        known = self._project.sources
        lines = [f"{property_} {self._line(value)}" for property_, value in source.statements]
        for fact in facts:
            others = [f"{slug} {slug in known}" for slug in fact.jointly]
            about = f"{fact.subject} {fact.property} {self._line(fact.value)}"
            lines.append(f"{about} {fact.locator} {fact.status} {fact.when} {sorted(fact.note.items())} {others}")
        return digest_of(*sorted(lines))

    def _judge_again(self, units: set[str], stated: dict[str, list[Fact]]) -> dict[str, list[Violation]]:
        """The violations of SHACL core in the nodes of some units, by unit."""
        sources = [each for each in self._sources if SOURCE + each.slug in units]
        cited = {fact_node(fact).value: SOURCE + each.slug for each in sources for fact in stated[each.slug]}
        own = [fact for fact in self._accepted if fact.subject in units]
        beside = [
            fact
            for fact in self._accepted
            if fact.property in self._backward and isinstance(fact.value, EntityValue) and fact.value.slug in units
        ]
        documents = list(_document_triples(sources))
        ends = units | {
            value.slug for each in sources for _, value in each.statements if isinstance(value, EntityValue)
        }
        found = self._shapes.judge_core(dict.fromkeys([*map(fact_triple, own), *self._types(own, ends), *documents]))
        around = list({id(fact): fact for fact in (*own, *beside)}.values())
        asserted = [*map(fact_triple, around), *self._types(around, ends)]
        inferred = infer(self._ontology, asserted)
        provenance = [*documents, *self._provenance(fact for each in sources for fact in stated[each.slug])]
        found += self._constraints.judge_core(dict.fromkeys([*asserted, *inferred, *provenance]))
        verdicts: dict[str, list[Violation]] = defaultdict(list)
        for violation in found:
            unit = cited.get(violation.node) or violation.node.removeprefix(entity_node("").value)
            if unit in units:
                verdicts[unit].append(violation)
        return verdicts

    def _provenance(self, facts: Iterable[Fact]) -> Iterator[Triple]:
        """Where facts stand, and that their sources are sources."""
        for fact in facts:
            yield from fact_provenance(fact_node(fact), fact)
            yield from (_source_type(slug) for slug in fact.jointly if slug in self._project.sources)

    def _types(self, facts: Sequence[Fact], others: set[str]) -> Iterator[Triple]:
        """The classes of all entities that facts speak of, and of others."""
        slugs = {fact.subject for fact in facts} | {f.value.slug for f in facts if isinstance(f.value, EntityValue)}
        for slug in sorted(slugs | others):
            if slug in self._classes:
                yield Triple(entity_node(slug), TYPE, NamedNode(self._classes[slug]))

    def _judge_constraints(self) -> list[Violation]:
        """The violations of SPARQL constraints, over the facts of all properties they can depend on."""
        vocabulary = self._project.vocabulary
        reads = {iri for each in self._constraints.constraints for iri in each.reads}
        needed = premises(vocabulary, reads)
        classes = {each.iri for iri in reads for each in vocabulary.subclasses(iri)}
        asserted = [fact_triple(fact) for fact in self._accepted if fact.property in needed]
        asserted += [
            Triple(entity_node(slug), TYPE, NamedNode(class_))
            for slug, class_ in self._classes.items()
            if class_ in classes
        ]
        beside = list(_document_triples(self._sources)) if SOURCE_CLASS in reads else []
        if FACT_CLASS in reads:
            beside += self._provenance(self._project.facts)
        return self._constraints.judge_constraints([*asserted, *infer(self._ontology, asserted), *beside])


def _document_triples(sources: Iterable[SourceDocument]) -> Iterator[Triple]:
    for source in sources:
        yield _source_type(source.slug)
        for property_, value in source.statements:
            yield Triple(source_node(source.slug), NamedNode(property_), term_of(value))


def _source_type(slug: str) -> Triple:
    return Triple(source_node(slug), TYPE, NamedNode(SOURCE_CLASS))

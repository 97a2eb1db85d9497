"""What the RDF of an entity, a fact or a source holds: statements, their evidence, the labels of all they mention.

Each description is a list of quads. In forms that know named graphs every fact stands in its own graph, and what is
accepted in the default graph too, as in the release. In those that do not, ``rdf:subject``, ``rdf:predicate`` and
``rdf:object`` tie each fact to its triple, so that no statement loses its source; claims that are not accepted are then
described and not asserted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from asoen_graph.iris import FACT, INFERRED_GRAPH, PROV, PROVENANCE_GRAPH, RDF, RDFS, REGISTER_GRAPH, SOURCE
from asoen_graph.patterns import Patterns
from asoen_graph.server.library import Library

_LABEL = NamedNode(RDFS + "label")
_TYPE = NamedNode(RDF + "type")
_DERIVED = NamedNode(PROV + "wasDerivedFrom")
_REGISTER, _PROVENANCE, _INFERRED = (
    NamedNode(REGISTER_GRAPH),
    NamedNode(PROVENANCE_GRAPH),
    NamedNode(INFERRED_GRAPH),
)
_REIFIED = tuple(NamedNode(RDF + part) for part in ("subject", "predicate", "object"))


def describe_entity(library: Library, entity: NamedNode) -> list[Quad]:
    """The facts with the entity at either end, what the register and the inference say of it, and the evidence.

    A relation node (a participation, a tenure) next to the entity comes with its own facts: it says little without.
    """
    store = library.graph
    around = [*store.quads_for_pattern(entity, None, None), *store.quads_for_pattern(None, None, entity)]
    facts = [quad for quad in around if _is_fact(quad)]
    beside = [quad for quad in around if quad.graph_name in (_REGISTER, _INFERRED)]
    ends = {node for quad in facts for node in (quad.subject, quad.object) if isinstance(node, NamedNode)}
    nodes = [node for node in ends if _is_relation(library, node)]
    details = [quad for node in nodes for quad in store.quads_for_pattern(node, None, None) if _is_stated(quad)]
    return _complete(store, [*facts, *beside, *details])


def describe_fact(library: Library, fact: NamedNode) -> list[Quad]:
    """The triple of the fact and its evidence."""
    return _complete(library.graph, list(library.graph.quads_for_pattern(None, None, None, fact)))


def describe_source(library: Library, source: NamedNode) -> list[Quad]:
    """The description of the source and every fact taken from it, with its place in it."""
    store = library.graph
    facts = [quad.subject for quad in store.quads_for_pattern(None, _DERIVED, source, _PROVENANCE)]
    stated = [q for f in facts if isinstance(f, NamedNode) for q in store.quads_for_pattern(None, None, None, f)]
    return _complete(store, [*store.quads_for_pattern(source, None, None, _PROVENANCE), *stated])


def without_graphs(quads: Iterable[Quad], accepted: Patterns) -> list[Triple]:
    """The quads as triples: facts tied to their triple by reification, and asserted where the default graph has it."""
    triples: dict[Triple, None] = {}
    for quad in quads:
        triple = quad.triple
        if not _is_fact(quad):
            triples[triple] = None
            continue
        if Quad(triple.subject, triple.predicate, triple.object) in accepted:
            triples[triple] = None
        for part, term in zip(_REIFIED, triple, strict=True):
            triples[Triple(quad.graph_name, part, term)] = None  # type: ignore[arg-type]
    return sorted(triples, key=str)


def with_default_graph(quads: Iterable[Quad], store: Patterns) -> list[Quad]:
    """The quads, and what the default graph of the release has of them.

    A client that asks no named graph of what it has fetched (Comunica does not) so finds what is accepted.
    """
    found = dict.fromkeys(quads)
    for quad in list(found):
        plain = Quad(*quad.triple)
        if plain in store:
            found[plain] = None
    return sorted(found, key=str)


def _is_fact(quad: Quad) -> bool:
    return isinstance(quad.graph_name, NamedNode) and quad.graph_name.value.startswith(FACT)


def _is_stated(quad: Quad) -> bool:
    return _is_fact(quad) or quad.graph_name == _REGISTER


def _is_relation(library: Library, node: NamedNode) -> bool:
    types = library.graph.quads_for_pattern(node, _TYPE, None, _REGISTER)
    classes = (library.vocabulary.class_of(q.object.value) for q in types if isinstance(q.object, NamedNode))
    return any(class_ is not None and class_.is_relation for class_ in classes)


def _complete(store: Patterns, quads: list[Quad]) -> list[Quad]:
    """The quads with the evidence of the facts among them, their sources, and labels, sorted and each once."""
    found = dict.fromkeys(quads)
    for quad in quads:
        if _is_fact(quad):
            found.update(dict.fromkeys(store.quads_for_pattern(quad.graph_name, None, None, _PROVENANCE)))  # type: ignore[arg-type]
    for source in {q.object for q in found if q.predicate == _DERIVED}:
        found.update(dict.fromkeys(store.quads_for_pattern(source, None, None, _PROVENANCE)))  # type: ignore[arg-type]
    for iri in _mentioned(list(found)):
        found.update(dict.fromkeys(_labels(store, iri)))
    return sorted(found, key=str)


def _mentioned(quads: list[Quad]) -> set[NamedNode]:
    return {term for quad in quads for term in quad.triple if isinstance(term, NamedNode)}


def _labels(store: Patterns, iri: NamedNode) -> Iterator[Quad]:
    if iri.value.startswith((FACT, SOURCE)):
        return
    in_graphs = store.quads_for_pattern(iri, _LABEL, None)
    yield from (quad for quad in in_graphs if quad.graph_name != DefaultGraph())

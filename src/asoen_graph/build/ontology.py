"""The ontology as triples that go into a release and drive the inference."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from pyoxigraph import CanonicalizationAlgorithm, Dataset, DefaultGraph, NamedNode, Quad, RdfFormat, Triple, parse

from asoen_graph.iris import RDFS, SKOS, TERM

_LABEL = NamedNode(RDFS + "label")
_SUBCLASS = NamedNode(RDFS + "subClassOf")


class Ontology:
    """The triples of ``asoen.ttl``, its blank nodes named by RDFC-1.0 so that two readings are the same."""

    def __init__(self, triples: list[Triple]) -> None:
        self.triples = triples

    @classmethod
    def read(cls, path: Path) -> Ontology:
        """Read a Turtle file. Raises SyntaxError, with its place, where the file is not Turtle."""
        dataset = Dataset(parse(path=str(path), format=RdfFormat.TURTLE))
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        return cls([quad.triple for quad in dataset])

    @cached_property
    def labels(self) -> list[Triple]:
        """The ``rdfs:label`` of every term."""
        return [
            triple
            for triple in self.triples
            if triple.predicate == _LABEL
            and isinstance(triple.subject, NamedNode)
            and triple.subject.value.startswith(TERM)
        ]

    @cached_property
    def concept_classes(self) -> frozenset[str]:
        """The classes below ``skos:Concept``."""
        below: dict[str, list[str]] = {}
        for triple in self.triples:
            if triple.predicate == _SUBCLASS and isinstance(triple.subject, NamedNode):
                below.setdefault(str(triple.object), []).append(triple.subject.value)
        found: set[str] = set()
        waiting = [SKOS + "Concept"]
        while waiting:
            for each in below.get(f"<{waiting.pop()}>", []):
                if each not in found:
                    found.add(each)
                    waiting.append(each)
        return frozenset(found)

    def quads(self, graph: NamedNode | DefaultGraph) -> list[Quad]:
        """The triples as quads of that graph."""
        return [Quad(each.subject, each.predicate, each.object, graph) for each in self.triples]

"""Labels and citations of a graph that is read by patterns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from pyoxigraph import NamedNode

from asoen_graph.evidence import (
    LABEL,
    NAMING,
    WORD_CLASSES,
    Citation,
    Descriptions,
    Document,
    Words,
    cite,
    name_of,
    read_documents,
    texts_of,
)
from asoen_graph.iris import RDF, key_of, local_name
from asoen_graph.patterns import Patterns
from asoen_graph.store import Term

_TYPE = NamedNode(RDF + "type")


class Describing:
    """What things are called, and where facts stand; see ``GraphStore``."""

    def __init__(self, patterns: Patterns) -> None:
        self._patterns = patterns
        self._documents: dict[tuple[str, str], Document] = {}
        """Those that were cited, by source and language: few, and cited again and again."""

    def labels(self, iris: Iterable[str], language: str) -> dict[str, str]:
        """The label of each IRI that has one; see ``GraphStore.labels``."""
        wanted = list(iris)
        # Entities, which are many, have labels; only documents go by a title or an address.
        found = {iri: name_of(values, language) for iri, values in self._describe(wanted, (LABEL,)).items()}
        rest = self._describe((iri for iri in wanted if not found.get(iri)), NAMING)
        return found | {iri: name_of(values, language) for iri, values in rest.items()}

    def classes(self, iris: Iterable[str]) -> dict[str, list[str]]:
        """The classes of each IRI that has any; see ``GraphStore.classes``."""
        return classes_of(self._describe(iris, (_TYPE.value,)))

    def citations(self, facts: Iterable[str], language: str) -> dict[str, Citation]:
        """Where each fact stands; see ``GraphStore.citations``."""
        return cite(facts, language, self._describe, self.words, self._documents)

    def documents(self, sources: Iterable[str], language: str) -> dict[str, Document]:
        """How each document is cited; sources are IRIs."""
        wanted = list(sources)
        read_documents(wanted, language, self._describe, self._documents)
        return {source: self._documents[source, language] for source in wanted}

    def _describe(self, iris: Iterable[str], properties: Sequence[str]) -> Descriptions:
        found: dict[str, dict[str, list[Term]]] = {}
        for iri in iris:
            node = node_of(iri)
            if node is None:
                continue
            values = {
                property_: [
                    quad.object for quad in self._patterns.quads_for_pattern(node, NamedNode(property_), None, None)
                ]
                for property_ in properties
            }
            if any(values.values()):
                found[iri] = values
        return found

    @cached_property
    def words(self) -> Words:
        """The labels of the controlled values citations are spoken with."""
        concepts = {
            quad.subject.value
            for class_ in WORD_CLASSES
            for quad in self._patterns.quads_for_pattern(None, _TYPE, NamedNode(class_), None)
            if isinstance(quad.subject, NamedNode)
        }
        described = self._describe(concepts, (LABEL,))
        return {key_of(local_name(iri)): texts_of(values[LABEL]) for iri, values in described.items()}


def classes_of(described: Descriptions) -> dict[str, list[str]]:
    """The IRIs among the types of each thing, sorted."""
    return {
        iri: sorted({value.value for value in values[_TYPE.value] if isinstance(value, NamedNode)})
        for iri, values in described.items()
    }


def node_of(iri: str) -> NamedNode | None:
    """The node of that name; ``None`` where it is no IRI."""
    try:
        return NamedNode(iri)
    except ValueError:
        return None

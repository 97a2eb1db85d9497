"""What readers of one store need again and again: a store does not change, so it is read once and kept."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from pyoxigraph import NamedNode

from asoen_graph.entities.attestations import Attestation, attestations
from asoen_graph.entities.derivation import Rule, rules
from asoen_graph.entities.glossary import Glossary
from asoen_graph.entities.tables import Table
from asoen_graph.entities.things import Kept, Node
from asoen_graph.iris import RDF, REGISTER_GRAPH
from asoen_graph.patterns import Patterns
from asoen_graph.store.describing import Describing
from asoen_graph.vocabulary import Class, Vocabulary

_REGISTER = NamedNode(REGISTER_GRAPH)
_TYPE = NamedNode(RDF + "type")


class Shelf:
    """The names of a store in every language asked for, what stands behind its facts, and how the ontology infers."""

    def __init__(self, store: Patterns, vocabulary: Vocabulary) -> None:
        self.store = store
        self.vocabulary = vocabulary
        self.attestations: Table[str, Attestation] = attestations(store)
        """What stands behind facts, by IRI."""
        self.kept = Kept(store)
        self.classes: Table[NamedNode, Class | None] = Table(self._class)
        """The class the register gives each entity; ``None`` for what is not in the register."""
        self._describing = Describing(store)
        self.glossaries: Table[str, Glossary] = Table(self._glossary)
        """What things are called, by language."""

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """The axioms of the ontology by the property whose statements they lead to."""
        return rules(self.vocabulary)

    def _glossary(self, language: str) -> Glossary:
        return Glossary(self.store, self.vocabulary, language, self._describing)

    def _class(self, entity: NamedNode) -> Class | None:
        types = (quad.object for quad in self.store.quads_for_pattern(entity, _TYPE, None, _REGISTER))
        return class_among(types, self.vocabulary)


def class_among(types: Iterable[Node], vocabulary: Vocabulary) -> Class | None:
    """The first class of the vocabulary among the types of a thing."""
    for each in types:
        found = vocabulary.class_of(each.value) if isinstance(each, NamedNode) else None
        if found is not None:
            return found
    return None

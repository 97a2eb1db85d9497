"""What readers of one store need again and again: a store does not change, so it is read once and kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Final

from orjson import Fragment
from pyoxigraph import NamedNode

from asoen_graph.entities.attestations import Attestation, attestations
from asoen_graph.entities.derivation import Rule, rules
from asoen_graph.entities.glossary import Glossary
from asoen_graph.entities.tables import Table
from asoen_graph.entities.things import Kept, Node
from asoen_graph.errors import ReleaseError
from asoen_graph.iris import RDF, REGISTER_GRAPH, compact
from asoen_graph.messages import tell
from asoen_graph.patterns import Patterns
from asoen_graph.store.describing import Describing
from asoen_graph.vocabulary import Class, Vocabulary

_MOST_EVIDENCE: Final = 2048
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
        self._evidence: dict[str, tuple[Mapping[str, str] | None, Table[str, Fragment]]] = {}

    def evidence(self, language: str, places: Mapping[str, str] | None) -> Table[str, Fragment]:
        """Facts as evidence, each a ``Claim`` in JSON: a fact is on the card of each thing that it is about.

        ``places`` maps a fact to ``path:line`` in the curated data. The table raises ReleaseError where a fact has no
        source.
        """
        kept = self._evidence.get(language)
        if kept is None or kept[0] is not places:
            glossary, place_of = self.glossaries[language], (places or {}).get
            table: Table[str, Fragment] = Table(
                lambda fact: glossary.claim_json(fact, self.attested(fact), place_of(fact)), _MOST_EVIDENCE
            )
            kept = self._evidence[language] = places, table
        return kept[1]

    def attested(self, fact: str) -> Attestation:
        """What stands behind a fact. Raises ReleaseError where no source does."""
        found = self.attestations[fact]
        if not found.source:
            raise ReleaseError(tell("server.fact-unsourced", fact=compact(fact)), tell("server.build-again"))
        return found

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

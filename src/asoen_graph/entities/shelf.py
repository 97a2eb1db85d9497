"""What readers of one store need again and again: a store does not change, so it is read once and kept."""

from __future__ import annotations

from functools import cached_property

from asoen_graph.entities.attestations import Attestations
from asoen_graph.entities.derivation import Rule, rules
from asoen_graph.entities.glossary import Glossary
from asoen_graph.entities.things import Kept
from asoen_graph.patterns import Patterns
from asoen_graph.store.describing import Describing
from asoen_graph.vocabulary import Vocabulary


class Shelf:
    """The names of a store in every language asked for, what stands behind its facts, and how the ontology infers."""

    def __init__(self, store: Patterns, vocabulary: Vocabulary) -> None:
        self.store = store
        self.vocabulary = vocabulary
        self.attestations = Attestations(store)
        self.kept = Kept(store)
        self._describing = Describing(store)
        self._glossaries: dict[str, Glossary] = {}

    def glossary(self, language: str) -> Glossary:
        """The names in a language."""
        found = self._glossaries.get(language)
        if found is None:
            found = Glossary(self.store, self.vocabulary, language, self._describing)
            self._glossaries[language] = found
        return found

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """The axioms of the ontology by the property whose statements they lead to."""
        return rules(self.vocabulary)

"""A store as one reader sees it: terms with their names, facts with their evidence, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import NamedNode, Quad, Store

from asoen_graph.entities import objects
from asoen_graph.entities.cards import Claim, FactRecord, PropertyName, Value
from asoen_graph.entities.order import status_order
from asoen_graph.entities.shelf import Shelf
from asoen_graph.entities.things import Node
from asoen_graph.errors import ReleaseError
from asoen_graph.iris import FACT, SOURCE, compact
from asoen_graph.messages import tell
from asoen_graph.patterns import Patterns
from asoen_graph.vocabulary import Vocabulary


class Lens:
    """Reads single things from a store by quad patterns and remembers what it has read.

    ``places`` maps a fact IRI to ``path:line`` in the curated data; ``shelf`` is of the store and vocabulary too, and
    knows what was read before.
    """

    def __init__(
        self,
        store: Patterns,
        vocabulary: Vocabulary,
        language: str,
        places: Mapping[str, str] | None = None,
        shelf: Shelf | None = None,
    ) -> None:
        self.store = store
        self.vocabulary = vocabulary
        self.language = language
        self.shelf = shelf or Shelf(store, vocabulary)
        self.glossary = self.shelf.glossaries[language]
        self.evidence = self.shelf.evidence(language, places)
        """Facts as evidence, each a ``Claim`` in JSON. It raises ReleaseError where a fact has no source."""
        self._places: Mapping[str, str] = places or {}
        self._attestations = self.shelf.attestations
        self._values: dict[Node, Value] = {}
        self._claims: dict[str, Claim] = {}
        self.reads_ahead = not isinstance(store, Store)
        """Whether it takes less time to read much at once; of the engine here, single things are read as fast."""

    def property_name(self, iri: str) -> PropertyName:
        """A property by key and label; one from another vocabulary by its prefixed name."""
        return PropertyName(**self.glossary.headings[iri].members)

    def value(self, term: Node) -> Value:
        """A term with its name."""
        if term not in self._values:
            self._values[term] = Value(**self.glossary.value(term))
        return self._values[term]

    def claims(self, facts: Iterable[str]) -> tuple[Claim, ...]:
        """The evidence of facts, the most reliable first, then by source and locator."""
        wanted = list(dict.fromkeys(facts))
        self.read(wanted)
        return tuple(map(self._claim, self.in_order(wanted)))

    def read(self, facts: Iterable[str]) -> None:
        """Read what is new of the evidence of facts: an endpoint sends all of it in an answer or two."""
        new = [fact for fact in facts if fact not in self._attestations]
        if new:
            # An answer about the words brings some of the rest along.
            self.glossary.read_words()
            read = [self._attestations[fact] for fact in new]
            self.glossary.read_references(source for each in read for source in (each.source, *each.others))

    def in_order(self, facts: list[str]) -> list[str]:
        """Facts with the most reliable first, then by source and locator."""
        return sorted(facts, key=self._order) if len(facts) > 1 else facts

    def facts(self, subject: NamedNode | None = None, value: NamedNode | None = None) -> Iterator[tuple[str, Quad]]:
        """The facts with that subject or value, whatever their status: their IRIs and what they say."""
        for quad in self.store.quads_for_pattern(subject, None, value):
            if isinstance(quad.graph_name, NamedNode) and quad.graph_name.value.startswith(FACT):
                yield quad.graph_name.value, quad

    def record(self, fact: str) -> FactRecord:
        """A fact in full.

        Raises ReleaseError where the graph of the fact is empty or has no source.
        """
        quad = next(iter(self.store.quads_for_pattern(None, None, None, NamedNode(fact))), None)
        if quad is None:
            raise ReleaseError(tell("server.fact-empty", fact=compact(fact)), tell("server.build-again"))
        self.read([fact])
        return self.said(fact, quad)

    def said(self, fact: str, quad: Quad) -> FactRecord:
        """A fact in full, from what it says."""
        return FactRecord(
            about=self.value(quad.subject),
            property=self.property_name(quad.predicate.value),
            value=self.value(quad.object),
            claim=self._claim(fact),
        )

    def _claim(self, fact: str) -> Claim:
        found = self._claims.get(fact)
        if found is None:
            members = self.glossary.claim(fact, self.shelf.attested(fact), self._places.get(fact))
            found = self._claims[fact] = objects.claim(members)
        return found

    def _order(self, fact: str) -> tuple[int, str, str, str]:
        attested = self.shelf.attested(fact)
        locator = self.glossary.chosen(attested.locator)
        return status_order(attested.status), attested.source.removeprefix(SOURCE), locator, fact

"""A store as one reader sees it: terms with their names, facts with their evidence, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import NamedNode, Quad

from asoen_graph.entities import objects
from asoen_graph.entities.cards import Claim, FactRecord, PropertyName, Value
from asoen_graph.entities.glossary import Members
from asoen_graph.entities.order import status_order
from asoen_graph.entities.shelf import Shelf
from asoen_graph.entities.things import Node
from asoen_graph.errors import ReleaseError
from asoen_graph.iris import FACT, RDF, REGISTER_GRAPH, compact
from asoen_graph.patterns import Patterns
from asoen_graph.vocabulary import Class, Vocabulary

_REGISTER = NamedNode(REGISTER_GRAPH)
_TYPE = NamedNode(RDF + "type")


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
        self.glossary = self.shelf.glossary(language)
        self._places = places or {}
        self._values: dict[Node, Value] = {}
        self._claims: dict[str, Members] = {}

    def class_of(self, entity: NamedNode) -> Class | None:
        """The class the register gives an entity; ``None`` for what is not in the register."""
        types = (quad.object for quad in self.store.quads_for_pattern(entity, _TYPE, None, _REGISTER))
        return class_among(types, self.vocabulary)

    def property_name(self, iri: str) -> PropertyName:
        """A property by key and label; one from another vocabulary by its prefixed name."""
        return PropertyName(**self.glossary.heading(iri).members)

    def value(self, term: Node) -> Value:
        """A term with its name."""
        if term not in self._values:
            self._values[term] = Value(**self.glossary.value(term))
        return self._values[term]

    def claims(self, facts: Iterable[str]) -> tuple[Claim, ...]:
        """The evidence of facts, the most reliable first, then by source and locator."""
        wanted = list(dict.fromkeys(facts))
        self.read(wanted)
        return tuple(map(objects.claim, self.claims_in_order(wanted)))

    def read(self, facts: Iterable[str]) -> None:
        """Read what is new of the evidence of facts: all at once takes a fraction of the time it takes one by one.

        Raises ReleaseError where a fact has no source.
        """
        attestations = self.shelf.attestations
        new = attestations.new(facts)
        if new:
            # Words first: an endpoint then sends much of the evidence along with them.
            self.glossary.read_words()
            read = [attestations.of(fact) for fact in new]
            self.glossary.references(source for each in read for source in (each.source, *each.others))

    def claim(self, fact: str) -> Members:
        """A fact as evidence, as the members of a ``Claim``. Raises ReleaseError where it has no source."""
        found = self._claims.get(fact)
        if found is None:
            attested = self.shelf.attestations.of(fact)
            if not attested.source:
                raise ReleaseError(f"The fact {compact(fact)} has no source", "Build the release again")
            found = self._claims[fact] = self.glossary.claim(fact, attested, self._places.get(fact))
        return found

    def claims_in_order(self, facts: list[str]) -> list[Members]:
        """The evidence of facts, each given once, as members: the most reliable first, then by source and locator."""
        if len(facts) == 1:
            return [self.claim(facts[0])]
        return sorted(map(self.claim, facts), key=_claim_order)

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
            raise ReleaseError(f"The fact {compact(fact)} says nothing", "Build the release again")
        self.read([fact])
        return objects.record(self.statement(quad.subject, quad.predicate.value, quad.object, fact))

    def statement(self, subject: Node, property_iri: str, value: Node, fact: str) -> Members:
        """A fact in full, as the members of a ``FactRecord``, from what it states; it must have been read."""
        value_of = self.glossary.value
        return {
            "about": value_of(subject),
            "property": self.glossary.heading(property_iri).members,
            "value": value_of(value),
            "claim": self.claim(fact),
        }


def class_among(types: Iterable[Node], vocabulary: Vocabulary) -> Class | None:
    """The first class of the vocabulary among the types of a thing."""
    for each in types:
        found = vocabulary.class_of(each.value) if isinstance(each, NamedNode) else None
        if found is not None:
            return found
    return None


def _claim_order(claim: Members) -> tuple[int, str, str, str]:
    return status_order(claim["status"]), claim["source"], claim["locator"], claim["fact"]

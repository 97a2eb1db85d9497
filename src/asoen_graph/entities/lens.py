"""A store as one reader sees it: terms with their names, facts with their evidence, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from asoen_graph.entities.cards import CitedDocument, Claim, FactRecord, PropertyName, Value
from asoen_graph.entities.order import status_order
from asoen_graph.errors import ReleaseError
from asoen_graph.evidence import choose
from asoen_graph.iris import (
    ENTITY,
    FACT,
    PROVENANCE_GRAPH,
    RDF,
    RDFS,
    REGISTER_GRAPH,
    SOURCE,
    TERM,
    compact,
    key_of,
    local_name,
)
from asoen_graph.patterns import Patterns
from asoen_graph.store.describing import Describing
from asoen_graph.vocabulary import Class, Vocabulary

Node: TypeAlias = NamedNode | BlankNode | Literal | Triple

_REGISTER, _PROVENANCE = NamedNode(REGISTER_GRAPH), NamedNode(PROVENANCE_GRAPH)
_TYPE, _LABEL = NamedNode(RDF + "type"), NamedNode(RDFS + "label")
_TITLE, _URL = NamedNode(TERM + "title"), NamedNode(TERM + "url")
_STATUS_CLASS = TERM + "FactStatus"
_FROM, _UNTIL = NamedNode(TERM + "validFrom"), NamedNode(TERM + "validUntil")


class Lens:
    """Reads single things from a store by quad patterns and remembers what it has read.

    ``places`` maps a fact IRI to ``path:line`` in the curated data; ``evidence`` is the store too, and knows what was
    cited before.
    """

    def __init__(
        self,
        store: Patterns,
        vocabulary: Vocabulary,
        language: str,
        places: Mapping[str, str] | None = None,
        evidence: Describing | None = None,
    ) -> None:
        self.store = store
        self.vocabulary = vocabulary
        self.language = language
        self._places = places or {}
        self._evidence = evidence or Describing(store)
        self._values: dict[Node, Value] = {}
        self._claims: dict[str, Claim] = {}

    def labels(self, entity: NamedNode) -> dict[str, str]:
        """Language → label of an entity, as the register has it, sorted by language."""
        return self._texts(entity, _LABEL, _REGISTER)

    def class_of(self, entity: NamedNode) -> Class | None:
        """The class the register gives an entity; ``None`` for what is not in the register."""
        for quad in self.store.quads_for_pattern(entity, _TYPE, None, _REGISTER):
            found = self.vocabulary.class_of(quad.object.value) if isinstance(quad.object, NamedNode) else None
            if found is not None:
                return found
        return None

    def property_name(self, iri: str) -> PropertyName:
        """A property by key and label; one from another vocabulary by its prefixed name."""
        property_ = self.vocabulary.property_of(iri)
        if property_ is None:
            return PropertyName(key_of(local_name(iri)), compact(iri), iri)
        return PropertyName(property_.key, property_.label(self.language), iri)

    def value(self, term: Node) -> Value:
        """A term with its name."""
        if term not in self._values:
            self._values[term] = self._literal(term) if isinstance(term, Literal) else self._resource(term)
        return self._values[term]

    def claims(self, facts: Iterable[str]) -> tuple[Claim, ...]:
        """The evidence of facts, the most reliable first, then by source and locator."""
        wanted = list(dict.fromkeys(facts))
        missing = [fact for fact in wanted if fact not in self._claims]
        if missing:
            self._read_claims(missing)
        return tuple(sorted((self._claims[fact] for fact in wanted), key=_claim_order))

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
        (claim,) = self.claims([fact])
        return FactRecord(
            about=self.value(quad.subject),
            property=self.property_name(quad.predicate.value),
            value=self.value(quad.object),
            claim=claim,
        )

    def one(self, subject: NamedNode, predicate: NamedNode) -> str | None:
        """The literal that the provenance graph gives a fact or document for a single-valued property."""
        quads = self.store.quads_for_pattern(subject, predicate, None, _PROVENANCE)
        return next((quad.object.value for quad in quads if isinstance(quad.object, Literal)), None)

    def _literal(self, literal: Literal) -> Value:
        datatype = None if literal.language else literal.datatype.value
        return Value("literal", literal.value, datatype=datatype, language=literal.language)

    def _resource(self, term: NamedNode | BlankNode | Triple) -> Value:
        if not isinstance(term, NamedNode):
            return Value("resource", str(term))
        iri = term.value
        concept = self.vocabulary.concept_of(iri)
        if concept is not None:
            return Value("concept", concept.label(self.language), concept.key, iri)
        for kind, namespace, naming, graph in (
            ("entity", ENTITY, (_LABEL,), _REGISTER),
            ("source", SOURCE, (_TITLE, _URL), _PROVENANCE),
        ):
            if iri.startswith(namespace):
                slug = iri[len(namespace) :]
                names = (choose(self._texts(term, predicate, graph), self.language) for predicate in naming)
                return Value(kind, next(filter(None, names), slug), slug, iri)
        return Value("resource", compact(iri), iri=iri)

    def _read_claims(self, facts: list[str]) -> None:
        citations = self._evidence.citations(facts, self.language)
        statuses = self.vocabulary.values_of(_STATUS_CLASS)
        for fact in facts:
            citation = citations.get(fact)
            if citation is None:
                raise ReleaseError(f"The fact {compact(fact)} has no source", "Build the release again")
            self._claims[fact] = Claim(
                fact=fact,
                status=citation.status,
                status_label=statuses[citation.status].label(self.language),
                source=citation.source.removeprefix(SOURCE),
                locator=citation.locator,
                locator_label=citation.place(self.language),
                citation=citation.text(self.language),
                title=citation.title,
                publisher=citation.publisher,
                published=citation.published,
                url=citation.url,
                note=citation.note,
                valid_from=self.one(NamedNode(fact), _FROM),
                valid_until=self.one(NamedNode(fact), _UNTIL),
                place=self._places.get(fact),
                sources=tuple(
                    CitedDocument(each.source.removeprefix(SOURCE), *each[1:]) for each in citation.documents
                ),
            )

    def _texts(self, subject: NamedNode, predicate: NamedNode, graph: NamedNode) -> dict[str, str]:
        quads = self.store.quads_for_pattern(subject, predicate, None, graph)
        return dict(sorted((q.object.language or "", q.object.value) for q in quads if isinstance(q.object, Literal)))


def _claim_order(claim: Claim) -> tuple[int, str, str, str]:
    return status_order(claim.status), claim.source, claim.locator, claim.fact

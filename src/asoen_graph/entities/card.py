"""Building the card of an entity from quad patterns: what is said of it, who points to it, what follows.

A relation node (a participation, a tenure) is shown in the place of its link, with its own statements as details.
Curators nest it under one of the entities it relates, and the fact then points from the node to that entity; on the
card of the entity the link is read in the other direction (``participation event meeting`` as ``meeting
has-participation participation``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from pyoxigraph import DefaultGraph, Literal, NamedNode

from asoen_graph.entities.cards import (
    ACCEPTED,
    EntityCard,
    FactRecord,
    InferredGroup,
    InferredStatement,
    OtherName,
    PropertyGroup,
    Statement,
)
from asoen_graph.entities.derivation import Derivation
from asoen_graph.entities.lens import Lens, Node
from asoen_graph.entities.listing import resolve
from asoen_graph.entities.order import groups_in_order, natural, record_order, statement_order
from asoen_graph.iris import ENTITY, INFERRED_GRAPH, REGISTER_GRAPH, SKOS, TERM
from asoen_graph.patterns import Patterns
from asoen_graph.store.describing import Describing
from asoen_graph.vocabulary import ValueKind, Vocabulary

Links: TypeAlias = dict[str, dict[Node, list[str]]]
"""Property IRI → other end → the facts that say so."""

_REGISTER, _INFERRED = NamedNode(REGISTER_GRAPH), NamedNode(INFERRED_GRAPH)
_OTHER_NAMES = (
    (NamedNode(SKOS + "altLabel"), _REGISTER),
    (NamedNode(TERM + "name"), DefaultGraph()),
    (NamedNode(TERM + "acronym"), DefaultGraph()),
)


def entity_card(
    store: Patterns,
    vocabulary: Vocabulary,
    slug: str,
    language: str = "en",
    places: Mapping[str, str] | None = None,
    evidence: Describing | None = None,
) -> EntityCard:
    """Everything a release knows of the entity, each statement with its evidence.

    ``places`` maps a fact IRI to ``path:line`` in the curated data; ``evidence`` is what knows the store's citations
    of earlier cards. A retired slug leads to the present one. Raises
    UnknownName, with the nearest names, where the slug stands for nothing.
    """
    lens = Lens(store, vocabulary, language, places, evidence)
    entity = NamedNode(ENTITY + resolve(store, slug).slug)
    labels = lens.labels(entity)
    class_ = lens.class_of(entity)
    said, pointing = _links(lens, entity)
    return EntityCard(
        slug=entity.value[len(ENTITY) :],
        iri=entity.value,
        class_key=class_.key if class_ else "",
        class_label=class_.label(language) if class_ else "",
        label=lens.value(entity).text,
        labels=labels,
        other_names=_other_names(lens, entity, set(labels.values())),
        statements=_groups(lens, said, entity, inward=False),
        incoming=_groups(lens, pointing, entity, inward=True),
        inferred=_inferred(lens, entity, said),
    )


def entity_facts(
    store: Patterns,
    vocabulary: Vocabulary,
    slug: str,
    language: str = "en",
    places: Mapping[str, str] | None = None,
) -> tuple[FactRecord, ...]:
    """Every fact with the entity as its subject, then every fact with it as its value, whatever their status.

    ``places`` maps a fact IRI to ``path:line`` in the curated data. Raises UnknownName, with the nearest names, where
    the slug stands for nothing.
    """
    lens = Lens(store, vocabulary, language, places)
    entity = NamedNode(ENTITY + resolve(store, slug).slug)
    found: list[FactRecord] = []
    for links in (lens.facts(subject=entity), lens.facts(value=entity)):
        facts = [fact for fact, _ in links]
        lens.claims(facts)
        found += sorted(map(lens.record, facts), key=lambda record: record_order(record, vocabulary))
    return tuple(found)


def _links(lens: Lens, entity: NamedNode) -> tuple[Links, Links]:
    """What facts say of an entity, and with it as the value; every link to a relation node is among the first."""
    said: Links = defaultdict(lambda: defaultdict(list))
    pointing: Links = defaultdict(lambda: defaultdict(list))
    for fact, quad in lens.facts(subject=entity):
        said[quad.predicate.value][quad.object].append(fact)
    for fact, quad in lens.facts(value=entity):
        outward = _link_to_node(lens.vocabulary, quad.predicate.value)
        links, iri = (said, outward) if outward else (pointing, quad.predicate.value)
        links[iri][quad.subject].append(fact)
    # Evidence of many facts read at once costs a fraction of the same one by one.
    lens.claims(
        fact for links in (said, pointing) for ends in links.values() for facts in ends.values() for fact in facts
    )
    return said, pointing


def _link_to_node(vocabulary: Vocabulary, iri: str) -> str | None:
    """The property that leads from an entity to a relation node, where the one given leads back."""
    property_ = vocabulary.property_of(iri)
    inverse = vocabulary.property_of(property_.inverse) if property_ and property_.inverse else None
    return inverse.iri if inverse and inverse.kind is ValueKind.RELATION else None


def _groups(lens: Lens, links: Links, here: NamedNode, *, inward: bool) -> tuple[PropertyGroup, ...]:
    """The links of an entity as statements, relation nodes with their details."""
    groups = []
    for iri, ends in links.items():
        statements = [
            _statement(lens, end, facts, _details(lens, iri, end, here, inward=inward)) for end, facts in ends.items()
        ]
        groups.append(PropertyGroup(lens.property_name(iri), tuple(sorted(statements, key=statement_order))))
    return groups_in_order(groups, lens.vocabulary)


def _statement(lens: Lens, end: Node, facts: list[str], details: tuple[PropertyGroup, ...] = ()) -> Statement:
    claims = lens.claims(facts)
    return Statement(lens.value(end), claims[0].status, claims, details)


def _details(lens: Lens, iri: str, end: Node, here: NamedNode, *, inward: bool) -> tuple[PropertyGroup, ...]:
    """What facts say of a relation node, but for the link that leads back here; nothing for other things."""
    property_ = lens.vocabulary.property_of(iri)
    if not isinstance(end, NamedNode) or property_ is None:
        return ()
    class_ = lens.class_of(end) if inward or property_.kind is ValueKind.RELATION else None
    if class_ is None or not class_.is_relation:
        return ()
    back = iri if inward else property_.inverse
    groups = []
    for each, ends in _links(lens, end)[0].items():
        statements = [_statement(lens, e, facts) for e, facts in ends.items() if not (each == back and e == here)]
        if statements:
            groups.append(PropertyGroup(lens.property_name(each), tuple(sorted(statements, key=statement_order))))
    return groups_in_order(groups, lens.vocabulary)


def _inferred(lens: Lens, entity: NamedNode, said: Links) -> tuple[InferredGroup, ...]:
    derivation = Derivation(lens.store, lens.vocabulary)
    found: dict[str, list[InferredStatement]] = defaultdict(list)
    for quad in lens.store.quads_for_pattern(entity, None, None, _INFERRED):
        iri = quad.predicate.value
        known = lens.vocabulary.property_of(iri) is not None
        if known and not _is_accepted(lens, said.get(iri, {}).get(quad.object, ())):
            facts = derivation.facts_behind(entity, quad.predicate, quad.object)
            lens.claims(facts)
            found[iri].append(InferredStatement(lens.value(quad.object), tuple(map(lens.record, facts))))
    groups = [
        InferredGroup(lens.property_name(iri), tuple(sorted(statements, key=lambda each: natural(each.value.text))))
        for iri, statements in found.items()
    ]
    return groups_in_order(groups, lens.vocabulary)


def _is_accepted(lens: Lens, facts: Iterable[str]) -> bool:
    return any(claim.status == ACCEPTED for claim in lens.claims(facts))


def _other_names(lens: Lens, entity: NamedNode, labels: set[str]) -> tuple[OtherName, ...]:
    """Names that are not labels, those without a language first."""
    found = set()
    for predicate, graph in _OTHER_NAMES:
        for quad in lens.store.quads_for_pattern(entity, predicate, None, graph):
            if isinstance(quad.object, Literal) and quad.object.value not in labels:
                found.add((quad.object.language or "", quad.object.value))
    return tuple(OtherName(text, language or None) for language, text in sorted(found))

"""Building the card of an entity from quad patterns: what is said of it, who points to it, what follows.

A relation node (a participation, a tenure) is shown in the place of its link, with its own statements as details.
Curators nest it under one of the entities it relates, and the fact then points from the node to that entity; on the
card of the entity the link is read in the other direction (``participation event meeting`` as ``meeting
has-participation participation``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from orjson import dumps, loads
from pyoxigraph import Literal, NamedNode

from asoen_graph.entities import objects
from asoen_graph.entities.cards import ACCEPTED, EntityCard, FactRecord
from asoen_graph.entities.derivation import Derivation
from asoen_graph.entities.glossary import Heading, Members
from asoen_graph.entities.lens import Lens
from asoen_graph.entities.listing import resolve
from asoen_graph.entities.order import Natural, natural, record_order, status_order
from asoen_graph.entities.shelf import Shelf, class_among
from asoen_graph.entities.things import Ends, Goal, Links, Node, Surroundings, Thing
from asoen_graph.iris import ENTITY, RDF, RDFS, SKOS, TERM
from asoen_graph.patterns import Patterns
from asoen_graph.vocabulary import Vocabulary

_TYPE, _LABEL, _ALTERNATIVE = RDF + "type", RDFS + "label", SKOS + "altLabel"
_NAMES = (TERM + "name", TERM + "acronym")

_Placed: TypeAlias = tuple[str, str, str, Members]
"""A statement behind what says where it stands among those of its property: the text of its value, what else tells
values apart, and its status."""


def entity_card(
    store: Patterns,
    vocabulary: Vocabulary,
    slug: str,
    language: str = "en",
    places: Mapping[str, str] | None = None,
    shelf: Shelf | None = None,
) -> EntityCard:
    """Everything a release knows of the entity, each statement with its evidence.

    ``places`` maps a fact IRI to ``path:line`` in the curated data; ``shelf`` is of the store and vocabulary too, and
    knows what earlier cards have read. A retired slug leads to the present one. Raises
    UnknownName, with the nearest names, where the slug stands for nothing.
    """
    lens = Lens(store, vocabulary, language, places, shelf)
    return objects.card(loads(card_json(lens, resolve(store, slug).slug)))


def card_json(lens: Lens, slug: str) -> bytes:
    """The same in JSON, of an entity given by the slug it has now."""
    return dumps(_Card(lens, NamedNode(ENTITY + slug)).members())


def entity_facts(
    store: Patterns,
    vocabulary: Vocabulary,
    slug: str,
    language: str = "en",
    places: Mapping[str, str] | None = None,
    shelf: Shelf | None = None,
) -> tuple[FactRecord, ...]:
    """Every fact with the entity as its subject, then every fact with it as its value, whatever their status.

    ``places`` and ``shelf`` are those of a card. Raises UnknownName, with the nearest names, where the slug stands for
    nothing.
    """
    lens = Lens(store, vocabulary, language, places, shelf)
    entity = NamedNode(ENTITY + resolve(store, slug).slug)
    found: list[FactRecord] = []
    for links in (lens.facts(subject=entity), lens.facts(value=entity)):
        facts = dict(links)
        lens.read(facts)
        said = (lens.said(fact, quad) for fact, quad in facts.items())
        found += sorted(said, key=lambda record: record_order(record, vocabulary))
    return tuple(found)


class _Card:
    """The card of one entity while it is made, as the members of the classes of ``cards``.

    What does not change from card to card, or is on it twice, is a fragment of JSON already.
    """

    def __init__(self, lens: Lens, entity: NamedNode) -> None:
        self._lens = lens
        self._names, self._headings, self._evidence = lens.glossary.names, lens.glossary.headings, lens.evidence
        self._attestations = lens.shelf.attestations
        self._entity = entity
        self._around = Surroundings(lens.store, lens.shelf.attestations, lens.shelf.kept)

    def members(self) -> Members:
        """The whole card."""
        thing = self._around.thing(self._entity)
        labels = dict(sorted(_texts(thing.registered.get(_LABEL, ()))))
        class_ = class_among(thing.registered.get(_TYPE, ()), self._lens.vocabulary)
        said, pointing = self._links(self._entity)
        stated = [value for iri in _NAMES for value in self._around.values(self._entity, iri)]
        return {
            "slug": self._entity.value[len(ENTITY) :],
            "iri": self._entity.value,
            "class_key": class_.key if class_ else "",
            "class_label": class_.label(self._lens.language) if class_ else "",
            "label": self._names[self._entity].text,
            "labels": labels,
            "other_names": _other_names(thing, stated, set(labels.values())),
            "statements": self._groups(said, inward=False),
            "incoming": self._groups(pointing, inward=True),
            "inferred": self._inferred(thing, said),
        }

    def _links(self, node: NamedNode) -> tuple[Links, Links]:
        """What facts say of a thing, and with it as the value; every link to a relation node is among the first."""
        said, pointing = self._around.thing(node).said, self._around.pointing(node)
        inward: Links = {}
        turned: list[tuple[str, Ends]] = []
        for iri, ends in pointing.items():
            outward = self._headings[iri].outward
            if outward is None:
                inward[iri] = ends
            else:
                turned.append((outward, ends))
        if turned:
            said = _joined(said, turned)
        if self._lens.reads_ahead:
            links = (*said.values(), *inward.values())
            self._lens.read([fact for ends in links for facts in ends.values() for fact in facts])
        return said, inward

    def _groups(self, links: Links, *, inward: bool) -> list[Members]:
        """The links of the entity as statements, relation nodes with their details."""
        groups = []
        for iri, ends in links.items():
            heading = self._headings[iri]
            property_ = heading.property
            if property_ is not None and (inward or heading.is_relation):
                back = iri if inward else property_.inverse
                statements = [
                    self._statement(end, facts, self._details(end, back, inward)) for end, facts in ends.items()
                ]
            else:
                statements = [self._statement(end, facts, []) for end, facts in ends.items()]
            groups.append((heading, statements))
        return _in_order(groups)

    def _details(self, end: Node, back: str | None, inward: bool) -> list[Members]:
        """What facts say of a relation node, but for the link that leads back here; nothing for other things."""
        if not isinstance(end, NamedNode) or not self._is_relation(end, inward):
            return []
        groups = []
        for iri, ends in self._links(end)[0].items():
            here = self._entity if iri == back else None
            statements = [self._statement(other, facts, []) for other, facts in ends.items() if other != here]
            if statements:
                groups.append((self._headings[iri], statements))
        return _in_order(groups)

    def _is_relation(self, end: NamedNode, inward: bool) -> bool:
        # What is likely to be a relation node is read whole at once; anything may point here, a hub too.
        if inward:
            class_ = self._lens.shelf.classes[end]
        else:
            class_ = class_among(self._around.thing(end).registered.get(_TYPE, ()), self._lens.vocabulary)
        return class_ is not None and class_.is_relation

    def _statement(self, end: Node, facts: list[str], details: list[Members]) -> _Placed:
        json, text, tie = self._names[end]
        if len(facts) == 1:
            status, claims = self._attestations[facts[0]].status, [self._evidence[facts[0]]]
        else:
            facts = self._lens.in_order(facts)
            status, claims = self._attestations[facts[0]].status, [self._evidence[fact] for fact in facts]
        return text, tie, status, {"value": json, "status": status, "claims": claims, "details": details}

    def _inferred(self, thing: Thing, said: Links) -> list[Members]:
        derivation = Derivation(self._lens.shelf.rules, self._around)
        groups = []
        for iri, values in thing.inferred.items():
            heading = self._headings[iri]
            if heading.property is None:
                continue
            if iri in said:
                stated = said[iri]
                values = [each for each in values if each not in stated or not self._around.accepted(stated[each])]
            if values:
                following = [self._following(derivation, (self._entity, iri, each)) for each in values]
                groups.append((heading, following))
        return _in_order(groups)

    def _following(self, derivation: Derivation, goal: Goal) -> _Placed:
        """What follows, with the facts it follows from."""
        behind = derivation.facts_behind(goal)
        if self._lens.reads_ahead:
            self._lens.read(behind)
        names, headings, evidence = self._names, self._headings, self._evidence
        records = [
            {
                "about": names[subject].json,
                "property": headings[iri].json,
                "value": names[value].json,
                "claim": evidence[fact],
            }
            for fact, (subject, iri, value) in behind.items()
        ]
        json, text, _ = names[goal[2]]
        # The text alone decides where it stands.
        return text, "", ACCEPTED, {"value": json, "follows_from": records}


def _joined(links: Links, more: Iterable[tuple[str, Ends]]) -> Links:
    """Links together with those of some properties."""
    found = dict(links)
    for iri, ends in more:
        there = found.get(iri, {})
        found[iri] = there | {end: [*there.get(end, ()), *facts] for end, facts in ends.items()}
    return found


def _in_order(groups: list[tuple[Heading, list[_Placed]]]) -> list[Members]:
    """Groups of statements in the order in which a reader wants to meet them."""
    for _, statements in groups:
        if len(statements) > 1:
            statements.sort(key=_statement_order)
    if len(groups) > 1:
        groups.sort(key=_group_order)
    return [
        {"property": heading.json, "statements": [statement[3] for statement in statements]}
        for heading, statements in groups
    ]


def _group_order(group: tuple[Heading, list[_Placed]]) -> tuple[bool, int, str, str]:
    heading, statements = group
    if not heading.is_date:
        return heading.order
    many, kind, _, key = heading.order
    return many, kind, statements[0][0], key


def _statement_order(placed: _Placed) -> tuple[int, Natural, str]:
    text, tie, status, _ = placed
    return status_order(status), natural(text), tie


def _texts(terms: Iterable[Node]) -> list[tuple[str, str]]:
    return [(each.language or "", each.value) for each in terms if isinstance(each, Literal)]


def _other_names(thing: Thing, stated: Iterable[Node], labels: set[str]) -> list[Members]:
    """Names that are not labels, those without a language first."""
    found = {*_texts(thing.registered.get(_ALTERNATIVE, ())), *_texts(stated)}
    return [{"text": text, "language": language or None} for language, text in sorted(found) if text not in labels]

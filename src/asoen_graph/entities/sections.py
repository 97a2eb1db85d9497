"""The card of an entity as a page tells it: by the groups of the ontology, and what says the same once.

A card holds what facts say of the entity, what they say of others with it as the value, and what follows. To a reader
these are one: a meeting of a series stands under *has meeting* whether a document says so of the series or of the
meeting. So every statement is read from the entity, under the inverse property or under the inverse label, and what
merely follows from facts that are told already is counted and not repeated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from asoen_graph.entities.aspects import name_in_address
from asoen_graph.entities.backing import Backing, backing
from asoen_graph.entities.cards import ACCEPTED, Claim, EntityCard, FactRecord, PropertyGroup, Statement, Value
from asoen_graph.entities.order import Natural, natural
from asoen_graph.iris import TERM
from asoen_graph.vocabulary import Class, ValueKind, Vocabulary

ClassOf = Callable[[str], Class | None]
"""Slug → class."""
_DISPUTED: Final = "disputed"
_CEASES: Final = TERM + "ceases"
_SYMMETRIC: Final = "SymmetricProperty"
_MANY: Final = 9
"""How many values a line has before it says of what kinds they are, and not all are seen at once."""


@dataclass(frozen=True, slots=True)
class Detail:
    """A property of a relation node with what is said of it."""

    label: str
    key: str
    sayings: tuple[Saying, ...]
    is_date: bool
    is_end: bool
    """Whether it is the date at which something ceases."""

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing more to say of the values than what they are."""
        return all(each.is_plain for each in self.sayings)


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement: what it leads to, and what stands behind it or what it follows from.

    Of a relation node ``heads`` are the entities it relates this one to, and ``details`` the rest.
    """

    heads: tuple[Value, ...]
    status: str
    status_label: str = ""
    node: Value | None = None
    details: tuple[Detail, ...] = ()
    backing: tuple[Backing, ...] = ()
    follows_from: tuple[FactRecord, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether it and its details are accepted without a remark, so that they can be told in one line."""
        said = self.status == ACCEPTED and not any(each.note for each in self.backing)
        return said and all(detail.is_plain for detail in self.details)

    @property
    def evidence(self) -> tuple[object, ...]:
        """What it shares with values that the same passages state in the same way; empty where it stands alone."""
        if self.details or self.node or not self.backing or self.heads[0].kind not in ("entity", "concept"):
            return ()
        return self.status, tuple(replace(each, facts=()) for each in self.backing)

    @property
    def is_disputed(self) -> bool:
        """Whether a document contradicts it."""
        return self.status == _DISPUTED

    @property
    def is_disputed_within(self) -> bool:
        """Whether a document contradicts one of its details."""
        return any(each.is_disputed for detail in self.details for each in detail.sayings)


@dataclass(slots=True)
class Line:
    """Everything under one heading; ``iri`` is the property it is told by, from either of its ends."""

    label: str
    key: str
    iri: str
    is_inward: bool
    is_date: bool = False
    sayings: list[Saying] = field(default_factory=list)
    translations: list[Saying] = field(default_factory=list)
    """Texts in other languages than that of the page, where there are some in that."""
    kinds: tuple[tuple[str, str, int], ...] = ()
    """Key and label of the classes the entities belong to, and how many do, most first, where there are many."""
    listed_by: str = ""
    """What lists call the property by which the entities name this one, if that is how they are all told of."""

    @property
    def is_disputed(self) -> bool:
        """Whether documents contradict each other here."""
        return any(saying.is_disputed for saying in (*self.sayings, *self.translations))


@dataclass(frozen=True, slots=True)
class Section:
    """The lines of a group of the ontology; ``label`` is empty where the ontology has no groups."""

    key: str
    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """A card in sections; ``told`` counts what follows from facts that are shown, by the label of the property."""

    sections: tuple[Section, ...]
    told: tuple[tuple[str, int], ...]

    @property
    def lines(self) -> Iterator[Line]:
        """The lines of all sections."""
        return (line for section in self.sections for line in section.lines)


def tell(card: EntityCard, vocabulary: Vocabulary, language: str, class_of: ClassOf, inward: str) -> Telling:
    """The sections of a card. ``inward`` says how a property without an inverse is read: ``Named as “{label}” of``."""
    return _Teller(vocabulary, language, class_of, inward).tell(card)


class _Teller:
    """A card while it is told."""

    def __init__(self, vocabulary: Vocabulary, language: str, class_of: ClassOf, inward: str) -> None:
        self._vocabulary = vocabulary
        self._language = language
        self._class_of = class_of
        self._inward = inward
        self._lines: dict[tuple[str, bool], Line] = {}
        self._places: dict[tuple[str, str, str], int] = {}
        """Where in its line a statement stands: property, value, status."""

    def tell(self, card: EntityCard) -> Telling:
        for group in card.statements:
            self._add(self._line(group.property.iri, group.property.label), group.statements, group.property.iri)
        for group in card.incoming:
            line = self._inward_line(group)
            if not line.sayings:
                property_ = self._vocabulary.property_of(group.property.iri)
                line.listed_by = name_in_address(property_) if property_ else ""
            self._add(line, group.statements, group.property.iri)
        told = self._infer(card)
        lines = [self._finished(line) for line in self._lines.values()]
        return Telling(self._sections(lines), told)

    def _line(self, iri: str, label: str, *, is_inward: bool = False) -> Line:
        key = iri, is_inward
        if key not in self._lines:
            property_ = self._vocabulary.property_of(iri)
            name = property_.key if property_ else iri
            is_date = property_ is not None and property_.kind is ValueKind.DATE
            self._lines[key] = Line(label, f"of-{name}" if is_inward else name, iri, is_inward, is_date)
        return self._lines[key]

    def _inward_line(self, group: PropertyGroup) -> Line:
        """The line for what points here: that of the inverse property, or one that reads the property backwards."""
        property_ = self._vocabulary.property_of(group.property.iri)
        if property_ is None:
            return self._line(group.property.iri, self._inward.format(label=group.property.label), is_inward=True)
        if _SYMMETRIC in self._vocabulary.characteristics.get(property_.iri, ()):
            return self._line(property_.iri, group.property.label)
        inverse = self._vocabulary.property_of(property_.inverse) if property_.inverse else None
        if inverse is not None:
            return self._line(inverse.iri, inverse.label(self._language))
        label = property_.inverse_labels.get(self._language) or self._inward.format(label=group.property.label)
        return self._line(property_.iri, label, is_inward=True)

    def _add(self, line: Line, statements: Iterable[Statement], iri: str) -> None:
        for statement in statements:
            key = line.iri, statement.value.iri or "", statement.status
            place = self._places.get(key) if statement.value.iri and not statement.details else None
            if place is None:
                self._places[key] = len(line.sayings)
                line.sayings.append(self._saying(statement, iri))
            else:
                # Said of either end.
                before = line.sayings[place]
                line.sayings[place] = replace(before, backing=(*before.backing, *backing(statement.claims)))

    def _saying(self, statement: Statement, iri: str) -> Saying:
        status_label = "" if statement.status == ACCEPTED else statement.claims[0].status_label
        if not statement.details:
            return Saying((statement.value,), statement.status, status_label, backing=backing(statement.claims))
        class_ = self._class_of(statement.value.key or "")
        keys = class_.key_properties if class_ else ()
        # What else identifies the node is where it leads; the way back is no detail of it.
        leading = [
            each
            for group in statement.details
            if group.property.iri in keys and group.property.iri != iri
            for each in group.statements
            if each.value.kind in ("entity", "concept")
        ]
        heads = [each.value for each in leading]
        status = statement.status
        doubtful = [each for each in leading if each.status != ACCEPTED]
        if status == ACCEPTED and doubtful:
            status, status_label = doubtful[0].status, doubtful[0].claims[0].status_label
        details = tuple(
            self._detail(group)
            for group in statement.details
            if not all(each.value in heads and each.status == ACCEPTED for each in group.statements)
        )
        saying = Saying(
            tuple(heads) or (statement.value,),
            status,
            status_label,
            node=statement.value,
            details=details,
            backing=backing(statement.claims),
        )
        if not saying.is_plain:
            return saying
        # What one passage says of the node is shown as one; the fact that leads to the node comes first.
        within = [claim for group in statement.details for each in group.statements for claim in each.claims]
        distinct = {claim.fact: claim for claim in (*statement.claims, *within)}
        return replace(saying, backing=backing(distinct.values()))

    def _detail(self, group: PropertyGroup) -> Detail:
        property_ = self._vocabulary.property_of(group.property.iri)
        spoken = [each for each in group.statements if each.value.language in (None, self._language)]
        is_date = property_ is not None and property_.kind is ValueKind.DATE
        is_end = property_ is not None and _CEASES in property_.parents
        sayings = tuple(self._saying(each, group.property.iri) for each in spoken or group.statements)
        return Detail(group.property.label, group.property.key, sayings, is_date, is_end)

    def _infer(self, card: EntityCard) -> tuple[tuple[str, int], ...]:
        """Add what follows and is not told yet; the rest is counted."""
        facts = {claim.fact for claim in _claims((*card.statements, *card.incoming))}
        shown = {value.iri for line in self._lines.values() for saying in line.sayings for value in _named(saying)}
        told: Counter[str] = Counter()
        for group in card.inferred:
            for each in group.statements:
                is_known = each.value.iri is None or each.value.iri in shown
                if is_known and all(record.claim.fact in facts for record in each.follows_from):
                    if each.value.iri is not None:
                        told[group.property.label] += 1
                    continue
                line = self._line(group.property.iri, group.property.label)
                if (line.iri, each.value.iri or "", ACCEPTED) not in self._places or each.value.iri is None:
                    line.sayings.append(Saying((each.value,), ACCEPTED, follows_from=each.follows_from))
        return tuple(told.most_common())

    def _finished(self, line: Line) -> Line:
        spoken = [each for each in line.sayings if each.heads[0].language in (None, self._language)]
        if spoken and len(spoken) < len(line.sayings):
            line.translations = [each for each in line.sayings if each not in spoken]
            line.sayings = spoken
        kinds = [self._kind(saying) for saying in line.sayings] if len(line.sayings) >= _MANY else []
        classes = {each.iri: each for each in kinds if each is not None}
        if classes:
            counts = Counter(each.iri for each in kinds if each is not None)
            # Entities before relation nodes, which are told elsewhere too.
            ordered = sorted(classes.values(), key=lambda each: (each.is_relation, -counts[each.iri], each.key))
            line.kinds = tuple((each.key, each.label(self._language), counts[each.iri]) for each in ordered)
            ranks = {each.iri: rank for rank, each in enumerate(ordered)}
            line.sayings.sort(key=lambda saying: self._by_kind(saying, ranks))
        if len(line.sayings) >= _MANY:
            # What is disputed must not be in what is folded away.
            line.sayings.sort(key=lambda saying: not saying.is_disputed)
        return line

    def _by_kind(self, saying: Saying, ranks: Mapping[str, int]) -> tuple[int, Natural]:
        class_ = self._kind(saying)
        return ranks[class_.iri] if class_ else len(ranks), natural(saying.heads[0].text)

    def _place(self, line: Line) -> tuple[bool, int]:
        property_ = self._vocabulary.property_of(line.iri)
        return line.is_inward, property_.order if property_ else 0

    def _kind(self, saying: Saying) -> Class | None:
        thing = saying.node or saying.heads[0]
        return self._class_of(thing.key or "") if thing.kind == "entity" else None

    def _sections(self, lines: Sequence[Line]) -> tuple[Section, ...]:
        groups = self._vocabulary.groups
        found: dict[str, list[Line]] = {iri: [] for iri in (*groups, "")}
        for line in lines:
            property_ = self._vocabulary.property_of(line.iri)
            group = property_.group if property_ and property_.group in groups else None
            found[group or ""].append(line)
        return tuple(
            Section(
                groups[iri].key if iri else "other",
                groups[iri].label(self._language) if iri else "",
                # What is said of the entity itself, then what is said of others.
                tuple(sorted(within, key=self._place)),
            )
            for iri, within in found.items()
            if within
        )


def _claims(groups: Iterable[PropertyGroup]) -> Iterator[Claim]:
    for group in groups:
        for statement in group.statements:
            yield from statement.claims
            yield from _claims(statement.details)


def _named(saying: Saying) -> Iterator[Value]:
    yield from saying.heads
    for detail in saying.details:
        for each in detail.sayings:
            yield from each.heads


def alike(sayings: Iterable[Saying], are_sorted: bool = False) -> list[tuple[Saying, ...]]:
    """The statements in their order, save that those with the same evidence are together where the first of them is.

    Where the order says something only neighbours are put together.
    """
    found: dict[object, list[Saying]] = {}
    before, run = None, 0
    for number, each in enumerate(sayings):
        evidence = each.evidence or number
        if are_sorted and evidence != before:
            before, run = evidence, number
        found.setdefault((evidence, run), []).append(each)
    return [tuple(group) for group in found.values()]


def neighbours(telling: Telling, most: int) -> tuple[tuple[Value, int], ...]:
    """The entities most passages name together with this one, with how many do; one is too few."""
    counts: Counter[Value] = Counter()
    for line in telling.lines:
        for saying in line.sayings:
            for each in (saying, *(each for detail in saying.details for each in detail.sayings)):
                if each.status == ACCEPTED:
                    named = {head for head in each.heads if head.kind == "entity" and head != saying.node}
                    counts.update(dict.fromkeys(named, max(1, len(each.backing))))
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], natural(pair[0].text)))
    return tuple((value, count) for value, count in ordered[:most] if count > 1)

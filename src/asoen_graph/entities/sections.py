"""The card of an entity as a page tells it: by the groups of the ontology, and what says the same once.

A card holds what facts say of the entity, what they say of others with it as the value, and what follows. To a reader
these are one: a meeting of a series stands under *has meeting* whether a document says so of the series or of the
meeting. So every statement is read from the entity, under the inverse property or under the inverse label, and what
merely follows from facts that are told already is counted and not repeated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from asoen_graph.entities.backing import Backing, backing
from asoen_graph.entities.cards import ACCEPTED, Claim, EntityCard, FactRecord, PropertyGroup, Statement, Value
from asoen_graph.entities.order import natural
from asoen_graph.vocabulary import Class, Property, ValueKind, Vocabulary

ClassOf = Callable[[str], Class | None]
"""Slug → class."""
_DISPUTED: Final = "disputed"
_SYMMETRIC: Final = "SymmetricProperty"
_KINDS_FROM: Final = 9
"""How many entities a line names before it says of what kinds they are."""


@dataclass(frozen=True, slots=True)
class Detail:
    """A property of a relation node with its values; ``statuses`` are the labels of those that are not accepted."""

    label: str
    key: str
    values: tuple[Value, ...]
    statuses: tuple[str, ...]
    is_date: bool


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
    kinds: tuple[tuple[str, int], ...] = ()
    """How many of the entities belong to which class, most first, where there are many."""

    @property
    def is_disputed(self) -> bool:
        """Whether documents contradict each other here."""
        return any(saying.status == _DISPUTED for saying in (*self.sayings, *self.translations))


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
            self._add(self._inward_line(group), group.statements, group.property.iri)
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
        heads = [
            each.value
            for group in statement.details
            if group.property.iri in keys and group.property.iri != iri
            for each in group.statements
            if each.value.kind in ("entity", "concept")
        ]
        details = tuple(
            self._detail(group)
            for group in statement.details
            if not all(each.value in heads for each in group.statements)
        )
        within = [claim for group in statement.details for each in group.statements for claim in each.claims]
        # Each fact once; the one that leads to the node first.
        distinct = {claim.fact: claim for claim in (*statement.claims, *within)}
        return Saying(
            tuple(heads) or (statement.value,),
            statement.status,
            status_label,
            node=statement.value,
            details=details,
            backing=backing(distinct.values()),
        )

    def _detail(self, group: PropertyGroup) -> Detail:
        property_ = self._vocabulary.property_of(group.property.iri)
        statements = group.statements
        spoken = [each for each in statements if each.value.language in (None, self._language)]
        shown = spoken or list(statements)
        labels = ["" if each.status == ACCEPTED else each.claims[0].status_label for each in shown]
        is_date = property_ is not None and property_.kind is ValueKind.DATE
        values = tuple(each.value for each in shown)
        return Detail(group.property.label, group.property.key, values, tuple(labels), is_date)

    def _infer(self, card: EntityCard) -> tuple[tuple[str, int], ...]:
        """Add what follows and is not told yet; the rest is counted."""
        facts = {claim.fact for claim in _claims((*card.statements, *card.incoming))}
        shown = {value.iri for line in self._lines.values() for saying in line.sayings for value in _named(saying)}
        told: Counter[str] = Counter()
        for group in card.inferred:
            for each in group.statements:
                is_known = each.value.iri is None or each.value.iri in shown
                if is_known and all(record.claim.fact in facts for record in each.follows_from):
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
        kinds = Counter(
            class_.label(self._language)
            for saying in line.sayings
            for head in saying.heads[:1]
            if head.kind == "entity" and (class_ := self._class_of(head.key or "")) is not None
        )
        if len(line.sayings) >= _KINDS_FROM and len(kinds) > 1:
            line.kinds = tuple(kinds.most_common())
            line.sayings.sort(key=lambda saying: self._by_kind(saying, kinds))
        return line

    def _by_kind(self, saying: Saying, kinds: Counter[str]) -> tuple[int, str, object]:
        head = saying.heads[0]
        class_ = self._class_of(head.key or "") if head.kind == "entity" else None
        label = class_.label(self._language) if class_ else ""
        return -kinds[label], label, natural(head.text)

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
                tuple(sorted(within, key=lambda line: line.is_inward)),
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
        yield from detail.values


def neighbours(telling: Telling, most: int) -> tuple[tuple[Value, int], ...]:
    """The entities most statements name, with how many do; those named once are no neighbours."""
    counts: Counter[Value] = Counter()
    for line in telling.lines:
        for saying in line.sayings:
            if saying.status == ACCEPTED:
                counts.update({value for value in _named(saying) if value.kind == "entity"})
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], natural(pair[0].text)))
    return tuple((value, count) for value, count in ordered[:most] if count > 1)

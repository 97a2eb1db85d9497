"""What changed between two releases, as a page: in short, what is new and gone by name, then fact by fact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from asoen_graph.diff import Comparison, EntityChanges
from asoen_graph.entities.cards import Value
from asoen_graph.entities.literals import spoken
from asoen_graph.iris import FACT, ONTOLOGY, TERM
from asoen_graph.ledger import Document, Entity, Fact, Ledger
from asoen_graph.server.forms import HTML, content_type
from asoen_graph.server.library import Library
from asoen_graph.server.messages import Reply
from asoen_graph.server.operations.framing import framing
from asoen_graph.server.pages import grouped
from asoen_graph.server.question import Question
from asoen_graph.vocabulary import Vocabulary

ENTITIES: Final = 40
"""So many entities stand on a page with what changed of them."""
_COUNTED: Final = ("entities", "relations", "facts", "sources", "default_graph")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two releases, and where its pages begin: nowhere for the one that is served."""

    ledger: Ledger
    version: str
    root: str


@dataclass(frozen=True, slots=True)
class Line:
    """One fact as it was or is. ``address`` is where it stands in its release."""

    mark: str
    """``added``, ``removed``, ``changed`` or ``restated``."""
    property: str
    property_address: str
    before: str
    """What it said before, where it says something else now."""
    value: str
    value_address: str
    is_disputed: bool
    status: str
    """What is to say of its status, where it is another now or not accepted."""
    address: str
    sources: tuple[tuple[str, str], ...]
    """Address and title."""
    place: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An entity with everything that changed of it."""

    slug: str
    label: str
    address: str
    is_new: bool
    is_gone: bool
    kind: str
    reclassified: tuple[str, str] | None
    relabelled: Sequence[tuple[str, str, str]]
    names_added: Sequence[str]
    names_removed: Sequence[str]
    lines: tuple[Line, ...]


def page(library: Library, arguments: Mapping[str, Any], found: Comparison) -> Reply:
    """The page. Arguments: ``page`` (of the entities, from 1), ``span``, ``roots`` (old and new), ``language``."""
    language = arguments["language"]
    old = Side(found.old, found.old_version, arguments["roots"][0])
    new = Side(found.new, found.new_version, arguments["roots"][1])
    writer = _Writer(library.vocabulary, old, new, language)
    changes = found.changes
    begin = max(0, arguments["page"] - 1) * ENTITIES
    shown = changes.entities[begin : begin + ENTITIES]
    question = Question(f"/changes/{arguments['span']}", {"lang": language})
    body = library.pages.render(
        "changes",
        language,
        **framing(library, arguments),
        old=old,
        new=new,
        counts=[(name, getattr(found.old_counts, name), getattr(found.new_counts, name)) for name in _COUNTED],
        is_same=found.is_same,
        is_empty=changes.is_empty,
        entities_added=writer.kinds(changes.entities_added, new),
        entities_removed=writer.kinds(changes.entities_removed, old),
        sources=[
            (name, writer.documents(getattr(changes, f"sources_{name}"), side))
            for name, side in (("added", new), ("removed", old), ("changed", new))
        ],
        facts={
            "added": sum(len(each.added) for each in changes.entities),
            "removed": sum(len(each.removed) for each in changes.entities),
            "changed": sum(len(each.revalued) + len(each.restated) for each in changes.entities),
        },
        entries=[writer.entry(each) for each in shown],
        total=len(changes.entities),
        first=begin + 1,
        question=question,
        prev=question.asking(page=str(arguments["page"] - 1)) if begin else "",
        next=question.asking(page=str(arguments["page"] + 1)) if begin + ENTITIES < len(changes.entities) else "",
        number=partial(grouped, language=language),
        forms=[(suffix, f"/changes/{arguments['span']}.{suffix}") for suffix in ("txt", "json", "rdfp")],
    )
    return Reply(200, {"Content-Type": content_type(HTML.media_type), "Content-Language": language}, body)


class _Writer:
    def __init__(self, vocabulary: Vocabulary, old: Side, new: Side, language: str) -> None:
        self._old, self._new, self._language = old, new, language
        self._units = {key: each.label(language) for key, each in vocabulary.values_of(TERM + "LocatorUnit").items()}

    def kinds(self, entities: Sequence[Entity], side: Side) -> list[tuple[str, bool, list[tuple[str, str]]]]:
        """The entities by class: its label, whether it is one of relation nodes, and address and label of each."""
        ordered = sorted(entities, key=lambda each: each.class_key)
        found = []
        for key, members in groupby(ordered, key=lambda each: each.class_key):
            named = [(self._address("id", each.slug, side), each.label(self._language)) for each in members]
            label = side.ledger.class_label(key, self._language)
            found.append((label, side.ledger.is_relation(key), sorted(named, key=lambda pair: pair[1].casefold())))
        return sorted(found, key=lambda kind: (kind[1], -len(kind[2]), kind[0]))

    def documents(self, documents: Sequence[Document], side: Side) -> list[tuple[str, str]]:
        """Address and title of each document."""
        return [(self._address("source", each.slug, side), each.title(self._language)) for each in documents]

    def entry(self, changes: EntityChanges) -> Entry:
        """What changed of an entity."""
        before, after = (side.ledger.entities.get(changes.slug) for side in (self._old, self._new))
        entity, side = (after, self._new) if after is not None else (before, self._old)
        kinds = changes.reclassified
        return Entry(
            slug=changes.slug,
            label=entity.label(self._language) if entity is not None else changes.slug,
            address=self._address("id", changes.slug, side) if entity is not None else "",
            is_new=before is None,
            is_gone=after is None,
            kind=side.ledger.class_label(entity.class_key, self._language) if entity is not None else "",
            reclassified=(
                self._old.ledger.class_label(kinds[0], self._language),
                self._new.ledger.class_label(kinds[1], self._language),
            )
            if kinds is not None
            else None,
            relabelled=changes.relabelled,
            names_added=changes.names_added,
            names_removed=changes.names_removed,
            lines=(
                *(self._line("removed", each, self._old) for each in changes.removed),
                *(self._line("changed", now, self._new, was) for was, now in changes.revalued),
                *(self._line("restated", now, self._new, was) for was, now in changes.restated),
                *(self._line("added", each, self._new) for each in changes.added),
            ),
        )

    def _line(self, mark: str, fact: Fact, side: Side, before: Fact | None = None) -> Line:
        ledger, language = side.ledger, self._language
        return Line(
            mark=mark,
            property=ledger.property_label(fact.property, language),
            property_address=f"/ontology?lang={language}#{fact.property.removeprefix(TERM)}"
            if fact.property.startswith(ONTOLOGY)
            else "",
            before=self._text(before, self._old) if before is not None and mark == "changed" else "",
            value=self._text(fact, side),
            value_address=self._value_address(fact, side),
            is_disputed=fact.status == "disputed",
            status=self._status(fact, before if mark == "restated" else None),
            address=f"{side.root}/fact/{fact.iri.removeprefix(FACT)}.html?lang={language}",
            sources=tuple(
                (self._address("source", slug, side), ledger.documents[slug].title(language))
                for slug in fact.sources
                if slug in ledger.documents
            ),
            place=self._place(fact.locator),
        )

    def _text(self, fact: Fact, side: Side) -> str:
        text, value = side.ledger.text(fact.value, self._language), fact.value
        if isinstance(value, Literal):
            text = spoken(Value("literal", text, datatype=value.datatype.value), self._language)
        return f"{text} ({fact.when})" if fact.when else text

    def _value_address(self, fact: Fact, side: Side) -> str:
        if not isinstance(fact.value, NamedNode):
            return ""
        slug = fact.value.value.rpartition("/id/")[2]
        return self._address("id", slug, side) if slug in side.ledger.entities else ""

    def _status(self, fact: Fact, before: Fact | None) -> str:
        label = self._new.ledger.status_label
        if before is not None and before.status != fact.status:
            return f"{label(before.status, self._language)} → {label(fact.status, self._language)}"
        note = fact.notes.get(self._language) or next(iter(fact.notes.values()), "")
        if before is not None:
            return note
        return "" if fact.status == "accepted" else label(fact.status, self._language)

    def _place(self, locator: str) -> str:
        parts = [part.partition(" ") for part in locator.split(", ")] if locator else []
        return ", ".join(f"{self._units.get(unit, unit)}{space}{number}" for unit, space, number in parts)

    def _address(self, kind: str, slug: str, side: Side) -> str:
        return f"{side.root}/{kind}/{slug}.html?lang={self._language}"

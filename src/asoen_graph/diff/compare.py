"""The difference between two releases by entity: what was added, removed, changed in value or in status."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from asoen_graph.ledger import Document, Entity, Fact, Ledger
from asoen_graph.release import QUADS_FILE, Counts, Manifest, Release

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class EntityChanges:
    """What changed of one entity. Pairs hold the old and the new.

    ``revalued`` are facts that stand in the same place of the same document and now say something else, or of another
    time;
    ``relabelled`` holds language, old label and new label, an empty string for none.
    """

    slug: str
    added: tuple[Fact, ...]
    removed: tuple[Fact, ...]
    revalued: tuple[tuple[Fact, Fact], ...]
    restated: tuple[tuple[Fact, Fact], ...]
    """Facts whose status or note is another now."""
    reclassified: tuple[str, str] | None
    """The keys of the old and the new class, where they are not the same."""
    relabelled: tuple[tuple[str, str, str], ...]
    names_added: tuple[str, ...]
    names_removed: tuple[str, ...]
    """Other names than the label."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed of it."""
        return not any((self.added, self.removed, self.revalued, self.restated, self.reclassified, self.relabelled,
                        self.names_added, self.names_removed))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that changed between two releases; entities and sources are sorted by slug."""

    entities_added: tuple[Entity, ...]
    entities_removed: tuple[Entity, ...]
    sources_added: tuple[Document, ...]
    sources_removed: tuple[Document, ...]
    sources_changed: tuple[Document, ...]
    """Documents of which something else is said now, as they are now."""
    entities: tuple[EntityChanges, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the two releases say the same."""
        return not any((self.entities_added, self.entities_removed, self.sources_added, self.sources_removed,
                        self.sources_changed, self.entities))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two releases beside each other."""

    old: Ledger
    new: Ledger
    old_version: str
    new_version: str
    old_counts: Counts
    new_counts: Counts
    changes: Changes
    is_same: bool
    """Whether the quads are the same, those of the ontology and of inference included."""


def compare(old: Release, new: Release) -> Comparison:
    """Compare two releases."""
    before, after = (Ledger(each.store(), each.vocabulary) for each in (old, new))
    return comparison_of(old.manifest, before, new.manifest, after)


def comparison_of(old: Manifest, before: Ledger, new: Manifest, after: Ledger) -> Comparison:
    """Compare two releases that are read already."""
    return Comparison(
        old=before,
        new=after,
        old_version=old.version,
        new_version=new.version,
        old_counts=old.counts,
        new_counts=new.counts,
        changes=changes_between(before, after),
        is_same=old.files[QUADS_FILE] == new.files[QUADS_FILE],
    )


def changes_between(before: Ledger, after: Ledger) -> Changes:
    """What is in one ledger and not, or otherwise, in the other."""
    return Changes(
        entities_added=tuple(_missing(after.entities, before.entities)),
        entities_removed=tuple(_missing(before.entities, after.entities)),
        sources_added=tuple(_missing(after.documents, before.documents)),
        sources_removed=tuple(_missing(before.documents, after.documents)),
        sources_changed=tuple(
            document
            for slug, document in after.documents.items()
            if slug in before.documents and before.documents[slug] != document
        ),
        entities=tuple(_entities(before, after)),
    )


def _missing(there: Mapping[str, Thing], elsewhere: Mapping[str, Thing]) -> Iterable[Thing]:
    return (thing for name, thing in there.items() if name not in elsewhere)


def _entities(before: Ledger, after: Ledger) -> Iterable[EntityChanges]:
    added = _by_subject(_missing(after.facts, before.facts))
    removed = _by_subject(_missing(before.facts, after.facts))
    restated: dict[str, list[tuple[Fact, Fact]]] = {}
    for iri, fact in after.facts.items():
        earlier = before.facts.get(iri)
        if earlier is not None and (earlier.status, earlier.notes) != (fact.status, fact.notes):
            restated.setdefault(fact.subject, []).append((earlier, fact))
    for slug in sorted({*added, *removed, *restated, *before.entities, *after.entities}):
        revalued = _pairs(removed.get(slug, []), added.get(slug, []))
        said = {fact.iri for pair in revalued for fact in pair}
        names = [set(each.names) if each is not None else set() for each in _both(before, after, slug)]
        found = EntityChanges(
            slug=slug,
            added=tuple(fact for fact in added.get(slug, []) if fact.iri not in said),
            removed=tuple(fact for fact in removed.get(slug, []) if fact.iri not in said),
            revalued=tuple(revalued),
            restated=tuple(sorted(restated.get(slug, []), key=lambda pair: _order(pair[1]))),
            reclassified=_reclassified(*_both(before, after, slug)),
            relabelled=tuple(_relabelled(*_both(before, after, slug))),
            names_added=tuple(sorted(names[1] - names[0])),
            names_removed=tuple(sorted(names[0] - names[1])),
        )
        if not found.is_empty:
            yield found


def _both(before: Ledger, after: Ledger, slug: str) -> tuple[Entity | None, Entity | None]:
    return before.entities.get(slug), after.entities.get(slug)


def _by_subject(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = {}
    for fact in sorted(facts, key=_order):
        found.setdefault(fact.subject, []).append(fact)
    return found


def _order(fact: Fact) -> tuple[str, str, str]:
    return fact.property, str(fact.value), fact.iri


def _pairs(removed: list[Fact], added: list[Fact]) -> list[tuple[Fact, Fact]]:
    """The facts that gave way to another of the same property in the same place, where there is just one of each."""
    gone, come = _by_place(removed), _by_place(added)
    return [
        (gone[place][0], come[place][0])
        for place in sorted(gone.keys() & come.keys())
        if len(gone[place]) == len(come[place]) == 1
    ]


def _by_place(facts: Iterable[Fact]) -> dict[tuple[str, tuple[str, ...], str], list[Fact]]:
    found: dict[tuple[str, tuple[str, ...], str], list[Fact]] = {}
    for fact in facts:
        found.setdefault((fact.property, fact.sources, fact.locator), []).append(fact)
    return found


def _reclassified(old: Entity | None, new: Entity | None) -> tuple[str, str] | None:
    if old is None or new is None or old.class_key == new.class_key:
        return None
    return old.class_key, new.class_key


def _relabelled(old: Entity | None, new: Entity | None) -> Iterable[tuple[str, str, str]]:
    """Changes of labels of an entity that is in both."""
    if old is None or new is None:
        return
    for language in sorted({*old.labels, *new.labels}):
        before, after = old.labels.get(language, ""), new.labels.get(language, "")
        if before != after:
            yield language, before, after

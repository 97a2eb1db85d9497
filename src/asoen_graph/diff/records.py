"""The difference between two releases as plain values, for JSON: in full, and in short for a feed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from asoen_graph.diff.compare import Comparison, EntityChanges
from asoen_graph.ledger import Document, Entity, Fact, Ledger

LANGUAGES: Final = ("en", "vi")
MOST_LISTED: Final = 20
"""How many things of a kind a digest names; it counts them all."""

_COUNTED: Final = ("entities", "relations", "facts", "sources", "default_graph")


def records(found: Comparison, language: str) -> dict[str, Any]:
    """Everything that changed, with labels in a language; values and keys as in the API."""
    changes = found.changes
    return {
        **_head(found),
        "entities_added": [_entity(each, language) for each in changes.entities_added],
        "entities_removed": [_entity(each, language) for each in changes.entities_removed],
        "sources_added": [_document(each, language) for each in changes.sources_added],
        "sources_removed": [_document(each, language) for each in changes.sources_removed],
        "sources_changed": [_document(each, language) for each in changes.sources_changed],
        "entities_changed": [_changes(found, each, language) for each in changes.entities],
    }


def digest(found: Comparison) -> dict[str, Any]:
    """How much changed, and what is new or gone by name in both languages; of relation nodes only their number."""
    changes = found.changes
    before, after = set(found.old.entities), set(found.new.entities)
    changed = [each.slug for each in changes.entities if each.slug in before & after]
    return {
        **_head(found),
        "entities_added": _named(found.new, changes.entities_added),
        "entities_removed": _named(found.old, changes.entities_removed),
        "entities_changed": _named(found.new, [found.new.entities[slug] for slug in changed]),
        "sources_added": _titled(changes.sources_added),
        "sources_removed": _titled(changes.sources_removed),
        "sources_changed": _titled(changes.sources_changed),
        "facts_added": sum(len(each.added) for each in changes.entities),
        "facts_removed": sum(len(each.removed) for each in changes.entities),
        "facts_changed": sum(len(each.revalued) + len(each.restated) for each in changes.entities),
    }


def _head(found: Comparison) -> dict[str, Any]:
    counts = {name: [getattr(each, name) for each in (found.old_counts, found.new_counts)] for name in _COUNTED}
    return {"from": found.old_version, "to": found.new_version, "same": found.is_same, "counts": counts}


def _named(ledger: Ledger, entities: Iterable[Entity]) -> dict[str, Any]:
    everyone = list(entities)
    own = [each for each in everyone if not ledger.is_relation(each.class_key)]
    listed = [{"slug": each.slug, "label": {tag: each.label(tag) for tag in LANGUAGES}} for each in own[:MOST_LISTED]]
    return {"total": len(own), "relations": len(everyone) - len(own), "items": listed}


def _titled(documents: Sequence[Document]) -> dict[str, Any]:
    listed = [{"slug": d.slug, "label": {tag: d.title(tag) for tag in LANGUAGES}} for d in documents[:MOST_LISTED]]
    return {"total": len(documents), "items": listed}


def _entity(entity: Entity, language: str) -> dict[str, str]:
    return {"slug": entity.slug, "class": entity.class_key, "label": entity.label(language)}


def _document(document: Document, language: str) -> dict[str, str]:
    return {"slug": document.slug, "title": document.title(language)}


def _changes(found: Comparison, changes: EntityChanges, language: str) -> dict[str, Any]:
    old, new = found.old, found.new
    entity = new.entities.get(changes.slug) or old.entities.get(changes.slug)
    said: dict[str, Any] = {
        "added": [_fact(new, fact, language) for fact in changes.added],
        "removed": [_fact(old, fact, language) for fact in changes.removed],
        "changed": [
            {"from": _fact(old, before, language), "to": _fact(new, after, language)}
            for before, after in (*changes.revalued, *changes.restated)
        ],
        "class": changes.reclassified and {"from": changes.reclassified[0], "to": changes.reclassified[1]},
        "labels": [{"language": tag, "from": was, "to": became} for tag, was, became in changes.relabelled],
        "names_added": list(changes.names_added),
        "names_removed": list(changes.names_removed),
    }
    label = entity.label(language) if entity is not None else changes.slug
    return {"slug": changes.slug, "label": label} | {name: value for name, value in said.items() if value}


def _fact(ledger: Ledger, fact: Fact, language: str) -> dict[str, Any]:
    return {
        "fact": fact.iri,
        "property": ledger.property_label(fact.property, language),
        "property_iri": fact.property,
        "value": ledger.text(fact.value, language),
        "when": fact.when,
        "status": fact.status,
        "sources": list(fact.sources),
        "locator": fact.locator,
        "notes": dict(fact.notes),
    }

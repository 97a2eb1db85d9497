"""The difference between two releases as text for people, in English or Vietnamese."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from asoen_graph.diff.compare import Comparison, EntityChanges
from asoen_graph.evidence import choose
from asoen_graph.ledger import Fact, Ledger

_WORDS: Final = {
    "none": {"en": "Nothing changed.", "vi": "Không có gì thay đổi."},
    "otherwise": {
        "en": "No fact, name or source changed; the ontology, what is inferred or a redirect did.",
        "vi": "Không dữ kiện, tên gọi hay nguồn nào thay đổi; chỉ bản thể học, phần suy ra hoặc chuyển hướng.",
    },
    "counts": {"en": "Counts", "vi": "Số lượng"},
    "entities": {"en": "entities", "vi": "thực thể"},
    "relations": {"en": "relation nodes", "vi": "nút quan hệ"},
    "facts": {"en": "facts", "vi": "dữ kiện"},
    "sources": {"en": "sources", "vi": "nguồn"},
    "default_graph": {"en": "triples of the default graph", "vi": "bộ ba của đồ thị mặc định"},
    "sources_added": {"en": "Sources added", "vi": "Nguồn được thêm"},
    "sources_removed": {"en": "Sources removed", "vi": "Nguồn bị bỏ"},
    "sources_changed": {"en": "Sources described otherwise", "vi": "Nguồn có mô tả thay đổi"},
    "name": {"en": "other name", "vi": "tên khác"},
    "note": {"en": "note", "vi": "ghi chú"},
    "entities_added": {"en": "Entities added", "vi": "Thực thể được thêm"},
    "entities_removed": {"en": "Entities removed", "vi": "Thực thể bị bỏ"},
    "changes": {"en": "Facts and labels by entity", "vi": "Dữ kiện và nhãn theo thực thể"},
    "class": {"en": "class", "vi": "lớp"},
    "label": {"en": "label", "vi": "nhãn"},
    "nothing": {"en": "none", "vi": "không có"},
}
_COUNTED: Final = ("entities", "relations", "facts", "sources", "default_graph")


def write_changes(found: Comparison, language: str) -> str:
    """The text: counts, sources, entities, then each entity with ``+`` added, ``-`` removed, ``~`` changed."""
    lines = [f"{found.old_version} → {found.new_version}", "", *_counts(found, language)]
    changes = found.changes
    if changes.is_empty:
        return "\n".join([*lines, "", _say("none" if found.is_same else "otherwise", language), ""])
    for name in ("sources_added", "sources_removed", "sources_changed"):
        documents = getattr(changes, name)
        lines += _list(name, language, (f"{each.slug}  {each.title(language)}" for each in documents))
    for name, ledger in (("entities_added", found.new), ("entities_removed", found.old)):
        entities = getattr(changes, name)
        kinds = (ledger.class_label(each.class_key, language) for each in entities)
        rows = (f"{each.slug}  {each.label(language)} ({kind})" for each, kind in zip(entities, kinds, strict=True))
        lines += _list(name, language, rows)
    if changes.entities:
        lines += ["", _say("changes", language)]
    for each in changes.entities:
        lines += ["", *_entity(found, each, language)]
    return "\n".join([*lines, ""])


def _counts(found: Comparison, language: str) -> Iterator[str]:
    yield _say("counts", language)
    for name in _COUNTED:
        old, new = getattr(found.old_counts, name), getattr(found.new_counts, name)
        yield f"  {_say(name, language)}: {old:,} → {new:,} ({new - old:+,})"


def _list(name: str, language: str, rows: Iterable[str]) -> list[str]:
    shown = [f"  {row}" for row in rows]
    return ["", f"{_say(name, language)} ({len(shown)})", *shown] if shown else []


def _entity(found: Comparison, changes: EntityChanges, language: str) -> Iterator[str]:
    old, new = found.old, found.new
    entity = new.entities.get(changes.slug) or old.entities.get(changes.slug)
    yield f"{changes.slug}  {entity.label(language)}" if entity is not None else changes.slug
    if changes.reclassified is not None:
        was, became = changes.reclassified
        yield f"  ~ {_say('class', language)}: {old.class_label(was, language)} → {new.class_label(became, language)}"
    for tag, before, after in changes.relabelled:
        nothing = _say("nothing", language)
        yield f"  ~ {_say('label', language)} ({tag or '–'}): {before or nothing} → {after or nothing}"
    yield from (f"  - {_say('name', language)}: {name}" for name in changes.names_removed)
    yield from (f"  + {_say('name', language)}: {name}" for name in changes.names_added)
    for fact in changes.removed:
        yield f"  - {_property(old, fact, language)}: {_value(old, fact, language)}{_evidence(old, fact, language)}"
    for fact in changes.added:
        yield f"  + {_property(new, fact, language)}: {_value(new, fact, language)}{_evidence(new, fact, language)}"
    for earlier, fact in changes.revalued:
        values = f"{_value(old, earlier, language)} → {_value(new, fact, language)}"
        yield f"  ~ {_property(new, fact, language)}: {values}{_evidence(new, fact, language)}"
    for earlier, fact in changes.restated:
        change = _restated(new, earlier, fact, language)
        yield f"  ~ {_property(new, fact, language)}: {_value(new, fact, language)}: {change}"


def _restated(ledger: Ledger, earlier: Fact, fact: Fact, language: str) -> str:
    """The old and the new status, or the note in each language in which only that is another."""
    if earlier.status != fact.status:
        statuses = f"{ledger.status_label(earlier.status, language)} → {ledger.status_label(fact.status, language)}"
        return f"{statuses} ({choose(fact.notes, language)})" if fact.notes else statuses
    nothing = _say("nothing", language)
    pairs = ((tag, earlier.notes.get(tag), fact.notes.get(tag)) for tag in sorted({*earlier.notes, *fact.notes}))
    return "; ".join(
        f"{_say('note', language)} ({tag or '–'}): {before or nothing} → {after or nothing}"
        for tag, before, after in pairs
        if before != after
    )


def _property(ledger: Ledger, fact: Fact, language: str) -> str:
    return ledger.property_label(fact.property, language)


def _value(ledger: Ledger, fact: Fact, language: str) -> str:
    value = ledger.text(fact.value, language)
    return f"{value} ({fact.when})" if fact.when else value


def _evidence(ledger: Ledger, fact: Fact, language: str) -> str:
    status = "" if fact.status == "accepted" else f"; {ledger.status_label(fact.status, language)}"
    place = ", ".join(filter(None, (" + ".join(fact.sources), fact.locator)))
    return f"  [{place}{status}]"


def _say(word: str, language: str) -> str:
    return _WORDS[word][language]

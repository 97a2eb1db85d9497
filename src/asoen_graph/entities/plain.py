"""Cards as plain text for a terminal: every statement on a line of its own, its evidence below it.

Evidence is written short, ``[status] source, locator · path:line``; the sources are cited in full at the end.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import Final

from asoen_graph.entities.cards import (
    Claim,
    EntityCard,
    FactRecord,
    InferredGroup,
    PropertyGroup,
    SourceCard,
    Statement,
    Value,
)

_WORDS: Final = {
    "en": {
        "also": "also",
        "facts": "Facts",
        "incoming": "Facts about others that name it",
        "inferred": "What follows",
        "follows": "from",
        "sources": "Sources",
        "nothing": "No facts.",
        "line": "line",
    },
    "vi": {
        "also": "còn gọi là",
        "facts": "Dữ kiện",
        "incoming": "Dữ kiện về đối tượng khác có nhắc đến",
        "inferred": "Suy ra",
        "follows": "từ",
        "sources": "Nguồn",
        "nothing": "Không có dữ kiện.",
        "line": "dòng",
    },
}


def write_entity(card: EntityCard, language: str = "en", width: int = 100) -> str:
    """The card of an entity as text, lines no longer than ``width`` where words allow."""
    words = _WORDS.get(language, _WORDS["en"])
    others = [f"{tag}: {label}" for tag, label in card.labels.items() if label != card.label]
    names = ", ".join(name.text for name in card.other_names)
    page = _Page(width)
    for line in (card.label, f"{card.class_label} · {card.slug}", *others, names and f"{words['also']}: {names}"):
        page.write(line)
    if card.statements:
        page.heading(words["facts"])
        _write_groups(page, card.statements)
    if card.incoming:
        page.heading(words["incoming"])
        _write_groups(page, card.incoming, arrow="← ")
    if card.inferred:
        page.heading(words["inferred"])
        _write_inferred(page, card.inferred, words["follows"])
    if not (card.statements or card.incoming or card.inferred):
        page.heading(words["nothing"])
    _write_sources(page, words["sources"], _claims(card))
    return page.text()


def write_source(card: SourceCard, language: str = "en", width: int = 100) -> str:
    """The card of a document as text: its description, then its facts passage by passage."""
    words = _WORDS.get(language, _WORDS["en"])
    page = _Page(width)
    page.write(card.title)
    places = [record.claim.place for passage in card.passages for record in passage.facts if record.claim.place]
    files = sorted({place.rpartition(":")[0] for place in places})
    page.write(" · ".join([card.slug, *files]))
    for line in card.description:
        page.write(f"{line.property.label}: {', '.join(_name(value) for value in line.values)}", depth=1)
    if not card.passages:
        page.heading(words["nothing"])
    for passage in card.passages:
        page.heading(passage.label)
        about = None
        for record in passage.facts:
            if record.about != about:
                about = record.about
                page.write(_name(about), depth=1)
            _write_record(page, record, words["line"])
    return page.text()


class _Page:
    """Lines of text, wrapped and indented by depth."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._lines: list[str] = []

    def write(self, line: str, depth: int = 0) -> None:
        """Add a line; what does not fit goes on below, indented further. An empty line is left out."""
        indent = "  " * depth
        self._lines += textwrap.wrap(
            line,
            self._width,
            initial_indent=indent,
            subsequent_indent=indent + "    ",
            break_long_words=False,
            break_on_hyphens=False,
        )

    def heading(self, line: str) -> None:
        """Add a line with an empty line before it."""
        self._lines.append("")
        self.write(line)

    def text(self) -> str:
        """All lines, each ended by a line feed."""
        return "".join(f"{line}\n" for line in self._lines)


def _write_groups(page: _Page, groups: Iterable[PropertyGroup], arrow: str = "", depth: int = 1) -> None:
    for group in groups:
        for statement in group.statements:
            page.write(f"{arrow}{group.property.label}: {_name(statement.value)}", depth)
            for claim in statement.claims:
                page.write(_evidence(claim), depth + 1)
            _write_groups(page, statement.details, depth=depth + 1)


def _write_inferred(page: _Page, groups: Iterable[InferredGroup], follows: str) -> None:
    for group in groups:
        for statement in group.statements:
            page.write(f"{group.property.label}: {_name(statement.value)}", 1)
            for record in statement.follows_from:
                page.write(f"{follows} {record.about.text} · {record.property.label} · {record.value.text}", 2)
                page.write(_evidence(record.claim), 3)


def _write_record(page: _Page, record: FactRecord, line: str) -> None:
    claim = record.claim
    place = f" · {line} {claim.place.rpartition(':')[2]}" if claim.place else ""
    parts = f"{record.property.label}: {_name(record.value)} [{claim.status}]{_validity(claim)}{_note(claim)}{place}"
    page.write(parts, 2)


def _write_sources(page: _Page, heading: str, claims: Iterable[Claim]) -> None:
    cited = {claim.source: claim for claim in claims}
    if cited:
        page.heading(heading)
    for slug, claim in sorted(cited.items()):
        date = f" ({claim.published})" if claim.published else ""
        who = f"{claim.publisher}{date}, " if claim.publisher or date else ""
        page.write(f"{slug}: {who}“{claim.title}”{claim.url and f', {claim.url}'}", 1)


def _name(value: Value) -> str:
    if value.kind in ("entity", "source"):
        return f"{value.text} ({value.key})"
    return f"{value.text} @{value.language}" if value.language else value.text


def _evidence(claim: Claim) -> str:
    locator = claim.locator_label and f", {claim.locator_label}"
    place = f" · {claim.place}" if claim.place else ""
    return f"[{claim.status}] {claim.source}{locator}{_validity(claim)}{_note(claim)}{place}"


def _validity(claim: Claim) -> str:
    if claim.valid_from == claim.valid_until:
        return f" ({claim.valid_from})" if claim.valid_from else ""
    return f" ({claim.valid_from or '..'}/{claim.valid_until or '..'})"


def _note(claim: Claim) -> str:
    return f" ({claim.note})" if claim.note else ""


def _claims(card: EntityCard) -> Iterator[Claim]:
    def within(statements: Iterable[Statement]) -> Iterator[Claim]:
        for statement in statements:
            yield from statement.claims
            for group in statement.details:
                yield from within(group.statements)

    for group in (*card.statements, *card.incoming):
        yield from within(group.statements)
    for inferred in card.inferred:
        for statement in inferred.statements:
            yield from (record.claim for record in statement.follows_from)

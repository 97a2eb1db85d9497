"""Cards as plain text for a terminal: every statement on a line of its own, its evidence below it.

Evidence is written short, ``[status] source, locator · path:line``; the sources are cited in full at the end.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
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
        "jointly": "jointly with",
        "joint": "Facts jointly attributed to it, with their place in another document",
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
        "jointly": "cùng với",
        "joint": "Dữ kiện ghi nhận chung, có vị trí trong tài liệu khác",
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
        _write_groups(page, card.statements, words["jointly"])
    if card.incoming:
        page.heading(words["incoming"])
        _write_groups(page, card.incoming, words["jointly"], arrow="← ")
    if card.inferred:
        page.heading(words["inferred"])
        _write_inferred(page, card.inferred, words)
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
    if not card.passages and not card.joint:
        page.heading(words["nothing"])
    for passage in card.passages:
        page.heading(passage.label)
        _write_records(page, passage.facts, words)
    if card.joint:
        page.heading(words["joint"])
        _write_records(page, card.joint, words, card.slug)
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


def _write_groups(page: _Page, groups: Iterable[PropertyGroup], jointly: str, arrow: str = "", depth: int = 1) -> None:
    for group in groups:
        for statement in group.statements:
            page.write(f"{arrow}{group.property.label}: {_name(statement.value)}", depth)
            for claim in statement.claims:
                page.write(_evidence(claim, jointly), depth + 1)
            _write_groups(page, statement.details, jointly, depth=depth + 1)


def _write_inferred(page: _Page, groups: Iterable[InferredGroup], words: Mapping[str, str]) -> None:
    for group in groups:
        for statement in group.statements:
            page.write(f"{group.property.label}: {_name(statement.value)}", 1)
            for record in statement.follows_from:
                page.write(f"{words['follows']} {record.about.text} · {record.property.label} · {record.value.text}", 2)
                page.write(_evidence(record.claim, words["jointly"]), 3)


def _write_records(
    page: _Page, records: Iterable[FactRecord], words: Mapping[str, str], guest: str | None = None
) -> None:
    """Facts by what they are about; ``guest`` is the document shown where their places are in another one."""
    about = None
    for record in records:
        if record.about != about:
            about = record.about
            page.write(_name(about), depth=1)
        claim = record.claim
        path, _, number = (claim.place or "").rpartition(":")
        joint = _jointly(claim, words["jointly"])
        if guest is None:
            place = f" · {words['line']} {number}" if number else ""
        else:
            others = [each.slug for each in claim.sources[1:] if each.slug != guest]
            within = ", ".join(filter(None, (claim.source, claim.locator_label)))
            joint = f" ({words['jointly']} {'; '.join([within, *others])})"
            place = f" · {path}:{number}" if number else ""
        statement = f"{record.property.label}: {_name(record.value)} [{claim.status}]"
        page.write(f"{statement}{_validity(claim)}{joint}{_note(claim)}{place}", 2)


def _write_sources(page: _Page, heading: str, claims: Iterable[Claim]) -> None:
    cited = {document.slug: document for claim in claims for document in claim.sources}
    if cited:
        page.heading(heading)
    for slug, document in sorted(cited.items()):
        date = f" ({document.published})" if document.published else ""
        title = f"“{document.title}”" if document.title else ""
        parts = ", ".join(filter(None, (f"{document.publisher}{date}".strip(), title, document.url)))
        page.write(f"{slug}: {parts}", 1)


def _name(value: Value) -> str:
    if value.kind in ("entity", "source"):
        return f"{value.text} ({value.key})"
    return f"{value.text} @{value.language}" if value.language else value.text


def _jointly(claim: Claim, word: str) -> str:
    """The other documents of a jointly attributed fact."""
    return f" ({word} {'; '.join(each.slug for each in claim.sources[1:])})" if claim.is_joint else ""


def _evidence(claim: Claim, word: str) -> str:
    locator = claim.locator_label and f", {claim.locator_label}"
    place = f" · {claim.place}" if claim.place else ""
    joint = _jointly(claim, word)
    return f"[{claim.status}] {claim.source}{locator}{joint}{_validity(claim)}{_note(claim)}{place}"


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

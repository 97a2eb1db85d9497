"""Comments of a curated file, and what each belongs to.

YAML parsers drop comments; here they are found in the gaps between the tokens. A comment on a line of its own belongs
to the entry or item that follows, one at the end of a line to the entry or item that line ends in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from asoen_graph.curation.nodes import Mapping, Node, Sequence

MODELINE = "# yaml-language-server:"

_COMMENT = re.compile(r"#[^\n\r\x85\u2028\u2029]*")


@dataclass(slots=True)
class Comments:
    """Comments by what they belong to: the ``id`` of a mapping's key node or of a list's item."""

    header: list[str] = field(default_factory=list)
    before: dict[int, list[str]] = field(default_factory=dict)
    beside: dict[int, list[str]] = field(default_factory=dict)
    footer: list[str] = field(default_factory=list)

    def words(self) -> list[str]:
        """Every word of every comment, sorted: what may not get lost, even where two comments come to share a line."""
        groups = [self.header, *self.before.values(), *self.beside.values(), self.footer]
        return sorted(word for group in groups for text in group for word in text.split())


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    text: str
    alone: bool
    """Whether nothing stands before it on its line."""
    token_end: int
    """Where the last token before it ends."""


@dataclass(frozen=True, slots=True)
class _Span:
    """Where an entry or item begins and ends, and its owner in ``Comments``."""

    start: int
    end: int
    owner: int


def read_comments(text: str, root: Node) -> Comments:
    """The comments of a text and what they belong to; ``root`` is the tree of the same text. A modeline is left out."""
    comments = Comments()
    spans = list(_spans(root, _dashes(text)))
    first = spans[0].start if spans else len(text)
    preamble: list[_Found] = []
    for found in _find(text):
        if found.start < first and found.alone:
            if not found.text.startswith(MODELINE):
                preamble.append(found)
        elif found.alone:
            owner = _following(spans, found.start)
            (comments.footer if owner is None else comments.before.setdefault(owner, [])).append(found.text)
        else:
            span = _innermost(spans, found.token_end - 1)
            (comments.header if span is None else comments.beside.setdefault(span.owner, [])).append(found.text)
    _split_preamble(text, preamble, spans, comments)
    return comments


def _split_preamble(text: str, preamble: list[_Found], spans: list[_Span], comments: Comments) -> None:
    # What a blank line parts from the first entry speaks of the file; the rest speaks of that entry.
    end = spans[0].start if spans else len(text)
    for found in reversed(preamble):
        blank = re.search(r"\n[ \t\r]*\n", text[found.start : end]) is not None
        if blank or not spans:
            comments.header.insert(0, found.text)
            end = len(text)
        else:
            comments.before.setdefault(spans[0].owner, []).insert(0, found.text)


def _find(text: str) -> Iterator[_Found]:
    end = last = 0
    for token in yaml.scan(text, Loader=yaml.CBaseLoader):
        yield from _in_gap(text, end, token.start_mark.index, last)
        if isinstance(token, yaml.ScalarToken) and token.style in ("|", ">"):
            head = text[token.start_mark.index : token.end_mark.index].partition("\n")[0]
            for found in _COMMENT.finditer(head):
                start = token.start_mark.index + found.start()
                yield _Found(start, found[0].rstrip(), False, token.start_mark.index + 1)
        end = max(end, token.end_mark.index)
        if not isinstance(token, yaml.FlowEntryToken):
            # A comma ends the entry before it, so a comment after it still speaks of that entry.
            last = end
    yield from _in_gap(text, end, len(text), last)


def _in_gap(text: str, start: int, end: int, last: int) -> Iterator[_Found]:
    for found in _COMMENT.finditer(text, start, max(start, end)):
        line_start = max(text.rfind("\n", 0, found.start()), text.rfind("\r", 0, found.start())) + 1
        alone = not text[line_start : found.start()].strip()
        yield _Found(found.start(), found[0].rstrip(), alone, last)


def _dashes(text: str) -> list[int]:
    tokens = yaml.scan(text, Loader=yaml.CBaseLoader)
    return [token.start_mark.index for token in tokens if isinstance(token, yaml.BlockEntryToken)]


def _spans(node: Node, dashes: list[int]) -> Iterator[_Span]:
    if isinstance(node, Mapping):
        for key, value in node.entries:
            yield _Span(key.start, max(value.end, key.end + 1), id(key))
            yield from _spans(value, dashes)
    elif isinstance(node, Sequence):
        for item in node.items:
            start = item.start if node.flow else max(dash for dash in dashes if dash < item.start)
            yield _Span(start, item.end, id(item))
            yield from _spans(item, dashes)


def _following(spans: list[_Span], position: int) -> int | None:
    around = _innermost(spans, position)
    following = next((span for span in spans if span.start > position), None)
    if around is not None and (following is None or following.start >= around.end):
        return around.owner
    return None if following is None else following.owner


def _innermost(spans: list[_Span], position: int) -> _Span | None:
    return next((span for span in reversed(spans) if span.start <= position < span.end), None)

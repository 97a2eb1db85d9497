"""YAML with places, read strictly and without implicit types.

Curated files use a small part of YAML: mappings, lists and texts. Anchors, aliases, merge keys, tags and several
documents are refused while the parser's events go by, before anything is expanded, so that a small file can never
become a large one.
"""

from __future__ import annotations

import re
from typing import Final

import yaml

from asoen_graph.curation.findings import Findings
from asoen_graph.curation.nodes import Mapping, Node, Scalar, Sequence
from asoen_graph.curation.syntax import explain

MAX_BYTES: Final = 5_000_000
MAX_DEPTH: Final = 20
"""Mappings and lists inside one another; the format itself needs fewer than ten."""

MAX_KEY: Final = 500

_GLUED_COMMENT = re.compile(r"[ \t]+(#\w)")


def read_document(data: bytes, findings: Findings) -> Node | None:
    """The tree of a curated file, or ``None`` where it is not one document of plain YAML.

    What is wrong is added to ``findings``; where a tree is returned, only keys that stand twice and texts that
    are cut off may be among it.
    """
    if len(data) > MAX_BYTES:
        findings.add(None, "too-large", f"The file has {len(data):,} bytes; at most {MAX_BYTES:,} are read", "Split it")
        return None
    text = _decode(data, findings)
    if text is None:
        return None
    return _TreeBuilder(text, findings).build()


def _decode(data: bytes, findings: Findings) -> str | None:
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = len(data[data.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8")) + 1
        findings.add_at(
            line,
            column,
            "not-utf8",
            f"The file is not UTF-8: byte 0x{data[error.start]:02X} at offset {error.start}",
            "Save the file as UTF-8",
        )
        return None


class _TreeBuilder:
    """Builds the tree from parser events, with a stack of its own so that depth is limited here, not by the C stack."""

    def __init__(self, text: str, findings: Findings) -> None:
        self._text = text
        self._findings = findings
        self._root: Node | None = None
        self._open: list[Mapping | Sequence] = []
        self._keys: list[Scalar | None] = []
        self._seen: list[set[str]] = []
        self._refused: set[str] = set()
        self._broken: set[int] = set()
        """The ids of open mappings in which a forgotten dash or quote has been told."""

    def build(self) -> Node | None:
        """The root node; ``None`` where the text is refused or has nothing in it."""
        # The C loader differs from the pure Python one in speed only; every wheel of PyYAML carries it.
        loader = yaml.CBaseLoader(self._text)
        try:
            while (event := loader.get_event()) is not None and "too-deep" not in self._refused:
                self._take(event)
        except yaml.YAMLError as error:
            line, column, flaw = explain(error, self._text)
            self._refuse(line, column, flaw.code, flaw.message, flaw.hint)
        finally:
            loader.dispose()
        if self._refused:
            return None
        if self._root is None:
            self._findings.add(None, "empty-file", "The file is empty", "Write its content, or remove the file")
        return self._root

    def _take(self, event: yaml.Event) -> None:
        assert event.start_mark is not None
        assert event.end_mark is not None
        mark, end = event.start_mark, event.end_mark.index
        line, column = mark.line + 1, mark.column + 1
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            self._refuse_marks(event, line, column)
        if isinstance(event, yaml.ScalarEvent):
            if not event.style:
                self._find_glued_comment(end)
            self._add(Scalar(line, column, mark.index, end, event.value))
        elif isinstance(event, yaml.CollectionStartEvent):
            kind = Mapping if isinstance(event, yaml.MappingStartEvent) else Sequence
            self._open_collection(kind(line, column, mark.index, end, bool(event.flow_style)))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close_collection(end)
        elif isinstance(event, yaml.AliasEvent):
            self._refuse(line, column, "alias", f"The alias *{event.anchor} is not allowed", "Write the value out")
            self._add(Scalar(line, column, mark.index, end, ""))
        elif isinstance(event, yaml.DocumentStartEvent) and self._root is not None:
            hint = "One file is one document"
            self._refuse(line, column, "several-documents", "A second YAML document starts here", hint)

    def _close_collection(self, end: int) -> None:
        node = self._open.pop()
        self._keys.pop()
        self._seen.pop()
        self._broken.discard(id(node))
        children = node.items if isinstance(node, Sequence) else [value for _, value in node.entries]
        # The parser ends a block where the next token begins; what a comment belongs to depends on where its text ends.
        node.end = end if node.flow or not children else children[-1].end

    def _open_collection(self, node: Mapping | Sequence) -> None:
        self._add(node)
        self._open.append(node)
        self._keys.append(None)
        self._seen.append(set())
        if len(self._open) > MAX_DEPTH:
            message = f"More than {MAX_DEPTH} mappings and lists inside one another"
            self._refuse(node.line, node.column, "too-deep", message)

    def _add(self, node: Node) -> None:
        if not self._open:
            if self._root is None:
                self._root = node
            return
        parent = self._open[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
            return
        key = self._keys[-1]
        if key is None:
            self._keys[-1] = self._key(node)
            return
        self._keys[-1] = None
        if self._is_cut_off(parent, key, node):
            self._tell_cut_off(parent, key)
        elif key.text not in self._seen[-1] and id(parent) not in self._broken:
            self._seen[-1].add(key.text)
            parent.entries.append((key, node))

    def _is_cut_off(self, parent: Mapping, key: Scalar, node: Node) -> bool:
        """Whether a key without a colon is the rest of a text that a comma ended: ``{en: Haze, fire and smoke}``."""
        follows_text = bool(parent.entries) and isinstance(parent.entries[-1][1], Scalar)
        return parent.flow and follows_text and node.start == node.end and ":" not in self._text[key.end : node.start]

    def _tell_cut_off(self, parent: Mapping, key: Scalar) -> None:
        if id(parent) not in self._broken:
            self._findings.add(
                key, "cut-off", f"A comma ends the text before {key.text!r}", "Put the whole text in quotes"
            )
        self._broken.add(id(parent))

    def _find_glued_comment(self, end: int) -> None:
        found = _GLUED_COMMENT.match(self._text, end)
        if found is not None:
            before = self._text[: found.start(1)]
            place = before.count("\n") + 1, len(before) - before.rfind("\n")
            hint = "Quote the text; if a comment is meant, write a space after '#'"
            self._findings.add_at(*place, "cut-off", "' #' begins a comment and ends the text", hint)

    def _key(self, node: Node) -> Scalar:
        if not isinstance(node, Scalar):
            hint = "Quote it, if text is meant"
            self._refuse(node.line, node.column, "bad-key", "A key must be a single word", hint)
            return Scalar(node.line, node.column, node.start, node.end, "")
        if len(node.text) > MAX_KEY:
            self._refuse(node.line, node.column, "bad-key", f"A key has at most {MAX_KEY} characters")
        elif node.text == "<<":
            self._refuse(node.line, node.column, "merge-key", "Merge keys are not allowed", "Write the values out")
        elif id(self._open[-1]) in self._broken:
            pass
        elif node.text == "about" and node.text in self._seen[-1]:
            # All that follows belongs to the new group.
            self._broken.add(id(self._open[-1]))
            self._findings.add(node, "missing-dash", "A new group begins with '- about:'", "Write the dash before it")
        elif node.text in self._seen[-1]:
            self._findings.add(
                node, "duplicate-key", f"The key {node.text!r} stands here a second time", "Keep one of the two"
            )
        return node

    def _refuse_marks(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, line: int, column: int) -> None:
        if event.anchor is not None:
            hint = "Write the value out where it is needed"
            self._refuse(line, column, "anchor", f"The anchor &{event.anchor} is not allowed", hint)
        if event.tag is not None:
            hint = "The ontology decides how a value is read"
            self._refuse(line, column, "tag", f"The tag {event.tag!r} is not allowed", hint)

    def _refuse(self, line: int, column: int, code: str, message: str, hint: str = "") -> None:
        # The first of a kind is enough: a YAML bomb has thousands.
        if code not in self._refused:
            self._refused.add(code)
            self._findings.add_at(line, column, code, message, hint)

"""Writing the tree of a curated file in canonical form.

Lists and mappings stand in blocks; short values stand in brackets on one line. Texts are quoted only where they must
be.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from asoen_graph.curation.comments import Comments
from asoen_graph.curation.nodes import Mapping, Node, Scalar, Sequence

WIDTH: Final = 120

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_ESCAPED = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\"\\]")
_MUST_QUOTE = re.compile(r"^[\s,\[\]{}#&*!|>'\"%@`?:]|^-(?:$|[^A-Za-z0-9])|^\.\.\.(?:$|\s)|: |:$| #|\s$|^$")
_MUST_QUOTE_IN_FLOW = re.compile(r"[,\[\]{}?]|:(?=$|[^A-Za-z0-9/])")
_SHORT_ESCAPES: Final = {"\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


class Emitter:
    """Writes one tree; ``blocks`` holds the ids of mappings that never stand on one line."""

    def __init__(self, comments: Comments, blocks: Collection[int]) -> None:
        self._comments = comments
        self._blocks = blocks
        self._lines: list[str] = []

    def write(self, root: Node) -> str:
        """The text of the tree, without the comments above and below it."""
        self._block(root, 0)
        return "".join(f"{line}\n" for line in self._lines)

    def _block(self, node: Node, indent: int) -> None:
        if isinstance(node, Mapping) and node.entries:
            for key, value in node.entries:
                self._before(id(key), indent)
                self._value(f"{' ' * indent}{quote(key.text, in_flow=True)}:", value, id(key), indent)
        elif isinstance(node, Sequence) and node.items:
            for item in node.items:
                self._item(item, indent)
        else:
            self._lines.append(" " * indent + self._flow(node))

    def _item(self, item: Node, indent: int) -> None:
        if isinstance(item, Mapping) and item.entries:
            # Nothing fits between the dash and the first key, so what precedes that key precedes the item.
            moved = self._comments.before.pop(id(item.entries[0][0]), [])
            self._comments.before.setdefault(id(item), []).extend(moved)
        self._before(id(item), indent)
        if not isinstance(item, Mapping) or self._inline(item, indent + 2) is not None:
            self._value(f"{' ' * indent}-", item, id(item), indent + 2)
            return
        start = len(self._lines)
        self._block(item, indent + 2)
        self._lines[start] = f"{' ' * indent}- {self._lines[start][indent + 2 :]}"
        self._beside(start, id(item))

    def _value(self, head: str, value: Node, owner: int, indent: int) -> None:
        inline = self._inline(value, len(head) + 1)
        start = len(self._lines)
        self._lines.append(head if inline is None else f"{head} {inline}")
        self._beside(start, owner)
        if inline is None:
            self._block(value, indent if isinstance(value, Sequence) else indent + 2)

    def _before(self, owner: int, indent: int) -> None:
        self._lines += [" " * indent + comment for comment in self._comments.before.get(owner, ())]

    def _beside(self, line: int, owner: int) -> None:
        for comment in self._comments.beside.get(owner, ()):
            self._lines[line] += f" {comment}"

    def _inline(self, node: Node, column: int) -> str | None:
        """The node on one line after a column, or ``None`` where it must stand in a block."""
        if isinstance(node, Scalar):
            return quote(node.text)
        if not _children(node):
            return self._flow(node)
        if not self._may_flow(node):
            return None
        text = self._flow(node)
        return text if column + len(text) <= WIDTH else None

    def _may_flow(self, node: Node) -> bool:
        if isinstance(node, Scalar):
            return True
        owners = [key for key, _ in node.entries] if isinstance(node, Mapping) else _children(node)
        if any(id(owner) in self._comments.before or id(owner) in self._comments.beside for owner in owners):
            return False
        if isinstance(node, Sequence):
            return all(isinstance(item, Scalar) for item in node.items)
        return id(node) not in self._blocks and all(self._may_flow(child) for child in _children(node))

    def _flow(self, node: Node) -> str:
        if isinstance(node, Sequence):
            return f"[{', '.join(map(self._flow, node.items))}]"
        if isinstance(node, Mapping):
            pairs = [f"{quote(key.text, in_flow=True)}: {self._flow(value)}" for key, value in node.entries]
            return f"{{{', '.join(pairs)}}}"
        assert isinstance(node, Scalar)
        return quote(node.text, in_flow=True)


def quote(text: str, *, in_flow: bool = False) -> str:
    """The text as a YAML scalar on one line, in quotes only where it would be read as something else without them."""
    if _UNPRINTABLE.search(text):
        return _in_double_quotes(text)
    if not _MUST_QUOTE.search(text) and not (in_flow and _MUST_QUOTE_IN_FLOW.search(text)):
        return text
    return f"'{text}'" if "'" not in text else _in_double_quotes(text)


def _in_double_quotes(text: str) -> str:
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    return _SHORT_ESCAPES.get(found[0]) or (f"\\x{code:02X}" if code < 256 else f"\\u{code:04X}")


def _children(node: Node) -> list[Node]:
    if isinstance(node, Mapping):
        return [value for _, value in node.entries]
    return node.items if isinstance(node, Sequence) else []

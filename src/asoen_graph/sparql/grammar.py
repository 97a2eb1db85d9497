"""Where a text leaves the grammar of SPARQL 1.1, and what could have stood there.

The grammar is the Recommendation's own (``query.ebnf``), read at run time. It is LL(1): the next token decides, so the
first token that fits nowhere is the mistake, exactly, and the terminals tried at that point are all that was possible.
The engine's own messages cannot serve: they name a place some characters off and one keyword of many.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from asoen_graph.sparql.tokens import Token

_NULL = frozenset({""})


class Failure(NamedTuple):
    """The first token that fits nowhere: its position in the list, and the terminals that would have fitted."""

    position: int
    expected: frozenset[str]


class Node(NamedTuple):
    """A piece of a production. ``kind``: ``seq``, ``alt``, ``?``, ``*``, ``+``, ``rule`` or ``terminal``."""

    kind: str
    children: tuple[Node, ...] = ()
    name: str = ""


def failure(tokens: Sequence[Token]) -> Failure | None:
    """Where the tokens (without comments) leave the grammar of a query; ``None`` where they do not.

    Also ``None`` where brackets nest too deep to be followed.
    """
    reading = _Reading(tokens)
    try:
        reading.read(Node("rule", name="Query"))
        reading.end()
    except _Stuck:
        return Failure(reading.position, frozenset(reading.expected))
    except RecursionError:
        return None
    return None


def terminal(token: Token) -> str:
    """The terminal of the grammar a token is: ``VAR``, ``'SELECT'``, ``'{'`` …; empty where it is none."""
    value = token.value
    if token.kind == "word":
        return "'a'" if value == "a" else f"'{value.upper()}'"
    if token.kind == "punctuation":
        return f"'{value}'"
    if token.kind == "name":
        return "PNAME_NS" if value.index(":") == len(value) - 1 else "PNAME_LN"
    if token.kind in ("integer", "decimal", "double"):
        return "SIGNED" if value[0] in "+-" else "INTEGER" if token.kind == "integer" else "DECIMAL"
    return _TERMINALS.get(token.kind, "")


_TERMINALS = {
    "iri": "IRIREF", "variable": "VAR", "string": "STRING", "language": "LANGTAG",
    "blank": "BLANK_NODE_LABEL", "nil": "NIL", "anon": "ANON",
}  # fmt: skip


@cache
def keywords() -> frozenset[str]:
    """Every keyword of the grammar, in capitals (but ``a``)."""
    found: set[str] = set()
    waiting = list(_rules().values())
    while waiting:
        node = waiting.pop()
        waiting.extend(node.children)
        if node.kind == "terminal" and node.name[1:2].isalpha() and node.name.startswith("'"):
            found.add(node.name.strip("'"))
    return frozenset(found)


class _Stuck(Exception):
    """Not an error: the way out of the recursion."""


class _Reading:
    """One walk through the tokens. ``expected`` holds the terminals tried since the last token that fitted."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._terminals = [terminal(token) for token in tokens] + ["end"]
        self.position = 0
        self.expected: set[str] = set()

    def read(self, node: Node) -> None:
        if node.kind == "terminal":
            self._take(node.name)
        elif node.kind == "rule":
            self.read(_rules()[node.name])
        elif node.kind == "seq":
            for child in node.children:
                self.read(child)
        elif node.kind == "alt":
            self._choose(node)
        else:
            self._repeat(node)

    def end(self) -> None:
        if self._current != "end":
            raise _Stuck

    @property
    def _current(self) -> str:
        return self._terminals[self.position]

    def _take(self, name: str) -> None:
        if self._current != name:
            self.expected.add(name)
            raise _Stuck
        self.position += 1
        self.expected.clear()

    def _choose(self, node: Node) -> None:
        for child in node.children:
            if self._current in _first(child):
                return self.read(child)
        self.expected |= _first(node) - _NULL
        if "" not in _first(node):
            raise _Stuck
        return None

    def _repeat(self, node: Node) -> None:
        (child,) = node.children
        if node.kind == "+":
            self.read(child)
        while self._current in _first(child):
            self.read(child)
            if node.kind == "?":
                return
        self.expected |= _first(child) - _NULL


@cache
def _first(node: Node) -> frozenset[str]:
    """The terminals a node can begin with; ``""`` among them where it can be empty."""
    if node.kind == "terminal":
        return frozenset({node.name})
    if node.kind == "rule":
        return _first(_rules()[node.name])
    if node.kind == "alt":
        return frozenset().union(*map(_first, node.children))
    if node.kind == "seq":
        found: frozenset[str] = _NULL
        for child in node.children:
            found = (found - _NULL) | _first(child)
            if "" not in found:
                return found
        return found
    return _first(node.children[0]) | (frozenset() if node.kind == "+" else _NULL)


@cache
def _rules() -> dict[str, Node]:
    text = (Path(__file__).parent / "query.ebnf").read_text(encoding="utf-8")
    productions = (line.partition("::=") for line in text.splitlines() if "::=" in line)
    return {name.strip(): _alternatives(re.findall(r"'[^']+'|\w+|[()|?*+]", body)) for name, _, body in productions}


def _alternatives(words: list[str]) -> Node:
    """The alternatives at the start of the words, which are used up; ends at a closing bracket or the end."""
    branches: list[list[Node]] = [[]]
    while words and words[0] != ")":
        word = words.pop(0)
        if word == "|":
            branches.append([])
        elif word in "?*+":
            branches[-1].append(Node(word, (branches[-1].pop(),)))
        elif word == "(":
            branches[-1].append(_alternatives(words))
            words.pop(0)
        else:
            is_terminal = word.startswith("'") or word.isupper()
            branches[-1].append(Node("terminal" if is_terminal else "rule", name=word))
    sequences = [branch[0] if len(branch) == 1 else Node("seq", tuple(branch)) for branch in branches]
    return sequences[0] if len(sequences) == 1 else Node("alt", tuple(sequences))

"""The tree of a curated file: scalars, sequences and mappings, each knowing where it stands.

Scalars are text as written; what a text means is decided by the ontology, never by YAML.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Node:
    """A piece of a file: line and column count from 1, ``start`` and ``end`` are offsets in characters."""

    line: int
    column: int
    start: int
    end: int


@dataclass(slots=True)
class Scalar(Node):
    """A text."""

    text: str


@dataclass(slots=True)
class Sequence(Node):
    """A list of nodes; ``flow`` where it is written in brackets."""

    flow: bool = False
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Mapping(Node):
    """Pairs of key and value in the order of the file; a key that stands twice is there once, as first written."""

    flow: bool = False
    entries: list[tuple[Scalar, Node]] = field(default_factory=list)

    def get(self, key: str) -> Node | None:
        """The value of a key, if the mapping has it."""
        return next((value for each, value in self.entries if each.text == key), None)

    def key(self, key: str) -> Scalar | None:
        """The key itself, with its place."""
        return next((each for each, _ in self.entries if each.text == key), None)


def kind_of(node: Node) -> str:
    """What a node is, in words for a message."""
    if isinstance(node, Mapping):
        return "a mapping"
    return "a list" if isinstance(node, Sequence) else "a single value"

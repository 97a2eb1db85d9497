"""Collecting the problems of one file while reading on."""

from __future__ import annotations

from asoen_graph.curation.literals import Flaw
from asoen_graph.curation.nodes import Node
from asoen_graph.errors import Place, Problem


class Findings:
    """The problems of one file, in the order they were found. ``path`` is relative to the curated folder's root."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []

    def place(self, node: Node | None) -> Place:
        """Where a node stands; without one, the first line of the file."""
        return Place(self.path, 1, 1) if node is None else Place(self.path, node.line, node.column)

    def add(self, node: Node | None, code: str, message: str, hint: str = "") -> None:
        """Note one problem at a node."""
        self.problems.append(Problem(self.place(node), code, message, hint))

    def add_at(self, line: int, column: int, code: str, message: str, hint: str = "") -> None:
        """Note one problem where no node is."""
        self.problems.append(Problem(Place(self.path, line, column), code, message, hint))

    def add_flaw(self, node: Node | None, flaw: Flaw) -> None:
        """Note a flaw as a problem at a node."""
        self.add(node, flaw.code, flaw.message, flaw.hint)

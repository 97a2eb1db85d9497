"""What is refused before an engine sees it: updates, ``SERVICE``, graphs not here, texts that break engines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from asoen_graph.iris import QUERY_PREFIXES
from asoen_graph.messages import tell
from asoen_graph.sparql.federation import refuse_federation
from asoen_graph.sparql.mentions import DATASET, FEDERATION, UPDATE, mentions, traits_of
from asoen_graph.sparql.names import expand, prefixes_of, resolver
from asoen_graph.sparql.places import refusal
from asoen_graph.sparql.tokens import Token, scan, significant

MAX_DEPTH = 200
"""How deep brackets may nest. Engines that parse by recursion die of a few thousand, and the process with them."""

MAX_TOKENS = 5_000
"""How long a query may be, ``VALUES`` data aside, for the same reason: chains of patterns and operators nest inside."""

_NO_DATA = frozenset(".;,")
"""What stands in no data of ``VALUES``, and would take long to read there."""

UPDATES = frozenset(map(str.upper, UPDATE))
"""The words an update request can begin with."""

_FROM = re.compile(r"from|\\u", re.IGNORECASE)
_SUSPICIOUS = re.compile(r"service|\bfrom\b|insert|delete|load|clear|drop|create|add|move|copy|with|\\u", re.IGNORECASE)
_WORDS = FEDERATION | UPDATE | DATASET
"""What those expressions find has one of these in it."""


def refuse(text: str, has_graph: Callable[[str], bool] | None = None) -> None:
    """Return if the query may be given to an engine, raise QueryRefused with its place if not.

    ``has_graph`` says whether a graph of that IRI is here; without it ``FROM`` and ``FROM NAMED`` are not looked at.
    Most queries hold none of the words in question and cost one search through the text.
    """
    traits = traits_of(text)
    if traits.brackets > MAX_DEPTH or len(text) > MAX_TOKENS:
        _refuse_size(scan(text))
    if not (traits.words & _WORDS and _SUSPICIOUS.search(text)):
        return
    tokens = significant(text)
    _refuse_update(tokens)
    refuse_federation(text)
    if has_graph is not None:
        _refuse_graphs(tokens, has_graph)


def _refuse_update(tokens: list[Token]) -> None:
    first = after_prologue(tokens)
    if first is not None and first.is_word(*UPDATES):
        raise refusal(
            first,
            tell("query.update"),
            tell("query.how-to-change"),
        )


def after_prologue(tokens: Sequence[Token]) -> Token | None:
    """The first token after the declarations, comments being left out."""
    position = 0
    while position < len(tokens) and tokens[position].is_word("PREFIX", "BASE"):
        position += 3 if tokens[position].is_word("PREFIX") else 2
    return tokens[position] if position < len(tokens) else None


def _refuse_graphs(tokens: list[Token], has_graph: Callable[[str], bool]) -> None:
    for graph, iri in _dataset(tokens):
        if not has_graph(iri):
            raise refusal(
                graph,
                tell("query.graph", text=graph.text),
                tell("query.graph-leave-out"),
            )


def dataset_graphs(text: str) -> list[str]:
    """The IRIs that a query names with ``FROM`` and ``FROM NAMED``."""
    if not (mentions(text, DATASET) and _FROM.search(text)):
        return []
    return [iri for _, iri in _dataset(significant(text))]


class Clause(NamedTuple):
    """A ``FROM`` or ``FROM NAMED`` of a query: what it names, and where it stands in the text."""

    graph: Token
    is_named: bool
    start: int

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.graph.end


def dataset_clauses(tokens: Sequence[Token]) -> list[Clause]:
    """The clauses that say what a query is asked of, in order."""
    found = []
    for position, token in enumerate(tokens):
        if not token.is_word("FROM"):
            continue
        named = position + 1 < len(tokens) and tokens[position + 1].is_word("NAMED")
        graph = next(iter(tokens[position + 1 + named : position + 2 + named]), None)
        if graph is not None:
            found.append(Clause(graph, named, token.start))
    return found


def _dataset(tokens: Sequence[Token]) -> Iterator[tuple[Token, str]]:
    prefixes = QUERY_PREFIXES | prefixes_of(tokens)
    resolve = resolver(tokens)
    for clause in dataset_clauses(tokens):
        iri = expand(clause.graph, prefixes)
        if iri is not None:
            yield clause.graph, resolve(iri)


def _refuse_size(tokens: Iterable[Token]) -> None:
    """Raise QueryRefused at the first token that is too much; none after it is looked for."""
    depth = counted = comments = in_data = 0
    before = _Before.OTHER
    for token in tokens:
        if token.kind == "comment":
            comments += not in_data
        elif not in_data or token.text in _NO_DATA:
            counted += 1
        if token.text in ("(", "{", "["):
            depth += 1
            if token.text == "{" and before is _Before.NAMED:
                in_data = depth
            if depth > MAX_DEPTH:
                raise refusal(token, tell("query.deep", max_depth=MAX_DEPTH), tell("query.flatter"))
        elif token.text in (")", "}", "]"):
            in_data = 0 if depth == in_data else in_data
            depth -= 1
        if max(counted, comments) > MAX_TOKENS:
            key = "query.words-many" if counted > MAX_TOKENS else "query.comments-many"
            raise refusal(token, tell(key, max_tokens=MAX_TOKENS), tell("query.several"))
        if not in_data and token.kind != "comment":
            before = _after(before, token)


class _Before(Enum):
    """What has been read of the beginning of a block of data."""

    OTHER = 0
    VALUES = 1
    NAMES = 2
    """``VALUES`` and a bracket."""
    NAMED = 3
    """All up to the brace."""


def _after(before: _Before, token: Token) -> _Before:
    if token.is_word("VALUES"):
        return _Before.VALUES
    if before is _Before.VALUES:
        if token.text == "(":
            return _Before.NAMES
        return _Before.NAMED if token.kind in ("variable", "nil") else _Before.OTHER
    if before is _Before.NAMES and token.kind == "variable":
        return _Before.NAMES
    return _Before.NAMED if before is _Before.NAMES and token.text == ")" else _Before.OTHER

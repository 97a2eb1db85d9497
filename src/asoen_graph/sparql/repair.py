"""Mending a query: the one small edit that makes it SPARQL, where there is exactly one."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple

from asoen_graph.errors import QueryError
from asoen_graph.iris import QUERY_PREFIXES, SEARCH, SEARCH_FUNCTIONS
from asoen_graph.messages import tell
from asoen_graph.sparql.federation import disarm
from asoen_graph.sparql.grammar import Failure, failure, keywords
from asoen_graph.sparql.guard import refuse
from asoen_graph.sparql.meaning import AGGREGATES
from asoen_graph.sparql.tokens import Token, significant

_CLOSING = {"{": "}", "(": ")", "[": "]"}
_INSERTED = frozenset({"'.'", "';'", "','", "'}'", "')'", "'{'", "'('", "']'", "'BY'", "'AS'"})
_REMOVED = frozenset({",", ";", ".", "=", "}", ")", "]"})
_PAIRS = ("ORDER BY", "GROUP BY", "NOT EXISTS", "NOT IN")
_NAMES = ("n", "count", "number", "result", *(f"n{number}" for number in range(5_000)))
_LONGEST = 100_000
"""Characters of a text that edits are tried on; each takes reading it anew."""
_ALIKE = 0.8
"""How much of a misspelt word must agree with the word meant (``difflib`` ratio) to be sure of it."""


class Edit(NamedTuple):
    """A change of the text between two offsets, and what to say about it."""

    start: int
    end: int
    replacement: str
    hint: str

    def apply(self, text: str) -> str:
        """The text with the change made."""
        return text[: self.start] + self.replacement + text[self.end :]


class Mending(NamedTuple):
    """What to say, and the whole query mended where there is exactly one way."""

    hint: str
    repaired: str | None


_Kind = Callable[[str, Sequence[Token], Failure], Iterator[Edit]]


def mend(text: str, tokens: Sequence[Token], found: Failure) -> Mending:
    """How to mend a query that leaves the grammar at ``found``.

    Each kind of edit is tried alone, likely kinds first. A kind may be needed more than once (three commas in a
    ``SELECT``), but kinds are not mixed: with two different edits almost anything becomes SPARQL.
    """
    for kind, most in _KINDS if len(text) <= _LONGEST else ():
        first = list(kind(text, tokens, found))
        ways = {edit: result for edit in first for result in _mended(edit.apply(text), kind, most - 1)}
        if ways:
            hints = [edit.hint for edit in ways]
            (result, *others) = set(ways.values())
            certain = not others and is_query(result)
            said = tell("query.or", first=hints[0], second=hints[1]) if len(hints) > 1 else hints[0]
            return Mending(said, result if certain else None)
        if kind is _respellings and first:
            return Mending(first[0].hint, None)
    return Mending("", None)


def _no_value(*_: object) -> NamedNode | BlankNode | Literal | Triple | None:
    return None


_SEARCH: Final[dict[NamedNode, Callable[..., NamedNode | BlankNode | Literal | Triple | None]]] = {
    NamedNode(SEARCH + name): _no_value for name in SEARCH_FUNCTIONS
}


def is_query(text: str) -> bool:
    """Whether the engine takes the text, tried on an empty store."""
    try:
        refuse(text)
        Store().query(disarm(text), prefixes=QUERY_PREFIXES, custom_functions=_SEARCH)
    except (QueryError, SyntaxError, RuntimeError):
        return False
    return True


def _mended(text: str, kind: _Kind, edits: int) -> list[str]:
    tokens = significant(text)
    found = failure(tokens)
    if found is None:
        return [text]
    if edits == 0:
        return []
    return [result for edit in kind(text, tokens, found) for result in _mended(edit.apply(text), kind, edits - 1)]


def _respellings(text: str, tokens: Sequence[Token], found: Failure) -> Iterator[Edit]:
    token = _at(tokens, found)
    if token is None or token.kind != "word":
        return
    words = {item.strip("'") for item in found.expected if item.strip("'") in keywords()} - {"SERVICE", "SILENT"}
    words |= {pair for pair in _PAIRS if pair.split()[0] in words}
    for word in difflib.get_close_matches(token.value.upper(), sorted(words), 1, _ALIKE):
        yield Edit(token.start, token.end, word, tell("value.did-you-mean", near=word))


def _closings(text: str, tokens: Sequence[Token], found: Failure) -> Iterator[Edit]:
    open_: list[Token] = []
    for token in tokens:
        if token.text in _CLOSING:
            open_.append(token)
        elif open_ and token.text == _CLOSING[open_[-1].text]:
            open_.pop()
    if open_ and _at(tokens, found) is None:
        last = open_[-1]
        hint = tell("query.not-closed", text=last.text, line=last.line, column=last.column)
        # On a line of its own, for the text may end in a comment.
        yield Edit(len(text), len(text), "\n" + " ".join(_CLOSING[token.text] for token in reversed(open_)), hint)


def _wrappings(text: str, tokens: Sequence[Token], found: Failure) -> Iterator[Edit]:
    """``SELECT COUNT(?x)`` → ``SELECT (COUNT(?x) AS ?n)``."""
    token = _at(tokens, found)
    if token is None or not token.is_word(*AGGREGATES) or not {"'('", "VAR"} <= found.expected:
        return
    depth = 0
    for each in tokens[found.position + 1 :]:
        depth += (each.text == "(") - (each.text == ")")
        if depth == 0:
            taken = {token.value[1:] for token in tokens if token.kind == "variable"}
            name = next(name for name in _NAMES if name not in taken)
            hint = tell("query.needs-name", text=token.text, name=name)
            yield Edit(token.start, each.end, f"({text[token.start : each.end]} AS ?{name})", hint)
            return


def _insertions(text: str, tokens: Sequence[Token], found: Failure) -> Iterator[Edit]:
    token = _at(tokens, found)
    if token is not None:
        for item in sorted(found.expected & _INSERTED):
            sign = item.strip("'")
            yield Edit(token.start, token.start, f"{sign} ", tell("query.missing-before", item=item, text=token.text))


def _removals(text: str, tokens: Sequence[Token], found: Failure) -> Iterator[Edit]:
    token = _at(tokens, found)
    if token is not None and token.text in _REMOVED:
        yield Edit(token.start, token.end, "", tell("query.take-out", text=token.text))


def _at(tokens: Sequence[Token], found: Failure) -> Token | None:
    return tokens[found.position] if found.position < len(tokens) else None


_KINDS: tuple[tuple[_Kind, int], ...] = (
    (_respellings, 3),
    (_closings, 1),
    (_wrappings, 3),
    (_insertions, 1),
    (_removals, 9),
)
"""The kinds of edits, likely ones first, and how often each may be needed."""

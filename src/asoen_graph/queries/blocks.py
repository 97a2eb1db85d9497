"""The ``VALUES`` blocks of one variable in a query: where parameters stand, and how values take their place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pyoxigraph import QuerySolutions, Store

from asoen_graph.iris import QUERY_PREFIXES
from asoen_graph.sparql.federation import disarm
from asoen_graph.sparql.names import prefixes_of
from asoen_graph.sparql.terms import serialise
from asoen_graph.sparql.tokens import Token, significant
from asoen_graph.store import Term


class Block(NamedTuple):
    """One ``VALUES ?name { … }``: ``start`` and ``end`` enclose what stands between the braces."""

    name: str
    start: int
    end: int
    line: int
    is_undefined: bool
    """Whether the block holds ``UNDEF`` and nothing else."""


def blocks(text: str) -> list[Block]:
    """Every ``VALUES`` block of one variable, in order."""
    return list(_blocks(significant(text)))


def default_terms(text: str, block: Block) -> tuple[Term, ...]:
    """The terms a block holds; none for ``UNDEF``. Raises SyntaxError where they are no terms."""
    if block.is_undefined:
        return ()
    query = f"SELECT ?x {{ VALUES ?x {{ {text[block.start : block.end]} }} }}"
    result = Store().query(disarm(query), prefixes=QUERY_PREFIXES | prefixes_of(significant(text)))
    return tuple(row[0] for row in result if row[0] is not None) if isinstance(result, QuerySolutions) else ()


def bind(text: str, values: Mapping[str, Sequence[Term]]) -> str:
    """The query with the content of each ``VALUES ?name { … }`` replaced; no terms means ``UNDEF``.

    Every block of a name is replaced, also in sub-selects. Nothing outside the braces changes. Raises KeyError for a
    name that has no block.
    """
    found = blocks(text)
    missing = values.keys() - {block.name for block in found}
    if missing:
        raise KeyError(min(missing))
    parts: list[str] = []
    done = 0
    for block in found:
        if block.name in values:
            terms = " ".join(serialise(term) for term in values[block.name])
            parts += [text[done : block.start], f" {terms or 'UNDEF'} "]
            done = block.end
    return "".join([*parts, text[done:]])


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    for position in range(len(tokens) - 3):
        values, variable, opening = tokens[position : position + 3]
        if not (values.is_word("VALUES") and variable.kind == "variable" and opening.text == "{"):
            continue
        content: list[Token] = []
        for token in tokens[position + 3 :]:
            if token.text == "}":
                undefined = len(content) == 1 and content[0].is_word("UNDEF")
                yield Block(variable.value[1:], opening.end, token.start, values.line, undefined)
                break
            content.append(token)

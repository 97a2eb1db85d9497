"""The ``SERVICE`` blocks of a query as pieces of text, so that each can be asked apart and put back as data.

SPARQL 1.1 Federated Query evaluates such a block by itself and joins what comes back with what stands around it. So a
block may be replaced by a ``VALUES`` block of its solutions, and the engine need not reach out at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from asoen_graph.iris import QUERY_PREFIXES
from asoen_graph.messages import tell
from asoen_graph.sparql.guard import after_prologue
from asoen_graph.sparql.names import expand, prefixes_of
from asoen_graph.sparql.places import refusal, syntax_error
from asoen_graph.sparql.tokens import Token, significant

_SUSPICIOUS = re.compile(r"service|\\u", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ServiceBlock:
    """One ``SERVICE`` block. Its keyword is at ``start``, its brace at ``opening``, and it ends before ``end``."""

    endpoint: Token
    iri: str
    is_silent: bool
    start: int
    opening: int
    end: int
    question: str
    """The block as a query of its own, with the declarations of the whole."""


def service_blocks(text: str) -> list[ServiceBlock]:
    """The blocks of a query in order.

    Raises QueryRefused for an endpoint that is a variable and for a block in another, QuerySyntaxError where what
    follows the word is no block.
    """
    if not _SUSPICIOUS.search(text):
        return []
    tokens = significant(text)
    first = after_prologue(tokens)
    prologue = text[: first.start] if first is not None else ""
    prefixes = QUERY_PREFIXES | prefixes_of(tokens)
    blocks: list[ServiceBlock] = []
    for position, token in enumerate(tokens):
        if not token.is_word("SERVICE"):
            continue
        if blocks and token.start < blocks[-1].end:
            raise refusal(token, tell("query.service-inside"), tell("query.service-beside"))
        is_silent = position + 1 < len(tokens) and tokens[position + 1].is_word("SILENT")
        endpoint, brace = _header(tokens, position + 1 + is_silent, token)
        iri = expand(endpoint, prefixes)
        if iri is None:
            raise _unknown_endpoint(endpoint)
        opening = tokens[brace].start
        end = _end(tokens, brace)
        question = f"{prologue}SELECT * WHERE {text[opening:end]}"
        blocks.append(ServiceBlock(endpoint, iri, is_silent, token.start, opening, end, question))
    return blocks


def as_groups(text: str, blocks: Sequence[ServiceBlock]) -> str:
    """The query with each block as a plain group: what is left of it has the same lines and columns."""
    for block in blocks:
        spaces = "".join(sign if sign in "\r\n" else " " for sign in text[block.start : block.opening])
        text = text[: block.start] + spaces + text[block.opening :]
    return text


def with_data(text: str, blocks: Sequence[ServiceBlock], data: Sequence[str]) -> str:
    """The query with each block replaced by the group of data on one line, and as many lines as before."""
    parts: list[str] = []
    done = 0
    for block, group in zip(blocks, data, strict=True):
        parts += [text[done : block.start], group, "\n" * text.count("\n", block.start, block.end)]
        done = block.end
    return "".join([*parts, text[done:]])


def _header(tokens: Sequence[Token], position: int, keyword: Token) -> tuple[Token, int]:
    """The token of the endpoint, and where the brace after it stands."""
    if position + 1 >= len(tokens) or tokens[position + 1].text != "{":
        raise syntax_error(keyword, tell("query.service-form"), expected=("SERVICE <IRI> { … }",))
    return tokens[position], position + 1


def _end(tokens: Sequence[Token], brace: int) -> int:
    """The place after the brace that closes the one at ``brace``; of the last token where none does."""
    depth = 0
    for token in tokens[brace:]:
        depth += (token.text == "{") - (token.text == "}")
        if depth == 0:
            return token.end
    return tokens[-1].end


def _unknown_endpoint(endpoint: Token) -> Exception:
    if endpoint.kind == "variable":
        return refusal(
            endpoint,
            tell("query.service-open", text=endpoint.text),
            tell("query.service-write"),
        )
    return syntax_error(endpoint, tell("query.no-endpoint", text=endpoint.text), expected=("IRI",))

"""Errors that say where in a query they are."""

from __future__ import annotations

from collections.abc import Sequence

from asoen_graph.errors import QueryRefused, QuerySyntaxError
from asoen_graph.sparql.tokens import Token


def syntax_error(
    token: Token, message: str, hint: str = "", *, expected: Sequence[str] = (), repaired: str | None = None
) -> QuerySyntaxError:
    """An error at a token; its message begins with the place."""
    return QuerySyntaxError(
        _placed(token, message), hint,
        line=token.line, column=token.column, token=token.text, expected=expected, repaired=repaired,
    )  # fmt: skip


def refusal(token: Token, message: str, hint: str) -> QueryRefused:
    """A refusal at a token; its message begins with the place."""
    return QueryRefused(_placed(token, message), hint, line=token.line, column=token.column, token=token.text)


def _placed(token: Token, message: str) -> str:
    return f"Line {token.line}, column {token.column}: {message}"

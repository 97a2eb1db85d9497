"""Errors that say where in a query they are."""

from __future__ import annotations

from collections.abc import Sequence

from asoen_graph.errors import QueryRefused, QuerySyntaxError
from asoen_graph.messages import tell
from asoen_graph.sparql.tokens import Token


def syntax_error(
    token: Token,
    message: str,
    hint: str = "",
    *,
    expected: Sequence[str] = (),
    repaired: str | None = None,
    nearest: Sequence[str] = (),
) -> QuerySyntaxError:
    """An error at a token; its message begins with the place."""
    return QuerySyntaxError(
        placed(token, message), hint,
        line=token.line, column=token.column, token=token.text, expected=expected, repaired=repaired,
        nearest=nearest,
    )  # fmt: skip


def refusal(token: Token, message: str, hint: str) -> QueryRefused:
    """A refusal at a token; its message begins with the place."""
    return QueryRefused(placed(token, message), hint, line=token.line, column=token.column, token=token.text)


def placed(token: Token, message: str) -> str:
    """The message with the place of a token before it."""
    return tell("query.at-place", line=token.line, column=token.column, message=message)

"""What a query may not do although the grammar lets it (the notes to the grammar, section 19.8, and section 18.2.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from asoen_graph.errors import QuerySyntaxError
from asoen_graph.messages import tell
from asoen_graph.sparql.places import syntax_error
from asoen_graph.sparql.tokens import Token

AGGREGATES = ("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT")


class Selection(NamedTuple):
    """One ``SELECT``: the plain variables, those that expressions are given to, and what it is grouped by."""

    plain: list[Token]
    aliases: list[Token]
    is_grouped: bool
    grouped: frozenset[str]
    pattern: Sequence[Token]
    """The tokens of its group graph pattern."""


def explain(tokens: Sequence[Token]) -> QuerySyntaxError | None:
    """The first thing forbidden in a well-formed query, as far as one can tell without its algebra."""
    return next(iter(_mistakes(tokens)), None)


def selections(tokens: Sequence[Token]) -> Iterator[Selection]:
    """Every ``SELECT`` of a query, sub-selects included."""
    for position, token in enumerate(tokens):
        if token.is_word("SELECT"):
            yield _selection(tokens, position)


def _mistakes(tokens: Sequence[Token]) -> Iterator[QuerySyntaxError]:
    yield from _relative_iris(tokens)
    for selection in selections(tokens):
        yield from _repeated(selection)
        if selection.is_grouped:
            yield from _ungrouped(selection)
    yield from _assigned_twice(tokens)
    yield from _uneven_values(tokens)
    for selection in selections(tokens):
        yield from _overridden(selection)


def _selection(tokens: Sequence[Token], start: int) -> Selection:
    plain: list[Token] = []
    aliases: list[Token] = []
    depth, position, has_aggregate = 0, start + 1, False
    while position < len(tokens) and not tokens[position].is_word("WHERE", "FROM") and tokens[position].text != "{":
        token = tokens[position]
        depth += (token.text == "(") - (token.text == ")")
        has_aggregate |= token.is_word(*AGGREGATES)
        if token.kind == "variable" and depth == 0:
            plain.append(token)
        if token.kind == "variable" and tokens[position - 1].is_word("AS"):
            aliases.append(token)
        position += 1
    end = _pattern_end(tokens, position)
    grouping = _grouping(tokens, end)
    return Selection(
        plain, aliases, has_aggregate or grouping is not None, grouping or frozenset(), tokens[position:end]
    )


def _pattern_end(tokens: Sequence[Token], position: int) -> int:
    """Where the group graph pattern that starts at or after a position is over."""
    depth = 0
    while position < len(tokens):
        depth += (tokens[position].text == "{") - (tokens[position].text == "}")
        position += 1
        if depth == 0 and tokens[position - 1].text == "}":
            break
    return position


def _grouping(tokens: Sequence[Token], position: int) -> frozenset[str] | None:
    """The variables of the ``GROUP BY`` at a position; ``None`` where there is none."""
    if position >= len(tokens) or not tokens[position].is_word("GROUP"):
        return None
    found = set()
    for token in tokens[position:]:
        if token.is_word("HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES") or token.text == "}":
            break
        if token.kind == "variable":
            found.add(token.value[1:])
    return frozenset(found)


def _relative_iris(tokens: Sequence[Token]) -> Iterator[QuerySyntaxError]:
    if any(token.is_word("BASE") for token in tokens):
        return
    for token in tokens:
        if token.kind == "iri" and not re.match(r"<[A-Za-z][A-Za-z0-9+.-]*:", token.value):
            hint = tell("query.iri-whole")
            yield syntax_error(token, tell("query.iri-relative", text=token.text), hint)


def _repeated(selection: Selection) -> Iterator[QuerySyntaxError]:
    seen: set[str] = set()
    for token in sorted(selection.plain + selection.aliases, key=lambda token: token.start):
        if token.value[1:] in seen:
            yield syntax_error(token, tell("query.twice", text=token.text), tell("query.twice-name"))
        seen.add(token.value[1:])


def _ungrouped(selection: Selection) -> Iterator[QuerySyntaxError]:
    for token in selection.plain:
        if token.value[1:] not in selection.grouped:
            message = tell("query.not-grouped", text=token.text)
            yield syntax_error(token, message, tell("query.group-by", text=token.text))


def _overridden(selection: Selection) -> Iterator[QuerySyntaxError]:
    used = {token.value[1:] for token in selection.pattern if token.kind == "variable"}
    for token in selection.aliases:
        if token.value[1:] in used:
            message = tell("query.as-in-pattern", text=token.text)
            yield syntax_error(token, message, tell("query.as-other"))


def _assigned_twice(tokens: Sequence[Token]) -> Iterator[QuerySyntaxError]:
    seen: set[str] = set()
    for position, token in enumerate(tokens):
        if token.kind != "variable":
            continue
        name = token.value[1:]
        if tokens[position - 1].is_word("AS") and name in seen:
            yield syntax_error(token, tell("query.as-again", text=token.text), tell("query.as-other"))
        seen.add(name)


def _uneven_values(tokens: Sequence[Token]) -> Iterator[QuerySyntaxError]:
    for position, token in enumerate(tokens):
        if not token.is_word("VALUES") or position + 1 >= len(tokens) or tokens[position + 1].text != "(":
            continue
        width, opening, count = None, token, 0
        for each in tokens[position + 1 :]:
            if each.text == "(":
                opening, count = each, 0
            elif each.text == ")":
                if width is not None and count != width:
                    yield syntax_error(opening, tell("query.values-uneven", count=count, width=width))
                width = count if width is None else width
            elif each.text == "}":
                break
            elif each.kind != "language" and each.text != "^^":
                count += 1

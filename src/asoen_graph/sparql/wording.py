"""What the grammar expects, in words for people instead of sixty terminals."""

from __future__ import annotations

from collections.abc import Iterable

from asoen_graph.messages import tell
from asoen_graph.sparql.grammar import keywords

_NAMES = frozenset({"IRIREF", "PNAME_LN", "PNAME_NS"})
_NUMBERS = frozenset({"INTEGER", "DECIMAL", "SIGNED"})
_VALUES = _NUMBERS | {"STRING", "'TRUE'", "'FALSE'"}
_BLANKS = frozenset({"BLANK_NODE_LABEL", "ANON", "'['", "NIL"})
_OPERATORS = frozenset(f"'{sign}'" for sign in ("||", "&&", "=", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/"))
_PATTERNS = frozenset({"'OPTIONAL'", "'FILTER'", "'BIND'", "'GRAPH'", "'MINUS'", "'VALUES'"})
_STRUCTURE = frozenset({
    "AS", "ASC", "ASK", "BASE", "BIND", "BY", "CONSTRUCT", "DESC", "DESCRIBE", "DISTINCT", "FILTER", "FROM", "GRAPH",
    "GROUP", "HAVING", "IN", "LIMIT", "MINUS", "NAMED", "NOT", "OFFSET", "OPTIONAL", "ORDER", "PREFIX", "REDUCED",
    "SELECT", "SEPARATOR", "SERVICE", "SILENT", "UNDEF", "UNION", "VALUES", "WHERE", "a", "TRUE", "FALSE",
})  # fmt: skip
"""The keywords that are no functions."""
_WORDS = {
    "VAR": tell("expected.variable"),
    "STRING": tell("expected.text"),
    "LANGTAG": tell("expected.language"),
    "NIL": "()",
    "PNAME_NS": tell("expected.prefix"),
    "ANON": tell("expected.blank"),
    "BLANK_NODE_LABEL": tell("expected.blank"),
    "IRIREF": tell("expected.iri"),
    "PNAME_LN": tell("expected.name"),
}


def spell(expected: Iterable[str]) -> list[str]:
    """The terminals as a few phrases: signs and keywords first, then the kinds of thing that fit."""
    rest = set(expected) - {"'SERVICE'", "'SILENT'"}
    phrases: list[str] = []
    functions = {f"'{word}'" for word in keywords() - _STRUCTURE}
    for group, phrase, least in (
        (functions, tell("expected.function"), 6),
        (_OPERATORS, tell("expected.operator"), 6),
        (_PATTERNS, tell("expected.pattern"), 4),
    ):
        if len(rest & group) >= least:
            rest -= group
            phrases.append(phrase)
    phrases = _terms(rest) + phrases
    words = sorted(item.strip("'") if item[1].isalpha() else item for item in rest if item.startswith("'"))
    return words + phrases


def _terms(rest: set[str]) -> list[str]:
    """The phrases for terms; what they cover is taken out of ``rest``."""
    phrases: list[str] = []
    if rest >= _NAMES | _NUMBERS | {"STRING"}:
        phrases.append(tell("expected.variable-name-value") if "VAR" in rest else tell("expected.name-value"))
        rest -= _NAMES | _VALUES | _BLANKS | {"VAR"}
    if rest >= _NAMES:
        phrases.append(tell("expected.variable-name") if "VAR" in rest else tell("expected.name"))
        rest -= _NAMES | {"VAR"}
    if rest & _NUMBERS:
        phrases.append(tell("expected.number") if "SIGNED" in rest else tell("expected.whole-number"))
        rest -= _NUMBERS
    phrases += sorted({_WORDS[item] for item in rest if item in _WORDS})
    return phrases

"""The tokens of queries in plain spelling, the same for every reader of SPARQL.

Engines and the Recommendation disagree on some odd spellings (``?a<b:c&&?d>1``, names with dots, codepoint escapes). A
text that holds one is not planned: only what can be read in a single way is ever written anew.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

MAX_LENGTH = 20_000
"""How long a text may be that is looked at: the cost of a plan stays bounded."""


class Unplanned(Exception):
    """Not an error: the way out wherever a query is not of the kind that is planned."""


class Token(NamedTuple):
    """A piece of the text: ``iri``, ``string``, ``language``, ``variable``, ``number``, ``name``, ``word``, ``sign``.

    The text of a word is in capitals, but for ``a``.
    """

    kind: str
    text: str
    start: int
    end: int


_IRI = r"<[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"'{}|^`\\]*+>"
_SPACE = r"(?:[ \t\r\n]++|#[^\r\n]*+)*+"
_DECLARATION = rf"(?i:PREFIX)[ \t\r\n]++([A-Za-z][A-Za-z0-9_-]*+|):[ \t\r\n]*+({_IRI})"
PROLOGUE = re.compile(f"{_SPACE}(?:{_DECLARATION}{_SPACE})*+")
"""The comments and declarations of prefixes a text begins with; it always matches."""

_DECLARATIONS = re.compile(rf"#[^\r\n]*+|{_DECLARATION}")


@lru_cache(64)
def prefixes(prologue: str) -> Mapping[str, str]:
    """The prefixes of a prologue with their namespaces."""
    return {name: iri[1:-1] for name, iri in _DECLARATIONS.findall(prologue) if iri}


def scan(text: str, start: int = 0) -> list[Token]:
    """The tokens of a text without comments and white space. Raises Unplanned where one is of no plain spelling."""
    found: list[Token] = []
    append, done, brackets = found.append, start, 0
    for match in _TOKENS.finditer(text, start):
        start, end = match.span(match.lastgroup or 0)
        if match.start() != done:
            raise Unplanned
        done = match.end()
        kind = match.lastgroup
        if kind == "space":
            continue
        value = match[kind or 0]
        if kind == "word":
            value = value if value == "a" else value.upper()
        elif kind == "sign":
            brackets += (value == "(") - (value == ")")
        elif kind == "iri" and found:
            # After a term, ``<`` may also be *less than*: always where nothing parts them, else in expressions.
            before = found[-1]
            is_term = before.kind not in ("sign", "word") or before.text == ")"
            if is_term and (brackets or before.end == start):
                raise Unplanned
        append(Token(kind or "", value, start, end))
    if done != len(text):
        raise Unplanned
    return found


# A token ends where no reader could take the next character for a part of it.
_TOKENS = re.compile(
    rf"""(?:
      (?P<space>   [ \t\r\n]+ | \#[^\r\n]* )
    | (?P<iri>     {_IRI} )
    | (?P<string>  "(?!"")(?:[^"\\\r\n]|\\[tbnrf\\"'])*+" | '(?!'')(?:[^'\\\r\n]|\\[tbnrf\\"'])*+' )
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*+ (?![A-Za-z0-9-]) )
    | (?P<variable>[?$][A-Za-z_0-9]++ (?![^\x00-\x7f:]) )
    | (?P<number>  [0-9]++(?:\.[0-9]++)?+ (?![A-Za-z_:.0-9]|[^\x00-\x7f]) | [0-9]++(?=\.[ \t\r\n}}]) )
    | (?P<name>    (?:[A-Za-z][A-Za-z0-9_-]*+)?+:(?:[A-Za-z_0-9][A-Za-z0-9_-]*+)?+
                   (?![%\\:]|\.[A-Za-z0-9_:%\\.-]|[^\x00-\x7f]) )
    | (?P<word>    [A-Za-z_][A-Za-z_0-9]*+ (?![:.-]|[^\x00-\x7f]) )
    | (?P<sign>    \^\^|\|\||&&|!=|<=|>=|[(){{}}.;,=<>!|/^*+?-] )
    )[ \t\r\n]*+
    """,
    re.VERBOSE,
)  # fmt: skip

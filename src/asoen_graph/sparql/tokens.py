r"""The lexer of SPARQL 1.1: one regular expression for each terminal of the grammar (section 19.8).

It is tolerant: what is no terminal becomes a token of kind ``error``, so that every text has tokens and an editor, the
guard and the diagnosis can look at broken queries. Codepoint escapes (``\u0053``, section 19.2) count as the
characters they stand for. Words are not told apart into keywords and mistakes: only the grammar can do that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple


class Token(NamedTuple):
    """A piece of the text as the user wrote it. ``line`` and ``column`` count from 1, ``start`` from 0.

    Kinds: ``iri``, ``name`` (prefixed), ``blank``, ``variable``, ``language``, ``string``, ``integer``, ``decimal``,
    ``double``, ``word``, ``nil``, ``anon``, ``punctuation``, ``comment``, ``error``.
    """

    kind: str
    text: str
    start: int
    line: int
    column: int
    value: str
    """The text with codepoint escapes decoded."""

    @property
    def end(self) -> int:
        """Where the token ends in the text."""
        return self.start + len(self.text)

    def is_word(self, *words: str) -> bool:
        """Whether the token is one of the (upper-case) keywords; SPARQL does not mind their case."""
        return self.kind == "word" and self.value.upper() in words


def tokenize(text: str, *, decode: bool = True) -> list[Token]:
    """The tokens of a text in order; what lies between them is white space.

    ``decode=False`` reads codepoint escapes as an engine does that knows them in IRIs and strings only.
    """
    return list(scan(text, decode=decode))


def scan(text: str, *, decode: bool = True) -> Iterator[Token]:
    """The same one after the other, for who may not want them all."""
    if decode and _ESCAPE.search(text):
        decoded, offsets = _decode(text)
    else:
        decoded, offsets = text, None
    return _tokens(text, decoded, offsets)


def significant(text: str) -> list[Token]:
    """The tokens of a text without its comments."""
    return [*(_of_last(text) if len(text) <= _SHORT else _significant(text))]


def _significant(text: str) -> tuple[Token, ...]:
    return tuple(token for token in tokenize(text) if token.kind != "comment")


_of_last = lru_cache(maxsize=1)(_significant)
"""Whoever reads a query asks for its tokens again and again."""
_SHORT = 1 << 16
"""Characters; the tokens of longer texts take too much memory to be kept."""


def unescaped_iri(token: Token) -> str:
    """What stands between the angle brackets of an ``iri`` token, codepoint escapes decoded."""
    return _decode(token.value[1:-1])[0]


def _tokens(text: str, decoded: str, offsets: list[int] | None) -> Iterator[Token]:
    line, line_start, seen = 1, 0, 0
    for match in terminals().finditer(_outline(decoded)):
        first, last = match.span()
        start, end = (first, last) if offsets is None else (offsets[first], offsets[last])
        newlines = text.count("\n", seen, start)
        if newlines:
            line += newlines
            line_start = text.rfind("\n", seen, start) + 1
        seen = start
        yield Token(
            match.lastgroup or "error", text[start:end], start, line, start - line_start + 1, decoded[first:last]
        )


# A backslash that is itself escaped does not begin a codepoint escape.
_ESCAPE = re.compile(r"(?<!\\)((?:\\\\)*)\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")


def _decode(text: str) -> tuple[str, list[int]]:
    """The text with codepoint escapes decoded, and the place in the original of each character and of the end."""
    parts: list[str] = []
    offsets: list[int] = []
    done = 0
    for match in _ESCAPE.finditer(text):
        code = int(match[2] or match[3], 16)
        if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
            continue
        escape = match.end(1)
        parts += [text[done:escape], chr(code)]
        offsets += [*range(done, escape), escape]
        done = match.end()
    parts.append(text[done:])
    offsets += range(done, len(text) + 1)
    return "".join(parts), offsets


_MOST_DOTS = 20
"""Runs of dots in a prefix; one that has more is read as words and dots."""

_LETTER, _MARK, _OTHER = "\u00e9", "\u00b7", "\u00a7"
_LETTERS = (
    (0x00C0, 0x00D6), (0x00D8, 0x00F6), (0x00F8, 0x02FF), (0x0370, 0x037D), (0x037F, 0x1FFF), (0x200C, 0x200D),
    (0x2070, 0x218F), (0x2C00, 0x2FEF), (0x3001, 0xD7FF), (0xF900, 0xFDCF), (0xFDF0, 0xFFFD), (0x10000, 0xEFFFF),
)  # fmt: skip
_MARKS = ((0x00B7, 0x00B7), (0x0300, 0x036F), (0x203F, 0x2040))


def _outline(text: str) -> str:
    """The text with one stand-in for each class of characters beyond ASCII.

    The grammar knows two such classes, letters and marks. With the classes written out in every terminal, compiling the
    expression would take longer than answering most queries.
    """
    return text if text.isascii() else _BEYOND_ASCII.sub(lambda match: _stand_in(match[0]), text)


_BEYOND_ASCII = re.compile("[^\x00-\x7f]")


@cache
def _stand_in(character: str) -> str:
    code = ord(character)
    if any(first <= code <= last for first, last in _LETTERS):
        return _LETTER
    return _MARK if any(first <= code <= last for first, last in _MARKS) else _OTHER


@cache
def terminals() -> re.Pattern[str]:
    """The expression that finds every token, compiled once; its groups are the kinds."""
    letter, mark = f"A-Za-z{_LETTER}", f"0-9{_MARK}"
    letters, characters = f"[{letter}_]", f"[{letter}_{mark}-]"
    # What is repeated and could fail half way is looked at before it is taken, and what cannot comes last: Python
    # before 3.11.5 does not go back to where such a round began (cpython issue 106052).
    dots = f"(?=\\.++{characters})\\.++"
    # Dots are taken a run at a time, and so many runs at most: without a colon at its end a prefix is none, and its
    # next word may begin one again.
    prefix = f"[{letter}]{characters}*+(?:{dots}{characters}++){{0,{_MOST_DOTS}}}+"
    escaped = r"(?=%[0-9A-Fa-f]{2})%..|(?=\\[_~.\-!$&'()*+,;=/?#@%])\\."
    inner = f"{characters}|:|{escaped}"
    local = f"(?:{letters}|[:0-9]|{escaped})(?:(?=\\.++(?:{inner}))\\.++|{inner})*+"
    code = r"(?=\\u[0-9A-Fa-f]{4})\\u.{4}|(?=\\U[0-9A-Fa-f]{8})\\U.{8}"
    char = rf"(?=\\[tbnrf\\\"'])\\.|{code}"
    exponent = "[eE][+-]?[0-9]+"
    kinds = (
        ("comment", r"#[^\r\n]*"),
        ("iri", rf"<(?:{code}|[^\x00-\x20<>\"{{}}|^`\\]++)*+>"),
        ("name", f"(?:{prefix})?:(?:{local})?"),
        ("blank", f"_:(?:{letters}|[0-9])(?:{characters}|{dots})*+"),
        ("variable", f"[?$](?:{letters}|[0-9])[{letter}_{mark}]*+"),
        ("language", "@[A-Za-z]+(?:(?=-[A-Za-z0-9])-[A-Za-z0-9]+)*+(?:--[A-Za-z]+)?"),
        ("string", _strings(char)),
        ("double", rf"[+-]?(?:[0-9]+\.[0-9]*{exponent}|\.?[0-9]+{exponent})"),
        ("decimal", r"[+-]?[0-9]*\.[0-9]+"),
        ("integer", "[+-]?[0-9]+"),
        ("word", f"{letters}[{letter}_{mark}]*+"),
        ("nil", r"\([ \t\r\n]*\)"),
        ("anon", r"\[[ \t\r\n]*\]"),
        ("punctuation", r"<<\(|\)>>|<<|>>|\{\||\|\}|\^\^|\|\||&&|!=|<=|>=|[(){}\[\].;,=<>!|/^*+?~-]"),
        # An open quote runs to the end of its line: the rest of that line is most likely its text.
        ("error", r"\"[^\r\n]*|'[^\r\n]*|[^ \t\r\n]"),
    )
    return re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in kinds))


def _strings(char: str) -> str:
    long = "|".join(rf"{q * 3}(?:{q}{{0,2}}(?:{char}|[^{q}\\]))*+{q * 3}" for q in ("'", '"'))
    short = "|".join(rf"{q}(?:{char}|[^{q}\\\n\r]++)*+{q}" for q in ("'", '"'))
    return f"{long}|{short}"

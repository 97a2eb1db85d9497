"""What is wrong with a query the engine does not take: line, column, token, what was expected, and how to mend it.

The mistake is looked for in this order, and the first in the text is told: characters that are no SPARQL, prefixes
nobody declared, the grammar, and then what a query may not do although the grammar lets it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from asoen_graph.errors import QuerySyntaxError
from asoen_graph.iris import QUERY_PREFIXES
from asoen_graph.sparql import meaning, repair
from asoen_graph.sparql.grammar import failure
from asoen_graph.sparql.names import prefixes_of, used_names
from asoen_graph.sparql.places import syntax_error
from asoen_graph.sparql.tokens import Token, significant
from asoen_graph.sparql.wording import spell
from asoen_graph.text import nearest

_LOOK_ALIKES = str.maketrans({
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\ufeff": "", "\u200b": "",
    "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "−": "-", "–": "-", "≤": "<=", "≥": ">=", "≠": "!=",
})  # fmt: skip
_BROKEN_IRI = re.compile(r"<[^<>\r\n?$]*>")
_NEWER = frozenset({"<<", ">>", "<<(", ")>>", "{|", "|}", "~", "LATERAL"})
"""Signs of SPARQL 1.2 and of the engine's extensions: not in the grammar of 1.1, so it must not judge them."""


def explain(text: str, message: str = "") -> QuerySyntaxError:
    """The error for a text an engine refused with a message; never fails, whatever the text."""
    return mistake(text) or meaning.explain(significant(text)) or _unexplained(message)


def mistake(text: str) -> QuerySyntaxError | None:
    """The first thing in a text that SPARQL 1.1 does not allow there; ``None`` where its grammar is kept."""
    tokens = significant(text)
    errors = [error for error in (_lexical(text, tokens), _prefix(tokens), _grammatical(text, tokens)) if error]
    return min(errors, key=lambda error: (error.line or 0, error.column or 0), default=None)


def _lexical(text: str, tokens: Sequence[Token]) -> QuerySyntaxError | None:
    token = next((token for token in tokens if token.kind == "error"), None)
    if token is None:
        return None
    if token.text[0] in "\"'":
        return syntax_error(token, f"the text {token.text[:24]} has no end", f"Close it with {token.text[0]}")
    if token.text != token.text.translate(_LOOK_ALIKES):
        plain = "".join(_plain(text, tokens))
        name = f"U+{ord(token.text):04X}"
        hint = "It looks like a plain character and comes from copying; type it again"
        return syntax_error(
            token,
            f"the character {token.text!r} ({name}) is not SPARQL",
            hint,
            repaired=plain if repair.is_query(plain) else None,
        )
    return syntax_error(token, f"the character {token.text!r} is not SPARQL here")


def _plain(text: str, tokens: Sequence[Token]) -> Iterator[str]:
    done = 0
    for token in tokens:
        yield text[done : token.start]
        yield token.text.translate(_LOOK_ALIKES) if token.kind == "error" else token.text
        done = token.end
    yield text[done:]


def _prefix(tokens: Sequence[Token]) -> QuerySyntaxError | None:
    known = QUERY_PREFIXES | prefixes_of(tokens)
    for token in used_names(tokens):
        prefix = token.value.partition(":")[0]
        if token.kind == "name" and prefix not in known:
            near = nearest(prefix, known, 1)
            hint = f"Did you mean {near[0]}:? If not, declare it" if near else "Declare it"
            return syntax_error(
                token,
                f"the prefix {prefix}: of {token.text} is not declared",
                f"{hint} at the start: PREFIX {prefix}: <…>",
            )
    return None


def _grammatical(text: str, tokens: Sequence[Token]) -> QuerySyntaxError | None:
    found = failure(tokens)
    if found is None:
        return None
    if any(token.value.upper() in _NEWER for token in tokens[: found.position + 1]):
        return None
    expected = spell(found.expected)
    wanted = f"; expected {_listed(expected)}" if len(expected) <= 8 else ""
    hint, mended = repair.mend(text, tokens, found)
    if found.position < len(tokens):
        token = tokens[found.position]
        if token.text == "<" and (broken := _BROKEN_IRI.match(text, token.start)):
            return syntax_error(
                token, f"{broken[0]} is not an IRI", "An IRI holds no spaces, quotes or braces: write %20 …"
            )
        message = f"{token.text} is not possible here{wanted}"
        return syntax_error(token, message, hint, expected=expected, repaired=mended)
    end = Token("end", "", len(text), text.count("\n") + 1, len(text) - text.rfind("\n"), "")
    return syntax_error(end, f"the query ends too early{wanted}", hint, expected=expected, repaired=mended)


def _listed(words: Sequence[str]) -> str:
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _unexplained(message: str) -> QuerySyntaxError:
    said = re.sub(r"^error at \d+:\d+: expected (one of )?", "", message)
    phrases = [part for part in re.split(r", (?=[A-Z\"\[])", said) if re.match(r"[A-Z][a-z]*( [A-Za-z]+)+", part)]
    reason = f": {phrases[0]}" if phrases else ""
    return QuerySyntaxError(f"The engine does not take this query{reason}")

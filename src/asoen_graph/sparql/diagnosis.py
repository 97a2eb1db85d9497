"""What is wrong with a query the engine does not take: line, column, token, what was expected, and how to mend it.

The mistake is looked for in this order, and the first in the text is told: characters that are no SPARQL, prefixes
nobody declared, the grammar, and then what a query may not do although the grammar lets it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from asoen_graph.errors import QuerySyntaxError
from asoen_graph.iris import QUERY_PREFIXES
from asoen_graph.messages import tell
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
        return syntax_error(
            token, tell("query.text-open", text=token.text[:24]), tell("query.close-text", text=token.text[0])
        )
    if token.text != token.text.translate(_LOOK_ALIKES):
        plain = "".join(_plain(text, tokens))
        name = f"U+{ord(token.text):04X}"
        hint = tell("query.pasted")
        return syntax_error(
            token,
            tell("query.character", text=token.text, name=name),
            hint,
            repaired=plain if repair.is_query(plain) else None,
        )
    return syntax_error(token, tell("query.character-here", text=token.text))


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
            hint = (
                tell("query.prefix-near", near=near[0], prefix=prefix)
                if near
                else tell("query.prefix-declare", prefix=prefix)
            )
            return syntax_error(
                token,
                tell("query.prefix", prefix=prefix, text=token.text),
                hint,
            )
    return None


def _grammatical(text: str, tokens: Sequence[Token]) -> QuerySyntaxError | None:
    found = failure(tokens)
    if found is None:
        return None
    if any(token.value.upper() in _NEWER for token in tokens[: found.position + 1]):
        return None
    expected = spell(found.expected)
    wanted = tell("query.expected", expected=expected) if len(expected) <= 8 else ""
    hint, mended = repair.mend(text, tokens, found)
    if found.position < len(tokens):
        token = tokens[found.position]
        if token.text == "<" and (broken := _BROKEN_IRI.match(text, token.start)):
            return syntax_error(token, tell("query.iri-broken", broken=broken[0]), tell("query.iri-signs"))
        message = tell("query.not-possible", text=token.text, wanted=wanted)
        return syntax_error(token, message, hint, expected=expected, repaired=mended)
    end = Token("end", "", len(text), text.count("\n") + 1, len(text) - text.rfind("\n"), "")
    return syntax_error(end, tell("query.too-early", wanted=wanted), hint, expected=expected, repaired=mended)


def _unexplained(message: str) -> QuerySyntaxError:
    said = re.sub(r"^error at \d+:\d+: expected (one of )?", "", message)
    phrases = [part for part in re.split(r", (?=[A-Z\"\[])", said) if re.match(r"[A-Z][a-z]*( [A-Za-z]+)+", part)]
    reason = f": {phrases[0]}" if phrases else ""
    return QuerySyntaxError(tell("query.engine-refuses", reason=reason))

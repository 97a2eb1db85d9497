"""Keeping ``SERVICE`` from an engine that follows it to the network and cannot be told not to.

Looking for a ``SERVICE`` token is not enough, for pyoxigraph does not read tokens as the Recommendation does. It asks
for no end of word (``SERVICEex:x {}``, ``trueSERVICE<…>{}``), ends some names early (``ex:a.SERVICE``, or
``ex:SERVICE`` where the whole would be no IRI) and takes ``<`` for *less than* where the Recommendation reads an IRI
(``?a<1+'x>'``), after which every quotation mark means the opposite. So two things are done:

- where the word stands in a token that is a keyword, or of a kind it has no business in, the query is refused;
- elsewhere – in strings, IRIs, comments and names – the engine is given a text that spells it otherwise. Then, however
  that text is taken apart, the letters are nowhere in it but in variables, which no parser can mistake.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from asoen_graph.iris import QUERY_PREFIXES
from asoen_graph.messages import tell
from asoen_graph.sparql.mentions import FEDERATION, mentions
from asoen_graph.sparql.names import expand, prefixes_of
from asoen_graph.sparql.places import refusal, syntax_error
from asoen_graph.sparql.tokens import Token, tokenize

_WORD = re.compile("service", re.IGNORECASE)


def refuse_federation(text: str) -> None:
    """Raise QueryRefused where a query asks another endpoint, or could be read to ask one.

    Read are the text as the Recommendation reads it, codepoint escapes first, and as the engine reads it.
    """
    if "\\u" in text.lower():
        _disarmed(tokenize(text))
    disarm(text)


def disarm(text: str) -> str:
    """The same query without the word *service*, but for variables. Raises QueryRefused where it is asked for."""
    if not mentions(text, FEDERATION):
        return text
    parts: list[str] = []
    done = 0
    for start, end, spelling in _disarmed(tokenize(text, decode=False)):
        parts += [text[done:start], spelling]
        done = end
    return "".join([*parts, text[done:]])


def _disarmed(tokens: Sequence[Token]) -> list[tuple[int, int, str]]:
    """Where a token is to be spelt otherwise, and how. Raises QueryRefused for those that cannot be."""
    prefixes = QUERY_PREFIXES | prefixes_of(tokens)
    suspicious = (token for token in tokens if token.kind != "variable" and _WORD.search(token.value))
    return [(token.start, token.end, _spelt(token, prefixes)) for token in suspicious]


def _spelt(token: Token, prefixes: Mapping[str, str]) -> str:
    if token.kind in ("string", "iri"):
        return _escaped(token.value)
    if token.kind == "comment":
        return "#"
    if token.kind == "error":
        # Where a text cannot be read to its end, nobody can say what an engine makes of the rest.
        raise syntax_error(token, tell("query.not-sparql", text=token.text))
    if token.kind == "name" and not _WORD.search(token.value.partition(":")[0]):
        iri = expand(token, prefixes)
        if iri is None:
            raise syntax_error(token, tell("query.prefix-of", text=token.text))
        return _escaped(f"<{iri}>")
    raise refusal(
        token,
        tell("query.may-ask-another", text=token.text),
        tell("query.ask-both") if token.is_word("SERVICE") else tell("query.spell-otherwise"),
    )


def _escaped(text: str) -> str:
    """The text of a string or IRI with the first letter of the word as a codepoint escape."""
    return _WORD.sub(lambda match: f"\\u{ord(match[0][0]):04X}{match[0][1:]}", text)

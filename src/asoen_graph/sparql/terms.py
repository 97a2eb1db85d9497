"""Writing RDF terms into a query, whatever they hold."""

from __future__ import annotations

import re

from pyoxigraph import BlankNode, Literal, NamedNode, Triple


def serialise(term: NamedNode | BlankNode | Literal | Triple) -> str:
    r"""The term as SPARQL reads it, in one token or a string with its type, whatever it holds.

    An escaped backslash before ``u`` is written so that an engine that decodes codepoint escapes before it reads
    strings (section 19.2) finds the same text: ``\\u0022`` must not become a quotation mark.
    """
    text = str(term)
    return _PAIR.sub(_spell, text) if isinstance(term, Literal) and "\\" in text else text


_PAIR = re.compile(r"\\\\([uU])|\\.", re.DOTALL)


def _spell(match: re.Match[str]) -> str:
    return rf"\\\u{ord(match[1]):04X}" if match[1] else match[0]

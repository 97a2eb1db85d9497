"""The prefixed names of a query: which prefixes it declares, and which IRI a token stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from asoen_graph.sparql.tokens import Token, unescaped_iri


def prefixes_of(tokens: Sequence[Token]) -> dict[str, str]:
    """The prefixes declared in the text, with their namespaces."""
    return {name.value[:-1]: unescaped_iri(iri) for name, iri in _declarations(tokens)}


def used_names(tokens: Sequence[Token]) -> Iterator[Token]:
    """The ``name`` and ``iri`` tokens that name something: those of the prologue are left out."""
    declared = {token.start for pair in _declarations(tokens) for token in pair}
    for position, token in enumerate(tokens):
        in_base = position > 0 and tokens[position - 1].is_word("BASE")
        if token.kind in ("name", "iri") and token.start not in declared and not in_base:
            yield token


def expand(token: Token, prefixes: Mapping[str, str]) -> str | None:
    """The IRI of a ``name`` or ``iri`` token; ``None`` for other tokens and unknown prefixes."""
    if token.kind == "iri":
        return unescaped_iri(token)
    prefix, colon, local = token.value.partition(":")
    if token.kind != "name" or not colon or prefix not in prefixes:
        return None
    return prefixes[prefix] + local.replace("\\", "")


def resolver(tokens: Sequence[Token]) -> Callable[[str], str]:
    """What makes an IRI whole, where it may be relative to the last ``BASE`` of the text."""
    bases = [iri for word, iri in pairwise(tokens) if word.is_word("BASE") and iri.kind == "iri"]
    if not bases:
        return str
    from urllib.parse import urljoin  # few queries have a base

    base = ""
    for iri in bases:
        base = urljoin(base, unescaped_iri(iri))
    return lambda iri: urljoin(base, iri)


def _declarations(tokens: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    for position, token in enumerate(tokens[:-2]):
        name, iri = tokens[position + 1], tokens[position + 2]
        if token.is_word("PREFIX") and name.kind == "name" and name.value.endswith(":") and iri.kind == "iri":
            yield name, iri

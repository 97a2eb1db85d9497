"""Answering SPARQL text: the form of the query decides what is offered, the engine writes the answer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from asoen_graph.answers.rendering import render
from asoen_graph.server.forms import BINDINGS, BOOLEANS, ENGINE, FOR_PEOPLE, TRIPLES, content_type
from asoen_graph.server.library import Collection
from asoen_graph.server.messages import Reply
from asoen_graph.server.negotiation import Offer, choose
from asoen_graph.server.operations.rows import refuse_too_many, refuse_too_many_written
from asoen_graph.server.settings import Limits
from asoen_graph.sparql.mentions import CHANCE, mentions

_GAP = r"(?:\s|#[^\r\n]*+)*+"
_DECLARATION = rf"(?:BASE{_GAP}<[^>]*+>|PREFIX{_GAP}[^\s:<]*+:{_GAP}<[^>]*+>){_GAP}"
_FORM = re.compile(rf"{_GAP}(?:{_DECLARATION})*+(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
_CHANGING = re.compile(r"\b(?:RAND|NOW|UUID|STRUUID|BNODE)\s*\(", re.IGNORECASE)
_FOR_PEOPLE = frozenset(offer.format for offer in FOR_PEOPLE)
_FRESH_NODE = re.compile(r"_:|\[")
_LONGEST_USUAL = 500
_MEDIA_TYPES = {each.format: each.media_type for each in reversed((*BINDINGS, *TRIPLES, *ENGINE))}
"""The exact name of each form of SPARQL's own: the first."""


def form_of(text: str) -> str | None:
    """``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``; ``None`` for what is no query, which the engine will say."""
    found = _FORM.match(text)
    return found[1].upper() if found else None


def is_repeatable(text: str) -> bool:
    """Whether the query gives the same bytes each time: no clock, no chance, no new blank nodes."""
    return _is_repeatable(text, form_of(text))


def _is_repeatable(text: str, form: str | None) -> bool:
    changes = mentions(text, CHANCE) and _CHANGING.search(text)
    return not (changes or (form == "CONSTRUCT" and _FRESH_NODE.search(text)))


def answer(library: Collection, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """Answer a query in the form that ``accept`` and ``format`` ask for.

    Arguments: ``query``, ``accept``, ``format``, ``language``, ``default_graphs``, ``named_graphs``.
    """
    text = arguments["query"]
    form = form_of(text)
    offer = _choose(form, arguments["accept"], arguments["format"])
    headers = {"Content-Type": content_type(offer.media_type)}
    dataset = {"default_graphs": arguments["default_graphs"], "named_graphs": arguments["named_graphs"]}
    if offer.format in _FOR_PEOPLE:
        found = library.store.query(text, **dataset)
        refuse_too_many(found, limits)
        body = render(found, offer.format, library.store, arguments["language"])
        headers["Content-Language"] = arguments["language"]
    else:
        body = written(library, text, offer, limits, **dataset)
    if not _is_repeatable(text, form) or library.store.asks_outside(
        text, [*dataset["default_graphs"], *dataset["named_graphs"]]
    ):
        headers["Cache-Control"] = "no-store"
    return Reply(200, headers, body)


def offers(form: str | None) -> Sequence[Offer]:
    """The forms an answer to a query of this form comes in; for what is no query, all: its mistake comes first."""
    if form == "ASK":
        return (*BOOLEANS, *FOR_PEOPLE)
    if form == "SELECT":
        return (*BINDINGS, *FOR_PEOPLE)
    return TRIPLES if form else (*BINDINGS, *FOR_PEOPLE, *TRIPLES)


@lru_cache(maxsize=256)
def _chosen(form: str | None, accept: str | None, name: str | None) -> Offer:
    return choose(offers(form), accept, name)


def _choose(form: str | None, accept: str | None, name: str | None) -> Offer:
    """The offer that suits; what most clients ask for is found out once."""
    is_usual = len(accept or "") + len(name or "") <= _LONGEST_USUAL
    return _chosen(form, accept, name) if is_usual else choose(offers(form), accept, name)


def written(library: Collection, text: str, offer: Offer, limits: Limits, **dataset: Sequence[str]) -> bytes:
    """The answer in a form of SPARQL's own, as the engine writes it. Raises LimitReached where it has too many rows."""
    # The media type that names the form exactly, which the one it is sent as may not.
    media_type = _MEDIA_TYPES[offer.format]
    body = library.store.serialize(text, media_type, **dataset)
    refuse_too_many_written(offer.format, body, limits)
    return body

"""The documents a network rests on, each once, with every place in it that an edge cites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from asoen_graph.evidence import Citation, Document, Words, one_or_more, readable
from asoen_graph.network.model import Edge, Network
from asoen_graph.network.words import spoken_date

_Sources: TypeAlias = tuple[str, ...]
_DIGITS = re.compile(r"([0-9]+)")


def footnotes(network: Network) -> list[str]:
    """A line for each document, in order of title: title, publisher, date, address, and the places cited.

    Documents that a fact is jointly attributed to share a line, which says so.
    """
    return [_footnote(citations, network.language) for citations in _documents(network).values()]


def references(network: Network) -> list[str]:
    """For each edge, in order, the numbers of its footnotes with the places it cites: ``3 (paragraphs 1, 4); 7``."""
    ranks = {sources: rank for rank, sources in enumerate(_documents(network), start=1)}
    return ["; ".join(_numbered(_by_document([edge]), ranks, network.language)) for edge in network.edges]


def _numbered(
    documents: Mapping[_Sources, list[Citation]], ranks: Mapping[_Sources, int], language: str
) -> Iterator[str]:
    for sources in sorted(documents, key=ranks.__getitem__):
        citations = documents[sources]
        places = "; ".join(_places({each.locator for each in citations if each.locator}, citations[0].words, language))
        yield f"{ranks[sources]} ({places})" if places else str(ranks[sources])


def _documents(network: Network) -> dict[_Sources, list[Citation]]:
    """The citations of a network by document or documents, in the order of the footnotes."""
    documents = _by_document(network.edges)
    return dict(sorted(documents.items(), key=lambda item: (item[1][0].title, item[0])))


def _by_document(edges: Iterable[Edge]) -> dict[_Sources, list[Citation]]:
    documents: dict[_Sources, list[Citation]] = {}
    for edge in edges:
        for citation in edge.citations:
            sources = tuple(each.source for each in citation.documents)
            documents.setdefault(sources, []).append(citation)
    return documents


def _footnote(citations: list[Citation], language: str) -> str:
    first, *others = citations[0].documents
    words = citations[0].words
    places = "; ".join(_places({each.locator for each in citations if each.locator}, words, language))
    told = _sentences((*_description(first, language), places[:1].upper() + places[1:]))
    if not others:
        return told
    named = one_or_more(language)
    rest = [_sentences(_description(each, language)) for each in others]
    return " · ".join([f"{named[:1].upper()}{named[1:]}: {told}", *rest])


def _description(document: Document, language: str) -> tuple[str, ...]:
    published = spoken_date(document.published, language) if document.published else ""
    issued = ", ".join(part for part in (document.publisher, published) if part)
    return document.title, issued, readable(document.url)


def _sentences(parts: Iterable[str]) -> str:
    return " ".join(part if part.endswith((".", "?", "!", "…")) else f"{part}." for part in parts if part)


def _places(locators: Iterable[str], words: Words, language: str) -> list[str]:
    """The places in order, those of one unit together: ``paragraphs 3, 5``, ``page 4, table 2``."""
    groups: dict[str, list[str]] = {}
    for locator in sorted(locators, key=_natural):
        unit, space, rest = locator.partition(" ")
        alone = not space or "," in rest
        groups.setdefault(locator if alone else unit, []).append(locator if alone else rest)
    return [
        _spoken(
            place if members == [place] else f"{_plural(place, members, words)} {', '.join(members)}", words, language
        )
        for place, members in groups.items()
    ]


def _plural(unit: str, members: list[str], words: Words) -> str:
    return f"{unit}s" if len(members) > 1 and f"{unit}s" in words else unit


def _spoken(locator: str, words: Words, language: str) -> str:
    """The locator in a language: ``page 4, table 2`` → ``trang 4, bảng 2``."""
    parts = [part.partition(" ") for part in locator.split(", ")]
    return ", ".join(f"{words.get(unit, {}).get(language, unit)}{space}{rest}" for unit, space, rest in parts)


def _natural(text: str) -> list[tuple[int, str]]:
    """A sort key by which ``paragraph 9`` comes before ``paragraph 10``."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in _DIGITS.split(text)]

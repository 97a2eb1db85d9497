"""The documents a network rests on, each once, with every place in it that an edge cites."""

from __future__ import annotations

import re
from collections.abc import Iterable

from asoen_graph.evidence import Citation, Words
from asoen_graph.network.model import Network
from asoen_graph.network.words import spoken_date

_DIGITS = re.compile(r"([0-9]+)")


def footnotes(network: Network) -> list[str]:
    """A line for each document, in order of title: title, publisher, date, address, and the places cited."""
    documents: dict[str, list[Citation]] = {}
    for edge in network.edges:
        for citation in edge.citations:
            documents.setdefault(citation.source, []).append(citation)
    ordered = sorted(documents.values(), key=lambda citations: (citations[0].title, citations[0].source))
    return [_footnote(citations, network.language) for citations in ordered]


def _footnote(citations: list[Citation], language: str) -> str:
    first = citations[0]
    published = spoken_date(first.published, language) if first.published else ""
    issued = ", ".join(part for part in (first.publisher, published) if part)
    places = "; ".join(_places({each.locator for each in citations if each.locator}, first.words, language))
    parts = (first.title, issued, first.url, places[:1].upper() + places[1:])
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
    return [(int(part), "") if part.isdigit() else (-1, part) for part in _DIGITS.split(text)]

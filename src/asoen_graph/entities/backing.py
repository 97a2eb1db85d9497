"""What stands behind a statement as a page shows it: facts that one passage of a document states are shown as one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlsplit

from asoen_graph.entities.cards import CitedDocument, Claim
from asoen_graph.iris import FACT

_LONGEST: Final = 48
_PARAGRAPH: Final = "paragraph "


@dataclass(frozen=True, slots=True)
class FactName:
    """A fact by the name it has in addresses; ``place`` is where it is curated, if that is known."""

    name: str
    place: str | None


@dataclass(frozen=True, slots=True)
class Backing:
    """A passage of a document and the facts taken from it that are alike in everything that is said of them.

    ``short`` is what a reader recognises the document by, ``passage`` the fragment of the page of the document.
    """

    source: str
    short: str
    citation: str
    locator: str
    passage: str
    status: str
    status_label: str
    note: str
    valid_from: str | None
    valid_until: str | None
    others: tuple[CitedDocument, ...]
    facts: tuple[FactName, ...]

    @property
    def is_joint(self) -> bool:
        """Whether the facts are jointly attributed to several documents."""
        return bool(self.others)


def backing(claims: Iterable[Claim]) -> tuple[Backing, ...]:
    """The passages behind some claims, in the order of the claims."""
    alike: dict[tuple[object, ...], list[Claim]] = {}
    for claim in claims:
        key = claim.sources, claim.locator, claim.status, claim.note, claim.valid_from, claim.valid_until
        alike.setdefault(key, []).append(claim)
    return tuple(_passage(group) for group in alike.values())


def fact_name(iri: str) -> str:
    """The name of a fact in addresses."""
    return iri.removeprefix(FACT)


def anchor(locator: str) -> str:
    """The name of a passage on the page of its document: ``paragraph 12`` → ``p-12``."""
    return "p-" + (locator.removeprefix(_PARAGRAPH).replace(", ", "-").replace(" ", "-") or "text")


def short(title: str, publisher: str, published: str, url: str, slug: str) -> str:
    """What a reader recognises a document by, with its date."""
    name = publisher or title or urlsplit(url).netloc or slug
    if len(name) > _LONGEST:
        name = name[:_LONGEST].rpartition(" ")[0] + "…"
    return f"{name} ({published})" if published else name


def _passage(claims: list[Claim]) -> Backing:
    first = claims[0]
    facts = dict.fromkeys(FactName(fact_name(claim.fact), claim.place) for claim in claims)
    return Backing(
        source=first.source,
        short=short(first.title, first.publisher, first.published, first.url, first.source),
        citation=first.place_cited,
        locator=first.locator_label,
        passage=quote(anchor(first.locator)),
        status=first.status,
        status_label=first.status_label,
        note=first.note,
        valid_from=first.valid_from,
        valid_until=first.valid_until,
        others=first.sources[1:],
        facts=tuple(facts),
    )

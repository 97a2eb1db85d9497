"""What an edge rests on, arranged for reading: document by document, place by place, fact by fact."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from asoen_graph.evidence import Citation, Document, choose
from asoen_graph.network.model import Edge, Network


@dataclass(slots=True)
class Place:
    """A place in a document, spoken, with the facts (by IRI) that stand there; ``remark`` says what is wrong with them.

    The locator is empty where the source gives none, the remark where the facts are accepted.
    """

    locator: str
    remark: str
    facts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Cited:
    """A document with the places cited; several documents where the facts are jointly attributed to them."""

    documents: tuple[Document, ...]
    places: list[Place] = field(default_factory=list)


def cited_documents(edge: Edge, language: str) -> list[Cited]:
    """The documents an edge cites in reading order, each once with its places, each of those once with its facts."""
    found: dict[tuple[Document, ...], dict[tuple[str, str], Place]] = {}
    for citation in edge.citations:
        place = citation.place(language) if citation.locator else ""
        remark = _remark(citation, language)
        places = found.setdefault(citation.documents, {})
        places.setdefault((place, remark), Place(place, remark)).facts.append(citation.fact)
    return [Cited(documents, list(places.values())) for documents, places in found.items()]


def facts_without_source(edge: Edge) -> list[str]:
    """The facts of an edge that no citation stands for, by IRI."""
    known = {citation.fact for citation in edge.citations}
    return [fact for fact in edge.facts if fact not in known]


def all_documents(network: Network) -> list[Document]:
    """Every document that the network cites, once, by title."""
    found = {document.source: document for document in _documents(network)}
    return sorted(found.values(), key=lambda document: (document.title, document.source))


def address(iri: str) -> str | None:
    """The IRI where a browser can open it (http and https); ``None`` for others, ``javascript:`` among them."""
    try:
        return iri if urlsplit(iri).scheme in ("http", "https") else None
    except ValueError:  # Brackets without an IPv6 address between them.
        return None


def _documents(network: Network) -> Iterator[Document]:
    for edge in network.edges:
        for citation in edge.citations:
            yield from citation.documents


def _remark(citation: Citation, language: str) -> str:
    """The status of a fact that is not accepted, with the curator's note, as ``Citation.text`` says it."""
    if citation.status in ("", "accepted"):
        return ""
    status = choose(citation.words.get(citation.status, {}), language) or citation.status
    return ": ".join(filter(None, (status, citation.note)))

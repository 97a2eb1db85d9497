"""A network with its occasions: what the explorer of the pages works on.

Every other form is one network: that of a period, or of all time, with the occasions of a link added up. Here each
occasion stands by itself, so that a reader can ask for one year after another, compare two and leave out what is not
wanted without asking the server again. Nodes have the places of the network of all time, which they keep.

Texts are in both languages, so there is one document for every reader. A fact, a document, a kind and a relation stand
once and are named by their number.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from asoen_graph.evidence import Citation, Document, choose
from asoen_graph.network.asking import check_layout, wording
from asoen_graph.network.links import Link
from asoen_graph.network.model import Network, reading_order
from asoen_graph.network.onemode import project
from asoen_graph.network.picture.composition import refuse_crowds
from asoen_graph.network.picture.placement import place
from asoen_graph.network.projection import LANGUAGES, Rows, network_in, outline, relations_of
from asoen_graph.network.words import say
from asoen_graph.store import GraphStore
from asoen_graph.vocabulary import Vocabulary

FORM: Final = "asoen-network-1"
"""What the document says it is."""

Texts = dict[str, str]


@dataclass(frozen=True, slots=True)
class Cut:
    """Which part of the network, and how it is arranged: what decides the places of its nodes."""

    top: int | None = None
    """Only so many nodes: the strongest of all time."""
    project: str | None = None
    """The side that is kept; the document still has both, and places for that side alone."""
    layout: str | None = None
    """One of ``LAYOUTS``, in place of that of the query."""


def document(rows: Rows, store: GraphStore, vocabulary: Vocabulary, release: str, cut: Cut) -> dict[str, Any]:
    """The network of these rows as plain values.

    Raises NetworkError where it is too large to be looked at, or is not two-mode and a side is to be kept;
    ParameterError for a layout there is not.
    """
    check_layout(cut.layout)
    named = {each: outline(rows, store, vocabulary, each) for each in LANGUAGES}
    if cut.top is not None:
        kept = {node.iri for node in network_in(None, rows, store, vocabulary, "en", release).strongest(cut.top).nodes}
        rows = replace(rows, links=tuple(link for link in rows.links if link.source in kept and link.target in kept))
        named = {each: network.among(kept) for each, network in named.items()}
    return _Writing(rows, named, store, vocabulary, release, cut).document()


def write(content: Mapping[str, Any]) -> bytes:
    """The document as JSON."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


class _Numbers:
    """Things by their number, in the order in which they were met."""

    def __init__(self) -> None:
        self._found: dict[str, int] = {}

    def of(self, key: str) -> int:
        return self._found.setdefault(key, len(self._found))

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)


class _Writing:
    def __init__(
        self,
        rows: Rows,
        named: Mapping[str, Network],
        store: GraphStore,
        vocabulary: Vocabulary,
        release: str,
        cut: Cut,
    ) -> None:
        self._rows = rows
        self._named = named
        self._store = store
        self._vocabulary = vocabulary
        self._release = release
        self._cut = cut

    def document(self) -> dict[str, Any]:
        rows, whole = self._rows, self._named["en"]
        facts = self._facts_in_order()
        relations, links = self._links({fact: number for number, fact in enumerate(facts)})
        query = rows.query
        weight, shared = rows.header.get("weight"), rows.header.get("shared")
        documents, cited = self._evidence(facts)
        return {
            "form": FORM,
            "name": query.name if query else "network",
            "title": dict(query.title) if query else _said("untitled"),
            "description": dict(query.description) if query else {},
            "weights": dict(weight) if isinstance(weight, Mapping) else {},
            "shared": {side: dict(texts) for side, texts in shared.items()} if isinstance(shared, Mapping) else {},
            "columns": {name: dict(texts) for name, texts in query.columns.items()} if query else {},
            "directed": rows.directed,
            "weighted": rows.weighted,
            "twoMode": not {link.source for link in rows.links} & {link.target for link in rows.links},
            "layout": self._layout(),
            "release": self._release,
            "notes": list(rows.findings),
            "kinds": self._kinds(),
            "relations": relations,
            "nodes": self._nodes(whole),
            "links": links,
            "documents": documents,
            "facts": cited,
        }

    def _layout(self) -> str:
        return self._cut.layout or self._named["en"].layout

    def _kinds(self) -> list[dict[str, Any]]:
        return list(self._kinds_by_key().values())

    def _kinds_by_key(self) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for language, network in self._named.items():
            for kind in sorted({node.kind for node in network.nodes}, key=lambda each: each.key):
                entry = found.setdefault(kind.key, {"key": kind.key, "labels": {}, "rank": kind.rank, "iri": kind.iri})
                entry["labels"][language] = kind.label
        return found

    def _nodes(self, whole: Network) -> list[dict[str, Any]]:
        kinds = {key: number for number, key in enumerate(self._kinds_by_key())}
        places = self._places(whole)
        return [
            {
                "id": node.id,
                "iri": node.iri,
                "labels": {"en": node.label, **node.labels},
                "kind": kinds[node.kind.key],
                **({"x": places[node.iri][0], "y": places[node.iri][1]} if node.iri in places else {}),
            }
            for node in whole.nodes
        ]

    def _places(self, whole: Network) -> dict[str, tuple[float, float]]:
        """The centre of each node in the picture of all time."""
        whole = replace(whole, layout=self._layout())
        if self._cut.project is not None:
            whole = project(whole, self._cut.project, "count", wording(self._rows, self._cut.project, "en"))
        refuse_crowds(whole)
        return {iri: (box.x, box.y) for iri, box in place(whole)[1].items()}

    def _links(self, facts: Mapping[str, int]) -> tuple[list[dict[str, Any]], list[list[Any]]]:
        """The relations, and the links: source, target, relation (all by number) and occasions."""
        numbers = {node.iri: number for number, node in enumerate(self._named["en"].nodes)}
        groups: dict[tuple[str, str, str], list[Link]] = {}
        terms: dict[str, Any] = {}
        for link in self._rows.links:
            terms[str(link.relation)] = link.relation
            groups.setdefault((link.source, link.target, str(link.relation)), []).append(link)
        for source, target, relation in () if self._rows.directed else list(groups):
            if source > target and (target, source, relation) in groups:
                groups[target, source, relation] += groups.pop((source, target, relation))
        relations, places = self._relations(terms)
        return relations, [
            [
                numbers[source],
                numbers[target],
                places[relation],
                sorted((_occasion(link, facts) for link in groups[source, target, relation]), key=json.dumps),
            ]
            for source, target, relation in sorted(groups)
        ]

    def _relations(self, terms: Mapping[str, Any]) -> tuple[list[dict[str, Any]], dict[str, int | None]]:
        found = {each: relations_of(terms.values(), self._store, self._vocabulary, each) for each in LANGUAGES}
        listed: list[dict[str, Any]] = []
        places: dict[str, int | None] = {}
        for name, term in sorted(terms.items()):
            relation = found["en"][term]
            places[name] = None if relation is None else len(listed)
            if relation is not None:
                labels = {each: named.label for each in LANGUAGES if (named := found[each][term])}
                listed.append({"key": relation.key, "labels": labels, "rank": relation.rank, "iri": relation.iri})
        return listed, places

    def _facts_in_order(self) -> list[str]:
        """Every fact, in the order in which their citations are read; those without one last."""
        facts = {fact for link in self._rows.links for fact in link.facts}
        cited = self._store.citations(facts, "en")
        return [
            *(citation.fact for citation in sorted(cited.values(), key=reading_order)),
            *sorted(facts - cited.keys()),
        ]

    def _evidence(self, iris: list[str]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """The documents, and the facts: where in which of them each stands."""
        cited = {each: self._store.citations(iris, each) for each in LANGUAGES}
        numbers = _Numbers()
        told = [_fact(iri, {each: cited[each].get(iri) for each in LANGUAGES}, numbers) for iri in iris]
        known = {
            each: {document.source: document for citation in cited[each].values() for document in citation.documents}
            for each in LANGUAGES
        }
        return [_document(iri, {each: known[each][iri] for each in LANGUAGES}) for iri in numbers], told


def _occasion(link: Link, facts: Mapping[str, int]) -> list[Any]:
    """Weight, first and last day (``None`` where not known; both where there is no date), facts by number."""
    start, end = link.spell or (None, None)
    return [link.weight, start, end, sorted(facts[fact] for fact in link.facts)]


def _fact(iri: str, cited: Mapping[str, Citation | None], documents: _Numbers) -> dict[str, Any]:
    citation = cited["en"]
    if citation is None:
        return {"iri": iri, "documents": []}
    told: dict[str, Any] = {"iri": iri, "documents": [documents.of(each.source) for each in citation.documents]}
    if citation.locator:
        told["place"] = {each: found.place(each) for each, found in cited.items() if found}
    if citation.status not in ("", "accepted"):
        told["status"] = citation.status
        told["remark"] = {each: _remark(found, each) for each, found in cited.items() if found}
    return told


def _remark(citation: Citation, language: str) -> str:
    status = choose(citation.words.get(citation.status, {}), language) or citation.status
    return ": ".join(filter(None, (status, citation.note)))


def _document(iri: str, named: Mapping[str, Document]) -> dict[str, Any]:
    return {"iri": iri, "texts": {each: found.text() for each, found in named.items()}, "url": named["en"].url}


def _said(phrase: str) -> Texts:
    return {each: say(phrase, each) for each in LANGUAGES}

"""The things of a map or a timeline, as the catalogue tells them: one for each row of its query, with its evidence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from asoen_graph.answers.map import read_point
from asoen_graph.errors import QueryError
from asoen_graph.evidence import Citation
from asoen_graph.iris import ENTITY, FACT, SOURCE, TERM
from asoen_graph.messages import tell
from asoen_graph.queries.catalogue import CatalogueQuery
from asoen_graph.store import GraphStore, SelectAnswer, Term
from asoen_graph.vocabulary import Vocabulary

GROUPS: Final = {
    "event": 0,
    "heritage-park": 1,
    "organisation": 2,
    "instrument": 3,
    "award-edition": 4,
    "programme": 5,
    "place": 6,
    "chairship": 7,
    "tenure": 8,
}
"""The classes that have a mark of their own, by the number of the mark; what belongs to none has the last."""
OTHER: Final = 9

_POINT: Final = TERM + "point"
_AHEAD: Final = ("planned", "postponed", "cancelled")
_PLAIN: Final = (TERM + "point", TERM + "place", TERM + "starts")
"""Relations that go without saying."""
_BEGINNINGS: Final = tuple(TERM + name for name in ("starts", "plannedFor", "adoptedOn", "launchedOn", "awardedOn"))
"""Dates of the thing itself; things with these share a lane, and with others have one of their own."""
_LASTING: Final = (TERM + "inForceFrom", TERM + "chair", TERM + "holder")

_Row = Mapping[str, Term | None]


@dataclass(frozen=True, slots=True)
class Named:
    """Something else that a thing belongs to."""

    slug: str
    label: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A fact the row rests on: the last part of its IRI, the document it is from, and how it is cited."""

    fact: str
    source: str
    short: str
    """Who published it, and the place in it."""
    text: str
    """The whole citation."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A mark and a row. Dates are as precise as documents give them; texts that are not there are empty."""

    slug: str
    label: str
    kinds: tuple[str, ...]
    """The keys of its class and of the classes above that."""
    kind: str
    """The label of its class."""
    slot: int
    lane: str
    """What the lane of a timeline with such things is called."""
    relation: str
    """What the place or the date is to it, where that does not go without saying."""
    places: tuple[Named, ...]
    """Where it is or was: one on a map, where each has a mark of its own; several on a timeline."""
    countries: tuple[Named, ...]
    within: Named | None
    point: tuple[float, float] | None
    since: str
    until: str
    lasts: bool
    """Whether it goes on from ``since`` on, so that no end means an open one."""
    status: str
    ahead: bool
    """Whether it is only planned, or did not come about."""
    disputed: bool
    is_ground: bool
    """Whether it is the place itself, at which other things may stand."""
    evidence: tuple[Evidence, ...]

    @property
    def place(self) -> Named | None:
        """The first of the places."""
        return self.places[0] if self.places else None


def read_things(query: CatalogueQuery, store: GraphStore, vocabulary: Vocabulary, language: str) -> tuple[Thing, ...]:
    """What the query tells, in its order.

    Rows that differ in nothing but the country, or on a timeline the place, are one thing.
    """
    answer = store.query(query.text)
    if not isinstance(answer, SelectAnswer):
        raise QueryError(tell("query.no-rows", name=query.name))
    rows = [dict(zip(answer.variables, row, strict=True)) for row in answer.rows]
    iris = {term.value for row in rows for term in row.values() if isinstance(term, NamedNode)}
    labels = store.labels(iris, language)
    facts = {fact for row in rows for fact in _facts(row)}
    reader = _Reader(labels, store.citations(facts, language), vocabulary, language)
    identity = _IDENTITY["point" if "point" in answer.variables else "happening"]
    merged: dict[tuple[str, ...], list[_Row]] = defaultdict(list)
    for row in rows:
        merged[tuple(_text(row, name) for name in identity)].append(row)
    return tuple(reader.thing(same) for same in merged.values())


_IDENTITY: Final = {
    "point": ("thing", "relation", "place", "when", "status"),
    "happening": ("thing", "happening", "from", "until", "within", "status"),
}
"""What makes a row a thing of its own, by the column that says what kind of picture it is for."""


class _Reader:
    def __init__(
        self, labels: Mapping[str, str], citations: Mapping[str, Citation], vocabulary: Vocabulary, language: str
    ) -> None:
        self._labels = labels
        self._citations = citations
        self._uses = Counter(each.source for each in citations.values())
        self._language = language
        self._kinds: dict[str, list[str]] = defaultdict(list)
        self._classes = {each.iri: each.label(language) for each in vocabulary.classes.values()}
        for key, above in vocabulary.classes.items():
            for below in vocabulary.subclasses(above.iri):
                self._kinds[below.iri].append(key)

    def thing(self, rows: Sequence[_Row]) -> Thing:
        first = rows[0]
        kind = _text(first, "kind")
        kinds = tuple(self._kinds.get(kind, ()))
        relation = _text(first, "relation") or _text(first, "happening")
        status = _text(first, "status")
        slug = _text(first, "thing").removeprefix(ENTITY)
        label = self._classes.get(kind, "")
        said = "" if relation in _PLAIN else self._labels.get(relation, "")
        lane = label if relation in _BEGINNINGS or not said else f"{label}: {said}"
        return Thing(
            slug=slug,
            label=self._label(_text(first, "thing")),
            kinds=kinds,
            kind=label,
            slot=next((slot for key, slot in GROUPS.items() if key in kinds), OTHER),
            lane=lane[:1].upper() + lane[1:],
            relation=said,
            places=self._all(rows, "place"),
            countries=self._all(rows, "country"),
            within=self._named(first, "within"),
            point=read_point(_text(first, "point")),
            since=_text(first, "from") or _text(first, "when"),
            until=_text(first, "until"),
            lasts=relation in _LASTING or bool(_text(first, "until") and not _text(first, "from")),
            status=self._labels.get(status, ""),
            ahead=status.rpartition("#")[2] in _AHEAD or relation == TERM + "plannedFor",
            disputed=any(_text(row, "disputed") == "true" for row in rows),
            is_ground=relation == _POINT and "heritage-park" not in kinds,
            evidence=self._evidence(fact for row in rows for fact in _facts(row)),
        )

    def _all(self, rows: Sequence[_Row], name: str) -> tuple[Named, ...]:
        return tuple(dict.fromkeys(each for row in rows if (each := self._named(row, name)) is not None))

    def _named(self, row: _Row, name: str) -> Named | None:
        iri = _text(row, name)
        return Named(iri.removeprefix(ENTITY), self._label(iri)) if iri else None

    def _label(self, iri: str) -> str:
        return self._labels.get(iri) or iri.removeprefix(ENTITY)

    def _evidence(self, facts: Iterable[str]) -> tuple[Evidence, ...]:
        """A fact of each document: accepted ones first, and those of documents that tell of everything last."""
        found: dict[str, Evidence] = {}
        cited = [self._citations[fact] for fact in sorted(set(facts)) if fact in self._citations]
        for each in sorted(cited, key=self._rank):
            who = " ".join(filter(None, (each.publisher, f"({each.published})" if each.published else "")))
            short = ", ".join(filter(None, (who or each.title or each.url, each.place(self._language))))
            source = each.source.removeprefix(SOURCE)
            found.setdefault(source, Evidence(each.fact.removeprefix(FACT), source, short, each.text(self._language)))
        return tuple(found.values())

    def _rank(self, citation: Citation) -> tuple[bool, int, str]:
        return citation.status != "accepted", self._uses[citation.source], citation.source


def _facts(row: _Row) -> list[str]:
    return _text(row, "facts").split()


def _text(row: _Row, name: str) -> str:
    term = row.get(name)
    return "" if term is None or not hasattr(term, "value") else str(term.value)

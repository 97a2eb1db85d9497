"""From a query to a network: rows of the same pair and relation added up, names, kinds and sources looked up.

Any query that gives ``?source ?target`` is a network. Rows outside the period asked for are left out before anything is
added up, so a weight counts what happened in the period and nothing else.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode

from asoen_graph.errors import NetworkError
from asoen_graph.iris import compact, local_name, slug_of
from asoen_graph.network.comparison import comparison_notes
from asoen_graph.network.links import Link, read_links
from asoen_graph.network.model import LAYOUTS, Edge, Kind, Network, Node, Relation, reading_order
from asoen_graph.network.period import Period, Spell, unite
from asoen_graph.network.words import OTHER_KIND, say
from asoen_graph.queries.catalogue import CatalogueQuery
from asoen_graph.store import GraphStore, SelectAnswer
from asoen_graph.vocabulary import Vocabulary

LANGUAGES = ("en", "vi")
"""The languages every node is labelled in."""

_RelationTerm: TypeAlias = NamedNode | Literal | None
_Pair: TypeAlias = tuple[str, str, _RelationTerm]


def build_network(
    store: GraphStore,
    vocabulary: Vocabulary,
    query: CatalogueQuery | str,
    *,
    at: str | None = None,
    since: str | None = None,
    until: str | None = None,
    language: str = "en",
    release: str = "",
) -> Network:
    """The network a query projects, at a date or from one date until another.

    ``query`` is a catalogue query (parameters already bound in its text) or a query text; dates are of any precision;
    ``release`` names the data for the source line. Rows of the same source, target and relation become one edge: their
    weights add up (a row without weight counts 1), their spells and facts unite. Where the header says
    ``network: {directed: false}``, source and target may stand in either order, and an edge keeps that of its rows
    where they agree. Where the header describes the network but not what weights count, and no row gives one, rows
    are statements of one thing and every edge weighs 1. Rows without dates are in every period. An answer without rows
    is an empty network with a note.

    Raises NetworkError where the answer is no network or a date is none, and whatever the store raises.
    """
    period = Period.of(at=at, since=since, until=until)
    return network_in(period, read_rows(store, query), store, vocabulary, language, release)


@dataclass(frozen=True)
class Rows:
    """What a query gives: its links, of which the network in any period is made, and what its header says of them.

    ``weighted`` says whether weights count anything; where not, every edge weighs 1.
    """

    links: tuple[Link, ...]
    query: CatalogueQuery | None
    weighted: bool

    @property
    def header(self) -> Mapping[str, object]:
        """What the header of the query says of the network; empty where there is none."""
        return self.query.network if self.query else {}

    @property
    def directed(self) -> bool:
        """Whether the order of source and target means something."""
        return self.header.get("directed") is not False


def read_rows(store: GraphStore, query: CatalogueQuery | str) -> Rows:
    """The rows of a query. Raises NetworkError where the answer is no network, and whatever the store raises."""
    catalogued = query if isinstance(query, CatalogueQuery) else None
    header = catalogued.network if catalogued else {}
    answer = store.query(query if isinstance(query, str) else query.text)
    weighted = not header or "weight" in header or (isinstance(answer, SelectAnswer) and "weight" in answer.variables)
    return Rows(tuple(read_links(answer)), catalogued, weighted)


def network_in(
    period: Period | None, rows: Rows, store: GraphStore, vocabulary: Vocabulary, language: str, release: str
) -> Network:
    """The network that rows make in a period, or in all time. Raises NetworkError where the header names no layout."""
    links = rows.links
    shown = links if period is None else [link for link in links if link.spell is None or period.covers(link.spell)]
    sums = _sums(shown, directed=rows.directed, weighted=rows.weighted)
    edges = _edges(sums, store, vocabulary, language)
    query, weight_label = rows.query, rows.header.get("weight")
    return Network(
        nodes=_nodes({iri for edge in edges for iri in (edge.source, edge.target)}, store, vocabulary, language),
        edges=edges,
        name=query.name if query else "network",
        title=_text(query.title, language) if query else "",
        description=_text(query.description, language) if query else "",
        weight_label=_text(weight_label, language) if isinstance(weight_label, Mapping) else "",
        directed=rows.directed,
        layout=_layout(rows.header.get("layout")),
        period=period,
        release=release,
        language=language,
        notes=tuple(_notes(edges, links, period, language)),
    )


def outline(rows: Rows, store: GraphStore, vocabulary: Vocabulary, language: str) -> Network:
    """The network of all time without weights, dates and sources: what a picture needs to know to place its nodes."""
    pairs = sorted({(link.source, link.target) for link in rows.links})
    return Network(
        nodes=_nodes({iri for pair in pairs for iri in pair}, store, vocabulary, language),
        edges=tuple(Edge(source, target) for source, target in pairs),
        directed=rows.directed,
        layout=_layout(rows.header.get("layout")),
        language=language,
    )


def keep_strongest(network: Network, count: int) -> Network:
    """The network among its ``count`` strongest nodes, with notes that hold of what is left."""
    part = network.strongest(count)
    if len(part.nodes) == len(network.nodes):
        return network
    return renoted(network, part, say("strongest", network.language, count=count, all=len(network.nodes)))


def renoted(network: Network, part: Network, note: str) -> Network:
    """Part of a network with its notes: those on links as they hold of what is left, and why it is not the whole."""
    of_whole, of_part = (
        (*_undated(each.edges, each.period, each.language), *comparison_notes(each)) for each in (network, part)
    )
    others = (each for each in network.notes if each not in of_whole)
    return replace(part, notes=(*of_part, *others, note))


@dataclass(slots=True)
class _Sum:
    """The rows of one edge while they are added up."""

    weights: list[float] = field(default_factory=list)
    spells: set[Spell] = field(default_factory=set)
    facts: set[str] = field(default_factory=set)


def _sums(links: Sequence[Link], *, directed: bool, weighted: bool) -> dict[_Pair, _Sum]:
    sums: dict[_Pair, _Sum] = {}
    stated = {(link.source, link.target, link.relation) for link in links}
    for link in links:
        source, target = link.source, link.target
        # "Viet Nam coordinates – Japan" must not be turned round; only where both orders are stated is there none.
        if not directed and (target, source, link.relation) in stated:
            source, target = sorted((source, target))
        each = sums.setdefault((source, target, link.relation), _Sum())
        if weighted or not each.weights:
            each.weights.append(link.weight if weighted else 1.0)
        each.facts.update(link.facts)
        if link.spell is not None:
            each.spells.add(link.spell)
    return sums


def _edges(sums: Mapping[_Pair, _Sum], store: GraphStore, vocabulary: Vocabulary, language: str) -> tuple[Edge, ...]:
    relations = _relations({relation for _, _, relation in sums}, store, vocabulary, language)
    citations = store.citations({fact for each in sums.values() for fact in each.facts}, language)
    return tuple(
        Edge(
            source=source,
            target=target,
            relation=relations[relation],
            # The engine gives rows in no fixed order; an exact sum does not depend on it.
            weight=math.fsum(each.weights),
            spells=unite(each.spells),
            facts=tuple(sorted(each.facts)),
            citations=tuple(sorted((citations[fact] for fact in each.facts if fact in citations), key=reading_order)),
        )
        for (source, target, relation), each in sorted(sums.items(), key=lambda item: tuple(map(str, item[0])))
    )


def _relations(
    terms: Iterable[_RelationTerm], store: GraphStore, vocabulary: Vocabulary, language: str
) -> dict[_RelationTerm, Relation | None]:
    found: dict[_RelationTerm, Relation | None] = {None: None}
    iris = [term.value for term in terms if isinstance(term, NamedNode)]
    labels = store.labels([iri for iri in iris if vocabulary.term(iri) is None], language)
    ranks = _ranks(vocabulary.properties)
    for term in terms:
        if isinstance(term, Literal):
            found[term] = Relation(term.value, term.value)
        elif term is not None:
            defined = vocabulary.term(term.value)
            key = defined.key if defined else slug_of(term.value) or compact(term.value)
            label = defined.label(language) if defined else labels.get(term.value) or local_name(term.value)
            found[term] = Relation(key, label, ranks.get(key) if defined else None)
    return found


def _nodes(iris: set[str], store: GraphStore, vocabulary: Vocabulary, language: str) -> tuple[Node, ...]:
    labels = {each: store.labels(iris, each) for each in LANGUAGES}
    kinds = _kinds(iris, store, vocabulary, language)
    return tuple(
        Node(
            iri=iri,
            label=labels.get(language, labels["en"]).get(iri) or local_name(iri) or iri,
            kind=kinds.get(iri) or Kind(OTHER_KIND, say("other kind", language)),
            labels={each: labels[each][iri] for each in LANGUAGES if iri in labels[each]},
        )
        for iri in sorted(iris)
    )


def _kinds(iris: set[str], store: GraphStore, vocabulary: Vocabulary, language: str) -> dict[str, Kind]:
    # The graph holds the super-classes too; the class with the longest line of ancestors is the one that was stated.
    if not iris:
        return {}
    values = " ".join(str(NamedNode(iri)) for iri in sorted(iris))
    answer = store.query(f"SELECT ?entity ?class WHERE {{ VALUES ?entity {{ {values} }} ?entity a ?class }}")
    ranks = _ranks(vocabulary.classes)
    best: dict[str, tuple[int, str, Kind]] = {}
    for entity, class_ in answer.rows if isinstance(answer, SelectAnswer) else ():
        defined = vocabulary.class_of(class_.value) if isinstance(class_, NamedNode) else None
        if defined is not None and isinstance(entity, NamedNode):
            kind = Kind(defined.key, defined.label(language), ranks[defined.key])
            candidate = (len(defined.ancestors), defined.key, kind)
            best[entity.value] = max(best.get(entity.value, candidate), candidate, key=lambda each: each[:2])
    return {iri: kind for iri, (_, _, kind) in best.items()}


def _ranks(keys: Iterable[str]) -> dict[str, int]:
    # By the alphabet: a release gives the terms in another order than the file of the ontology.
    return {key: rank for rank, key in enumerate(sorted(keys))}


def _notes(edges: tuple[Edge, ...], links: Sequence[Link], period: Period | None, language: str) -> Iterable[str]:
    if not links:
        yield say("no rows", language)
    elif not edges:
        yield say("no rows in period", language)
    else:
        yield from _undated(edges, period, language)


def _undated(edges: tuple[Edge, ...], period: Period | None, language: str) -> Iterable[str]:
    undated = sum(not edge.spells for edge in edges)
    if period is not None and undated:
        yield say("undated one" if undated == 1 else "undated", language, count=undated)


def _layout(name: object) -> str:
    if name is None:
        return LAYOUTS[0]
    if name not in LAYOUTS:
        raise NetworkError(f"There is no layout {name!r}", f"The header may say {', '.join(LAYOUTS)}")
    return str(name)


def _text(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")

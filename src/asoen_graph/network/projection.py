"""From a query to a network: rows of the same pair and relation added up, names, kinds and sources looked up.

Any query that gives ``?source ?target`` is a network. Rows outside the period asked for are left out before anything is
added up, so a weight counts what happened in the period and nothing else.
"""

from __future__ import annotations

import gc
import math
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode

from asoen_graph.errors import NetworkError
from asoen_graph.evidence import Citation
from asoen_graph.iris import compact, local_name, slug_of
from asoen_graph.network.links import Link, read_links
from asoen_graph.network.model import LAYOUTS, Edge, Kind, Network, Node, Relation
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
    with _collector_at_rest():
        return _built(store, vocabulary, query, period, language, release)


def _built(
    store: GraphStore,
    vocabulary: Vocabulary,
    query: CatalogueQuery | str,
    period: Period | None,
    language: str,
    release: str,
) -> Network:
    catalogued = query if isinstance(query, CatalogueQuery) else None
    header = catalogued.network if catalogued else {}
    directed = header.get("directed") is not False
    answer = store.query(query if isinstance(query, str) else query.text)
    links = read_links(answer)
    assert isinstance(answer, SelectAnswer)  # Or there were no links to read.
    weight_label = header.get("weight")
    weighted = not header or weight_label is not None or "weight" in answer.variables
    groups = _groups(links, period, directed=directed)
    edges = _edges(groups, store, vocabulary, language, weighted=weighted)
    return Network(
        nodes=_nodes({iri for edge in edges for iri in (edge.source, edge.target)}, store, vocabulary, language),
        edges=edges,
        name=catalogued.name if catalogued else "network",
        title=_text(catalogued.title, language) if catalogued else "",
        description=_text(catalogued.description, language) if catalogued else "",
        weight_label=_text(weight_label, language) if isinstance(weight_label, Mapping) else "",
        directed=directed,
        layout=_layout(header.get("layout")),
        period=period,
        release=release,
        language=language,
        notes=tuple(_notes(edges, len(answer.rows), period, language)),
    )


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Without the search for cycles, of which a network has none: it goes through all that is there again and again."""
    is_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if is_enabled:
            gc.enable()


def keep_strongest(network: Network, count: int) -> Network:
    """The network among its ``count`` strongest nodes, with notes that hold of what is left."""
    part = network.strongest(count)
    if len(part.nodes) == len(network.nodes):
        return network
    language = network.language
    notes = list(_undated(part.edges, part.period, language))
    return replace(part, notes=(*notes, say("strongest", language, count=count, all=len(network.nodes))))


def _groups(links: Iterable[Link], period: Period | None, *, directed: bool) -> dict[_Pair, list[Link]]:
    """The links of each edge, of those in the period."""
    groups: dict[_Pair, list[Link]] = {}
    for link in links:
        if period is None or link.spell is None or period.covers(link.spell):
            groups.setdefault((link.source, link.target, link.relation), []).append(link)
    # "Viet Nam coordinates – Japan" must not be turned round; only where both orders are stated is there none.
    for source, target, relation in () if directed else list(groups):
        if source > target and (target, source, relation) in groups:
            groups[target, source, relation] += groups.pop((source, target, relation))
    return groups


def _edges(
    groups: Mapping[_Pair, list[Link]], store: GraphStore, vocabulary: Vocabulary, language: str, *, weighted: bool
) -> tuple[Edge, ...]:
    relations = _relations({relation for _, _, relation in groups}, store, vocabulary, language)
    facts = {fact for links in groups.values() for link in links for fact in link.facts}
    citations = sorted(store.citations(facts, language).values(), key=_reading_order)
    ranks = {citation.fact: rank for rank, citation in enumerate(citations)}
    spoken: dict[tuple[str, str], str] = {}
    written = {relation: str(relation) for relation in relations}

    def edge(pair: _Pair, links: list[Link]) -> Edge:
        source, target, relation = pair
        first = links[0]
        facts, weight = first.facts, first.weight
        spells: tuple[Spell, ...] = () if first.spell is None else (first.spell,)
        if len(links) > 1:  # Most edges of a large network rest on one row.
            facts = tuple(sorted({fact for link in links for fact in link.facts}))
            # The engine gives rows in no fixed order; an exact sum does not depend on it.
            weight = math.fsum(link.weight for link in links)
            spells = unite({link.spell for link in links if link.spell is not None})
        return Edge(
            source=source,
            target=target,
            relation=relations[relation],
            weight=weight if weighted else 1.0,
            spells=spells,
            facts=facts,
            citations=tuple([citations[rank] for rank in sorted([ranks[fact] for fact in facts if fact in ranks])]),
            spoken=spoken,
        )

    return tuple(
        edge(pair, groups[pair]) for pair in sorted(groups, key=lambda pair: (pair[0], pair[1], written[pair[2]]))
    )


def _reading_order(citation: Citation) -> tuple[str, ...]:
    return (citation.title, citation.source, citation.locator, citation.fact)


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
    ranks = _ranks(vocabulary.classes)
    found: dict[str, Kind] = {}
    for iri, classes in store.classes(iris).items():
        known = [defined for defined in map(vocabulary.class_of, classes) if defined is not None]
        if known:
            stated = max(known, key=lambda each: (len(each.ancestors), each.key))
            found[iri] = Kind(stated.key, stated.label(language), ranks[stated.key])
    return found


def _ranks(keys: Iterable[str]) -> dict[str, int]:
    # By the alphabet: a release gives the terms in another order than the file of the ontology.
    return {key: rank for rank, key in enumerate(sorted(keys))}


def _notes(edges: tuple[Edge, ...], rows: int, period: Period | None, language: str) -> Iterable[str]:
    if not rows:
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

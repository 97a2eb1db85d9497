"""From a query to a network: rows of the same pair and relation added up, names, kinds and sources looked up.

Any query that gives ``?source ?target`` is a network. Rows outside the period asked for are left out before anything is
added up, so a weight counts what happened in the period and nothing else.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode

from asoen_graph.errors import NetworkError
from asoen_graph.iris import compact, local_name, slug_of
from asoen_graph.messages import tell
from asoen_graph.network.collector import collector_at_rest
from asoen_graph.network.comparison import comparison_notes
from asoen_graph.network.links import Link, read_links
from asoen_graph.network.model import LAYOUTS, Edge, Kind, Network, Node, Relation, reading_order
from asoen_graph.network.notes import remarks, unknown_names, unused_terms
from asoen_graph.network.period import Period, Spell, unite
from asoen_graph.network.words import OTHER_KIND, say
from asoen_graph.queries.catalogue import CatalogueQuery
from asoen_graph.store import Answer, GraphStore, SelectAnswer
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
    inspect: Callable[[Answer], None] | None = None,
) -> Network:
    """The network a query projects, at a date or from one date until another.

    ``query`` is a catalogue query (parameters already bound in its text) or a query text; dates are of any precision;
    ``release`` names the data for the source line; ``inspect`` sees the answer before it is read, and may raise.

    Rows of the same source, target and relation become one edge: their weights add up (a row without weight counts 1),
    their spells and facts unite. Where the header says
    ``network: {directed: false}``, source and target may stand in either order, and an edge keeps that of its rows
    where they agree. Where the header describes the network but not what weights count, and no row gives one, rows
    are statements of one thing and every edge weighs 1. Rows without dates are in every period. An answer without rows
    is an empty network whose notes tell which classes and properties of the query nothing has.

    Raises NetworkError where the answer is no network or a date is none, QuerySyntaxError where a query text without an
    answer names what is not there (where it has one, a note tells), and whatever the store and ``inspect`` raise.
    """
    period = Period.of(at=at, since=since, until=until)
    rows = read_rows(store, vocabulary, query, language, inspect)
    return network_in(period, rows, store, vocabulary, language, release)


@dataclass(frozen=True)
class Rows:
    """What a query gives: its links, of which the network in any period is made, and what its header says of them.

    ``weighted`` says whether weights count anything; where not, every edge weighs 1. ``findings`` are sentences about
    what the query names in vain.
    """

    links: tuple[Link, ...]
    query: CatalogueQuery | None
    weighted: bool
    findings: tuple[str, ...] = ()

    @property
    def header(self) -> Mapping[str, object]:
        """What the header of the query says of the network; empty where there is none."""
        return self.query.network if self.query else {}

    @property
    def directed(self) -> bool:
        """Whether the order of source and target means something."""
        return self.header.get("directed") is not False


@collector_at_rest()
def read_rows(
    store: GraphStore,
    vocabulary: Vocabulary,
    query: CatalogueQuery | str,
    language: str = "en",
    inspect: Callable[[Answer], None] | None = None,
) -> Rows:
    """The rows of a query. Raises what ``build_network`` raises."""
    catalogued = query if isinstance(query, CatalogueQuery) else None
    header = catalogued.network if catalogued else {}
    answer = store.query(query if isinstance(query, str) else query.text)
    if inspect is not None:
        inspect(answer)
    links = tuple(read_links(answer))
    assert isinstance(answer, SelectAnswer)  # Or there were no links to read.
    weighted = not header or "weight" in header or "weight" in answer.variables
    return Rows(links, catalogued, weighted, tuple(_findings(query, store, vocabulary, language, is_empty=not links)))


@collector_at_rest()
def network_in(
    period: Period | None, rows: Rows, store: GraphStore, vocabulary: Vocabulary, language: str, release: str
) -> Network:
    """The network that rows make in a period, or in all time. Raises NetworkError where the header names no layout."""
    groups = _groups(rows.links, period, directed=rows.directed)
    edges = _edges(groups, store, vocabulary, language, weighted=rows.weighted)
    query, weight_label = rows.query, rows.header.get("weight")
    notes = [*remarks(edges, period, language), *rows.findings]
    if rows.links and not edges:
        notes.insert(0, say("no rows in period", language))
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
        notes=tuple(notes),
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
        [*remarks(each.edges, each.period, each.language), *comparison_notes(each)] for each in (network, part)
    )
    others = (each for each in network.notes if each not in of_whole)
    return replace(part, notes=(*of_part, *others, note))


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
    relations = relations_of({relation for _, _, relation in groups}, store, vocabulary, language)
    facts = {fact for links in groups.values() for link in links for fact in link.facts}
    citations = sorted(store.citations(facts, language).values(), key=reading_order)
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


def relations_of(
    terms: Iterable[_RelationTerm], store: GraphStore, vocabulary: Vocabulary, language: str
) -> dict[_RelationTerm, Relation | None]:
    """The relation that each term of the column ``relation`` stands for, in a language."""
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
            found[term] = Relation(key, label, ranks.get(key) if defined else None, term.value)
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
            found[iri] = Kind(stated.key, stated.label(language), ranks[stated.key], stated.iri)
    return found


def _ranks(keys: Iterable[str]) -> dict[str, int]:
    # By the alphabet: a release gives the terms in another order than the file of the ontology.
    return {key: rank for rank, key in enumerate(sorted(keys))}


def _findings(
    query: CatalogueQuery | str, store: GraphStore, vocabulary: Vocabulary, language: str, *, is_empty: bool
) -> Iterator[str]:
    """What a query names in vain. Of a query text without an answer, the first name that is not there is raised."""
    text = query if isinstance(query, str) else query.text
    # The catalogue may name what only some releases have; that matters where nothing is found.
    unknown = unknown_names(text, store) if is_empty or isinstance(query, str) else []
    if is_empty:
        if unknown and isinstance(query, str):
            raise unknown[0]
        yield say("no rows", language)
        yield from unused_terms(text, store, vocabulary, language)
    for each in unknown:
        yield say("not in the data", language, name=each.token)


def _layout(name: object) -> str:
    if name is None:
        return LAYOUTS[0]
    if name not in LAYOUTS:
        raise NetworkError(tell("network.no-layout", layout=name), tell("network.layouts-header", layouts=LAYOUTS))
    return str(name)


def _text(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")

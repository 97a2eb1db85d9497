"""The graph in Python: queries, entities, search and networks over one release.

>>> import asoen_graph as asoen
>>> g = asoen.load()
>>> g.entity("lo-da-reef").label
'Lò Đá Reef'
>>> [hit.slug for hit in g.search("lo da")]
['lo-da-reef', 'designation-lo-da-reef']
>>> numbered = "SELECT ?meeting ?n WHERE { ?meeting asoen:series id:lsoe-series ; asoen:ordinal ?n } ORDER BY ?n"
>>> for row in g.query(numbered):
...     print(row["n"], row["meeting"])
11 https://w3id.org/asoen/id/lsoe-11
12 https://w3id.org/asoen/id/lsoe-12
13 https://w3id.org/asoen/id/lsoe-13
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from asoen_graph.entities import entity_card, entity_facts, list_entities, list_sources, source_card
from asoen_graph.errors import ParameterError, StoreError
from asoen_graph.fulltext import functions
from asoen_graph.messages import tell
from asoen_graph.patterns import Patterns
from asoen_graph.queries.catalogue import Catalogue, CatalogueQuery
from asoen_graph.queries.parameters import bind_values
from asoen_graph.release import Release
from asoen_graph.resources import queries_folder
from asoen_graph.results import Result
from asoen_graph.search import Hit, SearchIndex
from asoen_graph.store import GraphStore
from asoen_graph.store.embedded import EmbeddedStore
from asoen_graph.store.reading import RemoteQuads
from asoen_graph.store.remote import RemoteStore
from asoen_graph.vocabulary import Vocabulary

if TYPE_CHECKING:
    import networkx
    import rdflib

    from asoen_graph.entities.cards import EntityCard, EntityEntry, FactRecord, SourceCard, SourceEntry

_NAME = re.compile(r"[a-z0-9-]+")


class Graph:
    """One release, loaded. ``release`` tells its version and counts.

    >>> import asoen_graph as asoen
    >>> g = asoen.load()
    >>> g.release.manifest.counts.sources
    4
    >>> g
    <Graph of 57 entities, 170 facts from 4 sources>
    """

    def __init__(self, release: Release) -> None:
        self.release = release
        engine = release.store()
        self._engine: Patterns = engine
        self._store: GraphStore = EmbeddedStore(engine, functions(engine))
        self._vocabulary = release.vocabulary
        self._name = f"{release.manifest.name} {release.manifest.version}"

    @property
    def _places(self) -> Mapping[str, str]:
        return self.release.places

    def __repr__(self) -> str:
        counts = self.release.manifest.counts
        entities = counts.entities + counts.relations
        return f"<Graph of {entities:,} entities, {counts.facts:,} facts from {counts.sources:,} sources>"

    @cached_property
    def catalogue(self) -> Catalogue:
        """The query catalogue: ``list(g.catalogue)`` gives the names."""
        return Catalogue.read(queries_folder())

    def query(self, query: str, /, *, language: str = "en", **parameters: object) -> Result:
        """Run a query of the catalogue, by its name and with its parameters, or a SPARQL text.

        A parameter takes what the command line takes (a slug, a date such as ``2031-05``), a number, a truth value, a
        ``datetime.date`` or, where it takes many, a list of these. Prefixes may be left out of a text.

        >>> import asoen_graph as asoen
        >>> g = asoen.load()
        >>> bool(g.query("ASK { id:lsoe-12 asoen:host id:coralia }"))
        True
        >>> meetings = g.query("meetings-of-series", series="lsoe-series")
        >>> [row["ordinal"] for row in meetings]
        [11, 12, 13]
        >>> fact = meetings[0]["facts"].split()[0]
        >>> meetings.citations[fact].text("en")
        'Lagoon Secretariat (2031-09), "Record of the 12th LSOE", page 2'

        Raises UnknownName, ParameterError and the other QueryErrors of ``asoen_graph.errors``.
        """
        if _NAME.fullmatch(query) is None:
            if parameters:
                raise ParameterError(next(iter(parameters)), tell("value.catalogue-only"), tell("value.into-text"))
            return Result(self._store.query(query), self._store, language, {})
        found = self._bound(query, parameters)
        headings = {name: labels.get(language) or labels.get("en", name) for name, labels in found.columns.items()}
        return Result(self._store.query(found.text), self._store, language, headings)

    def network(
        self,
        query: str,
        /,
        *,
        at: str | None = None,
        since: str | None = None,
        until: str | None = None,
        compare: tuple[str, str] | None = None,
        project: str | None = None,
        weighting: str | None = None,
        component: int | None = None,
        top: int | None = None,
        by: str | None = None,
        measures: str | Sequence[str] = (),
        language: str = "en",
        **parameters: object,
    ) -> networkx.Graph[Any]:
        """The network that a query projects as ``?source ?target``, as a graph of networkx.

        ``at`` names a date, ``since`` and ``until`` a period, of any precision (``2019``, ``2019-11``). ``compare`` is
        two dates or spans (``2009..2015``): nodes and edges then carry what changed. ``project`` keeps one side of a
        two-mode network (``source`` or ``target``), joined by what they share, weighed by ``weighting``: ``count``,
        ``newman`` or ``jaccard``. Nodes are slugs; nodes and edges carry labels, weights, dates and sources. Raises
        NetworkError where it is no network, ParameterError for an unknown side or weighting, QuerySyntaxError where a
        text that finds nothing names what is not there, and what ``query`` raises.

        ``component`` keeps the component of that number (1 is the largest), ``top`` so many nodes: those with most of
        the measure ``by``. Nodes carry the ``measures`` named (``"all"`` for every one), and the graph
        carries what they mean.

        >>> import asoen_graph as asoen
        >>> attendance = "SELECT ?source ?target WHERE { ?source asoen:participatedIn ?target }"
        >>> sorted(asoen.load().network(attendance)["palmyria"])
        ['lagoon-ministers-4', 'lsoe-12']
        >>> together = asoen.load().network("partners-met-together", top=2, measures=["degree", "betweenness"])
        >>> together.nodes["coralia"]["degree"], together.nodes["coralia"]["betweenness"]
        (3, 0.0)
        >>> together.graph["definition_degree"][:51]
        'The number of other nodes that the node is linked w'
        >>> met = asoen.load().network(attendance, project="source")
        >>> met["palmyria"]["mangrovia"]["weight"]
        2.0
        """
        from asoen_graph.network.asking import Wanted, ask
        from asoen_graph.network.conversion import to_networkx
        from asoen_graph.network.measures.registry import split_names

        bound = self._bound(query, parameters) if _NAME.fullmatch(query) else query
        wanted = Wanted(
            at=at,
            since=since,
            until=until,
            compare=compare,
            project=project,
            weighting=weighting,
            language=language,
            release=self._name,
            component=component,
            top=top,
            by=by,
            measures=split_names(measures) if isinstance(measures, str) else tuple(measures),
        )
        return to_networkx(ask(self._store, self._vocabulary, bound, wanted))

    def entity(self, slug: str, language: str = "en") -> EntityCard:
        """Everything known of an entity, each statement with its evidence.

        >>> import asoen_graph as asoen
        >>> card = asoen.load().entity("lo-da-reef")
        >>> for group in card.statements[:3]:
        ...     for statement in group.statements:
        ...         print(group.property.label, statement.value.text, [claim.locator for claim in statement.claims])
        area in hectares 1250.5 ['paragraph 5']
        kind of protected area marine park ['paragraph 5']
        country Coralia ['paragraph 5']

        Raises UnknownName with the nearest slugs.
        """
        return entity_card(self._engine, self._vocabulary, slug, language, self._places)

    def facts(self, slug: str, language: str = "en") -> tuple[FactRecord, ...]:
        """Every fact that names the entity, with source, locator, status and place. Raises UnknownName."""
        return entity_facts(self._engine, self._vocabulary, slug, language, self._places)

    def entities(self, class_key: str | None = None, language: str = "en") -> list[EntityEntry]:
        """The entities of a class and its sub-classes, or all, sorted by label. Raises UnknownName.

        >>> import asoen_graph as asoen
        >>> [entry.slug for entry in asoen.load().entities("member-state")]
        ['coralia', 'mangrovia', 'palmyria']
        """
        return list_entities(self._engine, self._vocabulary, class_key, language)

    def source(self, slug: str, language: str = "en") -> SourceCard:
        """A document and its facts in the order of the text. Raises UnknownName with the nearest slugs."""
        return source_card(self._engine, self._vocabulary, slug, language, self._places)

    def sources(self, language: str = "en") -> list[SourceEntry]:
        """The documents facts are taken from."""
        return list_sources(self._engine, self._vocabulary, language)

    def search(self, words: str, language: str = "en", limit: int | None = 20) -> list[Hit]:
        """The entities called so, best first, with or without diacritics."""
        return self._index.find(words, language, limit)

    def rdflib(self) -> rdflib.Dataset:
        """The whole release as a dataset of rdflib; its default graph holds what is accepted and what follows.

        Loading takes seconds where ``query`` takes milliseconds: it is for tools that want rdflib.
        """
        import rdflib

        from asoen_graph.iris import PREFIXES
        from asoen_graph.release import QUADS_FILE

        dataset = rdflib.Dataset()
        for prefix, namespace in PREFIXES.items():
            dataset.bind(prefix, namespace)
        dataset.parse(data=self.release.read(QUADS_FILE), format="nquads")
        return dataset

    @cached_property
    def _index(self) -> SearchIndex:
        return SearchIndex.of(self._engine)

    def _bound(self, name: str, given: Mapping[str, object]) -> CatalogueQuery:
        """The query of the catalogue with the given parameters in its text."""
        found = self.catalogue[name]
        typed = {key: _written(value) for key, value in given.items()}
        return found._replace(text=bind_values(found.text, found.parameters, typed, self._store))


class RemoteGraph(Graph):
    """A release in a SPARQL server of any make: everything but ``release`` and ``rdflib``, and facts without places."""

    _places: Mapping[str, str] = {}

    def __init__(self, endpoint: RemoteStore) -> None:
        quads = RemoteQuads(endpoint)
        self._engine = quads
        self._store = endpoint
        self._vocabulary = Vocabulary.of_store(quads)
        self._name = endpoint.url

    def __repr__(self) -> str:
        return f"<Graph at {self._name}>"

    def __getattr__(self, name: str) -> Any:
        if name == "release":
            raise StoreError(f"{self._name} holds a release and not its files", "Load one with asoen_graph.load()")
        raise AttributeError(name)


def _written(value: object) -> str:
    """A Python value as it would be typed."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple | set | frozenset):
        return ",".join(map(_written, value))
    return str(value)

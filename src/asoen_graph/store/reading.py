"""Reading an endpoint by quad patterns, as the engine in this process is read: what cards and lists are made with.

What is read is kept, and answered from a second time; a release does not change. A thing is read whole: every quad that
begins with it. Who asks for one that has been met but not read gets, in the same request, others that have been met, as
a card asks for the names of all it mentions and for the evidence of all its facts: some ten requests make a card.

Blank nodes cannot be asked for by name. A release has them in the graph of the ontology only, which is read whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Store

from asoen_graph.errors import AsoenError, ElsewhereFailed
from asoen_graph.iris import BASE, FACT
from asoen_graph.messages import tell
from asoen_graph.patterns import GraphName, Subject, Value
from asoen_graph.sparql.terms import serialise
from asoen_graph.store import SelectAnswer
from asoen_graph.store.remote import RemoteStore

_BATCH: Final = 200
"""How many things one request reads; each is named twice in it."""
_MOST_QUADS: Final = 500_000
"""How much is kept; then reading begins anew."""

_Key = tuple[Subject | None, NamedNode | None, Value | None, GraphName | None]


class RemoteQuads:
    """The quads of an endpoint as ``asoen_graph.patterns.Patterns``; it raises what ``RemoteStore.query`` raises."""

    def __init__(self, endpoint: RemoteStore) -> None:
        self.endpoint = endpoint
        self._begin()

    def quads_for_pattern(
        self,
        subject: Subject | None,
        predicate: NamedNode | None,
        object: Value | None,
        graph_name: GraphName | None = None,
        /,
    ) -> Iterator[Quad]:
        """The quads with these terms; ``None`` stands for any."""
        if isinstance(subject, NamedNode):
            self._read_thing(subject)
        elif subject is None and not self._is_fact_at_hand(predicate, object, graph_name):
            self._read((None, predicate, object, graph_name))
        # A list, so that what is read meanwhile does not get into it.
        return iter(list(self._kept.quads_for_pattern(subject, predicate, object, graph_name)))

    def __contains__(self, quad: Quad, /) -> bool:
        """Whether the quad is there."""
        if isinstance(quad.subject, NamedNode):
            self._read_thing(quad.subject)
        return quad in self._kept

    def contains_named_graph(self, graph_name: NamedNode | BlankNode, /) -> bool:
        """Whether there is a named graph of that name."""
        return any(True for _ in self.quads_for_pattern(None, None, None, graph_name))

    def named_graphs(self) -> Iterable[NamedNode | BlankNode]:
        """The names of the named graphs, those of single facts left out: they are as many as there are facts."""
        filter_ = f'FILTER(!STRSTARTS(STR(?g), "{FACT}"))'
        answer = self.endpoint.query(f"SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} {filter_} }}")
        assert isinstance(answer, SelectAnswer)
        return [row[0] for row in answer.rows if isinstance(row[0], NamedNode)]

    def _begin(self) -> None:
        self._kept = Store()
        self._things: set[NamedNode] = set()
        self._met: dict[NamedNode, None] = {}
        self._patterns: set[_Key] = set()

    def _is_fact_at_hand(self, predicate: NamedNode | None, object: Value | None, graph: GraphName | None) -> bool:
        """Whether the graph is that of a fact whose triple is known: it holds no other."""
        if predicate is not None or object is not None or not isinstance(graph, NamedNode):
            return False
        return graph.value.startswith(FACT) and any(self._kept.quads_for_pattern(None, None, None, graph))

    def _read_thing(self, thing: NamedNode) -> None:
        if thing in self._things:
            return
        self._make_room()
        things = [thing]
        if thing in self._met:
            # The others that were met last: they belong to what is being read now.
            things += [each for each in reversed(self._met) if each != thing][: _BATCH - 1]
        names = " ".join(map(str, things))
        for each in things:
            self._met.pop(each, None)
        self._things.update(things)
        values = f"VALUES ?s {{ {names} }}"
        try:
            self._keep(
                f"SELECT ?s ?p ?o ?g {{ {{ {values} ?s ?p ?o }} UNION {{ {values} GRAPH ?g {{ ?s ?p ?o }} }} }}",
                (None, None, None, None),
            )
        except AsoenError:
            self._things.difference_update(things)
            raise

    def _read(self, pattern: _Key) -> None:
        if pattern in self._patterns:
            return
        self._make_room()
        _, predicate, object, graph = pattern
        terms = (("?p", predicate), ("?o", object))
        triple = " ".join(["?s", *(name if term is None else serialise(term) for name, term in terms)])
        if isinstance(graph, NamedNode):
            where = f"GRAPH {graph} {{ {triple} }}"
        elif isinstance(graph, DefaultGraph):
            where = triple
        else:
            where = f"{{ {triple} }} UNION {{ GRAPH ?g {{ {triple} }} }}"
        wanted = " ".join(["?s", *(name for name, term in terms if term is None), *(["?g"] if graph is None else [])])
        self._keep(f"SELECT {wanted} {{ {where} }}", pattern)
        self._patterns.add(pattern)

    def _keep(self, query: str, pattern: _Key) -> None:
        answer = self.endpoint.query(query)
        assert isinstance(answer, SelectAnswer)
        _, predicate, object, graph = pattern
        quads = []
        for row in answer.rows:
            found = dict(zip(answer.variables, row, strict=True))
            try:
                subject, value = found["s"], object if object is not None else found["o"]
                property_ = predicate if predicate is not None else found["p"]
                name = graph if graph is not None else found.get("g") or DefaultGraph()
                quads.append(Quad(subject, property_, value, name))  # type: ignore[arg-type]
            except (TypeError, KeyError) as error:
                raise ElsewhereFailed(tell("elsewhere.no-quad", called=self.endpoint.called, error=error)) from error
        self._kept.extend(quads)
        self._meet(quads)

    def _meet(self, quads: Iterable[Quad]) -> None:
        """Remember what is mentioned: it is what is asked for next."""
        for quad in quads:
            for term in (quad.subject, quad.object, quad.graph_name):
                if isinstance(term, NamedNode) and term.value.startswith(BASE) and term not in self._things:
                    self._met.pop(term, None)
                    self._met[term] = None

    def _make_room(self) -> None:
        if len(self._kept) > _MOST_QUADS:
            self._begin()

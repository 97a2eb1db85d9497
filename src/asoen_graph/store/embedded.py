"""The engine inside this process: pyoxigraph, in memory, never written to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
)

from asoen_graph.errors import AsoenError, QueryError, QueryRefused, StoreError
from asoen_graph.evidence import NAMING, Citation
from asoen_graph.iris import FACT, QUERY_PREFIXES, SEARCH_FUNCTIONS, local_name
from asoen_graph.messages import tell
from asoen_graph.planning.planner import Planner
from asoen_graph.planning.statistics import Statistics
from asoen_graph.sparql.federation import disarm
from asoen_graph.sparql.guard import dataset_graphs, refuse
from asoen_graph.sparql.likeness import pattern_of
from asoen_graph.sparql.mentions import FULL_TEXT, mentions
from asoen_graph.store import Answer, AskAnswer, GraphAnswer, SelectAnswer, Term
from asoen_graph.store.describing import Describing, node_of
from asoen_graph.store.federation import asks_outside, brought_in, permitted
from asoen_graph.store.graphs import LINES, has_graph, write_lines, write_triples
from asoen_graph.text import nearest

if TYPE_CHECKING:
    from asoen_graph.errors import QuerySyntaxError
    from asoen_graph.store.outside import Outside

_graph_format = lru_cache(64)(RdfFormat.from_media_type)
_results_format = lru_cache(64)(QueryResultsFormat.from_media_type)

Functions: TypeAlias = Mapping[NamedNode, Callable[..., NamedNode | BlankNode | Literal | Triple | None]]

_WRITTEN_PREFIXES = tuple((f"{name}:", name, iri) for name, iri in QUERY_PREFIXES.items())
_MOST_PATTERNS = 1000
_LONGEST_PATTERN = 2000
_DECLARED = re.compile(r"\bPREFIX\s+([\w-]*):", re.IGNORECASE)
_UNKNOWN_FUNCTION = re.compile(r"custom function <([^>]*)> is not supported")


class EmbeddedStore:
    """A ``GraphStore`` over a pyoxigraph store.

    Every query passes the guard first, and nothing a stranger writes reaches the network but for the hosts of
    ``outside``, where there are any. There is no time limit
    here: pyoxigraph cannot be stopped, so whoever runs strangers' queries does it in a process that can be killed.

    With ``is_union`` a query that names no dataset is asked of the union of all graphs.

    ``functions`` are extension functions by name, in the namespace ``SEARCH``: they take terms and return one, or
    ``None`` for an error.

    With ``is_planned`` the engine is given some queries in another text that has the same answer and takes less time
    (see ``planning``).
    """

    def __init__(
        self,
        store: Store,
        functions: Functions | None = None,
        outside: Outside | None = None,
        *,
        is_union: bool = False,
        is_planned: bool = True,
    ) -> None:
        self._store = store
        self._describing = Describing(store)
        self._planner = Planner(Statistics(store)) if is_planned else None
        self._is_union = is_union
        self._outside = outside
        self._functions = None if functions is None else dict(functions)
        self._used: dict[str, dict[str, str]] = {}
        self._disarmed: dict[str, str] = {}
        """What the engine is given of a plan, of which the same is asked again and again."""

    def query(self, text: str, *, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()) -> Answer:
        """Answer a query; see ``GraphStore.query``."""
        result = self._run(text, default_graphs, named_graphs)
        try:
            if isinstance(result, QueryBoolean):
                return AskAnswer(bool(result))
            if isinstance(result, QueryTriples):
                return GraphAnswer(list(result))
            return SelectAnswer(tuple(variable.value for variable in result.variables), [tuple(row) for row in result])
        except (RuntimeError, OSError, ValueError) as error:
            raise _failure(error) from error

    def serialize(
        self, text: str, media_type: str, *, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()
    ) -> bytes:
        """Answer a query in a format of SPARQL or RDF, as the engine writes it (triples sorted, with prefixes).

        Raises QueryError where a result of that kind has no such form.
        """
        result = self._run(text, default_graphs, named_graphs)
        try:
            if isinstance(result, QueryTriples):
                graph_format = _graph_format(media_type)
                if graph_format in LINES:
                    return write_lines(result)
                if graph_format is not None:
                    return write_triples(result, graph_format)
            else:
                results_format = _results_format(media_type)
                if results_format is not None:
                    return result.serialize(format=results_format) or b""
        except (RuntimeError, OSError) as error:
            raise _failure(error) from error
        key = "query.graph-form" if isinstance(result, QueryTriples) else "query.table-form"
        raise QueryError(tell(key, media_type=media_type))

    def look_over(self, text: str) -> None:
        """Raise what ``query`` would raise before it is asked; see ``GraphStore.look_over``."""
        try:
            if self._outside is None:
                refuse(text, self.has_graph)
                self._asked(Store(), disarm(text), text)
            else:
                permitted(text, self._store, self._outside)
        except SyntaxError as error:
            raise _explained(text, error) from error
        except (RuntimeError, OSError, ValueError) as error:
            raise _failure(error) from error

    def labels(self, iris: Iterable[str], language: str) -> dict[str, str]:
        """The label of each IRI that has one; see ``GraphStore.labels``."""
        return self._describing.labels(iris, language)

    def classes(self, iris: Iterable[str]) -> dict[str, list[str]]:
        """The classes of each IRI that has any; see ``GraphStore.classes``."""
        return self._describing.classes(iris)

    def citations(self, facts: Iterable[str], language: str) -> dict[str, Citation]:
        """Where each fact stands; see ``GraphStore.citations``."""
        return self._describing.citations(facts, language)

    def facts(self, triples: Iterable[Triple]) -> dict[Triple, list[str]]:
        """The facts that state each triple, sorted; see ``GraphStore.facts``."""
        found = {}
        for triple in triples:
            quads = self._store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
            names = (quad.graph_name.value for quad in quads if isinstance(quad.graph_name, NamedNode))
            facts = sorted(name for name in names if name.startswith(FACT))
            if facts:
                found[triple] = facts
        return found

    def known(self, iris: Iterable[str]) -> set[str]:
        """Those of the IRIs that occur anywhere in the graph."""
        return {iri for iri in iris if self._occurs(iri)}

    def names(self, namespace: str) -> list[str]:
        """Every IRI with a label or title that starts with the namespace, sorted."""
        named = (self._store.quads_for_pattern(None, NamedNode(each), None, DefaultGraph()) for each in NAMING)
        subjects = {quad.subject.value for quads in named for quad in quads if isinstance(quad.subject, NamedNode)}
        return sorted(iri for iri in subjects if iri.startswith(namespace))

    def has_graph(self, iri: str) -> bool:
        """Whether there is a named graph of that name."""
        return has_graph(self._store, iri)

    def asks_outside(self, text: str, graphs: Sequence[str] = ()) -> bool:
        """Whether another server has a part in the answer; ``graphs`` are those of the protocol's dataset."""
        return self._outside is not None and asks_outside(text, graphs, self._store)

    def _run(
        self, text: str, default_graphs: Sequence[str], named_graphs: Sequence[str]
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        written, store = text, self._store
        default: list[NamedNode | BlankNode | DefaultGraph] | None = None
        named: list[NamedNode | BlankNode] | None = None
        try:
            if self._outside is None:
                refuse(text, self.has_graph)
            else:
                text, store = brought_in(text, [*default_graphs, *named_graphs], store, self._outside)
            if default_graphs or named_graphs:
                default, named = [*_graphs(store, default_graphs)], [*_graphs(store, named_graphs)]
            is_union = self._is_union and default is None and not dataset_graphs(text)

            options: dict[str, Any] = {
                "default_graph": default,
                "named_graphs": named,
                "use_default_graph_as_union": is_union,
            }

            def run(text: str) -> QuerySolutions | QueryBoolean | QueryTriples:
                return self._asked(store, disarm(text), text, **options)

            if self._planner is not None and store is self._store:
                dataset = tuple(default_graphs), tuple(named_graphs)
                planned = self._planner.plan(text, lambda query: _rows(run(query)), dataset)
                if planned is not text:
                    # A mistake is told of the text as it was written, with the places there.
                    with suppress(SyntaxError):
                        return self._asked(store, self._plan_disarmed(planned), text, **options)
            return run(text)
        except SyntaxError as error:
            raise _explained(written, error) from error
        except (RuntimeError, OSError, ValueError) as error:
            raise _failure(error) from error

    def _asked(
        self, store: Store, text: str, written: str, **options: Any
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        """What the engine answers to a text that is disarmed, with these options of its own.

        It is the one that was ``written``, or a plan of that, which needs no other prefix and function, and may be a
        hundred times as long. The engine makes ready whatever it is given, query after query.
        """
        functions = self._functions if mentions(written, FULL_TEXT) else None
        prefixes = self._prefixes(written)
        try:
            return store.query(text, prefixes=prefixes, custom_functions=functions, **options)
        except SyntaxError:
            if (used := _used(written)) == prefixes:
                raise
            return store.query(text, prefixes=used, custom_functions=functions, **options)

    def _plan_disarmed(self, text: str) -> str:
        """A plan as the engine is given it (see ``sparql.federation``)."""
        found = self._disarmed.get(text)
        if found is None:
            found = disarm(text)
            if len(self._disarmed) >= _MOST_PATTERNS:
                self._disarmed.clear()
            if len(text) <= _LONGEST_PATTERN:
                self._disarmed[text] = found
        return found

    def _prefixes(self, text: str) -> dict[str, str]:
        """The usual prefixes that a query of this pattern needed before: to look for all takes longer than to guess."""
        pattern = pattern_of(text)
        found = self._used.get(pattern)
        if found is None:
            declared = {match[1] for match in _DECLARED.finditer(text)}
            found = {name: iri for name, iri in _used(text).items() if name not in declared}
            if len(self._used) >= _MOST_PATTERNS:
                self._used.clear()
            if len(pattern) <= _LONGEST_PATTERN:
                self._used[pattern] = found
        return found

    def _occurs(self, iri: str) -> bool:
        node = node_of(iri)
        if node is None:
            return False
        pattern = self._store.quads_for_pattern
        return (
            any(True for _ in pattern(node, None, None, None))
            or any(True for _ in pattern(None, None, node, None))
            or any(True for _ in pattern(None, node, None, None))
            or self._store.contains_named_graph(node)
        )


def _used(text: str) -> dict[str, str]:
    """The usual prefixes a query may need: the engine reads the IRI of each that it is given, query after query."""
    if "\\" in text:
        return QUERY_PREFIXES
    return {name: iri for written, name, iri in _WRITTEN_PREFIXES if written in text}


def _rows(result: QuerySolutions | QueryBoolean | QueryTriples) -> Iterable[tuple[Term | None, ...]]:
    return (tuple(row) for row in result) if isinstance(result, QuerySolutions) else ()


def _graphs(store: Store, iris: Sequence[str]) -> list[NamedNode]:
    for iri in iris:
        if not has_graph(store, iri):
            raise QueryRefused(tell("query.no-graph-here", iri=iri))
    return [NamedNode(iri) for iri in iris]


def _failure(error: Exception) -> AsoenError:
    """What to tell where evaluation broke off: a function nobody knows is the query's doing, a broken disk is not."""
    if isinstance(error, OSError):
        return StoreError(tell("server.engine-failed", error=error))
    if (unknown := _UNKNOWN_FUNCTION.search(str(error))) is not None:
        near = [f"search:{name}" for name in nearest(local_name(unknown[1]), SEARCH_FUNCTIONS)]
        hint = tell("value.did-you-mean", near=near) if near else tell("query.functions")
        return QueryError(tell("query.no-function", unknown=unknown[1]), hint)
    return QueryError(tell("query.failed", error=error))


def _explained(text: str, error: SyntaxError) -> QuerySyntaxError:
    from asoen_graph.sparql.diagnosis import explain

    return explain(text, str(error))

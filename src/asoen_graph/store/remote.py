"""Any SPARQL 1.1 endpoint as a store: Oxigraph, Fuseki, Virtuoso, GraphDB, QLever … loaded with a release.

Queries go as POST forms (SPARQL 1.1 Protocol, 2.1.2); answers come as JSON results or N-Triples. The address must be
the endpoint's own: a redirect loses the form.
"""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
)
from pyoxigraph import parse_query_results as parse_results

from asoen_graph.errors import ElsewhereFailed, QueryError, QueryRefused, StoreError
from asoen_graph.evidence import LABEL, NAMING, WORD_CLASSES, Citation, Descriptions, Words, cite, name_of
from asoen_graph.iris import FACT, ONTOLOGY, QUERY_PREFIXES, RDF, SEARCH, key_of, local_name
from asoen_graph.messages import tell
from asoen_graph.sparql.diagnosis import mistake
from asoen_graph.sparql.guard import refuse
from asoen_graph.sparql.names import expand, prefixes_of, used_names
from asoen_graph.sparql.terms import serialise
from asoen_graph.sparql.tokens import significant
from asoen_graph.store import Answer, AskAnswer, GraphAnswer, SelectAnswer, Term
from asoen_graph.store.describing import classes_of, node_of
from asoen_graph.store.engines import Engine
from asoen_graph.store.graphs import write_triples
from asoen_graph.store.sorting import sort_rows, without_order
from asoen_graph.store.wire import Wire

_BATCH = 400
"""How many IRIs one look-up asks for: a request of some 30 kB."""

_MOST_GRAPHS = 10_000
"""Of how many graphs it is remembered whether they are there."""

_OCCURRENCES = ("?x ?p ?o", "?s ?p ?x", "?s ?x ?o", "GRAPH ?x { ?s ?p ?o }", "GRAPH ?g { ?x ?p ?o }")


class RemoteStore:
    """A ``GraphStore`` over HTTP. ``timeout`` is in seconds and counts between two signs of life of the endpoint.

    ``opener`` makes the connections, where not every address may be connected to; a longer answer than ``most_bytes``
    is not read to its end. Without an ``engine`` the endpoint is asked once what it is. Errors name it as ``called``.
    With ``is_closed`` only graphs that are there may be named in ``FROM`` and in a dataset: strangers ask.
    """

    def __init__(
        self,
        endpoint_url: str,
        timeout: float = 30.0,
        opener: urllib.request.OpenerDirector | None = None,
        most_bytes: int | None = None,
        engine: Engine | None = None,
        called: str = "",
        *,
        is_closed: bool = False,
    ) -> None:
        self._wire = Wire(endpoint_url, timeout, opener, most_bytes, engine, called)
        self._is_closed = is_closed
        self._graphs: dict[str, bool] = {}

    @property
    def url(self) -> str:
        """The address of the endpoint."""
        return self._wire.url

    @property
    def called(self) -> str:
        """How errors name the endpoint."""
        return self._wire.called

    @property
    def engine(self) -> Engine:
        """What the endpoint is. Raises ElsewhereFailed where that is to be asked and cannot be."""
        return self._wire.engine

    def allow(self, seconds: float) -> None:
        """From now on all that is asked may take so long together, until this is said anew."""
        self._wire.allow(seconds)

    def query(self, text: str, *, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()) -> Answer:
        """Answer a query; see ``GraphStore.query``. Raises ElsewhereSlow and ElsewhereFailed besides."""
        with self._reading():
            result = self._ask(text, default_graphs, named_graphs)
            if isinstance(result, QueryBoolean):
                return AskAnswer(bool(result))
            if isinstance(result, GraphAnswer):
                return result
            return SelectAnswer(tuple(variable.value for variable in result.variables), [tuple(row) for row in result])

    def serialize(
        self, text: str, media_type: str, *, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()
    ) -> bytes:
        """Answer a query in a format of SPARQL or RDF, whichever the endpoint itself speaks."""
        with self._reading():
            result = self._ask(text, default_graphs, named_graphs)
            if isinstance(result, GraphAnswer):
                graph_format = RdfFormat.from_media_type(media_type)
                if graph_format is not None:
                    return write_triples(result.triples, graph_format)
            else:
                results_format = QueryResultsFormat.from_media_type(media_type)
                if results_format is not None:
                    return result.serialize(format=results_format) or b""
        raise QueryError(tell("query.no-form", media_type=media_type))

    def look_over(self, text: str) -> None:
        """Raise what can be told without the endpoint; see ``GraphStore.look_over``."""
        refuse(text, self.has_graph if self._is_closed else None)
        _refuse_search(text)
        self._wire.engine.refuse(text)
        if (error := mistake(text)) is not None:
            raise error

    def labels(self, iris: Iterable[str], language: str) -> dict[str, str]:
        """The label of each IRI that has one; see ``GraphStore.labels``."""
        return {iri: name_of(values, language) for iri, values in self._describe(iris, NAMING).items()}

    def classes(self, iris: Iterable[str]) -> dict[str, list[str]]:
        """The classes of each IRI that has any; see ``GraphStore.classes``."""
        return classes_of(self._describe(iris, (RDF + "type",)))

    def citations(self, facts: Iterable[str], language: str) -> dict[str, Citation]:
        """Where each fact stands; see ``GraphStore.citations``."""
        facts = list(facts)
        return cite(facts, language, self._describe, self._words, {}) if facts else {}

    def facts(self, triples: Iterable[Triple]) -> dict[Triple, list[str]]:
        """The facts that state each triple, sorted; see ``GraphStore.facts``."""
        wanted = {triple for triple in triples if not any(isinstance(term, BlankNode | Triple) for term in triple)}
        found: dict[Triple, list[str]] = {}
        for batch in _parts(f"({' '.join(map(serialise, triple))})" for triple in sorted(wanted, key=str)):
            pattern = f"GRAPH ?fact {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?fact), {Literal(FACT)}))"
            for subject, property_, value, fact in self._rows(
                f"SELECT ?s ?p ?o ?fact {{ VALUES (?s ?p ?o) {{ {batch} }} {pattern} }} ORDER BY ?fact"
            ):
                if value is None or not isinstance(subject, NamedNode) or not isinstance(property_, NamedNode):
                    continue
                if isinstance(fact, NamedNode):
                    found.setdefault(Triple(subject, property_, value), []).append(fact.value)
        return found

    def known(self, iris: Iterable[str]) -> set[str]:
        """Those of the IRIs that occur anywhere in the graph."""
        tests = " || ".join(f"EXISTS {{ {pattern} }}" for pattern in _OCCURRENCES)
        return {
            row[0].value
            for batch in _batches(iris)
            for row in self._rows(f"SELECT ?x {{ VALUES ?x {{ {batch} }} FILTER({tests}) }}")
            if isinstance(row[0], NamedNode)
        }

    def names(self, namespace: str) -> list[str]:
        """Every IRI with a label or title that starts with the namespace, sorted."""
        naming = " ".join(f"<{iri}>" for iri in NAMING)
        starts = f"FILTER(STRSTARTS(STR(?x), {Literal(namespace)}))"
        query = f"SELECT DISTINCT ?x {{ VALUES ?naming {{ {naming} }} ?x ?naming ?name {starts} }}"
        return sorted(row[0].value for row in self._rows(query) if isinstance(row[0], NamedNode))

    @cached_property
    def _words(self) -> Words:
        classes = " ".join(f"<{iri}>" for iri in WORD_CLASSES)
        pattern = f"GRAPH <{ONTOLOGY}> {{ ?x a ?class ; <{LABEL}> ?label }}"
        found: dict[str, dict[str, str]] = {}
        for concept, label in self._rows(f"SELECT ?x ?label {{ VALUES ?class {{ {classes} }} {pattern} }}"):
            if isinstance(concept, NamedNode) and isinstance(label, Literal):
                found.setdefault(key_of(local_name(concept.value)), {})[label.language or ""] = label.value
        return found

    def _describe(self, iris: Iterable[str], properties: Sequence[str]) -> Descriptions:
        wanted = " ".join(f"<{iri}>" for iri in properties)
        found: dict[str, dict[str, list[Term]]] = {}
        for batch in _batches(iris):
            query = f"SELECT ?s ?p ?o {{ VALUES ?s {{ {batch} }} VALUES ?p {{ {wanted} }} ?s ?p ?o }}"
            for subject, property_, value in self._rows(query):
                if isinstance(subject, NamedNode) and isinstance(property_, NamedNode) and value is not None:
                    found.setdefault(subject.value, {}).setdefault(property_.value, []).append(value)
        return found

    def _rows(self, query: str) -> list[tuple[Term | None, ...]]:
        with self._reading():
            result = self._ask(query, (), ())
            return [tuple(row) for row in result] if isinstance(result, QuerySolutions) else []

    def has_graph(self, iri: str) -> bool:
        """Whether there is a named graph of that name, which is asked once."""
        if iri not in self._graphs:
            if len(self._graphs) >= _MOST_GRAPHS:
                self._graphs.clear()
            node = node_of(iri)
            asked = f"SELECT ?s {{ GRAPH {node} {{ ?s ?p ?o }} }} LIMIT 1"
            self._graphs[iri] = node is not None and bool(self._rows(asked))
        return self._graphs[iri]

    def asks_outside(self, text: str, graphs: Sequence[str] = ()) -> bool:
        """Never: ``SERVICE`` is refused, and an endpoint has the graphs it has."""
        return False

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Turn what is wrong with the bytes of an answer, which may show in its last row only, into ElsewhereFailed."""
        try:
            yield
        except (SyntaxError, ValueError) as error:
            raise ElsewhereFailed(tell("elsewhere.unread", called=self.called, error=error)) from error

    def _ask(
        self, text: str, default_graphs: Sequence[str], named_graphs: Sequence[str]
    ) -> QuerySolutions | QueryBoolean | GraphAnswer:
        refuse(text, self.has_graph if self._is_closed else None)
        for iri in (*default_graphs, *named_graphs) if self._is_closed else ():
            if not self.has_graph(iri):
                raise QueryRefused(tell("query.no-graph-here", iri=iri))
        _refuse_search(text)
        engine = self._wire.engine
        engine.refuse(text)
        request = engine.request(_with_prefixes(text), default_graphs, named_graphs)
        try:
            reply = self._wire.post(text, request)
        except StoreError as error:
            if not (engine.unsortable and re.search(engine.unsortable, error.message)):
                raise
            return self._sorted_here(text, default_graphs, named_graphs, error)
        results_format = QueryResultsFormat.from_media_type(reply.media_type)
        if results_format is not None:
            if results_format != QueryResultsFormat.JSON:
                return parse_results(reply.body, results_format)
            return parse_results(engine.table(reply.body, request.hidden, reply.headers), results_format)
        graph_format = RdfFormat.from_media_type(reply.media_type)
        if graph_format is not None:
            triples = [quad.triple for quad in parse(reply.body, graph_format)]
            return GraphAnswer(engine.triples(triples) if engine.datatypes else triples)
        if not reply.media_type:
            raise ElsewhereFailed(tell("elsewhere.no-format", called=self.called))
        raise ElsewhereFailed(tell("elsewhere.format", called=self.called, media_type=reply.media_type))

    def _sorted_here(
        self, text: str, default_graphs: Sequence[str], named_graphs: Sequence[str], failure: StoreError
    ) -> QuerySolutions:
        query = without_order(text)
        if query is None:
            raise failure
        rows = self._ask(query.text, default_graphs, named_graphs)
        found = sort_rows(rows, query) if isinstance(rows, QuerySolutions) else None
        if found is None:
            raise failure
        return found


def _refuse_search(text: str) -> None:
    """Raise QueryError where the text calls a function that no other engine has."""
    if "search" not in text:
        return
    tokens = significant(text)
    prefixes = {**QUERY_PREFIXES, **prefixes_of(tokens)}
    for token in used_names(tokens):
        if (expand(token, prefixes) or "").startswith(SEARCH):
            raise QueryError(
                tell("query.release-only", text=token.text),
                tell("query.release-instead"),
                line=token.line,
                column=token.column,
                token=token.text,
            )


def _with_prefixes(text: str) -> str:
    """The text with the usual prefixes it uses and does not declare, on its first line, so that lines stay the same."""
    tokens = significant(text)
    declared = prefixes_of(tokens)
    used = {token.value.partition(":")[0] for token in used_names(tokens) if token.kind == "name"}
    missing = sorted(used & QUERY_PREFIXES.keys() - declared.keys())
    return "".join(f"PREFIX {name}: <{QUERY_PREFIXES[name]}> " for name in missing) + text


def _batches(iris: Iterable[str]) -> Iterator[str]:
    nodes = []
    for iri in dict.fromkeys(iris):
        try:
            nodes.append(str(NamedNode(iri)))
        except ValueError:
            continue
    yield from _parts(nodes)


def _parts(words: Iterable[str]) -> Iterator[str]:
    """The words in lots small enough for one request."""
    remaining = list(words)
    for start in range(0, len(remaining), _BATCH):
        yield " ".join(remaining[start : start + _BATCH])

"""The sentences a network says of itself: that it is empty and why, what has no date, what is not in the data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from asoen_graph.errors import QuerySyntaxError
from asoen_graph.iris import QUERY_PREFIXES, compact
from asoen_graph.network.model import Edge
from asoen_graph.network.period import Period
from asoen_graph.network.words import say
from asoen_graph.queries.review import doubts
from asoen_graph.sparql.names import expand, prefixes_of, used_names
from asoen_graph.sparql.tokens import significant
from asoen_graph.store import AskAnswer, GraphStore
from asoen_graph.vocabulary import Class, Property, Vocabulary


def remarks(edges: Iterable[Edge], period: Period | None, language: str) -> Iterator[str]:
    """What is uncertain of edges: that they have no date where one is asked for, or facts that are not in the data."""
    edges = tuple(edges)
    undated = sum(not edge.spells for edge in edges)
    if period is not None and undated:
        yield say("undated one" if undated == 1 else "undated", language, count=undated)
    cited = {citation.fact for edge in edges for citation in edge.citations}
    lost = len({fact for edge in edges for fact in edge.facts} - cited)
    if lost:
        yield say("lost fact" if lost == 1 else "lost facts", language, count=lost)


def unknown_names(text: str, store: GraphStore) -> list[QuerySyntaxError]:
    """Every name of this project's namespaces in a query that the store does not know, as errors in order of place."""
    return [doubt for doubt in doubts(text, store) if doubt.token and not doubt.token.startswith(("?", "$"))]


def unused_terms(text: str, store: GraphStore, vocabulary: Vocabulary, language: str) -> Iterator[str]:
    """A sentence for each class a query names that has no instance, and each property that no statement uses."""
    tokens = significant(text)
    prefixes = QUERY_PREFIXES | prefixes_of(tokens)
    # Each once, in order of place.
    iris = dict.fromkeys(expand(token, prefixes) or "" for token in used_names(tokens))
    for term in map(vocabulary.term, iris):
        if isinstance(term, Class) and _is_nowhere(f"?thing a <{term.iri}>", store):
            yield say("no instance", language, label=term.label(language), name=compact(term.iri))
        elif isinstance(term, Property) and _is_nowhere(f"?thing <{term.iri}> ?value", store):
            yield say("no statement", language, label=term.label(language), name=compact(term.iri))


def _is_nowhere(pattern: str, store: GraphStore) -> bool:
    answer = store.query(f"ASK {{ {pattern} }}")
    return isinstance(answer, AskAnswer) and not answer.value

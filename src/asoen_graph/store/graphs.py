"""Named graphs of a store, and writing the triples of an answer in an RDF format, always in the same order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from pyoxigraph import NamedNode, Quad, QueryTriples, RdfFormat, Store, Triple

from asoen_graph.iris import PREFIXES
from asoen_graph.serialization import write_rdf


def has_graph(store: Store, iri: str) -> bool:
    """Whether there is a named graph of that name."""
    try:
        return store.contains_named_graph(NamedNode(iri))
    except ValueError:
        return False


LINES: Final = (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS)
"""The formats that write a triple of the default graph as the same line."""


def write_lines(triples: QueryTriples) -> bytes:
    """The triples of an answer in N-Triples: the same bytes as ``write_triples``, without a Python object for each.

    A line sorts as its triple does: what follows the shorter one of two that begin alike is a space, and no character
    that can go on a term is less.
    """
    lines = (triples.serialize(format=RdfFormat.N_TRIPLES) or b"").split(b"\n")
    lines.pop()
    lines.sort()
    return b"\n".join([*lines, b""]) if lines else b""


def write_triples(triples: Iterable[Triple], format: RdfFormat, prefixes: Mapping[str, str] = PREFIXES) -> bytes:
    """The triples in a format, sorted, so that the same graph is always the same bytes (blank nodes aside)."""
    ordered = sorted(triples, key=str)
    if format in (RdfFormat.N_QUADS, RdfFormat.TRIG):
        return write_rdf(
            [Quad(triple.subject, triple.predicate, triple.object) for triple in ordered], format, prefixes
        )
    return write_rdf(ordered, format, prefixes)

"""RDF as text that does not vary: prefixes come by name, where the engine writes them in an order of chance."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Triple, parse, serialize

from asoen_graph.iris import PREFIXES

_TURTLE_PREFIXES: Final = re.compile(rb"(?:@prefix [^\n]*\n)+")
_XML_PREFIXES: Final = re.compile(rb'(?: xmlns:\w+="[^"]*")+')


def write_rdf(
    statements: Iterable[Quad] | Iterable[Triple], rdf_format: RdfFormat, prefixes: Mapping[str, str] = PREFIXES
) -> bytes:
    """Triples or quads in an RDF format, in the order given, with prefixes where the format has any.

    Raises TypeError where quads are given to a format of triples or the reverse.
    """
    text = serialize(statements, format=rdf_format, prefixes=dict(prefixes)) or b""
    if rdf_format in (RdfFormat.TURTLE, RdfFormat.TRIG):
        return _sorted(text, _TURTLE_PREFIXES.match(text), text[:0])
    if rdf_format == RdfFormat.RDF_XML:
        return _sorted(text, _XML_PREFIXES.search(text), b" ")
    return text


def trig_of(n_quads: bytes) -> bytes:
    """The TriG of a release: the quads of its sorted N-Quads, graph by graph, the default graph first."""
    return write_rdf(sorted(parse(n_quads, format=RdfFormat.N_QUADS), key=_graph), RdfFormat.TRIG)


def _graph(quad: Quad) -> str:
    """What quads are grouped by; sorting is stable within a graph."""
    return "" if isinstance(quad.graph_name, DefaultGraph) else str(quad.graph_name)


def _sorted(text: bytes, head: re.Match[bytes] | None, separator: bytes) -> bytes:
    if head is None:
        return text
    parts: Sequence[bytes] = head[0].split() if separator else head[0].splitlines(keepends=True)
    return text[: head.start()] + b"".join(separator + part for part in sorted(parts)) + text[head.end() :]

"""RDF as text that does not vary: prefixes come by name, where the engine writes them in an order of chance."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from asoen_graph.iris import PREFIXES

_TURTLE_PREFIXES: Final = re.compile(rb"(?:@prefix [^\n]*\n)+")
_XML_PREFIXES: Final = re.compile(rb'(?: xmlns:\w+="[^"]*")+')


def write_rdf(statements: Iterable[Quad] | Iterable[Triple], rdf_format: RdfFormat) -> bytes:
    """Triples or quads in an RDF format, in the order given, with the usual prefixes where the format has any.

    Raises TypeError where quads are given to a format of triples or the reverse.
    """
    text = serialize(statements, format=rdf_format, prefixes=PREFIXES) or b""
    if rdf_format in (RdfFormat.TURTLE, RdfFormat.TRIG):
        return _sorted(text, _TURTLE_PREFIXES.match(text), text[:0])
    if rdf_format == RdfFormat.RDF_XML:
        return _sorted(text, _XML_PREFIXES.search(text), b" ")
    return text


def _sorted(text: bytes, head: re.Match[bytes] | None, separator: bytes) -> bytes:
    if head is None:
        return text
    parts: Sequence[bytes] = head[0].split() if separator else head[0].splitlines(keepends=True)
    return text[: head.start()] + b"".join(separator + part for part in sorted(parts)) + text[head.end() :]

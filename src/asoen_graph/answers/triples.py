"""The formats of RDF for the answer of a ``CONSTRUCT`` or ``DESCRIBE``."""

from __future__ import annotations

from pyoxigraph import RdfFormat

from asoen_graph.errors import QueryError
from asoen_graph.messages import tell
from asoen_graph.store import Answer, GraphAnswer
from asoen_graph.store.graphs import write_triples


def write(answer: Answer, media_type: str) -> bytes:
    """The triples in an RDF format; sorted, with the prefixes they use."""
    format_ = RdfFormat.from_media_type(media_type)
    if format_ is None or not isinstance(answer, GraphAnswer):
        raise QueryError(tell("query.no-form", media_type=media_type))
    return write_triples(answer.triples, format_)

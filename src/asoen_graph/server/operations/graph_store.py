"""Whole graphs, as the SPARQL 1.1 Graph Store HTTP Protocol asks for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from pyoxigraph import DefaultGraph, NamedNode, Quad

from asoen_graph.errors import ParameterError, UnknownName
from asoen_graph.iris import BASE
from asoen_graph.messages import tell
from asoen_graph.server.forms import DATASETS, TRIPLES, content_type
from asoen_graph.server.library import Collection
from asoen_graph.server.messages import Reply
from asoen_graph.server.negotiation import Offer, choose
from asoen_graph.server.operations.resources import write_graph
from asoen_graph.server.settings import Limits
from asoen_graph.text import nearest

_WHOLE: Final = tuple(offer for offer in TRIPLES if offer.format in DATASETS)


def answer(library: Collection, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """A graph in the form that ``accept`` and ``format`` ask for.

    Arguments: ``which`` (``default``, ``named``, ``all``), ``graph`` (the IRI of a named one), ``accept``, ``format``.
    """
    if arguments["which"] == "all":
        offer = choose(_WHOLE, arguments["accept"], arguments["format"])
        return _reply(offer, library.whole(offer.format))
    offer = choose(TRIPLES, arguments["accept"], arguments["format"])
    name = DefaultGraph() if arguments["which"] == "default" else _named(library, arguments["graph"])
    quads: Iterable[Quad] = library.graph.quads_for_pattern(None, None, None, name)
    return _reply(offer, write_graph([quad.triple for quad in quads], offer.format))


def _reply(offer: Offer, body: bytes) -> Reply:
    return Reply(200, {"Content-Type": content_type(offer.media_type)}, body)


def _named(library: Collection, iri: str) -> NamedNode:
    try:
        node = NamedNode(iri)
    except ValueError:
        raise ParameterError("graph", tell("value.no-iri", iri=iri[:200]), tell("value.whole-iri")) from None
    if not library.graph.contains_named_graph(node):
        known = (graph.value for graph in library.graph.named_graphs() if isinstance(graph, NamedNode))
        # Thousands of graphs hold one fact each: only the others can have been meant by a name like theirs.
        raise UnknownName("graph", iri, nearest(iri, (each for each in known if not each.startswith(BASE + "fact/"))))
    return node

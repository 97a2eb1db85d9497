"""What can be answered from any RDF files: SPARQL, whole graphs, and what the endpoint says of itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from pyoxigraph import NamedNode

from asoen_graph.iris import QUERY_PREFIXES
from asoen_graph.server.forms import HTML, TRIPLES, content_type
from asoen_graph.server.library import FileLibrary
from asoen_graph.server.messages import Reply
from asoen_graph.server.negotiation import choose
from asoen_graph.server.operations import api, descriptions, graph_store, sparql
from asoen_graph.server.settings import Limits

_MOST_GRAPHS: Final = 200
"""How many named graphs the page lists."""


def page(library: FileLibrary, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """The page at ``/``, to see what is here and to type a query. Arguments: ``language``."""
    language, names = arguments["language"], library.names()
    content = library.pages.render(
        "files",
        language,
        release="",
        prefixes=QUERY_PREFIXES,
        text=arguments.get("edit"),
        quads=len(library.graph),
        graphs=names[:_MOST_GRAPHS],
        more=max(len(names) - _MOST_GRAPHS, 0),
    )
    return Reply(200, {"Content-Type": content_type(HTML.media_type), "Content-Language": language}, content)


def query_page(library: FileLibrary, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """What ``/sparql`` is without a query: the same page for people, the service description for machines.

    Arguments: ``accept``, ``format``, ``base`` (where the server is), ``language``, ``edit`` (the text to begin with).
    """
    offer = choose((*TRIPLES, HTML), arguments["accept"], arguments["format"])
    if offer == HTML:
        return page(library, arguments, limits)
    return descriptions.service(arguments["base"], offer, map(NamedNode, library.names()))


OPERATIONS: Final[Mapping[str, Callable[[FileLibrary, Mapping[str, Any], Limits], Reply]]] = {
    "sparql": sparql.answer,
    "graph-store": graph_store.answer,
    "query-page": query_page,
    "start": page,
    "openapi": api.of_files,
}

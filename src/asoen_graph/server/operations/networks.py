"""Networks, of the catalogue and of any query, in every form a network can be written in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from asoen_graph.errors import UnknownName
from asoen_graph.network.asking import Wanted, ask
from asoen_graph.network.formats import FORMATS, write
from asoen_graph.network.model import Network
from asoen_graph.server.library import Library
from asoen_graph.server.messages import Reply
from asoen_graph.server.operations.catalogue import bound_text
from asoen_graph.server.operations.rows import refuse_rows, refuse_too_many
from asoen_graph.server.operations.sparql import is_repeatable
from asoen_graph.server.settings import Limits
from asoen_graph.text import nearest


def answer(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """A network in a form; its links are the rows that are limited.

    Arguments: ``name``, ``format``, ``values`` (parameter → text as typed), ``at``, ``from``, ``until`` (dates or
    ``None``), ``title`` (or ``None``), ``language``.
    """
    query = library.catalogue[arguments["name"]]
    if not query.is_network:
        networks = [name for name in library.catalogue if library.catalogue[name].is_network]
        raise UnknownName("network", query.name, nearest(query.name, networks))
    text = bound_text(library, query, arguments["values"])
    network = ask(library.store, library.vocabulary, query._replace(text=text), _wanted(library, arguments))
    # Before it is written, which for a picture takes longer than the query.
    refuse_rows(len(network.edges), limits)
    return _written(network, arguments)


def of_query(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """The network of a query that somebody sent; the rows of its answer are what is limited.

    Arguments: ``query`` (its text), and all those of ``answer`` but ``name`` and ``values``.
    """
    text = arguments["query"]
    network = ask(
        library.store,
        library.vocabulary,
        text,
        _wanted(library, arguments),
        inspect=lambda found: refuse_too_many(found, limits),
    )
    reply = _written(network, arguments)
    if not is_repeatable(text) or library.store.asks_outside(text):
        reply.headers["Cache-Control"] = "no-store"
    return reply


def _wanted(library: Library, arguments: Mapping[str, Any]) -> Wanted:
    return Wanted(
        at=arguments["at"],
        since=arguments["from"],
        until=arguments["until"],
        language=arguments["language"],
        release=f"{library.release.manifest.name} {library.release.manifest.version}",
        title=arguments["title"] or "",
    )


def _written(network: Network, arguments: Mapping[str, Any]) -> Reply:
    format_ = arguments["format"]
    headers = {"Content-Type": FORMATS[format_].media_type, "Content-Language": arguments["language"]}
    return Reply(200, headers, write(network, format_))

"""Networks of the catalogue, in every form a network can be written in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from asoen_graph.errors import UnknownName
from asoen_graph.network.asking import Wanted, ask
from asoen_graph.network.formats import FORMATS, write
from asoen_graph.network.interactive.page import SERVED_POLICY
from asoen_graph.server.library import Library
from asoen_graph.server.messages import Reply
from asoen_graph.server.operations.catalogue import bound_text
from asoen_graph.server.operations.rows import refuse_rows
from asoen_graph.server.settings import Limits
from asoen_graph.text import nearest

_POLICIES: Final = {"html": {"Content-Security-Policy": SERVED_POLICY}}
"""The other pages of the server have no script."""


def answer(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """A network in a form; its links are the rows that are limited.

    Arguments: ``name``, ``format``, ``values`` (parameter → text as typed), ``at``, ``from``, ``until`` (dates or
    ``None``), ``language``.
    """
    query = library.catalogue[arguments["name"]]
    if not query.is_network:
        networks = [name for name in library.catalogue if library.catalogue[name].is_network]
        raise UnknownName("network", query.name, nearest(query.name, networks))
    text = bound_text(library, query, arguments["values"])
    wanted = Wanted(
        at=arguments["at"],
        since=arguments["from"],
        until=arguments["until"],
        language=arguments["language"],
        release=f"{library.release.manifest.name} {library.release.manifest.version}",
    )
    network = ask(library.store, library.vocabulary, query._replace(text=text), wanted)
    # Before it is written, which for a picture takes longer than the query.
    refuse_rows(len(network.edges), limits)
    body = write(network, arguments["format"])
    headers = {"Content-Type": FORMATS[arguments["format"]].media_type, "Content-Language": arguments["language"]}
    return Reply(200, headers | _POLICIES.get(arguments["format"], {}), body)

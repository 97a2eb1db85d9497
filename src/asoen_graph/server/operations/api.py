"""The OpenAPI document of the server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import orjson

from asoen_graph.server.forms import JSON
from asoen_graph.server.messages import Reply
from asoen_graph.server.settings import Limits

if TYPE_CHECKING:
    from asoen_graph.server.library import FileLibrary, Library
    from asoen_graph.server.routing import Router


def of_releases(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """The document of a server over releases.

    Arguments: ``title``, ``version``, ``description``, ``license_info``, and ``metrics``, whether there are any.
    """
    # What declares the addresses belongs to the web process, and a worker needs it for this alone.
    from asoen_graph.server import addresses
    from asoen_graph.server.list_documentation import filter_schemas

    routers = addresses.of_releases(addresses.of_release(library.catalogue), metrics=arguments["metrics"])
    return _reply(routers, arguments, filter_schemas(library.vocabulary))


def of_files(library: FileLibrary, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """The same of a server over RDF files, where there are no lists to filter."""
    from asoen_graph.server import addresses

    return _reply(addresses.of_files(metrics=arguments["metrics"]), arguments, {})


def _reply(routers: tuple[Router, ...], arguments: Mapping[str, Any], filters: Mapping[str, Any]) -> Reply:
    from asoen_graph.server.api_document import document

    made = document(routers, arguments)
    made["components"]["schemas"] |= filters
    # The worker has grown by all that it took.
    return Reply(200, {"Content-Type": JSON.media_type}, orjson.dumps(made), last=True)

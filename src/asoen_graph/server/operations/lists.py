"""Lists of entities and sources, the facts of an entity, and the search, as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from asoen_graph.entities import entity_card, entity_facts, list_entities, list_sources, resolve, source_card
from asoen_graph.server.forms import JSON
from asoen_graph.server.library import Library
from asoen_graph.server.messages import Reply
from asoen_graph.server.operations.framing import meta
from asoen_graph.server.settings import Limits


def entities(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """The entities of a class, or those whose name has the words of ``q``, best first.

    Arguments: ``class`` (a key or ``None``), ``q``, ``limit``, ``offset``, ``language``.
    """
    listed = list_entities(library.graph, library.vocabulary, arguments["class"], arguments["language"])
    if arguments["q"]:
        by_slug = {entry.slug: entry for entry in listed}
        hits = library.search.find(arguments["q"], arguments["language"], limit=None)
        listed = [by_slug[hit.slug] for hit in hits if hit.slug in by_slug]
    return _page(listed, arguments)


def facts_of_entity(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """Every fact with the entity at either end. Arguments: ``slug``, ``limit``, ``offset``, ``language``."""
    present = resolve(library.graph, arguments["slug"], library.search).slug
    if present != arguments["slug"]:
        return Reply(301, {"Location": f"/api/entities/{present}/facts"}, b"")
    places = library.release.places
    found = entity_facts(library.graph, library.vocabulary, present, arguments["language"], places)
    return _page(found, arguments)


def entity(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """The card of an entity. Arguments: ``slug``, ``language``."""
    present = resolve(library.graph, arguments["slug"], library.search).slug
    if present != arguments["slug"]:
        return Reply(301, {"Location": f"/api/entities/{present}"}, b"")
    places = library.release.places
    return _json(entity_card(library.graph, library.vocabulary, present, arguments["language"], places))


def source(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """The card of a source. Arguments: ``slug``, ``language``."""
    places = library.release.places
    return _json(source_card(library.graph, library.vocabulary, arguments["slug"], arguments["language"], places))


def sources(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """The documents facts are taken from. Arguments: ``limit``, ``offset``, ``language``."""
    return _page(list_sources(library.graph, library.vocabulary, arguments["language"]), arguments)


def search(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """The entities called so, best first. Arguments: ``q``, ``limit``, ``offset``, ``language``."""
    return _page(library.search.find(arguments["q"], arguments["language"], limit=None), arguments)


def _page(items: Sequence[object], arguments: Mapping[str, Any]) -> Reply:
    offset, limit = arguments["offset"], arguments["limit"]
    end = offset + limit
    return _json(
        {
            "total": len(items),
            "offset": offset,
            "limit": limit,
            "next": end if end < len(items) else None,
            "items": items[offset:end],
            "meta": meta(arguments),
        }
    )


def _json(content: object) -> Reply:
    return Reply(200, {"Content-Type": JSON.media_type}, orjson.dumps(content))

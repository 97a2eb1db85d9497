"""Lists of entities and sources, the facts of an entity, the search and its suggestions, as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import orjson

from asoen_graph.entities import entity_facts, resolve, source_card
from asoen_graph.entities.aspects import (
    entity_aspects,
    fact_aspects,
    lies_between,
    read_date,
    refuse_unfit,
    source_aspects,
)
from asoen_graph.entities.card import card_json
from asoen_graph.entities.cards import EntityEntry, FactRecord, SourceEntry
from asoen_graph.entities.register import Register
from asoen_graph.search import Hit, Match
from asoen_graph.server.forms import JSON
from asoen_graph.server.library import Library
from asoen_graph.server.messages import Reply
from asoen_graph.server.operations.paging import page_of
from asoen_graph.server.settings import Limits

Row = TypeVar("Row", EntityEntry, SourceEntry)

_SUGGESTIONS = 5
_FEW_HITS = 3


def entities(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """The entities that fit, by label, or best first where ``q`` has words of their names.

    Arguments: those of a page, ``from``, ``until``, ``q``.
    """
    return page_of(
        entities_asked_for(library, arguments),
        EntityEntry,
        aspects_of_entities(library, arguments),
        arguments,
        library.release_id,
    )


def entities_asked_for(library: Library, arguments: Mapping[str, Any]) -> list[EntityEntry]:
    """The entities of the class, period and words asked for; other filters are left to whoever makes the page."""
    register = library.register(arguments["language"])
    class_key = arguments["filters"].get("class")
    listed = [*register.entities] if class_key else register.of_class(None)
    if arguments["q"]:
        by_slug = {entry.slug: entry for entry in listed}
        hits = library.search.find(arguments["q"], arguments["language"], limit=None)
        listed = [by_slug[hit.slug] for hit in hits if hit.slug in by_slug]
    if class_key and "," not in class_key:
        register.classes(class_key)
        refuse_unfit(library.vocabulary, arguments["filters"], class_key)
    return _in_period(register, listed, arguments)


def facts_of_entity(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """Every fact with the entity at either end. Arguments: those of a page, ``slug``."""
    present = resolve(library.graph, arguments["slug"], library.search).slug
    if present != arguments["slug"]:
        return Reply(301, {"Location": f"/api/entities/{present}/facts"}, b"")
    places, shelf = library.release.places, library.shelf
    found = entity_facts(library.graph, library.vocabulary, present, arguments["language"], places, shelf)
    aspects = fact_aspects(library.register(arguments["language"]))
    return page_of(found, FactRecord, aspects, arguments, library.release_id)


def entity(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """The card of an entity. Arguments: ``slug``, ``language``."""
    slug, language = arguments["slug"], arguments["language"]
    if slug not in library.register(language).by_slug:
        present = resolve(library.graph, slug, library.search).slug
        if present != slug:
            return Reply(301, {"Location": f"/api/entities/{present}"}, b"")
    return Reply(200, {"Content-Type": JSON.media_type}, card_json(library.lens(language), slug))


def source(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """The card of a source. Arguments: ``slug``, ``language``."""
    slug, language, places = arguments["slug"], arguments["language"], library.release.places
    return _json(source_card(library.graph, library.vocabulary, slug, language, places, library.shelf))


def sources(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """The documents facts are taken from. Arguments: those of a page, ``from``, ``until``."""
    aspects = source_aspects(library.register(arguments["language"]), library.search)
    return page_of(sources_asked_for(library, arguments), SourceEntry, aspects, arguments, library.release_id)


def sources_asked_for(library: Library, arguments: Mapping[str, Any]) -> list[SourceEntry]:
    """The documents of the period asked for."""
    register = library.register(arguments["language"])
    return _in_period(register, register.sources, arguments)


def search(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """The entities called so, best first, and where they are few, what was perhaps meant.

    Arguments: those of a page, ``q``.
    """
    language = arguments["language"]
    hits = library.search.find(arguments["q"], language, limit=None)
    as_written = [hit.match for hit in hits if hit.match is not Match.NEAR]
    is_enough = len(as_written) >= _FEW_HITS or any(match in (Match.LABEL, Match.NAME) for match in as_written)
    meant = [] if is_enough else library.search.meant(arguments["q"], language, _SUGGESTIONS)
    aspects = aspects_of_entities(library, arguments)
    return page_of(hits, Hit, aspects, arguments, library.release_id, suggestions=meant)


def suggest(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """The names that go on as ``q`` begins. Arguments: ``q``, ``limit``, ``language``, ``class`` (or ``None``)."""
    register = library.register(arguments["language"])
    keys = {each.key for each in register.classes(arguments["class"])}
    found = library.search.find(arguments["q"], arguments["language"], limit=None, forgiving=False)
    return _json({"items": [hit for hit in found if hit.class_key in keys][: arguments["limit"]]})


def aspects_of_entities(library: Library, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """What entities are filtered, sorted and counted by. Arguments: ``language``."""
    return entity_aspects(library.register(arguments["language"]), library.search)


def _in_period(register: Register, rows: Sequence[Row], arguments: Mapping[str, Any]) -> list[Row]:
    """The rows that lie between the dates asked for, where there are any."""
    since, until = (None if arguments[name] is None else read_date(name, arguments[name]) for name in ("from", "until"))
    if since is None and until is None:
        return list(rows)
    return [row for row in rows if lies_between(register, row.iri, since, until)]


def _json(content: object) -> Reply:
    return Reply(200, {"Content-Type": JSON.media_type}, orjson.dumps(content))

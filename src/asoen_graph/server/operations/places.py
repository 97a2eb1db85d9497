"""Places as GeoJSON: those that fit a filter, and a single one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from asoen_graph.entities.aspects import entity_aspects
from asoen_graph.entities.places import collection, entry_of, feature, placed
from asoen_graph.entities.selection import counted, filtered, in_order
from asoen_graph.errors import ParameterError
from asoen_graph.messages import tell
from asoen_graph.server.forms import GEOJSON
from asoen_graph.server.library import Library
from asoen_graph.server.messages import Reply
from asoen_graph.server.operations.lists import entities_asked_for
from asoen_graph.server.operations.paging import slice_of
from asoen_graph.server.problems import NotFound
from asoen_graph.server.settings import Limits


def places(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """The places that fit, as a feature collection.

    Arguments: those of a page but ``fields``; ``from``, ``until``, ``q``, ``base``, ``media_type``.
    """
    if arguments["fields"] is not None:
        raise ParameterError("fields", tell("value.fields-geojson"), tell("value.fields-leave-out"))
    language = arguments["language"]
    register = library.register(language)
    aspects = entity_aspects(register, library.search)
    found = placed(register, entities_asked_for(library, arguments))
    found = filtered(found, aspects, arguments["filters"], arguments["others"])
    if arguments["sort"] is not None:
        found = in_order(found, aspects, arguments["sort"])
    shown, members, headers = slice_of(found, arguments, library.release_id)
    if arguments["facets"] is not None:
        members["facets"] = counted(found, aspects, arguments["facets"])
    lens = library.lens(language)
    features = [feature(register, lens, entry, arguments["base"]) for entry in shown]
    content = orjson.dumps(collection(features) | members)
    return Reply(200, {"Content-Type": arguments["media_type"], "Content-Language": language} | headers, content)


def place(library: Library, slug: str, language: str, base: str) -> Reply:
    """The feature of one entity. Raises NotFound where no source says where it lies."""
    register = library.register(language)
    entry = entry_of(register, slug)
    if entry is None:
        raise NotFound(tell("request.no-point", slug=slug), tell("request.other-forms", slug=slug))
    content = orjson.dumps(feature(register, library.lens(language), entry, base))
    return Reply(200, {"Content-Type": GEOJSON.media_type, "Content-Language": language}, content)

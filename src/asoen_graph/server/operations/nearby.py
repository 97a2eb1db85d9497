"""What is near to a name or an address that leads nowhere, for the page that says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import orjson

from asoen_graph.server.forms import JSON
from asoen_graph.server.library import Library
from asoen_graph.server.messages import Reply
from asoen_graph.server.settings import Limits

_MOST: Final = 8


def nearby(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """Addresses with labels, the nearest first, each once.

    Arguments: ``kind`` (what has no such name, may be empty), ``names`` (the nearest of that kind), ``words`` (of the
    address), ``language``.
    """
    found: dict[str, dict[str, str]] = {}
    for each in (*_named(library, arguments), *_called_so(library, arguments)):
        found.setdefault(each["address"], each)
    return Reply(200, {"Content-Type": JSON.media_type}, orjson.dumps([*found.values()][:_MOST]))


def _named(library: Library, arguments: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    kind, language = arguments["kind"], arguments["language"]
    for name in arguments["names"]:
        if kind == "entity" and (entry := library.register(language).by_slug.get(name)) is not None:
            yield _link(f"/id/{name}.html", entry.label, entry.class_label)
        elif kind == "source":
            title = next((each.title for each in library.register(language).sources if each.slug == name), name)
            yield _link(f"/source/{name}.html", title)
        elif kind == "query" and name in library.catalogue:
            query = library.catalogue[name]
            folder = "networks" if query.is_network else "queries"
            yield _link(f"/{folder}/{name}", query.title.get(language) or query.title["en"])
        elif kind == "class" and name in library.vocabulary.classes:
            yield _link(f"/entities?class={name}", library.vocabulary.classes[name].label(language))


def _called_so(library: Library, arguments: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    for hit in library.search.find(arguments["words"], arguments["language"], limit=_MOST):
        yield _link(f"/id/{hit.slug}.html", hit.label, hit.class_label)


def _link(address: str, label: str, note: str = "") -> dict[str, str]:
    return {"address": address, "label": label, "note": note}

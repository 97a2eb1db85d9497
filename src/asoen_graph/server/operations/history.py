"""What a worker says of other releases than its own: who is in one, what changed between two."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

import orjson

from asoen_graph.diff import rdf_patch, write_changes
from asoen_graph.diff.records import digest, records
from asoen_graph.iris import DCTERMS, ENTITY, RDF, REGISTER_GRAPH
from asoen_graph.release import Release, open_quads
from asoen_graph.server.forms import HTML, JSON, content_type
from asoen_graph.server.library import Library
from asoen_graph.server.messages import Reply
from asoen_graph.server.negotiation import choose
from asoen_graph.server.operations.framing import framing
from asoen_graph.server.pages import grouped
from asoen_graph.server.problems import release_changed
from asoen_graph.server.settings import Limits

PATCH: Final = "application/rdf-patch"
_TEXT: Final = "text/plain; charset=utf-8"

_IN_REGISTER: Final = f"<{REGISTER_GRAPH}> .\n".encode()
_NAMING: Final = tuple(f"> <{iri}> <".encode() for iri in (RDF + "type", DCTERMS + "isReplacedBy"))
_ENTITY: Final = f"<{ENTITY}".encode()


def names(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """The slugs of a release's entities, present and retired, a line each. Arguments: ``folder``, ``hash``."""
    found, folder = set(), Path(arguments["folder"])
    with open_quads(folder) as lines:
        for line in lines:
            if line.endswith(_IN_REGISTER) and line.startswith(_ENTITY):
                slug = line[len(_ENTITY) : line.index(b">")]
                if line.startswith(_NAMING, len(_ENTITY) + len(slug)):
                    found.add(slug)
    # Looked at after reading: the folder may have been replaced.
    if Release(folder).manifest.hash != arguments["hash"]:
        raise release_changed()
    return Reply(200, {"Content-Type": _TEXT}, b"\n".join(sorted(found)))


def changes(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """What changed from one release to another.

    Arguments: ``old``, ``new`` (folders), ``form`` (``digest``, ``html``, ``json``, ``txt``, ``rdfp``), ``language``;
    for ``html`` those of ``changes_page.page``.
    """
    old, new = (_release(library, arguments[name]) for name in ("old", "new"))
    form, language = arguments["form"], arguments["language"]
    if form == "rdfp":
        return Reply(200, {"Content-Type": PATCH}, rdf_patch(old, new))
    found = library.comparisons.between(old, new)
    if form == HTML.format:
        from asoen_graph.server.operations import changes_page

        return changes_page.page(library, arguments, found)
    if form == "txt":
        text = write_changes(found, language)
        return Reply(200, {"Content-Type": _TEXT, "Content-Language": language}, text.encode())
    content = digest(found) if form == "digest" else records(found, language)
    return Reply(200, {"Content-Type": JSON.media_type}, orjson.dumps(content))


def releases(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """The releases that are here, or one of them.

    Arguments: ``items`` (what is known of each, the newest first), ``one``, ``accept``, ``format``, ``language``.
    """
    offer = choose((JSON, HTML), arguments["accept"], arguments["format"])
    items, language = arguments["items"], arguments["language"]
    if offer == JSON:
        content = items[0] if arguments["one"] else {"total": len(items), "items": items}
        return Reply(200, {"Content-Type": JSON.media_type}, orjson.dumps(content))
    page = library.pages.render(
        "releases", language, items=items, number=partial(grouped, language=language), **framing(library, arguments)
    )
    return Reply(200, {"Content-Type": content_type(HTML.media_type), "Content-Language": language}, page)


def _release(library: Library, folder: str) -> Release:
    """The release of a folder; the worker's own is loaded already."""
    return library.release if folder == str(library.release.folder) else Release.open(Path(folder))

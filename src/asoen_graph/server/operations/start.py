"""The page at ``/``: what is in here, and the ways in for who asks, who draws and who builds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from asoen_graph.entities.highlights import best_connected, count_links, latest
from asoen_graph.errors import LimitReached, StoreError
from asoen_graph.queries.catalogue import CatalogueQuery
from asoen_graph.release import DESCRIPTION_FILE
from asoen_graph.server.archive import RELEASES
from asoen_graph.server.forms import HTML, content_type
from asoen_graph.server.library import Library
from asoen_graph.server.messages import Reply
from asoen_graph.server.operations.framing import framing
from asoen_graph.server.settings import Limits
from asoen_graph.vocabulary import Class

_QUERIES: Final = 6
_NETWORKS: Final = 4
_EXAMPLES: Final = 8
_LATEST: Final = 5


def start_page(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """The start page. Arguments: ``language``."""
    language = arguments["language"]
    counts = library.release.manifest.counts
    entries = [library.catalogue[name] for name in library.catalogue]
    queries = [entry for entry in entries if not entry.is_network]
    networks = [entry for entry in entries if entry.is_network]
    frame = framing(library, arguments)
    page = library.pages.render(
        "start",
        language,
        counts=[("entities", counts.entities), ("facts", counts.facts), ("sources", counts.sources)],
        classes=_classes(library, language),
        queries=_varied(queries, _QUERIES),
        networks=networks[:_NETWORKS],
        totals={"queries": len(queries), "networks": len(networks)},
        folder=_folder(arguments),
        has_description=DESCRIPTION_FILE in library.release.manifest.files,
        **_examples(library, language),
        **frame,
    )
    return Reply(200, {"Content-Type": content_type(HTML.media_type), "Content-Language": language}, page)


def _classes(library: Library, language: str) -> list[tuple[Class, int]]:
    """The classes of things, those with most entities first."""
    known = library.vocabulary.classes
    counts = library.release.manifest.counts.entities_by_class
    found = [(known[key], count) for key, count in counts.items() if not known[key].is_relation]
    return sorted(found, key=lambda pair: (-pair[1], pair[0].label(language)))


def _varied(queries: Iterable[CatalogueQuery], most: int) -> list[CatalogueQuery]:
    """One of each group, if possible one that needs nothing to be filled in; then others, if there is room."""
    ordered = sorted(queries, key=lambda query: not _is_ready(query))
    firsts = {query.group: query for query in reversed(ordered)}
    shown = sorted(firsts.values(), key=lambda query: query.name)
    return [*shown, *(query for query in ordered if query not in shown)][:most]


def _is_ready(query: CatalogueQuery) -> bool:
    return all(parameter.optional or parameter.default for parameter in query.parameters.values())


def _examples(library: Library, language: str) -> dict[str, Any]:
    register = library.register(language)
    counted = None
    if library.is_remote:
        try:
            counted = count_links(library.store)
        except (LimitReached, StoreError):
            # The page is there where a large endpoint does not count.
            counted = {}
    return {"examples": best_connected(register, _EXAMPLES, counted), "latest": latest(register, _LATEST)}


def _folder(arguments: Mapping[str, Any]) -> str:
    """Where the files of the release are listed; empty where it has no name."""
    trace = arguments.get("trace")
    return f"{RELEASES}/{trace['release']}" if trace else ""

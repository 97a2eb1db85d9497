"""What stands around the content of a page or a JSON page: the release, a permanent address, a citation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from asoen_graph.server.archive import RELEASES
from asoen_graph.server.citation import with_query
from asoen_graph.server.library import Library
from asoen_graph.server.pages import without_language

QUERIES: Final = {"map": "things-on-the-map", "timeline": "things-in-time"}
"""The queries of the catalogue that tell what is shown on some pages; a catalogue without them has no such pages."""


def framing(library: Library, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """What every page is given: ``release``, ``root``, ``address``, ``citation``, ``here``, ``site`` and ``missing``.

    ``missing`` are the pages that the catalogue has no query for. ``root`` is where the addresses of the release begin,
    empty for the present one; ``here`` the address of the page below that, without its language; ``site`` where the
    server is, empty where that is not known. ``address`` (permanent), ``citation`` and ``here`` are empty where the web
    process told nothing of them. ``is_dated`` says whether the release has a day, by which time maps list it.
    """
    root = arguments.get("root", "")
    site = arguments.get("base", "").rstrip("/").removesuffix(root)
    frame: dict[str, Any] = {"release": library.release.manifest.version, "root": root, "site": site}
    frame["missing"] = [f"/{view}" for view, query in QUERIES.items() if query not in library.catalogue]
    trace = arguments.get("trace")
    if trace is None:
        return {**frame, "address": "", "citation": "", "here": "", "is_dated": False}
    address = trace["address"] or ""
    here = without_language(address.removeprefix(f"{RELEASES}/{quote(trace['release'])}"))
    if address and "accept" in arguments and arguments.get("format") is None:
        # Only a page is framed, and only the address says which form it stands for.
        address += f"{'&' if '?' in address else '?'}format=html"
    said = {"citation": cited(trace, arguments["language"]), "is_dated": trace["is_dated"]}
    return {**frame, **said, "address": address, "here": here}


def meta(arguments: Mapping[str, Any]) -> dict[str, Any] | None:
    """What a page of JSON says of itself beside its items."""
    trace = arguments.get("trace")
    if trace is None:
        return None
    named = {name: trace[name] for name in ("release", "query", "address")}
    return {**named, "citation": cited(trace, arguments["language"])}


def cited(trace: Mapping[str, Any], language: str) -> str:
    """The citation of an answer in a language."""
    return with_query(trace["citation"][language], trace["query"], language)

"""Which file an address of the server becomes on a site of static files: one rule, the same as in ``client/place.ts``.

``/id/lagoon.html?lang=vi`` becomes ``vi/id/lagoon.html``, ``/queries/hosts?lang=en`` ``queries/hosts.html``: English
stands at the top, Vietnamese below ``vi/``, and what has no ending is a page. What of the query string makes a page of
its own (``PARTS``) is part of the name; the rest stays a query string, which scripts read.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit

DEFAULT_LANGUAGE: Final = "en"
LANGUAGES: Final = ("en", "vi")

SERVER_PAGE: Final = "server.html"
"""The page that says what only a server does; it is what addresses of these things become."""
MISSING_PAGE: Final = "404.html"
"""What most hosts show for an address where there is nothing."""
_OF_A_SERVER: Final = re.compile(
    r"/(?:docs|timemap|openapi\.json|metrics|health|ready|api|rdf-graphs|graph-store|problem|releases/[^/]+/.*)(?:/.*)?"
)

PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "/entities": ("class", "page"),
    "/sources": ("page",),
}
"""The parameters by which a page is several files, in the order in which their values stand in its name."""

MADE: Final = frozenset(
    {"html", "ttl", "jsonld", "json", "geojson", "rq", "csv", "svg", "png", "graphml", "gexf", "xml"}
)
"""The forms that are made; links to others are taken away."""
_NOT_OF_FACTS: Final = frozenset({"ttl", "jsonld", "json"})
"""The forms of a fact that are not made: they stand in the files of its source."""
_SUFFIX: Final = re.compile(r"\.([a-z][a-z0-9]{1,9})$")
_SPOKEN: Final = re.compile(r"/(?:id|source|fact|assets|releases|changes|ontology|context)\b")
"""The addresses of files that are the same in every language; their pages are not."""
_WRITTEN: Final = ("/data/", "/assets/", "/client/")
_NEGOTIATED: Final = re.compile(r"/(?:id|source|fact)/")
_SAME: Final = {"/dataset": "/.well-known/void", "/search.html": "/search"}
_ELSEWHERE: Final = {
    "/.well-known/void": "data/description.ttl",
    "/graph/register": "data/description.ttl",
    "/graph/provenance": "data/description.ttl",
    "/graph/inferred": "data/description.ttl",
}
"""What is made otherwise than by asking the server."""


class Place(NamedTuple):
    """Where something stands on the site."""

    file: str
    """The name of the file from the top of the site; empty where it is not made."""
    query: str
    """What stays a query string, for scripts."""
    fragment: str
    ask: str
    """The address of the server to make it from; empty where it is made otherwise."""
    language: str


def place(address: str, version: str) -> Place | None:
    """Where the content of an address from the top of the server stands; ``None`` for what leads to another host.

    ``version`` is that of the release, which pages name in permanent addresses.
    """
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return None
    path = parts.path.removeprefix(f"/releases/{version}") or "/" if _is_within(parts.path, version) else parts.path
    path = _SAME.get(path, path)
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    language = asked.pop("lang", DEFAULT_LANGUAGE)
    language = language if language in LANGUAGES else DEFAULT_LANGUAGE
    if path == "/data":
        form = asked.get("format", "nq")
        return Place(f"data/asoen.{form}.gz" if form in ("nq", "trig", "ttl") else "", "", "", "", language)
    if path in _ELSEWHERE or path.startswith(_WRITTEN):
        return Place(_ELSEWHERE.get(path, path[1:]), "", parts.fragment, "", language)
    if _OF_A_SERVER.fullmatch(path):
        return Place(_spoken(SERVER_PAGE, language), "", "", f"/{SERVER_PAGE}?lang={language}", language)
    return _file(path, asked, language, parts.fragment)


def absolute(href: str, base: str) -> str:
    """The address from the top of the server that a link on the page at ``base`` leads to."""
    return urljoin(base, href)


def relative(file: str, page: str) -> str:
    """The address of a file as a page writes it."""
    return posixpath.relpath(file, posixpath.dirname(page) or ".")


def _is_within(path: str, version: str) -> bool:
    """Whether an address is of the release that is published: the files of releases are not."""
    prefix = f"/releases/{version}"
    return bool(version) and (path == f"{prefix}/" or path.startswith(f"{prefix}/")) and not _is_kept_file(path)


def _is_kept_file(path: str) -> bool:
    return re.fullmatch(r"/releases/[^/]+/(?:asoen|manifest|description|places|SHA256SUMS)[^/]*", path) is not None


def _file(path: str, asked: dict[str, str], language: str, fragment: str) -> Place:
    found = _SUFFIX.search(path)
    form = found[1] if found else asked.pop("format", "html")
    stem = unquote(path[1 : found.start()] if found else path[1:].rstrip("/")) or "index"
    kept = [f"lang={language}"]
    if form != "html" and _SPOKEN.match(path):
        language, kept = DEFAULT_LANGUAGE, []
    if form not in MADE or (path.startswith("/fact/") and form in _NOT_OF_FACTS):
        return Place("", "", "", "", language)
    if form == "html":
        for name in PARTS.get(path, ()):
            value = asked.pop(name, "")
            if value and (name, value) != ("page", "1"):
                stem += f"/{name}-{value}" if name == "page" else f"/{value}"
                kept.append(urlencode({name: value}))
    elif not found:
        kept.append(f"format={form}")
    if form == "html" and not found and _NEGOTIATED.match(path):
        # Asked for by name, since the address alone leads there only by way of another one.
        path += ".html"
    ask = path + ("?" + "&".join(kept) if kept else "")
    return Place(_spoken(f"{stem}.{form}", language), urlencode(asked), fragment, ask, language)


def _spoken(file: str, language: str) -> str:
    return file if language == DEFAULT_LANGUAGE else f"{language}/{file}"

"""Which file an address of the server becomes on a site of static files: one rule, the same as in ``client/place.ts``.

``/id/lagoon.html?lang=vi`` becomes ``vi/id/lagoon.html``, ``/queries/hosts?lang=en`` ``queries/hosts.html``: English
stands at the top, Vietnamese below ``vi/``, and what has no ending is a page. What of the query string makes a page of
its own (``PARTS``) is part of the name; the rest stays a query string, which scripts read.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit

_REMEMBERED: Final = 1 << 16
"""So many addresses are remembered: the same ones stand on page after page."""

DEFAULT_LANGUAGE: Final = "en"
LANGUAGES: Final = ("en", "vi")

SERVER_PAGE: Final = "server.html"
"""The page that says what only a server does; it is what addresses of these things become."""
MISSING_PAGE: Final = "404.html"
"""What most hosts show for an address where there is nothing."""
FACT_PAGE: Final = "fact.html"
"""The page that leads to where a fact stands: what links of scripts to facts become, as ``fact.html?name=…``."""

PAGING: Final = ("page", "cursor")
"""The parameters by which any page may be several."""
PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "/entities": ("class",),
    "/queries": ("group", "view"),
}
"""The parameters by which a page is several files, in the order in which their values stand in its name."""
_BARE: Final = "class"
"""The parameter whose value stands in the name by itself."""

_OF_A_SERVER: Final = re.compile(
    r"/(?:docs|timemap|openapi\.json|metrics|health|ready|rdf-graphs|problem|api|releases/[^/]+)(?:/.*)?"
)
_FILES: Final = re.compile(r"/api/(queries|networks)/(.+)|/releases/[^/]+/files/[^/]+")
"""What of these is made once, as it is when it is told nothing more."""
_FORMS: Final[Mapping[str, frozenset[str]]] = {
    "/id/": frozenset({"html", "ttl", "jsonld", "json", "geojson"}),
    "/source/": frozenset({"html", "ttl", "jsonld", "json"}),
    "/fact/": frozenset({"html"}),
    "/changes": frozenset({"html", "txt", "json"}),
    "/api/queries/": frozenset({"csv", "tsv", "md", "xlsx", "srj", "srx", "rq"}),
    "/api/networks/": frozenset({
        "svg", "json", "graphml", "gexf", "csv", "nodes", "dot", "pajek", "cyjs", "mermaid", "ttl",
    }),
}  # fmt: skip
"""The forms that are made of what stands below an address; of what is not named here, all."""
_SUFFIX: Final = re.compile(r"\.([a-z][a-z0-9]{1,9})$")
_SAME_IN_ALL: Final = re.compile(r"/(?:id|source|fact|releases|changes|ontology|context)\b")
"""The addresses of files that are the same in every language; their pages are not."""
_WRITTEN: Final = ("/data/", "/assets/", "/client/")
_WHOLE: Final = frozenset({"nq", "trig", "ttl"})
_NEGOTIATED: Final = re.compile(r"/(?:id|source|fact)/")
_SAME: Final = {"/dataset": "/.well-known/void", "/search.html": "/search"}
_ELSEWHERE: Final = {
    "/.well-known/void": "data/description.ttl",
    "/graph/register": "data/description.ttl",
    "/graph/provenance": "data/description.ttl",
    "/graph/inferred": "data/description.ttl",
    "/files/asoen.nq": "data/asoen.nq.gz",
    "/files/asoen.trig": "data/asoen.trig.gz",
    "/files/description.ttl": "data/description.ttl",
    "/files/manifest.json": "data/manifest.json",
    "/files/places.tsv": "data/places.tsv",
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


@lru_cache(_REMEMBERED)
def place(address: str, release: str) -> Place | None:
    """Where the content of an address from the top of the server stands; ``None`` for what leads to another host.

    ``release`` is the name below which the server has the release too, which pages use in permanent addresses.
    """
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return None
    path = _within(parts.path, release)
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    language = asked.pop("lang", DEFAULT_LANGUAGE)
    language = language if language in LANGUAGES else DEFAULT_LANGUAGE
    if path == "/data":
        form = asked.get("format", "nq")
        return Place(f"data/asoen.{form}.gz" if form in _WHOLE else "", "", "", "", language)
    if path in _ELSEWHERE or path.startswith(_WRITTEN):
        return Place(_ELSEWHERE.get(path, unquote(path[1:])), "", parts.fragment, "", language)
    return _file(path, asked, language, parts.fragment) or _server_page(language)


def family(ask: str) -> str:
    """What the addresses of a thing have in common, whatever the language, the form or the page."""
    return _SUFFIX.sub("", ask.partition("?")[0])


def absolute(href: str, base: str) -> str:
    """The address from the top of the server that a link on the page at ``base`` leads to."""
    is_whole = href.startswith("/") and not href.startswith("//") and "/." not in href
    return href if is_whole else urljoin(base, href)


def relative(file: str, page: str) -> str:
    """The address of a file as a page writes it."""
    return _relative(file, posixpath.dirname(page))


@lru_cache(_REMEMBERED)
def _relative(file: str, folder: str) -> str:
    return posixpath.relpath(file, folder or ".")


def _within(path: str, release: str) -> str:
    """The address below the top for one of this release by its name."""
    prefix = f"/releases/{release}/"
    if release and path.startswith(prefix) and not (path.startswith(f"{prefix}files/") and path.endswith(".xz")):
        path = path[len(prefix) - 1 :]
    return _SAME.get(path, path)


def _server_page(language: str) -> Place:
    return Place(_spoken(SERVER_PAGE, language), "", "", f"/{SERVER_PAGE}?lang={language}", language)


def _file(path: str, asked: dict[str, str], language: str, fragment: str) -> Place | None:
    """The file of an address; ``None`` where only a server has it."""
    found = _SUFFIX.search(path)
    form = found[1] if found else asked.pop("format", "html")
    if _OF_A_SERVER.fullmatch(path) and (asked or not _FILES.fullmatch(path)):
        return None
    made = next((forms for beginning, forms in _FORMS.items() if path.startswith(beginning)), None)
    if made is not None and form not in made:
        return Place("", "", "", "", language)
    if form != "html" and asked:
        return None
    stem = unquote(path[1 : found.start()] if found else path[1:].rstrip("/")) or "index"
    stem = re.sub(r"^api/(queries|networks)/", r"\1/files/", stem)
    kept = {"lang": language}
    if form != "html" and _SAME_IN_ALL.match(path):
        language, kept = DEFAULT_LANGUAGE, {}
    if form == "html":
        for name in (*PARTS.get(path, ()), *PAGING):
            if value := asked.pop(name, ""):
                stem += f"/{_named(name, value)}"
                kept[name] = value
        if not found and _NEGOTIATED.match(path):
            # Asked for by name, since the address alone leads there only by way of another one.
            path += ".html"
    elif not found:
        kept["format"] = form
    ask = path + (f"?{urlencode(kept)}" if kept else "")
    return Place(_spoken(f"{stem}.{form}", language), urlencode(asked), fragment, ask, language)


def _named(name: str, value: str) -> str:
    if name == _BARE and re.fullmatch(r"[a-z0-9-]+", value):
        return value
    plain = value if re.fullmatch(r"[a-z0-9-]+", value) else hashlib.sha256(value.encode()).hexdigest()[:10]
    return f"{name}-{plain}"


def _spoken(file: str, language: str) -> str:
    return file if language == DEFAULT_LANGUAGE else f"{language}/{file}"

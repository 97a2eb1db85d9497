"""Making a page of the server a page of the site: relative links, its policy in itself, what a form does without us."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Final
from urllib.parse import urlsplit

from asoen_graph.server.policies import HEADER, POLICY
from asoen_graph.site.addresses import LANGUAGES, MISSING_PAGE, Place, absolute, place, relative
from asoen_graph.site.inside import HOST, Answered
from asoen_graph.site.markup import ADDRESSES, Attributes, change, quoted

_HEAD: Final = re.compile(r"<meta charset=[^>]*>", re.IGNORECASE)
_NOT_IN_A_PAGE: Final = ("frame-ancestors", "report-uri", "sandbox")
"""Directives that a policy in a page may not have (CSP 3, 3.3)."""
_LISTS: Final = ("/entities", "/sources")
_FILTERS: Final = {"section": "facet", "form": "asking"}
"""The parts of lists that need a server, by the class of the element."""
_FACT: Final = re.compile(r"(?:/releases/[^/]+)?/fact/(?P<fact>[0-9a-f]+)(?:\.html)?(?P<query>\?[^#]*)?(?:#.*)?$")


@dataclass
class Written:
    """A file as it is to be written, and what it leads to."""

    content: bytes
    leads_to: dict[str, str] = field(default_factory=dict)
    """The file of each link, and the address to make it from (empty where it is made otherwise)."""
    outside: set[str] = field(default_factory=set)
    """The addresses on this site that have no file."""


@dataclass(frozen=True, slots=True)
class Site:
    """What every page is made with."""

    version: str
    release: str
    """What the server calls the release in permanent addresses: its version, for a draft with a part of its hash."""
    base_url: str
    """Where the site will stand, with a slash at the end; empty where nobody said."""
    languages: tuple[str, ...]
    form_note: dict[str, str]
    """What pages say of forms because there is no server, by language."""
    homes: Mapping[str, str] = field(default_factory=dict)
    """The source that each fact stands in, where facts have no pages of their own."""

    def page(self, here: Place, answered: Answered) -> Written:
        """The page that stands at ``here``."""
        written = Written(b"")
        text = answered.body.decode()

        def changed(tag: str, attributes: Attributes) -> Attributes | None:
            return self._changed(tag, attributes, here, written)

        is_ours = "data-site=" in text[:1000]
        after = self._after_forms(here) if is_ours else ""
        text = change(text, changed, after)
        head = self._policy(answered.headers.get(HEADER.lower(), POLICY), is_ours) + (
            self._links(here) if is_ours else ""
        )
        text = _HEAD.sub(lambda found: found[0] + head, text, count=1)
        written.content = self.without_host(text.encode(), here.file)
        return written

    def without_host(self, content: bytes, file: str) -> bytes:
        """The content with the site's own address where the server's stood."""
        if HOST.encode() not in content:
            return content
        root = self.base_url or "../" * file.count("/")
        return re.sub(rb"https?://" + re.escape(HOST.encode()) + rb"(?::\d+)?/?", root.encode(), content)

    def _changed(self, tag: str, attributes: Attributes, here: Place, written: Written) -> Attributes | None:
        if tag == "html" and "data-site" in attributes:
            root = self._link_root(here)
            return attributes | {"data-site": "static", "data-root": root, "data-release": self.version}
        if self._is_filter(tag, attributes, here):
            return None
        rel = (attributes.get("rel") or "").split()
        if tag == "link" and ("canonical" in rel or ("alternate" in rel and "hreflang" in attributes)):
            return None
        for name in ADDRESSES & attributes.keys():
            value = attributes[name] or ""
            if value.startswith("#") and name == "href":
                continue
            found = place(self._at_home(absolute(value, here.ask)), self.release)
            if found is None:
                continue
            if not found.file or found.language not in self.languages:
                return None
            written.leads_to[found.file] = found.ask
            attributes[name] = self._link(found, here)
        return attributes

    def _is_filter(self, tag: str, attributes: Attributes, here: Place) -> bool:
        """Whether it is a part of a list that needs a server; kinds of entities have pages of their own."""
        wanted = _FILTERS.get(tag)
        if wanted is None or wanted not in (attributes.get("class") or "").split():
            return False
        return here.ask.partition("?")[0] in _LISTS and attributes.get("aria-labelledby") != "kinds"

    def _at_home(self, address: str) -> str:
        """The place of a fact in its source, where facts have no pages of their own; other addresses as they are."""
        found = _FACT.match(address) if self.homes else None
        home = self.homes.get(found["fact"]) if found is not None else None
        if found is None or home is None:
            return address
        return f"/source/{home}.html{found['query'] or ''}#fact-{found['fact']}"

    def _policy(self, header: str, is_ours: bool) -> str:
        rules = [rule.strip() for rule in header.split(";")]
        kept = [rule for rule in rules if rule and rule.split()[0] not in _NOT_IN_A_PAGE]
        if is_ours:
            kept = [f"{rule} 'wasm-unsafe-eval'" if rule.startswith("script-src") else rule for rule in kept]
            kept.append("worker-src 'self'")
        return f'\n<meta http-equiv="{HEADER}" content="{quoted("; ".join(kept))}">' if kept else ""

    def _links(self, here: Place) -> str:
        """The page in the other language, and where it stands for good."""
        if not self.base_url:
            return ""
        own = here.file.removeprefix("vi/")
        others = {each: own if each == "en" else f"{each}/{own}" for each in self.languages}
        links = [f'rel="canonical" href="{escape(self.address(here.file))}"']
        links += [
            f'rel="alternate" hreflang="{each}" href="{escape(self.address(file))}"' for each, file in others.items()
        ]
        return "".join(f"\n<link {link}>" for link in links)

    def address(self, file: str) -> str:
        """Where a file will stand."""
        is_start = file == "index.html" or file.endswith("/index.html")
        return self.base_url + (file.removesuffix("index.html") if is_start else file)

    def _link(self, found: Place, here: Place) -> str:
        query = f"?{found.query}" if found.query else ""
        fragment = f"#{found.fragment}" if found.fragment else ""
        if found.file == here.file and fragment and not query:
            return fragment
        if self.base_url and here.file.endswith(MISSING_PAGE):
            # Shown for any address, so nothing on it can be relative to its own.
            return urlsplit(self.base_url).path + found.file + query + fragment
        return relative(found.file, here.file) + query + fragment

    def _link_root(self, here: Place) -> str:
        if self.base_url and here.file.endswith(MISSING_PAGE):
            return urlsplit(self.base_url).path
        return "../" * here.file.count("/") or "./"

    def _after_forms(self, here: Place) -> str:
        return f'<noscript><p class="note">{escape(self.form_note[here.language])}</p></noscript>'


def spoken(languages: str) -> tuple[str, ...]:
    """The languages of a list such as ``en,vi``, in the order of the site's. Raises ValueError for others."""
    named = {each.strip() for each in languages.split(",") if each.strip()}
    if not named or named - set(LANGUAGES):
        raise ValueError(f"the languages are {' and '.join(LANGUAGES)}")
    return tuple(each for each in LANGUAGES if each in named)

"""The page at ``/search``: what is called so, by class, page by page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from asoen_graph.entities.selection import FacetCount
from asoen_graph.search import Hit, Match
from asoen_graph.server.forms import HTML, content_type
from asoen_graph.server.library import Library
from asoen_graph.server.messages import Reply
from asoen_graph.server.operations.framing import framing
from asoen_graph.server.settings import Limits

PAGE: Final = 25
"""Hits on a page."""
_SUGGESTIONS: Final = 5
_FEW: Final = 3


def found(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """What is called so. Arguments: ``q``, ``class`` (a key or empty), ``offset``, ``language``."""
    language, class_key, offset = (arguments[name] for name in ("language", "class", "offset"))
    asked = arguments["q"].strip()
    every = library.search.find(asked, language, limit=None)
    hits = every
    if class_key:
        keys = {each.key for each in library.register(language).classes(class_key)}
        hits = [hit for hit in every if hit.class_key in keys]
    page = library.pages.render(
        "search",
        language,
        asked=asked,
        class_key=class_key,
        hits=hits[offset : offset + PAGE],
        total=len(hits),
        every=len(every),
        offset=offset,
        before=max(0, offset - PAGE),
        after=offset + PAGE,
        classes=_by_class(every),
        meant=_meant(library, asked, language, hits),
        is_near=bool(hits) and hits[0].match is Match.NEAR,
        **framing(library, arguments),
    )
    return Reply(200, {"Content-Type": content_type(HTML.media_type), "Content-Language": language}, page)


def _by_class(hits: Sequence[Hit]) -> list[FacetCount]:
    """How many hits each class has, most first."""
    labels = {hit.class_key: hit.class_label for hit in hits}
    counts = Counter(hit.class_key for hit in hits)
    return sorted(
        (FacetCount(key, labels[key], count) for key, count in counts.items()),
        key=lambda each: (-each.count, each.label),
    )


def _meant(library: Library, asked: str, language: str, hits: Sequence[Hit]) -> list[str]:
    """The names that were perhaps meant, where what was found is little."""
    is_enough = len(hits) >= _FEW or any(hit.match in (Match.LABEL, Match.NAME) for hit in hits)
    return [] if is_enough else library.search.meant(asked, language, _SUGGESTIONS)

"""Problems as pages, for who asks with a browser; every other client gets the problem document.

A page says in the reader's language what happened and what to do, and lists what is near where something is missing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from functools import cache
from typing import Any, Final, TypeAlias
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import Response

from asoen_graph.errors import AsoenError
from asoen_graph.server.forms import HTML, content_type
from asoen_graph.server.messages import Reply
from asoen_graph.server.negotiation import LANGUAGES, Offer, choose, choose_language
from asoen_graph.server.origin import address_below
from asoen_graph.server.pages import Pages, without_language
from asoen_graph.server.problems import MEDIA_TYPE

Near: TypeAlias = Callable[[dict[str, Any]], Awaitable[list[dict[str, str]]]]
"""What finds what is near to something that is missing; see ``operations.nearby``."""

_FORMS: Final = (Offer("problem", MEDIA_TYPE), Offer("json", "application/json"), HTML)
_LONGEST_ADDRESS: Final = 2000
"""A longer query is not repeated in the links of a page."""
_LONGEST_WORDS: Final = 100
_BETWEEN_WORDS: Final = re.compile(r"[\W_]+")


async def as_page(request: Request, reply: Reply, release: str, near: Near | None = None) -> Response | None:
    """The page for a reply that is a problem; ``None`` where it is none, or the client would rather have the document.

    A browser names ``text/html``; ``*/*`` alone asks for no page.
    """
    if not _is_wanted(request.headers.get("accept") or "", reply):
        return None
    named = request.query_params.get("lang")
    language = choose_language(request.headers.get("accept-language"), named if named in LANGUAGES else None)
    problem = _WithGaps(json.loads(reply.body))
    words = _words_of(request.url.path) if reply.status == 404 else ""
    found = await near(_asked(problem, words, language)) if near is not None and words else []
    body = _pages().render(
        "problem",
        language,
        root=request.scope["root_path"] if "release" in request.scope else "",
        here=_here(request),
        problem=problem,
        code=str(problem["type"]).rpartition("/")[2],
        seconds=reply.headers.get("Retry-After"),
        asked=_query_of(request),
        searched=words,
        near=found,
        release=release,
    )
    headers = reply.headers | {"Content-Type": content_type(HTML.media_type), "Content-Language": language}
    return Response(body, reply.status, headers | {"Vary": "Accept, Accept-Language"})


def _is_wanted(accept: str, reply: Reply) -> bool:
    if "text/html" not in accept or reply.headers.get("Content-Type") != MEDIA_TYPE:
        return False
    try:
        return choose(_FORMS, accept) == HTML
    except AsoenError:
        return False


def _here(request: Request) -> str:
    """The address that was asked for, without its language; empty where it is not one to go to again."""
    if request.method != "GET":
        return ""
    address = address_below(request.scope, {})
    return without_language(address if len(address) <= _LONGEST_ADDRESS else address.partition("?")[0])


def _query_of(request: Request) -> str:
    """The query that was asked, where it can stand in a link."""
    query = request.query_params.get("query", "") if request.url.path.endswith("/sparql") else ""
    return query if len(query) <= _LONGEST_ADDRESS else ""


def _words_of(path: str) -> str:
    """What someone who typed the address may have looked for: the words of its last part."""
    last = unquote(path.rstrip("/").rpartition("/")[2]).removesuffix(".html")
    return " ".join(_BETWEEN_WORDS.sub(" ", last).split())[:_LONGEST_WORDS]


def _asked(problem: Mapping[str, Any], words: str, language: str) -> dict[str, Any]:
    return {"kind": problem["kind"] or "", "names": problem["nearest"] or [], "words": words, "language": language}


class _WithGaps(dict[str, Any]):
    """A problem document in which members that are left out are empty."""

    def __missing__(self, name: str) -> None:
        return None


@cache
def _pages() -> Pages:
    return Pages()

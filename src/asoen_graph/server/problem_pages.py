"""Problems as pages, for who asks with a browser; every other client gets the problem document."""

from __future__ import annotations

import json
from functools import cache
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from asoen_graph.errors import AsoenError
from asoen_graph.server.forms import HTML, content_type
from asoen_graph.server.messages import Reply
from asoen_graph.server.negotiation import LANGUAGES, Offer, choose, choose_language
from asoen_graph.server.pages import Pages
from asoen_graph.server.problems import MEDIA_TYPE

_FORMS: Final = (Offer("problem", MEDIA_TYPE), Offer("json", "application/json"), HTML)


def as_page(request: Request, reply: Reply, release: str) -> Response | None:
    """The page for a reply that is a problem; ``None`` where it is none, or the client would rather have the document.

    A browser names ``text/html``; ``*/*`` alone asks for no page.
    """
    accept = request.headers.get("accept") or ""
    if "text/html" not in accept or reply.headers.get("Content-Type") != MEDIA_TYPE:
        return None
    try:
        if choose(_FORMS, accept) != HTML:
            return None
    except AsoenError:
        return None
    named = request.query_params.get("lang")
    language = choose_language(request.headers.get("accept-language"), named if named in LANGUAGES else None)
    root = request.scope["root_path"] if "release" in request.scope else ""
    problem = _WithGaps(json.loads(reply.body))
    body = _pages().render("problem", language, root=root, problem=problem, release=release)
    headers = reply.headers | {"Content-Type": content_type(HTML.media_type), "Content-Language": language}
    return Response(body, reply.status, headers | {"Vary": "Accept, Accept-Language"})


class _WithGaps(dict[str, object]):
    """A problem document in which members that are left out are empty."""

    def __missing__(self, name: str) -> None:
        return None


@cache
def _pages() -> Pages:
    return Pages()

"""Answering what was asked before from what is kept, without looking into the request: no routing, no parameters.

A request is recognised where it is written exactly like one that was answered, in all that may decide the answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from asoen_graph.server.answers import Answers, Kept, Known, Written
from asoen_graph.server.encodings import wish_of
from asoen_graph.server.problems import UncodedRefused
from asoen_graph.server.validators import NO_PRECONDITIONS, Preconditions

if TYPE_CHECKING:
    from starlette.types import Scope


def written(scope: Scope, edition: str) -> Written | None:
    """A GET or HEAD request as it was written; ``None`` for others, and where its headers need a closer look.

    That is where one is given twice, or asks for the answer of another day.
    """
    if scope["method"] not in ("GET", "HEAD"):
        return None
    headers = dict(scope["headers"])
    if len(headers) != len(scope["headers"]) or b"accept-datetime" in headers:
        return None
    return (
        edition,
        scope["path"],
        scope["query_string"],
        # What links in the answer begin with.
        scope["scheme"],
        scope.get("root_path"),
        headers.get(b"host"),
        headers.get(b"accept"),
        headers.get(b"accept-language"),
    )


def recall(answers: Answers, request: Written, scope: Scope) -> tuple[Known, Kept] | None:
    """The answer to a request that was answered before, and what the request came to; ``None`` where it is not kept."""
    known = answers.requests.get(request)
    if known is None:
        return None
    headers = dict(scope["headers"])
    try:
        wish = wish_of(text_of(headers.get(b"accept-encoding")))
    except UncodedRefused:
        return None
    kept = answers.settle(known, wish, preconditions_of(headers))
    return None if kept is None else (known, kept)


def preconditions_of(headers: dict[bytes, bytes]) -> Preconditions:
    """The validators among the headers of a request."""
    none_match, modified_since = headers.get(b"if-none-match"), headers.get(b"if-modified-since")
    if none_match is None and modified_since is None:
        return NO_PRECONDITIONS
    return Preconditions(text_of(none_match), text_of(modified_since))


def text_of(value: bytes | None) -> str | None:
    """The value of a header as text."""
    return None if value is None else value.decode("latin-1")

"""Errors as HTTP: one table from error to status, and RFC 9457 problem documents for everything that goes wrong.

Errors that only HTTP knows stand here too; those of queries, names and data are in ``asoen_graph.errors``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from asoen_graph.errors import (
    AsoenError,
    ElsewhereFailed,
    ElsewhereSlow,
    LimitReached,
    NetworkError,
    ParameterError,
    QueryError,
    QueryRefused,
    QuerySyntaxError,
    ReleaseError,
    StoreError,
    UnknownName,
)
from asoen_graph.iris import BASE
from asoen_graph.messages import ENGLISH, in_language, languages_of, tell
from asoen_graph.server.messages import Reply

MEDIA_TYPE: Final = "application/problem+json"
TYPES: Final = BASE + "problem/"
RETRY_SECONDS: Final = 5


class RequestError(AsoenError):
    """A request that HTTP itself gives a reason to turn down; ``headers`` go with the answer."""

    def __init__(self, message: str, hint: str = "", headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message, hint)
        self.headers = dict(headers or {})


class BadRequest(RequestError):
    """The request is not put together as it should be."""


class NotFound(RequestError):
    """There is nothing at this address."""


class MethodNotAllowed(RequestError):
    """The address does not take this method."""


class NotAcceptable(RequestError):
    """No form of the answer is acceptable to the client."""

    def __init__(self, available: Sequence[str]) -> None:
        super().__init__(tell("request.none-acceptable"), tell("value.there-are", names=available))
        self.available = tuple(available)


class UncodedRefused(RequestError):
    """The client takes none of the content codings there are, nor an answer that is not coded."""

    def __init__(self, codings: Sequence[str]) -> None:
        super().__init__(
            tell("request.codings"),
            tell("request.accept-coding", codings=codings),
        )


class TooMany(RequestError):
    """The client asks more often than it may."""

    def __init__(self, message: str, seconds: int = RETRY_SECONDS) -> None:
        super().__init__(message, tell("limit.slower", seconds=seconds), {"Retry-After": str(seconds)})


class TooLarge(RequestError):
    """The request is larger than allowed."""


class TooSlow(RequestError):
    """The client took too long to send its request."""


class AddressTooLong(RequestError):
    """The address of the request is longer than allowed."""


class HeadTooLarge(RequestError):
    """The headers of the request are longer than allowed."""


class UnsupportedMediaType(RequestError):
    """The body of the request is of a kind not taken here."""


class Busy(RequestError):
    """No worker is free, or the server is about to stop."""

    def __init__(self, message: str) -> None:
        super().__init__(message, tell("request.again-soon"), {"Retry-After": str(RETRY_SECONDS)})


class ReleaseChanged(ReleaseError):
    """The files that answers are made of are no longer those the server started with."""


class WorkerFailed(RequestError):
    """A worker ended while it worked on the request, for a reason nobody foresaw."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: the last part of its ``type``, the status, and a title that is always the same."""

    code: str
    status: int
    title: str


INTERNAL: Final = Kind("internal", 500, "Something went wrong on the server")
DOUBT: Final = Kind("doubt", 200, "The query can be asked, but says something that is hardly meant")
_TIME_LIMIT = Kind("time-limit", 503, "The request takes more time than allowed")
_SIZE_LIMIT = Kind("size-limit", 413, "The request needs more than allowed")

TABLE: Final[tuple[tuple[type[AsoenError], Kind], ...]] = (
    (QuerySyntaxError, Kind("query-syntax", 400, "The query is not valid SPARQL")),
    (QueryRefused, Kind("query-refused", 403, "The query asks for something that is not done here")),
    (ElsewhereSlow, Kind("elsewhere-time", 504, "Another server that has the data did not answer in time")),
    (LimitReached, _SIZE_LIMIT),
    (QueryError, Kind("query", 400, "The query cannot be answered")),
    (ParameterError, Kind("wrong-parameter", 400, "A parameter has a wrong value")),
    (UnknownName, Kind("unknown-name", 404, "Nothing has that name")),
    (NetworkError, Kind("no-network", 400, "The result cannot be drawn as a network")),
    (BadRequest, Kind("bad-request", 400, "The request is not understood")),
    (NotFound, Kind("not-found", 404, "There is nothing at this address")),
    (MethodNotAllowed, Kind("method-not-allowed", 405, "This method is not for this address")),
    (NotAcceptable, Kind("not-acceptable", 406, "No form of the answer is acceptable")),
    (UncodedRefused, Kind("coding-refused", 406, "No content coding of the answer is acceptable")),
    (TooMany, Kind("rate-limit", 429, "Too many requests")),
    (TooLarge, Kind("too-large", 413, "The request is too large")),
    (TooSlow, Kind("too-slow", 408, "The request did not arrive in time")),
    (AddressTooLong, Kind("address-too-long", 414, "The address is too long")),
    (HeadTooLarge, Kind("head-too-large", 431, "The headers of the request are too long")),
    (UnsupportedMediaType, Kind("unsupported-media-type", 415, "The body is of a kind not taken here")),
    (Busy, Kind("busy", 503, "The server is busy")),
    (ReleaseChanged, Kind("release-changed", 503, "The data changed while the server ran")),
    (ReleaseError, Kind("release", 500, "The data cannot be read")),
    (ElsewhereFailed, Kind("elsewhere", 502, "Another server that has the data did not answer")),
    (StoreError, Kind("store", 500, "The engine failed")),
    (AsoenError, INTERNAL),
)
"""The kind of problem each error is; the first class that fits counts."""

KINDS: Final = {kind.code: kind for kind in (*(kind for _, kind in TABLE), _TIME_LIMIT, DOUBT)}
"""Every kind of problem by its code."""

_MEMBERS = (
    "line",
    "column",
    "token",
    "expected",
    "repaired",
    "parameter",
    "kind",
    "name",
    "nearest",
    "limit",
    "available",
)


def release_changed() -> ReleaseChanged:
    """The error of whoever finds other files than those the server started with."""
    return ReleaseChanged(
        tell("server.changed"),
        tell("server.changed-hint"),
    )


def kind_of(error: AsoenError) -> Kind:
    """What kind of problem an error is."""
    if type(error) is LimitReached:
        return _TIME_LIMIT if error.limit == "time" else _SIZE_LIMIT
    return next(kind for class_, kind in TABLE if isinstance(error, class_))


_LONGEST: Final = 1000
"""Characters of a text that is told back to who sent it; a mended query is told whole."""


def document(error: AsoenError) -> dict[str, Any]:
    """The members of the problem document of an error."""
    return _members(kind_of(error), error)


def doubt(error: AsoenError) -> dict[str, Any]:
    """The same where the query is answered all the same."""
    return _members(DOUBT, error)


def _members(kind: Kind, error: AsoenError) -> dict[str, Any]:
    members: dict[str, Any] = _opening(kind) | {"detail": _short(error.message)}
    if error.hint:
        members["hint"] = _short(error.hint)
    for name in _MEMBERS:
        value = getattr(error, name, None)
        if value is not None and value != ():
            members[name] = _short(value) if isinstance(value, str) and name != "repaired" else value
    return members | _translations({"detail": error.message, "hint": error.hint})


def _translations(texts: Mapping[str, str]) -> dict[str, Any]:
    """The member with what texts are in other languages; no member where they are said in English alone.

    A document has all languages at once, for whoever shows it may be asked for another than its client was.
    """
    said: dict[str, dict[str, str]] = {}
    for member, text in texts.items():
        for language in languages_of(text)[1:]:
            said.setdefault(language, {})[member] = _short(in_language(text, language))
    return {"translations": said} if said else {}


def in_words(problem: Mapping[str, Any], language: str) -> list[tuple[str, str]]:
    """What a problem document says and hints, in sentences, each with its language: that asked for, or else English."""
    translated = (problem.get("translations") or {}).get(language, {})
    return [
        (_sentence(translated.get(member) or problem[member]), language if member in translated else ENGLISH)
        for member in ("detail", "hint")
        if problem.get(member)
    ]


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!", ":")) else f"{text}."


def _short(text: str) -> str:
    half = _LONGEST // 2
    return text if len(text) <= _LONGEST else f"{text[:half]} … {text[-half:]}"


def internal(request: str) -> Reply:
    """The reply to a request that met a mistake of ours: no detail but the number under which the log has it."""
    detail = tell("request.log")
    members = _opening(INTERNAL) | {"detail": detail, "request": request}
    return _reply(members | _translations({"detail": detail}), {})


def reply(error: AsoenError) -> Reply:
    """The whole reply to a request that ends in an error."""
    headers = error.headers if isinstance(error, RequestError) else {}
    if isinstance(error, LimitReached) and error.limit == "time":
        headers = {"Retry-After": str(RETRY_SECONDS)}
    return _reply(document(error), headers)


def _opening(kind: Kind) -> dict[str, Any]:
    return {"type": TYPES + kind.code, "title": kind.title, "status": kind.status}


def _reply(members: dict[str, Any], headers: Mapping[str, str]) -> Reply:
    body = json.dumps(members, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    own = {"Content-Type": MEDIA_TYPE, "Cache-Control": "no-store"}
    return Reply(members["status"], own | dict(headers), body)

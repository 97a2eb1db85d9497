"""Reading and answering requests in a lane.

Whatever is the least unusual about a request is left to the web process. What is answered here has the same status,
headers and bytes as there, for the same functions make them.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import formatdate
from typing import Any, Final, NamedTuple, TypeAlias

from asoen_graph.errors import AsoenError
from asoen_graph.server.answers import Answers, Headers, Kept, Known, headers_of, judge
from asoen_graph.server.encodings import Wish, wish_of
from asoen_graph.server.finishing import digest_of, finished, own_headers
from asoen_graph.server.forms import JSON
from asoen_graph.server.heads import STATUS_LINES, line
from asoen_graph.server.hosts import is_host
from asoen_graph.server.messages import Reply, Task
from asoen_graph.server.negotiation import choose, choose_language
from asoen_graph.server.origin import Origin
from asoen_graph.server.recall import preconditions_of, text_of
from asoen_graph.server.requests import LONGEST_ADDRESS, Parameters, parse_parameters, single
from asoen_graph.server.validators import Preconditions
from asoen_graph.sparql.likeness import pattern_of

SPARQL: Final = "/sparql"
CARD: Final = "/api/entities/{slug}"

_CARDS: Final = "/api/entities/"
_SLUG: Final = re.compile(r"[a-z0-9-]{1,200}")
_TARGET: Final = bytes(character for character in range(0x21, 0x7F) if character != ord("#"))
"""What may stand in an address: neither what is not visible ASCII, nor a fragment."""
_HEADER: Final = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t -~]*)")
_SPARQL_PARAMETERS: Final = frozenset({"query", "format", "lang"})
_CARD_PARAMETERS: Final = frozenset({"format", "lang"})
_NOT_HERE: Final = frozenset(
    {b"content-length", b"transfer-encoding", b"expect", b"upgrade", b"trailer", b"te", b"accept-datetime"}
)
"""Headers of requests that are more than a question, or ask for what is not known here."""
_VARY: Final = "Accept, Accept-Language, Accept-Encoding"
_MOST_PROFILES: Final = 512
_BETWEEN: Final = b" HTTP/1.1\r\n"
_END: Final = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Profile:
    """What the headers of a request say; many requests have the same."""

    accept: str | None
    accept_language: str | None
    wish: Wish
    conditions: Preconditions


class Question(NamedTuple):
    """A request that a lane may answer."""

    profile: Profile
    operation: str
    arguments: dict[str, Any]
    parameters: Parameters
    scope: Mapping[str, Any]
    """What is looked at of a scope of ASGI."""
    route: str
    pattern: str
    """See ``prices``."""
    text: str
    """What tells it from others of its pattern."""


class Reader:
    """Reads the requests that a lane may answer."""

    def __init__(self, *, has_cards: bool) -> None:
        self._has_cards = has_cards
        self._profiles: dict[bytes, Profile | None] = {}

    def read(self, raw: bytes) -> Question | None:
        """The question in the bytes of one whole request; ``None`` where it is not one for a lane."""
        end = raw.find(_BETWEEN)
        if end < 0 or raw.find(_END) != len(raw) - len(_END):
            return None
        head = raw[end + len(_BETWEEN) :]
        profile = self._profiles.get(head) or self._profile(head)
        target = raw[4:end]
        if profile is None or not target or target.translate(None, _TARGET) or len(target) > LONGEST_ADDRESS:
            return None
        path, _, query = target.partition(b"?")
        plain = path.decode("ascii")
        scope = {"method": "GET", "path": plain, "raw_path": path, "query_string": query}
        try:
            if path == b"/sparql":
                return _query(profile, scope, parse_parameters(query))
            if self._has_cards and plain.startswith(_CARDS):
                return _card(profile, scope, parse_parameters(query))
        except AsoenError:
            # The web process is to say what is wrong.
            pass
        return None

    def _profile(self, head: bytes) -> Profile | None:
        if head in self._profiles:
            return None
        if len(self._profiles) >= _MOST_PROFILES:
            self._profiles.clear()
        found = self._profiles[head] = _profile(head)
        return found


def _profile(head: bytes) -> Profile | None:
    """What the lines of headers say; ``None`` where there is anything unusual about them."""
    if head.count(b"\n") != head.count(b"\r\n"):
        return None
    matches = [_HEADER.fullmatch(each) for each in head[: -len(_END)].split(b"\r\n")]
    pairs = [(match[1].lower(), match[2].rstrip(b" \t")) for match in matches if match is not None]
    headers = dict(pairs)
    if not len(headers) == len(pairs) == len(matches) or not _NOT_HERE.isdisjoint(headers):
        return None
    if headers.get(b"connection", b"keep-alive").lower() != b"keep-alive":
        return None
    if not is_host(headers.get(b"host", b"")):
        return None
    accept = text_of(headers.get(b"accept"))
    try:
        wish = wish_of(text_of(headers.get(b"accept-encoding")))
    except AsoenError:
        return None
    return Profile(
        accept if accept not in ("*/*", "") else None,
        text_of(headers.get(b"accept-language")),
        wish,
        preconditions_of(headers),
    )


def _query(profile: Profile, scope: Mapping[str, Any], parameters: Parameters) -> Question | None:
    if len(parameters.get("query", ())) != 1 or not parameters.keys() <= _SPARQL_PARAMETERS:
        return None
    text = parameters["query"][0]
    arguments: dict[str, Any] = {
        "query": text,
        "default_graphs": [],
        "named_graphs": [],
        "language": choose_language(profile.accept_language, single(parameters, "lang")),
        "accept": profile.accept,
        "format": ",".join(parameters.get("format", ())) or None,
    }
    return Question(profile, "sparql", arguments, parameters, scope, SPARQL, pattern_of(text), text)


def _card(profile: Profile, scope: Mapping[str, Any], parameters: Parameters) -> Question | None:
    slug = scope["path"].removeprefix(_CARDS)
    if _SLUG.fullmatch(slug) is None or not parameters.keys() <= _CARD_PARAMETERS:
        return None
    choose((JSON,), profile.accept, single(parameters, "format"))
    language = choose_language(profile.accept_language, single(parameters, "lang"))
    arguments = {"slug": slug, "language": language}
    return Question(profile, "entity", arguments, parameters, scope, CARD, CARD, slug)


Parts: TypeAlias = tuple[bytes, bytes, bytes]
"""The lines of an answer: before the date, before the number of the request, and after that."""


class Desk:
    """Answers questions from one edition of the data."""

    def __init__(
        self,
        answer: Callable[[Task], Reply],
        edition: str,
        origin: Origin,
        modified: datetime | None,
        answers: Answers,
        seconds: float,
    ) -> None:
        self._answer = answer
        self._edition = edition
        self._origin = origin
        self._modified = modified
        self._answers = answers
        self._seconds = seconds
        self.spent = 0.0
        """What the last answer took that was made here, in seconds of the clock."""

    def answer(self, question: Question, clock: Callable[[], float]) -> tuple[Kept, Known] | None:
        """The answer; ``None`` where it is one that the web process has to give. ``clock`` measures what it takes."""
        arguments, profile = question.arguments, question.profile
        trace = self._origin.trace(question.scope, question.operation, arguments, question.parameters)
        if framing := trace.told():
            arguments = arguments | framing
        digest = digest_of(self._edition, question.operation, arguments)
        known = Known(digest, _VARY, question.route, self._modified)
        settled = self._answers.settle(known, profile.wish, profile.conditions)
        if settled is None:
            task = Task(question.operation, arguments, self._seconds, profile.wish.first, profile.wish.must)
            begin = clock()
            reply = self._answer(task)
            self.spent = clock() - begin
            if reply.status >= 400 or "Cache-Control" in reply.headers:
                return None
            self._answers.counts["miss"] += 1
            tag, made = finished(reply, known, profile.wish)
            self._answers.keep(tag, made)
            settled = judge(made, known, profile.conditions)
        own = own_headers(trace, settled)
        return settled, Known(digest, _VARY, question.route, self._modified, own)


class Writer:
    """Writes what comes before the body of an answer."""

    def __init__(self, always: Headers) -> None:
        """``always`` is what every answer has, unless it says that itself."""
        self._always = [(name, line(name, value)) for name, value in always]
        self._ends: dict[tuple[bytes, ...], bytes] = {}
        """What an answer is ended with that has headers of these names."""
        self._second = 0
        self._date = b""

    def parts(self, kept: Kept, known: Known) -> Parts:
        """What an answer to a request always begins with."""
        headers = headers_of(kept, known)
        names = tuple([name for name, _ in headers])
        end = self._ends.get(names)
        if end is None:
            after = b"".join([written for name, written in self._always if name not in names])
            end = self._ends[names] = b"\r\n%b\r\n" % after
        own = b"".join([line(*each) for each in headers])
        return STATUS_LINES[kept.status], b"%bx-request-id: " % own, end

    def head(self, parts: Parts, number: str) -> bytes:
        """The same with the date and the number of the request."""
        now = int(time.time())
        if now != self._second:
            self._second, self._date = now, line(b"date", formatdate(now, usegmt=True).encode())
        status, before, after = parts
        return b"".join((status, self._date, before, number.encode(), after))

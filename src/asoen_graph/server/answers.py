"""The answers the web process keeps: bounded in bytes, the longest unused go first.

An answer is kept under its ETag, which is a digest of all that decides it, the release included, and of its coding; so
what is kept is right for good, also when another release is served by then. So that a repeat need not even be
understood, requests are remembered as they were written, with the digest they came to.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Sequence
from datetime import datetime
from typing import Final, Generic, NamedTuple, TypeVar

from asoen_graph.server.encodings import IDENTITY, Wish
from asoen_graph.server.validators import Preconditions, tag_of, weak

CACHE_CONTROL: Final = "public, max-age=0, must-revalidate"
"""A cache may keep every answer, and asks whether the release is still the same before it uses it."""

SELECTING: Final = ("accept", "accept-language", "accept-encoding", "accept-datetime")
"""The headers that may select an answer (``Vary``); one that another header selects too is not remembered."""

Headers = list[tuple[bytes, bytes]]
Written = tuple[str | bytes | None, ...]
"""A request as it was written: all of it that may decide the answer."""

_LARGEST_PART: Final = 8
"""No single answer takes more than such a part of the room."""
_MEMORY_PART: Final = 8
"""The part of the room for requests as they were written."""
_OVERHEAD: Final = 600
"""About what an entry takes besides its bytes."""

Key = TypeVar("Key")
Value = TypeVar("Value")


class Shelf(Generic[Key, Value]):
    """A place with room for so many bytes, where the newcomer displaces what was longest unused."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.used = 0
        self.displaced = 0
        self._things: OrderedDict[Key, tuple[Value, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._things)

    def clear(self) -> None:
        """Take everything away."""
        self._things.clear()
        self.used = 0

    def get(self, key: Key) -> Value | None:
        """What is kept under the key, which is now the latest used."""
        found = self._things.get(key)
        if found is None:
            return None
        self._things.move_to_end(key)
        return found[0]

    def put(self, key: Key, value: Value, size: int) -> None:
        """Keep a thing of a size, unless it would take up too much of the room."""
        size += _OVERHEAD
        if size > self.room // _LARGEST_PART:
            return
        if key in self._things:
            self.used -= self._things.pop(key)[1]
        self._things[key] = value, size
        self.used += size
        while self.used > self.room:
            _, (_, freed) = self._things.popitem(last=False)
            self.used -= freed
            self.displaced += 1


class Kept(NamedTuple):
    """An answer as it is sent: status, headers, body."""

    status: int
    headers: Headers
    body: bytes
    plain: bool
    """It is not coded because that is no gain, whatever coding is asked for."""


class Known(NamedTuple):
    """What a request came to."""

    digest: str
    """Of all that decides the answer but its coding."""
    vary: str
    route: str
    """The template of its address."""
    modified: datetime | None = None
    """The date of the release that answers."""
    own: Sequence[tuple[bytes, bytes]] = ()
    """Headers that tell of this request, and are not kept with the answer."""
    is_weak: bool = False
    """Whether the answer may be another although all that is known here to decide it is the same."""

    def etag(self, tag: str) -> str:
        """The ETag as it is sent, of one that the answer is kept under."""
        return weak(tag) if self.is_weak else tag


class Answers:
    """The kept answers and the remembered requests. With no room at all it keeps nothing."""

    def __init__(self, room: int) -> None:
        self.answers: Shelf[str, Kept] = Shelf(room - room // _MEMORY_PART)
        self.requests: Shelf[Written, Known] = Shelf(room // _MEMORY_PART)
        self.room = room
        """Bytes there is room for."""
        self.is_on = room > 0
        """Whether anything is kept."""
        self.counts: Counter[str] = Counter()
        """How often the client had the answer (``validated``), it was kept here (``hit``), was on its way for another
        request (``shared``), or had to be made (``miss``)."""

    def settle(self, known: Known, wish: Wish, conditions: Preconditions) -> Kept | None:
        """The answer, or 304 where the client has it; ``None`` where that takes a worker to say."""
        tag = conditions.named(known.digest, wish.acceptable)
        if tag is not None:
            self.counts["validated"] += 1
            return unmodified(known.etag(tag).encode(), known.vary.encode())
        kept = self._find(known.digest, wish) if self.is_on else None
        if kept is not None:
            self.counts["hit"] += 1
            return judge(kept, known, conditions)
        return None

    def _find(self, digest: str, wish: Wish) -> Kept | None:
        kept = self.answers.get(tag_of(digest, wish.first))
        if kept is None and not wish.must:
            plain = self.answers.get(tag_of(digest, IDENTITY))
            kept = plain if plain is not None and plain.plain else None
        return kept

    def keep(self, tag: str, kept: Kept) -> None:
        """Keep an answer under its ETag."""
        if self.is_on:
            self.answers.put(tag, kept, len(kept.body))

    def forget(self) -> None:
        """Keep nothing of what there is."""
        self.answers.clear()

    def remember(self, request: Written, known: Known) -> None:
        """Remember what a request came to, where nothing but its address and its ``SELECTING`` headers decided it."""
        if self.is_on and all(name.strip().lower() in SELECTING for name in known.vary.split(",")):
            parts = (*request, *(part for header in known.own for part in header))
            self.requests.put(request, known, sum(len(part) for part in parts if part))


def headers_of(kept: Kept, known: Known) -> Headers:
    """The headers an answer is sent with.

    A cache that is told 304 replaces what it has by what it is told (RFC 9111, 3.2), so no part of ``Link`` is told.
    """
    own = known.own if kept.status != 304 else [each for each in known.own if each[0] != b"link"]
    return [*kept.headers, *own]


def judge(kept: Kept, known: Known, conditions: Preconditions) -> Kept:
    """The answer, or 304 where its being there is enough for the client."""
    if kept.status != 200 or not conditions.met_by_any(known.modified):
        return kept
    headers = dict(kept.headers)
    return unmodified(headers[b"etag"], headers[b"vary"])


def unmodified(tag: bytes, vary: bytes) -> Kept:
    """What tells a client that it has the answer."""
    return Kept(304, [(b"etag", tag), (b"vary", vary), (b"cache-control", CACHE_CONTROL.encode())], b"", plain=False)

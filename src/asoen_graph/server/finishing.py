"""From what a worker replies to what is sent: the name of an answer, and its headers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

import orjson

from asoen_graph.server.answers import CACHE_CONTROL, Headers, Kept, Known
from asoen_graph.server.encodings import IDENTITY, Wish
from asoen_graph.server.messages import Reply
from asoen_graph.server.origin import LINK, Trace
from asoen_graph.server.validators import http_date, tag_of

_WITHOUT_LENGTH: Final = (204, 304)


def digest_of(edition: str, operation: str, arguments: Mapping[str, Any]) -> str:
    """A digest of all that decides the answer to a task in an edition of the data."""
    made_of = [edition, operation, arguments]
    try:
        text = orjson.dumps(made_of, option=orjson.OPT_SORT_KEYS)
    except TypeError:
        # Half a surrogate pair is a character too; not to orjson.
        text = json.dumps(made_of, sort_keys=True, separators=(",", ":")).encode()
    return hashlib.sha256(text).hexdigest()[:32]


def finished(reply: Reply, known: Known, wish: Wish, root: str = "") -> tuple[str, Kept]:
    """The ETag of a reply, and the reply as it is sent to whoever asks; redirects lead on below ``root``."""
    status, headers = reply.status, reply.headers
    coding = headers.get("Content-Encoding", IDENTITY)
    tag = tag_of(known.digest, coding)
    if headers.get("Location", "").startswith("/"):
        headers = {**headers, "Location": root + headers["Location"]}
    raw = [*_usual(tuple(headers.items()), known.vary, known.modified if status == 200 else None)]
    if status == 200:
        raw.append((b"etag", known.etag(tag).encode()))
    if status not in _WITHOUT_LENGTH:
        raw.append((b"content-length", b"%d" % len(reply.body)))
    return tag, Kept(status, raw, reply.body, plain=coding == IDENTITY != wish.first)


@lru_cache(maxsize=256)
def _usual(headers: tuple[tuple[str, str], ...], vary: str, modified: datetime | None) -> Headers:
    """The headers of a reply and those that all like it have; nearly every one is among a few."""
    told = {**dict(headers), "Vary": vary, "Cache-Control": CACHE_CONTROL}
    if modified is not None:
        told["Last-Modified"] = http_date(modified)
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in told.items()]


def own_headers(trace: Trace, settled: Kept, beside: Mapping[str, str] | None = None) -> Headers:
    """The headers that are told of one request, whoever else the answer is kept for; ``beside`` are others of it."""
    sent: dict[str, str] = {}
    if trace.address is not None:
        sent = {name.decode("latin-1").title(): value.decode("latin-1") for name, value in settled.headers}
    headers = trace.headers(settled.status, sent)
    if beside:
        links = [each[LINK] for each in (headers, beside) if LINK in each]
        headers = {**headers, **beside}
        if links:
            headers[LINK] = ", ".join(links)
    return [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()]

"""Answers that the web process has itself and that are always the same: with validators and codings like all others."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from asoen_graph.server.answers import CACHE_CONTROL, Kept, Known, judge, unmodified
from asoen_graph.server.compression import coded, makers
from asoen_graph.server.encodings import IDENTITY, Wish, wish_of
from asoen_graph.server.front import Settled, front_of, listed, preconditions, release_of, route_of
from asoen_graph.server.messages import Reply
from asoen_graph.server.validators import http_date, tag_of


class Constant:
    """One such answer, in every coding that was asked for; coding it takes a millisecond, once for each.

    ``vary`` names the headers that select it among others, but for the coding; ``modified`` is when it became so, and
    ``caching`` how long whoever keeps it need not ask again.
    """

    def __init__(
        self,
        body: bytes,
        headers: Mapping[str, str],
        vary: Sequence[str] = (),
        modified: datetime | None = None,
        caching: str = CACHE_CONTROL,
    ) -> None:
        self._reply = Reply(200, dict(headers), body)
        made_of = (makers(), json.dumps(dict(headers), sort_keys=True).encode(), body)
        self._digest = hashlib.sha256(b"\n".join(made_of)).hexdigest()[:32]
        self._vary = ", ".join((*vary, "Accept-Encoding"))
        self._modified = modified
        self._caching = caching
        self._codings: dict[tuple[str, bool], Kept] = {}

    def answer(self, request: Request, *, is_lasting: bool = True) -> Response:
        """The answer to a request for it; ``is_lasting`` where the address leads to it as long as the server runs."""
        wish = wish_of(listed(request, b"accept-encoding"))
        front, conditions = front_of(request), preconditions(request)
        own = release_of(request.scope)
        known = Known(self._digest, self._vary, route_of(request.scope), self._modified, own)
        tag = conditions.named(self._digest, wish.acceptable)
        if tag is not None:
            return Settled(unmodified(tag.encode(), known.vary.encode()), known)
        kept = self._kept(wish, known.vary)
        front.answers.keep(dict(kept.headers)[b"etag"].decode(), kept)
        if is_lasting:
            front.remember(request, known)
        return Settled(judge(kept, known, conditions), known)

    def _kept(self, wish: Wish, vary: str) -> Kept:
        found = self._codings.get((wish.first, wish.must))
        if found is None:
            reply = coded(self._reply, wish.first, must=wish.must)
            coding = reply.headers.get("Content-Encoding", IDENTITY)
            headers = {**reply.headers, "Vary": vary, "Cache-Control": self._caching}
            headers["ETag"] = tag_of(self._digest, coding)
            if self._modified is not None:
                headers["Last-Modified"] = http_date(self._modified)
            raw = Response(reply.body, 200, headers).raw_headers
            found = Kept(200, raw, reply.body, plain=coding == IDENTITY != wish.first)
            self._codings[wish.first, wish.must] = found
        return found

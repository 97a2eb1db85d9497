"""Answers that the web process has itself and that are always the same: with validators and codings like all others."""

from __future__ import annotations

import hashlib

from starlette.requests import Request
from starlette.responses import Response

from asoen_graph.server.answers import CACHE_CONTROL, Kept, Known, judge, unmodified
from asoen_graph.server.compression import coded, makers
from asoen_graph.server.encodings import IDENTITY, Wish, wish_of
from asoen_graph.server.front import Settled, front_of, listed, preconditions, route_of
from asoen_graph.server.messages import Reply
from asoen_graph.server.recall import written_of
from asoen_graph.server.validators import tag_of


class Constant:
    """One such answer, in every coding that was asked for; coding it takes a millisecond, once for each."""

    def __init__(self, body: bytes, content_type: str) -> None:
        self._reply = Reply(200, {"Content-Type": content_type}, body)
        self._digest = hashlib.sha256(b"\n".join((makers(), content_type.encode(), body))).hexdigest()[:32]
        self._codings: dict[tuple[str, bool], Kept] = {}

    def answer(self, request: Request) -> Response:
        """The answer to a request for it."""
        wish = wish_of(listed(request, "accept-encoding"))
        known = Known(self._digest, "Accept-Encoding", route_of(request.scope))
        conditions = preconditions(request)
        tag = conditions.named(self._digest, wish.acceptable)
        if tag is not None:
            return Settled(unmodified(tag.encode(), known.vary.encode()), known)
        kept = self._kept(wish, known.vary)
        answers = front_of(request).answers
        answers.keep(dict(kept.headers)[b"etag"].decode(), kept)
        as_written = written_of(request.scope)
        if as_written is not None:
            answers.remember(as_written, known)
        return Settled(judge(kept, known, conditions), known)

    def _kept(self, wish: Wish, vary: str) -> Kept:
        found = self._codings.get((wish.first, wish.must))
        if found is None:
            reply = coded(self._reply, wish.first, must=wish.must)
            coding = reply.headers.get("Content-Encoding", IDENTITY)
            headers = {**reply.headers, "Vary": vary, "Cache-Control": CACHE_CONTROL}
            headers["ETag"] = tag_of(self._digest, coding)
            raw = Response(reply.body, 200, headers).raw_headers
            found = Kept(200, raw, reply.body, plain=coding == IDENTITY != wish.first)
            self._codings[wish.first, wish.must] = found
        return found

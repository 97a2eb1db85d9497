"""The SPARQL 1.1 Protocol as a client speaks it: one query out as a form, one answer in, and what may go wrong."""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from typing import IO, Final, NamedTuple

from asoen_graph.errors import (
    AsoenError,
    ElsewhereFailed,
    ElsewhereSlow,
    LimitReached,
    QueryError,
    QueryRefused,
    StoreError,
)
from asoen_graph.messages import tell
from asoen_graph.sparql.diagnosis import explain
from asoen_graph.sparql.guard import after_prologue
from asoen_graph.sparql.tokens import significant
from asoen_graph.store.engines import STANDARD, Engine, Request, engine_of

_TABLES: Final = "application/sparql-results+json, application/sparql-results+xml;q=0.8"
_TRIPLES: Final = "application/n-triples, text/turtle;q=0.8"
_REASON: Final = 300
"""How much of what a server says of its failure is passed on."""
_MOST_SAID: Final = 64 * 1024
"""How much of it is read."""
_AGAIN: Final = tell("elsewhere.again")


class Reply(NamedTuple):
    """What came back: the body, and the headers in lower case."""

    body: bytes
    headers: Mapping[str, str]

    @property
    def media_type(self) -> str:
        """What the body is."""
        return self.headers.get("content-type", "")


class Wire:
    """The way to one endpoint; see ``RemoteStore`` for what its parameters are."""

    def __init__(
        self,
        url: str,
        timeout: float,
        opener: urllib.request.OpenerDirector | None,
        most_bytes: int | None,
        engine: Engine | None,
        called: str = "",
    ) -> None:
        if urllib.parse.urlsplit(url).scheme not in ("http", "https"):
            raise StoreError(f"{url} is not the address of an endpoint", "Give one that starts with http(s)://")
        self.url = url
        self.called = called or tell("elsewhere.called", url=url)
        self._timeout = timeout
        self._open = (opener or urllib.request.build_opener()).open
        self._most_bytes = most_bytes
        self._engine = engine
        self._deadline: float | None = None

    def allow(self, seconds: float) -> None:
        """From now on all requests together may take so long, until this is said anew."""
        self._deadline = time.monotonic() + seconds

    @property
    def engine(self) -> Engine:
        """What is at the other end: by what was said, else by what it calls itself, for which it is asked once."""
        if self._engine is None:
            self._engine = STANDARD
            try:
                self._engine = engine_of(self.post("ASK {}", Request("ASK {}")).headers.get("server", ""))
            except AsoenError:
                self._engine = None
                raise
        return self._engine

    def post(self, written: str, request: Request) -> Reply:
        """Ask; ``written`` is the query as its author wrote it, in which a mistake is told.

        Raises QuerySyntaxError, QueryRefused, LimitReached, ElsewhereSlow and ElsewhereFailed.
        """
        form = [("query", request.text)]
        form += [("default-graph-uri", iri) for iri in request.default_graphs]
        form += [("named-graph-uri", iri) for iri in request.named_graphs]
        # Offered both, Virtuoso writes triples as a table.
        accept = _TRIPLES if gives_triples(written) else _TABLES
        headers = {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"}
        body = urllib.parse.urlencode(form).encode("ascii")
        call = urllib.request.Request(self.url, body, headers)  # noqa: S310 - the scheme was checked
        try:
            with self._open(call, timeout=self._seconds_left()) as response:
                return Reply(self._read(response), {name.lower(): value for name, value in response.headers.items()})
        except urllib.error.HTTPError as error:
            said = _said(error)
            raise self._failure(written, request, error.code, said) from error
        except TimeoutError as error:
            raise self._too_slow() from error
        except urllib.error.URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise self._too_slow() from error
            raise ElsewhereFailed(
                tell("elsewhere.unreachable", called=self.called, reason=error.reason), _AGAIN
            ) from error
        except (OSError, http.client.HTTPException) as error:
            raise ElsewhereFailed(tell("elsewhere.broken", called=self.called, error=error), _AGAIN) from error

    def _seconds_left(self) -> float:
        left = self._timeout if self._deadline is None else min(self._timeout, self._deadline - time.monotonic())
        if left <= 0:
            raise self._too_slow()
        return left

    def _read(self, response: IO[bytes]) -> bytes:
        if self._most_bytes is None:
            return response.read()
        body = response.read(self._most_bytes + 1)
        if len(body) > self._most_bytes:
            message = tell("elsewhere.long", called=self.called, most_bytes=self._most_bytes)
            raise LimitReached("bytes", message, tell("elsewhere.less"))
        return body

    def _failure(self, written: str, request: Request, status: int, body: str) -> AsoenError:
        if self.engine.is_too_slow(status, body):
            return self._too_slow()
        if status == 400 and self.engine.schemes:
            # It is SPARQL: that was looked at before.
            return QueryError(
                tell("elsewhere.not-taken", called=self.called, body=body[:_REASON]), tell("elsewhere.otherwise")
            )
        if status == 400:
            return explain(written, body)
        if status in (401, 403):
            return QueryRefused(tell("elsewhere.refused", called=self.called, body=body[:_REASON]))
        return ElsewhereFailed(tell("elsewhere.failed", called=self.called, status=status, body=body[:_REASON]), _AGAIN)

    def _too_slow(self) -> ElsewhereSlow:
        return ElsewhereSlow(tell("elsewhere.slow", called=self.called), tell("elsewhere.slow-hint"))


def _said(error: urllib.error.HTTPError) -> str:
    try:
        return error.read(_MOST_SAID).decode("utf-8", "replace").strip()
    except (OSError, http.client.HTTPException):
        return ""


def gives_triples(text: str) -> bool:
    """Whether the answer is a graph."""
    form = after_prologue(significant(text))
    return form is not None and form.is_word("CONSTRUCT", "DESCRIBE")

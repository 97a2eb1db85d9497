"""What our protocol sends is what uvicorn's sends."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
import uvicorn
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from asoen_graph.server.wire import Protocol, serving

LONG = b"x" * 100_000
REQUESTS = {
    "plain": b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    "old": b"GET / HTTP/1.0\r\n\r\n",
    "last": b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "head": b"HEAD / HTTP/1.1\r\nHost: x\r\n\r\n",
    "expecting": b"POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nab",
    "broken": b"GET\r\n\r\n",
}
HEADERS = [
    (b"content-length", b"0"),
    (b"content-length", b"3"),
    (b"content-length", b"100000"),
    (b"connection", b"close"),
    (b"transfer-encoding", b"chunked"),
    (b"X-Mixed", b"a"),
]
starts = st.builds(
    lambda status, headers: {"type": "http.response.start", "status": status, "headers": headers},
    st.sampled_from([200, 204, 304, 404]),
    st.lists(st.sampled_from(HEADERS), max_size=2),
)
bodies = st.builds(
    lambda body, more: {"type": "http.response.body", "body": body, "more_body": more},
    st.sampled_from([b"", b"abc", LONG]),
    st.booleans(),
)
whole = st.builds(
    lambda body, status: [
        {"type": "http.response.start", "status": status, "headers": [(b"content-length", b"%d" % len(body))]},
        {"type": "http.response.body", "body": body},
    ],
    st.sampled_from([b"", b"abc", LONG]),
    st.sampled_from([200, 404]),
)


class Transport(asyncio.Transport):
    """Remembers what is written."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[bytes] = []
        self.is_closed = False

    def write(self, data: Any) -> None:
        self.pieces.append(bytes(data))

    def close(self) -> None:
        self.is_closed = True

    def is_closing(self) -> bool:
        return self.is_closed

    def pause_reading(self) -> None:
        """Nothing to pause."""

    def resume_reading(self) -> None:
        """Nothing to resume."""


def said(kind: type[HttpToolsProtocol], received: bytes, answers: list[list[Any]]) -> Transport:
    """What a protocol sends to a client whose requests are answered with these messages in turn."""

    async def serve() -> Transport:
        left = iter(answers)

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            await receive()
            for message in next(left, []):
                await send(dict(message))

        config = uvicorn.Config(app, log_config=None, lifespan="off", date_header=False, access_log=False)
        protocol, transport = kind(config, ServerState(), {}), Transport()
        protocol.connection_made(transport)
        protocol.data_received(received)
        for _ in range(40):
            await asyncio.sleep(0)
        protocol.connection_lost(None)
        return transport

    return asyncio.run(serve())


@settings(deadline=None, max_examples=200)
@given(
    st.lists(st.sampled_from(list(REQUESTS.values())), min_size=1, max_size=3),
    st.lists(
        whole | st.builds(lambda start, rest: [start, *rest], starts, st.lists(bodies, min_size=1, max_size=3)),
        min_size=3,
        max_size=3,
    ),
)
def test_it_sends_what_uvicorn_sends(requests: list[bytes], answers: list[list[Any]]) -> None:
    ours, theirs = (said(kind, b"".join(requests), answers) for kind in (Protocol, HttpToolsProtocol))
    assert b"".join(ours.pieces) == b"".join(theirs.pieces)
    assert ours.is_closed == theirs.is_closed


@pytest.mark.parametrize("header", [(b"x", b"a\nb"), (b"x y", b"a"), (b"x", b"\x00")])
def test_a_header_that_is_none_is_not_sent(header: tuple[bytes, bytes]) -> None:
    start = {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0"), header]}
    for _ in range(2):
        sent = b"".join(said(Protocol, REQUESTS["plain"], [[start, {"type": "http.response.body"}]]).pieces)
        assert sent.startswith(b"HTTP/1.1 500 ")


@pytest.mark.parametrize("body", [b"", b"abc"])
def test_a_whole_answer_leaves_in_one_piece(body: bytes) -> None:
    start = {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(body))]}
    pieces = said(Protocol, REQUESTS["plain"], [[start, {"type": "http.response.body", "body": body}]]).pieces
    assert len(pieces) == 1
    assert pieces[0].endswith(b"\r\n\r\n" + body)


class Echo:
    """Answers every request at once."""

    def answer(self, raw: bytes, defaults: object) -> tuple[bytes, bytes]:
        return b"HTTP/1.1 200 OK\r\n\r\n", LONG


def test_a_connection_is_idle_from_its_last_request_on() -> None:
    async def test() -> None:
        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            raise AssertionError

        config = uvicorn.Config(app, log_config=None, lifespan="off")
        config.timeout_keep_alive = 0.1  # type: ignore[assignment]
        protocol, transport = serving(Echo())(config, ServerState(), {}), Transport()
        protocol.connection_made(transport)
        for _ in range(3):
            protocol.data_received(REQUESTS["plain"])
            await asyncio.sleep(0.06)
            assert not transport.is_closed
        await asyncio.sleep(0.1)
        assert transport.is_closed
        assert transport.pieces.count(LONG) == 3

    asyncio.run(test())

"""Connections by themselves, before an application that says what it was asked; tests/hostile has the whole server."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from uvicorn.server import ServerState

from asoen_graph.cli.serve import listen
from asoen_graph.server.connections import connections
from asoen_graph.server.files import room
from asoen_graph.server.hosts import is_host
from asoen_graph.server.serving import _is_arriving
from asoen_graph.server.settings import Limits, Settings

from .test_sending import LONG, Transport

GET = b"GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n"
CHUNKED = b"POST /read HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"


class Application:
    """Answers with the path; ``/wait`` when it is let go, ``/read`` when the body is there."""

    def __init__(self) -> None:
        self.go = asyncio.Event()
        self.left: list[str] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        path = scope["path"]
        if path == "/read":
            while (message := await receive())["type"] == "http.request" and message["more_body"]:
                pass
        if path.startswith("/wait"):
            waits = [asyncio.ensure_future(self.go.wait()), asyncio.ensure_future(_left(receive))]
            done, _ = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            if waits[1] in done:
                self.left.append(path)
        body = path.encode()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(body))]})
        await send({"type": "http.response.body", "body": body})


async def _left(receive: Any) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


Trial = Callable[[Application, int, type], Awaitable[None]]


def tried(trial: Trial, *, seconds: float = 60, idle: int = 60, body: int = 1 << 20) -> None:
    """Run a trial against a server with these limits."""
    kind = connections(Settings(Path(), limits=Limits(seconds=seconds, body=body)))

    async def run() -> None:
        application = Application()
        server = uvicorn.Server(
            uvicorn.Config(application, http=kind, ws="none", lifespan="off", log_config=None, timeout_keep_alive=idle)
        )
        with listen("127.0.0.1", 0) as listening:
            serving = asyncio.ensure_future(server.serve([listening]))
            try:
                await asyncio.wait_for(trial(application, listening.getsockname()[1], kind), 60)
            finally:
                application.go.set()
                server.should_exit = server.force_exit = True
                await serving

    asyncio.run(run())


async def said(port: int, *pieces: bytes) -> bytes:
    """All that comes back until the server hangs up."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for piece in pieces:
        writer.write(piece)
        await writer.drain()
    found = await reader.read(-1)
    writer.close()
    return found


def statuses(answers: bytes) -> list[int]:
    return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d{3}) ", answers)]


def test_an_idle_connection_is_closed() -> None:
    async def trial(_: Application, port: int, __: type) -> None:
        assert await said(port) == b""
        assert statuses(await said(port, GET % b"/")) == [200]
        # Line ends before a request are nothing yet (RFC 9112, 2.2).
        assert statuses(await said(port, GET % b"/", b"\r\n")) == [200]

    tried(trial, seconds=1, idle=1)


def test_a_request_that_stops_in_the_middle() -> None:
    async def trial(_: Application, port: int, __: type) -> None:
        assert statuses(await said(port, b"GET / HT")) == [408]
        assert statuses(await said(port, GET % b"/", b"GET / HT")) == [200, 408]
        # Here the application waits for the body itself; nobody does where the answer is there already.
        assert statuses(await said(port, b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n")) == [200]

    tried(trial, seconds=0.5)


def test_answers_come_in_order_with_the_refusal_last() -> None:
    async def trial(application: Application, port: int, _: type) -> None:
        asyncio.get_running_loop().call_later(0.2, application.go.set)
        found = await said(port, GET % b"/wait" + GET % b"/b" + b"nonsense\r\n\r\n")
        assert statuses(found) == [200, 200, 400]
        assert b"/wait" in found.partition(b"/b")[0]

    tried(trial)


@pytest.mark.parametrize("before", [b"", GET % b"/a", GET % b"/wait"], ids=["first", "second", "behind a slow one"])
def test_a_broken_body_is_refused_once(before: bytes) -> None:
    async def trial(application: Application, port: int, _: type) -> None:
        asyncio.get_running_loop().call_later(0.2, application.go.set)
        found = await said(port, before + CHUNKED + b"zz\r\n")
        assert statuses(found) == [200] * bool(before) + [400]
        assert b"application/problem+json" in found

    tried(trial)


def test_who_leaves_stops_what_runs_and_what_waits_behind_it() -> None:
    async def trial(application: Application, port: int, _: type) -> None:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(GET % b"/wait1" + GET % b"/wait2")
        await writer.drain()
        await asyncio.sleep(0.2)
        writer.close()
        while not application.left:
            await asyncio.sleep(0.01)
        assert application.left == ["/wait1"]

    tried(trial)


def test_the_longest_idle_makes_room() -> None:
    async def trial(application: Application, port: int, kind: Any) -> None:
        kind.most = 2
        idle, _ = await asyncio.open_connection("127.0.0.1", port)
        busy, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(GET % b"/wait")
        await asyncio.sleep(0.2)
        third, third_writer = await asyncio.open_connection("127.0.0.1", port)
        third_writer.write(GET % b"/wait")
        with contextlib.suppress(ConnectionResetError):
            assert await idle.read(-1) == b""
        await asyncio.sleep(0.2)
        # Nobody is idle now.
        assert statuses(await said(port)) == [503]
        application.go.set()
        for reader in (busy, third):
            assert (await reader.read(12)).endswith(b"200")

    tried(trial)


def test_what_nobody_reads_is_read_up_to_a_limit() -> None:
    async def trial(_: Application, port: int, __: type) -> None:
        head = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n"
        rest = GET % b"/b" + b"nonsense\r\n\r\n"
        assert statuses(await said(port, head % 30_000 + b"x" * 30_000 + rest)) == [200, 200, 400]
        with contextlib.suppress(ConnectionResetError, BrokenPipeError):
            assert statuses(await said(port, head % 10**7, b"x" * 10**7)) in ([], [200])

    tried(trial, body=10_000)


def test_upgrades_are_not_done() -> None:
    async def trial(_: Application, port: int, __: type) -> None:
        head = b"GET /a HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
        found = await said(port, head + b"\x81\x05hello")
        assert statuses(found) == [200]
        assert b"connection: close" in found

    tried(trial)


@pytest.mark.parametrize(
    "value", [b"a", b"localhost:8000", b"127.0.0.1", b"[::1]", b"[::1]:80", b"a_b.example-c", b"XN--A.example."]
)
def test_hosts(value: bytes) -> None:
    assert is_host(value)


@pytest.mark.parametrize(
    "value", [b"", b"a b", b"a/b", b"a@b", b"a:", b"a:b", b"[::1", b"::1", b"<a>", b"a\n", b"\xff"]
)
def test_what_is_no_host(value: bytes) -> None:
    assert not is_host(value)


def test_there_is_room() -> None:
    assert 100 < room() <= 20_000


class Echo:
    """Knows every request."""

    def answer(self, raw: bytes, defaults: object) -> tuple[bytes, bytes]:
        return b"HTTP/1.1 200 OK\r\n\r\n", LONG


def test_who_asks_what_is_known_is_idle_from_then_on() -> None:
    async def run() -> None:
        async def app(scope: Any, receive: Any, send: Any) -> None:
            raise AssertionError

        kind: Any = connections(Settings(Path()), Echo())
        config = uvicorn.Config(app, log_config=None, lifespan="off", timeout_keep_alive=60)
        transports = [Transport(), Transport()]
        asking, other = [kind(config, ServerState(), {}) for _ in transports]
        for connection, transport in zip((asking, other), transports, strict=True):
            connection.connection_made(transport)
        assert _is_arriving(asking)
        for _ in range(3):
            asking.quiet_since -= 100
            asking.data_received(GET % b"/")
            asking.timeout_keep_alive_handler()
            assert not transports[0].is_closed
        assert (_is_arriving(asking), _is_arriving(other)) == (False, True), "the end waits for what may still come"
        assert list(kind.idle) == [other, asking], "it is the last that has to make room"
        assert transports[0].pieces.count(LONG) == 3
        asking.quiet_since -= 100
        asking.timeout_keep_alive_handler()
        assert transports[0].is_closed
        for connection in (asking, other):
            connection.connection_lost(None)

    asyncio.run(run())


def test_what_is_known_waits_for_what_is_not() -> None:
    async def run() -> None:
        kind: Any = connections(Settings(Path()), Echo())
        application = Application()
        config = uvicorn.Config(application, log_config=None, lifespan="off", date_header=False)
        connection, transport = kind(config, ServerState(), {}), Transport()
        connection.connection_made(transport)
        for piece in (b"POST /wait HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", GET % b"/b"):
            connection.data_received(piece)
        await asyncio.sleep(0)
        assert not transport.pieces
        application.go.set()
        while b"/b" not in b"".join(transport.pieces):
            await asyncio.sleep(0)
        assert LONG not in transport.pieces
        connection.data_received(GET % b"/b")
        assert transport.pieces[-1] == LONG
        connection.connection_lost(None)

    asyncio.run(run())

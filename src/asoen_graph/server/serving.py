"""How the server begins and ends: what signals do, and how the last requests are answered.

SIGHUP has the release read again. SIGTERM begins the *drain*: for a while everything is answered as before, but
``/ready`` says 503 and every answer closes its connection, so that whoever asks goes elsewhere. Then nothing new is
accepted, what has come is answered, and the process ends. SIGINT, and a second SIGTERM, end the drain.
"""

from __future__ import annotations

import asyncio
import math
import os
import selectors
import signal
import socket
from collections.abc import Callable
from types import FrameType
from typing import Final

import uvicorn

from asoen_graph.server.allocator import give_back_large
from asoen_graph.server.edge import Edge

_CLOSING_SECONDS: Final = 5
_IDLE_SECONDS: Final = 75
"""How long a connection may be idle: longer than reverse proxies keep theirs, so that they never use a closed one."""
_ARRIVING_SECONDS: Final = 2.0
"""How long a request that is on its way when the server stops accepting may take to be there."""
_POLL_SECONDS: Final = 0.01


class Server(uvicorn.Server):
    """Serves the application at one socket until a signal ends it."""

    def __init__(
        self,
        edge: Edge,
        listening: socket.socket,
        connections: type[asyncio.Protocol],
        announce: Callable[[], None],
        *,
        seconds: float,
        drain: float,
        proxies: str,
        is_handed_over: bool,
    ) -> None:
        """``connections`` is their class, and ``announce`` is called once it serves.

        ``seconds`` is the limit of a request, ``drain`` that of draining.
        A socket that was handed over stays open elsewhere: who still waits there is left to whoever serves next.
        """
        super().__init__(
            uvicorn.Config(
                edge,
                loop="auto",
                http=connections,
                ws="none",
                lifespan="on",
                access_log=False,
                log_config=None,
                server_header=False,
                forwarded_allow_ips=proxies,
                timeout_keep_alive=_IDLE_SECONDS,
                timeout_graceful_shutdown=math.ceil(seconds) + _CLOSING_SECONDS,
            )
        )
        self._edge = edge
        self._announce = announce
        self._drain = drain
        self._drained_at: float | None = None
        self._is_hurried = False
        # The server closes its own when it stops accepting; this one holds those who have connected by then.
        self._spare = None if is_handed_over else listening.dup()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to serve."""
        await super().startup(sockets)
        if self.started:
            self._obey_hangup()
            self._announce()
            give_back_large()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """SIGTERM begins the drain; another one, or SIGINT, ends it."""
        self._is_hurried = self.should_exit or sig == signal.SIGINT
        super().handle_exit(sig, frame)

    async def on_tick(self, counter: int) -> bool:
        """Whether to stop accepting: when the drain is over."""
        if not await super().on_tick(counter):
            return False
        if not self._edge.drain.is_on:
            self._edge.drain.is_on = True
            await self._edge.withdraw()
        now = asyncio.get_running_loop().time()
        if self._drained_at is None:
            self._drained_at = now + self._drain
        return self._is_hurried or now >= self._drained_at

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop accepting, answer what has come, and end."""
        for server in self.servers:
            server.close()
        await self._edge.withdraw()
        if self._spare is not None:
            await self._take_in(self._spare)
        await self._settle()
        await super().shutdown(sockets)

    def _obey_hangup(self) -> None:
        if not hasattr(signal, "SIGHUP"):
            return
        # A terminal that is closed says so by the same signal. Who was started with `nohup` is to outlive it.
        is_of_terminal = _has_terminal() and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN

        def obey() -> None:
            if is_of_terminal and not _has_terminal():
                self.handle_exit(signal.SIGINT, None)
            else:
                self._edge.renew()

        asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, obey)

    async def _take_in(self, listening: socket.socket) -> None:
        """Accept whoever has connected; they would be cut off when the socket is closed."""
        loop = asyncio.get_running_loop()
        with listening:
            listening.setblocking(False)
            while True:
                try:
                    connection, _ = listening.accept()
                except (BlockingIOError, ConnectionAbortedError):
                    return
                await loop.connect_accepted_socket(self._conversation, connection)

    def _conversation(self) -> asyncio.Protocol:
        kind = self.config.http_protocol_class
        return kind(config=self.config, server_state=self.server_state, app_state=self.lifespan.state)  # type: ignore[call-arg]

    async def _settle(self) -> None:
        """Let requests arrive that are on their way: on connections that are new, or have sent what is not read yet.

        The others are idle, and about to be closed. What a client sends at that very moment is lost, as it may be on
        any idle connection (RFC 9112, 9.5).
        """
        loop = asyncio.get_running_loop()
        end = loop.time() + _ARRIVING_SECONDS
        while not self.force_exit and loop.time() < end:
            if not any(_is_arriving(connection) for connection in self.server_state.connections):
                return
            await asyncio.sleep(_POLL_SECONDS)


def _is_arriving(connection: object) -> bool:
    cycle = getattr(connection, "cycle", None)
    if cycle is None and not getattr(connection, "was_asked", False):
        return True
    transport: asyncio.Transport = connection.transport  # type: ignore[attr-defined]
    found = transport.get_extra_info("socket")
    if (cycle is not None and not cycle.response_complete) or transport.is_closing() or found is None:
        return False
    with selectors.DefaultSelector() as selector:
        selector.register(found.fileno(), selectors.EVENT_READ)
        return bool(selector.select(0))


def _has_terminal() -> bool:
    """Whether this process has a terminal that controls it."""
    try:
        os.close(os.open("/dev/tty", os.O_RDWR))
    except OSError:
        return False
    return True

"""A client that costs little itself: one connection kept alive, requests made ready beforehand."""

from __future__ import annotations

import socket
import time
import urllib.parse
from dataclasses import dataclass

_HEAD_END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and how long it took from the first byte sent to the last received."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float


def get(url: str, accept: str, query: str | None = None, headers: tuple[str, ...] = ()) -> bytes:
    """The bytes of a request."""
    parts = urllib.parse.urlsplit(url)
    path = parts.path or "/"
    if query is not None:
        path += "?" + urllib.parse.urlencode({"query": query})
    lines = (f"GET {path} HTTP/1.1", f"Host: {parts.netloc}", f"Accept: {accept}", *headers)
    return "\r\n".join(lines).encode() + _HEAD_END


class Connection:
    """A connection to a server, opened anew where the server has closed it."""

    def __init__(self, url: str, timeout: float = 120.0) -> None:
        parts = urllib.parse.urlsplit(url)
        self._address = (parts.hostname or "127.0.0.1", parts.port or 80)
        self._timeout = timeout
        self._socket: socket.socket | None = None
        self._rest = b""

    def ask(self, request: bytes) -> Answer:
        """Send a request and read the whole answer. Raises OSError where the server hangs up in the middle."""
        connection = self._connected()
        start = time.perf_counter()
        connection.sendall(request)
        head, self._rest = self._until(_HEAD_END)
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        body = self._chunks() if headers.get("transfer-encoding") == "chunked" else self._exactly(headers)
        seconds = time.perf_counter() - start
        if headers.get("connection", "").lower() == "close":
            self.close()
        return Answer(int(first.split()[1]), headers, body, seconds)

    def close(self) -> None:
        """Hang up."""
        if self._socket is not None:
            self._socket.close()
        self._socket, self._rest = None, b""

    def _connected(self) -> socket.socket:
        if self._socket is None:
            self._socket = socket.create_connection(self._address, self._timeout)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._socket

    def _more(self) -> None:
        assert self._socket is not None
        received = self._socket.recv(1 << 18)
        if not received:
            self.close()
            raise ConnectionError("the server hung up in the middle of an answer")
        self._rest += received

    def _until(self, mark: bytes) -> tuple[bytes, bytes]:
        while mark not in self._rest:
            self._more()
        head, _, rest = self._rest.partition(mark)
        return head, rest

    def _exactly(self, headers: dict[str, str]) -> bytes:
        return self._take(int(headers.get("content-length", "0")))

    def _take(self, length: int) -> bytes:
        parts, missing = [self._rest[:length]], length - len(self._rest)
        self._rest = self._rest[length:]
        while missing > 0:
            assert self._socket is not None
            received = self._socket.recv(min(missing, 1 << 20))
            if not received:
                self.close()
                raise ConnectionError("the server hung up in the middle of an answer")
            parts.append(received)
            missing -= len(received)
        return b"".join(parts)

    def _chunks(self) -> bytes:
        parts = []
        while True:
            size, self._rest = self._until(b"\r\n")
            part = self._take(int(size.split(b";")[0], 16))
            self._take(2)
            if not part:
                return b"".join(parts)
            parts.append(part)

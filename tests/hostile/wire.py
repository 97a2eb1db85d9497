"""A client that sends whatever bytes it is told to, and tells what came back in a few words."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

PATIENCE_SECONDS = 60
_PROBLEM = "https://w3id.org/asoen/problem/"
_PROBE = b"GET /no-such-address HTTP/1.1\r\nHost: probe\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: its status, its headers (the last of each name), its body."""

    status: int
    headers: dict[str, str]
    body: bytes

    def told(self) -> str:
        """The status, and the kind of problem where it is one."""
        if self.status < 400:
            return str(self.status)
        if self.headers.get("content-type") != "application/problem+json":
            return f"{self.status}, no problem document"
        problem = json.loads(self.body) if self.body else {"type": _PROBLEM, "status": self.status, "title": "?"}
        assert problem["status"] == self.status
        assert problem["title"]
        return f"{self.status} {problem['type'].removeprefix(_PROBLEM)}".strip()


class Line:
    """A connection to the server."""

    def __init__(self, address: tuple[str, int]) -> None:
        self.socket = socket.create_connection(address, PATIENCE_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._rest = b""

    def send(self, pieces: bytes | Iterable[bytes]) -> None:
        """Send bytes; nothing is wrong where the server does not wait for the end of them."""
        try:
            for piece in [pieces] if isinstance(pieces, bytes) else pieces:
                self.socket.sendall(piece)
        except (BrokenPipeError, ConnectionResetError):
            return

    def answer(self, *, has_body: bool = True) -> Answer | None:
        """The next answer, or ``None`` where the server hung up instead."""
        while b"\r\n\r\n" not in self._rest:
            if not self._more():
                return None
        head, _, self._rest = self._rest.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        status = int(first.split()[1])
        if status == 100:
            return self.answer(has_body=has_body)
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        length = int(headers.get("content-length", "0")) if has_body and status not in (204, 304) else 0
        assert "transfer-encoding" not in headers
        while len(self._rest) < length:
            if not self._more():
                return None
        body, self._rest = self._rest[:length], self._rest[length:]
        return Answer(status, headers, body)

    def told(self, methods: Sequence[str]) -> str:
        """What came back to requests of these methods, in words; the connection has to be fit for another one then."""
        found = []
        for method in methods:
            answer = self.answer(has_body=method != "HEAD")
            if answer is None:
                return "; ".join([*found, "hangs up"])
            found.append(answer.told())
            if answer.headers.get("connection") == "close":
                assert not self._more(), "there is more than one answer"
                assert not self._rest, "there is more than one answer"
                return "; ".join(found) + ", hangs up"
        self.send(_PROBE)
        probe = self.answer()
        assert probe is not None, f"{found}, then it hangs up"
        assert probe.told() == "404 not-found", found
        assert not self._rest, "there is more than one answer"
        return "; ".join(found)

    def close(self) -> None:
        """Hang up."""
        self.socket.close()

    def _more(self) -> bool:
        try:
            received = self.socket.recv(1 << 18)
        except ConnectionResetError:
            return False
        self._rest += received
        return bool(received)

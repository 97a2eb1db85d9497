"""A server as strangers meet it: ``asoen serve`` in a process of its own, with small limits, and a trap beside it."""

from __future__ import annotations

import contextlib
import os
import re
import resource
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .table import TIMEOUT_SECONDS
from .wire import Line

LIMITS = ("--workers", "2", "--timeout", str(TIMEOUT_SECONDS), "--max-rows", "2000", "--max-answer", "2",
          "--max-memory", "640")  # fmt: skip
CHEAP = b"GET /sparql?query=ASK%7B%3Fs%20a%20asoen:Meeting%7D HTTP/1.1\r\nHost: localhost\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Site:
    """A server that runs: where, its process, and the file it writes its complaints to."""

    address: tuple[str, int]
    process: subprocess.Popen[bytes]
    log: Path
    trap: int = 0
    """The port of the trap."""

    def answers(self) -> bool:
        """Whether somebody else is answered, and rightly."""
        line = Line(self.address)
        line.send(CHEAP)
        answer = line.answer()
        line.close()
        return answer is not None and answer.status == 200 and b'"boolean":true' in answer.body

    def ended(self, reason: str) -> int:
        """How many workers have ended for a reason."""
        line = Line(self.address)
        line.send(b"GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n")
        answer = line.answer()
        line.close()
        assert answer is not None
        found = re.search(rf'workers_ended_total{{reason="{reason}"}} ([\d.]+)', answer.body.decode())
        return int(float(found[1])) if found else 0

    def connections(self) -> int:
        """How many connections of clients the process has."""
        rows = [line.split() for line in Path(f"/proc/{self.process.pid}/net/tcp").read_text().splitlines()[1:]]
        port = f":{self.address[1]:04X}"
        clients = {f"socket:[{row[9]}]" for row in rows if row[1].endswith(port) and row[3] != _LISTENS}
        return sum(_target(entry) in clients for entry in Path(f"/proc/{self.process.pid}/fd").iterdir())


_LISTENS = "0A"
"""The state of a socket that listens, in the table of the kernel (linux/tcp_states.h)."""


def _target(entry: Path) -> str:
    try:
        return str(entry.readlink())
    except FileNotFoundError:
        return ""


@contextmanager
def serving(release: Path, folder: Path, *options: str, files: int | None = None, trap: int = 0) -> Iterator[Site]:
    """A server of a release, until the end of the block; ``files`` is how many file descriptors it may have."""

    def limit() -> None:
        if files is not None:
            resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))

    options = tuple(option.replace("{trap}", str(trap)) for option in options)
    command = [sys.executable, "-m", "asoen_graph", "serve", "--port", "0", "--release", str(release)]
    log = folder / "log"
    with log.open("wb") as complaints:
        process = subprocess.Popen([*command, *LIMITS, "--access-log", "off", *options],
                                   stdout=subprocess.PIPE, stderr=complaints, preexec_fn=limit)  # fmt: skip
    assert process.stdout is not None
    announced = re.search(rb"http://([\d.]+):(\d+)", process.stdout.readline())
    assert announced, log.read_text()
    try:
        yield Site((announced[1].decode(), int(announced[2])), process, log, trap)
    finally:
        process.terminate()
        try:
            process.wait(30)
        finally:
            process.kill()
            process.stdout.close()


class Trap:
    """A server in the private network that answers everybody, and counts them."""

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        assert len(str(self.port)) == 5
        self.caught = 0
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listening.accept()
                self.caught += 1
                connection.close()

    def close(self) -> None:
        """Wait for nobody any more."""
        self._listening.close()


def eventually(holds: Callable[[], bool]) -> bool:
    """Whether it comes about, sooner or later."""
    for _ in range(600):
        if holds():
            return True
        time.sleep(0.1)
    return False


def children(pid: int) -> list[int]:
    """The processes below one."""
    found = [pid]
    for each in found:
        with contextlib.suppress(OSError):
            for task in os.listdir(f"/proc/{each}/task"):
                found += map(int, Path(f"/proc/{each}/task/{task}/children").read_text().split())
    return found[1:]

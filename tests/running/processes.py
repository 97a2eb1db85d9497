"""Servers in processes of their own, and clients that ask them without a pause."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import httpx
from tests.running.conftest import LABEL

WORDS = [sys.executable, "-m", "asoen_graph", "serve", "--workers", "1", "--port", "0", "--access-log", "off"]
HAND_OVER = 'LISTEN_FDS=1 LISTEN_PID=$$ exec "$@" 3<&0 </dev/null'
"""How a shell hands over the socket it has as its standard input."""


class Process:
    """A server in a process of its own."""

    def __init__(self, release: Path, *options: str, listening: socket.socket | None = None) -> None:
        words = [*WORDS, "--release", str(release), *options]
        self.process = subprocess.Popen(
            words if listening is None else ["sh", "-c", HAND_OVER, "sh", *words],
            stdin=listening or subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)", line)
        assert found, line
        self.url, self.port = found[0], int(found[1])

    def signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def ready(self) -> int:
        return httpx.get(f"{self.url}/ready").status_code


@contextmanager
def serving(release: Path, *options: str, listening: socket.socket | None = None) -> Iterator[Process]:
    found = Process(release, *options, listening=listening)
    try:
        yield found
    finally:
        found.process.kill()
        found.process.wait()


def wait(condition: Callable[[], bool]) -> None:
    for _ in range(3000):
        if condition():
            return
        threading.Event().wait(0.02)
    raise AssertionError("it did not come about")


class Clients:
    """Clients that ask without a pause, half of them on a connection they keep, until they are told to stop."""

    def __init__(self, url: str, number: int) -> None:
        self.url = url
        self.answers: list[list[tuple[str, str, str]]] = [[] for _ in range(number)]
        """What each was told: release, ETag, label."""
        self.failures: list[str] = []
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._ask, args=(place,)) for place in range(number)]
        for thread in self._threads:
            thread.start()

    def _ask(self, place: int) -> None:
        with httpx.Client(base_url=self.url, timeout=60) as client:
            while not self._stop.is_set():
                # One that is answered from what is kept, and one that takes a worker every time.
                query = LABEL if place % 4 < 2 else f"{LABEL} # {place} {len(self.answers[place])}"
                headers = {"Connection": "close"} if place % 2 else {}
                try:
                    answer = client.get("/sparql", params={"query": query, "format": "csv"}, headers=headers)
                except httpx.HTTPError as error:
                    self.failures.append(repr(error))
                    continue
                if answer.status_code == 200:
                    told = answer.headers["asoen-release"], answer.headers["etag"], answer.text.splitlines()[1]
                    self.answers[place].append(told)
                else:
                    self.failures.append(f"{answer.status_code} {answer.text}")

    def wait_for(self, number: int) -> None:
        """Wait until each has had so many answers more."""
        before = [len(each) for each in self.answers]
        wait(lambda: all(len(each) >= had + number for each, had in zip(self.answers, before, strict=True)))

    def releases(self) -> list[list[str]]:
        """Which releases each was told, in order, repetitions left out."""
        told = ([release for release, _, _ in each] for each in self.answers)
        return [[each[0], *(new for old, new in pairwise(each) if new != old)] for each in told]

    def stop(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

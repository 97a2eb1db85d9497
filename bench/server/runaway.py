"""Ask a server queries that run away, each with a limit of two seconds, and write RUNAWAY.md.

Usage: python bench/server/runaway.py [RELEASE]       the folder of a built release, build/release unless told

For each: what came and how long after the limit, how quick cheap queries beside it were, and what the server still
used when the answer was there: processor time of all its processes in half a second, and memory. The same queries go to
`oxigraph serve --timeout-s 2` in memory over the same quads, which is started anew where it does not stop.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlencode

from bombs import ADDRESSES, QUERIES, SEARCHES
from client import Answer, Connection, get
from servers import BIN, Server, _free_port, _post, _wait

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "bench" / "RUNAWAY.md"
LIMIT_SECONDS = 2.0
LATEST_SECONDS = 0.1
"""How long after the limit an answer has to be there."""
CHEAP_MILLISECONDS = 10.0
QUIET_SECONDS = 0.5
PEER_PATIENCE_SECONDS = 4.0

CHEAP = (
    "ASK {}",
    "SELECT ?p ?o { id:amme-15 ?p ?o }",
    "SELECT ?m ?n { ?m asoen:ordinal ?n } LIMIT 10",
    "SELECT ?s { ?s a asoen:WorkingGroup }",
)
_TICK = 1 / os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class Row:
    """What became of one runaway."""

    name: str
    told: str
    seconds: float
    is_valid: bool
    cheap: list[float] = field(default_factory=list)
    """Milliseconds of the cheap queries beside it."""
    processor: float = 0.0
    """Milliseconds of processor time used within half a second after the answer."""
    grown: int = 0
    """Bytes of memory more than before."""

    @property
    def late(self) -> float:
        """Milliseconds after the limit; negative where it was answered before."""
        return 1000 * (self.seconds - LIMIT_SECONDS)


class Beside:
    """A client that asks cheap queries all the while, one after the other."""

    def __init__(self, url: str) -> None:
        self._requests = [get(url, "application/sparql-results+json", query) for query in CHEAP]
        self._url = url
        self._asking = threading.Event()
        self._idle = threading.Event()
        self._times: list[float] = []
        self.failed: list[str] = []
        self._over = False
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    @contextmanager
    def asking(self) -> Iterator[list[float]]:
        """Ask during the block; the times in milliseconds are there at its end."""
        self._times = []
        self._asking.set()
        yield self._times
        self._asking.clear()
        self._idle.wait(30)

    def _run(self) -> None:
        connection = Connection(self._url, timeout=30)
        turn = 0
        while not self._over:
            if not self._asking.is_set():
                self._idle.set()
                self._asking.wait(1)
                continue
            self._idle.clear()
            answer = connection.ask(self._requests[turn % len(self._requests)])
            if answer.status != 200:
                self.failed.append(f"{answer.status} {answer.body[:100]!r}")
            self._times.append(1000 * answer.seconds)
            turn += 1
            time.sleep(0.002)

    def close(self) -> None:
        """Ask no more."""
        self._over = True


def processor_seconds(server: Server) -> float:
    """What all processes of a server have used, as far as they live."""
    used = 0
    for pid in server.processes():
        with contextlib.suppress(OSError, IndexError):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            used += int(fields[11]) + int(fields[12])
    return used * _TICK


def runaways() -> dict[str, bytes]:
    """Every request to us, by name."""
    found = {name: sparql(query) for name, query in {**QUERIES, **SEARCHES}.items()}
    for name, address in ADDRESSES.items():
        sign = "&" if "?" in address else "?"
        found[name] = f"GET {address}{sign}timeout={LIMIT_SECONDS:g} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    return found


def sparql(query: str, path: str = "/sparql") -> bytes:
    """A query by POST."""
    body = urlencode({"query": query, "timeout": f"{LIMIT_SECONDS:g}"}).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def told(answer: Answer) -> tuple[str, bool]:
    """What came in a few words, and whether it is valid: whole, or a problem document that fits its status."""
    if answer.status == 200:
        return f"200, {len(answer.body) / 1e6:.3g} MB", True
    try:
        problem = json.loads(answer.body)
        kind = problem["type"].rpartition("/")[2]
    except (ValueError, KeyError, TypeError, AttributeError):
        return f"{answer.status}, no problem document", False
    is_valid = problem["status"] == answer.status and answer.headers["content-type"] == "application/problem+json"
    # Refused, at its limit of time or of size, or what it needs is not loaded in time; but never a mistake of ours.
    return f"{answer.status} {kind}", is_valid and kind in ("time-limit", "size-limit", "query-refused", "busy")


def measure(server: Server, beside: Beside, name: str, request: bytes) -> Row:
    """Let one run away."""
    before = _settled_memory(server)
    with beside.asking() as times:
        time.sleep(0.05)
        answer = Connection(server.url, timeout=30).ask(request)
    words, is_valid = told(answer)
    row = Row(name, words, answer.seconds, is_valid, list(times))
    time.sleep(0.2)  # until the worker that took the place of the one killed has started
    used = processor_seconds(server)
    time.sleep(QUIET_SECONDS)
    row.processor = max(0.0, 1000 * (processor_seconds(server) - used))
    row.grown = _settled_memory(server) - before
    return row


def _settled_memory(server: Server) -> int:
    return min(server.memory() for _ in range(3))


def ask_peer(server: Server, query: str) -> tuple[str, float, bool]:
    """What a peer gives for a query, after how many seconds, and whether it has stopped working on it then."""
    body = urlencode({"query": query}).encode()
    head = "POST /query HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    head += f"Accept: application/sparql-results+json, application/n-triples\r\nContent-Length: {len(body)}\r\n\r\n"
    began = time.perf_counter()
    words = _from_peer(server, head.encode() + body, began)
    seconds = time.perf_counter() - began
    time.sleep(QUIET_SECONDS)
    used = processor_seconds(server)
    time.sleep(QUIET_SECONDS)
    return words, seconds, processor_seconds(server) - used < 0.1


def _from_peer(server: Server, request: bytes, began: float) -> str:
    port = int(server.url.rpartition(":")[2].partition("/")[0])
    received, head = 0, b""
    with socket.create_connection(("127.0.0.1", port), PEER_PATIENCE_SECONDS) as connection:
        connection.sendall(request)
        try:
            while (left := PEER_PATIENCE_SECONDS - (time.perf_counter() - began)) > 0:
                connection.settimeout(left)
                piece = connection.recv(1 << 18)
                if not piece:
                    return f"{head[9:12].decode()}, hangs up after {received / 1e6:.3g} MB" if head else "hangs up"
                received, head = received + len(piece), head or piece
                # Short answers come in one piece; the end of long ones is that of their last chunk.
                if piece.endswith(b"\r\n0\r\n\r\n") or b"content-length" in head.partition(b"\r\n\r\n")[0].lower():
                    is_cut = b"cancelled" in piece or b"error" in piece.lower()
                    return f"{head[9:12].decode()}, {received / 1e6:.3g} MB" + (", broken" if is_cut else "")
        except TimeoutError:
            pass
    return f"still sending, {received / 1e6:.3g} MB" if received else "no answer"


@contextmanager
def ours(release: Path) -> Iterator[Server]:
    """Our server, of a release."""
    port = _free_port()
    options = ["--workers", "2", "--cache", "0", "--access-log", "off", "--port", str(port)]
    with _running("asoen", [BIN / "asoen", "serve", "--release", release, *options], port, "/sparql") as server:
        yield server


@contextmanager
def oxigraph(quads: Path) -> Iterator[Server]:
    """The peer, in memory, with the same limit."""
    port = _free_port()
    command = [BIN / "oxigraph", "serve", "--bind", f"127.0.0.1:{port}", "--timeout-s", f"{LIMIT_SECONDS:g}"]
    with _running("oxigraph", command, port, "/query") as server:
        _post(f"http://127.0.0.1:{port}/store", quads)
        yield server


@contextmanager
def _running(name: str, command: list[str | Path], port: int, path: str) -> Iterator[Server]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        server = Server(name, f"http://127.0.0.1:{port}{path}", process)
        _wait(server, "ASK {}")
        yield server
    finally:
        process.kill() if name == "oxigraph" else process.terminate()
        process.wait(60)


def of_peer(quads: Path) -> dict[str, tuple[str, float, bool]]:
    """What the peer makes of the queries that it can be asked."""
    found: dict[str, tuple[str, float, bool]] = {}
    names = list(QUERIES)
    while names:
        with oxigraph(quads) as server:
            while names:
                name = names.pop(0)
                sys.stderr.write(f"\r  oxigraph: {name:<50}")
                try:
                    found[name] = ask_peer(server, QUERIES[name])
                except (OSError, HTTPException):
                    found[name] = "hangs up", 0.0, server.process.poll() is None
                if not found[name][2]:
                    break
    sys.stderr.write("\n")
    return found


def percentile(times: list[float], part: float) -> float:
    """Such as the 99th of a hundred."""
    return sorted(times)[min(len(times) - 1, int(len(times) * part))] if times else float("nan")


def page(rows: list[Row], alone: list[float], peers: Mapping[str, tuple[str, float, bool]]) -> str:
    """The page of the results."""
    late = [row.late for row in rows]
    slow = [row for row in rows if row.late > 1000 * LATEST_SECONDS]
    cheap = [each for row in rows for each in row.cheap]
    busy = [row for row in rows if row.processor > 100]
    stopped = sum(1 for _, _, stops in peers.values() if stops)
    lines = [
        "# Queries that run away",
        "",
        "Written by `make bench-server`; what is asked stands in `bench/server/bombs.py`, how in",
        f"`bench/server/runaway.py`. Each with a limit of {LIMIT_SECONDS:g} s, two workers, cache off, on the real",
        "release; cheap queries beside it all the while. Clients share the cores: "
        f"{os.cpu_count()} of them, load {os.getloadavg()[1]:.1f}, Python {platform.python_version()}.",
        "",
        "| | |",
        "| --- | ---: |",
        f"| runaways | {len(rows)} |",
        f"| answered whole or with a valid problem document | {sum(row.is_valid for row in rows)} |",
        f"| answered within {1000 * LATEST_SECONDS:.0f} ms after the limit | {len(rows) - len(slow)} |",
        f"| latest answer, ms after the limit | {max(late):.0f} |",
        f"| still using the processor afterwards | {len(busy)} |",
        f"| memory after all of them, MB more than before | {sum(row.grown for row in rows) / 1e6:.0f} |",
        f"| cheap queries beside them, ms: median | {statistics.median(cheap):.2f} |",
        f"| p99 | **{percentile(cheap, 0.99):.1f}** |",
        f"| p99 with no runaway | {percentile(alone, 0.99):.1f} |",
        f"| worst p99 beside one runaway | {max(percentile(row.cheap, 0.99) for row in rows):.1f} |",
    ]
    if peers:
        lines.append(f"| oxigraph: has stopped a second after its client left | {stopped} of {len(peers)} |")
    lines += [
        "",
        "*Late* is after the limit; what was answered before has its time in brackets. *Processor* is the time that",
        f"all processes of the server used within {1000 * QUIET_SECONDS:.0f} ms, 200 ms after the answer.",
        f"`oxigraph serve --timeout-s {LIMIT_SECONDS:g}`, in memory, over the same quads, was given up after",
        f"{PEER_PATIENCE_SECONDS:g} s; *stops* is whether it used less than 0.1 s of processor time within "
        f"{1000 * QUIET_SECONDS:.0f} ms from {1000 * QUIET_SECONDS:.0f} ms after that.",
        "",
        "| runaway | answer | late, ms | cheap p99, ms | processor, ms | memory, MB | oxigraph | stops |",
        "| --- | --- | ---: | ---: | ---: | ---: | --- | --- |",
    ]
    for row in rows:
        peer = peers.get(row.name)
        theirs = f"{peer[0]} ({peer[1]:.1f} s) | {'yes' if peer[2] else '**no**'}" if peer else " | "
        when = f"{row.late:.0f}" if row.late > 0 else f"({row.seconds:.2f} s)"
        name = row.name.replace("|", r"\|").replace("*", r"\*")
        beside = f"{percentile(row.cheap, 0.99):.1f} | {row.processor:.0f} | {row.grown / 1e6:+.0f}"
        lines.append(f"| {name} | {row.told} | {when} | {beside} | {theirs} |")
    return "\n".join(lines) + "\n"


def main(release: Path, *, with_peer: bool) -> None:
    """Measure, and write the page."""
    rows = []
    with ours(release) as server:
        beside = Beside(server.url)
        with beside.asking() as alone:
            time.sleep(3)
        alone = list(alone)
        for name, request in runaways().items():
            sys.stderr.write(f"\r  asoen: {name:<50}")
            rows.append(measure(server, beside, name, request))
        beside.close()
        if beside.failed:
            sys.stderr.write(f"\ncheap queries failed: {beside.failed[:5]}\n")
    sys.stderr.write("\n")
    peers = of_peer(release / "asoen.nq") if with_peer and (BIN / "oxigraph").exists() else {}
    RESULTS.write_text(page(rows, alone, peers), encoding="utf-8")
    sys.stdout.write(RESULTS.read_text(encoding="utf-8"))


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if word != "--alone"]
    main(Path(words[0] if words else ROOT / "build" / "release").resolve(), with_peer="--alone" not in sys.argv)

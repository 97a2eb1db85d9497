"""The servers that are measured, each started over the same quads on a port of its own and stopped afterwards.

All answer over the union of the named graphs. Ours runs with its limits on and its cache off.
"""

from __future__ import annotations

import configparser
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
PEERS = ROOT / ".venv-peers" / "bin"
"""Where ``make bench-server`` installs peers whose dependencies are none of ours."""

READY_SECONDS = 300.0


@dataclass(slots=True)
class Server:
    """A running server: the address of its endpoint, and what it took to get there."""

    name: str
    url: str
    process: subprocess.Popen[bytes]
    started: float = field(default_factory=time.perf_counter)
    seconds: float = 0.0
    """From start to first answer."""

    def processes(self) -> list[int]:
        """Its process and all below it."""
        found = [self.process.pid]
        for pid in found:
            for task in Path(f"/proc/{pid}/task").glob("*/children"):
                found += map(int, task.read_text().split())
        return found

    def memory(self) -> int:
        """Bytes of memory, what several of its processes share counted once (proportional set size)."""
        return sum(map(_proportional, self.processes()))


def _proportional(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


@contextmanager
def running(name: str, quads: Path, folder: Path) -> Iterator[Server]:
    """Start a server by its name and wait for its first answer. Raises RuntimeError where it gives none."""
    port = _free_port()
    command, path, environment = COMMANDS[name](quads, folder, port)
    log = (folder / f"{name}.log").open("wb")
    process = subprocess.Popen(
        command, stdout=log, stderr=log, cwd=folder, env={**os.environ, **environment}, start_new_session=True
    )
    server = Server(name, f"http://127.0.0.1:{port}{path}", process)
    try:
        if name == "oxigraph, memory":
            _wait(server, "ASK {}")
            _post(f"http://127.0.0.1:{port}/store", quads)
        if name == "virtuoso":
            _load_virtuoso(quads, folder, port)
        _wait(server, "ASK { ?s ?p ?o }", wanted=b"true")
        server.seconds = time.perf_counter() - server.started
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        log.close()


def available() -> list[str]:
    """The names of the servers that are installed here."""
    there = {
        "asoen": True,
        "oxigraph, memory": (BIN / "oxigraph").exists(),
        "oxigraph, disk": (BIN / "oxigraph").exists(),
        "rdflib-endpoint": (PEERS / "rdflib-endpoint").exists(),
        "virtuoso": shutil.which("virtuoso-t") is not None,
    }
    return [name for name, is_there in there.items() if is_there]


Command = tuple[list[str | Path], str, dict[str, str]]


_LIMITS: list[str | Path] = ["--workers", "2", "--timeout", "60", "--access-log", "off"]
_UNCACHED: list[str | Path] = [*_LIMITS, "--cache", "0"]


def _asoen(quads: Path, folder: Path, port: int, limits: list[str | Path] = _UNCACHED) -> Command:
    return [BIN / "asoen", "serve", "--dataset", quads, "--union", "on", "--port", str(port), *limits], "/sparql", {}


def _asoen_cache(quads: Path, folder: Path, port: int) -> Command:
    return _asoen(quads, folder, port, _LIMITS)


def _asoen_release(quads: Path, folder: Path, port: int, limits: list[str | Path] = _UNCACHED) -> Command:
    return [BIN / "asoen", "serve", "--release", quads.parent, "--port", str(port), *limits], "/sparql", {}


def _asoen_release_cache(quads: Path, folder: Path, port: int) -> Command:
    return _asoen_release(quads, folder, port, _LIMITS)


def _asoen_one_lane(quads: Path, folder: Path, port: int) -> Command:
    return _asoen(quads, folder, port, ["--workers", "1", "--lanes", "1", "--access-log", "off", "--cache", "0"])


def _asoen_no_lane(quads: Path, folder: Path, port: int) -> Command:
    return _asoen(quads, folder, port, ["--workers", "1", "--lanes", "0", "--access-log", "off"])


def _bare(quads: Path, folder: Path, port: int) -> Command:
    options = ["--port", str(port), "--no-access-log", "--loop", "uvloop", "--http", "httptools", "--lifespan", "off"]
    return [BIN / "uvicorn", "--app-dir", Path(__file__).parent, "bare:app", *options], "/sparql", {}


def _oxigraph_memory(quads: Path, folder: Path, port: int) -> Command:
    return [BIN / "oxigraph", "serve", "--bind", f"127.0.0.1:{port}", "--union-default-graph"], "/query", {}


def _oxigraph_disk(quads: Path, folder: Path, port: int) -> Command:
    store = folder / "oxigraph"
    subprocess.run([BIN / "oxigraph", "load", "-l", store, "-f", quads], check=True, capture_output=True)
    address = ["--bind", f"127.0.0.1:{port}", "--union-default-graph"]
    return [BIN / "oxigraph", "serve-read-only", "-l", store, *address], "/query", {}


def _rdflib_endpoint(quads: Path, folder: Path, port: int) -> Command:
    return [PEERS / "rdflib-endpoint", "serve", quads, "--host", "127.0.0.1", "--port", str(port)], "/", {}


def _virtuoso(quads: Path, folder: Path, port: int) -> Command:
    place = folder / "virtuoso"
    place.mkdir(exist_ok=True)
    settings = configparser.ConfigParser()
    settings.optionxform = str  # type: ignore[assignment,method-assign]
    settings.read_dict(
        {
            "Database": {name: str(place / f"virtuoso.{end}") for name, end in _FILES.items()},
            "Parameters": {
                "ServerPort": str(_free_port()), "NumberOfBuffers": "170000", "MaxDirtyBuffers": "130000",
                "DirsAllowed": f"{place}, {quads.parent}", "ThreadsPerQuery": "2", "ResultSetMaxRows": "1000000",
            },
            "HTTPServer": {"ServerPort": str(port), "ServerRoot": str(place), "ServerThreads": "20"},
            "SPARQL": {"ResultSetMaxRows": "1000000", "MaxQueryExecutionTime": "60"},
        }
    )  # fmt: skip
    with (place / "virtuoso.ini").open("w") as file:
        settings.write(file)
    return ["virtuoso-t", "+foreground", "+configfile", place / "virtuoso.ini"], "/sparql", {}


_FILES = {
    "DatabaseFile": "db",
    "ErrorLogFile": "log",
    "LockFile": "lck",
    "TransactionFile": "trx",
    "xa_persistent_file": "pxa",
}

COMMANDS = {
    "asoen": _asoen,
    "asoen, cache": _asoen_cache,
    "asoen, release": _asoen_release,
    "asoen, release, cache": _asoen_release_cache,
    "asoen, one lane": _asoen_one_lane,
    "asoen, no lane": _asoen_no_lane,
    "bare ASGI": _bare,
    "oxigraph, memory": _oxigraph_memory,
    "oxigraph, disk": _oxigraph_disk,
    "rdflib-endpoint": _rdflib_endpoint,
    "virtuoso": _virtuoso,
}


def _load_virtuoso(quads: Path, folder: Path, port: int) -> None:
    settings = configparser.ConfigParser()
    settings.read(folder / "virtuoso" / "virtuoso.ini")
    _listening(int(settings["Parameters"]["ServerPort"]))
    # Its other loader, TTLP_MT, comes to a standstill with a million quads every now and then.
    load = f"ld_dir('{quads.parent}', '{quads.name}', 'http://kg.example/default'); rdf_loader_run(); checkpoint;"
    isql = shutil.which("isql-vt") or shutil.which("isql") or "isql-vt"
    address = f"127.0.0.1:{settings['Parameters']['ServerPort']}"
    subprocess.run([isql, address, "dba", "dba", f"EXEC={load}"], check=True, capture_output=True)


def _listening(port: int) -> None:
    for _ in range(int(READY_SECONDS / 0.05)):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("virtuoso does not listen")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def _post(url: str, quads: Path) -> None:
    request = urllib.request.Request(url, quads.read_bytes(), {"Content-Type": "application/n-quads"})
    urllib.request.urlopen(request, timeout=READY_SECONDS).close()


def _wait(server: Server, query: str, wanted: bytes = b"") -> None:
    url = f"{server.url}?{urllib.parse.urlencode({'query': query})}"
    request = urllib.request.Request(url, headers={"Accept": "application/sparql-results+json"})
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end and server.process.poll() is None:
        try:
            with urllib.request.urlopen(request, timeout=READY_SECONDS) as response:
                if wanted in response.read().lower():
                    return
        except OSError:
            pass
        time.sleep(0.005)
    raise RuntimeError(f"{server.name} gives no answer; its log is in the working folder")

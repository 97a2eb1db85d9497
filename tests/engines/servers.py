"""Servers of another make, started for tests: an Oxigraph server, and Virtuoso where it is installed."""

from __future__ import annotations

import configparser
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from asoen_graph.release import Release
from asoen_graph.store.loading import CLIENTS, load_into_virtuoso, load_over_http

HAS_VIRTUOSO = shutil.which("virtuoso-t") is not None and any(map(shutil.which, CLIENTS))
ENGINES = ("oxigraph", "virtuoso")

_FILES = {
    "DatabaseFile": "db",
    "ErrorLogFile": "log",
    "LockFile": "lck",
    "TransactionFile": "trx",
    "xa_persistent_file": "pxa",
}


@contextmanager
def running(engine: str, release: Release, folder: Path, rows: int = 1_000_000) -> Iterator[str]:
    """The address of an endpoint that holds the release; Virtuoso gives ``rows`` of an answer at most."""
    with oxigraph(release, folder) if engine == "oxigraph" else virtuoso(release, folder, rows) as url:
        yield url


@contextmanager
def oxigraph(release: Release, folder: Path) -> Iterator[str]:
    address = f"127.0.0.1:{_free_port()}"
    program = Path(sys.executable).with_name("oxigraph")
    server = subprocess.Popen([program, "serve", "-l", folder / "oxigraph", "-b", address], stderr=subprocess.DEVNULL)
    try:
        _wait_for(f"http://{address}/query?query=ASK%7B%7D", server)
        load_over_http(release, f"http://{address}/store")
        yield f"http://{address}/query"
    finally:
        _stop(server)


@contextmanager
def virtuoso(release: Release, folder: Path, rows: int) -> Iterator[str]:
    place = folder / "virtuoso"
    place.mkdir()
    sql, http = _free_port(), _free_port()
    settings = configparser.ConfigParser()
    settings.optionxform = str  # type: ignore[assignment,method-assign]
    settings.read_dict(
        {
            "Database": {name: str(place / f"virtuoso.{end}") for name, end in _FILES.items()},
            "Parameters": {"ServerPort": f"127.0.0.1:{sql}", "NumberOfBuffers": "10000", "MaxDirtyBuffers": "6000"}
            | {"DirsAllowed": str(place)},
            "HTTPServer": {"ServerPort": f"127.0.0.1:{http}", "ServerRoot": str(place), "ServerThreads": "5"},
            "SPARQL": {"ResultSetMaxRows": str(rows), "MaxQueryExecutionTime": "60"},
        }
    )
    with (place / "virtuoso.ini").open("w") as file:
        settings.write(file)
    command = ["virtuoso-t", "+foreground", "+configfile", str(place / "virtuoso.ini")]
    server = subprocess.Popen(command, cwd=place, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(f"http://127.0.0.1:{http}/sparql?query=ASK%7B%7D", server)
        load_into_virtuoso(release, f"127.0.0.1:{sql}", place, "dba", "dba")
        yield f"http://127.0.0.1:{http}/sparql"
    finally:
        _stop(server)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(2400):
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except urllib.error.URLError:
            assert server.poll() is None, "the server has ended"
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the server does not answer")


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()

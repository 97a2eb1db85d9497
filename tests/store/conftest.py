"""The invented world in both kinds of store: the engine inside this process, and a real endpoint on a loopback port."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from asoen_graph.release import QUADS_FILE, Release
from asoen_graph.store import GraphStore
from asoen_graph.store.embedded import EmbeddedStore
from asoen_graph.store.remote import RemoteStore


@pytest.fixture(scope="session")
def embedded(lagoon_release: Release) -> EmbeddedStore:
    return EmbeddedStore(lagoon_release.store())


@pytest.fixture(scope="session")
def endpoint(lagoon_release: Release, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an Oxigraph server that holds the release."""
    program = Path(sys.executable).with_name("oxigraph")
    folder = tmp_path_factory.mktemp("oxigraph")
    quads = lagoon_release.folder / QUADS_FILE
    subprocess.run([program, "load", "-l", folder, "-f", quads], check=True, capture_output=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    server = subprocess.Popen([program, "serve-read-only", "-l", folder, "-b", address], stderr=subprocess.DEVNULL)
    try:
        wait_for(f"http://{address}/query?query=ASK%7B%7D", server)
        yield f"http://{address}/query"
    finally:
        server.terminate()
        server.wait(20)


def wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except urllib.error.URLError:
            assert server.poll() is None, "the server has ended"
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the server does not answer")


@pytest.fixture(scope="session")
def remote(endpoint: str) -> RemoteStore:
    return RemoteStore(endpoint)


@pytest.fixture(params=["embedded", "remote"])
def store(request: pytest.FixtureRequest) -> GraphStore:
    found: GraphStore = request.getfixturevalue(request.param)
    return found

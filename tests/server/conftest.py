"""A real server on a loopback port, with real workers and small limits."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette

from asoen_graph.cli.serve import listen
from asoen_graph.release import Release
from asoen_graph.server.app import create_app
from asoen_graph.server.connections import connections
from asoen_graph.server.edge import Edge
from asoen_graph.server.front import Front
from asoen_graph.server.settings import MEBIBYTE, Limits, Settings
from asoen_graph.server.workers import Pool

QUERIES = Path(__file__).parent / "queries"
LIMITS = Limits(seconds=20, memory=640 * MEBIBYTE, rows=2000, size=2 * MEBIBYTE, body=64 * 1024)


@dataclass
class Site:
    """A server that runs, a client that talks to it, and what goes on inside."""

    url: str
    client: httpx.Client
    front: Front
    app: Starlette
    edge: Edge

    def get(self, path: str, accept: str | None = None, **parameters: str | list[str]) -> httpx.Response:
        return self.client.get(path, params=parameters, headers={"Accept": accept} if accept is not None else {})

    def sparql(self, query: str, accept: str | None = None, **parameters: str | list[str]) -> httpx.Response:
        return self.get("/sparql", accept, query=query, **parameters)


@pytest.fixture(scope="session")
def settings(lagoon_release: Release) -> Settings:
    return Settings(lagoon_release.folder, queries=QUERIES, workers=2, limits=LIMITS)


@pytest.fixture(scope="session")
def site(settings: Settings) -> Iterator[Site]:
    with running(settings) as found:
        yield found


@contextmanager
def running(settings: Settings) -> Iterator[Site]:
    """A server with these settings, until the end of the block."""
    edge = create_app(settings)
    listening = listen("127.0.0.1", 0)
    http = connections(settings, edge.instants, edge)
    server = uvicorn.Server(
        uvicorn.Config(
            edge,
            http=http,
            lifespan="on",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_keep_alive=600,
        )
    )
    thread = threading.Thread(target=lambda: asyncio.run(server.serve([listening])), daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    wait_until_ready(url)
    front: Front = edge.inner.state.front
    if settings.fork:
        wait_until_ripe(front.pool)
    with httpx.Client(base_url=url, timeout=60) as client:
        yield Site(url, client, front, edge.inner, edge)
    server.should_exit = True
    thread.join(20)
    listening.close()
    assert not thread.is_alive()


def wait_until_ripe(pool: Pool) -> None:
    """Wait until the workers that were forked first have been replaced, so that none leaves during a test."""
    for _ in range(3000):
        if are_ripe(pool):
            return
        time.sleep(0.01)
    raise AssertionError("the workers did not become ripe")


def are_ripe(pool: Pool) -> bool:
    return pool.fates.ended["unripe"] >= pool._regular


def wait_until_ready(url: str) -> None:
    """Wait until the server says that it is ready; the client's connection waits while the server starts."""
    for _ in range(600):
        try:
            if httpx.get(f"{url}/ready", timeout=30).status_code == 200:
                return
        except httpx.TransportError:
            continue
    raise AssertionError("the server did not become ready")

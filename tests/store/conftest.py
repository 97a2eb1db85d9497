"""The invented world in every kind of store: the engine inside this process, and real endpoints on loopback ports."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.engines.servers import HAS_VIRTUOSO, running

from asoen_graph.release import Release
from asoen_graph.store import GraphStore
from asoen_graph.store.embedded import EmbeddedStore
from asoen_graph.store.remote import RemoteStore


@pytest.fixture(scope="session")
def embedded(lagoon_release: Release) -> EmbeddedStore:
    return EmbeddedStore(lagoon_release.store())


@pytest.fixture(scope="session")
def endpoint(lagoon_release: Release, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an Oxigraph server that holds the release."""
    with running("oxigraph", lagoon_release, tmp_path_factory.mktemp("oxigraph")) as url:
        yield url


@pytest.fixture(scope="session")
def remote(endpoint: str) -> RemoteStore:
    return RemoteStore(endpoint)


@pytest.fixture(scope="session")
def virtuoso(lagoon_release: Release, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RemoteStore]:
    """A Virtuoso that holds the release."""
    with running("virtuoso", lagoon_release, tmp_path_factory.mktemp("virtuoso")) as url:
        yield RemoteStore(url)


@pytest.fixture(
    params=[
        "embedded",
        "remote",
        pytest.param("virtuoso", marks=pytest.mark.skipif(not HAS_VIRTUOSO, reason="Virtuoso is not installed")),
    ]
)
def store(request: pytest.FixtureRequest) -> GraphStore:
    found: GraphStore = request.getfixturevalue(request.param)
    return found

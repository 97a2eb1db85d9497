"""The networks of the invented world, and what they are made from."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from asoen_graph.network.model import Network
from asoen_graph.network.projection import build_network
from asoen_graph.queries.catalogue import read_query
from asoen_graph.release import Release
from asoen_graph.resources import queries_folder
from asoen_graph.store.embedded import EmbeddedStore

NAMES = ("partners-met-together", "reporting-lines", "who-works-with-whom")
"""Networks that are written in every form."""
ALL_NAMES = tuple(sorted(path.stem for path in (queries_folder() / "networks").glob("*.rq")))


@pytest.fixture(scope="session")
def store(lagoon_release: Release) -> EmbeddedStore:
    return EmbeddedStore(lagoon_release.store())


@pytest.fixture(scope="session")
def project(lagoon_release: Release, store: EmbeddedStore) -> Callable[..., Network]:
    """``project(name_or_text, **options)``: a network of the catalogue, or of a query text, in the invented world."""

    def build(query: str, **options: str) -> Network:
        path = queries_folder() / "networks" / f"{query}.rq"
        chosen = read_query(path) if query in ALL_NAMES else query
        return build_network(store, lagoon_release.vocabulary, chosen, release="lagoon 2031.5.0", **options)

    return build


@pytest.fixture
def network(lagoon_release: Release) -> Callable[..., Network]:
    """``network(name, store, **options)``: a network of the catalogue over a graph of its own."""

    def build(name: str, store: EmbeddedStore, **options: str) -> Network:
        query = read_query(queries_folder() / "networks" / f"{name}.rq")
        return build_network(store, lagoon_release.vocabulary, query, **options)

    return build

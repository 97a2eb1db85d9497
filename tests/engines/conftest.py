"""The invented world `delta` here and in servers of another make."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.engines.servers import ENGINES, HAS_VIRTUOSO, running

from asoen_graph.build.pipeline import build_release
from asoen_graph.release import Release
from asoen_graph.store.embedded import EmbeddedStore
from asoen_graph.store.remote import RemoteStore

DELTA = Path(__file__).parents[1] / "worlds" / "delta"


class Pair(NamedTuple):
    """An engine, and the one in this process, over the same release."""

    engine: str
    release: Release
    ours: EmbeddedStore
    theirs: RemoteStore


@pytest.fixture(scope="session")
def delta_release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    folder = tmp_path_factory.mktemp("delta") / "release"
    build_release(DELTA, folder, "2041.9.0", cache=None, progress=lambda _: None)
    return Release.open(folder)


@pytest.fixture(
    scope="session",
    params=[
        pytest.param(engine, marks=pytest.mark.skipif(engine == "virtuoso" and not HAS_VIRTUOSO, reason="no Virtuoso"))
        for engine in ENGINES
    ],
)
def pair(
    request: pytest.FixtureRequest, delta_release: Release, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Pair]:
    with running(request.param, delta_release, tmp_path_factory.mktemp(request.param)) as url:
        ours = EmbeddedStore(delta_release.store())
        yield Pair(request.param, delta_release, ours, RemoteStore(url, timeout=120))

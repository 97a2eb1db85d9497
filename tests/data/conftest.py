"""The real data, built: its tests say what a curator has to repair, and never test code."""

from __future__ import annotations

from pathlib import Path

import pytest

from asoen_graph.build.pipeline import build_release
from asoen_graph.queries.catalogue import Catalogue
from asoen_graph.release import Release
from asoen_graph.resources import checkout, queries_folder
from asoen_graph.store.embedded import EmbeddedStore


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return checkout()


@pytest.fixture(scope="session")
def release(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release of the real data."""
    folder = tmp_path_factory.mktemp("real") / "release"
    build_release(root, folder, "2026.11.1", cache=None, progress=lambda _: None)
    return Release.open(folder)


@pytest.fixture(scope="session")
def store(release: Release) -> EmbeddedStore:
    """The real graph, ready for queries."""
    return EmbeddedStore(release.store())


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The real query catalogue."""
    return Catalogue.read(queries_folder())

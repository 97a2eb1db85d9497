"""The invented world that tests of the whole way share, and its release."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from asoen_graph.build.pipeline import build_release
from asoen_graph.release import Release

# No test is timed: a busy machine is no mistake of the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

LAGOON = Path(__file__).parent / "worlds" / "lagoon"


@pytest.fixture(scope="session")
def lagoon() -> Path:
    """The root of the invented world: the folder that holds its ``data``."""
    return LAGOON


@pytest.fixture(scope="session")
def lagoon_release(lagoon: Path, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The release built from the invented world."""
    folder = tmp_path_factory.mktemp("lagoon") / "release"
    build_release(lagoon, folder, "2031.5.0", cache=None, progress=lambda _: None)
    return Release.open(folder)

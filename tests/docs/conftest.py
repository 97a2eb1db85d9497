"""The real data as a release, for the pages that speak of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from asoen_graph.build.pipeline import build_release
from asoen_graph.resources import checkout


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real data, built: the pages speak of it."""
    folder = tmp_path_factory.mktemp("docs") / "release"
    build_release(checkout(), folder, "2026.11.1", cache=None, progress=lambda _: None)
    return folder

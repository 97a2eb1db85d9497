"""A small invented world with an ontology of its own, so that these tests stand still while the real one grows."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from asoen_graph.vocabulary import Vocabulary

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return Vocabulary.read(HERE / "reef.ttl")


@pytest.fixture
def reef(tmp_path: Path) -> Path:
    """The root of a copy of the small world; it has no problems."""
    return Path(shutil.copytree(HERE / "reef", tmp_path / "reef"))

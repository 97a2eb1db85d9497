"""Small curated folders and what the build makes of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from asoen_graph.build.pipeline import Draft, build_release
from asoen_graph.curation.desk import read_ontology
from asoen_graph.vocabulary import Vocabulary

from .worlds import LAGOON, TINY, World, compiled


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return read_ontology()


@pytest.fixture(scope="session")
def tiny_draft(vocabulary: Vocabulary) -> Draft:
    return compiled(TINY, vocabulary)


@pytest.fixture(scope="session")
def lagoon_draft(vocabulary: Vocabulary) -> Draft:
    return compiled(LAGOON, vocabulary)


@pytest.fixture(scope="session")
def tiny_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tiny") / "release"
    build_release(TINY, folder, "2031.5.0", cache=None, progress=lambda _: None)
    return folder


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Write a curated folder: path below ``data`` → text."""

    def write(files: dict[str, str]) -> Path:
        root = tmp_path / "world"
        for name, text in files.items():
            path = root / "data" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return root

    return write

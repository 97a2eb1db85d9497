from __future__ import annotations

import pytest
from pyoxigraph import Store

from asoen_graph.release import Release
from asoen_graph.vocabulary import Vocabulary


@pytest.fixture(scope="session")
def store(lagoon_release: Release) -> Store:
    return lagoon_release.store()


@pytest.fixture(scope="session")
def vocabulary(lagoon_release: Release) -> Vocabulary:
    return lagoon_release.vocabulary


@pytest.fixture(scope="session")
def places(lagoon_release: Release) -> dict[str, str]:
    return lagoon_release.places

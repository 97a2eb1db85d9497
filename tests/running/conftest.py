"""Two releases of the invented world, and the link through which a server is led from the one to the other."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.releases.conftest import built, later_world

from asoen_graph.release import Release

LABEL = "SELECT ?label WHERE { id:lsoe-11 rdfs:label ?label FILTER(LANG(?label) = 'en') }"
"""What the two releases answer differently."""


@dataclass(frozen=True)
class Shop:
    """The releases by version, what each answers to the query, and the link."""

    before: Release
    after: Release
    link: Path

    def lead_to(self, release: Release) -> None:
        """Let the link lead to a release, in one step."""
        aside = self.link.with_suffix(".new")
        aside.symlink_to(release.folder)
        os.replace(aside, self.link)


@pytest.fixture(scope="session")
def later(lagoon: Path, tmp_path_factory: pytest.TempPathFactory) -> Release:
    root = later_world(lagoon, tmp_path_factory.mktemp("later") / "lagoon")
    return built(root, root.parent / "release", "2031.6.0")


@pytest.fixture
def shop(lagoon_release: Release, later: Release, tmp_path: Path) -> Shop:
    found = Shop(lagoon_release, later, tmp_path / "current")
    found.lead_to(lagoon_release)
    return found

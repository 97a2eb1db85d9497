from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

import pytest
from tests.network.conftest import NAMES

from asoen_graph.network.formats import FORMATS, write
from asoen_graph.network.model import Network
from asoen_graph.release import Release

PROGRAM = """
import hashlib, sys
from pathlib import Path
from asoen_graph.network.formats import FORMATS, write
from asoen_graph.network.projection import build_network
from asoen_graph.queries.catalogue import read_query
from asoen_graph.release import Release
from asoen_graph.resources import queries_folder
from asoen_graph.store.embedded import EmbeddedStore

release = Release.open(Path(sys.argv[1]))
store = EmbeddedStore(release.store())
for name in sys.argv[2:]:
    query = read_query(queries_folder() / "networks" / f"{name}.rq")
    network = build_network(store, release.vocabulary, query, language="vi")
    for format_ in FORMATS:
        print(name, format_, hashlib.sha256(write(network, format_)).hexdigest())
"""


@pytest.fixture(scope="module")
def digests(lagoon_release: Release) -> list[str]:
    return [_run(lagoon_release, seed) for seed in ("1", "2")]


def _run(release: Release, seed: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, str(release.folder), *NAMES],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_two_processes_write_the_same_bytes(digests: list[str]) -> None:
    assert len(digests[0].splitlines()) == len(NAMES) * len(FORMATS)
    assert digests[0] == digests[1]


@pytest.mark.parametrize("format_", list(FORMATS))
def test_the_order_of_rows_does_not_matter(project: Callable[..., Network], format_: str) -> None:
    text = "SELECT ?source ?target ?fact { GRAPH ?fact { ?source asoen:participant|asoen:event ?target } } ORDER BY "
    upwards, downwards = project(f"{text} ?source ?fact"), project(f"{text} DESC(?target) DESC(?fact)")
    assert len(upwards.edges) > 5
    assert write(upwards, format_) == write(downwards, format_)

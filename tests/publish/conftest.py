"""The invented world as a static site, published once, and the client's parts run by Node."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from asoen_graph.release import Release
from asoen_graph.resources import queries_folder
from asoen_graph.server.web import web_files
from asoen_graph.site.publish import Publication, publish

ASKING = Path(__file__).parent / "asking.ts"


def publication(release: Release, nowhere: Path, **given: Any) -> Publication:
    """What publishes a release of the invented world: nothing is kept there."""
    return Publication(release.folder, queries=queries_folder(), releases=nowhere, **given)


@pytest.fixture(scope="session")
def nowhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of kept releases in which there are none."""
    return tmp_path_factory.mktemp("releases")


@pytest.fixture(scope="session")
def lagoon_folder(lagoon_release: Release, nowhere: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented world, published once for all processes that run tests: nobody changes it."""
    if not web_files().is_built:
        pytest.fail("The scripts of the pages are not built: make web")
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder = shared / "lagoon-site"
    with (shared / "lagoon-site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        # It stands there when it is whole, and not before.
        if not folder.exists():
            publish(folder, publication(lagoon_release, nowhere, jobs=2))
    return folder


@pytest.fixture(scope="session")
def in_node() -> Callable[..., Any]:
    """Has Node do a task of ``asking.ts``."""
    # A machine's own Node may be too old to read TypeScript: the one that `make web` installs comes first.
    node = shutil.which("node", path=str(Path(sys.executable).parent)) or shutil.which("node")
    if node is None:
        pytest.fail("Node is not installed: make web")

    def run(task: str, **given: Any) -> Any:
        said = json.dumps({"task": task, **given}, default=str).encode()
        done = subprocess.run([node, "--no-warnings", ASKING], input=said, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout)

    return run

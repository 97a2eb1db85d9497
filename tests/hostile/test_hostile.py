"""Every hostile request there is a line for gets what the line says, and harms nobody else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from asoen_graph.release import Release
from asoen_graph.resources import checkout

from .page import page
from .scenes import SCENES, Scene
from .site import Site, Trap, children, serving
from .table import GROUPS, TRAP, Case
from .wire import Line

PAGE = checkout() / "docs" / "hostile.md"
CASES = {f"{group}: {case.what}": case for group, cases in GROUPS.items() for case in cases}
PLAYS = {f"{group}: {scene.what}": scene for group, scenes in SCENES.items() for scene in scenes}


@pytest.fixture(scope="module")
def trap() -> Iterator[Trap]:
    trap = Trap()
    yield trap
    trap.close()
    assert trap.caught == 0, "a server in the private network was asked"


@pytest.fixture(scope="module")
def site(lagoon_release: Release, trap: Trap, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    # What is not meant to meet the limit must not do so on a slow machine; what is asks for a lower one.
    with serving(lagoon_release.folder, tmp_path_factory.mktemp("hostile"), "--timeout", "50") as site:
        yield site
        below = children(site.process.pid)
        complaints = site.log.read_text()
    # The zygote, two workers and two lanes, and at most as many of both again that are just being replaced.
    assert 3 <= len(below) <= 9
    assert not [pid for pid in below if os.path.exists(f"/proc/{pid}")]
    assert "Traceback" not in complaints


@pytest.fixture(scope="module")
def usual(lagoon_release: Release, trap: Trap, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server as it usually is, for one client after the other."""
    with serving(lagoon_release.folder, tmp_path_factory.mktemp("usual"), trap=trap.port) as site:
        yield site


@pytest.mark.parametrize("name", CASES)
def test_a_request(site: Site, trap: Trap, name: str) -> None:
    case: Case = CASES[name]
    line = Line(site.address)
    line.send(case.sent.replace(TRAP.encode(), b"127.0.0.1:%d" % trap.port))
    told = line.told(case.methods)
    line.close()
    assert told in case.got.split(" or ")
    assert site.answers()
    assert trap.caught == 0


@pytest.mark.parametrize("name", [name for name, scene in PLAYS.items() if scene.is_usual])
def test_a_client(usual: Site, trap: Trap, name: str) -> None:
    assert PLAYS[name].play(usual) == PLAYS[name].got
    assert "Traceback" not in usual.log.read_text()
    assert trap.caught == 0


@pytest.mark.parametrize("name", [name for name, scene in PLAYS.items() if not scene.is_usual])
def test_a_client_of_a_server_of_its_own(lagoon_release: Release, trap: Trap, tmp_path: Path, name: str) -> None:
    scene: Scene = PLAYS[name]
    with serving(lagoon_release.folder, tmp_path, *scene.options, files=scene.files, trap=trap.port) as site:
        assert scene.play(site) == scene.got
    assert "Traceback" not in site.log.read_text()
    assert trap.caught == 0


def test_no_name_is_given_twice() -> None:
    assert len(CASES) == sum(map(len, GROUPS.values()))
    assert len(PLAYS) == sum(map(len, SCENES.values()))


def test_the_page_shows_what_is_tried() -> None:
    if os.environ.get("GOLDEN") == "write":
        PAGE.write_text(page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page()

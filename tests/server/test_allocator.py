"""What the processes that ask the engine take memory from."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from asoen_graph.server.allocator import PRELOAD, SWITCH, TUNABLES, environment
from asoen_graph.server.head_start import HeadStart

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux loads libraries so")

OPTION = "MIMALLOC_ALLOW_THP"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    library = tmp_path / "packages" / "cmeel.prefix" / "lib" / "libmimalloc.so"
    library.parent.mkdir(parents=True)
    library.touch()
    return tmp_path / "packages"


def named(folder: Path) -> str:
    return str(folder / "cmeel.prefix" / "lib" / "libmimalloc.so")


def test_mimalloc_is_loaded_where_it_is_installed(folder: Path) -> None:
    found = environment({"A": "b"}, ["", "/nowhere", str(folder)])
    assert found["A"] == "b"
    assert found[PRELOAD] == named(folder)
    assert found[OPTION] == "0"
    assert TUNABLES not in found


def test_what_the_operator_loads_and_tells_counts_more(folder: Path) -> None:
    found = environment({PRELOAD: "/lib/theirs.so", OPTION: "1"}, [str(folder)])
    assert found[PRELOAD] == f"/lib/theirs.so:{named(folder)}"
    assert found[OPTION] == "1"


def test_where_it_is_not_there_or_not_wanted_glibc_is_told(folder: Path) -> None:
    for found in (environment({}, ["/nowhere"]), environment({SWITCH: "Off"}, [str(folder)])):
        assert PRELOAD not in found
        assert found[TUNABLES] == "glibc.malloc.tcache_count=100:glibc.malloc.mmap_threshold=1048576"
    told = environment({TUNABLES: "glibc.malloc.tcache_count=9"}, [])[TUNABLES]
    assert told.endswith(":glibc.malloc.tcache_count=9")


def test_a_path_that_the_list_cannot_name_is_left_out(folder: Path) -> None:
    for name in ("with space", "with:colon"):
        other = folder.with_name(name)
        folder.rename(other)
        assert PRELOAD not in environment({}, [str(other)])
        other.rename(folder)


@pytest.mark.parametrize("switch", ["on", "off"])
def test_the_process_that_loads_the_graph_has_it(monkeypatch: pytest.MonkeyPatch, switch: str) -> None:
    monkeypatch.setenv(SWITCH, switch)
    start = HeadStart()
    try:
        mapped = ""
        # The kernel tells that a program has begun a moment before its libraries are there.
        while "libpython" not in mapped and "pyoxigraph" not in mapped and start.process.poll() is None:
            mapped = Path(f"/proc/{start.process.pid}/maps").read_text()
    finally:
        start.close()
        start.process.wait(20)
    assert ("libmimalloc" in mapped) == (switch == "on")

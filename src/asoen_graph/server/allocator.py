"""The memory allocator of the processes that ask the engine.

The engine makes and drops hundreds of small things for a query, wherever loading has left room. mimalloc, which
Oxigraph's own server is built with too, is faster at that than glibc: a cheap query takes a fifth less. It is a package
of its own (cmeel-mimalloc), and takes the place of the C library's in a program that is started with it in
``LD_PRELOAD``.

Where it is not there, glibc is told better. Of a size it keeps 7 things at hand for their like, and looks for others
among all that loading has left; to keep 100 takes a tenth off a cheap query. And an answer of many megabytes comes and
goes: glibc takes memory for the first such from the system and gives it back, and from then on keeps what it had for
the next, for good. With a threshold that is told, it gives back each time.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import ctypes

PRELOAD: Final = "LD_PRELOAD"
TUNABLES: Final = "GLIBC_TUNABLES"
"""What glibc is told by (see its manual, "Memory Allocation Tunables")."""
SWITCH: Final = "ASOEN_MIMALLOC"
"""A variable that may say ``off``."""

_LIBRARY: Final = "cmeel.prefix/lib/libmimalloc.so"
_OPTIONS: Final = {
    # From this size on, a piece is taken from the system by itself and given back as soon as it is free: tables that
    # loading has outgrown, answers of many megabytes. Smaller ones come and go with every query.
    "MIMALLOC_ARENA_MAX_OBJECT_SIZE": "8M",
    # For the others, so many addresses are taken at a time. Unused ones count as taken where a process is limited (see
    # ``worker.limit_memory``): with the gibibyte that is usual, the limit would be that much higher.
    "MIMALLOC_ARENA_RESERVE": "32M",
    # With pages of 2 MiB a process that is forked would have a copy of so much for each byte it writes.
    "MIMALLOC_ALLOW_THP": "0",
}
_LARGE: Final = 1 << 20
_M_MMAP_THRESHOLD: Final = -3
"""Of ``malloc.h``."""


def environment(given: Mapping[str, str], folders: Iterable[str] = sys.path) -> dict[str, str]:
    """What to start a process with that asks the engine: what is ``given``, and what its allocator is told.

    What the operator gave counts more. ``folders`` are those that packages are looked for in.
    """
    library = _library(folders) if given.get(SWITCH, "").lower() != "off" else None
    if library is None:
        ours = f"glibc.malloc.tcache_count=100:glibc.malloc.mmap_threshold={_LARGE}"
        # The last one counts.
        return {**given, TUNABLES: _joined(ours, given.get(TUNABLES, ""))}
    # The first one counts.
    return {**_OPTIONS, **given, PRELOAD: _joined(given.get(PRELOAD, ""), library)}


def _library(folders: Iterable[str]) -> str | None:
    """The path of mimalloc; ``None`` where it is not installed, or cannot be named: a space or a colon ends a name."""
    if not sys.platform.startswith("linux"):
        return None
    paths = (Path(folder, _LIBRARY) for folder in folders)
    return next((str(path) for path in paths if path.is_file() and not {" ", ":"} & set(str(path))), None)


def _joined(first: str, second: str) -> str:
    return ":".join(filter(None, (first, second)))


def give_back() -> None:
    """Give the memory back to the system that is free."""
    library = libc()
    if library is None:
        return
    if hasattr(library, "mi_collect"):
        library.mi_collect(True)
    elif hasattr(library, "malloc_trim"):
        library.malloc_trim(0)


def give_back_large() -> None:
    """Have this process, which is running already, give large pieces back to the system as soon as they are free."""
    library = libc()
    if library is not None and hasattr(library, "mallopt"):
        library.mallopt(_M_MMAP_THRESHOLD, _LARGE)


@cache
def libc() -> ctypes.CDLL | None:
    """The C library, and what is loaded before it; ``None`` where it is not that of Linux."""
    if not sys.platform.startswith("linux"):
        return None
    import ctypes

    return ctypes.CDLL(None)

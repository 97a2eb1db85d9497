"""What the memory allocator of glibc is told, where that is the C library.

The engine makes and drops hundreds of small things for a query. glibc keeps 7 of a size at hand for their like, and
looks for others among all that loading has left; to keep 100 takes a tenth off a cheap query.

An answer of many megabytes comes and goes. glibc takes memory for the first such from the system and gives it back, and
from then on keeps what it had for the next, for good. With a threshold that is told, it gives back each time.
"""

from __future__ import annotations

import sys
from typing import Final

TUNABLES: Final = "GLIBC_TUNABLES"
"""What a process that is started is told by (see the manual of glibc, "Memory Allocation Tunables")."""

_LARGE: Final = 1 << 20
_M_MMAP_THRESHOLD: Final = -3
"""Of ``malloc.h``."""


def tunables(given: str) -> str:
    """The value of that variable; what is ``given`` by the operator comes later, and counts."""
    ours = f"glibc.malloc.tcache_count=100:glibc.malloc.mmap_threshold={_LARGE}"
    return f"{ours}:{given}" if given else ours


def give_back_large() -> None:
    """Have this process, which is running already, give large pieces back to the system."""
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        library.mallopt(_M_MMAP_THRESHOLD, _LARGE)

"""Python's collector of cycles, and when it had better rest."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Without the search for cycles, which goes through all that is there again and again while much is made.

    For work that leaves no cycles, as the making of a network; what is no longer used is freed all the same.
    """
    is_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if is_enabled:
            gc.enable()

"""What may be the host of a request: links in answers begin with it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_LONGEST: Final = 261
"""A name has at most 255 characters, a port five."""
_HOST: Final = re.compile(rb"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")


def is_host(value: bytes) -> bool:
    """Whether the value of ``Host`` names one."""
    return len(value) <= _LONGEST and _is_host(value)


@lru_cache(maxsize=256)
def _is_host(value: bytes) -> bool:
    return _HOST.fullmatch(value) is not None

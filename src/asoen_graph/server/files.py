"""How many files this process may have open, which connections are too."""

from __future__ import annotations

from typing import Final

_RESERVED_FILES: Final = 256
"""File descriptors that are kept free for other things than connections."""
_MOST_CONNECTIONS: Final = 20_000


def room() -> int:
    """How many connections may be open at a time; takes as many file descriptors as the system lets this process."""
    try:
        import resource
    except ImportError:  # Windows, which has no such limit
        return _MOST_CONNECTIONS
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _MOST_CONNECTIONS + _RESERVED_FILES
    files = most if hard == resource.RLIM_INFINITY else min(hard, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, hard))
    return max(files - _RESERVED_FILES, files // 2)

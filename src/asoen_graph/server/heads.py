"""The lines before the body of an answer. A line that was looked at is remembered: most are the same each time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from http import HTTPStatus
from typing import Final

STATUS_LINES: Final[Mapping[int, bytes]] = {
    status.value: b"HTTP/1.1 %d %b\r\n" % (status.value, status.phrase.encode()) for status in HTTPStatus
}
"""The first line, by status."""

_NOT_IN_NAME: Final = re.compile(rb"[^!#$%&'*+.^_`|~0-9A-Za-z-]")
_NOT_IN_VALUE: Final = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")


@lru_cache(maxsize=1024)
def line(name: bytes, value: bytes) -> bytes:
    """A header as it is sent. Raises RuntimeError, as uvicorn does, where it is none."""
    if not name or _NOT_IN_NAME.search(name):
        raise RuntimeError("Invalid HTTP header name.")
    if _NOT_IN_VALUE.search(value):
        raise RuntimeError("Invalid HTTP header value.")
    return b"%b: %b\r\n" % (name.lower(), value)

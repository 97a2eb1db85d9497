"""The access log: a line of JSON for each request.

Lines are written in batches: to write each by itself would cost more than to send an answer that is kept.
"""

from __future__ import annotations

import json
import logging
from typing import Final

import orjson

DELAY_SECONDS: Final = 0.1
"""How long a line may wait for others."""

log = logging.getLogger("asoen.access")


class AccessLog:
    """Takes lines, and hands them to the logger ``asoen.access``, several at a time with line ends between."""

    def __init__(self) -> None:
        self._lines: list[bytes] = []

    def request(self, number: str, method: str, path: str, status: int, size: int, seconds: float) -> None:
        """Write the line of a request before long; nothing happens where nobody reads the log."""
        if not log.isEnabledFor(logging.INFO):
            return
        self._lines.append(entry(number, method, path, status, size, seconds))
        if len(self._lines) == 1:
            import asyncio

            asyncio.get_running_loop().call_later(DELAY_SECONDS, self.flush)

    def flush(self) -> None:
        """Write what waits."""
        if self._lines:
            lines, self._lines = self._lines, []
            log.info("%s", b"\n".join(lines).decode())


def entry(number: str, method: str, path: str, status: int, size: int, seconds: float) -> bytes:
    """The line of a request."""
    line = {"request": number, "method": method, "path": path, "status": status, "bytes": size}
    line["ms"] = round(seconds * 1000, 1)
    # What a client makes up must not get a terminal to do anything, so all is written in ASCII.
    return orjson.dumps(line) if path.isascii() else json.dumps(line).encode()

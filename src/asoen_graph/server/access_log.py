"""The access log: a line of JSON for each request.

Lines are written in batches: to write each by itself would cost more than to send an answer that is kept.
"""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any, Final

import orjson

DELAY_SECONDS: Final = 0.1
"""How long a line may wait for others."""

log = logging.getLogger("asoen.access")


class AccessLog:
    """Takes lines, and hands them to the logger ``asoen.access``, several at a time with line ends between."""

    def __init__(self) -> None:
        self._lines: list[bytes] = []

    def add(self, line: dict[str, Any]) -> None:
        """Write a line, which has a ``path``, before long; nothing happens where nobody reads the log."""
        if not log.isEnabledFor(logging.INFO):
            return
        # What a client makes up must not get a terminal to do anything, so all is written in ASCII.
        self._lines.append(orjson.dumps(line) if line["path"].isascii() else json.dumps(line).encode())
        if len(self._lines) == 1:
            asyncio.get_running_loop().call_later(DELAY_SECONDS, self.flush)

    def request(self, number: str, method: str, path: str, status: int, size: int, seconds: float) -> None:
        """Write the line of a request."""
        if log.isEnabledFor(logging.INFO):
            line = {"request": number, "method": method, "path": path, "status": status, "bytes": size}
            self.add({**line, "ms": round(seconds * 1000, 1)})

    def flush(self) -> None:
        """Write what waits."""
        if self._lines:
            lines, self._lines = self._lines, []
            log.info("%s", b"\n".join(lines).decode())

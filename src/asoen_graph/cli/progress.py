"""What a command that takes long is doing, on a terminal, while it does it."""

from __future__ import annotations

from threading import Event, Thread
from time import monotonic
from types import TracebackType
from typing import Final, TextIO

_PATIENCE: Final = 1.0
"""Seconds in which nothing is said: most commands are done by then."""
_PACE: Final = 0.5
_FORGET_LINE: Final = "\r\x1b[K"
"""Back to the start of the line, and it is empty (ECMA-48, EL)."""


class Progress:
    """Says a step and the seconds since the start, on one line that is gone at the end.

    It says nothing where the stream is no terminal, or before a second has passed.

    >>> import sys
    >>> with Progress(sys.stdout) as step:
    ...     step("counting")
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._step = ""
        self._done = Event()
        # A thread, since the engine answers a query in one call, which lets other threads go on.
        self._teller = Thread(target=self._tell, name="progress", daemon=True) if stream.isatty() else None

    def __enter__(self) -> Progress:
        """Begin to count the seconds."""
        if self._teller is not None:
            self._teller.start()
        return self

    def __call__(self, step: str) -> None:
        """Say what is being done from now on."""
        self._step = step

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Take the line away, so that what follows, such as an error, stands by itself."""
        self._done.set()
        if self._teller is not None:
            self._teller.join()

    def _tell(self) -> None:
        start = monotonic()
        said = False
        while not self._done.wait(_PACE if said else _PATIENCE):
            said = True
            self._stream.write(f"{_FORGET_LINE}{monotonic() - start:6.1f} s  {self._step}")
            self._stream.flush()
        if said:
            self._stream.write(_FORGET_LINE)
            self._stream.flush()

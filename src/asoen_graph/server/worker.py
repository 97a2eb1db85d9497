"""One worker: a process that answers one task after the other, and that may be killed at any moment.

It holds the release and nothing of value besides. The limits on time and size that the web process keeps are kept here
once more, by the kernel: an alarm ends a worker that the web process has lost sight of, and an address-space limit
ends one that takes too much memory.
"""

from __future__ import annotations

import os
import select
import signal
import socket
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from asoen_graph.server.allocator import give_back
from asoen_graph.server.messages import Reply, Task, pack_reply, read_task

GRACE_SECONDS = 2.0
"""How long after its time limit a worker ends itself, should nobody have killed it."""

_STATM = Path("/proc/self/statm")
GROWTH_PARTS = 4
"""A worker leaves after a task that left it bigger by one such part of the memory limit."""
REST_SECONDS = 0.1
"""Who has nothing to do for so long gives memory back."""
_WORTHWHILE_BYTES = 4 << 20


def serve(connection: socket.socket, answer: Callable[[Task], Reply], memory: int) -> None:
    """Answer tasks until the other side hangs up.

    An exception that ``answer`` does not foresee ends the process: the web process sees that and starts another one.
    """
    limit_memory(memory)
    footprint = Footprint(memory)
    with connection:
        while (task := read_task(connection.recv)) is not None:
            _set_alarm(task.seconds + GRACE_SECONDS)
            begin = time.process_time()
            reply = answer(task)
            reply = replace(reply, last=footprint.is_too_large(), spent=time.process_time() - begin)
            _set_alarm(0)
            try:
                connection.sendall(pack_reply(reply))
            except (BrokenPipeError, ConnectionResetError):
                # Nobody waits for this answer any more: the web process has hung up, and this process is to end.
                return
            if reply.last:
                return
            if not select.select([connection], [], [], REST_SECONDS)[0]:
                footprint.rest()


def limit_memory(memory: int) -> None:
    """Let this process take ``memory`` bytes beyond what it has now; nothing where the system cannot tell its size.

    Python then raises MemoryError, and the engine aborts the process.
    """
    if not _STATM.exists():
        return
    import resource

    size = int(_STATM.read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + memory, size + memory))


class Footprint:
    """The memory this process takes, beside what it took when this was made."""

    def __init__(self, memory: int) -> None:
        """``memory`` is the limit, in bytes."""
        self._resident = resident_bytes()
        self._rested = self._resident()
        self._most = self._rested + memory // GROWTH_PARTS

    def is_too_large(self) -> bool:
        """Whether the process has grown by more than a part of its limit.

        What is free counts no more once it has been given back, which takes a while: that is done where it matters.
        """
        if self._resident() <= self._most:
            return False
        give_back()
        return self._resident() > self._most

    def rest(self) -> None:
        """Give back what is free, where there is more than when the process rested last.

        An answer of many megabytes leaves a hundred behind, which the allocator would keep for the next one.
        """
        if self._resident() > self._rested + _WORTHWHILE_BYTES:
            give_back()
            self._rested = self._resident()


def resident_bytes() -> Callable[[], int]:
    """What tells the bytes of memory this process takes; 0 where the system cannot."""
    if not _STATM.exists():
        return lambda: 0
    # Opened once, by the worker itself: the file of the process it was forked from is another.
    descriptor, page = os.open(_STATM, os.O_RDONLY), os.sysconf("SC_PAGESIZE")
    return lambda: int(os.pread(descriptor, 100, 0).split(None, 2)[1]) * page


def _set_alarm(seconds: float) -> None:
    # The default action of SIGALRM ends the process from within the kernel, even while the engine never comes back
    # to Python.
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)

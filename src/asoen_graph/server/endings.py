"""What the end of a worker means to the request it worked on."""

from __future__ import annotations

import signal

from asoen_graph.errors import AsoenError, LimitReached
from asoen_graph.messages import tell
from asoen_graph.server.control import RELEASE_CHANGED
from asoen_graph.server.problems import WorkerFailed, release_changed

_ALARM = -getattr(signal, "SIGALRM", 0)
_OUT_OF_MEMORY = {-signal.SIGABRT, -signal.SIGSEGV, -getattr(signal, "SIGBUS", signal.SIGSEGV)}


def reason_of(status: int, seconds: float | None) -> AsoenError | None:
    """Why a worker that ended with a status could not answer; ``None`` where another may try.

    The status is an exit code, or a signal as a negative number; ``seconds`` is the time limit of its request, if it
    had one.
    """
    if status in _OUT_OF_MEMORY:
        return LimitReached(
            "memory",
            tell("limit.memory"),
            tell("limit.less-memory"),
        )
    if status == _ALARM and seconds is not None:
        return out_of_time(seconds)
    if status == RELEASE_CHANGED:
        return release_changed()
    if status > 0:
        return WorkerFailed(tell("server.worker-ended", status=status))
    return None


def ending(status: int) -> str:
    """The same in a word or two, to count by, where nobody made the worker end."""
    if status in _OUT_OF_MEMORY:
        return "memory limit"
    if status == _ALARM:
        return "time limit"
    return "failed" if status > 0 else "killed from outside" if status < 0 else "left"


def out_of_time(seconds: float) -> LimitReached:
    """The error of a request that reached its time limit."""
    return LimitReached(
        "time",
        tell("limit.time", seconds=seconds),
        tell("limit.narrow"),
    )

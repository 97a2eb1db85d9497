"""The process that loads the release once and forks workers from it.

It has a single thread and does nothing else, so that a fork is safe and quick at any moment. As soon as the release is
loaded it forks; what else there is to make from the release, it makes piece by piece while nobody asks it for anything,
and then says that it is *ripe*. It is started as
``python -m asoen_graph.server.zygote FD SETTINGS`` and obeys the commands of ``control`` over the socket FD. When the
other side hangs up, every worker is killed and the zygote ends.

As ``… FD later`` it is told the settings and the edition over FD (see ``head_start``). As ``… FD - SETTINGS`` it forks
nothing: it loads the release and is itself the worker that answers tasks over FD.

What is imported here is imported before the release begins to be loaded, so it is little.
"""

from __future__ import annotations

import gc
import json
import os
import selectors
import signal
import socket
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from asoen_graph.errors import AsoenError
from asoen_graph.release import Release
from asoen_graph.server.allocator import give_back, libc
from asoen_graph.server.control import (
    COMMAND,
    EDITION_BYTES,
    EVENT,
    FORK,
    GONE,
    KILL,
    LANE,
    LATER,
    LENGTH,
    LOWEST_PRIORITY,
    READY,
    RELEASE_CHANGED,
    RIPE,
    STARTED,
)

if TYPE_CHECKING:
    from asoen_graph.server.holdings import Holding, Opened
    from asoen_graph.server.messages import Reply, Task
    from asoen_graph.server.settings import Settings


_PAUSE_SECONDS = 0.1
"""Who waited for the start is answered before anything is made ahead."""


class Zygote:
    """The loop of the zygote. Returns from ``run`` once in the zygote, at its end, and once in every worker."""

    def __init__(self, control: socket.socket, chores: Iterable[Callable[[], object]]) -> None:
        """``chores`` are the pieces of what is made ahead of requests."""
        self._control = control
        self._chores = iter(chores)
        self._workers: dict[int, int] = {}
        """Process id → serial of every worker that has not been reaped, so that no process id can be stale."""
        self._child_ended, wakeup = socket.socketpair()
        self._wakeup = wakeup
        wakeup.setblocking(False)
        signal.set_wakeup_fd(wakeup.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def run(self) -> list[int] | None:
        """Obey commands until the web process hangs up; in a forked process, return what it is to work with.

        That is the file descriptor of its connection, and for a lane that of the memory it shares.
        """
        self._tell(READY, 0, os.getpid())
        with selectors.DefaultSelector() as selector:
            selector.register(self._control, selectors.EVENT_READ)
            selector.register(self._child_ended, selectors.EVENT_READ)
            pause: float | None = _PAUSE_SECONDS
            while True:
                ready = {key.fileobj for key, _ in selector.select(pause)}
                if not ready:
                    pause = 0.0 if self._ripen() else None
                if self._child_ended in ready:
                    self._child_ended.recv(4096)
                    self._reap()
                if self._control in ready:
                    message, descriptors = self._hear()
                    if len(message) < COMMAND.size:
                        self._kill_all()
                        return None
                    if self._obey(message, descriptors):
                        return descriptors

    def _ripen(self) -> bool:
        """Do one of the chores; return whether there may be more."""
        chore = next(self._chores, None)
        if chore is not None:
            chore()
            return True
        gc.collect()
        gc.freeze()
        give_back()  # what is free, which every worker would have too
        self._tell(RIPE, 0, 0)
        return False

    def _hear(self) -> tuple[bytes, list[int]]:
        try:
            message, descriptors, _, _ = socket.recv_fds(self._control, COMMAND.size, 2)
        except ConnectionResetError:
            # The web process ended without having read all that it was told: it hung up.
            return b"", []
        return message, descriptors

    def _obey(self, message: bytes, descriptors: list[int]) -> bool:
        """Do as told; return whether this is the process that was forked."""
        command, serial = COMMAND.unpack(message)
        if command not in (FORK, LANE):
            for pid in [pid for pid, known in self._workers.items() if known == serial]:
                if command == KILL:
                    os.kill(pid, signal.SIGKILL)
                else:
                    os.setpriority(os.PRIO_PROCESS, pid, LOWEST_PRIORITY)
            return False
        pid = os.fork()
        if pid == 0:
            self._become_worker()
            return True
        for descriptor in descriptors:
            os.close(descriptor)
        self._workers[pid] = serial
        self._tell(STARTED, serial, pid)
        return False

    def _become_worker(self) -> None:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for inherited in (self._control, self._child_ended, self._wakeup):
            inherited.close()
        _die_with_parent()

    def _reap(self) -> None:
        while self._workers:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            self._tell(GONE, self._workers.pop(pid), os.waitstatus_to_exitcode(status))

    def _kill_all(self) -> None:
        for pid in self._workers:
            os.kill(pid, signal.SIGKILL)
        for pid in self._workers:
            os.waitpid(pid, 0)

    def _tell(self, event: bytes, serial: int, value: int) -> None:
        try:
            self._control.sendall(EVENT.pack(event, serial, value))
        except (BrokenPipeError, ConnectionResetError):
            # The web process is gone; the next read from it says so too, and ends this one.
            return


def _die_with_parent() -> None:
    """Ask the kernel (of Linux) to kill this process when its parent ends, however that comes about."""
    set_parent_death_signal = 1
    if (library := libc()) is not None:
        library.prctl(set_parent_death_signal, signal.SIGKILL)


def _imports() -> Iterator[Callable[[], object]]:
    """What imports the modules that first requests would otherwise make every worker import for itself."""
    import importlib

    from asoen_graph import answers
    from asoen_graph.network import formats as networks

    names = ["asoen_graph.sparql.diagnosis"]
    names += [f"asoen_graph.answers.{each.module}" for each in answers.FORMATS.values()]
    names += [f"asoen_graph.network.formats.{each.module}" for each in networks.FORMATS.values()]
    for name in (*names, "asoen_graph.server.lanes.lane", "brotli", "zstandard", "pygraphviz"):
        yield lambda name=name: importlib.import_module(name)  # type: ignore[misc]


def _chores(opened: Opened) -> Iterator[Callable[[], object]]:
    yield from _imports()
    yield from opened.chores


def work(given: list[int], settings: Settings, answer: Callable[[Task], Reply]) -> None:
    """Be a worker with the connection that is given, or with the memory that is given too, a lane."""
    connection = socket.socket(fileno=given[0])
    if len(given) > 1:
        from asoen_graph.server.lanes import lane

        lane.serve(connection, given[1], settings, answer)
    else:
        from asoen_graph.server.worker import serve

        serve(connection, answer, settings.limits.memory)


def main(arguments: list[str]) -> None:
    """Load the release, then fork workers on demand (or, with ``-``, be the only worker)."""
    # These signals are for the web process, which finishes what it has accepted and then ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    descriptor, *mode, packed = arguments
    connection = socket.socket(fileno=int(descriptor))
    telling = connection if packed == LATER else None
    # Nothing that is made while the release is loaded is thrown away again.
    gc.disable()
    # Needed in any case, and here while the settings are still being read.
    import pyoxigraph  # noqa: F401

    values = json.loads(packed if telling is None else _told(telling, *LENGTH.unpack(_told(telling, LENGTH.size))))
    begun = None
    if not values["dataset"] and not values["endpoint"]:
        begun = Release(Path(values["release"]))
        begun.begin_loading()
    from asoen_graph.server.holdings import holding_of
    from asoen_graph.server.settings import unpacked

    settings = unpacked(values)
    holding = holding_of(settings, begun)
    # What every worker does first.
    import asoen_graph.server.worker  # noqa: F401

    libc()
    opened = _opened(holding, settings, telling)
    given: list[int] | None
    if mode == ["-"]:
        given = [connection.detach()]
    else:
        gc.freeze()
        given = Zygote(connection, _chores(opened)).run()
    gc.enable()
    if given is not None:
        work(given, settings, opened.answer)
    sys.stderr.flush()
    # Freeing the store piece by piece would take longer than anything a worker does.
    os._exit(0)


def _opened(holding: Holding, settings: Settings, telling: socket.socket | None) -> Opened:
    """What the holding gives once it has loaded everything; the process ends where it cannot.

    ``telling`` is where the edition is told, where it is not among the settings.
    """
    found: Opened | AsoenError
    try:
        found = holding.open(settings)
    except AsoenError as error:
        found = error
    edition = settings.edition if telling is None else _told(telling, EDITION_BYTES).decode()
    if isinstance(found, AsoenError):
        _fail(found)
    # Looked at after loading: what was replaced in the meantime may have been read in parts.
    if edition not in (None, holding.edition()):
        from asoen_graph.server.problems import release_changed

        _fail(release_changed())
    return found


def _fail(error: AsoenError) -> NoReturn:
    from asoen_graph.server.problems import ReleaseChanged

    sys.stderr.write(f"asoen: {error}\n")
    sys.exit(RELEASE_CHANGED if isinstance(error, ReleaseChanged) else 1)


def _told(telling: socket.socket, count: int) -> bytes:
    """What is told, in so many bytes; the process ends where nobody is there any more to tell it."""
    told = b""
    while len(told) < count:
        more = telling.recv(count - len(told))
        if not more:
            sys.exit(0)
        told += more
    return told


if __name__ == "__main__":
    main(sys.argv[1:])

"""The process that loads the release once and forks workers from it.

It has a single thread and does nothing else, so that a fork is safe and quick at any moment. It is started as
``python -m asoen_graph.server.zygote FD SETTINGS`` and obeys the commands of ``control`` over the socket FD. When the
other side hangs up, every worker is killed and the zygote ends.

As ``… FD - SETTINGS`` it forks nothing: it loads the release and is itself the worker that answers tasks over FD.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import selectors
import signal
import socket
import sys
from collections.abc import Callable

from asoen_graph import answers
from asoen_graph.errors import AsoenError
from asoen_graph.network import formats as networks
from asoen_graph.server.control import (
    COMMAND,
    EVENT,
    FORK,
    GONE,
    KILL,
    LANE,
    LOWEST_PRIORITY,
    READY,
    RELEASE_CHANGED,
    STARTED,
)
from asoen_graph.server.holdings import holding_of
from asoen_graph.server.messages import Reply, Task
from asoen_graph.server.problems import ReleaseChanged, release_changed
from asoen_graph.server.settings import Settings, unpacked
from asoen_graph.server.worker import serve


class Zygote:
    """The loop of the zygote. Returns from ``run`` once in the zygote, at its end, and once in every worker."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
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
            while True:
                ready = {key.fileobj for key, _ in selector.select()}
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
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    set_parent_death_signal = 1
    ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGKILL)


def _import_ahead() -> None:
    """Import what first requests would otherwise make every worker import for itself."""
    for name in ("sparql.diagnosis", *(f"answers.{each.module}" for each in answers.FORMATS.values())):
        importlib.import_module(f"asoen_graph.{name}")
    for form in networks.FORMATS.values():
        importlib.import_module(f"asoen_graph.network.{form.module}")
    for name in ("brotli", "zstandard"):
        importlib.import_module(name)


def work(given: list[int], settings: Settings, answer: Callable[[Task], Reply]) -> None:
    """Be a worker with the connection that is given, or with the memory that is given too, a lane."""
    connection = socket.socket(fileno=given[0])
    if len(given) > 1:
        from asoen_graph.server.lanes import lane

        lane.serve(connection, given[1], settings, answer)
    else:
        serve(connection, answer, settings.limits.memory)


def main(arguments: list[str]) -> None:
    """Load the release, then fork workers on demand (or, with ``-``, be the only worker)."""
    # These signals are for the web process, which finishes what it has accepted and then ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    descriptor, *mode, packed = arguments
    connection = socket.socket(fileno=int(descriptor))
    settings = unpacked(json.loads(packed))
    holding = holding_of(settings)
    # Nothing that is made while the release is loaded is thrown away again.
    gc.disable()
    try:
        answer = holding.answerer(settings)
        # Looked at after loading: what was replaced in the meantime may have been read in parts.
        if settings.edition not in (None, holding.edition()):
            raise release_changed()
    except ReleaseChanged as error:
        sys.stderr.write(f"asoen: {error}\n")
        sys.exit(RELEASE_CHANGED)
    except AsoenError as error:
        sys.exit(f"asoen: {error}")
    given: list[int] | None
    if mode:
        given = [connection.detach()]
    else:
        _import_ahead()
        gc.freeze()
        given = Zygote(connection).run()
    gc.enable()
    if given is not None:
        work(given, settings, answer)
    sys.stderr.flush()
    # Freeing the store piece by piece would take longer than anything a worker does.
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])

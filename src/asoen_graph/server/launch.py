"""How the web process gets workers and gets rid of them: through a zygote that forks, or by starting each afresh.

The web process itself never forks: it has an event loop and may have threads, and neither survives a fork.
"""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
from typing import Protocol

from asoen_graph.errors import ReleaseError
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
    RIPE,
    STARTED,
    YIELD,
)
from asoen_graph.server.head_start import HeadStart, start
from asoen_graph.server.holdings import holding_of
from asoen_graph.server.problems import release_changed
from asoen_graph.server.settings import Settings

_CLOSING_SECONDS = 2.0
_POLL_SECONDS = 0.01


class Watcher(Protocol):
    """Who is told what becomes of workers."""

    def worker_started(self, serial: int, pid: int) -> None:
        """A worker runs."""

    def worker_gone(self, serial: int, status: int) -> None:
        """A worker has ended; the status is its exit code, or a signal as a negative number."""

    def launcher_ripe(self) -> None:
        """Workers that are launched from now on are faster with their first requests than those that are there."""

    def launcher_gone(self) -> None:
        """The launcher itself has ended unasked, and every worker with it."""


class Launcher(Protocol):
    """Where workers come from."""

    async def start(self) -> None:
        """Get ready to launch. Raises ReleaseError where the release cannot be loaded."""

    def launch(self, serial: int, connection: socket.socket) -> None:
        """Start a worker that talks over the connection, and close this process' copy of it."""

    def kill(self, serial: int) -> None:
        """End a worker at once, whatever it is doing."""

    def yield_(self, serial: int) -> None:
        """Let a worker give way to all others from now on; its priority cannot be raised again."""

    async def close(self) -> None:
        """End everything that was started."""


def launcher(settings: Settings, watcher: Watcher, ahead: HeadStart | None = None) -> Launcher:
    """The launcher that the settings ask for; a zygote for other settings than ``ahead`` has is started anew."""
    if not settings.fork:
        return SpawningLauncher(settings, watcher)
    is_meant = ahead is not None and ahead.is_for(settings)
    return ForkingLauncher(settings, watcher, ahead if is_meant else None)


class ForkingLauncher:
    """Has a zygote load the release once and fork every worker."""

    def __init__(self, settings: Settings, watcher: Watcher, ahead: HeadStart | None = None) -> None:
        self._settings = settings
        self._watcher = watcher
        self._ahead = ahead
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._ready: asyncio.Future[bool] | None = None
        self._received = bytearray()

    async def start(self) -> None:
        """Start the zygote and wait until it has loaded the release."""
        loop = asyncio.get_running_loop()
        self._received.clear()
        begun, self._ahead = self._ahead or HeadStart(self._settings), None
        self._control, self._process = begun.control, begun.process
        self._ready = loop.create_future()
        loop.add_reader(self._control, self._read)
        if not await self._ready:
            raise _no_start(await _end(self._process))

    def launch(self, serial: int, connection: socket.socket) -> None:
        """Ask the zygote for a worker."""
        with connection:
            self._send(COMMAND.pack(FORK, serial), [connection.fileno()])

    def launch_lane(self, serial: int, connection: socket.socket, box: int) -> None:
        """Ask the zygote for a lane, which shares the memory that ``box`` is the file descriptor of."""
        with connection:
            self._send(COMMAND.pack(LANE, serial), [connection.fileno(), box])

    def kill(self, serial: int) -> None:
        """Ask the zygote to kill a worker: only it knows that a process id still is that worker's."""
        self._send(COMMAND.pack(KILL, serial), [])

    def yield_(self, serial: int) -> None:
        """Ask the zygote to lower a worker's priority."""
        self._send(COMMAND.pack(YIELD, serial), [])

    async def close(self) -> None:
        """Hang up; the zygote then kills its workers and ends."""
        self._hang_up()
        if self._process is not None:
            await _end(self._process)

    def _send(self, message: bytes, descriptors: list[int]) -> None:
        if self._control is None:
            return
        try:
            socket.send_fds(self._control, [message], descriptors)
        except (BrokenPipeError, ConnectionResetError):
            # The zygote is gone, which `_read` is about to notice.
            return

    def _read(self) -> None:
        assert self._control is not None
        try:
            received = self._control.recv(4096)
        except ConnectionResetError:
            received = b""
        if not received:
            self._lose()
            return
        self._received += received
        whole = len(self._received) - len(self._received) % EVENT.size
        events, self._received = self._received[:whole], self._received[whole:]
        for event, serial, value in EVENT.iter_unpack(events):
            self._hear(event, serial, value)

    def _hear(self, event: bytes, serial: int, value: int) -> None:
        if event == STARTED:
            self._watcher.worker_started(serial, value)
        elif event == GONE:
            self._watcher.worker_gone(serial, value)
        elif event == RIPE:
            self._watcher.launcher_ripe()
        elif event == READY and self._ready is not None and not self._ready.done():
            self._ready.set_result(True)

    def _lose(self) -> None:
        self._hang_up()
        if self._ready is not None and not self._ready.done():
            self._ready.set_result(False)
        else:
            self._watcher.launcher_gone()

    def _hang_up(self) -> None:
        if self._control is not None:
            asyncio.get_running_loop().remove_reader(self._control)
            self._control.close()
            self._control = None


class SpawningLauncher:
    """Starts every worker as a fresh process that loads the release itself, where forking is not wanted."""

    def __init__(self, settings: Settings, watcher: Watcher) -> None:
        self._settings = settings
        self._watcher = watcher
        self._processes: dict[int, subprocess.Popen[bytes]] = {}
        self._watching: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Look whether there is something to load."""
        holding_of(self._settings).check()

    def launch(self, serial: int, connection: socket.socket) -> None:
        """Start a process."""
        with connection:
            process = start([str(connection.fileno()), "-"], self._settings, connection)
        self._processes[serial] = process
        self._watcher.worker_started(serial, process.pid)
        watch = asyncio.get_running_loop().create_task(self._watch(serial, process))
        self._watching.add(watch)
        watch.add_done_callback(self._watching.discard)

    def kill(self, serial: int) -> None:
        """Kill the process, if it has not ended by itself."""
        process = self._processes.get(serial)
        if process is not None:
            process.kill()

    def yield_(self, serial: int) -> None:
        """Lower the priority of the process, where the system knows such a thing."""
        process = self._processes.get(serial)
        if process is not None and process.poll() is None and hasattr(os, "setpriority"):
            os.setpriority(os.PRIO_PROCESS, process.pid, LOWEST_PRIORITY)

    async def close(self) -> None:
        """Kill every process and wait for its end."""
        for watch in self._watching:
            watch.cancel()
        for process in self._processes.values():
            process.kill()
            await _end(process)

    async def _watch(self, serial: int, process: subprocess.Popen[bytes]) -> None:
        while process.poll() is None:
            await asyncio.sleep(_POLL_SECONDS)
        del self._processes[serial]
        self._watcher.worker_gone(serial, process.returncode)


async def _end(process: subprocess.Popen[bytes]) -> int:
    """Wait a while for the end of a process, then kill it; its exit code."""
    for _ in range(int(_CLOSING_SECONDS / _POLL_SECONDS)):
        if (status := process.poll()) is not None:
            return status
        await asyncio.sleep(_POLL_SECONDS)
    process.kill()
    return process.wait()


def _no_start(status: int) -> ReleaseError:
    if status == RELEASE_CHANGED:
        return release_changed()
    return ReleaseError("The workers could not load the release", "What went wrong stands above this line")

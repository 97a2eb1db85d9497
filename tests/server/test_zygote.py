"""The zygote ends when the web process does, however that comes about."""

from __future__ import annotations

import socket
import subprocess

import pytest

from asoen_graph.server.control import COMMAND, EVENT, FORK, READY, STARTED
from asoen_graph.server.head_start import start as _start
from asoen_graph.server.settings import Settings

from .test_workers import is_alive


@pytest.mark.parametrize("unread", [False, True], ids=["all read", "something unread"])
def test_it_ends_with_its_workers_when_the_other_side_hangs_up(
    settings: Settings, unread: bool, capfd: pytest.CaptureFixture[str]
) -> None:
    control, theirs = socket.socketpair()
    with theirs:
        process = _start([str(theirs.fileno())], settings, theirs)
    try:
        control.settimeout(60)
        assert EVENT.unpack(control.recv(EVENT.size))[0] == READY
        ours, workers = socket.socketpair()
        with ours, workers:
            socket.send_fds(control, [COMMAND.pack(FORK, 1)], [workers.fileno()])
            event, _, pid = EVENT.unpack(control.recv(EVENT.size, socket.MSG_PEEK))
            assert event == STARTED
            if not unread:
                control.recv(EVENT.size)
            # Closed with something unread, the kernel resets the connection instead of ending it.
            control.close()
            assert process.wait(60) == 0
            assert not is_alive(pid)
    finally:
        control.close()
        end(process)
    assert "Traceback" not in capfd.readouterr().err


def end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()

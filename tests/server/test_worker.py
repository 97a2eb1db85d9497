"""What one worker does with its connection."""

from __future__ import annotations

import multiprocessing
import socket

import pytest

from asoen_graph.server.messages import Reply, Task, pack_task
from asoen_graph.server.worker import serve

from .test_workers import sparql


def _answer_nobody() -> None:
    ours, theirs = socket.socketpair()
    theirs.sendall(pack_task(sparql("ASK {}")))

    def answer(task: Task) -> Reply:
        theirs.close()
        return Reply(200, {}, b"true")

    serve(ours, answer, 1 << 30)


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="workers are forked")
def test_it_ends_quietly_when_nobody_waits_for_its_answer(capfd: pytest.CaptureFixture[str]) -> None:
    # In a process of its own, which a worker limits in its memory.
    process = multiprocessing.get_context("fork").Process(target=_answer_nobody)
    process.start()
    process.join(60)
    assert process.exitcode == 0
    assert capfd.readouterr().err == ""

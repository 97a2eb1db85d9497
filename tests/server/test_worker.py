"""What one worker does with its connection."""

from __future__ import annotations

import multiprocessing
import socket
import sys
import time
from pathlib import Path

import pytest

from asoen_graph.server.head_start import start
from asoen_graph.server.messages import Reply, Task, pack_task
from asoen_graph.server.settings import Settings
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


def _bytes(pid: int, which: str) -> int:
    """Memory of a process: what it takes (VmRSS), or the most it ever took (VmHWM)."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) << 10 for line in lines if line.startswith(f"{which}:"))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells how much it was")
def test_at_rest_it_gives_back_what_a_large_answer_took(settings: Settings) -> None:
    ours, theirs = socket.socketpair()
    with theirs:
        process = start([str(theirs.fileno()), "-"], settings, theirs)
    with ours:
        ours.sendall(pack_task(sparql("ASK {}")))
        assert b"true" in ours.recv(65536)
        before = _bytes(process.pid, "VmRSS")
        # Six hundred thousand strings of a hundred letters, each by itself.
        every = "SELECT (COUNT(DISTINCT CONCAT(STR(?a), STR(?b), STR(?c))) AS ?n) { ?a ?p ?b . ?c a ?d }"
        ours.sendall(pack_task(sparql(every, 60)))
        assert b'"n"' in ours.recv(65536)
        assert _bytes(process.pid, "VmHWM") > before + (32 << 20)
        for _ in range(200):
            if (after := _bytes(process.pid, "VmRSS")) < before + (8 << 20):
                break
            time.sleep(0.1)
    assert process.wait(60) == 0
    assert after < before + (8 << 20)

from __future__ import annotations

import io

import pytest

from asoen_graph.cli import progress
from asoen_graph.cli.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    """Waits that end at once, so often; then the work is done."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, turns: int) -> None:
        self.waited: list[float] = []
        self.turns = turns
        self.now = 0.0
        monkeypatch.setattr(progress, "Thread", _Now)
        monkeypatch.setattr(progress, "Event", lambda: self)
        monkeypatch.setattr(progress, "monotonic", lambda: self.now)

    def wait(self, seconds: float) -> bool:
        self.waited.append(seconds)
        self.now += seconds
        return len(self.waited) > self.turns

    def set(self) -> None:
        pass


class _Now:
    """A thread that does its work when it is waited for."""

    def __init__(self, target: object, **_: object) -> None:
        self.join = target

    def start(self) -> None:
        pass


def test_after_a_second_it_says_the_step_and_in_the_end_takes_it_away(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, terminal = Clock(monkeypatch, turns=2), Terminal()
    with Progress(terminal) as step:
        step("reading")
        step("writing")
    assert clock.waited == [1.0, 0.5, 0.5]
    assert terminal.getvalue() == "\r\x1b[K   1.0 s  writing\r\x1b[K   1.5 s  writing\r\x1b[K"


def test_what_is_done_within_a_second_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    Clock(monkeypatch, turns=0)
    terminal = Terminal()
    with Progress(terminal) as step:
        step("reading")
    assert terminal.getvalue() == ""


def test_nothing_is_said_where_nobody_looks() -> None:
    pipe = io.StringIO()
    with Progress(pipe) as step:
        step("reading")
    assert pipe.getvalue() == ""


def test_the_line_is_gone_before_an_error_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    Clock(monkeypatch, turns=1)
    terminal = Terminal()
    with pytest.raises(ValueError, match="broken"):
        _fail(terminal)
    assert terminal.getvalue().endswith("reading\r\x1b[K")


def _fail(terminal: Terminal) -> None:
    with Progress(terminal) as step:
        step("reading")
        raise ValueError("broken")

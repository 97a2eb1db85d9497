"""Kept releases are loaded on demand, few at a time, and ended when nobody asks for them any more."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.server.conftest import LIMITS, QUERIES

from asoen_graph.errors import ReleaseError
from asoen_graph.queries.catalogue import Catalogue
from asoen_graph.server.answers import Answers
from asoen_graph.server.archive import Archive, Volume
from asoen_graph.server.front import Front
from asoen_graph.server.loans import Loans
from asoen_graph.server.messages import Task
from asoen_graph.server.problems import Busy
from asoen_graph.server.settings import Settings

ASK = {"query": "ASK {}", "default_graphs": [], "named_graphs": [], "accept": None, "format": "json", "language": "en"}

Trial = Callable[[Loans, list[Volume]], Awaitable[None]]


def tried(trial: Trial, library: Path, *, kept: int = 1, seconds: float = 60.0) -> None:
    """Run a trial with loans that are closed after it, and see that nothing runs any more then."""
    settings = Settings(
        library.parent / "2031.6.0", QUERIES, limits=LIMITS, releases=library, kept=kept, kept_seconds=seconds
    )
    volumes = list(Archive(settings.release, library).volumes)

    async def run() -> None:
        loans = Loans(settings, Catalogue.read(QUERIES), Answers(settings.cache))
        try:
            await trial(loans, volumes)
        finally:
            await loans.close()
        assert loans.loaded == []

    before = children()
    asyncio.run(run())
    assert children() <= before


def children() -> set[str]:
    """The processes this one has started and that have not ended, where the system tells."""
    lists = Path("/proc/self/task").glob("*/children")
    return {pid for path in lists for pid in path.read_text().split()}


async def answered(front: Front) -> bool:
    reply = await front.pool.run(Task("sparql", ASK, 20), "somebody")
    return reply.status == 200


async def workers_of(front: Front) -> list[int]:
    """The processes that answer, once one has."""
    assert await answered(front)
    assert front.pool.pids
    return front.pool.pids


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def until(condition: Callable[[], bool]) -> None:
    for _ in range(500):
        if condition():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it did not come about")


def test_one_that_nobody_asks_for_any_more_ends(library: Path) -> None:
    async def trial(loans: Loans, volumes: list[Volume]) -> None:
        async with loans.lend(volumes[0]) as front:
            pids = await workers_of(front)
            # Longer than it may be idle: it is not.
            await asyncio.sleep(0.3)
            assert loans.loaded == ["2031.4.0"]
        await until(lambda: not loans.loaded and not any(map(is_running, pids)))

    tried(trial, library, seconds=0.1)


def test_the_next_takes_the_place_of_the_one_idle_longest(library: Path) -> None:
    async def trial(loans: Loans, volumes: list[Volume]) -> None:
        first, second, third = volumes
        pids = []
        for volume in (first, second, first):
            async with loans.lend(volume) as front:
                pids.append(await workers_of(front))
        assert loans.loaded == ["2031.5.0", "2031.4.0"]
        async with loans.lend(third) as front:
            assert await answered(front)
            # Memory is bounded: what gave way has ended before the next is there.
            assert not any(map(is_running, pids[1]))
        assert loans.loaded == ["2031.4.0", "2031.6.0"]

    tried(trial, library, kept=2)


def test_one_in_use_is_not_taken_away(library: Path) -> None:
    async def trial(loans: Loans, volumes: list[Volume]) -> None:
        first, second, _ = volumes
        async with loans.lend(first) as front:
            with pytest.raises(Busy) as caught:
                async with loans.lend(second):
                    raise AssertionError("it was lent")
            assert "Retry-After" in caught.value.headers
            assert await answered(front)
        async with loans.lend(second) as front:
            assert await answered(front)

    tried(trial, library)


def test_loading_is_part_of_the_time_and_goes_on_after_it(library: Path) -> None:
    async def trial(loans: Loans, volumes: list[Volume]) -> None:
        with pytest.raises(Busy, match=r"was not loaded within 0\.001 seconds"):
            async with loans.lend(volumes[0], 0.001):
                raise AssertionError("it was lent")
        (opening,) = (loan.opening for loan in loans._loans.values())
        async with loans.lend(volumes[0]) as front:
            assert await answered(front)
            assert opening.result() is front

    tried(trial, library)


def test_many_who_ask_at_once_share_one(library: Path) -> None:
    async def trial(loans: Loans, volumes: list[Volume]) -> None:
        async def read() -> Front:
            async with loans.lend(volumes[0]) as front:
                assert await answered(front)
                return front

        fronts = await asyncio.gather(*(read() for _ in range(20)))
        assert len({id(front) for front in fronts}) == 1

    tried(trial, library)


def test_who_leaves_while_it_is_loaded_does_not_stop_it(library: Path) -> None:
    async def trial(loans: Loans, volumes: list[Volume]) -> None:
        async def read() -> None:
            async with loans.lend(volumes[0]) as front:
                assert await answered(front)

        leaving, staying = (asyncio.ensure_future(read()) for _ in range(2))
        await asyncio.sleep(0.01)
        leaving.cancel()
        await staying
        assert leaving.cancelled()

    tried(trial, library)


def test_one_that_cannot_be_loaded_is_an_error_and_holds_no_place(library: Path, tmp_path: Path) -> None:
    async def trial(loans: Loans, volumes: list[Volume]) -> None:
        for _ in range(2):
            with pytest.raises(ReleaseError):
                async with loans.lend(replace(volumes[0], name="2031.1.0", folder=tmp_path)):
                    raise AssertionError("it was lent")
            assert loans.loaded == []
        async with loans.lend(volumes[0]) as front:
            assert await answered(front)

    tried(trial, library)


def test_closing_while_one_is_being_loaded(library: Path) -> None:
    async def trial(loans: Loans, volumes: list[Volume]) -> None:
        async def read() -> None:
            async with loans.lend(volumes[0]):
                pass

        reading = asyncio.ensure_future(read())
        await asyncio.sleep(0.05)
        reading.cancel()

    tried(trial, library)

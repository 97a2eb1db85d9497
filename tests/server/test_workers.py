"""Queries that run away, workers that die, clients that leave: nobody else notices."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from asoen_graph.errors import LimitReached, ReleaseError
from asoen_graph.release import MANIFEST_FILE, Release
from asoen_graph.server import workers
from asoen_graph.server.edition import edition
from asoen_graph.server.head_start import HeadStart
from asoen_graph.server.jobs import Worker
from asoen_graph.server.messages import Reply, Task
from asoen_graph.server.problems import Busy, ReleaseChanged, WorkerFailed, reply
from asoen_graph.server.settings import Settings
from asoen_graph.server.workers import Pool

from .conftest import Site, are_ripe

CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
NEVER = "FILTER(STRLEN(CONCAT(STR(?a), STR(?f), STR(?i))) < 0)"
RUNAWAYS = {
    "count": f"SELECT (COUNT(*) AS ?n) WHERE {{ {CROSS} }}",
    "order": f"SELECT * WHERE {{ {CROSS} {NEVER} }} ORDER BY ?i",
    "empty": f"SELECT ?a WHERE {{ {CROSS} {NEVER} }}",
    "regex": 'SELECT * WHERE { ?s ?p ?o . ?a ?b ?c . FILTER(REGEX(CONCAT(STR(?o), STR(?c)), "^(.?){200}x{200}$")) }',
    "path": "SELECT (COUNT(*) AS ?n) WHERE { ?a (!<urn:a>|^!<urn:a>)* ?b . ?c (!<urn:a>|^!<urn:a>)* ?d }",
    "ask": f"ASK {{ {CROSS} {NEVER} }}",
    "construct": f"CONSTRUCT {{ ?a ?b ?i }} WHERE {{ {CROSS} {NEVER} }}",
    "group": f"SELECT ?a (SUM(STRLEN(STR(?i))) AS ?n) WHERE {{ {CROSS} }} GROUP BY ?a",
}
CHEAP = 'ASK { id:lsoe-12 rdfs:label "12th LSOE"@en }'


def sparql(query: str, seconds: float = 10) -> Task:
    nothing = {"accept": None, "format": None, "language": "en", "default_graphs": [], "named_graphs": []}
    return Task("sparql", {"query": query, **nothing}, seconds)


async def eventually(holds: Callable[[], bool], seconds: float = 20) -> None:
    for _ in range(int(seconds / 0.01)):
        if holds():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not come about")


@contextlib.asynccontextmanager
async def running(settings: Settings, ahead: HeadStart | None = None) -> AsyncIterator[Pool]:
    pool = Pool(settings, ahead=ahead)
    await pool.start()
    try:
        yield pool
    finally:
        await pool.close()


def in_loop(test: Callable[[Pool], Awaitable[None]], settings: Settings) -> None:
    async def run() -> None:
        async with running(settings) as pool:
            # Those that were forked first are replaced, which no test is to meet by chance.
            await eventually(lambda: are_ripe(pool) or not settings.fork)
            await test(pool)

    asyncio.run(run())


def busy(pool: Pool) -> int:
    return sum(worker.job is not None for worker in pool._workers.values())


def working(pool: Pool, attempt: int) -> list[int]:
    """The processes that work on a request given to a worker so often."""
    workers = pool._workers.values()
    return [worker.pid for worker in workers if worker.pid and worker.job and worker.job.attempts == attempt]


async def end(worker: Worker) -> None:
    # Its process id comes from the process that started it, which may be later than its first request.
    await eventually(lambda: worker.pid != 0)
    os.kill(worker.pid, signal.SIGKILL)


async def give_up(work: list[asyncio.Task[Reply]]) -> None:
    for each in work:
        each.cancel()
    await asyncio.gather(*work, return_exceptions=True)


def is_alive(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.parametrize("name", RUNAWAYS)
def test_a_runaway_is_answered_at_its_limit(site: Site, name: str) -> None:
    began = time.monotonic()
    answer = site.sparql(RUNAWAYS[name], timeout="0.5")
    took = time.monotonic() - began
    assert answer.status_code == 503, answer.text
    problem = answer.json()
    assert (problem["type"], problem["limit"]) == ("https://w3id.org/asoen/problem/time-limit", "time")
    assert "0.5 seconds" in problem["detail"]
    assert problem["hint"]
    assert int(answer.headers["retry-after"]) > 0
    assert 0.5 <= took < 2.5


def test_cheap_queries_go_on_beside_runaways(site: Site) -> None:
    with ThreadPoolExecutor(4) as threads:
        runaways = [threads.submit(site.sparql, RUNAWAYS["count"], timeout="2") for _ in range(4)]
        cheap = 0
        while not all(runaway.done() for runaway in runaways):
            assert site.sparql(CHEAP).json()["boolean"] is True
            cheap += 1
        assert [runaway.result().status_code for runaway in runaways] == [503] * 4
    # With two workers and no room beside them, not one would have been answered before the limit.
    assert cheap > 10


def test_a_client_may_not_raise_the_limit(site: Site, settings: Settings) -> None:
    task_limit = settings.limits.seconds
    site.sparql(CHEAP, timeout=str(task_limit * 100))
    from asoen_graph.server.requests import seconds

    assert seconds({"timeout": [str(task_limit * 100)]}, task_limit) == task_limit
    assert seconds({"timeout": ["0.25"]}, task_limit) == 0.25


def test_memory_is_limited(site: Site) -> None:
    answer = site.sparql(f"SELECT * WHERE {{ {CROSS} }} ORDER BY ?i ?h ?g")
    assert answer.status_code == 413, answer.text
    assert answer.json()["limit"] == "memory"
    assert site.sparql(CHEAP).json()["boolean"] is True


@pytest.mark.parametrize(
    "query",
    [
        "ASK { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }",
        "ASK " + "{" * 20_000 + "}" * 20_000,
        "ASK { ?s " + "(" * 20_000 + "rdf:type" + ")" * 20_000 + " ?o }",
        "ASK { FILTER(" + "!" * 40_000 + "true) }",
    ],
    ids=["parentheses", "groups", "path", "not"],
)
def test_deep_nesting_kills_nobody(site: Site, query: str) -> None:
    answer = site.client.post("/sparql", data={"query": query})
    assert answer.status_code in (200, 400, 413), answer.text
    assert site.sparql(CHEAP).json()["boolean"] is True


def test_a_client_that_leaves_stops_its_work(site: Site) -> None:
    pool = site.front.pool
    with contextlib.suppress(httpx.ReadTimeout):
        httpx.get(f"{site.url}/sparql", params={"query": RUNAWAYS["count"]}, timeout=1)
    for _ in range(500):
        if not busy(pool):
            break
        time.sleep(0.01)
    assert not busy(pool)
    assert site.sparql(CHEAP).status_code == 200


def test_workers_killed_at_random_lose_no_request(site: Site) -> None:
    pool = site.front.pool
    with ThreadPoolExecutor(8) as threads:
        answers = [threads.submit(site.sparql, CHEAP) for _ in range(300)]
        for _ in range(10):
            time.sleep(0.02)
            for pid in pool.pids[:1]:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        statuses = [answer.result().status_code for answer in answers]
    # A request may meet three murders in a row; it is then told so, and never waits for ever.
    assert set(statuses) <= {200, 503}
    assert statuses.count(200) > 280
    assert site.sparql(CHEAP).status_code == 200


class TestHeadStart:
    def test_workers_come_from_what_was_started_before(self, settings: Settings) -> None:
        async def test() -> None:
            ahead = HeadStart(settings)
            async with running(settings, ahead) as pool:
                assert pool._launcher._process is ahead.process  # type: ignore[attr-defined]
                assert (await pool.run(sparql(CHEAP), "one")).status == 200
            assert ahead.process.poll() is not None
            ahead.close()

        asyncio.run(test())

    def test_not_where_that_serves_something_else(self, settings: Settings) -> None:
        async def test() -> None:
            ahead = HeadStart(replace(settings, edition=edition(settings.release, settings.queries)))
            async with running(settings, ahead) as pool:
                assert pool._launcher._process is not ahead.process  # type: ignore[attr-defined]
            ahead.close()
            await eventually(lambda: ahead.process.poll() is not None)

        asyncio.run(test())

    def test_it_is_told_later_what_to_load(self, settings: Settings) -> None:
        async def test() -> None:
            found = edition(settings.release, settings.queries)
            ahead = HeadStart()
            ahead.load(settings)
            async with asyncio.timeout(60):
                assert ahead.is_for(replace(settings, edition=found))
                ahead.tell(found)
                async with running(replace(settings, edition=found), ahead) as pool:
                    assert pool._launcher._process is ahead.process  # type: ignore[attr-defined]
                    assert (await pool.run(sparql(CHEAP), "one")).status == 200
            ahead.close()

        asyncio.run(test())

    def test_it_does_not_load_another_edition_than_it_is_told(self, settings: Settings) -> None:
        async def test() -> None:
            ahead = HeadStart()
            ahead.load(settings)
            ahead.tell("0" * 64)
            with pytest.raises(ReleaseChanged):
                async with running(replace(settings, edition="0" * 64), ahead):
                    pass
            ahead.close()

        asyncio.run(test())

    @pytest.mark.parametrize("is_there", [True, False], ids=["a release", "none"])
    def test_it_says_nothing_when_nobody_tells_the_edition(
        self, settings: Settings, tmp_path: Path, is_there: bool, capfd: pytest.CaptureFixture[str]
    ) -> None:
        with contextlib.closing(HeadStart()) as ahead:
            ahead.load(settings if is_there else replace(settings, release=tmp_path))
        assert ahead.process.wait(60) == 0
        assert capfd.readouterr() == ("", "")


class TestPool:
    def test_workers_that_were_forked_first_are_replaced_and_no_request_is_lost(self, settings: Settings) -> None:
        async def test() -> None:
            async with running(settings) as pool:
                first = set(pool._workers)
                statuses = []
                while not are_ripe(pool):
                    statuses.append((await pool.run(sparql(CHEAP), "one")).status)
                assert set(statuses) == {200}
                assert not first & set(pool._workers)
                assert pool.fates.ended == {"unripe": settings.workers}
                assert (await pool.run(sparql(CHEAP), "one")).status == 200

        asyncio.run(test())

    def test_it_can_be_waited_for_until_all_is_made(self, settings: Settings) -> None:
        async def test() -> None:
            async with running(settings) as pool:
                await pool.ripen(60)
                assert not any(worker.is_unripe and not worker.leaving for worker in pool._workers.values())
            async with running(replace(settings, fork=False, workers=1)) as pool:
                await pool.ripen(60)

        asyncio.run(test())

    def test_a_request_whose_worker_is_killed_is_given_to_another(self, settings: Settings) -> None:
        async def test(pool: Pool) -> None:
            slow = asyncio.ensure_future(pool.run(sparql(RUNAWAYS["count"], 3), "one"))
            # A worker may have its task before its process id is known, and 0 would be this process.
            await eventually(lambda: len(working(pool, 1)) == 1)
            (job,) = [worker.job for worker in pool._workers.values() if worker.job]
            os.kill(working(pool, 1)[0], signal.SIGKILL)
            await eventually(lambda: job.attempts == 2)
            with pytest.raises(LimitReached):
                await slow

        in_loop(test, settings)

    def test_a_long_request_whose_worker_is_killed_is_given_to_an_idle_one(self, settings: Settings) -> None:
        async def test(pool: Pool) -> None:
            slow = asyncio.ensure_future(pool.run(sparql(RUNAWAYS["count"], 60), "one"))
            # It runs for longer than a moment, so that a replacement stands by when its worker is killed.
            await eventually(lambda: any(w.job and w.job.is_long for w in pool._workers.values()))
            await eventually(lambda: len(pool._idle) == settings.workers)
            (doomed,) = [worker for worker in pool._workers.values() if worker.job]
            job = doomed.job
            assert job is not None
            await end(doomed)
            await eventually(lambda: job.attempts == 2)
            await eventually(lambda: len(pool._idle) == settings.workers)
            await give_up([slow])

        in_loop(test, settings)

    def test_a_request_held_back_runs_when_one_of_its_client_dies(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(workers, "_LONGEST_RESTART_SECONDS", 600)

        async def test(pool: Pool) -> None:
            held = [asyncio.ensure_future(pool.run(sparql(RUNAWAYS["count"], 60), "one")) for _ in range(5)]
            await eventually(lambda: busy(pool) == 5)
            await eventually(lambda: all(w.job.is_long for w in pool._workers.values() if w.job))
            light = asyncio.ensure_future(pool.run(sparql(CHEAP, 60), "one"))
            await eventually(lambda: len(pool._idle) == 1 and len(pool._waiting) == 1)
            doomed = next(worker for worker in pool._workers.values() if worker.job)
            assert doomed.job is not None
            doomed.job.attempts = workers._ATTEMPTS
            # No new worker comes soon, so that the idle one has to do it.
            pool._deaths_in_a_row = 100
            await end(doomed)
            await asyncio.wait({light}, timeout=20)
            assert light.done()
            assert light.result().status == 200
            await give_up(held)

        in_loop(test, settings)

    def test_workers_that_die_at_once_are_started_for_ever(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(workers, "_LONGEST_RESTART_SECONDS", 0.1)

        async def test(pool: Pool) -> None:
            await eventually(lambda: len(pool.pids) == settings.workers)
            pool._deaths_in_a_row = 5000
            (worker, *_) = pool._workers.values()
            pool.worker_gone(worker.serial, -signal.SIGKILL)
            await eventually(lambda: len(pool.pids) == settings.workers and worker.pid not in pool.pids)

        in_loop(test, settings)

    def test_a_launcher_that_finds_no_room_is_tried_again(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def test(pool: Pool) -> None:
            await eventually(lambda: len(pool.pids) == settings.workers)
            start, failures = pool._launcher.start, [OSError("no memory"), OSError("no file descriptor")]

            async def start_at_last() -> None:
                if failures:
                    raise failures.pop()
                await start()

            monkeypatch.setattr(pool._launcher, "start", start_at_last)
            os.kill(pool._launcher._process.pid, signal.SIGKILL)  # type: ignore[attr-defined]
            await eventually(lambda: not failures)
            assert (await pool.run(sparql(CHEAP, 60), "one")).status == 200

        in_loop(test, settings)

    def test_a_request_that_dies_again_and_again_is_answered(self, settings: Settings) -> None:
        async def test(pool: Pool) -> None:
            slow = asyncio.ensure_future(pool.run(sparql(RUNAWAYS["count"]), "one"))
            for attempt in range(1, workers._ATTEMPTS + 1):
                await eventually(lambda n=attempt: len(working(pool, n)) == 1)
                (doomed,) = working(pool, attempt)
                os.kill(doomed, signal.SIGKILL)
            with pytest.raises(Busy) as caught:
                await slow
            assert "Retry-After" in caught.value.headers
            assert (await pool.run(sparql(CHEAP), "one")).status == 200

        in_loop(test, settings)

    def test_a_mistake_of_ours_costs_one_worker_and_one_answer(self, settings: Settings) -> None:
        async def test(pool: Pool) -> None:
            for _ in range(3):
                with pytest.raises(WorkerFailed):
                    await pool.run(Task("no-such-operation", {}, 10), "one")
            assert (await pool.run(sparql(CHEAP), "one")).status == 200

        in_loop(test, settings)

    def test_at_the_limit_the_work_stops(self, settings: Settings) -> None:
        async def test(pool: Pool) -> None:
            await eventually(lambda: len(pool.pids) == settings.workers)
            before = set(pool.pids)
            with pytest.raises(LimitReached):
                await pool.run(sparql(RUNAWAYS["count"], 0.5), "one")
            await eventually(lambda: sum(is_alive(pid) for pid in before) == 1)
            await eventually(lambda: len(pool.pids) == settings.workers and all(map(is_alive, pool.pids)))

        in_loop(test, settings)

    def test_cancelling_stops_the_work(self, settings: Settings) -> None:
        async def test(pool: Pool) -> None:
            work = asyncio.ensure_future(pool.run(sparql(RUNAWAYS["count"]), "one"))
            await eventually(lambda: busy(pool) == 1)
            (doomed,) = [worker.pid for worker in pool._workers.values() if worker.job]
            work.cancel()
            await eventually(lambda: not is_alive(doomed))

        in_loop(test, settings)

    def test_no_client_holds_every_worker(self, settings: Settings) -> None:
        async def test(pool: Pool) -> None:
            greedy = [asyncio.ensure_future(pool.run(sparql(RUNAWAYS["count"], 8), "greedy")) for _ in range(20)]
            await eventually(lambda: busy(pool) == 3 * settings.workers - 1)
            assert (await pool.run(sparql(CHEAP, 5), "modest")).status == 200
            await give_up(greedy)

        in_loop(test, settings)

    def test_a_full_queue_says_so(self, settings: Settings) -> None:
        async def test(pool: Pool) -> None:
            held = []
            for count in range(1, 6):
                held.append(asyncio.ensure_future(pool.run(sparql(RUNAWAYS["count"]), "one")))
                await eventually(lambda count=count: busy(pool) == count)
            held += [asyncio.ensure_future(pool.run(sparql(CHEAP), "one")) for _ in range(3)]
            await asyncio.sleep(0)
            with pytest.raises(Busy) as caught:
                await pool.run(sparql(CHEAP), "one")
            assert caught.value.headers["Retry-After"]
            await give_up(held)

        in_loop(test, replace(settings, queue=3))

    def test_who_waits_too_long_is_told(self, settings: Settings) -> None:
        async def test(pool: Pool) -> None:
            held = [asyncio.ensure_future(pool.run(sparql(RUNAWAYS["count"], 8), "one")) for _ in range(5)]
            await eventually(lambda: busy(pool) == 5)
            with pytest.raises(Busy, match=r"within 0\.3 seconds"):
                await pool.run(sparql(CHEAP, 0.3), "one")
            await give_up(held)

        in_loop(test, settings)

    def test_it_outlives_the_zygote(self, settings: Settings) -> None:
        async def test(pool: Pool) -> None:
            await eventually(lambda: len(pool.pids) == settings.workers)
            before = set(pool.pids)
            slow = asyncio.ensure_future(pool.run(sparql(RUNAWAYS["count"], 4), "one"))
            await eventually(lambda: busy(pool) == 1)
            os.kill(pool._launcher._process.pid, signal.SIGKILL)  # type: ignore[attr-defined]
            await eventually(lambda: not any(map(is_alive, before)))
            assert (await pool.run(sparql(CHEAP), "two")).status == 200
            with pytest.raises(LimitReached):
                await slow

        in_loop(test, settings)

    def test_nothing_is_left_behind(self, settings: Settings) -> None:
        pids: list[int] = []

        async def test(pool: Pool) -> None:
            await eventually(lambda: len(pool.pids) == settings.workers)
            pids.extend([*pool.pids, pool._launcher._process.pid])  # type: ignore[attr-defined]

        in_loop(test, settings)
        assert len(pids) == settings.workers + 1
        assert not any(map(is_alive, pids))

    def test_closing_answers_those_who_wait(self, settings: Settings) -> None:
        async def run() -> None:
            pool = Pool(settings)
            await pool.start()
            work = [asyncio.ensure_future(pool.run(sparql(RUNAWAYS["count"]), "one")) for _ in range(8)]
            await eventually(lambda: busy(pool) == 5)
            await pool.close()
            assert all(isinstance(each, Busy) for each in await asyncio.gather(*work, return_exceptions=True))

        asyncio.run(run())

    def test_without_fork(self, settings: Settings) -> None:
        async def test(pool: Pool) -> None:
            assert (await pool.run(sparql(CHEAP, 30), "one")).status == 200
            with pytest.raises(LimitReached):
                await pool.run(sparql(RUNAWAYS["count"], 0.5), "one")
            assert (await pool.run(sparql(CHEAP, 30), "one")).status == 200
            await eventually(lambda: len(pool.pids) == settings.workers)

        in_loop(test, replace(settings, fork=False))

    @pytest.mark.parametrize("fork", [True, False])
    def test_a_release_that_was_replaced_is_not_answered_from(
        self, settings: Settings, tmp_path: Path, fork: bool
    ) -> None:
        folder = shutil.copytree(settings.release, tmp_path / "release")
        manifest = folder / MANIFEST_FILE
        before = manifest.read_text(encoding="utf-8")

        def put(text: str) -> None:
            # As builders do: whoever reads meanwhile finds the one or the other.
            aside = tmp_path / MANIFEST_FILE
            aside.write_text(text, encoding="utf-8")
            aside.replace(manifest)

        async def test(pool: Pool) -> None:
            assert (await pool.run(sparql(CHEAP, 60), "one")).status == 200
            other = Release.open(folder).manifest._replace(hash="0" * 64)
            put(other.to_json())
            if fork:
                os.kill(pool._launcher._process.pid, signal.SIGKILL)  # type: ignore[attr-defined]
                await eventually(lambda: not pool.is_ready)
            else:
                doomed = set(pool.pids)
                for pid in doomed:
                    os.kill(pid, signal.SIGKILL)
                await eventually(lambda: not doomed & set(pool.pids))
            with pytest.raises(ReleaseChanged, match="changed after the server read them") as caught:
                await pool.run(sparql(CHEAP, 60), "one")
            assert reply(caught.value).status == 503
            put(before)
            # A worker that is just looking may still find the other one.
            for _ in range(20):
                with contextlib.suppress(ReleaseChanged):
                    assert (await pool.run(sparql(CHEAP, 60), "one")).status == 200
                    return
            raise AssertionError("it did not recover")

        expected = edition(folder, settings.queries)
        in_loop(test, replace(settings, release=folder, fork=fork, edition=expected))

    @pytest.mark.parametrize("fork", [True, False])
    def test_a_broken_release_is_a_release_error(self, settings: Settings, tmp_path: Path, fork: bool) -> None:
        async def run() -> None:
            pool = Pool(replace(settings, release=tmp_path, fork=fork))
            with pytest.raises(ReleaseError):
                await pool.start()
            await pool.close()

        asyncio.run(run())

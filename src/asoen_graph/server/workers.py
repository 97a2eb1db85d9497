"""The pool of workers: who works on what, until when, and what happens when one dies.

Every request has a deadline from its arrival on. At the deadline its worker is killed and another one takes its place;
the request is answered with an error while nothing of its answer has been sent. A worker that dies for a reason that
is not its request's costs nobody an answer: the request is given to another worker, and to another again.

A request that runs longer than a moment stops counting as one of the ``workers``, and its worker gets a replacement
beside it, up to twice as many; so a few heavy queries leave the light ones undisturbed. When it is done there is one
worker too many, and the one that has answered least leaves: the others have what they looked at to themselves, and
tables made of it. A request that runs longer still gives way to all others. No client can hold every worker.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import socket
from collections import Counter
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

from asoen_graph.errors import ReleaseError
from asoen_graph.messages import tell
from asoen_graph.server.control import RELEASE_CHANGED
from asoen_graph.server.delays import Delay
from asoen_graph.server.endings import ending, out_of_time, reason_of
from asoen_graph.server.head_start import HeadStart
from asoen_graph.server.jobs import Conversation, Fates, Job, Worker, fail
from asoen_graph.server.launch import ForkingLauncher, launcher
from asoen_graph.server.messages import Reply, Task, pack_task
from asoen_graph.server.problems import Busy, ReleaseChanged
from asoen_graph.server.settings import Settings
from asoen_graph.server.waiting import FairQueue, QueueFull

MOMENT_SECONDS = 0.1
"""A request that takes longer gets a worker beside the regular ones."""

_PATIENCE_SECONDS = 1.0
"""A request that takes longer still gives way to all others."""

_RESTART_SECONDS = 0.1
_LONGEST_RESTART_SECONDS = 5.0
_MOST_DOUBLINGS = 10
_ATTEMPTS = 5
"""How many workers a request is given, where those before ended for no reason of its own."""

log = logging.getLogger("asoen.workers")


class Pool:
    """Workers, and the requests they work on."""

    def __init__(
        self,
        settings: Settings,
        fates: Fates | None = None,
        changed: Callable[[], None] = lambda: None,
        ahead: HeadStart | None = None,
    ) -> None:
        """``changed`` is called where workers cannot be replaced, because the data are others by now.

        ``ahead`` is where the first ones come from, if that has been started already.
        """
        self._changed = changed
        self.fates = fates or Fates()
        self._launcher = launcher(settings, self, ahead)
        self._regular = max(1, settings.workers)
        self._most = 3 * self._regular
        self._workers: dict[int, Worker] = {}
        self._idle: list[Worker] = []
        self._waiting: FairQueue[Job] = FairQueue(settings.queue)
        self._moments: Delay[Job] = Delay(MOMENT_SECONDS, self._lengthen)
        self._patience: Delay[Job] = Delay(_PATIENCE_SECONDS, self._lower)
        self._limit = settings.limits.seconds
        self._deadlines: Delay[Job] = Delay(self._limit, self._expire)
        self._running: Counter[str] = Counter()
        self._serials = itertools.count(1)
        self.when_ripe: Callable[[], None] = lambda: None
        """Called where everything has been made that can be made ahead, for whoever is forked from now on."""
        self._lanes: dict[int, Callable[[int], None]] = {}
        """Who is told the process id of a lane, by its serial number."""
        self._deaths_in_a_row = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._open = False
        self._ripe = asyncio.Event()
        if not settings.fork:
            self._ripe.set()

    async def start(self) -> None:
        """Load the release and launch the workers. Raises ReleaseError where it cannot be loaded."""
        await self._launcher.start()
        self._open = True
        self._heal()

    async def ripen(self, seconds: float) -> None:
        """Wait, so long at most, until workers have all made that can be made ahead of requests."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._ripe.wait(), seconds)

    async def close(self) -> None:
        """End every worker; requests that still wait or run are refused."""
        self._open = False
        for task in self._tasks:
            task.cancel()
        await self._launcher.close()
        for worker in list(self._workers.values()):
            self._bury(worker, Busy(tell("server.shutting-down")))
        self._refuse_waiting(Busy(tell("server.shutting-down")))

    @property
    def is_ready(self) -> bool:
        """Whether a worker is there to take a request."""
        return self._open and any(worker.transport is not None for worker in self._workers.values())

    @property
    def pids(self) -> list[int]:
        """The process ids of the workers that run."""
        return [worker.pid for worker in self._workers.values() if worker.pid]

    @property
    def waiting(self) -> int:
        """How many requests wait for a worker."""
        return len(self._waiting)

    def states(self) -> dict[str, int]:
        """How many workers there are of each state."""
        states = dict.fromkeys(("idle", "busy", "long", "leaving"), 0)
        # A copy, for this is asked from another thread too.
        for worker in list(self._workers.values()):
            if worker.leaving:
                states["leaving"] += 1
            elif worker.job is not None:
                states["long" if worker.job.is_long else "busy"] += 1
            else:
                states["idle"] += 1
        return states

    async def run(self, task: Task, client: str) -> Reply:
        """Have a worker do the task for a client (any name that tells clients apart).

        Raises LimitReached where it takes more time or memory than allowed, Busy where no worker is free in time,
        WorkerFailed where its worker ends for a reason that is not known. Cancelling stops the work.
        """
        loop = asyncio.get_running_loop()
        job = Job(pack_task(task), client, task.seconds, loop.create_future())
        deadline = None
        if task.seconds == self._limit:
            self._deadlines.add(job)
        else:
            deadline = loop.call_later(task.seconds, self._expire, job)
        try:
            if self._idle and not len(self._waiting) and self._may_run(client):
                self._give(job)
            else:
                self._waiting.push(job)
                self._assign()
            return await job.answer
        except QueueFull:
            raise Busy(tell("server.waiting")) from None
        except asyncio.CancelledError:
            self._stop(job, "client left")
            raise
        finally:
            if deadline is None:
                self._deadlines.discard(job)
            else:
                deadline.cancel()

    def launch_lane(self, connection: socket.socket, box: int, started: Callable[[int], None]) -> int:
        """Have a lane forked beside the workers; see ``lanes.lender.Launcher``."""
        if not isinstance(self._launcher, ForkingLauncher):
            raise OSError("lanes are forked")
        serial = next(self._serials)
        self._lanes[serial] = started
        self._launcher.launch_lane(serial, connection, box)
        return serial

    def kill(self, serial: int) -> None:
        """Kill a lane."""
        self._launcher.kill(serial)

    def worker_started(self, serial: int, pid: int) -> None:
        """Note a worker's process id."""
        if (started := self._lanes.get(serial)) is not None:
            started(pid)
            return
        self.fates.started += 1
        if serial in self._workers:
            self._workers[serial].pid = pid

    def worker_gone(self, serial: int, status: int) -> None:
        """Answer for a worker that ended, or find another one for its request, and replace it."""
        self._lanes.pop(serial, None)
        worker = self._workers.get(serial)
        if worker is None:
            return
        if status == RELEASE_CHANGED:
            self._changed()
        if not worker.leaving:
            self._deaths_in_a_row += 1
            log.warning("worker %d ended with status %d", worker.pid, status)
        self.fates.ended[worker.reason or ending(status)] += 1
        self._bury(worker, reason_of(status, worker.job.seconds if worker.job else None))
        if self._deaths_in_a_row > 1:
            # Workers that die as soon as they start would keep the machine busy with starting them.
            delay = _RESTART_SECONDS * 2 ** min(self._deaths_in_a_row, _MOST_DOUBLINGS)
            asyncio.get_running_loop().call_later(min(delay, _LONGEST_RESTART_SECONDS), self._heal)
        else:
            self._heal()
        # Another worker may be idle, for its request or for one of a client that had too many running.
        self._assign()

    def launcher_ripe(self) -> None:
        """Replace the workers by such as have everything made: those that are idle now, the others when they are."""
        self.when_ripe()
        self._ripe.set()
        for worker in self._workers.values():
            worker.is_unripe = True
        for worker in [each for each in self._idle if not each.leaving]:
            self._idle.remove(worker)
            self._dismiss(worker, "unripe")

    def launcher_gone(self) -> None:
        """Start the launcher again; the workers it had are gone with it."""
        log.error("the process that starts workers ended; it is started again")
        for worker in list(self._workers.values()):
            self.fates.ended["launcher lost"] += 1
            self._bury(worker, None)
        self._spawn(self._restart())

    async def _restart(self) -> None:
        delay = _RESTART_SECONDS
        while self._open:
            try:
                await self._launcher.start()
            except (ReleaseError, OSError) as error:
                log.error("the workers cannot be started again: %s", error)
                if isinstance(error, ReleaseChanged):
                    self._refuse_waiting(error)
                    self._changed()
                await asyncio.sleep(delay)
                delay = min(2 * delay, _LONGEST_RESTART_SECONDS)
            else:
                self._heal()
                return

    def _refuse_waiting(self, reason: Exception) -> None:
        while (job := self._waiting.pop(lambda _: True)) is not None:
            fail(job, reason)

    def _heal(self) -> None:
        """Launch workers until the regular ones are complete."""
        while self._open and self._missing() > 0 and len(self._workers) < self._most:
            worker = Worker(next(self._serials))
            self._workers[worker.serial] = worker
            self._spawn(self._launch(worker))

    def _missing(self) -> int:
        return self._regular - sum(worker.is_regular for worker in self._workers.values())

    async def _launch(self, worker: Worker) -> None:
        loop = asyncio.get_running_loop()
        connect = loop.create_unix_connection if hasattr(socket, "AF_UNIX") else loop.create_connection
        try:
            ours, theirs = socket.socketpair()
            ours.setblocking(False)
            self._launcher.launch(worker.serial, theirs)
            worker.transport, _ = await connect(lambda: Conversation(self, worker), sock=ours)
        except OSError as error:
            log.error("no worker could be started: %s", error)
            self._bury(worker, None)
            loop.call_later(_LONGEST_RESTART_SECONDS, self._heal)
            return
        if worker.serial in self._workers:
            # It is still being forked, so those that are there come first.
            self._idle.insert(0, worker)
            self._assign()
        else:
            worker.transport.close()

    def _assign(self) -> None:
        """Give idle workers to those who wait."""
        while self._idle and len(self._waiting):
            job = self._waiting.pop(self._may_run)
            if job is None:
                return
            self._give(job)

    def _give(self, job: Job) -> None:
        """Give a request to an idle worker."""
        worker = self._idle.pop()
        assert worker.transport is not None
        worker.job, job.worker = job, worker
        job.attempts += 1
        self._running[job.client] += 1
        self._moments.add(job)
        self._patience.add(job)
        worker.transport.write(job.frame)

    def _may_run(self, client: str) -> bool:
        return self._running[client] < self._most - 1

    def replied(self, worker: Worker, reply: Reply) -> None:
        """Pass the answer on, and see what the worker is to do next."""
        job = self._release(worker)
        worker.answered += 1
        self._deaths_in_a_row = 0
        if job is not None and not job.answer.done():
            job.answer.set_result(reply)
        # A priority once lowered cannot be raised again, so a worker leaves after a long request.
        if reply.last:
            self._dismiss(worker, "grown")
        elif job is not None and job.gives_way:
            self._dismiss(worker, "long request done")
        elif worker.is_unripe and not worker.leaving:
            self._dismiss(worker, "unripe")
        elif len(self._workers) > self._regular and self._missing() < 0:
            self._dismiss(self._greenest(worker), "surplus")
        elif not worker.leaving:
            self._idle.append(worker)
        self._assign()

    def hung_up(self, worker: Worker) -> None:
        """Note that a worker does not listen any more."""
        # Its end is answered for when its status is known; until then it must not be given anything.
        if worker in self._idle:
            self._idle.remove(worker)

    def _dismiss(self, worker: Worker, reason: str) -> None:
        worker.leaving, worker.reason = True, reason
        if worker.transport is not None:
            worker.transport.close()
        self._heal()

    def _expire(self, job: Job) -> None:
        if job.answer.done():
            return
        if job.worker is None:
            fail(job, Busy(tell("server.no-worker", seconds=job.seconds)))
        else:
            fail(job, out_of_time(job.seconds))
        self._stop(job, "time limit")

    def _lengthen(self, job: Job) -> None:
        job.is_long = True
        self._heal()

    def _lower(self, job: Job) -> None:
        job.gives_way = True
        if job.worker is not None:
            self._launcher.yield_(job.worker.serial)

    def _greenest(self, worker: Worker) -> Worker:
        """Who has answered least, of a worker that is free now and those that were: it becomes one of those."""
        self._idle.append(worker)
        found = min((each for each in self._idle if not each.leaving), key=lambda each: each.answered)
        self._idle.remove(found)
        return found

    def _stop(self, job: Job, reason: str) -> None:
        self._waiting.remove(job)
        worker = job.worker
        if worker is not None and worker.job is job:
            worker.leaving, worker.reason = True, reason
            self._launcher.kill(worker.serial)
            self._heal()

    def _bury(self, worker: Worker, reason: Exception | None) -> None:
        """Forget a worker that has ended; its request fails with the reason, or runs again where there is none."""
        self._workers.pop(worker.serial, None)
        self.hung_up(worker)
        if worker.transport is not None:
            worker.transport.close()
        job = self._release(worker)
        if job is None or job.answer.done():
            return
        if reason is not None:
            fail(job, reason)
        elif job.attempts < _ATTEMPTS:
            job.worker, job.is_long, job.gives_way = None, False, False
            self._waiting.push_first(job)
        else:
            fail(job, Busy(tell("server.killed", attempts=_ATTEMPTS)))

    def _release(self, worker: Worker) -> Job | None:
        job, worker.job = worker.job, None
        if job is not None:
            self._moments.discard(job)
            self._patience.discard(job)
            self._running[job.client] -= 1
            if not self._running[job.client]:
                del self._running[job.client]
        return job

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

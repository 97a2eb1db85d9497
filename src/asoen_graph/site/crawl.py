"""Making every page there is a link to, from the start page on, in several processes where there are several cores.

Addresses that differ in language, form or page alone are a family, such as all of ``/id/lagoon``: they are made from
the same reading, so one process makes them one after the other, and follows the links among them by itself.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from asoen_graph.errors import AsoenError
from asoen_graph.site.addresses import Place, family, place
from asoen_graph.site.inside import Answered, Inside
from asoen_graph.site.pages import Site, Written

_AHEAD: Final = 4
"""So many families are given out for each process, that none ever waits for work."""
_MOST_TOLD: Final = 10

_NONE: Final[Set[str]] = frozenset()

Begin = Callable[[Sequence[str], Set[str]], "Future[list[Made]]"]


class Made(NamedTuple):
    """What became of one address."""

    file: str
    ask: str
    status: int
    leads_to: dict[str, str]
    """The file of each link that the process has not told of before, and the address to make it from."""


@dataclass
class Crawler:
    """Makes files from addresses, and follows what they lead to."""

    inside: Inside
    site: Site
    folder: Path
    own: Mapping[str, Answered]
    """The pages that only such a site has, by the address they are asked for with."""
    others: Mapping[str, Callable[[], bytes]]
    """What makes the files that are no answers to an address, by name; they take as long as many pages."""
    jobs: int = 1
    files: dict[str, str] = field(default_factory=dict)
    """What was made, with the address it was made from; what is made otherwise, with its name."""
    awaited: dict[str, str] = field(default_factory=dict)
    """Files made otherwise that something leads to, with an address that does."""
    _waiting: dict[str, dict[str, str]] = field(default_factory=dict)
    """What is to be made: by family, the address of each file."""
    _kin: dict[str, set[str]] = field(default_factory=dict)
    """The addresses of each family that were made."""
    _found_on: dict[str, str] = field(default_factory=dict)
    """What leads to each file."""
    _told: set[str] = field(default_factory=set)
    """The files that this process has told of, to the one that gives out the work."""

    def run(self, seeds: Iterable[str], step: Callable[[str], None]) -> None:
        """Make the seeds, all they lead to, and the rest. Raises AsoenError where a link leads nowhere."""
        for name in self.others:
            self._note(name, name, "the beginning")
        for seed in seeds:
            found = place(seed, self.site.release)
            if found is not None and found.ask:
                self._note(found.file, found.ask, "the beginning")
        broken: list[str] = []
        running: dict[Future[list[Made]], str] = {}
        with self._makers() as begin:
            while self._waiting or running:
                self._give_out(begin, running)
                for done in wait(running, return_when=FIRST_COMPLETED).done:
                    del running[done]
                    for made in done.result():
                        self._take(made)
                        step(f"{len(self.files):,} files: {made.ask}")
                        if made.status != 200:
                            by = self._found_on[made.file]
                            broken.append(f"{made.ask} (status {made.status}), to which {by} leads")
        if broken:
            more = f"\nand {len(broken) - _MOST_TOLD} more" if len(broken) > _MOST_TOLD else ""
            raise AsoenError(
                f"{len(broken)} links lead nowhere: " + "\n".join(sorted(broken)[:_MOST_TOLD]) + more,
                "This is a mistake in the pages: every link of theirs has to have a file on the site",
            )

    def _give_out(self, begin: Begin, running: dict[Future[list[Made]], str]) -> None:
        """Have families made, as many as the processes will soon need; none by two of them at a time."""
        busy = set(running.values())
        free = (name for name in self._waiting if name not in busy)
        for name in list(islice(free, _AHEAD * self.jobs - len(running))):
            asks = sorted(self._waiting.pop(name).values())
            running[begin(asks, self._kin.get(name, _NONE))] = name

    def _note(self, file: str, ask: str, by: str) -> None:
        """Have a file made, where it is not yet."""
        if file not in self.files:
            self._found_on.setdefault(file, by)
            self._waiting.setdefault(family(ask), {}).setdefault(file, ask)

    def _take(self, made: Made) -> None:
        """What was made waits no more, and what it leads to does."""
        self.files[made.file] = made.ask
        name = family(made.ask)
        self._kin.setdefault(name, set()).add(made.ask)
        waiting = self._waiting.get(name, {})
        if waiting.pop(made.file, None) and not waiting:
            del self._waiting[name]
        for file, ask in made.leads_to.items():
            if ask:
                self._note(file, ask, made.ask)
            else:
                self.awaited.setdefault(file, made.ask)

    @contextmanager
    def _makers(self) -> Iterator[Begin]:
        """What begins to make the addresses of a family."""
        global _crawler
        if self.jobs <= 1:
            yield self._make_now
            return
        _crawler = self
        # Divided off with the release loaded, so that it is loaded once.
        context = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(self.jobs, context, self.inside.divided) as pool:
            try:
                yield lambda asks, kin: pool.submit(_make, asks, kin)
            except BrokenProcessPool as error:
                hint = "There may be too little memory for so many: --jobs 1"
                raise AsoenError("A process that made pages has ended", hint) from error
            finally:
                pool.shutdown(cancel_futures=True)
        _crawler = None

    def _make_now(self, asks: Sequence[str], kin: Set[str]) -> Future[list[Made]]:
        done: Future[list[Made]] = Future()
        done.set_result(self._make(asks, kin))
        return done

    def _make(self, asks: Sequence[str], kin: Set[str]) -> list[Made]:
        """Make addresses of one family, and those of it that they lead to and that are not made; ``kin`` are."""
        name, known, waiting = family(asks[0]), {*asks, *kin}, deque(asks)
        all_made = []
        while waiting:
            made = self._make_one(waiting.popleft())
            for ask in made.leads_to.values():
                if ask not in known and family(ask) == name:
                    known.add(ask)
                    waiting.append(ask)
            new = {file: ask for file, ask in made.leads_to.items() if file not in self._told}
            self._told |= new.keys()
            all_made.append(made._replace(leads_to=new))
        return all_made

    def _make_one(self, ask: str) -> Made:
        if ask in self.others:
            return self._write(ask, ask, Written(self.others[ask]()))
        here = place(ask, self.site.release)
        assert here is not None
        answered = self.own[ask] if ask in self.own else self.inside.get(ask)
        if answered.status != 200:
            return Made(here.file, ask, answered.status, {})
        return self._write(here.file, ask, self._written(here, answered))

    def _write(self, file: str, ask: str, written: Written) -> Made:
        target = self.folder / file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(written.content)
        return Made(file, ask, 200, written.leads_to)

    def _written(self, here: Place, answered: Answered) -> Written:
        if answered.headers.get("content-type", "").startswith("text/html"):
            return self.site.page(here, answered)
        return Written(self.site.without_host(answered.body, here.file))


_crawler: Crawler | None = None


def _make(asks: Sequence[str], kin: Set[str]) -> list[Made]:
    assert _crawler is not None
    return _crawler._make(asks, kin)

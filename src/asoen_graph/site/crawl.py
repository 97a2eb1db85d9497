"""Making every page there is a link to, from the start page on, in several processes where there are several cores."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from asoen_graph.errors import AsoenError
from asoen_graph.site.addresses import Place, place
from asoen_graph.site.inside import Answered, Inside
from asoen_graph.site.pages import Site, Written

_AT_ONCE: Final = 32
_MOST_TOLD: Final = 10


class Made(NamedTuple):
    """What became of one address."""

    ask: str
    status: int
    size: int
    leads_to: dict[str, str]


@dataclass
class Crawler:
    """Makes files from addresses, and follows what they lead to."""

    inside: Inside
    site: Site
    folder: Path
    own: Mapping[str, Answered]
    """The pages that only such a site has, by the address they are asked for with."""
    jobs: int = 1
    files: dict[str, str] = field(default_factory=dict)
    """What was made, with the address it was made from."""
    awaited: dict[str, str] = field(default_factory=dict)
    """Files made otherwise that something leads to, with the first address that does."""

    def run(self, seeds: Iterable[str], step: Callable[[str], None]) -> None:
        """Make the seeds and all they lead to. Raises AsoenError where a link leads nowhere."""
        waiting: dict[str, tuple[str, str]] = {}
        broken: list[str] = []
        for seed in seeds:
            found = place(seed, self.site.release)
            if found is not None and found.ask:
                waiting[found.file] = (found.ask, "the beginning")
        with self._makers() as make:
            while waiting:
                self.files |= {file: ask for file, (ask, _) in waiting.items()}
                following: dict[str, tuple[str, str]] = {}
                from_where = dict(waiting.values())
                for made in make(sorted(ask for ask, _ in waiting.values())):
                    step(f"{len(self.files):,} files: {made.ask}")
                    if made.status != 200:
                        broken.append(f"{made.ask} (status {made.status}), to which {from_where[made.ask]} leads")
                    for file, ask in made.leads_to.items():
                        if not ask:
                            self.awaited.setdefault(file, made.ask)
                        elif file not in self.files:
                            following.setdefault(file, (ask, made.ask))
                waiting = following
        if broken:
            more = f"\nand {len(broken) - _MOST_TOLD} more" if len(broken) > _MOST_TOLD else ""
            raise AsoenError(
                f"{len(broken)} links lead nowhere: " + "\n".join(sorted(broken)[:_MOST_TOLD]) + more,
                "This is a mistake in the pages: every link of theirs has to have a file on the site",
            )

    @contextmanager
    def _makers(self) -> Iterator[Callable[[list[str]], Iterable[Made]]]:
        global _crawler
        if self.jobs <= 1:
            yield lambda asks: map(self._make, asks)
            return
        _crawler = self
        # Divided off with the release loaded, so that it is loaded once.
        with multiprocessing.get_context("fork").Pool(self.jobs, self.inside.divided) as pool:
            yield lambda asks: pool.imap_unordered(_make, asks, chunksize=_AT_ONCE)
        _crawler = None

    def _make(self, ask: str) -> Made:
        here = place(ask, self.site.release)
        assert here is not None
        answered = self.own[ask] if ask in self.own else self.inside.get(ask)
        if answered.status != 200:
            return Made(ask, answered.status, 0, {})
        written = self._written(here, answered)
        target = self.folder / here.file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(written.content)
        return Made(ask, 200, len(written.content), written.leads_to)

    def _written(self, here: Place, answered: Answered) -> Written:
        if answered.headers.get("content-type", "").startswith("text/html"):
            return self.site.page(here, answered)
        return Written(self.site.without_host(answered.body, here.file))


_crawler: Crawler | None = None


def _make(ask: str) -> Made:
    assert _crawler is not None
    return _crawler._make(ask)

"""What whoever starts the server decides: the release, the workers, and the limits on strangers' queries."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from asoen_graph.resources import queries_folder, releases_folder
from asoen_graph.server.datafiles import DataFile

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may cost. A client may lower ``seconds`` for its request, and raise nothing."""

    seconds: float = 30.0
    """From the arrival of the request to its answer."""
    memory: int = 1024 * MEBIBYTE
    """Bytes a worker may use beyond the release it holds."""
    rows: int = 1_000_000
    """Rows or triples of an answer."""
    size: int = 128 * MEBIBYTE
    """Bytes of an answer."""
    body: int = 1 * MEBIBYTE
    """Bytes of a request."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How the server is to run."""

    release: Path = Path()
    """The folder of the release; not looked at where a dataset is given."""
    queries: Path = field(default_factory=queries_folder)
    """The folder of the query catalogue."""
    workers: int = field(default_factory=lambda: available_cores())
    lanes: int = field(default_factory=lambda: available_cores())
    """Processes that answer cheap requests on the connections themselves; see ``lanes``."""
    limits: Limits = field(default_factory=Limits)
    queue: int = 256
    """Requests that may wait for a worker; the next one is told to come back later."""
    cache: int = 64 * MEBIBYTE
    """Bytes of answers the web process keeps; with 0 it keeps none, and equal requests do not share a run."""
    rate: float = 0
    """Requests a second that a client may go on making; 0 for as many as it likes."""
    burst: int = 100
    """Requests a client may make at once, where there is a rate."""
    metrics: bool = True
    """Whether there are metrics at ``/metrics``."""
    fork: bool = hasattr(os, "fork")
    """Fork workers from a process that has loaded the release; where this is false, each worker loads it."""
    releases: Path = field(default_factory=releases_folder)
    """The folder of kept releases."""
    kept: int = 2
    """Kept releases that may be loaded at a time, each with one regular worker."""
    kept_seconds: float = 300.0
    """How long a kept release stays loaded when nobody asks for it."""
    dataset: tuple[DataFile, ...] = ()
    """RDF files to answer from instead of a release."""
    union: bool = False
    """Whether, of files, the default graph is the union of all graphs."""
    outside: tuple[str, ...] = ()
    """The hosts that queries may ask with ``SERVICE`` and fetch graphs from; see ``store.outside``."""
    endpoint: str = ""
    """The address of a SPARQL endpoint that holds the release and is asked instead; empty for an engine of our own."""
    engine: str = ""
    """What the endpoint is (see ``store.engines``); empty where it tells."""
    planning: bool = True
    """Whether queries are planned before the engine gets them; see ``planning``."""
    edition: str | None = None
    """The only edition (see ``edition``) that workers may answer from; ``None`` for the one they find."""

    def resolved(self) -> Settings:
        """The same with the folder of the release in place of a link to it, which may lead elsewhere some day."""
        return self if self.dataset else replace(self, release=self.release.resolve())


def available_cores() -> int:
    """The cores this process may use, which in a container can be fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def packed(settings: Settings) -> dict[str, Any]:
    """What a worker needs to know of the settings, as plain JSON values."""
    folders = {"release": str(settings.release), "queries": str(settings.queries)}
    data = {"dataset": settings.dataset, "union": settings.union, "outside": settings.outside}
    data |= {"endpoint": settings.endpoint, "engine": settings.engine}
    data["planning"] = settings.planning
    return {**folders, **data, "limits": asdict(settings.limits), "edition": settings.edition}


def unpacked(values: Mapping[str, Any]) -> Settings:
    """The settings as far as a worker needs to know them, on the worker's side."""
    return Settings(
        Path(values["release"]),
        Path(values["queries"]),
        limits=Limits(**values["limits"]),
        dataset=tuple(DataFile(*each) for each in values["dataset"]),
        union=values["union"],
        outside=tuple(values["outside"]),
        endpoint=values["endpoint"],
        engine=values["engine"],
        planning=values["planning"],
        edition=values["edition"],
    )

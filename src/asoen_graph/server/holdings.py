"""What a server answers from: a release with its catalogue of queries, or any RDF files.

But for the choice of addresses in ``app``, nothing else in the server asks which of the two it is. The web process
takes the validators and the words about the data from here, a worker the function it answers with. What either needs is
imported by it alone: the graph begins to be loaded before anything else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

from asoen_graph.release import Release
from asoen_graph.server import datafiles
from asoen_graph.server.datafiles import DataFile
from asoen_graph.server.settings import Settings

if TYPE_CHECKING:
    from datetime import datetime

    from asoen_graph.queries.catalogue import Catalogue
    from asoen_graph.server.archive import Archive
    from asoen_graph.server.messages import Reply, Task

_CHECK_SECONDS: Final = 120.0
_PART_FOR_ENDPOINT: Final = 0.95
"""The part of a request's time that an endpoint has, so that there is time left to say that it was too slow."""


class Opened(NamedTuple):
    """What a worker works with."""

    answer: Callable[[Task], Reply]
    """What it answers its tasks with."""
    chores: Iterator[Callable[[], object]]
    """What makes the first answers faster, piece by piece, and can be left undone."""


class Holding(Protocol):
    """What is served. Whatever reads it raises ReleaseError where it cannot be read."""

    @property
    def name(self) -> str:
        """What whoever starts the server is told that it serves."""

    @property
    def version(self) -> str:
        """The version of the release, which every answer names; empty where there is none."""

    @property
    def catalogue(self) -> Catalogue:
        """The queries that have addresses of their own."""

    @property
    def about(self) -> Mapping[str, Any]:
        """What the OpenAPI document says of the data: ``description`` and, where it is known, ``license_info``."""

    @property
    def is_fixed(self) -> bool:
        """Whether the data cannot change while the edition is the same."""

    def check(self) -> None:
        """Look whether everything is there."""

    def verify(self) -> None:
        """Look whether everything there is as it should be, which may take a while."""

    def edition(self) -> str:
        """A digest of all that decides an answer besides its request."""

    def modified(self) -> datetime | None:
        """When it came out, where that is known."""

    def archive(self, releases: Path) -> Archive | None:
        """The release among those that are kept in a folder; ``None`` where it is none."""

    def open(self, settings: Settings) -> Opened:
        """Read everything, for a worker to answer from."""


def holding_of(settings: Settings, begun: Release | None = None) -> Holding:
    """What the settings say is to be served; ``begun`` is its release, where that is being loaded already."""
    if settings.dataset:
        return FileHolding(settings.dataset, is_union=settings.union, is_planned=settings.planning)
    if settings.endpoint:
        return EndpointHolding(settings.release, settings.queries, settings.endpoint, settings.engine)
    return ReleaseHolding(settings.release, settings.queries, begun, is_planned=settings.planning)


class ReleaseHolding:
    """A release and the queries beside it."""

    is_fixed = True
    about: Mapping[str, Any] = {
        "description": "The open knowledge graph of ASEAN environmental cooperation, every fact with its source.\n\n"
        "Every answer names its release in `Asoen-Release` and has an `ETag`; `Asoen-Query` is a hash of what was "
        'asked, `Asoen-Citation` a citation, and `Link` with `rel="cite-as"` the address that gives the same answer '
        "from the same release. Below `/releases/<name>/` every release that is kept has the same routes. Errors are "
        "problem documents (RFC 9457).",
        "license_info": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
    }

    def __init__(self, folder: Path, queries: Path, begun: Release | None = None, *, is_planned: bool = True) -> None:
        self._folder = folder
        self._queries = queries
        self._begun = begun
        self._is_planned = is_planned

    @property
    def name(self) -> str:
        """The folder."""
        return str(self._folder)

    @property
    def version(self) -> str:
        """The version that the manifest tells."""
        return Release.open(self._folder).manifest.version

    @property
    def catalogue(self) -> Catalogue:
        """The queries of the folder of queries."""
        from asoen_graph.queries.catalogue import Catalogue

        return Catalogue.read(self._queries).hold()

    def check(self) -> None:
        """Look whether the files are there that the manifest names."""
        Release.open(self._folder)

    def verify(self) -> None:
        """Hash every file."""
        Release.open(self._folder).verify()

    def edition(self) -> str:
        """A digest of release, queries, templates, code, and whether queries are planned."""
        from asoen_graph.server.edition import edition

        return edition(self._folder, self._queries, is_planned=self._is_planned)

    def modified(self) -> datetime | None:
        """When the release came out."""
        from asoen_graph.server.validators import last_modified

        return last_modified(Release(self._folder))

    def archive(self, releases: Path) -> Archive:
        """The release and those that are kept."""
        from asoen_graph.server.archive import Archive

        return Archive(self._folder, releases)

    def open(self, settings: Settings) -> Opened:
        """Load the release, and answer every operation."""
        # Reading the graph takes longest, and goes on beside the imports.
        release = self._begun or Release(self._folder)
        release.begin_loading()
        release.check()
        # The engine is loaded by who answers, not by who only wants to know what is there.
        from asoen_graph.server.library import Library
        from asoen_graph.server.operations import OPERATIONS, answerer, imports

        # What this imports is asked for again as soon as the release is loaded.
        self.edition()
        library = Library.of(
            release, self._queries, settings.outside, is_planned=self._is_planned, releases=settings.releases
        )
        return Opened(answerer(library, settings.limits, OPERATIONS), chain(imports(), library.chores()))


class EndpointHolding(ReleaseHolding):
    """A release that a server of another make holds; its files say which it is, and give what is no query."""

    is_fixed = False

    def __init__(self, folder: Path, queries: Path, endpoint: str, engine: str) -> None:
        super().__init__(folder, queries)
        self._endpoint = endpoint
        self._engine = engine

    @property
    def name(self) -> str:
        """The folder, and who is asked."""
        return f"{self._folder}, held by {self._endpoint},"

    def verify(self) -> None:
        """Hash every file, and look whether the endpoint holds this release: its counts, and facts here and there."""
        from asoen_graph.server.holding_elsewhere import compare, endpoint_of

        super().verify()
        compare(Release.open(self._folder), endpoint_of(self._endpoint, self._engine, _CHECK_SECONDS))

    def edition(self) -> str:
        """A digest of release, endpoint, queries, templates and code."""
        from asoen_graph.server.edition import edition_of

        manifest = Release(self._folder).manifest.to_json()
        return edition_of(f"{manifest}{self._endpoint} {self._engine}".encode(), (self._queries, "*.rq"))

    def open(self, settings: Settings) -> Opened:
        """Read the names and the vocabulary, and answer every operation."""
        from asoen_graph.server.holding_elsewhere import endpoint_of
        from asoen_graph.server.library import Library
        from asoen_graph.server.operations import OPERATIONS, answerer, imports

        endpoint = endpoint_of(self._endpoint, self._engine, settings.limits.seconds, settings.limits.memory // 2)
        library = Library.ask(self._folder, self._queries, endpoint)
        answer = answerer(library, settings.limits, OPERATIONS)

        def in_time(task: Task) -> Reply:
            endpoint.allow(task.seconds * _PART_FOR_ENDPOINT)
            return answer(task)

        return Opened(in_time, chain(imports(), library.chores()))


class FileHolding:
    """Any RDF files: SPARQL and whole graphs, and nothing that needs to know what the data are about."""

    version = ""
    is_fixed = True
    about: Mapping[str, Any] = {
        "description": "SPARQL and whole graphs over RDF files.\n\n"
        "Every answer has an `ETag`; `Asoen-Query` is a hash of what was asked. Errors are problem documents "
        "(RFC 9457)."
    }

    def __init__(self, files: tuple[DataFile, ...], *, is_union: bool = False, is_planned: bool = True) -> None:
        self._files = files
        self._is_union = is_union
        self._is_planned = is_planned

    @property
    def name(self) -> str:
        """The files, or how many they are."""
        return self._files[0].path if len(self._files) == 1 else f"{len(self._files)} files"

    @property
    def catalogue(self) -> Catalogue:
        """None: the queries are about a release."""
        from asoen_graph.queries.catalogue import Catalogue

        return Catalogue({})

    def check(self) -> None:
        """Look whether the files are there and in forms that are read."""
        for file in self._files:
            file.check()

    verify = check

    def edition(self) -> str:
        """A digest of files, templates, code, and how queries are answered from them."""
        from asoen_graph.server.edition import edition_of

        return edition_of(f"{datafiles.digest(self._files)} {self._is_union} {self._is_planned}".encode())

    def modified(self) -> None:
        """Not known: when a file was last written says nothing of what is in it."""

    def archive(self, releases: Path) -> None:
        """None: files are no release."""

    def open(self, settings: Settings) -> Opened:
        """Read the files, and answer what can be answered from any data."""
        from asoen_graph.server.library import FileLibrary
        from asoen_graph.server.operations import answerer
        from asoen_graph.server.operations.files import OPERATIONS

        library = FileLibrary.open(
            self._files, is_union=self._is_union, hosts=settings.outside, is_planned=self._is_planned
        )
        return Opened(answerer(library, settings.limits, OPERATIONS), iter((library.pages.compile,)))

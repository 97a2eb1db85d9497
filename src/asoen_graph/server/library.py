"""Everything a worker answers from, read once before the workers are forked: a release, or any RDF files.

Only what the first answer to a query needs is imported and made before that; see ``zygote``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from pyoxigraph import NamedNode, RdfFormat, Store

from asoen_graph.errors import ReleaseError
from asoen_graph.fulltext import functions
from asoen_graph.patterns import Patterns
from asoen_graph.queries.catalogue import Catalogue
from asoen_graph.release import DERIVED, QUADS_FILE, TRIG_FILE, Release, digest
from asoen_graph.serialization import write_rdf
from asoen_graph.server.datafiles import DataFile
from asoen_graph.server.forms import DATASETS
from asoen_graph.server.latest import Latest
from asoen_graph.server.negotiation import LANGUAGES
from asoen_graph.server.pages import Pages
from asoen_graph.server.problems import release_changed
from asoen_graph.store import GraphStore
from asoen_graph.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from asoen_graph.answers.sheet import Sheet
    from asoen_graph.diff import Comparisons
    from asoen_graph.entities.lens import Lens
    from asoen_graph.entities.register import Register
    from asoen_graph.entities.shelf import Shelf
    from asoen_graph.network.measures.computing import Measured
    from asoen_graph.network.model import Network
    from asoen_graph.report.model import QualityReport
    from asoen_graph.search import SearchIndex
    from asoen_graph.store.outside import Outside
    from asoen_graph.store.remote import RemoteStore
    from asoen_graph.vocabulary import Vocabulary

_HELD: Final = 2
"""One in two languages; a worker that grows by what it holds leaves (see ``worker``)."""
_FILES: Final = {"trig": TRIG_FILE, "nq": QUADS_FILE}


class Collection(Protocol):
    """What SPARQL and whole graphs are answered from, whatever the data are about."""

    @property
    def graph(self) -> Patterns:
        """For reading by patterns."""

    @property
    def store(self) -> GraphStore:
        """The same, for SPARQL."""

    def whole(self, format: str) -> bytes:
        """The whole dataset as ``trig`` or ``nq``."""


class Library:
    """A release with all that is derived from it, each part when it is first asked for.

    What is read from files is read at once, for they may be others later.
    """

    def __init__(
        self,
        release: Release,
        graph: Patterns,
        store: GraphStore,
        catalogue: Catalogue,
        pages: Pages,
        *,
        is_remote: bool = False,
        releases: Path | None = None,
    ) -> None:
        self.release = release
        self.graph = graph
        """For reading by patterns: the engine's own store, or a reader of an endpoint."""
        self.store = store
        """The same, for SPARQL."""
        self.catalogue = catalogue
        self.pages = pages
        self.is_remote = is_remote
        """Whether an endpoint holds the graph."""
        self._releases = releases
        self._registers: dict[str, Register] = {}
        self.networks: Latest[Network] = Latest(_HELD)
        """The networks that were asked for last."""
        self.sheets: Latest[Sheet] = Latest(_HELD)
        """The answers to queries of the catalogue that were asked for last."""
        self.measures: Latest[Measured] = Latest(_HELD)
        """The measures of networks that were asked for last."""

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The ontology of the release."""
        from asoen_graph.vocabulary import Vocabulary

        return Vocabulary.of_store(self.graph)

    @cached_property
    def shelf(self) -> Shelf:
        """What cards have read before."""
        from asoen_graph.entities.shelf import Shelf

        return Shelf(self.graph, self.vocabulary)

    @cached_property
    def search(self) -> SearchIndex:
        """The names of all entities."""
        from asoen_graph.search import SearchIndex

        return SearchIndex.of(self.graph)

    def register(self, language: str) -> Register:
        """What lists are made of in a language."""
        found = self._registers.get(language)
        if found is None:
            from asoen_graph.entities.register import Register

            found = Register(self.graph, self.vocabulary, language, self.search.entities, self.shelf)
            self._registers[language] = found
        return found

    def lens(self, language: str) -> Lens:
        """What cards are made with in a language."""
        from asoen_graph.entities.lens import Lens

        return Lens(self.graph, self.vocabulary, language, self.release.places, self.shelf)

    @cached_property
    def comparisons(self) -> Comparisons:
        """What changed between releases that were asked for."""
        from asoen_graph.diff import Comparisons

        return Comparisons()

    @cached_property
    def report(self) -> QualityReport:
        """How good the data are, beside the kept release before. Raises ReleaseError."""
        from asoen_graph.report import previous_release, quality_report

        return quality_report(self.release, previous_release(self.release, self._releases), self.comparisons)

    @property
    def release_id(self) -> tuple[str, str]:
        """The hash of the release's files, and its version."""
        return self.release.manifest.hash, self.release.manifest.version

    def chores(self) -> Iterator[Callable[[], object]]:
        """What makes every part, piece by piece: for a process that workers are forked from, and has time."""
        yield lambda: len(self.release.places)
        yield lambda: (self.vocabulary.chains, self.vocabulary.characteristics)
        yield lambda: self.search
        for tag in LANGUAGES:
            yield lambda tag=tag: self.register(tag).by_slug  # type: ignore[misc]
        yield self.pages.compile
        for name in self.catalogue:
            yield lambda name=name: self.catalogue[name]  # type: ignore[misc]

    @classmethod
    def open(cls, folder: Path, queries: Path, hosts: Sequence[str] = (), *, is_planned: bool = True) -> Library:
        """Read a release and a query catalogue; queries may ask the hosts (see ``store.outside``) and are planned.

        Raises ReleaseError or QueryError where one is missing or broken.
        """
        return cls.of(Release.open(folder, begin=True), queries, hosts, is_planned=is_planned)

    @classmethod
    def of(
        cls,
        release: Release,
        queries: Path,
        hosts: Sequence[str] = (),
        *,
        is_planned: bool = True,
        releases: Path | None = None,
    ) -> Library:
        """The same for a release that is open already, and perhaps being loaded.

        ``releases`` is the folder of kept releases, where it is not the usual one.
        """
        release.begin_loading()
        # What there is to do without the graph is done while it is loaded.
        catalogue, pages = _catalogue(release, queries), Pages()
        graph = release.store()
        made: list[Library] = []
        store = EmbeddedStore(graph, functions(graph, lambda: made[0].search), _outside(hosts), is_planned=is_planned)
        made.append(cls(release, graph, store, catalogue, pages, releases=releases))
        return made[0]

    @classmethod
    def ask(cls, folder: Path, queries: Path, endpoint: RemoteStore) -> Library:
        """The same with the graph in an endpoint: names and vocabulary are read from it now, the rest when asked for.

        Raises StoreError too, where the endpoint fails.
        """
        from asoen_graph.store.reading import RemoteQuads

        release = Release.open(folder)
        library = cls(release, RemoteQuads(endpoint), endpoint, _catalogue(release, queries), Pages(), is_remote=True)
        _ = library.vocabulary, [library.register(tag).by_slug for tag in LANGUAGES]
        return library

    def whole(self, format: str) -> bytes:
        """The file of the release that has that form."""
        return self.file(_FILES[format])

    def file(self, name: str) -> bytes:
        """A file of the release. Raises ReleaseChanged where it is not the one any more that was there at first."""
        content = self.release.read(name)
        is_there = name not in DERIVED or (self.release.folder / name).exists()
        if is_there and digest(content) != self.release.manifest.files[name]:
            raise release_changed()
        return content


@dataclass(frozen=True, slots=True)
class FileLibrary:
    """RDF files, read into one dataset."""

    graph: Store
    store: EmbeddedStore
    pages: Pages

    @classmethod
    def open(
        cls,
        files: Sequence[DataFile],
        *,
        is_union: bool = False,
        hosts: Sequence[str] = (),
        is_planned: bool = True,
    ) -> FileLibrary:
        """Read files; with ``is_union`` the default graph is the union of all. Queries as for a release.

        Raises ReleaseError where a file cannot be read or is not what its name says.
        """
        # Memory that glibc hands out in a thread stays compact, which makes every later query faster.
        with ThreadPoolExecutor(1) as loader:
            graph = loader.submit(_read, files).result()
        store = EmbeddedStore(graph, functions(graph), _outside(hosts), is_union=is_union, is_planned=is_planned)
        return cls(graph, store, Pages())

    def whole(self, format: str) -> bytes:
        """Every quad, sorted."""
        return write_rdf(sorted(self.graph, key=str), DATASETS[format])

    def names(self) -> list[str]:
        """The IRIs of the named graphs, sorted."""
        return sorted(graph.value for graph in self.graph.named_graphs() if isinstance(graph, NamedNode))


def _catalogue(release: Release, queries: Path) -> Catalogue:
    """The queries, with all read that each worker would read otherwise, from files that may be others by then."""
    _ = release.places
    return Catalogue.read(queries).hold()


def _outside(hosts: Sequence[str]) -> Outside | None:
    if not hosts:
        return None
    from asoen_graph.store.outside import Outside

    return Outside(hosts)


def _read(files: Iterable[DataFile]) -> Store:
    store = Store()
    for file in files:
        file.check()
        graph = NamedNode(file.graph) if file.graph is not None else None
        if graph is not None:
            # A file without a triple is a graph too.
            store.add_graph(graph)
        try:
            store.bulk_load(
                path=file.path,
                format=RdfFormat.from_extension(Path(file.path).suffix.lower().removeprefix(".")),
                base_iri=file.graph,
                to_graph=graph,
            )
        except (OSError, SyntaxError, ValueError) as error:
            relative = file.graph is None and "absolute IRI" in str(error)
            hint = f"Relative IRIs need a base: name its graph, {file.path}=IRI" if relative else ""
            raise ReleaseError(f"{file.path} cannot be read: {error}", hint) from error
    return store

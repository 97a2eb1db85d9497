"""Everything a worker answers from, read once before the workers are forked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Store

from asoen_graph.entities.register import Register
from asoen_graph.fulltext import functions
from asoen_graph.queries.catalogue import Catalogue
from asoen_graph.release import Release
from asoen_graph.search import SearchIndex
from asoen_graph.server.negotiation import LANGUAGES
from asoen_graph.server.pages import Pages
from asoen_graph.store.embedded import EmbeddedStore
from asoen_graph.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Library:
    """A release with all that is derived from it."""

    release: Release
    graph: Store
    """The engine's own store, for reading by patterns."""
    store: EmbeddedStore
    """The same, for SPARQL."""
    vocabulary: Vocabulary
    catalogue: Catalogue
    search: SearchIndex
    pages: Pages
    registers: Mapping[str, Register]
    """What lists are made of, by language."""

    def register(self, language: str) -> Register:
        """What lists are made of in a language."""
        return self.registers[language]

    @property
    def release_id(self) -> tuple[str, str]:
        """The hash of the release's files, and its version."""
        return self.release.manifest.hash, self.release.manifest.version

    @classmethod
    def open(cls, folder: Path, queries: Path) -> Library:
        """Read a release and a query catalogue. Raises ReleaseError or QueryError where one is missing or broken."""
        release = Release.open(folder)
        graph = release.store()
        catalogue = Catalogue.read(queries)
        # Read here what would otherwise be read by each worker, from files that may be others by then.
        _ = release.places, [catalogue[name] for name in catalogue]
        vocabulary, search = release.vocabulary, SearchIndex.of(graph)
        registers = {tag: Register(graph, vocabulary, tag, search.entities) for tag in LANGUAGES}
        for register in registers.values():
            _ = register.by_slug
        return cls(
            release=release,
            graph=graph,
            store=EmbeddedStore(graph, functions(graph, lambda: search)),
            vocabulary=vocabulary,
            catalogue=catalogue,
            search=search,
            pages=Pages(),
            registers=registers,
        )

"""A release as its readers see it: an immutable folder of the whole graph, described by a manifest.

=============== =========================================================================================
manifest.json   name, version, licence, counts, and the SHA-256 and size of every other file
asoen.nq        the graph: canonical N-Quads, one quad a line, lines sorted by their bytes
asoen.trig      the same quads as TriG, for people
places.tsv      where each fact stands in the curated data: IRI of the fact, a tab, ``path:line``
description.ttl what the data are and how much of what there is, with the catalogue's queries (DCAT, VoID)
=============== =========================================================================================

Nothing in it tells when, where or by whom it was built: the same curated data give the same bytes.

A *kept* release is the same with its files compressed (``asoen.nq.xz`` …) and without ``asoen.trig``, which follows
from the quads. It opens, and verifies, like any other.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple

from asoen_graph.errors import ReleaseError
from asoen_graph.fact_places import FactPlaces
from asoen_graph.iris import BASE, DCTERMS

if TYPE_CHECKING:
    from pyoxigraph import Store

    from asoen_graph.vocabulary import Vocabulary

QUADS_FILE: Final = "asoen.nq"
TRIG_FILE: Final = "asoen.trig"
PLACES_FILE: Final = "places.tsv"
DESCRIPTION_FILE: Final = "description.ttl"
MANIFEST_FILE: Final = "manifest.json"

PACKED: Final = ".xz"
"""What the name of a compressed file of a kept release ends in."""
DERIVED: Final = frozenset({TRIG_FILE})
"""The files a kept release leaves out."""

_REBUILD: Final = "Build it again with `asoen build`"


class Counts(NamedTuple):
    """How much a release holds. Classes, sources and statuses go by key or slug."""

    entities: int
    """Entities of the register; relation nodes are counted apart."""
    entities_by_class: Mapping[str, int]
    """Entities and relation nodes by the class the register gives them."""
    relations: int
    facts: int
    facts_by_source: Mapping[str, int]
    facts_by_status: Mapping[str, int]
    sources: int
    inferred: int
    default_graph: int
    """Triples of the default graph."""
    quads: int
    """Quads of all graphs together, the default graph included."""


class FileDigest(NamedTuple):
    """What a file of a release must be: SHA-256 in hex, size in bytes."""

    sha256: str
    bytes: int


class Manifest(NamedTuple):
    """What a release says of itself. ``hash`` names its facts, whatever version they carry (see ``content_hash``)."""

    name: str
    version: str
    license: str
    hash: str
    counts: Counts
    files: Mapping[str, FileDigest]

    @classmethod
    def from_json(cls, text: str) -> Manifest:
        """Read a manifest. Raises ReleaseError where the text is no manifest."""
        import json

        try:
            found: dict[str, Any] = json.loads(text)
            return cls(
                name=found["name"],
                version=found["version"],
                license=found["license"],
                hash=found["hash"],
                counts=Counts(**found["counts"]),
                files={name: FileDigest(**digest) for name, digest in found["files"].items()},
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ReleaseError(f"The manifest of the release cannot be read ({error})", _REBUILD) from error

    def to_json(self) -> str:
        """The manifest as JSON, with a line end."""
        import json

        files = {name: digest._asdict() for name, digest in self.files.items()}
        content = {**self._asdict(), "counts": self.counts._asdict(), "files": files}
        return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def content_hash(files: Mapping[str, FileDigest]) -> str:
    """One SHA-256 for all files but the description, which tells the version and the queries of the day.

    It is taken over lines ``<sha256>  <name>``, as ``sha256sum`` writes them, sorted by name.
    """
    import hashlib

    lines = "".join(f"{files[name].sha256}  {name}\n" for name in sorted(files) if name != DESCRIPTION_FILE)
    return hashlib.sha256(lines.encode()).hexdigest()


class Release:
    """A release folder, opened; its parts are read when first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._starting = threading.Lock()
        self._loading: _Loading | None = None

    @classmethod
    def open(cls, folder: Path, *, begin: bool = False) -> Release:
        """Read the manifest and look for the files it names, without reading these.

        ``begin`` starts to load the graph before all that. Raises ReleaseError where the folder is no release or a file
        is missing or of another size.
        """
        release = cls(folder)
        if begin:
            release.begin_loading()
        release.check()
        return release

    def check(self) -> None:
        """Look for the files that the manifest names. Raises ReleaseError as ``open`` does."""
        for name, expected in self.manifest.files.items():
            path = self.folder / name
            there = path.is_file() and path.stat().st_size == expected.bytes
            if not there and not self._keeps(name):
                raise ReleaseError(f"{path} is missing or not what the manifest says", _REBUILD)

    @cached_property
    def manifest(self) -> Manifest:
        """What the release says of itself. Raises ReleaseError where it cannot be read."""
        try:
            return Manifest.from_json((self.folder / MANIFEST_FILE).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise ReleaseError(f"There is no readable release in {self.folder}", "Run `asoen build` first") from error

    def verify(self) -> None:
        """Hash every file there is. Raises ReleaseError where one is not what the manifest says.

        What a kept release leaves out is written anew by the engine of the day, whose style may be another.
        """
        for name, expected in self.manifest.files.items():
            is_there = name not in DERIVED or (self.folder / name).exists()
            if is_there and self._digest(name) != expected:
                raise ReleaseError(f"{self.folder / name} is not what the manifest says", _REBUILD)
        if content_hash(self.manifest.files) != self.manifest.hash:
            raise ReleaseError(f"The hash in {self.folder / MANIFEST_FILE} is not that of its files", _REBUILD)

    def begin_loading(self) -> None:
        """Start to load the graph while other things are done; ``store()`` then waits only for the rest of it."""
        with self._starting:
            if self._loading is None:
                self._loading = _Loading(self.folder / QUADS_FILE)
                self._loading.start()

    def store(self) -> Store:
        """The whole graph in memory, loaded on the first call. Raises ReleaseError where the quads cannot be read."""
        self.begin_loading()
        assert self._loading is not None
        return self._loading.result()

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The ontology the release carries."""
        from asoen_graph.vocabulary import Vocabulary

        return Vocabulary.of_store(self.store())

    @cached_property
    def places(self) -> Mapping[str, str]:
        """IRI of a fact → ``path:line`` in the curated data it was built from."""
        return FactPlaces(self.read(PLACES_FILE))

    @cached_property
    def day(self) -> date | None:
        """The day the release came out, by its own description; ``None`` where that does not say."""
        if DESCRIPTION_FILE not in self.manifest.files:
            return None
        from pyoxigraph import Literal, NamedNode, RdfFormat, parse

        dataset, issued = NamedNode(BASE + "dataset"), NamedNode(DCTERMS + "issued")
        try:
            quads = parse(self.read(DESCRIPTION_FILE), format=RdfFormat.TURTLE)
            # The description begins with the dataset, so little of it is read.
            found = next((each.object for each in quads if (each.subject, each.predicate) == (dataset, issued)), None)
            return date.fromisoformat(found.value) if isinstance(found, Literal) else None
        except (ReleaseError, SyntaxError, ValueError):
            return None

    def read(self, name: str) -> bytes:
        """The content of a file of the release, which in a kept one is unpacked or follows from the quads.

        Raises ReleaseError where it cannot be read.
        """
        path = self.folder / name
        try:
            if path.exists() or not self._keeps(name):
                return path.read_bytes()
            if name in DERIVED:
                from asoen_graph.serialization import trig_of

                return trig_of(self.read(QUADS_FILE))
            with open_packed(path) as file:
                return file.read()
        except OSError as error:
            raise ReleaseError(f"{path} cannot be read: {error.strerror or error}", _REBUILD) from error

    def _digest(self, name: str) -> FileDigest:
        """The digest of a file, which is not held in memory where it lies there as it is."""
        import hashlib

        path = self.folder / name
        if not path.exists():
            return digest(self.read(name))
        try:
            with path.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
                return FileDigest(found, file.tell())
        except OSError as error:
            raise ReleaseError(f"{path} cannot be read: {error.strerror or error}", _REBUILD) from error

    def _keeps(self, name: str) -> bool:
        """Whether this is a kept release that has the file compressed, or the quads it follows from."""
        kept = QUADS_FILE if name in DERIVED else name
        return (self.folder / (kept + PACKED)).is_file()


class _Loading(threading.Thread):
    """Loads a graph in a thread of its own.

    The engine lets Python go on meanwhile; and memory that glibc hands out in a thread stays compact, which makes every
    later query faster.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(name="load-release")
        self._path = path
        self._store: Store | None = None
        self._failure: Exception | None = None

    def run(self) -> None:
        from pyoxigraph import RdfFormat, Store

        store = Store()
        try:
            # Lenient: what a release holds was checked when it was built.
            if self._path.exists():
                store.bulk_load(path=str(self._path), format=RdfFormat.N_QUADS, lenient=True)
            else:
                # As fast, for unpacking is what takes the time; and no room for a million quads is asked for at once,
                # which a worker with a limit on its memory has not got: it is who compares with an earlier release.
                with open_packed(self._path) as file:
                    store.load(input=file, format=RdfFormat.N_QUADS, lenient=True)
            self._store = store
        except (OSError, SyntaxError, MemoryError) as error:
            self._failure = error

    def result(self) -> Store:
        """The loaded graph, once it is. Raises ReleaseError where it cannot be read."""
        self.join()
        if self._store is None:
            raise ReleaseError(f"{self._path} cannot be read: {self._failure}", _REBUILD) from self._failure
        return self._store


@contextmanager
def open_quads(folder: Path) -> Iterator[IO[bytes]]:
    """The quads of a release as lines, read one by one. Raises ReleaseError where they cannot be read."""
    path = folder / QUADS_FILE
    try:
        if path.exists():
            with path.open("rb") as file:
                yield file
        else:
            with open_packed(path) as file:
                yield file
    except OSError as error:
        raise ReleaseError(f"{path} cannot be read: {error.strerror or error}", _REBUILD) from error


@contextmanager
def open_packed(path: Path) -> Iterator[IO[bytes]]:
    """The content of a file of a kept release, unpacked as it is read. Raises OSError where it is broken."""
    import lzma  # only kept releases need it

    try:
        with lzma.open(path.with_name(path.name + PACKED)) as file:
            yield file
    except (lzma.LZMAError, EOFError) as error:
        raise OSError(f"{path.name + PACKED} is broken: {error}") from error


def digest(content: bytes) -> FileDigest:
    """The digest of a file with that content."""
    import hashlib  # only builders and verifiers hash, and readers start often

    return FileDigest(hashlib.sha256(content).hexdigest(), len(content))

"""RDF files that a server is told to answer from: which they are, what graph each is, and their digest.

The web process knows no more of them than this; a worker reads them (see ``library.FileLibrary``).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from asoen_graph.errors import ReleaseError

TRIPLES: Final = (".ttl", ".nt", ".rdf", ".xml", ".jsonld")
DATASETS: Final = (".trig", ".nq")
"""The endings of files that name the graphs themselves."""

_NAMED: Final = re.compile(r"(?P<path>.+)=(?P<graph>[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]*)")
_CHUNK: Final = 1 << 20


class DataFile(NamedTuple):
    """A file, and the IRI of the graph it is; without one it is (part of) the default graph."""

    path: str
    graph: str | None = None

    @classmethod
    def parse(cls, text: str) -> DataFile:
        """Read what is typed: ``FILE`` or ``FILE=IRI``. A file that has such a name itself is that file."""
        found = None if Path(text).exists() else _NAMED.fullmatch(text)
        return cls(found["path"], found["graph"]) if found else cls(text)

    def check(self) -> None:
        """Raise ReleaseError where there is no such file, or its name does not tell a form of RDF that fits."""
        path = Path(self.path)
        ending = path.suffix.lower()
        if ending not in (*TRIPLES, *DATASETS):
            raise ReleaseError(
                f"The name of {path} does not tell which form of RDF it has",
                f"Files end in one of {' '.join((*TRIPLES, *DATASETS))}; FILE=IRI, with a whole IRI, names the graph",
            )
        if ending in DATASETS and self.graph is not None:
            raise ReleaseError(f"{path} names its graphs itself", f"Leave out ={self.graph}")
        if self.graph is not None and not _is_iri(self.graph):
            raise ReleaseError(f"{self.graph} is no IRI", "Write a whole one, https://…")
        if not path.is_file():
            raise ReleaseError(f"There is no file {path}")


def _is_iri(text: str) -> bool:
    # Whoever only reads the settings does without the engine.
    from pyoxigraph import NamedNode

    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def digest(files: Iterable[DataFile]) -> str:
    """SHA-256 in hex of the files' contents, forms and graphs, in their order. Raises ReleaseError."""
    parts = hashlib.sha256()
    for file in files:
        about = f"{Path(file.path).suffix.lower()}\n{file.graph or ''}\n"
        parts.update(hashlib.sha256(about.encode()).digest() + _digest_of(Path(file.path)))
    return parts.hexdigest()


def _digest_of(path: Path) -> bytes:
    found = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                found.update(chunk)
    except OSError as error:
        raise ReleaseError(f"{path} cannot be read: {error.strerror}") from error
    return found.digest()

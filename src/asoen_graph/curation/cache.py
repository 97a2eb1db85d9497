"""Keeping the readings of files that have not changed.

A reading depends on the bytes of the file, on what the ontology says, and on this code; the three are hashed into the
key of a cache entry. An entry that is broken or has another key is as good as none.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
from pathlib import Path

from asoen_graph.curation.reading import Reading
from asoen_graph.vocabulary import Class, Property, Term, Vocabulary

_DIGEST = 32


class ReadingCache:
    """A folder with one entry for each curated file; without a folder nothing is kept."""

    def __init__(self, folder: Path | None, vocabulary: Vocabulary) -> None:
        self._folder = folder
        self._context = _context(vocabulary) if folder else b""

    def get(self, path: str, data: bytes) -> Reading | None:
        """The reading kept for a file with these bytes."""
        if self._folder is None:
            return None
        try:
            entry = self._entry(path).read_bytes()
        except OSError:
            return None
        key, digest, payload = entry[:_DIGEST], entry[_DIGEST : 2 * _DIGEST], entry[2 * _DIGEST :]
        if key != self._key(data) or digest != _hash(payload):
            return None
        reading = pickle.loads(payload)  # noqa: S301 - our own file, whole as its digest shows
        return reading if isinstance(reading, Reading) else None

    def put(self, path: str, data: bytes, reading: Reading) -> None:
        """Keep the reading of a file; a folder that cannot be written is no reason to fail."""
        if self._folder is None:
            return
        payload = pickle.dumps(reading, protocol=5)
        entry = self._entry(path)
        aside = entry.with_name(f"{entry.name}.{os.getpid()}")
        try:
            entry.parent.mkdir(parents=True, exist_ok=True)
            aside.write_bytes(self._key(data) + _hash(payload) + payload)
            aside.replace(entry)
        except OSError:
            self._folder = None

    def _entry(self, path: str) -> Path:
        assert self._folder is not None
        return self._folder / f"{_hash(path.encode()).hex()[:24]}.reading"

    def _key(self, data: bytes) -> bytes:
        return _hash(self._context + data)


def _context(vocabulary: Vocabulary) -> bytes:
    hashed = hashlib.sha256(sys.version.encode())
    package = Path(__file__).resolve().parents[1]
    for module in (*sorted(package.glob("*.py")), *sorted(package.glob("curation/*.py"))):
        hashed.update(module.read_bytes())
    terms = (vocabulary.classes.values(), vocabulary.properties.values(), *vocabulary.concepts.values())
    for group in terms:
        for term in group:
            hashed.update(_said_of(term).encode())
    return hashed.digest()


def _said_of(term: Term) -> str:
    ancestors = sorted(term.ancestors) if isinstance(term, Class) else []
    labels = sorted(term.labels.items())
    return f"{term!r}{ancestors}{labels}{isinstance(term, Property)}"


def _hash(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()

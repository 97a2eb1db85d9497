"""Verdicts of SHACL core, kept from one check to the next.

The verdict on a unit (an entity, or a document with its facts) is kept with a digest of all it rests on. Which shapes,
ontology, code and engines it was reached with is hashed too; verdicts reached with others are as good as none.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Final

from asoen_graph.build.constraints import Violation

FILE: Final = "verdicts.pickle"
_DIGEST: Final = 32
_ENGINES: Final = ("pyoxigraph", "pyrudof")
"""What judges: another version may judge otherwise."""


def digest_of(*lines: str) -> bytes:
    """A digest of lines of text."""
    return hashlib.blake2b("\n".join(lines).encode(), digest_size=16).digest()


class Verdicts:
    """What is known of each unit; without a folder nothing is kept."""

    def __init__(self, folder: Path | None, files: Iterable[Path] = ()) -> None:
        """``files`` are what verdicts are reached with, beside this code."""
        self._path = None if folder is None else folder / FILE
        self._context = _context(files) if folder else b""
        self._known: dict[str, tuple[bytes, tuple[Violation, ...]]] = self._read()
        self._is_new = False

    def missing(self, keys: Mapping[str, bytes]) -> set[str]:
        """The units whose verdict is not known."""
        return {unit for unit, key in keys.items() if self._known.get(unit, (b"",))[0] != key}

    def add(self, keys: Mapping[str, bytes], judged: Iterable[str], found: Mapping[str, list[Violation]]) -> None:
        """Take in the verdicts on some units, with the violations in ``found``; units not in ``keys`` are forgotten."""
        for unit in judged:
            self._known[unit] = keys[unit], tuple(found.get(unit, ()))
        self._known = {unit: self._known[unit] for unit in keys}
        self._is_new = True

    def violations(self, keys: Iterable[str]) -> Iterator[Violation]:
        """The violations of units whose verdict is known."""
        for unit in keys:
            yield from self._known[unit][1]

    def keep(self) -> None:
        """Write what is known; a folder that cannot be written is no reason to fail."""
        if self._path is None or not self._is_new:
            return
        payload = pickle.dumps(self._known, protocol=5)
        aside = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            aside.write_bytes(self._context + hashlib.sha256(payload).digest() + payload)
            aside.replace(self._path)
        except OSError:
            self._path = None

    def _read(self) -> dict[str, tuple[bytes, tuple[Violation, ...]]]:
        if self._path is None:
            return {}
        try:
            entry = self._path.read_bytes()
        except OSError:
            return {}
        context, digest, payload = entry[:_DIGEST], entry[_DIGEST : 2 * _DIGEST], entry[2 * _DIGEST :]
        if context != self._context or digest != hashlib.sha256(payload).digest():
            return {}
        known = pickle.loads(payload)  # noqa: S301 - our own file, whole as its digest shows
        return known if isinstance(known, dict) else {}


def _context(files: Iterable[Path]) -> bytes:
    engines = " ".join(f"{name} {version(name)}" for name in _ENGINES)
    hashed = hashlib.sha256(f"{sys.version} {engines}".encode())
    package = Path(__file__).resolve().parents[1]
    code = (*sorted(package.glob("*.py")), *sorted(package.glob("curation/*.py")), *sorted(package.glob("build/*.py")))
    for path in (*code, *files):
        hashed.update(hashlib.sha256(path.read_bytes()).digest())
    return hashed.digest()

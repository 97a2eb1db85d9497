"""Writing a release: deterministic bytes, written aside and put in place by renaming.

A build that fails leaves the old release. Between the two renames of a swap there is, for an instant, none.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from pyoxigraph import RdfFormat, Store

from asoen_graph.errors import ParameterError
from asoen_graph.release import (
    MANIFEST_FILE,
    PLACES_FILE,
    QUADS_FILE,
    TRIG_FILE,
    Counts,
    Manifest,
    content_hash,
    digest,
)
from asoen_graph.serialization import trig_of

NAME: Final = "asoen_graph"
LICENSE: Final = "CC-BY-4.0"
"""SPDX identifier of the licence of the data."""


def check_output(folder: Path) -> None:
    """Make sure that writing a release to a folder destroys nothing but an older release.

    Raises ParameterError where something else stands there.
    """
    is_free = not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))
    if not is_free and not _is_release(folder):
        raise ParameterError(
            "output", f"{folder} exists and is no release", "Name a new folder, an empty one or an older release"
        )


def _is_release(folder: Path) -> bool:
    try:
        manifest = json.loads((folder / MANIFEST_FILE).read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(manifest, dict) and manifest.get("name") == NAME


def render(store: Store, places: Mapping[str, str]) -> dict[str, bytes]:
    """The files of a release, without its manifest and its description, by name.

    ``places`` maps the IRI of a fact to ``path:line``. Quads are sorted, so that nothing depends on the order in which
    the store gives them.
    """
    lines = sorted((store.dump(format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True))
    n_quads = b"".join(lines)
    rows = sorted(f"{fact}\t{place}\n" for fact, place in places.items())
    return {
        QUADS_FILE: n_quads,
        TRIG_FILE: trig_of(n_quads),
        PLACES_FILE: "".join(rows).encode(),
    }


def write_release(folder: Path, files: Mapping[str, bytes], counts: Counts, version: str) -> Manifest:
    """Write rendered files and their manifest. What stood in the folder before stays until all is written.

    Raises ParameterError where the folder cannot be written.
    """
    digests = {name: digest(files[name]) for name in sorted(files)}
    manifest = Manifest(NAME, version, LICENSE, content_hash(digests), counts, digests)
    try:
        with aside(folder.resolve()) as new:
            for name, content in files.items():
                (new / name).write_bytes(content)
            (new / MANIFEST_FILE).write_bytes(manifest.to_json().encode())
    except OSError as error:
        raise ParameterError(
            "output", f"{folder} cannot be written: {error.strerror}", "Name another folder"
        ) from error
    return manifest


@contextmanager
def aside(folder: Path) -> Iterator[Path]:
    """A new folder beside the given one, which takes its place when the block ends well and vanishes otherwise."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    new = folder.parent / f".{folder.name}.{os.getpid()}.new"
    old = new.with_suffix(".old")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir()
    try:
        yield new
        _swap(new, folder, old)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _swap(new: Path, folder: Path, old: Path) -> None:
    # A folder that is not empty cannot be replaced in one step; if the second rename fails the first is taken back.
    if folder.exists():
        folder.replace(old)
    try:
        new.replace(folder)
    finally:
        if old.exists() and not folder.exists():
            old.replace(folder)
    shutil.rmtree(old, ignore_errors=True)

"""Keeping a release for good: ``releases/<version>/``, small enough to stay in the repository.

A kept release is its manifest and its files compressed; what is missing follows from the rest (see ``release``).
"""

from __future__ import annotations

import lzma
import tempfile
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode

from asoen_graph.build.pipeline import build_release
from asoen_graph.build.writer import aside
from asoen_graph.changelog import CHANGELOG, SECTIONS, read_changelog
from asoen_graph.curation.project import RELEASED
from asoen_graph.curation.released import SOURCE_PREFIX
from asoen_graph.errors import ParameterError
from asoen_graph.iris import ENTITY, PROVENANCE_GRAPH, RDF, REGISTER_GRAPH, SOURCE, TERM
from asoen_graph.release import DERIVED, MANIFEST_FILE, PACKED, Manifest, Release
from asoen_graph.resources import is_version
from asoen_graph.vocabulary import Vocabulary

_PROJECT: Final = "pyproject.toml"
_TYPE: Final = NamedNode(RDF + "type")
_CITATION: Final = "CITATION.cff"


def keep_release(
    root: Path, version: str, releases: Path, *, cache: Path | None, progress: Callable[[str], None]
) -> Manifest:
    """Build the release of a version from nothing and keep it in ``releases/<version>``.

    Raises ParameterError where the version is not the one that project, changelog and citation name or is kept
    already, and CurationError where the curated data have problems.
    """
    folder = releases / version
    check_version(root, version)
    if folder.exists():
        raise ParameterError(
            "version", f"{folder} exists already, and a kept release never changes", "Raise the version"
        )
    with tempfile.TemporaryDirectory(prefix="asoen-release-") as scratch:
        built = Path(scratch) / "release"
        manifest = build_release(root, built, version, cache=cache, progress=progress)
        progress(f"keeping it in {folder}")
        release = Release.open(built)
        # In this order: what is kept cannot be kept again to make up for names that were not remembered.
        remember(release, root / RELEASED)
        pack(release, folder)
    return manifest


def remember(release: Release, path: Path) -> None:
    """Add what a release names to the list of released names, by which `asoen check` sees that none gets lost.

    One name a line, sorted: the slugs of entities, and ``source/<slug>`` for documents. Relation nodes are named after
    what they relate and are not listed. Raises ParameterError where the file cannot be read or written.
    """
    store, relations = release.store(), _relations(release.vocabulary)
    typed = store.quads_for_pattern(None, _TYPE, None, NamedNode(REGISTER_GRAPH))
    names = {
        quad.subject.value.removeprefix(ENTITY)
        for quad in typed
        if isinstance(quad.subject, NamedNode)
        and quad.object not in relations
        and quad.subject.value.startswith(ENTITY)
    }
    documents = store.quads_for_pattern(None, _TYPE, NamedNode(TERM + "Source"), NamedNode(PROVENANCE_GRAPH))
    names |= {
        SOURCE_PREFIX + quad.subject.value.removeprefix(SOURCE)
        for quad in documents
        if isinstance(quad.subject, NamedNode)
    }
    if path.exists():
        names |= set(_text(path).split())
    new = path.with_suffix(".new")
    try:
        new.write_text("".join(f"{name}\n" for name in sorted(names)), encoding="utf-8")
        new.replace(path)
    except OSError as error:
        raise ParameterError("root", f"{path} cannot be written: {error.strerror}") from error


def _relations(vocabulary: Vocabulary) -> set[NamedNode]:
    return {NamedNode(class_.iri) for class_ in vocabulary.classes.values() if TERM + "Relation" in class_.ancestors}


def check_version(root: Path, version: str) -> None:
    """Make sure that the version is the one the folder's project, changelog and citation name, and is dated.

    Raises ParameterError, with what to do, where it is not.
    """
    if not is_version(version):
        raise ParameterError("version", f"{version!r} is no version", "Write year, month and number: 2026.11.1")
    named = tomllib.loads(_text(root / _PROJECT))["project"]["version"]
    if named != version:
        raise ParameterError("version", f"{_PROJECT} says {named}, not {version}", "Make them the same")
    if f"\nversion: {version}\n" not in _text(root / _CITATION):
        raise ParameterError("version", f"{_CITATION} names another version than {version}", "Make them the same")
    newest = next(iter(read_changelog(root)), None)
    if newest is None or newest.version != version:
        heading = f"## {version} (YYYY-MM-DD)"
        raise ParameterError("version", f"{CHANGELOG} does not begin with {version}", f"Begin it with {heading!r}")
    if newest.day is None:
        raise ParameterError("version", f"{version} has no day in {CHANGELOG}", f"Write ## {version} (YYYY-MM-DD)")
    missing = [section for section in SECTIONS if section not in newest.sections]
    if missing:
        raise ParameterError(
            "version", f"{version} says nothing under {' and '.join(missing)} in {CHANGELOG}", "Write what changed"
        )


def pack(release: Release, folder: Path) -> None:
    """Write a release to a new folder in its kept form: the same bytes for the same release.

    Raises ParameterError where the folder cannot be written.
    """
    try:
        with aside(folder.resolve()) as new:
            (new / MANIFEST_FILE).write_text(release.manifest.to_json(), encoding="utf-8")
            for name in release.manifest.files:
                if name not in DERIVED:
                    (new / (name + PACKED)).write_bytes(lzma.compress(release.read(name), preset=9))
    except OSError as error:
        raise ParameterError("output", f"{folder} cannot be written: {error.strerror}") from error


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        hint = "Name with --root the folder that holds data/"
        raise ParameterError("root", f"{path} cannot be read: {error.strerror}", hint) from error

"""Where the ontology, the queries and the built release lie.

In a wheel they stand beside the package in ``bundle/``; in a checkout they are the top-level folders, the release in
``build/release``. Kept releases stand in ``releases/``.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from asoen_graph.errors import ReleaseError

_PACKAGE = Path(__file__).resolve().parent
_BUNDLE = _PACKAGE / "bundle"
_CHECKOUT = _PACKAGE.parents[1]

RELEASE_VARIABLE = "ASOEN_RELEASE"
RELEASES_VARIABLE = "ASOEN_RELEASES"

_VERSION = re.compile(r"[0-9]{4}\.[0-9]{1,2}\.[0-9]+")


def checkout() -> Path:
    """The folder of the checkout this package runs from; meaningless in an installed wheel."""
    return _CHECKOUT


def ontology_folder() -> Path:
    """The folder with ``asoen.ttl``, ``shapes.ttl`` and ``constraints.ttl``."""
    return _bundled("ontology")


def queries_folder() -> Path:
    """The folder with the query catalogue; networks are in its ``networks`` folder."""
    return _bundled("queries")


def web_folder() -> Path:
    """The folder with the built scripts and styles of the pages; in a checkout it may be missing."""
    return _bundled("web", "build/web")


def release_folder(given: str | os.PathLike[str] | None = None, releases: Path | None = None) -> Path:
    """The release to read: the one given, else the one named by ``ASOEN_RELEASE``, else the bundled or built one.

    A release is named by its folder, or by its version where it is a kept one, in ``releases`` or the usual folder.
    Raises ReleaseError where there is none.
    """
    named = given or os.environ.get(RELEASE_VARIABLE)
    folder = Path(named or _bundled("release", "build/release"))
    if _is_release(folder):
        return folder
    if named is not None and _VERSION.fullmatch(str(named)):
        return _kept_release(str(named), releases or releases_folder())
    raise ReleaseError(
        f"There is no release in {folder}", "Run `asoen build` first, or name a release folder with --release"
    )


def releases_folder() -> Path:
    """The folder of kept releases: the one named by ``ASOEN_RELEASES``, else ``releases``."""
    named = os.environ.get(RELEASES_VARIABLE)
    return Path(named) if named else _bundled("releases")


def kept_versions(folder: Path | None = None) -> list[str]:
    """The versions of the kept releases in the folder, or the usual one, the oldest first."""
    folder = folder or releases_folder()
    names = [path.name for path in folder.iterdir() if _VERSION.fullmatch(path.name)] if folder.is_dir() else []
    return sorted((name for name in names if _is_release(folder / name)), key=version_key)


def version_key(version: str) -> tuple[int, ...]:
    """What versions are put in order by: ``2026.11.10`` comes after ``2026.11.9``."""
    return tuple(int(part) for part in version.split("."))


def is_version(text: str) -> bool:
    """Whether the text is a version of the calendar: year, month, number."""
    return _VERSION.fullmatch(text) is not None


def _kept_release(version: str, releases: Path) -> Path:
    folder = releases / version
    if not _is_release(folder):
        kept = kept_versions(releases)
        hint = f"Kept are: {', '.join(kept)}" if kept else "`asoen release` keeps one"
        raise ReleaseError(f"There is no kept release {version}", hint)
    return folder


def _is_release(folder: Path) -> bool:
    return (folder / "manifest.json").is_file()


def _bundled(name: str, in_checkout: str | None = None) -> Path:
    return _BUNDLE / name if _BUNDLE.is_dir() else _CHECKOUT / (in_checkout or name)

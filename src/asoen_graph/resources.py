"""Where the ontology, the queries and the built release lie.

In a wheel they stand beside the package in ``bundle/``; in a checkout they are the top-level folders, the release in
``build/release``.
"""

from __future__ import annotations

import os
from pathlib import Path

from asoen_graph.errors import ReleaseError

_PACKAGE = Path(__file__).resolve().parent
_BUNDLE = _PACKAGE / "bundle"
_CHECKOUT = _PACKAGE.parents[1]

RELEASE_VARIABLE = "ASOEN_RELEASE"


def checkout() -> Path:
    """The folder of the checkout this package runs from; meaningless in an installed wheel."""
    return _CHECKOUT


def ontology_folder() -> Path:
    """The folder with ``asoen.ttl``, ``shapes.ttl`` and ``constraints.ttl``."""
    return _bundled("ontology")


def queries_folder() -> Path:
    """The folder with the query catalogue; networks are in its ``networks`` folder."""
    return _bundled("queries")


def release_folder(given: str | os.PathLike[str] | None = None) -> Path:
    """The release to read: the one given, else the one named by ``ASOEN_RELEASE``, else the bundled or built one.

    Raises ReleaseError where there is none.
    """
    folder = Path(given or os.environ.get(RELEASE_VARIABLE) or _bundled("release", "build/release"))
    if not (folder / "manifest.json").is_file():
        raise ReleaseError(
            f"There is no release in {folder}", "Run `asoen build` first, or name a release folder with --release"
        )
    return folder


def _bundled(name: str, in_checkout: str | None = None) -> Path:
    return _BUNDLE / name if _BUNDLE.is_dir() else _CHECKOUT / (in_checkout or name)

"""What a curator works with: the folder, the ontology, the cache."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from asoen_graph.curation.project import DATA, ENTITIES, SOURCES, curated_files
from asoen_graph.errors import AsoenError, ParameterError
from asoen_graph.resources import checkout, ontology_folder
from asoen_graph.vocabulary import Vocabulary

ONTOLOGY_FILE = "asoen.ttl"


def find_root(given: str | None) -> Path:
    """The folder that holds ``data``: the one given, else the present one if it has curated data, else the checkout."""
    if given is not None:
        return Path(given)
    here = Path.cwd()
    return here if (here / DATA / "sources").is_dir() else checkout()


def cache_folder(root: Path) -> Path | None:
    """Where readings are kept: below ``build`` of a checkout; any other curated folder is read afresh each time."""
    return root / "build" / "cache" / "curation" if (root / "ontology").is_dir() else None


def read_ontology() -> Vocabulary:
    """The ontology that curated data is checked against. Raises AsoenError where it cannot be read."""
    path = ontology_folder() / ONTOLOGY_FILE
    try:
        return Vocabulary.read(path)
    except SyntaxError as error:
        raise AsoenError(f"The ontology is not Turtle: {error}", f"Correct {path}") from error
    except OSError as error:
        raise AsoenError(f"The ontology cannot be read: {error.strerror}", f"Look for {path}") from error


def locate(root: Path, paths: Iterable[str]) -> list[Path]:
    """Files and folders as typed, relative to the root.

    Raises ParameterError where one is not there or lies outside the root.
    """
    return [_relative(root, path) for path in paths]


def choose_files(root: Path, paths: Iterable[str]) -> list[Path]:
    """The curated files at or below the given paths, relative to the root; all of them where no path is given.

    Raises ParameterError as ``locate`` does, and where a path is a file of another kind.
    """
    wanted = locate(root, paths) or [Path()]
    files = curated_files(root)
    for path in wanted:
        if (root / path).is_file() and path not in files:
            hint = f"Name a .yaml file in {ENTITIES} or {SOURCES}"
            raise ParameterError("PATH", f"{path.as_posix()!r} is no register or source document", hint)
    return [file for file in files if any(file.is_relative_to(path) for path in wanted)]


def _relative(root: Path, path: str) -> Path:
    found = [each.resolve() for each in (Path(path), root / path) if each.exists()]
    if not found:
        raise ParameterError("PATH", f"There is no file or folder {path!r}")
    inside = [each for each in found if each.is_relative_to(root.resolve())]
    if not inside:
        raise ParameterError("PATH", f"{path!r} is not in {str(root)!r}", "Name its folder with --root")
    return inside[0].relative_to(root.resolve())

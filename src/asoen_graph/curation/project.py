"""A curated folder as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from asoen_graph.curation.cache import ReadingCache
from asoen_graph.curation.facts import Fact
from asoen_graph.curation.links import check_links
from asoen_graph.curation.names import Names
from asoen_graph.curation.reading import Reading
from asoen_graph.curation.register import Entity, Relation
from asoen_graph.curation.register_files import read_redirects, read_register_file
from asoen_graph.curation.released import check_released
from asoen_graph.curation.rules import check_rules, drop_repeated_keys
from asoen_graph.curation.source_files import read_source_file
from asoen_graph.curation.sources import SourceDocument
from asoen_graph.errors import AsoenError, Place, Problem
from asoen_graph.iris import is_slug
from asoen_graph.vocabulary import Vocabulary

DATA = "data"
ENTITIES = "data/entities"
SOURCES = "data/sources"
REDIRECTS = "data/redirects.yaml"
RELEASED = "data/released.txt"
"""What kept releases name: a slug a line, of an entity or, after ``source/``, of a document."""
SCHEMAS = "data/schema"


@dataclass(frozen=True, slots=True)
class CuratedProject:
    """Everything a curated folder says: entities, relation nodes and sources by slug, facts in order of the files."""

    root: Path
    vocabulary: Vocabulary = field(repr=False)
    entities: dict[str, Entity]
    relations: dict[str, Relation]
    sources: dict[str, SourceDocument]
    facts: tuple[Fact, ...]
    redirects: dict[str, str]
    is_whole: bool = True
    """Whether every file could be read and stands in its place; where not, what the others name may be missing."""


def read_project(root: Path, vocabulary: Vocabulary, cache: Path | None = None) -> tuple[CuratedProject, list[Problem]]:
    """Read ``data/`` below the root: ``entities/*.yaml``, ``sources/*.yaml`` and ``redirects.yaml``.

    ``cache`` names a folder where the readings of unchanged files are kept. Gives the project, as far as it could be
    read, and every problem found, in order of place; a project with problems must not be built. Raises AsoenError
    where the root has no ``data`` folder.
    """
    if not (root / DATA).is_dir():
        raise AsoenError(f"There is no folder {DATA!r} in {root}", "Name the folder that holds it with --root")
    kept = ReadingCache(cache, vocabulary)
    problems: list[Problem] = []
    readings = [_read(root, path, vocabulary, kept) for path in _curated_files(root, problems)]
    redirects, places = _read_redirects(root, problems)
    problems += [problem for reading in readings for problem in reading.problems]
    names = Names(vocabulary, readings, redirects)
    facts = drop_repeated_keys((fact for reading in readings for fact in reading.facts), names)
    problems += names.problems
    problems += names.check_redirects(places)
    sources = {reading.source.slug: reading.source for reading in readings if reading.source}
    problems += check_released(_read_released(root, problems), names, sources)
    problems += check_links(readings, names)
    problems += check_rules(readings, facts, names)
    is_whole = all(reading.readable for reading in readings) and not any(p.code == "misplaced-file" for p in problems)
    problems = _without_consequences(problems, is_whole)
    project = CuratedProject(
        root, vocabulary, names.entities, names.relations, sources, tuple(facts), redirects, is_whole
    )
    return project, sorted(set(problems))


_MISSING = ("unknown-slug", "unknown-source", "renamed-slug", "removed-source")


def _without_consequences(problems: list[Problem], is_whole: bool) -> list[Problem]:
    """The problems without those that may only follow from others and vanish with them."""
    if not is_whole:
        # What such a file would have named is not known.
        problems = [each for each in problems if each.code not in _MISSING]
    causes = [each for each in problems if each.code != "unused-entity"]
    return causes or problems


def curated_files(root: Path) -> list[Path]:
    """The register files and source documents below a root, in order, as paths relative to it."""
    return list(_curated_files(root, []))


def _curated_files(root: Path, problems: list[Problem]) -> Iterator[Path]:
    for path in sorted((root / DATA).rglob("*")):
        relative = path.relative_to(root)
        # What editors leave beside a file they have open is hidden.
        is_hidden = any(part.startswith(".") for part in relative.parts)
        is_other = relative in (Path(REDIRECTS), Path(RELEASED)) or relative.is_relative_to(SCHEMAS)
        if is_hidden or path.is_dir() or is_other:
            continue
        flaw = _misplaced(relative)
        if flaw:
            problems.append(Problem(Place(relative.as_posix()), "misplaced-file", *flaw))
        else:
            yield relative


def _misplaced(path: Path) -> tuple[str, str] | None:
    stem, _, ending = path.name.partition(".")
    if ending != "yaml":
        if not re.search(r"\.ya?ml", path.name, re.IGNORECASE):
            return "Only curated files stand below data", "Move it to another folder"
        return "Curated files end in .yaml", f"Rename it to {stem}.yaml"
    folder = path.parent.as_posix()
    if folder not in (ENTITIES, SOURCES):
        fitting = next((each for each in (ENTITIES, SOURCES) if folder.startswith(each)), f"{ENTITIES} or {SOURCES}")
        return f"Curated files stand in {ENTITIES} and {SOURCES}, not in {folder}", f"Move it to {fitting}"
    if not is_slug(stem):
        return f"{stem!r} is not a slug", "Name the file with lower-case words joined by hyphens"
    return None


def _read(root: Path, path: Path, vocabulary: Vocabulary, cache: ReadingCache) -> Reading:
    name = path.as_posix()
    try:
        data = (root / path).read_bytes()
    except OSError as error:
        problem = Problem(Place(name, 1, 1), "unreadable-file", f"The file cannot be read: {error.strerror}")
        return Reading(readable=False, problems=(problem,))
    reading = cache.get(name, data)
    if reading is None:
        read = read_source_file if name.startswith(SOURCES) else read_register_file
        reading = read(data, name, path.stem, vocabulary)
        cache.put(name, data, reading)
    return reading


def _read_released(root: Path, problems: list[Problem]) -> list[tuple[str, Place]]:
    try:
        lines = (root / RELEASED).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        why = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror
        message = f"The list of released names cannot be read: {why}"
        problems.append(Problem(Place(RELEASED, 1, 1), "unreadable-file", message, "Restore it as it was released"))
        return []
    return [(line.strip(), Place(RELEASED, number, 1)) for number, line in enumerate(lines, 1) if line.strip()]


def _read_redirects(root: Path, problems: list[Problem]) -> tuple[dict[str, str], dict[str, Place]]:
    path = root / REDIRECTS
    if not path.is_file():
        return {}, {}
    redirects, places, found = read_redirects(path.read_bytes(), REDIRECTS)
    problems += found
    return redirects, places

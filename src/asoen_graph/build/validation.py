"""Validation with SHACL, each result led back to the lines a curator wrote.

Two sets of shapes judge two graphs. ``shapes.ttl`` follows from the ontology, is closed, and judges curated triples
without the class hierarchy (see ``asoen_graph.build.shapes``). ``constraints.ttl`` is written by hand and judges the
default graph of the release, where inference has given every entity its super-classes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import Final

from pyoxigraph import Triple

from asoen_graph.build.compile import Compilation
from asoen_graph.build.constraints import SPARQL_CONSTRAINT, Violation
from asoen_graph.build.increments import Increments
from asoen_graph.build.ontology import Ontology
from asoen_graph.build.shacl import Shapes
from asoen_graph.build.statements import ACCEPTED, fact_name
from asoen_graph.build.terms import term_of
from asoen_graph.build.verdicts import Verdicts
from asoen_graph.curation.desk import ONTOLOGY_FILE
from asoen_graph.curation.facts import Fact
from asoen_graph.curation.project import DATA, CuratedProject
from asoen_graph.errors import Place, Problem
from asoen_graph.iris import ENTITY, FACT, SOURCE, key_of, local_name

CODE: Final = "shape"
SHAPES_FILE: Final = "shapes.ttl"
CONSTRAINTS_FILE: Final = "constraints.ttl"

_IRI = re.compile(r"[^\s()|^]+")


def validate(
    project: CuratedProject, compilation: Compilation, inferred: Iterable[Triple], ontology_folder: Path
) -> list[Problem]:
    """Judge what was compiled by ``shapes.ttl`` and ``constraints.ttl`` in a folder.

    Gives a problem for each line that has a part in a violation, in order of place. The two run side by side.
    """
    curated = [*compilation.accepted, *compilation.register, *compilation.sources]
    complete = [*compilation.accepted, *compilation.register, *compilation.provenance, *inferred]
    with ThreadPoolExecutor(max_workers=2) as pool:
        constraints = pool.submit(Shapes.read(ontology_folder / CONSTRAINTS_FILE).judge, complete)
        shapes = pool.submit(Shapes.read(ontology_folder / SHAPES_FILE).judge, curated)
        violations = shapes.result() + constraints.result()
    return trace(project, violations)


def validate_again(
    project: CuratedProject, ontology: Ontology, ontology_folder: Path, cache: Path | None
) -> list[Problem]:
    """What ``validate`` finds; verdicts on what has not changed come from a folder and are kept there for next time."""
    files = [ontology_folder / name for name in (ONTOLOGY_FILE, SHAPES_FILE, CONSTRAINTS_FILE)]
    shapes, constraints = (Shapes.read(path) for path in files[1:])
    verdicts = Verdicts(cache, files)
    violations = Increments(project, ontology, shapes, constraints).judge(verdicts)
    verdicts.keep()
    return trace(project, violations)


def trace(project: CuratedProject, violations: Iterable[Violation]) -> list[Problem]:
    """A problem for each line that has a part in a violation, in order of place."""
    violations = list(violations)
    return sorted(set(_Tracer(project).problems(violations))) if violations else []


class _Tracer:
    """Leads violations back to the places of facts, sources and entities."""

    def __init__(self, project: CuratedProject) -> None:
        self._project = project
        self._by_subject: dict[str, list[Fact]] = defaultdict(list)
        for fact in project.facts:
            if fact.status == ACCEPTED:
                self._by_subject[fact.subject].append(fact)

    @cached_property
    def _by_name(self) -> dict[str, Fact]:
        named: dict[str, Fact] = {}
        for fact in self._project.facts:
            named.setdefault(fact_name(fact), fact)
        return named

    def problems(self, violations: Iterable[Violation]) -> Iterator[Problem]:
        """One problem for each line that has a part in a violation."""
        for violation in violations:
            for place in self._places(violation):
                yield Problem(place, CODE, f"{_about(violation)}: {violation.message}", _hint(violation))

    def _places(self, violation: Violation) -> list[Place]:
        node = violation.node
        if node.startswith(FACT):
            return [self._by_name[node.removeprefix(FACT)].place]
        if node.startswith(SOURCE):
            return [self._project.sources[node.removeprefix(SOURCE)].place]
        slug = node.removeprefix(ENTITY)
        return [fact.place for fact in self._facts(slug, violation)] or [self._registered(slug)]

    def _facts(self, slug: str, violation: Violation) -> list[Fact]:
        """The accepted facts a violation is about; none where it is about something that is missing."""
        facts = self._by_subject.get(slug, [])
        if violation.path is not None:
            properties = set(_IRI.findall(violation.path))
            facts = [fact for fact in facts if fact.property in properties]
        value = violation.value
        exact = [] if value is None else [fact for fact in facts if _is_written_as(fact, value)]
        return exact or (facts if violation.path is not None else [])

    def _registered(self, slug: str) -> Place:
        found = self._project.entities.get(slug) or self._project.relations.get(slug)
        return found.place if found else Place(DATA)


def _is_written_as(fact: Fact, value: str) -> bool:
    term = term_of(fact.value)
    return value == term.value or value.startswith(f'"{term.value}"')


def _about(violation: Violation) -> str:
    """Which entity, and which keys where the violation is about a property."""
    keys = [key_of(local_name(iri)) for iri in _IRI.findall(violation.path or "") if iri != "/"]
    return f"{local_name(violation.node)}{', ' if keys else ''}{' or '.join(keys)}"


def _hint(violation: Violation) -> str:
    value = violation.value
    if value is None or value == violation.node or violation.component == SPARQL_CONSTRAINT:
        return ""
    shown = value.rpartition('"')[0].lstrip('"') if value.startswith('"') else local_name(value)
    return f"The value is {shown!r}"

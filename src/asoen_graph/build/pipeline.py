"""From a curated folder to a release: read, check, compile, infer, validate, write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store, Triple

from asoen_graph.build.compile import Compilation, compile_project
from asoen_graph.build.inference import infer
from asoen_graph.build.ontology import Ontology
from asoen_graph.build.validation import validate, validate_again
from asoen_graph.build.writer import check_output, render, write_release
from asoen_graph.changelog import day_of
from asoen_graph.curation.desk import ONTOLOGY_FILE, read_ontology
from asoen_graph.curation.project import CuratedProject, read_project
from asoen_graph.description import describe
from asoen_graph.errors import CurationError, Place, Problem
from asoen_graph.iris import FACT, INFERRED_GRAPH, ONTOLOGY, PROVENANCE_GRAPH, REGISTER_GRAPH, key_of, local_name
from asoen_graph.queries.catalogue import Catalogue
from asoen_graph.release import DESCRIPTION_FILE, Counts, Manifest, digest
from asoen_graph.resources import ontology_folder, queries_folder


@dataclass(frozen=True, slots=True)
class Draft:
    """A release that is not written yet."""

    project: CuratedProject
    ontology: Ontology
    compilation: Compilation
    inferred: list[Triple]


def build_release(
    root: Path,
    output: Path,
    version: str,
    *,
    cache: Path | None,
    progress: Callable[[str], None],
    queries: Path | None = None,
) -> Manifest:
    """Compile the curated data below ``root`` into a release in the folder ``output``.

    ``cache`` keeps the readings of unchanged files; ``progress`` is told each step in a few words; ``queries`` is the
    folder of the catalogue the release describes (the project's own where none is given). Raises
    CurationError with every problem of the data, and ParameterError where ``output`` is something else than a
    release; either way what stood in ``output`` stays.
    """
    check_output(output)
    progress("reading curated files")
    project, problems = read_project(root, read_ontology(), cache)
    progress(f"compiling {len(project.facts):,} facts")
    draft, unclear = draft_release(project)
    problems += beyond(project, problems, unclear)
    progress(f"validating, with {len(draft.inferred):,} inferred triples")
    with ThreadPoolExecutor(max_workers=1) as pool:
        # The validator leaves this thread free, and the data are nearly always right.
        validation = pool.submit(validate, project, draft.compilation, draft.inferred, ontology_folder())
        store = assemble(draft)
        counts = _counts(draft, store)
        files = render(store, _places(draft.compilation))
        files[DESCRIPTION_FILE] = describe(
            store,
            Catalogue.read(queries or queries_folder()),
            counts,
            {name: digest(content) for name, content in files.items()},
            version=version,
            released=day_of(root, version),
        )
        problems += beyond(project, problems, validation.result())
    if problems:
        raise CurationError(problems)
    progress(f"writing {len(store):,} quads")
    return write_release(output, files, counts, version)


def check_shapes(project: CuratedProject, problems: Iterable[Problem], cache: Path | None = None) -> list[Problem]:
    """The problems that SHACL finds in a project beyond those already found in it.

    ``cache`` names a folder where verdicts on what has not changed are kept.
    """
    if not project.is_whole:
        return []
    ontology = Ontology.read(ontology_folder() / ONTOLOGY_FILE)
    return beyond(project, problems, validate_again(project, ontology, ontology_folder(), cache))


def draft_release(project: CuratedProject) -> tuple[Draft, list[Problem]]:
    """Compile a project and draw the inferences; the problems are those of compiling."""
    ontology = Ontology.read(ontology_folder() / ONTOLOGY_FILE)
    compilation, problems = compile_project(project, ontology)
    inferred = infer(ontology, [*compilation.accepted, *compilation.register])
    return Draft(project, ontology, compilation, inferred), problems


def beyond(project: CuratedProject, problems: Iterable[Problem], found: Iterable[Problem]) -> list[Problem]:
    """The found problems that stand in files without others; none where a file could not be read at all.

    What is missing or wrong may follow from what was not read.
    """
    if not project.is_whole:
        return []
    flawed = {problem.place.path for problem in problems}
    return [problem for problem in found if problem.place.path not in flawed]


def assemble(draft: Draft) -> Store:
    """All graphs of a release in one store (architecture, section 4).

    The store gives numbers their canonical form, so that every engine counts the same triples.
    """
    compilation, ontology = draft.compilation, draft.ontology
    store = Store()
    store.bulk_extend(compilation.statements)
    store.bulk_extend(ontology.quads(NamedNode(ONTOLOGY)))
    for graph, triples in (
        (NamedNode(REGISTER_GRAPH), compilation.register),
        (NamedNode(PROVENANCE_GRAPH), compilation.provenance),
        (NamedNode(INFERRED_GRAPH), draft.inferred),
    ):
        store.bulk_extend(_quads(triples, graph))
        store.bulk_extend(_quads(triples, DefaultGraph()))
    store.bulk_extend(_quads([*compilation.accepted, *ontology.labels], DefaultGraph()))
    return store


def _quads(triples: Iterable[Triple], graph: NamedNode | DefaultGraph) -> Iterable[Quad]:
    return (Quad(each.subject, each.predicate, each.object, graph) for each in triples)


def _places(compilation: Compilation) -> dict[str, str]:
    return {FACT + name: str(Place(fact.place.path, fact.place.line)) for name, fact in compilation.facts.items()}


def _counts(draft: Draft, store: Store) -> Counts:
    project, facts = draft.project, draft.compilation.facts.values()
    classes = [each.class_iri for each in project.entities.values()]
    classes += [each.class_iri for each in project.relations.values()]
    return Counts(
        entities=len(project.entities),
        entities_by_class=_tally(_key(class_iri) for class_iri in classes),
        relations=len(project.relations),
        facts=len(facts),
        facts_by_source=_tally(fact.source for fact in facts),
        facts_by_status=_tally(_key(fact.status) for fact in facts),
        sources=len(project.sources),
        inferred=len(draft.inferred),
        default_graph=sum(1 for _ in store.quads_for_pattern(None, None, None, DefaultGraph())),
        quads=len(store),
    )


def _key(iri: str) -> str:
    return key_of(local_name(iri))


def _tally(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))

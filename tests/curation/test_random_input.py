"""Whatever a file holds, reading it ends in problems or facts and never in an exception."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from asoen_graph.curation.project import read_project
from asoen_graph.curation.register_files import read_register_file
from asoen_graph.curation.source_files import read_source_file
from asoen_graph.errors import Problem
from asoen_graph.vocabulary import Vocabulary

from .invented import documents, styles, written


@settings(deadline=None)
@given(data=st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes(data: bytes, vocabulary: Vocabulary) -> None:
    for reading in (
        read_source_file(data, "x.yaml", "x", vocabulary),
        read_register_file(data, "x.yaml", "meeting", vocabulary),
    ):
        assert reading.readable or reading.problems
        assert all(isinstance(problem, Problem) and problem.place.line for problem in reading.problems)


@settings(deadline=None)
@given(document=documents, register=documents, style=styles)
def test_any_document(document: object, register: object, style: dict[str, object], vocabulary: Vocabulary) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, content in (("sources/x", document), ("entities/meeting", register)):
            path = root / "data" / f"{name}.yaml"
            path.parent.mkdir(parents=True)
            path.write_text(written(content, style), encoding="utf-8")
        project, problems = read_project(root, vocabulary)
    assert problems == sorted(problems)
    assert all(problem.code and problem.message for problem in problems)
    known = {*project.entities, *project.relations}
    if not problems:
        assert {fact.subject for fact in project.facts} <= known

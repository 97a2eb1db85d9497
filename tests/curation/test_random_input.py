"""Whatever a file holds, reading it ends in problems or facts and never in an exception."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from asoen_graph.build.pipeline import check_shapes
from asoen_graph.curation.desk import read_ontology
from asoen_graph.curation.project import read_project
from asoen_graph.curation.register_files import read_register_file
from asoen_graph.curation.source_files import read_source_file
from asoen_graph.errors import Problem
from asoen_graph.vocabulary import Vocabulary

from .invented import documents, hard_texts, styles, written


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


odd_texts = (
    st.sampled_from(["Viet Nam", "Nguyễn Văn Mẫu", "a<b", 'a"b', "\x01", "\x7f", "https://a.b/\x01", "%zz", "en-ab12"])
    | st.builds("{}{}".format, st.sampled_from(["https://a.b/", "en-", "2031-", "paragraph ", "x-"]), hard_texts)
    | hard_texts
)


@st.composite
def worlds(draw: st.DrawFn) -> dict[str, object]:
    """Files of the real ontology with some text wherever a value stands."""

    def text() -> str:
        return draw(odd_texts)

    statements = {
        "series": text(),
        "ordinal": text(),
        "starts": text(),
        "format": text(),
        "agenda-item": {"en": text(), text(): text()},
        "has-participation": [{"participant": text(), "headed-by": text(), "slug": text()}, {"participant": text()}],
        "note": draw(st.sampled_from([text(), {text(): text()}])),
        "when": text(),
    }
    facts = [
        {"about": draw(st.sampled_from(["talks-7", text()])), "at": text(), **statements},
        {"about": "talks-7", "at": "paragraph 2", "host": {"value": text(), "status": text(), "at": text()}},
    ]
    return {
        "sources/x": {"title": {"en": text()}, "publisher": text(), "url": text(), "language": text(), "facts": facts},
        "entities/meeting": {"talks-7": {"label": {"en": text(), text(): text()}, "also": [text()]}, text(): text()},
        "entities/country": {text(): {"label": {"en": "Sandland"}}},
        "redirects": {text(): text()},
    }


@settings(deadline=None, max_examples=30)
@given(files=worlds(), style=styles)
def test_any_text_in_the_place_of_a_value(files: dict[str, object], style: dict[str, object]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, content in files.items():
            path = root / "data" / f"{name}.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(written(content, style), encoding="utf-8")
        project, problems = read_project(root, read_ontology())
        problems += check_shapes(project, problems)
    assert all(problem.code and problem.message for problem in problems)

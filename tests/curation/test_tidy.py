from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from asoen_graph.cli.main import main
from asoen_graph.curation.comments import read_comments
from asoen_graph.curation.documents import read_document
from asoen_graph.curation.emitter import quote
from asoen_graph.curation.findings import Findings
from asoen_graph.curation.nodes import Mapping, Node, Scalar, Sequence
from asoen_graph.curation.tidy import tidy_register, tidy_source
from asoen_graph.vocabulary import Vocabulary

from .invented import documents, hard_texts, styles, written

HERE = Path(__file__).parent


def content(node: Node | None) -> object:
    if isinstance(node, Mapping):
        return {key.text: content(value) for key, value in node.entries}
    if isinstance(node, Sequence):
        return [content(item) for item in node.items]
    assert isinstance(node, Scalar)
    return node.text


def read(text: str) -> Mapping | None:
    findings = Findings("x.yaml")
    root = read_document(text.encode(), findings)
    return root if isinstance(root, Mapping) and not findings.problems else None


def with_comments(text: str, places: list[tuple[int, str]]) -> tuple[str, int]:
    """The text with numbered comments wherever they stay comments, and how many there are."""
    lines = text.split("\n")
    said = content(read(text))
    count = 0
    for number, kind in places:
        before = list(lines)
        at = number % len(lines)
        if kind == "beside":
            lines[at] += f" # no{count};"
        else:
            lines.insert(at, "" if kind == "blank" else f"{' ' * (number % 7)}# no{count};")
        root = read("\n".join(lines))
        kept = root is not None and content(root) == said
        if kept and kind != "blank":
            kept = f"no{count};" in read_comments("\n".join(lines), root).words()
            count += kept
        if not kept:
            lines = before
    return "\n".join(lines), count


@pytest.mark.parametrize("name", ["source", "entities"])
def test_the_canonical_form(name: str, vocabulary: Vocabulary) -> None:
    untidy = (HERE / "untidy" / f"{name}.yaml").read_bytes()
    tidy = (HERE / "tidy" / f"{name}.yaml").read_text(encoding="utf-8")
    text, problems = tidy_source(untidy, name, vocabulary) if name == "source" else tidy_register(untidy, name)
    assert problems == []
    assert text == tidy


@given(text=hard_texts)
def test_a_quoted_text_is_read_as_it_was(text: str) -> None:
    assume(text != "<<")
    assert content(read(f"a: {quote(text)}")) == {"a": text}
    assert content(read(f"a: [{quote(text, in_flow=True)}, b]")) == {"a": [text, "b"]}
    assert content(read(f"{quote(text, in_flow=True)}: {{b: {quote(text, in_flow=True)}}}")) == {text: {"b": text}}


@settings(deadline=None)
@given(
    document=documents,
    style=styles,
    places=st.lists(st.tuples(st.integers(0, 60), st.sampled_from(["alone", "beside", "blank"])), max_size=6),
    line_end=st.sampled_from(["\n", "\r\n"]),
)
def test_tidying_keeps_content_and_comments_and_is_done_once(
    document: object, style: dict[str, object], places: list[tuple[int, str]], line_end: str, vocabulary: Vocabulary
) -> None:
    plain = written(document, style)
    assume(read(plain) is not None)
    text, count = with_comments(plain, places)
    for tidy in (lambda data: tidy_source(data, "x.yaml", vocabulary), lambda data: tidy_register(data, "x.yaml")):
        once, problems = tidy(text.replace("\n", line_end).encode())
        assert problems == []
        assert once is not None
        assert content(read(once)) == content(read(plain))
        assert all(once.count(f"no{number};") == 1 for number in range(count))
        assert tidy(once.encode()) == (once, [])


@pytest.fixture
def untidy_reef(reef: Path) -> Path:
    shutil.copy(HERE / "untidy" / "entities.yaml", reef / "data" / "entities" / "meeting.yaml")
    return reef


def test_the_command_rewrites_what_is_untidy(untidy_reef: Path, capsys: pytest.CaptureFixture[str]) -> None:
    meeting = untidy_reef / "data/entities/meeting.yaml"
    assert main(["tidy", "--root", str(untidy_reef), str(meeting)]) == 0
    assert capsys.readouterr().out == "data/entities/meeting.yaml: tidied\n1 of 1 files tidied.\n"
    assert meeting.read_text(encoding="utf-8") == (HERE / "tidy" / "entities.yaml").read_text(encoding="utf-8")
    assert main(["tidy", "--root", str(untidy_reef), str(meeting)]) == 0
    assert capsys.readouterr().out == "0 of 1 files tidied.\n"
    assert not list(meeting.parent.glob(".*"))


def test_checking_changes_nothing(untidy_reef: Path, capsys: pytest.CaptureFixture[str]) -> None:
    meeting = untidy_reef / "data/entities/meeting.yaml"
    before = meeting.read_bytes()
    assert main(["tidy", "--check", "--root", str(untidy_reef), str(meeting)]) == 1
    assert capsys.readouterr().out.startswith("data/entities/meeting.yaml: would be tidied\n")
    assert meeting.read_bytes() == before


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"a: [1\n", "2:1: This is not YAML"),
        (b"a: 1\na: 2\n", "2:1: The key 'a' stands here a second time"),
        (b"a: &x 1\n", "1:4: The anchor &x is not allowed"),
        (b"caf\xe9: 1\n", "1:4: The file is not UTF-8"),
        (b"a: {en: Haze, fire and smoke, vi: x}\n", "1:15: A comma ends the text before 'fire and smoke'"),
        (b"a:\n  en: Report #3 of the group\n", "2:14: ' #' begins a comment and ends the text"),
        (b"- about: x\n  about: y\n", "2:3: A new group begins with '- about:'"),
        (b"- a\n", "1:1: A curated file is a mapping, not a list"),
        (b"", "1:1: The file is empty"),
    ],
)
def test_a_file_that_is_not_plain_yaml_is_left_as_it_is(
    data: bytes, told: str, reef: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = reef / "data/sources/broken.yaml"
    path.write_bytes(data)
    assert main(["tidy", "--root", str(reef), str(path)]) == 1
    assert capsys.readouterr().out.startswith(f"data/sources/broken.yaml:{told}")
    assert path.read_bytes() == data


def test_a_file_of_another_kind_is_a_wrong_option(reef: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tidy", "--root", str(reef), "data/redirects.yaml"]) == 2
    assert "'data/redirects.yaml' is no register or source document" in capsys.readouterr().err

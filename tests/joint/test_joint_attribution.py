"""Facts that one or more of several documents state, from the curated file to every form they are read in.

The files of ``worlds/joint`` are laid over the invented world. GOLDEN=write writes the texts anew, to be read.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from asoen_graph.build.pipeline import build_release
from asoen_graph.cli.main import main
from asoen_graph.evidence import Citation, Document
from asoen_graph.iris import SOURCE
from asoen_graph.release import Release
from asoen_graph.server.pages import Pages

GOLDEN = Path(__file__).parent / "golden"
JOINT = Path(__file__).parents[1] / "worlds" / "joint"
LAST_TWO = (Document(SOURCE + "b", "B", "Press", "2031", ""), Document(SOURCE + "c", "", "", "", "https://c.example"))


def assert_golden(text: str, name: str) -> None:
    path = GOLDEN / name
    if os.environ.get("GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def release(lagoon: Path, tmp_path_factory: pytest.TempPathFactory) -> Release:
    root = Path(shutil.copytree(lagoon, tmp_path_factory.mktemp("joint") / "world"))
    shutil.copytree(JOINT, root, dirs_exist_ok=True)
    build_release(root, root / "release", "2031.5.0", cache=None, progress=lambda _: None)
    return Release.open(root / "release")


@pytest.fixture
def run(release: Release, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("ASOEN_RELEASE", str(release.folder))
    monkeypatch.setenv("COLUMNS", "160")

    def run(*words: str) -> str:
        assert main([*words]) == 0
        return capsys.readouterr().out

    return run


def citation(others: tuple[Document, ...], status: str = "accepted") -> Citation:
    words = {"page": {"en": "page", "vi": "trang"}, "disputed": {"en": "disputed", "vi": "có tranh chấp"}}
    return Citation("f", SOURCE + "a", "A", "Press", "2030", "", "page 3", status, "One scan.", words, others)


@pytest.mark.parametrize(
    ("status", "language", "expected"),
    [
        ("accepted", "en", 'one or more of: Press (2030), "A", page 3; Press (2031), "B"; https://c.example'),
        ("accepted", "vi", 'một hoặc nhiều trong số: Press (2030), "A", trang 3; Press (2031), "B"; https://c.example'),
        (
            "disputed",
            "en",
            'one or more of: Press (2030), "A", page 3; Press (2031), "B"; https://c.example [disputed: One scan.]',
        ),
    ],
)
def test_a_citation_names_the_set(status: str, language: str, expected: str) -> None:
    assert citation(LAST_TWO, status).text(language) == expected


def test_a_citation_of_one_document_is_as_ever() -> None:
    assert citation(()).text("en") == 'Press (2030), "A", page 3'


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("words", [("show", "reef-watch"), ("source", "tide-digest-a"), ("source", "tide-digest-c")])
def test_cards_mark_joint_facts(run, words: tuple[str, str], language: str) -> None:  # type: ignore[no-untyped-def]
    assert_golden(run(*words, "--lang", language), f"{'-'.join(words)}-{language}.txt")


def test_json_of_a_source_lists_the_documents(run) -> None:  # type: ignore[no-untyped-def]
    card = json.loads(run("source", "tide-digest-c", "-f", "json"))
    (website,) = [each for each in card["joint"] if each["property"]["key"] == "website"]
    assert [each["slug"] for each in website["claim"]["sources"]] == ["tide-digest-a", "tide-digest-b", "tide-digest-c"]
    assert website["claim"]["source"] == "tide-digest-a"
    assert card["title"] == "https://example.org/untitled"


@pytest.mark.parametrize("form", ["rows", "md"])
def test_answers_name_the_set(run, form: str) -> None:  # type: ignore[no-untyped-def]
    query = "SELECT ?page ?fact { GRAPH ?fact { id:reef-watch asoen:website ?page } }"
    assert_golden(run("query", "-e", query, "-f", form), f"answer.{form}")


def test_footnotes_of_a_network_name_the_set(run) -> None:  # type: ignore[no-untyped-def]
    query = "SELECT ?source ?target ?fact { GRAPH ?fact { ?source asoen:reportsTo ?target } }"
    picture = run("network", "-e", query, "-f", "svg")
    assert "One or more of: Tide Digest A" in picture
    assert "Tide Digest B. The Coral Times, November 2031." in picture


def test_a_joint_fact_does_not_count_as_two_documents(run) -> None:  # type: ignore[no-untyped-def]
    rows = json.loads(run("query", "facts-with-two-sources", "-f", "rows"))
    assert "https://example.org/reef-watch/digest" not in json.dumps(rows)
    assert any(each["value"] == "RW" and each["sources"] == 2 for each in rows)


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_page_of_a_source_lists_joint_facts(release: Release, language: str) -> None:
    from asoen_graph.entities import source_card

    card = source_card(release.store(), release.vocabulary, "tide-digest-c", language)
    values = {
        "card": card,
        "description": card.description,
        "fact_count": len(card.joint),
        "describe": "",
        "release": "x",
    }
    page = Pages().render("source", language, **values).decode()
    assert ("jointly with" if language == "en" else "cùng với") in page
    assert 'href="/source/tide-digest-a.html' in page

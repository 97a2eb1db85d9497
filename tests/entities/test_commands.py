from __future__ import annotations

import json
from pathlib import Path

import pytest

from asoen_graph.cli.main import main
from asoen_graph.release import Release

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(autouse=True)
def _terminal(monkeypatch: pytest.MonkeyPatch, lagoon_release: Release) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("ASOEN_RELEASE", str(lagoon_release.folder))


def test_show_writes_the_card(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "lo-da-reef", "--lang", "vi"]) == 0
    assert capsys.readouterr().out == (GOLDEN / "show-lo-da-reef-vi.txt").read_text(encoding="utf-8")


def test_show_says_that_a_slug_was_retired(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "lsoe-twelve"]) == 0
    assert capsys.readouterr().out.startswith("lsoe-twelve → lsoe-12\n\n12th LSOE\n")


def test_show_in_json_has_places(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "lsoe-13", "-f", "json"]) == 0
    card = json.loads(capsys.readouterr().out)
    assert card["slug"] == "lsoe-13"
    assert card["statements"][0]["statements"][0]["claims"][0]["place"].startswith(
        "data/sources/coral-times-azure.yaml:"
    )


@pytest.mark.parametrize(
    ("command", "name", "near"), [("show", "lsoe-112", "lsoe-12"), ("source", "coral-time", "coral-times-azure")]
)
def test_an_unknown_name_is_answered_with_the_nearest(
    capsys: pytest.CaptureFixture[str], command: str, name: str, near: str
) -> None:
    assert main([command, name]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert f"is called {name!r}" in printed.err
    assert near in printed.err


def test_source_writes_the_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["source", "coral-times-azure"]) == 0
    assert capsys.readouterr().out == (GOLDEN / "source-coral-times-azure-en.txt").read_text(encoding="utf-8")


def test_source_in_json_has_passages(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["source", "coral-times-azure", "--lang", "vi", "-f", "json"]) == 0
    card = json.loads(capsys.readouterr().out)
    assert card["passages"][0]["label"] == "đoạn 1"


def test_source_without_a_slug_lists_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["source"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == [
        "blue-school-flyer",
        "coral-times-azure",
        "lagoon-union-record",
        "reef-fund-page",
    ]
    assert main(["source", "-f", "json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 4


def test_no_release_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["show", "lsoe-12", "--release", str(tmp_path)]) == 4
    assert "asoen build" in capsys.readouterr().err

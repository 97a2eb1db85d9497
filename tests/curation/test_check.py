"""``asoen check``, as it is typed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from asoen_graph.cli.main import main

LAGOON = Path(__file__).parents[1] / "worlds" / "lagoon"


@pytest.fixture
def lagoon_copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(LAGOON, tmp_path / "lagoon"))


def break_document(root: Path, name: str) -> None:
    path = root / "data" / "sources" / f"{name}.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("\n  at: ", "\n  att: "), encoding="utf-8")


def test_the_shared_world_is_fine(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--root", str(LAGOON)]) == 0
    assert capsys.readouterr().out == "4 documents, 41 entities, 170 facts: no problems.\n"


def test_problems_are_told_one_a_line(lagoon_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = lagoon_copy / "data/sources/blue-school-flyer.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("ordinal: 2\n", "ordinl: 2\n", 1), encoding="utf-8")
    assert main(["check", "--root", str(lagoon_copy)]) == 1
    assert capsys.readouterr().out == (
        "data/sources/blue-school-flyer.yaml:14:3: 'ordinl' is no key of 'award-edition'. Did you mean 'ordinal'?\n"
        "1 problem in 1 file.\n"
        "Some checks wait until these are mended; run it again.\n"
    )


def test_a_circumstance_inside_a_node_is_one_problem(lagoon_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = next(p for p in sorted((lagoon_copy / "data/sources").iterdir()) if "\n  - participant: " in p.read_text())
    text = path.read_text(encoding="utf-8").replace("\n  - participant: ", "\n  - note: Perhaps.\n    participant: ", 1)
    path.write_text(text, encoding="utf-8")
    assert main(["check", "--root", str(lagoon_copy)]) == 1
    problem, count, _ = capsys.readouterr().out.splitlines()
    assert problem.endswith("'note' stands beside a relation node, not in it. Wrap the node: {value: {…}, note: …}.")
    assert count == "1 problem in 1 file."


def test_paths_choose_what_is_shown(lagoon_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    break_document(lagoon_copy, "blue-school-flyer")
    break_document(lagoon_copy, "reef-fund-page")
    flyer = str(lagoon_copy / "data/sources/blue-school-flyer.yaml")
    assert main(["check", "--root", str(lagoon_copy), flyer]) == 1
    shown = capsys.readouterr().out.splitlines()
    assert {line.partition(":")[0] for line in shown[:-2]} == {"data/sources/blue-school-flyer.yaml"}
    assert shown[-2] == "8 problems in 1 file (10 more in other files)."
    assert main(["check", "--root", str(lagoon_copy), str(lagoon_copy / "data/entities")]) == 0
    assert capsys.readouterr().out == "4 documents, 41 entities, 170 facts: no problems (18 more in other files).\n"


def test_json_has_the_parts_of_each_problem(lagoon_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (lagoon_copy / "data/entities/city.yaml").write_bytes(b"port-azure:\n  label: {en: Port Azur\xe9}\n")
    assert main(["check", "--root", str(lagoon_copy), "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out) == [
        {
            "path": "data/entities/city.yaml",
            "line": 2,
            "column": 24,
            "code": "not-utf8",
            "message": "The file is not UTF-8: byte 0xE9 at offset 35",
            "hint": "Save the file as UTF-8",
        }
    ]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--root", "nowhere"], "There is no folder 'data' in nowhere"),
        (
            ["--root", str(LAGOON), "data/sources/nothing.yaml"],
            "There is no file or folder 'data/sources/nothing.yaml'",
        ),
        (["--root", str(LAGOON), str(LAGOON.parent)], "is not in"),
    ],
)
def test_a_wrong_path_is_a_wrong_option(arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", *arguments]) == 2
    assert told in capsys.readouterr().err

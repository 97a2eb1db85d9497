"""Data that no world allows: each folder in ``bad`` is laid over the invented world and has the lines it must give.

GOLDEN=write writes the lines anew, to be read.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from asoen_graph.build.pipeline import check_shapes
from asoen_graph.curation.project import read_project
from asoen_graph.vocabulary import Vocabulary

CASES = sorted((Path(__file__).parent / "bad").iterdir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_bad_data_is_told_with_place_and_hint(case: Path, lagoon: Path, vocabulary: Vocabulary, tmp_path: Path) -> None:
    root = Path(shutil.copytree(lagoon, tmp_path / "world"))
    shutil.copytree(case / "data", root / "data", dirs_exist_ok=True)
    project, problems = read_project(root, vocabulary)
    problems = sorted([*problems, *check_shapes(project, problems)])
    told = "".join(f"{problem} [{problem.code}]\n" for problem in problems)
    expected = case / "expected.txt"
    if os.environ.get("GOLDEN") == "write":
        expected.write_text(told, encoding="utf-8")
    assert told == expected.read_text(encoding="utf-8")

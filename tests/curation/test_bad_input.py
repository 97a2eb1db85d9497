"""Every kind of bad input: each folder in ``bad`` is laid over the small world and has the lines it must give.

GOLDEN=write writes the lines anew, to be read.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from asoen_graph.curation.project import read_project
from asoen_graph.vocabulary import Vocabulary

CASES = sorted((Path(__file__).parent / "bad").iterdir())


def test_the_small_world_has_no_problems(reef: Path, vocabulary: Vocabulary) -> None:
    project, problems = read_project(reef, vocabulary)
    assert problems == []
    assert (len(project.sources), len(project.entities), len(project.facts)) == (1, 5, 6)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_bad_input_is_told_with_place_and_hint(case: Path, reef: Path, vocabulary: Vocabulary) -> None:
    shutil.copytree(case / "data", reef / "data", dirs_exist_ok=True)
    _, problems = read_project(reef, vocabulary)
    told = "".join(f"{problem} [{problem.code}]\n" for problem in problems)
    expected = case / "expected.txt"
    if os.environ.get("GOLDEN") == "write":
        expected.write_text(told, encoding="utf-8")
    assert told == expected.read_text(encoding="utf-8")

"""Where the invented worlds are, and how one is compiled."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from asoen_graph.build.pipeline import Draft, draft_release
from asoen_graph.curation.project import read_project
from asoen_graph.vocabulary import Vocabulary

TINY = Path(__file__).parent / "tiny"
LAGOON = Path(__file__).parents[1] / "worlds" / "lagoon"

World = Callable[[dict[str, str]], Path]
"""Writes a curated folder: path below ``data`` → text."""


def compiled(root: Path, vocabulary: Vocabulary) -> Draft:
    project, problems = read_project(root, vocabulary)
    assert not problems, "\n".join(map(str, problems))
    draft, unclear = draft_release(project)
    assert not unclear
    return draft

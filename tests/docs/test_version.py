"""One version: what the package, the changelog and the citation say is the same."""

from __future__ import annotations

import tomllib

import yaml

from asoen_graph.resources import checkout

ROOT = checkout()
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


def test_the_changelog_begins_with_the_version() -> None:
    headings = [line for line in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines() if line[:3] == "## "]
    assert headings[0] == f"## {VERSION}"


def test_the_citation_names_the_version() -> None:
    citation = yaml.load((ROOT / "CITATION.cff").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    assert citation["version"] == VERSION

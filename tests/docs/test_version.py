"""One version: what the package, the changelog and the citation say is the same."""

from __future__ import annotations

import re
import tomllib

import yaml

from asoen_graph.changelog import read_changelog
from asoen_graph.resources import checkout

ROOT = checkout()
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


def test_the_changelog_begins_with_the_version() -> None:
    headings = [line for line in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines() if line[:3] == "## "]
    assert re.fullmatch(rf"## {re.escape(VERSION)} \(\d{{4}}-\d\d-\d\d\)", headings[0])


def test_the_version_tells_of_facts_and_code() -> None:
    assert read_changelog(ROOT)[0].sections == ("Facts", "Code")


def test_the_citation_names_the_version() -> None:
    citation = yaml.load((ROOT / "CITATION.cff").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    assert citation["version"] == VERSION

"""The counts in README are those of the data as they are."""

from __future__ import annotations

from pathlib import Path

from asoen_graph.release import Release
from asoen_graph.report import quality_report
from asoen_graph.report.readme import fill_in
from asoen_graph.resources import checkout


def test_the_counts_in_the_readme_are_those_of_the_report(release: Path) -> None:
    page = (checkout() / "README.md").read_text(encoding="utf-8")
    written = fill_in(page, quality_report(Release.open(release), None))
    assert page == written, "Run `asoen build` and `asoen report --readme README.md`"

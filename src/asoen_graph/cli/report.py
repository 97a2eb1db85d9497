"""``asoen report``: the quality report of a release, as pages and as JSON."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from asoen_graph.cli.output import save
from asoen_graph.cli.reading import open_release
from asoen_graph.errors import ParameterError
from asoen_graph.report import previous_release, quality_report
from asoen_graph.report.model import QualityReport
from asoen_graph.report.page import write_json, write_page
from asoen_graph.report.readme import fill_in
from asoen_graph.resources import checkout


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("--release", metavar="RELEASE", help="the release: a folder, or the version of a kept one")
    parser.add_argument("-o", "--output", metavar="DIR", help="the folder to write to (default: build/report)")
    parser.add_argument("--readme", metavar="FILE", help="instead, rewrite the marked block of counts in a page")
    parser.epilog = "Writes report.json, report.en.html and report.vi.html; docs/report.md explains the keys."


def run(arguments: argparse.Namespace) -> int:
    """Write the report. Raises ReleaseError where there is no release, ParameterError for a file."""
    release = open_release(arguments)
    report = quality_report(release, previous_release(release))
    if arguments.readme:
        _fill_in(Path(arguments.readme), report)
        return 0
    folder = Path(arguments.output) if arguments.output else checkout() / "build" / "report"
    _write(folder, report)
    sys.stdout.write(_summary(report, folder))
    return 0


def _write(folder: Path, report: QualityReport) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ParameterError(
            "output", f"{folder} cannot be written: {error.strerror}", "Name another folder"
        ) from error
    save(folder / "report.json", write_json(report))
    for language, other in (("en", "vi"), ("vi", "en")):
        save(folder / f"report.{language}.html", write_page(report, language, other=f"report.{other}.html"))


def _fill_in(path: Path, report: QualityReport) -> None:
    try:
        page = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ParameterError("readme", f"{path} cannot be read: {error.strerror}") from error
    save(path, fill_in(page, report).encode())


def _summary(report: QualityReport, folder: Path) -> str:
    totals, evidence = report.totals, report.evidence
    missing = sum(len(each.missing) for each in report.series)
    return (
        f"{totals.entities:,} entities, {totals.facts:,} facts, {totals.sources:,} sources\n"
        f"{evidence.with_two_sources:,} of {evidence.statements:,} statements have two sources or more\n"
        f"{len(report.conflicts):,} open conflicts, {missing:,} missing numbers in series\n"
        f"{len(evidence.without_source):,} facts without a source, {len(report.addresses.wrong):,} wrong addresses\n"
        f"{folder}: report.json, report.en.html, report.vi.html\n"
    )

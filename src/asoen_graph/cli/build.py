"""``asoen build``: check the curated data and compile a release."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from asoen_graph.build.pipeline import build_release
from asoen_graph.curation.desk import cache_folder, find_root
from asoen_graph.release import Manifest


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("-o", "--output", metavar="DIR", help="the release folder (default: build/release of the root)")
    parser.add_argument("--root", metavar="DIR", help="the folder that holds data/ (default: here, else the checkout)")
    parser.epilog = (
        "The folder is replaced when everything is right, and left alone otherwise. "
        "Exit code 1 where the curated data have problems; all are shown."
    )


def run(arguments: argparse.Namespace) -> int:
    """Build, tell each step on stderr, and show what the release holds."""
    root = find_root(arguments.root)
    output = Path(arguments.output) if arguments.output else root / "build" / "release"
    manifest = build_release(
        root, output, version("asoen-graph"), cache=cache_folder(root), progress=clock(sys.stderr.write)
    )
    sys.stdout.write(_summary(manifest, output))
    return 0


def clock(write: Callable[[str], object]) -> Callable[[str], None]:
    """A reporter of steps that puts the seconds since its making before each."""
    start = time.monotonic()

    def report(step: str) -> None:
        write(f"{time.monotonic() - start:6.1f} s  {step}\n")

    return report


def _summary(manifest: Manifest, output: Path) -> str:
    counts = manifest.counts
    statuses = ", ".join(f"{number:,} {status}" for status, number in counts.facts_by_status.items())
    return (
        f"{counts.entities:,} entities, {counts.relations:,} relation nodes, {counts.sources:,} sources\n"
        f"{counts.facts:,} facts ({statuses}), {counts.inferred:,} inferred triples\n"
        f"{counts.default_graph:,} triples in the default graph, {counts.quads:,} quads in all\n"
        f"{output}: {manifest.name} {manifest.version}, {manifest.hash[:16]}\n"
    )

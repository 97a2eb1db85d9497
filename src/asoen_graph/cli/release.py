"""``asoen release``: keep the release of a version for good."""

from __future__ import annotations

import argparse
import sys

from asoen_graph.build.keeping import keep_release
from asoen_graph.cli.build import clock
from asoen_graph.curation.desk import cache_folder, find_root
from asoen_graph.resources import releases_folder


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("version", metavar="VERSION", help="the version, such as 2026.11.1")
    parser.add_argument("--root", metavar="DIR", help="the folder that holds data/ (default: here, else the checkout)")
    parser.epilog = (
        "The version must be that of pyproject.toml and CITATION.cff and the newest in CHANGELOG.md, with its day and "
        "something under Facts and Code. A kept release is never overwritten; --release VERSION opens it everywhere."
    )


def run(arguments: argparse.Namespace) -> int:
    """Build and keep the release. Raises ParameterError where the version is not in order, CurationError for data."""
    root = find_root(arguments.root)
    releases = root / "releases" if arguments.root else releases_folder()
    progress = clock(sys.stderr.write)
    manifest = keep_release(root, arguments.version, releases, cache=cache_folder(root), progress=progress)
    folder = releases / arguments.version
    size = sum(path.stat().st_size for path in folder.iterdir())
    sys.stdout.write(f"{folder}: {manifest.counts.quads:,} quads in {size:,} bytes, {manifest.hash[:16]}\n")
    return 0

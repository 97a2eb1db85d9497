"""``asoen export``: the data in an RDF format."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from pyoxigraph import DefaultGraph, RdfFormat, parse

from asoen_graph.cli.output import write_output
from asoen_graph.release import QUADS_FILE, TRIG_FILE, Release
from asoen_graph.resources import release_folder
from asoen_graph.serialization import write_rdf

FORMATS: Final = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "xml": RdfFormat.RDF_XML,
}
"""Formats of triples: they hold the default graph, that is what is accepted and what follows from it."""

DATASETS: Final = {"nq": QUADS_FILE, "trig": TRIG_FILE}
"""Formats of quads: they hold every graph, each fact in its own."""

_SUFFIXES: Final = {"rdf": "xml", "owl": "xml", "json": "jsonld"}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("-f", "--format", choices=(*DATASETS, *FORMATS), help="default: by the ending of FILE, else nq")
    parser.add_argument("-o", "--output", metavar="FILE", help="where to write (default: standard output)")
    parser.add_argument("--release", metavar="RELEASE", help="the release: a folder, or the version of a kept one")
    parser.epilog = (
        "nq and trig hold every graph; ttl, nt, jsonld and xml hold what is accepted and what follows from it."
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the release in the format asked for. Raises ReleaseError where there is none, ParameterError for a file."""
    release = Release.open(release_folder(arguments.release))
    write_output(arguments.output, export(release, arguments.format or _format_of(arguments.output)))
    return 0


def export(release: Release, name: str) -> bytes:
    """The release in the format of that name; triples come in the order of their N-Triples."""
    if name in DATASETS:
        return release.read(DATASETS[name])
    quads = parse(release.read(QUADS_FILE), format=RdfFormat.N_QUADS)
    return write_rdf((quad.triple for quad in quads if quad.graph_name == DefaultGraph()), FORMATS[name])


def _format_of(output: str | None) -> str:
    suffix = Path(output or "").suffix.removeprefix(".").lower()
    name = _SUFFIXES.get(suffix, suffix)
    return name if name in DATASETS or name in FORMATS else "nq"

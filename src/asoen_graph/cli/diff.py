"""``asoen diff``: what changed between two releases, for people or as an RDF patch."""

from __future__ import annotations

import argparse

from asoen_graph.cli.output import write_output
from asoen_graph.diff import compare, rdf_patch, write_changes
from asoen_graph.release import Release
from asoen_graph.resources import release_folder


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("old", metavar="OLD", help="a release: a folder, or the version of a kept one")
    parser.add_argument("new", metavar="NEW", nargs="?", help="another (default: the one built or installed)")
    parser.add_argument("-f", "--format", choices=("text", "rdf-patch"), default="text", help="text (default)")
    parser.add_argument("-o", "--output", metavar="FILE", help="where to write (default: standard output)")
    parser.add_argument("--lang", dest="language", choices=("en", "vi"), default="en", help="language of the text (en)")
    parser.epilog = "rdf-patch is the text format of Apache Jena: applied to OLD, it gives NEW, quad by quad."


def run(arguments: argparse.Namespace) -> int:
    """Write the difference. Raises ReleaseError where one of the two is no release."""
    old, new = (Release.open(release_folder(name)) for name in (arguments.old, arguments.new))
    if arguments.format == "rdf-patch":
        content = rdf_patch(old, new)
    else:
        content = write_changes(compare(old, new), arguments.language).encode()
    write_output(arguments.output, content)
    return 0

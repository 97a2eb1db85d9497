"""``asoen load``: put a release into a server of another make, to be asked with ``--endpoint``."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Final

from asoen_graph.cli.reading import open_release
from asoen_graph.errors import ParameterError
from asoen_graph.store.loading import load_into_virtuoso, load_over_http

PASSWORD: Final = "ASOEN_VIRTUOSO_PASSWORD"  # noqa: S105 - the name of a variable
"""The environment variable with the password; what others can read in a list of processes is no place for it."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "url", metavar="URL", nargs="?", help="the address that takes a dataset with PUT: of an Oxigraph server, /store"
    )
    parser.add_argument("--virtuoso", metavar="HOST:PORT", help="instead, the SQL port of a Virtuoso 7 on this machine")
    parser.add_argument(
        "--through", metavar="FOLDER", type=Path, help="a folder this Virtuoso may read (DirsAllowed in its settings)"
    )
    parser.add_argument("--user", default="dba", help=f"its user (dba); the password is that of {PASSWORD}, else dba")
    parser.add_argument("--release", metavar="RELEASE", help="the release: a folder, or the version of a kept one")
    parser.epilog = "Everything that the server holds is replaced."


def run(arguments: argparse.Namespace) -> int:
    """Load the release. Raises ReleaseError, ParameterError, and StoreError where the server does not take it."""
    if (arguments.url is None) == (arguments.virtuoso is None):
        raise ParameterError("url", "One server is needed", "Give the address of a store, or --virtuoso HOST:PORT")
    if arguments.virtuoso is not None and arguments.through is None:
        raise ParameterError("through", "Virtuoso reads files", "Name a folder it may read with --through")
    release = open_release(arguments)
    if arguments.url is not None:
        load_over_http(release, arguments.url)
    else:
        password = os.environ.get(PASSWORD, "dba")
        load_into_virtuoso(release, arguments.virtuoso, arguments.through, arguments.user, password)
    manifest = release.manifest
    sys.stdout.write(f"Loaded {manifest.name} {manifest.version}: {manifest.counts.quads:,} quads.\n")
    return 0

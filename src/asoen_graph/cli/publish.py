"""``asoen publish``: the whole site as static files, with SPARQL in the browser."""

from __future__ import annotations

import argparse
import sys
import time
from contextlib import nullcontext
from pathlib import Path
from typing import Final

from asoen_graph.errors import ParameterError

_MEBIBYTE: Final = 1 << 20


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("folder", metavar="DIR", type=Path, help="where to write; what this command wrote is replaced")
    parser.add_argument("--release", metavar="RELEASE", help="the release: a folder, or the version of a kept one")
    parser.add_argument("--base-url", metavar="URL", default="", help="where the site will stand, for search engines")
    parser.add_argument("--languages", metavar="LIST", default="en,vi", help="the languages (default: en,vi)")
    parser.add_argument("--fact-pages", action="store_true", help="a page for each fact too (otherwise in its source)")
    parser.add_argument("--jobs", metavar="N", type=int, default=0, help="processes (default: one for each core)")
    parser.add_argument("--quiet", action="store_true", help="say nothing unless something is wrong")
    parser.epilog = "Nothing is left half written: the folder is as it was before where anything fails."


def run(arguments: argparse.Namespace) -> int:
    """Write the site. Raises AsoenError where the folder is none of ours or a link leads nowhere."""
    from asoen_graph.cli.progress import Progress
    from asoen_graph.resources import release_folder
    from asoen_graph.site.pages import spoken
    from asoen_graph.site.publish import Publication, publish

    try:
        languages = spoken(arguments.languages)
    except ValueError as error:
        raise ParameterError(
            "languages", f"There is a language in {arguments.languages!r} that is not here", str(error)
        ) from None
    publication = Publication(
        release_folder(arguments.release),
        arguments.base_url,
        languages,
        has_fact_pages=arguments.fact_pages,
        jobs=max(0, arguments.jobs),
    )
    began = time.monotonic()
    with nullcontext(lambda _: None) if arguments.quiet else Progress(sys.stderr) as step:
        summary = publish(arguments.folder, publication, step)
    if not arguments.quiet:
        seconds = time.monotonic() - began
        sys.stdout.write(
            f"{arguments.folder}: {summary.files:,} files, {summary.size / _MEBIBYTE:,.1f} MiB, {seconds:.0f} s\n"
        )
    return 0

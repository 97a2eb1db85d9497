"""``asoen search``: entities by name, with or without diacritics."""

from __future__ import annotations

import argparse
import sys

from asoen_graph.cli.reading import add_reading_options, open_reading, write_columns, write_json
from asoen_graph.search import SearchIndex


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("words", metavar="WORDS", nargs="+", help="names or the beginnings of their words")
    parser.add_argument("-n", dest="limit", type=_count, default=20, metavar="N", help="the most hits to show (20)")
    add_reading_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Show what is called so, best first."""
    words = " ".join(arguments.words)
    index = SearchIndex.of(open_reading(arguments).quads)
    hits = index.find(words, arguments.language, arguments.limit)
    if arguments.format == "json":
        write_json(hits)
        return 0
    if not hits:
        sys.stderr.write(f"Nothing is called {words!r}.\n")
    write_columns(
        (
            hit.slug,
            hit.class_label,
            hit.label if hit.matched in (hit.label, hit.slug) else f"{hit.label} ({hit.matched})",
        )
        for hit in hits
    )
    return 0


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of hits; write 1 or more")
    return int(text)

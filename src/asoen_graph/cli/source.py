"""``asoen source``: a document with its facts in the order of the text, to be read beside it; without a slug, all."""

from __future__ import annotations

import argparse
import sys

from asoen_graph.cli.reading import add_reading_options, open_reading, text_width, write_columns, write_json
from asoen_graph.entities import list_sources, source_card
from asoen_graph.entities.plain import write_source


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("slug", metavar="SLUG", nargs="?", help="the document; all documents are listed without it")
    add_reading_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Show the document, or list all. Raises UnknownName, with the nearest slugs, where there is none of that slug."""
    quads, vocabulary, places = open_reading(arguments)
    language = arguments.language
    if arguments.slug is None:
        entries = list_sources(quads, vocabulary, language)
        if arguments.format == "json":
            write_json(entries)
        else:
            write_columns((entry.slug, entry.published, str(entry.facts), entry.title) for entry in entries)
        return 0
    card = source_card(quads, vocabulary, arguments.slug, language, places)
    if arguments.format == "json":
        write_json(card)
    else:
        sys.stdout.write(write_source(card, language, text_width()))
    return 0

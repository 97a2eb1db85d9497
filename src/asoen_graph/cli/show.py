"""``asoen show``: an entity with every fact, its source, and the line of the curated file it stands on."""

from __future__ import annotations

import argparse
import sys

from asoen_graph.cli.reading import add_reading_options, open_reading, text_width, write_json
from asoen_graph.entities import entity_card, resolve
from asoen_graph.entities.plain import write_entity


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("slug", metavar="SLUG", help="the entity, such as asoen-34")
    add_reading_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Show the entity. Raises UnknownName, with the nearest names, where there is none of that slug."""
    quads, vocabulary, places = open_reading(arguments)
    language = arguments.language
    found = resolve(quads, arguments.slug)
    card = entity_card(quads, vocabulary, found.slug, language, places)
    if arguments.format == "json":
        write_json(card)
        return 0
    if found.retired:
        sys.stdout.write(f"{found.retired} → {found.slug}\n\n")
    sys.stdout.write(write_entity(card, language, text_width()))
    return 0

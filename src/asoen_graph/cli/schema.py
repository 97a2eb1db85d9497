"""``asoen schema``: the files that follow from the ontology."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from asoen_graph.curation.desk import read_ontology
from asoen_graph.curation.schema import entities_schema, source_schema
from asoen_graph.resources import checkout
from asoen_graph.vocabulary import Vocabulary


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("--check", action="store_true", help="write nothing; list the files that are out of date")
    parser.add_argument(
        "-o", "--output", metavar="DIR", help="the folder with data/schema and ontology (default: the checkout)"
    )
    parser.epilog = "Exit code 0 where all is well, 1 where --check finds a file that is out of date."


def run(arguments: argparse.Namespace) -> int:
    """Write the files whose content differs from what the ontology says."""
    root = Path(arguments.output) if arguments.output else checkout()
    stale = 0
    for name, text in _generate(read_ontology()).items():
        path = root / name
        if path.is_file() and path.read_bytes() == text.encode():
            continue
        stale += 1
        if arguments.check:
            sys.stdout.write(f"{name}: out of date. Run `asoen schema`.\n")
        else:
            _replace(path, text)
            sys.stdout.write(f"{name}: written\n")
    return 1 if arguments.check and stale else 0


def _generate(vocabulary: Vocabulary) -> dict[str, str]:
    from asoen_graph.build.shapes import generate_shapes

    return {
        "data/schema/source.schema.json": source_schema(vocabulary),
        "data/schema/entities.schema.json": entities_schema(),
        "ontology/shapes.ttl": generate_shapes(vocabulary),
    }


def _replace(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.write_bytes(text.encode())
    aside.replace(path)

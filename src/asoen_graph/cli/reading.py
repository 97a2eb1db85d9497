"""What the commands that read a release have in common: their options, and how they write."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterable, Sequence

from asoen_graph.release import Release
from asoen_graph.resources import release_folder

_NARROWEST, _WIDEST = 80, 120


def add_reading_options(parser: argparse.ArgumentParser) -> None:
    """Add ``--lang``, ``--format`` and ``--release``."""
    parser.add_argument("--lang", dest="language", choices=("en", "vi"), default="en", help="language of labels (en)")
    parser.add_argument("-f", "--format", choices=("text", "json"), default="text", help="text (default) or json")
    parser.add_argument("--release", metavar="RELEASE", help="the release: a folder, or the version of a kept one")


def open_release(arguments: argparse.Namespace) -> Release:
    """The release named by ``--release`` or found in the usual places. Raises ReleaseError where there is none."""
    return Release.open(release_folder(arguments.release))


def text_width() -> int:
    """How wide text may be: as wide as the terminal, within what reads well."""
    return min(max(shutil.get_terminal_size((100, 24)).columns, _NARROWEST), _WIDEST)


def write_json(value: object) -> None:
    """Write a card or a list of dataclasses as indented JSON."""
    import orjson

    sys.stdout.write(orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode())


def write_columns(rows: Iterable[Sequence[str]]) -> None:
    """Write rows in aligned columns; the last column is as long as it is."""
    table = list(rows)
    widths = [max(map(len, column)) for column in zip(*table, strict=True)][:-1]
    for row in table:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        sys.stdout.write("  ".join([*cells, row[-1]]) + "\n")

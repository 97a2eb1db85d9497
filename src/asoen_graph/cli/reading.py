"""What the commands that read a release have in common: their options, and how they write."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from asoen_graph.errors import ParameterError
from asoen_graph.patterns import Patterns
from asoen_graph.release import Release
from asoen_graph.resources import release_folder
from asoen_graph.vocabulary import Vocabulary

if TYPE_CHECKING:
    from asoen_graph.store.remote import RemoteStore

_NARROWEST, _WIDEST = 80, 120


class Reading(NamedTuple):
    """What cards and lists are made from: a release, or an endpoint that holds one."""

    quads: Patterns
    vocabulary: Vocabulary
    places: Mapping[str, str]
    """Where facts stand in the curated data; an endpoint does not know."""


def add_reading_options(parser: argparse.ArgumentParser) -> None:
    """Add ``--lang``, ``--format``, ``--release`` and ``--endpoint``."""
    parser.add_argument("--lang", dest="language", choices=("en", "vi"), default="en", help="language of labels (en)")
    parser.add_argument("-f", "--format", choices=("text", "json"), default="text", help="text (default) or json")
    add_where_options(parser)


def add_where_options(parser: argparse.ArgumentParser) -> None:
    """Add ``--release`` and ``--endpoint`` with ``--engine``."""
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--release", metavar="RELEASE", help="the release: a folder, or the version of a kept one")
    where.add_argument("--endpoint", metavar="URL", help="a SPARQL endpoint to ask instead of a release")
    parser.add_argument(
        "--engine", metavar="NAME", help="what the endpoint is, where it does not tell: sparql11 or virtuoso"
    )


def open_release(arguments: argparse.Namespace) -> Release:
    """The release named by ``--release`` or found in the usual places. Raises ReleaseError where there is none."""
    return Release.open(release_folder(arguments.release))


def open_endpoint(arguments: argparse.Namespace) -> RemoteStore | None:
    """The endpoint named by ``--endpoint``, if one is. Raises ParameterError and StoreError."""
    if arguments.endpoint is None:
        if arguments.engine is not None:
            raise ParameterError("engine", "--engine says what an endpoint is", "Give its address with --endpoint")
        return None
    from asoen_graph.store.engines import engine_named
    from asoen_graph.store.remote import RemoteStore

    engine = None if arguments.engine is None else engine_named(arguments.engine)
    return RemoteStore(arguments.endpoint, engine=engine)


def open_reading(arguments: argparse.Namespace) -> Reading:
    """The release or the endpoint that the options name, to be read by patterns."""
    endpoint = open_endpoint(arguments)
    if endpoint is None:
        release = open_release(arguments)
        return Reading(release.store(), release.vocabulary, release.places)
    from asoen_graph.store.reading import RemoteQuads

    quads = RemoteQuads(endpoint)
    return Reading(quads, Vocabulary.of_store(quads), {})


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

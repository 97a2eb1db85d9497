"""Finding the command, running it, and turning errors into exit codes.

A command is a module with ``configure(parser)`` and ``run(arguments) -> int``. Only the module of the command that was
typed is imported, so that ``asoen query`` starts as fast as the engine allows.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from types import ModuleType

from asoen_graph.errors import AsoenError, CurationError, LimitReached, QueryError, ReleaseError, StoreError
from asoen_graph.text import nearest

COMMANDS = {
    "query": "run a catalogue query, a query file or a query text",
    "queries": "list the query catalogue",
    "show": "show an entity: every fact with its source",
    "source": "show a document: its facts by paragraph",
    "search": "find entities by name, with or without diacritics",
    "network": "draw or export a network of relations",
    "serve": "serve SPARQL, linked data and the API over HTTP",
    "export": "write the data in an RDF format",
    "check": "check the curated data",
    "tidy": "put curated files into canonical form",
    "schema": "write the JSON Schemas and SHACL shapes that follow from the ontology",
    "build": "check the curated data and compile a release",
}
"""Every command with its one-line help; the module of a command has its name."""

EXIT_CODES: tuple[tuple[type[AsoenError], int], ...] = (
    (CurationError, 1),
    (LimitReached, 3),
    (QueryError, 2),
    (ReleaseError, 4),
    (StoreError, 4),
    (AsoenError, 2),
)
"""The exit code of each error; the first class that fits counts."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``asoen`` with the given arguments (those of the process by default) and return the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    parser = _parser(words)
    if not words:
        parser.print_help()
        return 2
    parsed = parser.parse_args(words)
    try:
        code: int = _module(parsed.command).run(parsed)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of a pipe (head, less) has left: nothing is wrong, and nobody is there to be told.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except AsoenError as error:
        sys.stderr.write(describe(error))
        return next(code for kind, code in EXIT_CODES if isinstance(error, kind))
    return code


def describe(error: AsoenError) -> str:
    """The error as lines for a terminal: the problems one a line, or message, place and hint."""
    if isinstance(error, CurationError):
        return "".join(f"{problem}\n" for problem in error.problems) + f"{error.message}.\n"
    lines = [f"asoen: {error.message}"]
    if isinstance(error, QueryError) and error.repaired is not None:
        lines += [f"  {error.hint}", "A query that works:", error.repaired]
    elif error.hint:
        lines.append(f"  {error.hint}")
    return "\n".join(lines) + "\n"


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="asoen",
        description="The open knowledge graph of ASEAN environmental cooperation: every fact with its source.",
        epilog="`asoen COMMAND --help` explains a command. Exit codes: 0 done, 1 problems in curated data, "
        "2 wrong query, name or option, 3 limit reached, 4 no usable release.",
    )
    parser.add_argument("--version", action="version", version=_version() if "--version" in words else "")
    chosen = next((word for word in words if not word.startswith("-")), None)
    if chosen is not None and chosen not in COMMANDS:
        near = nearest(chosen, COMMANDS)
        parser.error(f"there is no command {chosen!r}" + (f"; did you mean {' or '.join(near)}?" if near else ""))
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, summary in COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.")
        if name == chosen:
            _module(name).configure(command)
    return parser


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"asoen_graph.cli.{name}")


def _version() -> str:
    from importlib.metadata import version

    return f"asoen {version('asoen-graph')}"

"""Finding the command, running it, and turning errors into exit codes.

A command is a module with ``configure(parser)`` and ``run(arguments) -> int``. Only the module of the command that was
typed is imported, so that ``asoen query`` starts as fast as the engine allows. A command may have ``prepare(words)``,
which begins something slow before the command line is read; what it gives is ``arguments.prepared``.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from asoen_graph.errors import AsoenError, CurationError, LimitReached, QueryError, ReleaseError, StoreError

COMMANDS = {
    "query": "run a catalogue query, a query file or a query text",
    "queries": "list the query catalogue",
    "show": "show an entity: every fact with its source",
    "source": "show a document: its facts by paragraph",
    "search": "find entities by name, with or without diacritics",
    "network": "draw or export a network of relations",
    "serve": "serve SPARQL, linked data and the API over HTTP",
    "publish": "write the whole site as static files, with SPARQL in the browser",
    "export": "write the data in an RDF format",
    "load": "put a release into another SPARQL server",
    "check": "check the curated data",
    "tidy": "put curated files into canonical form",
    "schema": "write the JSON Schemas and SHACL shapes that follow from the ontology",
    "build": "check the curated data and compile a release",
    "release": "keep the release of a version for good",
    "diff": "show what changed between two releases",
    "report": "write the quality report of a release",
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


def leave() -> NoReturn:
    """Run ``asoen`` and end the process at once: taking a graph apart would take longer than many a query."""
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``asoen`` with the given arguments (those of the process by default) and return the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or words[0] not in COMMANDS:
        return _introduce(words)
    try:
        code = _run(words[0], words[1:])
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


def _run(name: str, words: Sequence[str]) -> int:
    command = importlib.import_module(f"asoen_graph.cli.{name}")
    prepared = command.prepare(words) if hasattr(command, "prepare") else None
    import argparse  # while what was prepared goes on

    summary = COMMANDS[name]
    parser = argparse.ArgumentParser(prog=f"asoen {name}", description=f"{summary[0].upper()}{summary[1:]}.")
    command.configure(parser)
    code: int = command.run(parser.parse_args(words, argparse.Namespace(prepared=prepared)))
    return code


def _introduce(words: Sequence[str]) -> int:
    """Answer a command line that names no command: help, the version, or what was perhaps meant."""
    import argparse

    from asoen_graph.text import nearest

    parser = argparse.ArgumentParser(
        prog="asoen",
        description="The open knowledge graph of ASEAN environmental cooperation: every fact with its source.",
        epilog="`asoen COMMAND --help` explains a command. Exit codes: 0 done, 1 problems in curated data, "
        "2 wrong query, name or option, 3 limit reached, 4 no usable release.",
    )
    parser.add_argument("--version", action="version", version=_version() if "--version" in words else "")
    commands = parser.add_subparsers(metavar="COMMAND")
    for name, summary in COMMANDS.items():
        commands.add_parser(name, help=summary)
    wrong = next((word for word in words if not word.startswith("-")), None)
    if wrong in COMMANDS:
        parser.error(f"the command comes first: asoen {wrong} …")
    if wrong is not None:
        near = nearest(wrong, COMMANDS)
        parser.error(f"there is no command {wrong!r}" + (f"; did you mean {' or '.join(near)}?" if near else ""))
    parser.parse_args(words)
    parser.print_help()
    return 2


def _version() -> str:
    from importlib.metadata import version

    return f"asoen {version('asoen-graph')}"

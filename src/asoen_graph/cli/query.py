"""``asoen query``: run a query of the catalogue, a query file or a query text, and write the answer in any form.

The graph is being loaded in a thread of its own while the command line is read and the rest is imported.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from asoen_graph.errors import ParameterError, ReleaseError
from asoen_graph.release import Release
from asoen_graph.resources import release_folder

if TYPE_CHECKING:
    import argparse

    from asoen_graph.answers.frame import Frame
    from asoen_graph.queries.catalogue import CatalogueQuery
    from asoen_graph.store import Answer, GraphStore


_OTHERWISE = ("-h", "--h", "--r", "--en")
"""How the options begin with which another release, or none, is wanted."""


def prepare(words: Sequence[str]) -> Release | None:
    """Begin to load the usual release, unless the words speak of another."""
    if any(word.startswith(_OTHERWISE) for word in words):
        return None
    try:
        return Release.open(release_folder(), begin=True)
    except ReleaseError:
        return None  # said when its turn comes


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    from asoen_graph.answers import FORMATS
    from asoen_graph.cli.question import add_question_options

    add_question_options(parser, "a query of the catalogue")
    parser.add_argument(
        "-f", "--format", metavar="FORMAT", help=f"{', '.join(FORMATS)} (default: table, ttl for graphs)"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="where to write; its extension says in what format")
    parser.add_argument("--lang", dest="language", choices=("en", "vi"), default="en", help="language of labels (en)")
    parser.add_argument("--plain", action="store_true", help="exactly what the query projects: no labels, no sources")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--release", metavar="RELEASE", help="the release: a folder, or the version of a kept one")
    where.add_argument("--endpoint", metavar="URL", help="a SPARQL endpoint to ask instead of a release")
    parser.add_argument(
        "--engine", metavar="NAME", help="what the endpoint is, where it does not tell: sparql11 or virtuoso"
    )
    parser.epilog = "Formats: " + "; ".join(f"{name} – {each.about}" for name, each in FORMATS.items()) + "."


def run(arguments: argparse.Namespace) -> int:
    """Answer the query. Raises QueryError, ParameterError, UnknownName, LimitReached, ReleaseError, StoreError."""
    format_ = _format_of(arguments)
    store = _store(arguments)
    from asoen_graph.answers.rendering import render
    from asoen_graph.cli.output import write_output
    from asoen_graph.cli.question import read_question

    question = read_question(arguments, store)
    query = question.query
    if query is None:
        _refuse_doubtful(question.text, store)
    answer = store.query(question.text)
    content = render(
        answer,
        format_ or _default_format(answer),
        store,
        arguments.language,
        headings={name: texts[arguments.language] for name, texts in query.columns.items()} if query else {},
        title=query.title[arguments.language] if query else "",
        plain=arguments.plain,
        width=_terminal_width(arguments),
        frame=_frame(query, arguments) if format_ == "svg" else None,
    )
    write_output(arguments.output, content)
    if _is_empty(answer):
        sys.stderr.write("asoen: the answer has no rows\n")
    return 0


def _format_of(arguments: argparse.Namespace) -> str | None:
    """The format asked for, by name or by the extension of the output; ``None`` leaves it to the kind of answer."""
    from asoen_graph.answers import FORMATS, find_format

    if arguments.format is not None:
        return find_format(arguments.format).name
    if arguments.output is None:
        return None
    suffix = Path(arguments.output).suffix.removeprefix(".").lower()
    found = suffix if suffix in FORMATS else next((n for n, each in FORMATS.items() if each.extension == suffix), None)
    if found is None:
        raise ParameterError("output", f"The extension of {arguments.output} names no format", "Say which with -f")
    return found


def _store(arguments: argparse.Namespace) -> GraphStore:
    if arguments.endpoint is not None or arguments.engine is not None:
        from asoen_graph.cli.reading import open_endpoint

        endpoint = open_endpoint(arguments)
        assert endpoint is not None
        return endpoint
    release: Release = arguments.prepared or Release.open(release_folder(arguments.release))
    release.begin_loading()
    # What comes later is imported, and the lexer compiled, while the graph is being loaded on another core.
    for module in ("answers.rendering", "answers.table", "answers.sheet", "queries.review", "fulltext", "cli.output"):
        importlib.import_module(f"asoen_graph.{module}")
    from asoen_graph.fulltext import functions
    from asoen_graph.sparql.tokens import terminals
    from asoen_graph.store.embedded import EmbeddedStore

    terminals()
    graph = release.store()
    return EmbeddedStore(graph, functions(graph))


def _refuse_doubtful(text: str, store: GraphStore) -> None:
    """Raise the first thing a person most likely got wrong in a query of their own."""
    from asoen_graph.queries.review import doubts

    found = doubts(text, store)
    if found:
        # A text that is no SPARQL at all is told first: the engine's refusal is worth more than a missing name.
        store.query(text)
        raise found[0]


def _frame(query: CatalogueQuery | None, arguments: argparse.Namespace) -> Frame | None:
    """What a picture of the answer draws; a query that is no file of the catalogue has none."""
    if query is None:
        return None
    from asoen_graph.answers.frame import Frame

    release = ""
    if arguments.endpoint is None:
        manifest = Release.open(release_folder(arguments.release)).manifest
        release = f"{manifest.name} {manifest.version}"
    return Frame(query.view, query.picture, query.description[arguments.language], release)


def _default_format(answer: Answer) -> str:
    from asoen_graph.store import GraphAnswer

    return "ttl" if isinstance(answer, GraphAnswer) else "table"


def _terminal_width(arguments: argparse.Namespace) -> int | None:
    if arguments.output is None and sys.stdout.isatty():
        return os.get_terminal_size(sys.stdout.fileno()).columns
    return None


def _is_empty(answer: Answer) -> bool:
    from asoen_graph.store import AskAnswer, GraphAnswer

    if isinstance(answer, AskAnswer):
        return False
    return not (answer.triples if isinstance(answer, GraphAnswer) else answer.rows)

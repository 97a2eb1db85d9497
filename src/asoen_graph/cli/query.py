"""``asoen query``: run a query of the catalogue, a query file or a query text, and write the answer in any form."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from asoen_graph.answers import FORMATS, find_format, render
from asoen_graph.errors import ParameterError
from asoen_graph.store import Answer, AskAnswer, GraphAnswer

if TYPE_CHECKING:
    from asoen_graph.queries.catalogue import CatalogueQuery
    from asoen_graph.store import GraphStore


_USUAL_WIDTH = 80
"""The width of a terminal that does not tell."""


class Question(NamedTuple):
    """What is asked: a text with its parameters bound, and how the answer is headed."""

    text: str
    title: str
    headings: Mapping[str, str]
    is_catalogued: bool


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "query", nargs="?", metavar="NAME | FILE.rq | -", help="a query of the catalogue, a file, or stdin"
    )
    parser.add_argument("-e", "--execute", metavar="TEXT", help="a query text")
    parser.add_argument("-p", "--parameter", action="append", default=[], metavar="NAME=VALUE", help="a parameter")
    parser.add_argument(
        "-f", "--format", metavar="FORMAT", help=f"{', '.join(FORMATS)} (default: table, ttl for graphs)"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="where to write; its extension says in what format")
    parser.add_argument("--lang", dest="language", choices=("en", "vi"), default="en", help="language of labels (en)")
    parser.add_argument("--plain", action="store_true", help="exactly what the query projects: no labels, no sources")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--release", metavar="DIR", help="the release folder to read")
    where.add_argument("--endpoint", metavar="URL", help="a SPARQL endpoint to ask instead of a release")
    parser.epilog = "Formats: " + "; ".join(f"{name} – {each.about}" for name, each in FORMATS.items()) + "."


def run(arguments: argparse.Namespace) -> int:
    """Answer the query. Raises QueryError, ParameterError, UnknownName, LimitReached, ReleaseError, StoreError."""
    format_ = _format_of(arguments)
    store = _store(arguments)
    question = _question(arguments, store)
    if not question.is_catalogued:
        _refuse_doubtful(question.text, store)
    answer = store.query(question.text)
    content = render(
        answer,
        format_ or _default_format(answer),
        store,
        arguments.language,
        headings=question.headings,
        title=question.title,
        plain=arguments.plain,
        width=_terminal_width(arguments),
    )
    if arguments.output is None:
        sys.stdout.buffer.write(content)
    else:
        save(Path(arguments.output), content)
    if _is_empty(answer):
        sys.stderr.write("asoen: the answer has no rows\n")
    return 0


def save(path: Path, content: bytes) -> None:
    """Write aside and rename, so that a file is there as a whole or as it was."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        aside.write_bytes(content)
        aside.replace(path)
    except OSError as error:
        raise ParameterError("output", f"{path} cannot be written: {error.strerror}", "Name another file") from error
    finally:
        aside.unlink(missing_ok=True)


def _format_of(arguments: argparse.Namespace) -> str | None:
    """The format asked for, by name or by the extension of the output; ``None`` leaves it to the kind of answer."""
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
    if arguments.endpoint is not None:
        from asoen_graph.store.remote import RemoteStore

        return RemoteStore(arguments.endpoint)
    from asoen_graph.release import Release
    from asoen_graph.resources import release_folder

    release = Release.open(release_folder(arguments.release))
    release.begin_loading()
    # The rest is imported while the graph is being loaded, on another core.
    importlib.import_module("asoen_graph.queries.review")
    from asoen_graph.store.embedded import EmbeddedStore

    return EmbeddedStore(release.store())


def _question(arguments: argparse.Namespace, store: GraphStore) -> Question:
    given = dict(map(_parameter, arguments.parameter))
    if (arguments.query is None) == (arguments.execute is None):
        raise ParameterError(
            "query", "One query is needed", "Give a name (`asoen queries` lists them), a file, or -e TEXT"
        )
    if arguments.execute is not None:
        return _bare(arguments.execute, given)
    if arguments.query == "-":
        return _bare(sys.stdin.buffer.read().decode("utf-8-sig", "replace"), given)
    path = Path(arguments.query)
    # The catalogue is read only where it is asked: the modules behind it cost as much as a query.
    from asoen_graph.queries.header import has_header

    if path.suffix == ".rq" or path.is_file():
        from asoen_graph.queries.catalogue import read_query, read_text

        text = read_text(path)
        return _headed(read_query(path), given, arguments, store) if has_header(text) else _bare(text, given)
    from asoen_graph.queries.catalogue import Catalogue
    from asoen_graph.resources import queries_folder

    return _headed(Catalogue.read(queries_folder())[arguments.query], given, arguments, store)


def _headed(
    query: CatalogueQuery, given: Mapping[str, str], arguments: argparse.Namespace, store: GraphStore
) -> Question:
    from asoen_graph.queries.parameters import bind_values

    headings = {name: texts[arguments.language] for name, texts in query.columns.items()}
    text = bind_values(query.text, query.parameters, given, store)
    return Question(text, query.title[arguments.language], headings, True)


def _bare(text: str, given: Mapping[str, str]) -> Question:
    if given:
        hint = "Write the value into the text, or put the query into a file with a header"
        raise ParameterError(next(iter(given)), "A query without a header has no parameters", hint)
    return Question(text, "", {}, False)


def _parameter(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise ParameterError(name or "parameter", f"{text!r} is no parameter", "Write -p name=value")
    return name, value


def _refuse_doubtful(text: str, store: GraphStore) -> None:
    """Raise the first thing a person most likely got wrong in a query of their own."""
    from asoen_graph.queries.review import doubts

    found = doubts(text, store)
    if found:
        # A text that is no SPARQL at all is told first: the engine's refusal is worth more than a missing name.
        store.query(text)
        raise found[0]


def _default_format(answer: Answer) -> str:
    return "ttl" if isinstance(answer, GraphAnswer) else "table"


def _terminal_width(arguments: argparse.Namespace) -> int | None:
    if arguments.output is not None or not sys.stdout.isatty():
        return None
    # What shutil.get_terminal_size does, without importing the compression modules that come with it.
    told = os.environ.get("COLUMNS", "")
    return int(told) if told.isdecimal() else os.get_terminal_size(sys.stdout.fileno()).columns or _USUAL_WIDTH


def _is_empty(answer: Answer) -> bool:
    if isinstance(answer, AskAnswer):
        return False
    return not (answer.triples if isinstance(answer, GraphAnswer) else answer.rows)

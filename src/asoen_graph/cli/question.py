"""The query a command line asks for: a name of the catalogue, a file, standard input or a text, and its parameters."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from asoen_graph.errors import ParameterError

if TYPE_CHECKING:
    import argparse

    from asoen_graph.queries.catalogue import CatalogueQuery
    from asoen_graph.store import GraphStore


class Question(NamedTuple):
    """What is asked: the text with its parameters bound, and the query it comes from where that has a header."""

    text: str
    query: CatalogueQuery | None


def add_question_options(parser: argparse.ArgumentParser, name: str) -> None:
    """Add the query (``name`` says of what kind), ``-e`` and ``-p``."""
    parser.add_argument("query", nargs="?", metavar="NAME | FILE.rq | -", help=f"{name}, a file, or stdin")
    parser.add_argument("-e", "--execute", metavar="TEXT", help="a query text")
    parser.add_argument("-p", "--parameter", action="append", default=[], metavar="NAME=VALUE", help="a parameter")


def read_question(arguments: argparse.Namespace, store: GraphStore) -> Question:
    """The query asked for. Parameters that are a language take that of the labels unless they are given.

    Raises ParameterError, UnknownName for a name that is not in the catalogue, QueryError for a file that is wrong.
    """
    given = dict(map(_parameter, arguments.parameter))
    if (arguments.query is None) == (arguments.execute is None):
        hint = "Give a name (`asoen queries` lists them), a file, or -e TEXT"
        raise ParameterError("query", "One query is needed", hint)
    if arguments.execute is not None:
        return _bare(arguments.execute, given)
    if arguments.query == "-":
        return _bare(sys.stdin.buffer.read().decode("utf-8-sig", "replace"), given)
    # The catalogue is imported only where it is asked: the modules behind it cost as much as a query.
    from asoen_graph.queries.catalogue import Catalogue, read_query, read_text
    from asoen_graph.queries.header import has_header
    from asoen_graph.resources import queries_folder

    path = Path(arguments.query)
    if path.suffix == ".rq" or path.is_file():
        text = read_text(path)
        return _headed(read_query(path), given, arguments.language, store) if has_header(text) else _bare(text, given)
    return _headed(Catalogue.read(queries_folder())[arguments.query], given, arguments.language, store)


def _headed(query: CatalogueQuery, given: Mapping[str, str], language: str, store: GraphStore) -> Question:
    from asoen_graph.queries.parameters import bind_values

    spoken = {name: language for name, parameter in query.parameters.items() if parameter.type == "language"}
    return Question(bind_values(query.text, query.parameters, {**spoken, **given}, store), query)


def _bare(text: str, given: Mapping[str, str]) -> Question:
    if given:
        hint = "Write the value into the text, or put the query into a file with a header"
        raise ParameterError(next(iter(given)), "A query without a header has no parameters", hint)
    return Question(text, None)


def _parameter(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise ParameterError(name or "parameter", f"{text!r} is no parameter", "Write -p name=value")
    return name, value

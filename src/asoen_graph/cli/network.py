"""``asoen network``: a network of relations as a picture or a file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from asoen_graph.cli.query import save
from asoen_graph.cli.reading import open_release, write_columns
from asoen_graph.errors import ParameterError
from asoen_graph.network.formats import FORMATS, format_of, write
from asoen_graph.network.projection import build_network
from asoen_graph.network.words import say
from asoen_graph.queries.catalogue import Catalogue, CatalogueQuery, read_query, read_text
from asoen_graph.queries.header import has_header
from asoen_graph.queries.parameters import bind_values
from asoen_graph.resources import queries_folder
from asoen_graph.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from asoen_graph.store import GraphStore

_FORMAT_ON_A_PIPE = "json"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("query", nargs="?", metavar="NAME", help="a network, or a query file; without it, a list")
    parser.add_argument("-e", "--execute", metavar="TEXT", help="a query text instead of a name")
    parser.add_argument(
        "-p", "--parameter", action="append", default=[], metavar="NAME=VALUE", help="a parameter of the query"
    )
    parser.add_argument("--at", metavar="DATE", help="the network at a date: 2019, 2019-11 or 2019-11-02")
    parser.add_argument("--from", dest="since", metavar="DATE", help="the network from a date on")
    parser.add_argument("--until", metavar="DATE", help="the network until a date")
    parser.add_argument("--top", type=_count, metavar="N", help="only the N nodes with the strongest links")
    parser.add_argument("--lang", dest="language", choices=("en", "vi"), default="en", help="language of words (en)")
    parser.add_argument("-o", "--output", metavar="FILE", help="where to write; its extension says in what format")
    parser.add_argument("-f", "--format", choices=tuple(FORMATS), help="the format (on standard output: json)")
    parser.add_argument("--release", metavar="DIR", help="the release folder to read")
    parser.epilog = "Formats: " + "; ".join(f"{name} – {each.purpose}" for name, each in FORMATS.items()) + "."


def run(arguments: argparse.Namespace) -> int:
    """Build the network and write it, or list those there are.

    Raises UnknownName, ParameterError, QueryError, NetworkError and ReleaseError.
    """
    if arguments.query is None and arguments.execute is None:
        _list(arguments.language)
        return 0
    # A wrong extension is said before the work is done.
    format_ = arguments.format or (format_of(arguments.output) if arguments.output else _FORMAT_ON_A_PIPE)
    release = open_release(arguments)
    store = EmbeddedStore(release.store())
    network = build_network(
        store,
        release.vocabulary,
        _chosen(arguments, store),
        at=arguments.at,
        since=arguments.since,
        until=arguments.until,
        language=arguments.language,
        release=f"{release.manifest.name} {release.manifest.version}",
    )
    if arguments.top is not None:
        network = network.strongest(arguments.top, say("strongest", arguments.language, count=arguments.top))
    content = write(network, format_)
    if arguments.output is None:
        sys.stdout.buffer.write(content)
    else:
        save(Path(arguments.output), content)
    sys.stderr.write("".join(f"{note}\n" for note in network.notes))
    return 0


def _list(language: str) -> None:
    catalogue = Catalogue.read(queries_folder())
    networks = [query for query in (catalogue[name] for name in catalogue) if query.is_network]
    write_columns((query.name, query.title[language]) for query in networks)


def _chosen(arguments: argparse.Namespace, store: GraphStore) -> CatalogueQuery | str:
    """The query that was asked for, its parameters bound; a text where it has no header."""
    given = dict(map(_parameter, arguments.parameter))
    if arguments.execute is not None:
        if arguments.query is not None:
            raise ParameterError("execute", "Both a name and a text of a query are given", "Leave out one of them")
        return _bare(arguments.execute, given)
    path = Path(arguments.query)
    if path.suffix == ".rq" or path.is_file():
        text = read_text(path)
        if not has_header(text):
            return _bare(text, given)
        query = read_query(path)
    else:
        query = Catalogue.read(queries_folder())[arguments.query]
    return query._replace(text=bind_values(query.text, query.parameters, given, store))


def _bare(text: str, given: dict[str, str]) -> str:
    if given:
        name = next(iter(given))
        raise ParameterError(name, "A query without a header has no parameters", "Write the value into the text")
    return text


def _parameter(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise ParameterError(name or "parameter", f"{text!r} is no parameter", "Write -p name=value")
    return name, value


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of nodes; write 1 or more")
    return int(text)

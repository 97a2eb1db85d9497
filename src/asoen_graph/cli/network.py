"""``asoen network``: a network of relations as a picture or a file."""

from __future__ import annotations

import argparse
import sys

from asoen_graph.cli.output import write_output
from asoen_graph.cli.question import add_question_options, read_question
from asoen_graph.cli.reading import add_where_options, open_endpoint, open_release, write_columns
from asoen_graph.drawing.paper import PAPERS, Printing
from asoen_graph.network.asking import Wanted, ask
from asoen_graph.network.formats import FORMATS, format_of, write
from asoen_graph.queries.catalogue import Catalogue
from asoen_graph.resources import queries_folder
from asoen_graph.store import GraphStore
from asoen_graph.store.embedded import EmbeddedStore
from asoen_graph.store.reading import RemoteQuads
from asoen_graph.vocabulary import Vocabulary

_FORMAT_ON_A_PIPE = "json"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    add_question_options(parser, "a network (without it, the list of them)")
    parser.add_argument("--at", metavar="DATE", help="the network at a date: 2019, 2019-11 or 2019-11-02")
    parser.add_argument("--from", dest="since", metavar="DATE", help="the network from a date on")
    parser.add_argument("--until", metavar="DATE", help="the network until a date")
    parser.add_argument("--top", type=_count, metavar="N", help="only the N nodes whose links together weigh most")
    parser.add_argument("--lang", dest="language", choices=("en", "vi"), default="en", help="language of words (en)")
    parser.add_argument("-o", "--output", metavar="FILE", help="where to write; its extension says in what format")
    parser.add_argument("-f", "--format", choices=tuple(FORMATS), help="the format (on standard output: json)")
    _add_picture_options(parser)
    add_where_options(parser)
    parser.epilog = "Formats: " + "; ".join(f"{name} – {each.purpose}" for name, each in FORMATS.items()) + "."


def _add_picture_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--size", metavar="ATTRIBUTE", help="show a number of each node by the size of its mark: strength, or a measure"
    )
    parser.add_argument(
        "--paper",
        choices=PAPERS,
        help="what PDF and PNG are printed on (auto: the smallest of a4, a3, a2 with labels of 6 points; fit: as large "
        "as the picture)",
    )
    parser.add_argument("--dpi", type=_dots, metavar="N", help="dots an inch of PNG on that paper (300)")


def run(arguments: argparse.Namespace) -> int:
    """Build the network and write it, or list those there are.

    Raises UnknownName, ParameterError, QueryError, NetworkError and ReleaseError.
    """
    if arguments.query is None and arguments.execute is None:
        _list(arguments.language)
        return 0
    # A wrong extension is said before the work is done.
    printing = Printing.of(arguments.paper, arguments.dpi)
    format_ = arguments.format or (format_of(arguments.output) if arguments.output else _FORMAT_ON_A_PIPE)
    store, vocabulary, name = _opened(arguments)
    text, query = read_question(arguments, store)
    network = ask(store, vocabulary, text if query is None else query._replace(text=text), _wanted(arguments, name))
    write_output(arguments.output, write(network, format_, printing))
    sys.stderr.write("".join(f"{note}\n" for note in network.notes))
    return 0


def _wanted(arguments: argparse.Namespace, release: str) -> Wanted:
    return Wanted(
        at=arguments.at,
        since=arguments.since,
        until=arguments.until,
        language=arguments.language,
        release=release,
        top=arguments.top,
        size=arguments.size,
    )


def _opened(arguments: argparse.Namespace) -> tuple[GraphStore, Vocabulary, str]:
    """What is asked, its vocabulary, and what a picture says of it: the release, or the endpoint."""
    endpoint = open_endpoint(arguments)
    if endpoint is not None:
        return endpoint, Vocabulary.of_store(RemoteQuads(endpoint)), endpoint.url
    release = open_release(arguments)
    return EmbeddedStore(release.store()), release.vocabulary, f"{release.manifest.name} {release.manifest.version}"


def _list(language: str) -> None:
    catalogue = Catalogue.read(queries_folder())
    networks = [query for query in (catalogue[name] for name in catalogue) if query.is_network]
    write_columns((query.name, query.title[language]) for query in networks)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of nodes; write 1 or more")
    return int(text)


def _dots(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of dots an inch; 300 is usual in print")
    return int(text)

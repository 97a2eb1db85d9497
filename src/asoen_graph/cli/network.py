"""``asoen network``: a network of relations as a picture or a file."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

from asoen_graph.cli.output import save, write_output
from asoen_graph.cli.question import add_question_options, read_question
from asoen_graph.cli.reading import add_where_options, open_endpoint, open_release, write_columns
from asoen_graph.errors import ParameterError
from asoen_graph.network.asking import Wanted, ask, ask_measures
from asoen_graph.network.formats import FORMATS, format_of, write
from asoen_graph.network.measures import forms
from asoen_graph.network.measures.of_nodes import OF_NODES
from asoen_graph.network.measures.registry import EVERY, split_names
from asoen_graph.queries.catalogue import Catalogue, CatalogueQuery
from asoen_graph.resources import queries_folder
from asoen_graph.store import GraphStore
from asoen_graph.store.embedded import EmbeddedStore
from asoen_graph.store.reading import RemoteQuads
from asoen_graph.vocabulary import Vocabulary

_FORMAT_ON_A_PIPE = "json"
_PATIENCE = 2.0
"""Seconds after which a person wants to know what is going on."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    add_question_options(parser, "a network (without it, the list of them)")
    parser.add_argument("--at", metavar="DATE", help="the network at a date: 2019, 2019-11 or 2019-11-02")
    parser.add_argument("--from", dest="since", metavar="DATE", help="the network from a date on")
    parser.add_argument("--until", metavar="DATE", help="the network until a date")
    _add_measures_options(parser)
    parser.add_argument("--lang", dest="language", choices=("en", "vi"), default="en", help="language of words (en)")
    parser.add_argument("-o", "--output", metavar="FILE", help="where to write; its extension says in what format")
    parser.add_argument("-f", "--format", choices=tuple(FORMATS), help="the format (on standard output: json)")
    add_where_options(parser)
    parser.epilog = "Formats: " + "; ".join(f"{name} – {each.purpose}" for name, each in FORMATS.items()) + "."


def run(arguments: argparse.Namespace) -> int:
    """Build the network and write it, or list those there are.

    Raises UnknownName, ParameterError, QueryError, NetworkError and ReleaseError.
    """
    if arguments.query is None and arguments.execute is None:
        _list(arguments.language)
        return 0
    if arguments.measures is not None:
        return _measure(arguments)
    # A wrong extension is said before the work is done.
    format_ = arguments.format or (format_of(arguments.output) if arguments.output else _FORMAT_ON_A_PIPE)
    store, vocabulary, name = _opened(arguments)
    network = ask(store, vocabulary, _asked(arguments, store), _wanted(arguments, name), _teller())
    write_output(arguments.output, write(network, format_))
    sys.stderr.write("".join(f"{note}\n" for note in network.notes))
    return 0


def _add_measures_options(parser: argparse.ArgumentParser) -> None:
    """Add what chooses nodes by measures, gives measures to them, or writes measures instead of the network."""
    keys = ", ".join(OF_NODES)
    parser.add_argument("--top", type=_count, metavar="N", help="only the N nodes with most of a measure (see --by)")
    parser.add_argument("--by", metavar="MEASURE", help="the measure that --top and --measures go by (strength)")
    parser.add_argument(
        "--component", type=_count, metavar="N", help="only the N-th largest component; 1 is the largest"
    )
    parser.add_argument(
        "--with", dest="names", type=split_names, default=(), metavar="MEASURES",
        help=f"measures that nodes carry in the file, separated by commas: {keys}; or {EVERY}",
    )  # fmt: skip
    parser.add_argument(
        "--measures", metavar="FORMAT",
        help=f"write measures of nodes and network instead: {', '.join(forms.FORMS)}",
    )  # fmt: skip


def _measure(arguments: argparse.Namespace) -> int:
    """Write the measures; those in a CSV file get a second file beside it, with what they mean."""
    from asoen_graph.network.measures.forms import csvw
    from asoen_graph.network.measures.forms.sheets import notes

    form = forms.find_form(arguments.measures)
    if arguments.format is not None:
        raise ParameterError("format", "--format is that of a network", "Name the form of its measures with --measures")
    store, vocabulary, name = _opened(arguments)
    measured = ask_measures(store, vocabulary, _asked(arguments, store), _wanted(arguments, name), _teller())
    write_output(arguments.output, forms.write(measured, form))
    if form == "csv" and arguments.output is not None:
        path = Path(arguments.output)
        save(path.with_name(f"{path.name}-metadata.json"), csvw.write(measured, name=path.name))
    if form != "table":  # which says it itself
        sys.stderr.write("".join(f"{note}\n" for note in notes(measured)))
    return 0


def _asked(arguments: argparse.Namespace, store: GraphStore) -> CatalogueQuery | str:
    text, query = read_question(arguments, store)
    return text if query is None else query._replace(text=text)


def _teller() -> Callable[[str], None]:
    """What tells a person who has waited for a while already which measure is computed next."""
    started = time.monotonic()

    def tell(measure: str) -> None:
        if sys.stderr.isatty() and time.monotonic() - started > _PATIENCE:
            sys.stderr.write(f"{measure} …\n")

    return tell


def _wanted(arguments: argparse.Namespace, release: str) -> Wanted:
    return Wanted(
        at=arguments.at,
        since=arguments.since,
        until=arguments.until,
        language=arguments.language,
        release=release,
        component=arguments.component,
        top=arguments.top,
        by=arguments.by,
        measures=arguments.names,
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
        raise argparse.ArgumentTypeError(f"{text!r} is no number to count with; write 1 or more")
    return int(text)

"""``asoen network``: a network of relations as a picture or a file."""

from __future__ import annotations

import argparse
import sys

from asoen_graph.cli.output import write_output
from asoen_graph.cli.question import add_question_options, read_question
from asoen_graph.cli.reading import add_where_options, open_endpoint, open_release, write_columns
from asoen_graph.errors import NetworkError
from asoen_graph.network.asking import Wanted, ask, ask_series
from asoen_graph.network.formats import FORMATS, format_of, write
from asoen_graph.network.onemode import SIDES, WEIGHTINGS
from asoen_graph.network.series import every, file_name, read_dates
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
    _add_change_options(parser)
    _add_projection_options(parser)
    parser.add_argument("--top", type=_count, metavar="N", help="only the N nodes whose links together weigh most")
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
    # A wrong extension is said before the work is done.
    format_ = arguments.format or (format_of(arguments.output) if arguments.output else _FORMAT_ON_A_PIPE)
    dates = _dates(arguments)
    if dates:
        file_name(arguments.output or "standard output", dates[0])
    store, vocabulary, name = _opened(arguments)
    text, query = read_question(arguments, store)
    question, wanted = text if query is None else query._replace(text=text), _wanted(arguments, name, dates)
    if not dates:
        network = ask(store, vocabulary, question, wanted)
        write_output(arguments.output, write(network, format_))
        sys.stderr.write("".join(f"{note}\n" for note in network.notes))
        return 0
    # All are drawn before any is written: a series is whole or not there.
    snapshots = ask_series(store, vocabulary, question, wanted)
    files = {date: write(network, format_) for date, network in zip(dates, snapshots, strict=True)}
    for (date, content), network in zip(files.items(), snapshots, strict=True):
        write_output(file_name(arguments.output, date), content)
        sys.stderr.write("".join(f"{date}: {note}\n" for note in network.notes))
    return 0


def _add_change_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--compare",
        nargs=2,
        metavar=("EARLIER", "LATER"),
        help="what appeared, vanished, grew stronger or weaker between two dates, or spans such as 2009..2015",
    )
    parser.add_argument(
        "--series",
        metavar="DATES",
        help="a file for each of these dates or spans (2009,2014,2019), all with the same positions, widths and legend",
    )
    parser.add_argument(
        "--every", type=_count, metavar="YEARS", help="a series from --from until --until, in steps of so many years"
    )


def _add_projection_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--project", choices=SIDES, help="of a two-mode network only the sources or targets, joined by what they share"
    )
    parser.add_argument("--weighting", choices=WEIGHTINGS, help="how what is shared is weighed (count)")


def _dates(arguments: argparse.Namespace) -> tuple[str, ...]:
    """The dates of a series; none where no series is asked for."""
    if arguments.series is None and arguments.every is None:
        return ()
    if arguments.series is not None and arguments.every is not None:
        raise NetworkError("A series has its dates from --series or from --every, not both", "Leave out one of them")
    if arguments.at or (arguments.every is None and (arguments.since or arguments.until)):
        raise NetworkError(
            "The dates of a series are those of --series, or those of --every with --from and --until",
            "Leave out the other dates",
        )
    if arguments.every is not None:
        return every(arguments.every, arguments.since, arguments.until)
    return read_dates(arguments.series)


def _wanted(arguments: argparse.Namespace, release: str, series: tuple[str, ...]) -> Wanted:
    return Wanted(
        at=arguments.at,
        since=None if series else arguments.since,
        until=None if series else arguments.until,
        compare=tuple(arguments.compare) if arguments.compare else None,
        series=series,
        project=arguments.project,
        weighting=arguments.weighting,
        language=arguments.language,
        release=release,
        top=arguments.top,
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

"""``asoen network``: a network of relations as a picture or a file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from asoen_graph.cli.output import save, stream_output, write_output
from asoen_graph.cli.progress import Progress
from asoen_graph.cli.question import add_question_options, read_question
from asoen_graph.cli.reading import add_where_options, open_endpoint, open_release, write_columns
from asoen_graph.drawing.paper import PAPERS, Printing
from asoen_graph.errors import NetworkError, ParameterError, UnknownName
from asoen_graph.network.asking import Wanted, ask, ask_measures, ask_series
from asoen_graph.network.formats import FORMATS, format_of, write, write_to
from asoen_graph.network.measures import forms
from asoen_graph.network.measures.of_nodes import OF_NODES
from asoen_graph.network.measures.registry import EVERY, split_names
from asoen_graph.network.model import LAYOUTS, Network
from asoen_graph.network.onemode import SIDES, WEIGHTINGS
from asoen_graph.network.series import every, file_name, read_dates
from asoen_graph.queries.catalogue import Catalogue, CatalogueQuery
from asoen_graph.resources import queries_folder
from asoen_graph.store import GraphStore
from asoen_graph.store.embedded import EmbeddedStore
from asoen_graph.store.reading import RemoteQuads
from asoen_graph.text import nearest
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
    parser.add_argument("--title", metavar="TEXT", default="", help="a title of your own, as for a query text")
    _add_change_options(parser)
    _add_projection_options(parser)
    _add_measures_options(parser)
    parser.add_argument("--lang", dest="language", choices=("en", "vi"), default="en", help="language of words (en)")
    parser.add_argument("-o", "--output", metavar="FILE", help="where to write; its extension says in what format")
    parser.add_argument("-f", "--format", metavar="FORMAT", help="the format, as below (on standard output: json)")
    _add_picture_options(parser)
    add_where_options(parser)
    parser.epilog = "Formats: " + "; ".join(f"{name} – {each.purpose}" for name, each in FORMATS.items()) + "."


def _add_picture_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--layout", choices=LAYOUTS, help="how a picture is arranged (as the query says, or spring)")
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
    if arguments.measures is not None:
        return _measure(arguments)
    # A wrong format or name is said before the work is done.
    printing = Printing.of(arguments.paper, arguments.dpi)
    format_ = _format(arguments)
    dates = _dates(arguments)
    if dates:
        file_name(arguments.output or "standard output", dates[0])
    with Progress(sys.stderr) as step:
        step("reading the graph")
        store, vocabulary, name = _opened(arguments)
        query, wanted = _asked(arguments, store), _wanted(arguments, name, dates)
        step("asking for the links, and who and what they are")
        if dates:
            snapshots = ask_series(store, vocabulary, query, wanted, step)
            _write_series(arguments.output, dict(zip(dates, snapshots, strict=True)), format_, printing)
            return 0
        network = ask(store, vocabulary, query, wanted, step)
        if arguments.output is not None:
            step(f"writing {len(network.edges):,} links as {format_}")
            stream_output(arguments.output, lambda file: write_to(network, format_, file, printing))
    if arguments.output is None:
        # Where this is the terminal, it says itself how far it is.
        stream_output(None, lambda file: write_to(network, format_, file, printing))
    sys.stderr.write("".join(f"{note}\n" for note in network.notes))
    return 0


def _write_series(output: str, snapshots: dict[str, Network], format_: str, printing: Printing) -> None:
    """Write a file for each date. All are drawn before any is written: a series is whole or not there."""
    files = {date: write(network, format_, printing) for date, network in snapshots.items()}
    for date, network in snapshots.items():
        write_output(file_name(output, date), files[date])
        sys.stderr.write("".join(f"{date}: {note}\n" for note in network.notes))


def _format(arguments: argparse.Namespace) -> str:
    """The name of the format that is asked for, by itself or by the extension of the file."""
    if arguments.format is None:
        return format_of(arguments.output) if arguments.output else _FORMAT_ON_A_PIPE
    name: str = arguments.format
    if name not in FORMATS:
        raise UnknownName("network format", name, nearest(name, FORMATS) or tuple(FORMATS))
    return name


def _asked(arguments: argparse.Namespace, store: GraphStore) -> CatalogueQuery | str:
    """The query asked for; a name that no query has is compared with those of networks."""
    try:
        text, query = read_question(arguments, store)
    except UnknownName as error:
        if error.kind != "query":
            raise
        names = [query.name for query in _networks()]
        raise UnknownName("network", error.name, nearest(error.name, names) or names) from None
    return text if query is None else query._replace(text=text)


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
    with Progress(sys.stderr) as step:
        step("reading the graph")
        store, vocabulary, name = _opened(arguments)
        query = _asked(arguments, store)
        step("asking for the links, and who and what they are")
        measured = ask_measures(store, vocabulary, query, _wanted(arguments, name), step)
        content = forms.write(measured, form)
    write_output(arguments.output, content)
    if form == "csv" and arguments.output is not None:
        path = Path(arguments.output)
        save(path.with_name(f"{path.name}-metadata.json"), csvw.write(measured, name=path.name))
    if form != "table":  # which says it itself
        sys.stderr.write("".join(f"{note}\n" for note in notes(measured)))
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


def _wanted(arguments: argparse.Namespace, release: str, series: tuple[str, ...] = ()) -> Wanted:
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
        title=arguments.title,
        component=arguments.component,
        top=arguments.top,
        by=arguments.by,
        measures=arguments.names,
        size=arguments.size,
        layout=arguments.layout,
    )


def _opened(arguments: argparse.Namespace) -> tuple[GraphStore, Vocabulary, str]:
    """What is asked, its vocabulary, and what a picture says of it: the release, or the endpoint."""
    endpoint = open_endpoint(arguments)
    if endpoint is not None:
        return endpoint, Vocabulary.of_store(RemoteQuads(endpoint)), endpoint.url
    release = open_release(arguments)
    return EmbeddedStore(release.store()), release.vocabulary, f"{release.manifest.name} {release.manifest.version}"


def _list(language: str) -> None:
    write_columns((query.name, query.title[language]) for query in _networks())


def _networks() -> list[CatalogueQuery]:
    """The networks of the catalogue."""
    catalogue = Catalogue.read(queries_folder())
    return [query for query in (catalogue[name] for name in catalogue) if query.is_network]


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no number to count with; write 1 or more")
    return int(text)


def _dots(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of dots an inch; 300 is usual in print")
    return int(text)

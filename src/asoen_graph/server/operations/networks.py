"""Networks, of the catalogue and of any query, in every form a network can be written in, and their measures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from asoen_graph.drawing.paper import LEAST_DPI, MOST_DPI, Printing
from asoen_graph.errors import NetworkError, ParameterError, UnknownName
from asoen_graph.messages import tell
from asoen_graph.network.asking import Wanted, ask, ask_measures
from asoen_graph.network.formats import FORMATS, write
from asoen_graph.network.interactive.page import SERVED_POLICY
from asoen_graph.network.measures import forms
from asoen_graph.network.measures.computing import Measured
from asoen_graph.network.measures.forms import csvw
from asoen_graph.network.measures.registry import split_names
from asoen_graph.network.model import Network
from asoen_graph.network.series import read_dates
from asoen_graph.queries.catalogue import CatalogueQuery
from asoen_graph.server.library import Library
from asoen_graph.server.messages import Reply
from asoen_graph.server.operations.catalogue import bound_text, is_lasting
from asoen_graph.server.operations.rows import refuse_rows, refuse_too_many
from asoen_graph.server.operations.sparql import is_repeatable
from asoen_graph.server.settings import Limits
from asoen_graph.text import nearest

_POLICIES: Final = {"html": {"Content-Security-Policy": SERVED_POLICY}}
"""The other pages of the server have no script."""


def answer(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """A network in a form; its links are the rows that are limited.

    Arguments: ``name``, ``format``, ``values`` (parameter → text as typed), ``at``, ``from``, ``until`` (dates or
    ``None``), ``title`` (or ``None``), ``language``; and where they are wanted ``compare``, ``series`` (dates with
    commas between), ``project``, ``weighting`` (a word each), ``component``, ``top``, ``by`` and ``with`` (measures,
    with commas between), ``size``, ``layout``, ``paper``, ``dpi`` as typed.
    """
    network = network_of(library, network_query(library, arguments), wanted(library, arguments))
    # Before it is written, which for a picture takes longer than the query.
    refuse_rows(len(network.edges), limits)
    return _written(network, arguments)


def measures(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """The measures of a network in a form; links are limited here too.

    Arguments as for ``answer``, and for CSV on the Web ``table``, the address of the CSV.
    """
    measured = _measured(library, network_query(library, arguments), wanted(library, arguments))
    refuse_rows(int(measured.whole["links"] or 0), limits)
    if arguments["format"] == "csvw":
        body = csvw.write(measured, name=arguments["table"])
    else:
        body = forms.write(measured, arguments["format"])
    return Reply(200, _headers(forms.FORMS[arguments["format"]].media_type, arguments), body)


def network_of(library: Library, query: CatalogueQuery, asked: Wanted) -> Network:
    """The network of a query of the catalogue. Raises what ``ask`` raises."""

    def make() -> Network:
        return ask(library.store, library.vocabulary, query, asked)

    # It is looked at, and downloaded in one form after the other.
    return library.networks.of((query.text, asked), make) if is_lasting(library, query.text) else make()


def _measured(library: Library, query: CatalogueQuery, asked: Wanted) -> Measured:
    def make() -> Measured:
        return ask_measures(library.store, library.vocabulary, query, asked)

    return library.measures.of((query.text, asked), make) if is_lasting(library, query.text) else make()


def network_query(library: Library, arguments: Mapping[str, Any]) -> CatalogueQuery:
    """The query with the values of its parameters. Raises UnknownName where it is no network."""
    query = library.catalogue[arguments["name"]]
    if not query.is_network:
        networks = [name for name in library.catalogue if library.catalogue[name].is_network]
        raise UnknownName("network", query.name, nearest(query.name, networks))
    return query._replace(text=bound_text(library, query, arguments["values"]))


def of_query(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """The network of a query that somebody sent; the rows of its answer are what is limited.

    Arguments: ``query`` (its text), and all those of ``answer`` but ``name`` and ``values``.
    """
    text = arguments["query"]
    network = ask(
        library.store,
        library.vocabulary,
        text,
        wanted(library, arguments),
        inspect=lambda found: refuse_too_many(found, limits),
    )
    reply = _written(network, arguments)
    if not is_repeatable(text) or library.store.asks_outside(text):
        reply.headers["Cache-Control"] = "no-store"
    return reply


def wanted(library: Library, arguments: Mapping[str, Any]) -> Wanted:
    """What is wanted of a network, from arguments as for ``answer``. Raises NetworkError, UnknownName."""
    return Wanted(
        at=arguments["at"],
        since=arguments["from"],
        until=arguments["until"],
        compare=_compared(arguments.get("compare")),
        series=_series(arguments.get("series")),
        project=arguments.get("project"),
        weighting=arguments.get("weighting"),
        language=arguments["language"],
        release=f"{library.release.manifest.name} {library.release.manifest.version}",
        title=arguments.get("title") or "",
        component=arguments.get("component"),
        top=arguments.get("top"),
        by=arguments.get("by"),
        measures=split_names(arguments.get("with") or ""),
        size=arguments.get("size"),
        layout=arguments.get("layout"),
    )


def _compared(text: str | None) -> tuple[str, str] | None:
    """Two dates or spans with a comma between. Raises NetworkError where there are not two."""
    if text is None:
        return None
    words = [word.strip() for word in text.split(",")]
    if len(words) != 2:
        raise NetworkError(tell("network.compare-two", text=text), tell("network.compare-write"))
    return words[0], words[1]


def _series(text: str | None) -> tuple[str, ...]:
    return () if text is None else read_dates(text)


def _printing(paper: str | None, dpi: str | None) -> Printing:
    if dpi is not None and not (dpi.isascii() and dpi.isdecimal() and len(dpi) <= len(str(MOST_DPI))):
        hint = tell("network.dpi-write", least_dpi=LEAST_DPI, most_dpi=MOST_DPI)
        raise ParameterError("dpi", tell("network.dpi", dpi=dpi[:20]), hint)
    return Printing.of(paper, None if dpi is None else int(dpi))


def _written(network: Network, arguments: Mapping[str, Any]) -> Reply:
    format_ = arguments["format"]
    body = write(network, format_, _printing(arguments.get("paper"), arguments.get("dpi")))
    headers = _headers(FORMATS[format_].media_type, arguments)
    return Reply(200, headers | _POLICIES.get(format_, {}), body)


def _headers(media_type: str, arguments: Mapping[str, Any]) -> dict[str, str]:
    return {"Content-Type": media_type, "Content-Language": arguments["language"]}

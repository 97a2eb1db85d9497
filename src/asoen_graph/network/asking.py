"""A network as it is asked for, the same from the command line, over HTTP and in Python."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from asoen_graph.errors import NetworkError
from asoen_graph.network.measures.computing import Measured, compute
from asoen_graph.network.measures.definition import Measure
from asoen_graph.network.measures.parts import STRENGTH, give_measures, keep_component, keep_top, rank
from asoen_graph.network.measures.registry import EVERY, find_measures, find_quantity
from asoen_graph.network.model import Network
from asoen_graph.network.picture.footnotes import footnotes
from asoen_graph.network.projection import build_network
from asoen_graph.queries.catalogue import CatalogueQuery
from asoen_graph.store import GraphStore
from asoen_graph.vocabulary import Vocabulary

Progress = Callable[[str], object]
"""Told the label of each measure before it is computed."""


def _silent(measure: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is wanted of a network, besides its query.

    Dates are of any precision: ``at`` one, or ``since`` one and ``until`` another. ``release`` names the data for the
    source line. Measures are named by their keys.
    """

    at: str | None = None
    since: str | None = None
    until: str | None = None
    language: str = "en"
    release: str = ""
    component: int | None = None
    """Only the component of that number, 1 for the largest."""
    top: int | None = None
    """Only so many nodes: those with most of the measure ``by``."""
    by: str | None = None
    """What ``top`` goes by, and the table of measures is sorted by; strength where it is not said."""
    measures: tuple[str, ...] = ()
    """Those that nodes carry as attributes."""
    size_by: str | None = None
    """The measure that a picture may show as the size of nodes."""


def ask(
    store: GraphStore,
    vocabulary: Vocabulary,
    query: CatalogueQuery | str,
    wanted: Wanted,
    progress: Progress = _silent,
) -> Network:
    """The network of a catalogue query (parameters already bound in its text) or of a query text, as it is wanted.

    Measures are those of the network in the period and component asked for, before ``top`` leaves out nodes.

    Raises NetworkError where the answer is no network, a date is none, or a component or measure is not there,
    UnknownName for measures, and whatever the store raises.
    """
    if wanted.by is not None and wanted.top is None:
        raise NetworkError(
            "by says which nodes top keeps, and no top is asked for", "Say how many nodes: top 20 by degree"
        )
    # A wrong name is told before the query is asked.
    order, size = (
        find_quantity(wanted.by or STRENGTH),
        None if wanted.size_by is None else find_quantity(wanted.size_by),
    )
    find_measures(wanted.measures)
    network = _network(store, vocabulary, query, wanted)
    carried = _named(network, [*wanted.measures, *([] if size is None else [size.key])])
    needed = carried if wanted.top is None else _named(network, [*(each.key for each in carried), order.key])
    if not needed:
        return network
    measured = compute(network, needed, progress=progress)
    part = network if wanted.top is None else keep_top(measured, wanted.top, order)
    return replace(give_measures(part, measured, carried), size_by=None if size is None else size.key)


def ask_measures(
    store: GraphStore,
    vocabulary: Vocabulary,
    query: CatalogueQuery | str,
    wanted: Wanted,
    progress: Progress = _silent,
) -> Measured:
    """Every measure of the nodes of that network and of the whole, or of its nodes only those named.

    The nodes of the network are sorted by ``by``, and where ``top`` says so only the first are left; measures and
    sources are those of all. Raises what ``ask`` raises.
    """
    order = find_quantity(wanted.by or STRENGTH)
    find_measures(wanted.measures)
    network = _network(store, vocabulary, query, wanted)
    shown = _named(network, wanted.measures or (EVERY,))
    needed = _named(network, [*(each.key for each in shown), order.key])
    measured = compute(network, needed, whole=True, progress=progress)
    return replace(rank(measured, order, wanted.top), measures=shown, sources=tuple(footnotes(network)))


def _named(network: Network, names: Iterable[str]) -> tuple[Measure, ...]:
    return find_measures(names, directed=network.directed)


def _network(store: GraphStore, vocabulary: Vocabulary, query: CatalogueQuery | str, wanted: Wanted) -> Network:
    network = build_network(
        store,
        vocabulary,
        query,
        at=wanted.at,
        since=wanted.since,
        until=wanted.until,
        language=wanted.language,
        release=wanted.release,
    )
    return network if wanted.component is None else keep_component(network, wanted.component)

"""A network as it is asked for, the same from the command line, over HTTP and in Python."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from asoen_graph.errors import ParameterError
from asoen_graph.network.measures.choosing import Choice, Progress, choose, silent, tabulate
from asoen_graph.network.measures.computing import Measured
from asoen_graph.network.model import Network
from asoen_graph.network.projection import build_network
from asoen_graph.queries.catalogue import CatalogueQuery
from asoen_graph.store import Answer, GraphStore
from asoen_graph.vocabulary import Vocabulary


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
    title: str = ""
    """A title of the reader's own, in place of that of the catalogue; a query text has none."""
    component: int | None = None
    """Only the component of that number, 1 for the largest."""
    top: int | None = None
    """Only so many nodes: those with most of the measure ``by``."""
    by: str | None = None
    """What ``top`` goes by, and the table of measures is sorted by; strength where it is not said."""
    measures: tuple[str, ...] = ()
    """Those that nodes carry as attributes."""
    size: str | None = None
    """The measure that a picture shows by the size of marks."""

    @property
    def choice(self) -> Choice:
        """What has to do with measures. Raises UnknownName and NetworkError for wrong names."""
        return Choice.of(self.component, self.top, self.by, self.measures, self.size)


def ask(
    store: GraphStore,
    vocabulary: Vocabulary,
    query: CatalogueQuery | str,
    wanted: Wanted,
    progress: Progress = silent,
    *,
    inspect: Callable[[Answer], None] | None = None,
) -> Network:
    """The network of a catalogue query (parameters already bound in its text) or of a query text, as it is wanted.

    Measures are those of the network in the period and component asked for, before ``top`` leaves out nodes;
    ``progress`` is told of each before it is computed. ``inspect`` sees the answer before it is read, and may raise.

    Raises NetworkError where the answer is no network, a date is none, or a component or measure is not there,
    UnknownName for measures, ParameterError for ``by`` without ``top``, QuerySyntaxError where a text without an
    answer names what is not there, and whatever the store raises.
    """
    if wanted.by is not None and wanted.top is None:
        hint = "Say how many nodes: top 20 by degree"
        raise ParameterError("by", "by says which nodes top keeps, and no top is asked for", hint)
    choice = wanted.choice
    return choose(_network(store, vocabulary, query, wanted, inspect), choice, progress)


def ask_measures(
    store: GraphStore,
    vocabulary: Vocabulary,
    query: CatalogueQuery | str,
    wanted: Wanted,
    progress: Progress = silent,
) -> Measured:
    """Every measure of the nodes of that network and of the whole, or of its nodes only those named.

    The nodes of the network are sorted by ``by``, and where ``top`` says so only the first are left; measures and
    sources are those of all. Raises what ``ask`` raises.
    """
    choice = wanted.choice
    return tabulate(_network(store, vocabulary, query, wanted), choice, progress)


def _network(
    store: GraphStore,
    vocabulary: Vocabulary,
    query: CatalogueQuery | str,
    wanted: Wanted,
    inspect: Callable[[Answer], None] | None = None,
) -> Network:
    network = build_network(
        store,
        vocabulary,
        query,
        at=wanted.at,
        since=wanted.since,
        until=wanted.until,
        language=wanted.language,
        release=wanted.release,
        inspect=inspect,
    )
    return replace(network, title=wanted.title) if wanted.title else network

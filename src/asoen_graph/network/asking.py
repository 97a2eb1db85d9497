"""A network as it is asked for, the same from the command line, over HTTP and in Python."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from asoen_graph.errors import NetworkError, ParameterError
from asoen_graph.messages import tell
from asoen_graph.network.comparison import compare
from asoen_graph.network.measures.choosing import Choice, Progress, choose, silent, tabulate
from asoen_graph.network.measures.computing import Measured
from asoen_graph.network.model import LAYOUTS, Network
from asoen_graph.network.onemode import SIDES, Wording, project, refuse_one_mode
from asoen_graph.network.period import Comparison, Period
from asoen_graph.network.projection import Rows, network_in, outline, read_rows
from asoen_graph.network.series import set_beside
from asoen_graph.network.words import say
from asoen_graph.queries.catalogue import CatalogueQuery
from asoen_graph.store import Answer, GraphStore
from asoen_graph.text import nearest
from asoen_graph.vocabulary import Vocabulary

MOST_PLACED: Final = 400
"""A network of all time with more nodes than this does not place those of a picture: too few of it are in one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is wanted of a network, besides its query.

    Dates are of any precision: ``at`` one, or ``since`` one and ``until`` another. ``release`` names the data for the
    source line. Measures are named by their keys.
    """

    at: str | None = None
    since: str | None = None
    until: str | None = None
    compare: tuple[str, str] | None = None
    """Two dates or spans (``2009..2015``), the earlier first: what changed between them."""
    series: tuple[str, ...] = ()
    """Dates or spans, one of which is ``at``: the network is a snapshot of that series."""
    project: str | None = None
    """``source`` or ``target``: the nodes that are kept of a two-mode network, joined by what they share."""
    weighting: str | None = None
    """How what is shared is weighed: ``count`` (where nothing is said), ``newman`` or ``jaccard``."""
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
    layout: str | None = None
    """How a picture is arranged, one of ``model.LAYOUTS``, in place of what the query says."""

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

    Raises NetworkError where the answer is no network, a date is none, a component or measure is not there, or what is
    wanted contradicts itself, UnknownName for measures, ParameterError for ``by`` without ``top`` and for a side or
    weighting there is not, QuerySyntaxError where a text without an answer names what is not there, and whatever the
    store raises.
    """
    _comparison(wanted)
    if wanted.series:
        if wanted.at is None or wanted.at not in wanted.series:
            raise NetworkError(tell("network.snapshot"), tell("network.snapshot-one-of", series=wanted.series))
        return ask_series(store, vocabulary, query, wanted, progress, inspect=inspect)[wanted.series.index(wanted.at)]
    if wanted.by is not None and wanted.top is None:
        hint = tell("network.say-top")
        raise ParameterError("by", tell("network.by-without-top"), hint)
    choice = wanted.choice
    asked = _Asked(store, vocabulary, query, wanted, inspect)
    network = choose(asked.network(), choice, progress)
    return asked.entitled(replace(network, whole=asked.whole(network)))


def ask_measures(
    store: GraphStore,
    vocabulary: Vocabulary,
    query: CatalogueQuery | str,
    wanted: Wanted,
    progress: Progress = silent,
) -> Measured:
    """Every measure of the nodes of that network and of the whole, or of its nodes only those named.

    The nodes of the network are sorted by ``by``, and where ``top`` says so only the first are left; measures and
    sources are those of all. Raises what ``ask`` raises, and NetworkError for a series.
    """
    if wanted.series:
        raise NetworkError(tell("network.measures-of-series"), tell("network.one-date"))
    choice = wanted.choice
    asked = _Asked(store, vocabulary, query, wanted)
    return tabulate(asked.entitled(asked.network()), choice, progress)


def ask_series(
    store: GraphStore,
    vocabulary: Vocabulary,
    query: CatalogueQuery | str,
    wanted: Wanted,
    progress: Progress = silent,
    *,
    inspect: Callable[[Answer], None] | None = None,
) -> list[Network]:
    """A snapshot for each date of ``wanted.series``, in that order; its other dates are not looked at.

    Where only the strongest nodes are wanted, they are those of the series as a whole. Measures are those of each
    snapshot. Raises what ``ask`` raises.
    """
    if wanted.since or wanted.until:
        raise NetworkError(tell("network.series-own-dates"), tell("network.leave-them-out"))
    if wanted.component is not None or wanted.by is not None:
        raise NetworkError(
            tell("network.series-same-nodes"),
            tell("network.series-top"),
        )
    choice = wanted.choice._replace(top=None)
    periods = [Period.read(date) for date in wanted.series]
    asked = _Asked(store, vocabulary, query, wanted, inspect)
    snapshots = set_beside([asked.network_in(period) for period in periods], wanted.top)
    return [asked.entitled(choose(each, choice, progress)) for each in snapshots]


class _Asked:
    """The rows of a query, and what is wanted of them."""

    def __init__(
        self,
        store: GraphStore,
        vocabulary: Vocabulary,
        query: CatalogueQuery | str,
        wanted: Wanted,
        inspect: Callable[[Answer], None] | None = None,
    ) -> None:
        self._comparison = _comparison(wanted)
        self._period = None if wanted.series else Period.of(at=wanted.at, since=wanted.since, until=wanted.until)
        self._store = store
        self._vocabulary = vocabulary
        self._wanted = wanted
        check_layout(wanted.layout)
        self._rows = read_rows(store, vocabulary, query, wanted.language, inspect)
        if wanted.project is None:
            if wanted.weighting is not None:
                raise NetworkError(tell("network.weighting", weighting=wanted.weighting), tell("network.add-project"))
        else:
            # Of all time: a network must not be two-mode in one year and not in the next.
            refuse_one_mode((link.source, link.target) for link in self._rows.links)

    def network(self) -> Network:
        """The network in the period wanted, or the comparison of two."""
        comparison = self._comparison
        if comparison is None:
            return self.network_in(self._period)
        return compare(self.network_in(comparison.earlier), self.network_in(comparison.later), comparison)

    def network_in(self, period: Period | None) -> Network:
        """The network in a period, projected where that is wanted."""
        wanted = self._wanted
        found = network_in(period, self._rows, self._store, self._vocabulary, wanted.language, wanted.release)
        return self._arranged(self._projected(found))

    def entitled(self, network: Network) -> Network:
        """The network under the title of the reader's own, where there is one."""
        return replace(network, title=self._wanted.title) if self._wanted.title else network

    def whole(self, network: Network) -> Network | None:
        """The network of all time, by which the nodes of one that is not are placed; ``None`` where it is too large."""
        if network.period is None and network.comparison is None:
            return None
        entities = {iri for link in self._rows.links for iri in (link.source, link.target)}
        if not network.nodes or len(entities) > MOST_PLACED:
            return None
        found = outline(self._rows, self._store, self._vocabulary, self._wanted.language)
        return self._arranged(self._projected(found))

    def _arranged(self, network: Network) -> Network:
        return network if self._wanted.layout is None else replace(network, layout=self._wanted.layout)

    def _projected(self, network: Network) -> Network:
        if self._wanted.project is None:
            return network
        words = wording(self._rows, self._wanted.project, self._wanted.language)
        return project(network, self._wanted.project, self._wanted.weighting or "count", words)


def wording(rows: Rows, kept: str, language: str) -> Wording:
    """What the columns of a query are called, and what its header says is shared."""
    headings = rows.query.columns if rows.query else {}
    source, target = (headings.get(side, {}).get(language) or say(f"{side} side", language) for side in SIDES)
    shared = rows.header.get("shared")
    texts = shared.get(kept) if isinstance(shared, Mapping) else None
    return Wording(source, target, texts.get(language, "") if isinstance(texts, Mapping) else "")


def check_layout(layout: str | None) -> None:
    """Raise ParameterError where there is no such layout."""
    if layout is not None and layout not in LAYOUTS:
        near = nearest(layout, LAYOUTS, 1)
        hint = tell("network.near-one", near=near[0]) if near else tell("network.write-layout", layouts=LAYOUTS)
        raise ParameterError("layout", tell("network.no-layout", layout=layout), hint)


def _comparison(wanted: Wanted) -> Comparison | None:
    """The dates that are compared. Raises NetworkError where there are others besides."""
    if wanted.compare is None:
        return None
    if wanted.at or wanted.since or wanted.until or wanted.series:
        raise NetworkError(
            tell("network.comparison-own-dates"),
            tell("network.compare-spans"),
        )
    return Comparison.of(*wanted.compare)

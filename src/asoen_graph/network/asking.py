"""A network as it is asked for, the same from the command line, over HTTP and in Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from asoen_graph.errors import NetworkError
from asoen_graph.network.comparison import compare
from asoen_graph.network.model import Network
from asoen_graph.network.onemode import SIDES, Wording, project, refuse_one_mode
from asoen_graph.network.period import Comparison, Period
from asoen_graph.network.projection import Rows, keep_strongest, network_in, outline, read_rows
from asoen_graph.network.series import set_beside
from asoen_graph.network.words import say
from asoen_graph.queries.catalogue import CatalogueQuery
from asoen_graph.store import GraphStore
from asoen_graph.vocabulary import Vocabulary

MOST_PLACED: Final = 400
"""A network of all time with more nodes than this does not place those of a picture: too few of it are in one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is wanted of a network, besides its query.

    Dates are of any precision: ``at`` one, or ``since`` one and ``until`` another. ``release`` names the data for the
    source line.
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
    top: int | None = None
    """Only so many nodes: those whose links together weigh most."""


def ask(store: GraphStore, vocabulary: Vocabulary, query: CatalogueQuery | str, wanted: Wanted) -> Network:
    """The network of a catalogue query (parameters already bound in its text) or of a query text, as it is wanted.

    Raises NetworkError where the answer is no network, a date is none, or what is wanted contradicts itself,
    ParameterError for a side or weighting there is not, and whatever the store raises.
    """
    comparison = _comparison(wanted)
    period = None if wanted.series else Period.of(at=wanted.at, since=wanted.since, until=wanted.until)
    if wanted.series:
        if wanted.at is None or wanted.at not in wanted.series:
            raise NetworkError("A snapshot is one date of its series", f"Give at as one of {', '.join(wanted.series)}")
        if wanted.since or wanted.until:
            raise NetworkError("A series has its own dates, so from and until cannot come with it", "Leave them out")
        return ask_series(store, vocabulary, query, wanted)[wanted.series.index(wanted.at)]
    asked = _Asked(read_rows(store, query), store, vocabulary, wanted)
    if comparison is None:
        network = asked.network(period)
    else:
        network = compare(asked.network(comparison.earlier), asked.network(comparison.later), comparison)
    return asked.finished(network)


def ask_series(store: GraphStore, vocabulary: Vocabulary, query: CatalogueQuery | str, wanted: Wanted) -> list[Network]:
    """A snapshot for each date of ``wanted.series``, in that order; its other dates are not looked at.

    Where only the strongest nodes are wanted, they are those of the series as a whole. Raises what ``ask`` raises.
    """
    _comparison(wanted)
    periods = [Period.read(date) for date in wanted.series]
    asked = _Asked(read_rows(store, query), store, vocabulary, wanted)
    return set_beside([asked.network(period) for period in periods], wanted.top)


class _Asked:
    """The rows of a query, and what is wanted of them."""

    def __init__(self, rows: Rows, store: GraphStore, vocabulary: Vocabulary, wanted: Wanted) -> None:
        self._rows = rows
        self._store = store
        self._vocabulary = vocabulary
        self._wanted = wanted
        if wanted.project is None:
            if wanted.weighting is not None:
                raise NetworkError(
                    f"The weighting {wanted.weighting} is one of a projection", "Add project: source or target"
                )
        else:
            # Of all time: a network must not be two-mode in one year and not in the next.
            refuse_one_mode((link.source, link.target) for link in rows.links)

    def network(self, period: Period | None) -> Network:
        """The network in a period, projected where that is wanted."""
        wanted = self._wanted
        found = network_in(period, self._rows, self._store, self._vocabulary, wanted.language, wanted.release)
        return self._projected(found)

    def finished(self, network: Network) -> Network:
        """The network with as many nodes as wanted, and where it is not of all time with that of all time behind it."""
        if self._wanted.top is not None:
            network = keep_strongest(network, self._wanted.top)
        if network.period is None and network.comparison is None:
            return network
        return replace(network, whole=self._whole(network))

    def _whole(self, network: Network) -> Network | None:
        entities = {iri for link in self._rows.links for iri in (link.source, link.target)}
        if not network.nodes or len(entities) > MOST_PLACED:
            return None
        return self._projected(outline(self._rows, self._store, self._vocabulary, self._wanted.language))

    def _projected(self, network: Network) -> Network:
        if self._wanted.project is None:
            return network
        wording = _wording(self._rows, self._wanted.project, self._wanted.language)
        return project(network, self._wanted.project, self._wanted.weighting or "count", wording)


def _wording(rows: Rows, kept: str, language: str) -> Wording:
    """What the columns of a query are called, and what its header says is shared."""
    headings = rows.query.columns if rows.query else {}
    source, target = (headings.get(side, {}).get(language) or say(f"{side} side", language) for side in SIDES)
    shared = rows.header.get("shared")
    texts = shared.get(kept) if isinstance(shared, Mapping) else None
    return Wording(source, target, texts.get(language, "") if isinstance(texts, Mapping) else "")


def _comparison(wanted: Wanted) -> Comparison | None:
    if wanted.compare is None:
        return None
    if wanted.at or wanted.since or wanted.until or wanted.series:
        raise NetworkError(
            "A comparison has dates of its own, so at, from, until and series cannot come with it",
            "Compare spans instead: 2005..2010 and 2015..2020",
        )
    return Comparison.of(*wanted.compare)

"""A network as it is asked for, the same from the command line, over HTTP and in Python."""

from __future__ import annotations

from dataclasses import dataclass

from asoen_graph.network.model import Network
from asoen_graph.network.projection import build_network, keep_strongest
from asoen_graph.network.sizing import sized
from asoen_graph.queries.catalogue import CatalogueQuery
from asoen_graph.store import GraphStore
from asoen_graph.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is wanted of a network, besides its query.

    Dates are of any precision: ``at`` one, or ``since`` one and ``until`` another. ``release`` names the data for the
    source line.
    """

    at: str | None = None
    since: str | None = None
    until: str | None = None
    language: str = "en"
    release: str = ""
    top: int | None = None
    """Only so many nodes: those whose links together weigh most."""
    size: str | None = None
    """The key of the attribute that a picture shows by the size of marks."""


def ask(store: GraphStore, vocabulary: Vocabulary, query: CatalogueQuery | str, wanted: Wanted) -> Network:
    """The network of a catalogue query (parameters already bound in its text) or of a query text, as it is wanted.

    Raises NetworkError where the answer is no network or a date is none, and whatever the store raises.
    """
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
    part = network if wanted.top is None else keep_strongest(network, wanted.top)
    return part if wanted.size is None else sized(part, wanted.size)

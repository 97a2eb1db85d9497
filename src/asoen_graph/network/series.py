"""A series of snapshots: one network at several dates, to be shown side by side.

Positions, widths of lines, colours and legend of every snapshot are those of the union of them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from asoen_graph.dates import parse
from asoen_graph.errors import NetworkError
from asoen_graph.messages import tell
from asoen_graph.network.model import Edge, Network
from asoen_graph.network.period import Period
from asoen_graph.network.projection import renoted
from asoen_graph.network.words import say

MOST_SNAPSHOTS: Final = 60
PLACEHOLDER: Final = "{date}"
"""What stands for the date in the name of the files of a series."""


def read_dates(text: str) -> tuple[str, ...]:
    """The dates or spans of a list with commas, ``2009,2014,2019``, each as one word.

    Raises NetworkError where one is no period, two have the same days, or there are more than ``MOST_SNAPSHOTS``.
    """
    words = [word.strip() for word in text.split(",") if word.strip()]
    if not words:
        raise NetworkError(tell("network.series-dates"), tell("network.series-commas"))
    _refuse_many(len(words))
    seen: dict[object, str] = {}
    for word in words:
        days = Period.read(word).days
        if days in seen:
            raise NetworkError(tell("network.series-same", seen=seen[days], word=word), tell("network.name-once"))
        seen[days] = word
    return tuple(words)


def every(years: int, since: str | None, until: str | None) -> tuple[str, ...]:
    """The years from one on, so many apart, until another: 5, 2010, 2021 → 2010, 2015, 2020.

    Raises NetworkError where either is missing or no year, the end lies before the start, or there are too many.
    """
    if since is None or until is None:
        raise NetworkError(tell("network.series-ends"), tell("network.series-add-ends"))
    Period.of(since=since, until=until)
    for text in (since, until):
        if parse(text)[1] is not None:
            raise NetworkError(tell("network.series-years", text=text), tell("network.write", text=text[:4]))
    dates = range(int(since), int(until) + 1, years)
    _refuse_many(len(dates))
    return tuple(f"{year:04}" for year in dates)


def set_beside(snapshots: Sequence[Network], top: int | None = None) -> list[Network]:
    """The snapshots, each told what the series it is one of looks like as a whole.

    With ``top`` only so many nodes are left in any of them: the strongest of the series as a whole.
    """
    whole = _union(snapshots)
    if top is not None and top < len(whole.nodes):
        kept = {node.iri for node in whole.strongest(top).nodes}
        note = say("strongest", whole.language, count=top, all=len(whole.nodes))
        snapshots = [renoted(each, each.among(kept), note) for each in snapshots]
        whole = _union(snapshots)
    return [replace(each, series=whole) for each in snapshots]


def file_name(pattern: str, date: str) -> str:
    """The file of a snapshot: the date in place of ``{date}``, with a hyphen between the ends of a span.

    Raises NetworkError where the pattern has no such place.
    """
    if PLACEHOLDER not in pattern:
        raise NetworkError(
            f"A series is several files, and {pattern} is one name", f"Write {PLACEHOLDER} where the date belongs"
        )
    return pattern.replace(PLACEHOLDER, date.replace("..", "-"))


def _union(snapshots: Sequence[Network]) -> Network:
    """All that is in any snapshot, each edge once and with its greatest weight."""
    edges: dict[tuple[str, str, str], Edge] = {}
    for network in snapshots:
        for edge in network.edges:
            key = (*network.ends(edge), edge.relation.key if edge.relation else "")
            if key not in edges or edges[key].weight < edge.weight:
                edges[key] = edge
    nodes = {iri: node for network in snapshots for iri, node in network.by_iri.items()}
    weights = [edge.weight for network in snapshots for edge in network.edges]
    return replace(
        snapshots[0],
        nodes=tuple(nodes[iri] for iri in sorted(nodes)),
        edges=tuple(edges[key] for key in sorted(edges)),
        period=None,
        notes=(),
        range_of_weights=(min(weights), max(weights)) if weights else None,
    )


def _refuse_many(count: int) -> None:
    if count > MOST_SNAPSHOTS:
        raise NetworkError(
            tell("network.series-long", count=count, most_snapshots=MOST_SNAPSHOTS), tell("network.longer-steps")
        )

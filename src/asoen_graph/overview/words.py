"""What a picture shows, in words: for those who do not see it, and above it for everybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from asoen_graph.overview.lanes import span_of
from asoen_graph.overview.map_picture import place_of
from asoen_graph.overview.plane import Cluster, clustered, counted, frame_of
from asoen_graph.overview.things import Thing

_MOST = 5


def of_map(things: Sequence[Thing], words: Mapping[str, str]) -> str:
    """How much stands where."""
    if not things:
        return words["nothing_told"]
    clusters = clustered(things, frame_of([thing.point for thing in things if thing.point is not None]))
    places = len({thing.point for thing in things})
    largest = sorted(clusters, key=lambda each: -len(counted(each.things)))[:_MOST]
    most = ", ".join(f"{_named(each, words)} ({len(counted(each.things))})" for each in largest)
    told = words["map_told"].format(things=len(things), places=places, most=most)
    beyond = [_named(each, words) for each in clusters if each.is_beyond]
    return f"{told} {words['map_beyond'].format(names=', '.join(sorted(beyond)))}" if beyond else told


def _named(cluster: Cluster, words: Mapping[str, str]) -> str:
    if cluster.points == 1:
        return place_of(cluster)
    return words["place_and_more"].format(name=place_of(cluster), count=cluster.points - 1)


def of_timeline(things: Sequence[Thing], words: Mapping[str, str]) -> str:
    """How much was when."""
    if not things:
        return words["nothing_told"]
    dated = [thing for thing in things if span_of(thing) is not None]
    years = sorted(date[:4] for thing in dated for date in (thing.since, thing.until) if date)
    if not years:
        return words["undated_told"].format(count=len(things))
    counts = Counter(thing.lane for thing in dated).most_common(_MOST)
    most = ", ".join(f"{lane} ({count})" for lane, count in counts)
    told = words["timeline_told"].format(things=len(dated), first=years[0], last=years[-1], most=most)
    undated = len(things) - len(dated)
    return f"{told} {words['undated_told'].format(count=undated)}" if undated else told

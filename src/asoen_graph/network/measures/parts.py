"""Choosing part of a network, and giving its nodes their measures."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from asoen_graph.errors import NetworkError
from asoen_graph.messages import tell
from asoen_graph.network.measures.computing import Measured
from asoen_graph.network.measures.definition import Measure
from asoen_graph.network.measures.graphs import SimpleGraphs
from asoen_graph.network.measures.words import say
from asoen_graph.network.model import Network
from asoen_graph.network.projection import keep_strongest, renoted

STRENGTH = "strength"


def keep_component(network: Network, number: int) -> Network:
    """The network in its ``number``-th largest component (1 for the largest), with a note that says so.

    Of components of one size that with the first IRI comes first. An empty network stays as it is. Raises NetworkError
    where there are not so many.
    """
    graphs = SimpleGraphs(network)
    count = len(graphs.components)
    if count and not 0 < number <= count:
        if count == 1:
            raise NetworkError(tell("network.one-component", number=number), tell("network.component-or-none"))
        raise NetworkError(
            tell("network.components", number=number, count=count), tell("network.component-of", count=count)
        )
    if count < 2:
        return network
    kept = {graphs.iris[node] for node in graphs.components[number - 1]}
    sizes = {"number": number, "components": count, "count": len(kept), "all": len(network.nodes)}
    return _part(network, kept, say("component", network.language, **sizes))


def keep_top(measured: Measured, count: int, measure: Measure) -> Network:
    """The network among the ``count`` nodes with most of a measure, ties by IRI, with a note that says so."""
    network = measured.network
    if measure.key == STRENGTH:
        return keep_strongest(network, count)
    kept = set(_ranked(measured, measure)[:count])
    if len(kept) == len(network.nodes):
        return network
    sizes: dict[str, object] = {"count": len(kept), "all": len(network.nodes)}
    return _part(network, kept, say("top", network.language, measure=measure.label(network.language), **sizes))


def rank(measured: Measured, measure: Measure, count: int | None = None) -> Measured:
    """The same with the nodes of the network in order: those with most of a measure first, ties by IRI.

    With a ``count`` only so many of them are left, and notes say so; values stay those of the whole.
    """
    network = measured.network if count is None else keep_top(measured, count, measure)
    notes = (*measured.notes, *_measured_whole(network, measured))
    nodes = (network.by_iri[iri] for iri in _ranked(measured, measure) if iri in network.by_iri)
    return replace(measured, network=replace(network, nodes=tuple(nodes)), notes=notes)


def give_measures(network: Network, measured: Measured, measures: Collection[Measure]) -> Network:
    """The network with measures of its nodes among their attributes, and what these mean.

    The network may be part of the one that was measured; then a note says that values are those of the whole.
    """
    keys = [measure.key for measure in measures]
    language = network.language
    of_measures = (*measured.notes, *_measured_whole(network, measured)) if measures else ()
    return replace(
        network,
        nodes=tuple(
            replace(
                node,
                attributes={
                    **node.attributes,
                    **{key: measured.nodes[key][node.iri] for key in keys if node.iri in measured.nodes[key]},
                },
            )
            for node in network.nodes
        ),
        definitions={**network.definitions, **{each.key: each.explained(language) for each in measures}},
        notes=(*network.notes, *of_measures),
    )


def _ranked(measured: Measured, measure: Measure) -> list[str]:
    """The nodes by IRI: those with most of a measure first, those without a value last, ties by IRI."""
    values = measured.nodes[measure.key]
    iris = (node.iri for node in measured.network.nodes)
    return sorted(iris, key=lambda iri: (iri not in values, -values.get(iri, 0), iri))


def _measured_whole(part: Network, measured: Measured) -> tuple[str, ...]:
    """What is to be noted where not all nodes that were measured are left."""
    all_ = len(measured.network.nodes)
    return (say("measured whole", part.language, all=all_),) if len(part.nodes) < all_ else ()


def _part(network: Network, kept: Collection[str], note: str) -> Network:
    """The network among some nodes, with a note that says which."""
    part = replace(
        network,
        nodes=tuple(node for node in network.nodes if node.iri in kept),
        edges=tuple(edge for edge in network.edges if edge.source in kept and edge.target in kept),
    )
    return renoted(network, part, note)

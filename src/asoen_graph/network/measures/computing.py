"""Computing measures, through networkx: a backend that is installed and configured there is used here too.

See https://networkx.org/documentation/stable/reference/backends.html for what those are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from asoen_graph.network.measures.definition import Measure
from asoen_graph.network.measures.graphs import LENGTH, SEED, WEIGHT, SimpleGraphs
from asoen_graph.network.measures.of_networks import OF_NETWORKS
from asoen_graph.network.measures.words import say
from asoen_graph.network.model import Network
from asoen_graph.network.words import spoken_number

Number: TypeAlias = int | float
_Values: TypeAlias = Mapping[int, Number]
"""A value for each node by its number, as far as nodes have one."""

_DIGITS: Final = 6
"""Decimal places of values that are no counts or sums."""
_PAGERANK_DIGITS: Final = 9
"""More of PageRank's, of which each node has less the more there are."""
_DAMPING: Final = 0.85
_MOST_STEPS: Final = 10_000_000
"""Nodes and links looked at while betweenness is computed; where all would be more, it is estimated."""
_ITERATED_SIZE: Final = 3_000
"""Nodes and links up to which an eigenvector is found by power iteration, which takes the same steps every time."""


@dataclass(frozen=True)
class Measured:
    """A network with values of measures: of its nodes by key and IRI, of the whole by key.

    A node without a value is left out; a measure of the whole that is not defined is ``None``. ``notes`` say, in the
    language of the network, what was estimated or left out.
    """

    network: Network
    measures: tuple[Measure, ...]
    nodes: Mapping[str, Mapping[str, Number]]
    whole: Mapping[str, Number | None]
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    """The documents its links rest on, with the places in them, a line each."""


def compute(
    network: Network,
    measures: Iterable[Measure],
    *,
    whole: bool = False,
    progress: Callable[[str], object] = lambda _: None,
) -> Measured:
    """The measures of the nodes of a network and, where wanted, those of the ``whole``.

    The same network gives the same values, in whatever order its nodes and edges are. ``progress`` is told the label of
    each measure before it is computed.
    """
    chosen = tuple(measures)
    graphs, notes = SimpleGraphs(network), list[str]()
    nodes: dict[str, dict[str, Number]] = {}
    for measure in chosen:
        progress(measure.label(network.language))
        values = _OF_NODES[measure.key](graphs, notes)
        nodes[measure.key] = {graphs.iris[number]: value for number, value in sorted(values.items())}
    found: dict[str, Number | None] = {}
    for key, measure in OF_NETWORKS.items() if whole else ():
        progress(measure.label(network.language))
        value = _OF_NETWORKS[key](graphs)
        found[key] = value if value is None or isinstance(value, int) else _plain(value, _DIGITS)
    return Measured(network, chosen, nodes, found, tuple(notes))


def _degree(graphs: SimpleGraphs, notes: list[str]) -> _Values:
    return dict(graphs.linked.degree)


def _in_degree(graphs: SimpleGraphs, notes: list[str]) -> _Values:
    return dict(graphs.led.in_degree)


def _out_degree(graphs: SimpleGraphs, notes: list[str]) -> _Values:
    return dict(graphs.led.out_degree)


def _strength(graphs: SimpleGraphs, notes: list[str]) -> _Values:
    strengths = graphs.network.strengths()
    return {number: float(strengths[iri]) for number, iri in enumerate(graphs.iris)}


def _betweenness(graphs: SimpleGraphs, notes: list[str]) -> _Values:
    import networkx as nx

    graph = graphs.paths
    size = len(graph)
    starts = _MOST_STEPS // (size + graph.number_of_edges() + 1)
    lengths = {length for _, _, length in graph.edges(data=LENGTH)}
    weight = LENGTH if len(lengths) > 1 else None
    if starts >= size:
        return _rounded(nx.betweenness_centrality(graph, weight=weight))
    starts = max(starts, 2)
    language = graphs.network.language
    count, all_ = spoken_number(starts, language), spoken_number(size, language)
    notes.append(say("betweenness estimated", language, count=count, all=all_))
    return _rounded(nx.betweenness_centrality(graph, k=starts, weight=weight, seed=SEED))


def _eigenvector(graphs: SimpleGraphs, notes: list[str]) -> _Values:
    import networkx as nx

    graph, language = graphs.weighed, graphs.network.language
    largest = max(nx.connected_components(graph), key=lambda nodes: (len(nodes), -min(nodes)), default=set[int]())
    if len(largest) < 2:
        return {}
    if len(largest) < len(graph):
        notes.append(say("eigenvector part", language, count=len(largest), all=len(graph)))
    part = _induced(graph, largest)
    try:
        return _rounded(_principal(part))
    except nx.NetworkXException:
        notes.append(say("eigenvector none", language))
        return {}


def _principal(graph: Any) -> Mapping[int, float]:
    """The principal eigenvector of a connected graph. Raises NetworkXException where it is not found."""
    import networkx as nx

    size = len(graph) + graph.number_of_edges()
    if size <= _ITERATED_SIZE:
        try:
            return dict(nx.eigenvector_centrality(graph, max_iter=200, tol=1e-12 / len(graph), weight=WEIGHT))
        except nx.PowerIterationFailedConvergence:
            pass
    from scipy.sparse.linalg import ArpackError

    try:
        return dict(nx.eigenvector_centrality_numpy(graph, weight=WEIGHT, max_iter=1000))
    except ArpackError as error:
        raise nx.NetworkXException(str(error)) from error


def _pagerank(graphs: SimpleGraphs, notes: list[str]) -> _Values:
    import networkx as nx

    if not graphs.iris:
        return {}
    tolerance = 1e-11 / len(graphs.iris)
    found = nx.pagerank(graphs.led, alpha=_DAMPING, max_iter=500, tol=tolerance, weight=WEIGHT)
    return _rounded(found, _PAGERANK_DIGITS)


def _clustering(graphs: SimpleGraphs, notes: list[str]) -> _Values:
    import networkx as nx

    return _rounded(nx.clustering(graphs.linked))


def _core(graphs: SimpleGraphs, notes: list[str]) -> _Values:
    import networkx as nx

    return dict(nx.core_number(graphs.linked))


def _component(graphs: SimpleGraphs, notes: list[str]) -> _Values:
    return _numbered(graphs.components)


def _community(graphs: SimpleGraphs, notes: list[str]) -> _Values:
    return _numbered(graphs.communities)


def _density(graphs: SimpleGraphs) -> Number | None:
    import networkx as nx

    return float(nx.density(graphs.led)) if len(graphs.iris) > 1 else None


def _mean_clustering(graphs: SimpleGraphs) -> Number | None:
    import networkx as nx

    return float(nx.average_clustering(graphs.linked)) if graphs.iris else None


def _assortativity(graphs: SimpleGraphs) -> Number | None:
    import networkx as nx

    degrees = {degree for _, degree in graphs.linked.degree if degree}
    return float(nx.degree_assortativity_coefficient(graphs.linked)) if len(degrees) > 1 else None


def _modularity(graphs: SimpleGraphs) -> Number | None:
    import networkx as nx

    if not graphs.weighed.number_of_edges():
        return None
    return float(nx.community.modularity(graphs.weighed, graphs.communities, weight=WEIGHT))


_OF_NODES: Final[dict[str, Callable[[SimpleGraphs, list[str]], _Values]]] = {
    "degree": _degree,
    "in_degree": _in_degree,
    "out_degree": _out_degree,
    "strength": _strength,
    "betweenness": _betweenness,
    "eigenvector": _eigenvector,
    "pagerank": _pagerank,
    "clustering": _clustering,
    "core": _core,
    "component": _component,
    "community": _community,
}
_OF_NETWORKS: Final[dict[str, Callable[[SimpleGraphs], Number | None]]] = {
    "nodes": lambda graphs: len(graphs.iris),
    "links": lambda graphs: len(graphs.network.edges),
    "density": _density,
    "components": lambda graphs: len(graphs.components),
    "mean_clustering": _mean_clustering,
    "assortativity": _assortativity,
    "communities": lambda graphs: len(graphs.communities),
    "modularity": _modularity,
}


def _numbered(groups: Sequence[Sequence[int]]) -> _Values:
    return {node: number for number, group in enumerate(groups, start=1) for node in group}


def _rounded(values: Mapping[int, float], digits: int = _DIGITS) -> _Values:
    return {node: _plain(float(value), digits) for node, value in values.items()}


def _plain(value: float, digits: int) -> float:
    # Adding 0 makes a plain 0 of a negative one.
    return round(value, digits) + 0.0


def _induced(graph: Any, nodes: Iterable[int]) -> Any:
    """The graph among some of its nodes, numbers in order: a view of networkx would give them as a set does."""
    import networkx as nx

    kept = sorted(nodes)
    part = nx.Graph()
    part.add_nodes_from(kept)
    part.add_weighted_edges_from(edge for edge in graph.edges(kept, data=WEIGHT))
    return part

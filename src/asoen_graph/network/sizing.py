"""Which number of its nodes a picture shows by the size of their marks."""

from __future__ import annotations

from dataclasses import replace

from asoen_graph.errors import NetworkError
from asoen_graph.network.model import Network
from asoen_graph.network.words import say
from asoen_graph.text import nearest

STRENGTH = "strength"
"""The attribute every network can be sized by: the sum of the weights of a node's links."""


def sized(network: Network, key: str, label: str = "") -> Network:
    """The network whose pictures show an attribute of the nodes, called ``label`` in the legend.

    The strength is added to the nodes where they do not have it. Raises NetworkError where no node has a number of
    that name.
    """
    if key == STRENGTH and not any(STRENGTH in node.attributes for node in network.nodes):
        strengths = network.strengths()
        nodes = tuple(
            replace(node, attributes={**node.attributes, STRENGTH: strengths[node.iri]}) for node in network.nodes
        )
        network = replace(network, nodes=nodes)
    numbers = {
        name for node in network.nodes for name, value in node.attributes.items() if isinstance(value, int | float)
    }
    if network.nodes and key not in numbers:
        known = sorted(numbers | {STRENGTH})
        raise NetworkError(
            f"No node has a number called {key!r} that marks could be sized by",
            f"There is {', '.join(nearest(key, known) or known)}",
        )
    words = label or (say(STRENGTH, network.language) if key == STRENGTH else key)
    return replace(network, size_by=key, size_label=words)

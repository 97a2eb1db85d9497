"""Finding measures by the names people write."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from asoen_graph.errors import NetworkError, UnknownName
from asoen_graph.messages import tell
from asoen_graph.network.measures.definition import Measure
from asoen_graph.network.measures.of_networks import OF_NETWORKS
from asoen_graph.network.measures.of_nodes import OF_NODES
from asoen_graph.text import nearest

EVERY: Final = "all"
"""Stands for every measure of a node wherever measures are asked for by name."""


def find_measures(names: Iterable[str], *, directed: bool = True) -> tuple[Measure, ...]:
    """The measures of a node by name, each once, in the order named; ``all`` stands for every one there is.

    A hyphen is as good as an underscore. Raises UnknownName with the nearest, and NetworkError for a measure that the
    network (``directed`` or not) cannot have.
    """
    found: dict[str, Measure] = {}
    for name in names:
        if name.strip().lower() == EVERY:
            found |= {key: each for key, each in OF_NODES.items() if directed or not each.needs_direction}
        else:
            measure = find_measure(name)
            if measure.needs_direction and not directed:
                raise NetworkError(
                    tell("network.no-direction", key=measure.key),
                    tell("network.degree-both"),
                )
            found[measure.key] = measure
    return tuple(found.values())


def find_measure(name: str) -> Measure:
    """The measure of a node by name. Raises UnknownName, and NetworkError for one that only a whole network has."""
    key = name.strip().lower().replace("-", "_")
    if key in OF_NETWORKS:
        raise NetworkError(
            tell("network.of-whole", key=key),
            tell("network.of-whole-table"),
        )
    if key not in OF_NODES:
        raise UnknownName("measure", name, nearest(key, OF_NODES) or tuple(OF_NODES))
    return OF_NODES[key]


def find_quantity(name: str) -> Measure:
    """The measure of that name, of which a node can have more or less. Raises UnknownName and NetworkError."""
    measure = find_measure(name)
    if measure.is_group:
        quantities = ", ".join(key for key, each in OF_NODES.items() if not each.is_group)
        raise NetworkError(tell("network.of-groups", key=measure.key), tell("network.take-one", quantities=quantities))
    return measure


def split_names(text: str) -> tuple[str, ...]:
    """The names in a text that separates them by commas, as flags and addresses do."""
    return tuple(name.strip() for name in text.split(",") if name.strip())

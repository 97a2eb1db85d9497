"""What is wanted of a network that has to do with measures, carried out once the network is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import NamedTuple, TypeAlias

from asoen_graph.network.measures.computing import Measured, compute
from asoen_graph.network.measures.definition import Measure
from asoen_graph.network.measures.parts import STRENGTH, give_measures, keep_component, keep_top, rank
from asoen_graph.network.measures.registry import EVERY, find_measures, find_quantity
from asoen_graph.network.model import Network
from asoen_graph.network.picture.footnotes import footnotes

Progress: TypeAlias = Callable[[str], object]
"""Told the label of each measure before it is computed."""


def silent(measure: str) -> None:
    """Tell nobody."""


class Choice(NamedTuple):
    """Which part of a network, and which measures of it; see ``asking.Wanted`` for what each means."""

    component: int | None
    top: int | None
    order: Measure
    """What ``top`` goes by, and tables are sorted by."""
    names: tuple[str, ...]
    size: Measure | None

    @classmethod
    def of(
        cls, component: int | None, top: int | None, by: str | None, names: Iterable[str], size: str | None
    ) -> Choice:
        """The choice with names looked up, so that a wrong one is told before any work is done.

        Raises UnknownName, and NetworkError for a measure that is not of the kind it has to be.
        """
        found = cls(
            component,
            top,
            find_quantity(by or STRENGTH),
            tuple(names),
            None if size is None else find_quantity(size),
        )
        find_measures(found.names)
        return found


def choose(network: Network, choice: Choice, progress: Progress = silent) -> Network:
    """The part of the network that is chosen, its nodes with the measures named.

    Measures are those of the component, before ``top`` leaves out nodes. Raises NetworkError where a component or
    measure is not there.
    """
    network = _component(network, choice)
    carried = _named(network, [*choice.names, *([] if choice.size is None else [choice.size.key])])
    needed = carried if choice.top is None else _named(network, [*(each.key for each in carried), choice.order.key])
    if not needed:
        return network
    measured = compute(network, needed, progress=progress)
    part = network if choice.top is None else keep_top(measured, choice.top, choice.order)
    given = give_measures(part, measured, carried)
    if choice.size is None:
        return given
    return replace(given, size_by=choice.size.key, size_label=choice.size.label(network.language))


def tabulate(network: Network, choice: Choice, progress: Progress = silent) -> Measured:
    """The measures named of the nodes, or every one, in order, and those of the whole.

    Where ``top`` says so only the first nodes are left; measures and sources are those of all. Raises what ``choose``
    raises.
    """
    network = _component(network, choice)
    shown = _named(network, choice.names or (EVERY,))
    needed = _named(network, [*(each.key for each in shown), choice.order.key])
    measured = compute(network, needed, whole=True, progress=progress)
    return replace(rank(measured, choice.order, choice.top), measures=shown, sources=tuple(footnotes(network)))


def _component(network: Network, choice: Choice) -> Network:
    return network if choice.component is None else keep_component(network, choice.component)


def _named(network: Network, names: Iterable[str]) -> tuple[Measure, ...]:
    return find_measures(names, directed=network.directed)

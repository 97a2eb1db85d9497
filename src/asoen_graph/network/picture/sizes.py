"""How large the marks of nodes are: by a number each node has, where the network names one, else all alike.

The area of a mark is in proportion to the number, as areas are what readers compare (Cleveland and McGill 1984); where
there are numbers below zero, to how far it is above the least. A node without the number has a small, hollow mark.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from asoen_graph.network.model import Network, Node

USUAL: Final = 7.0
"""The radius of a mark that says nothing by its size."""
_LARGEST: Final = 17.0
_SMALLEST: Final = 3.0


@dataclass(frozen=True, slots=True)
class Sizes:
    """The range of the numbers that sizes show; ``key`` is empty where they show none."""

    key: str
    least: float = 0.0
    greatest: float = 0.0

    @classmethod
    def of(cls, network: Network) -> Sizes:
        """The sizes of a network."""
        unbound = cls(network.size_by)
        values = [value for value in map(unbound.value, network.nodes) if value is not None]
        return cls(network.size_by, min(values), max(values)) if values else cls("")

    def value(self, node: Node) -> float | None:
        """The number of a node, where it has one."""
        value = node.attributes.get(self.key)
        known = isinstance(value, int | float) and math.isfinite(value)
        return float(value) if known and value is not None else None

    def is_known(self, node: Node) -> bool:
        """Whether the size of the mark of a node says something, or need not."""
        return not self.key or self.value(node) is not None

    def radius(self, node: Node) -> float:
        """The radius of the mark of a node."""
        if not self.key:
            return USUAL
        value = self.value(node)
        return _SMALLEST if value is None else self.radius_of(value)

    def radius_of(self, value: float) -> float:
        """The radius of the mark for a number."""
        floor = min(0.0, self.least)
        share = (value - floor) / (self.greatest - floor) if self.greatest > floor else 0.0
        return round(max(_SMALLEST, _LARGEST * math.sqrt(share)), 1)

"""The parameters that choose nodes of a network by measures, and name measures."""

from __future__ import annotations

from typing import Any, Final

from asoen_graph.errors import ParameterError
from asoen_graph.messages import tell
from asoen_graph.network.measures.of_nodes import OF_NODES
from asoen_graph.network.measures.registry import EVERY
from asoen_graph.server.documentation import query_parameter
from asoen_graph.server.requests import Parameters, single

NAMES: Final = ("component", "top", "by", "with")

_MOST: Final = 1_000_000
_KEYS: Final = ", ".join(f"`{key}`" for key in OF_NODES)
_COUNT: Final = {"type": "integer", "minimum": 1, "maximum": _MOST}

DESCRIBED: Final[tuple[dict[str, Any], ...]] = (
    query_parameter("component", "Only the component of that number by size; 1 is the largest.", _COUNT),
    query_parameter("top", "Only so many nodes: those with most of the measure `by`.", _COUNT),
    query_parameter(
        "by",
        "What `top` goes by, and tables of measures are sorted by; strength where it is not said.",
        {"type": "string", "enum": [key for key, each in OF_NODES.items() if not each.is_group]},
    ),
    query_parameter(
        "with",
        f"Measures of the nodes, separated by commas: {_KEYS}; `{EVERY}` for every one. A network carries these in its "
        "nodes, with what they mean; a table has no others.",
    ),
)
"""How OpenAPI describes them."""


def read_measures(parameters: Parameters) -> dict[str, Any]:
    """What the request says of components and measures. Raises ParameterError for what is no count."""
    counts = {name: _count(parameters, name) for name in ("component", "top")}
    return {**counts, "by": single(parameters, "by"), "with": single(parameters, "with")}


def _count(parameters: Parameters, name: str) -> int | None:
    text = single(parameters, name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit()) or not 0 < int(text[:20]) <= _MOST:
        raise ParameterError(name, tell("value.number-from-to", text=text[:40], most=_MOST), tell("value.digits"))
    return int(text)

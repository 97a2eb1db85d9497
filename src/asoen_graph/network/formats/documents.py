"""JSON written piece by piece: one line for each node and each edge, so that large networks need little memory."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping


def json_pieces(
    head: Mapping[str, object], nodes: Iterable[object], edges: Iterable[object], *, inside: str = ""
) -> Iterator[str]:
    """A JSON object with the members of ``head`` and then ``nodes`` and ``edges``, an item a line.

    ``inside`` names a member that the two stand in.
    """
    yield "{\n"
    for name, value in head.items():
        yield f"{_json(name)}: {_json(value)},\n"
    yield f"{_json(inside)}: {{\n" if inside else ""
    yield '"nodes": [\n'
    yield from _items(nodes)
    yield '],\n"edges": [\n'
    yield from _items(edges)
    yield "]}\n}\n" if inside else "]\n}\n"


def _items(items: Iterable[object]) -> Iterator[str]:
    comma = " "
    for item in items:
        yield f"{comma}{_json(item)}\n"
        comma = ","


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)

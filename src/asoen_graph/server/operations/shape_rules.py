"""What the shapes of this installation ask of the data, as the documentation of the ontology says it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store

from asoen_graph.iris import PREFIXES
from asoen_graph.resources import ontology_folder

_SH: Final = PREFIXES["sh"]
_FILES: Final = ("shapes.ttl", "constraints.ttl")
_Node: TypeAlias = NamedNode | BlankNode


@dataclass(frozen=True, slots=True)
class ShapeRules:
    """Classes and properties are IRIs."""

    single: frozenset[str]
    """Properties that have one value at most."""
    needed: Mapping[tuple[str, str], int]
    """Class and property → how many values there are at least."""
    rules: Mapping[str, Sequence[Mapping[str, str]]]
    """Class → what is said where it is not as it should be, by language."""


@cache
def shape_rules() -> ShapeRules:
    """What the shapes say."""
    store = Store()
    for name in _FILES:
        store.bulk_load(path=ontology_folder() / name, format=RdfFormat.TURTLE)
    single = {path for shape, _ in _pairs(store, "maxCount") for path in _iris(store, shape, "path")}
    needed: dict[tuple[str, str], int] = {}
    rules: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for shape, class_ in _pairs(store, "targetClass"):
        if not isinstance(class_, NamedNode):
            continue
        for part in _nodes(store, shape, "property"):
            for path, least in _least(store, part):
                needed[class_.value, path] = least
        for part in _nodes(store, shape, "sparql"):
            rules[class_.value].append(_texts(store, part))
    return ShapeRules(frozenset(single), needed, rules)


def _least(store: Store, shape: _Node) -> Iterator[tuple[str, int]]:
    for least in _objects(store, shape, "minCount"):
        for path in _iris(store, shape, "path"):
            if isinstance(least, Literal):
                yield path, int(least.value)


def _texts(store: Store, shape: _Node) -> dict[str, str]:
    found = (each for each in _objects(store, shape, "message") if isinstance(each, Literal))
    return {each.language or "": each.value for each in found}


def _pairs(store: Store, name: str) -> Iterator[tuple[_Node, object]]:
    for quad in store.quads_for_pattern(None, NamedNode(_SH + name), None):
        if isinstance(quad.subject, NamedNode | BlankNode):
            yield quad.subject, quad.object


def _objects(store: Store, subject: _Node, name: str) -> list[object]:
    return [quad.object for quad in store.quads_for_pattern(subject, NamedNode(_SH + name), None)]


def _nodes(store: Store, subject: _Node, name: str) -> list[_Node]:
    return [each for each in _objects(store, subject, name) if isinstance(each, NamedNode | BlankNode)]


def _iris(store: Store, subject: _Node, name: str) -> list[str]:
    return [each.value for each in _objects(store, subject, name) if isinstance(each, NamedNode)]

"""How many entities, triples, subjects and objects each class and each property has, as VoID partitions.

A class partition holds the property partitions of its entities, so that a reader learns which properties to expect of
which class, and how often. Partitions are ``void:Dataset`` by the range of what leads to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode, Store, Triple

from asoen_graph.description.counting import rows
from asoen_graph.description.terms import DATASET, VOID, count, part
from asoen_graph.iris import compact

_CLASSES: Final = """
SELECT ?class (COUNT(?entity) AS ?entities) WHERE { ?entity a ?class FILTER(ISIRI(?class)) } GROUP BY ?class
"""
_PROPERTIES: Final = """
SELECT ?property (COUNT(*) AS ?triples) (COUNT(DISTINCT ?subject) AS ?subjects) (COUNT(DISTINCT ?object) AS ?objects)
WHERE { ?subject ?property ?object } GROUP BY ?property
"""
_PROPERTIES_OF_CLASSES: Final = """
SELECT ?class ?property
  (COUNT(*) AS ?triples) (COUNT(DISTINCT ?subject) AS ?subjects) (COUNT(DISTINCT ?object) AS ?objects)
WHERE { ?subject a ?class ; ?property ?object FILTER(ISIRI(?class)) } GROUP BY ?class ?property
"""


def describe_partitions(store: Store) -> Iterator[Triple]:
    """The partitions of the default graph, by class and by property."""
    for (property_iri,), numbers in rows(store, _PROPERTIES, 1):
        yield from _property(DATASET, f"property-{_name(property_iri)}", property_iri, numbers)
    of_class: dict[str, list[tuple[str, list[int]]]] = {}
    for (class_iri, property_iri), numbers in rows(store, _PROPERTIES_OF_CLASSES, 2):
        of_class.setdefault(class_iri, []).append((property_iri, numbers))
    for (class_iri,), (entities,) in rows(store, _CLASSES, 1):
        name = f"class-{_name(class_iri)}"
        partition = part(name)
        yield Triple(DATASET, NamedNode(VOID + "classPartition"), partition)
        yield Triple(partition, NamedNode(VOID + "class"), NamedNode(class_iri))
        yield Triple(partition, NamedNode(VOID + "entities"), count(entities))
        yield Triple(partition, NamedNode(VOID + "triples"), count(sum(each[0] for _, each in of_class[class_iri])))
        for property_iri, numbers in of_class[class_iri]:
            yield from _property(partition, f"{name}-{_name(property_iri)}", property_iri, numbers)


def _property(whole: NamedNode, name: str, property_iri: str, numbers: list[int]) -> Iterator[Triple]:
    partition = part(name)
    yield Triple(whole, NamedNode(VOID + "propertyPartition"), partition)
    yield Triple(partition, NamedNode(VOID + "property"), NamedNode(property_iri))
    for name, number in zip(("triples", "distinctSubjects", "distinctObjects"), numbers, strict=True):
        yield Triple(partition, NamedNode(VOID + name), count(number))


def _name(iri: str) -> str:
    """A term as a part of a fragment: ``asoen:Meeting`` → ``asoen-Meeting``."""
    return re.sub(r"[^A-Za-z0-9]+", "-", compact(iri))

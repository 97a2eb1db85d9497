"""What an editor of queries knows: the prefixes, and every class, property, controlled value and entity by its names.

It is one document of a release, in both languages, sent once and kept by the browser; so it is written tightly.
Relation nodes are left out, for nobody calls them anything, and so are the publishers of documents: most are called by
the address of their site, and together they would be a tenth of it. The search finds them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from asoen_graph.iris import QUERY_PREFIXES, TERM, compact
from asoen_graph.search import Entity
from asoen_graph.vocabulary import Property, Term, Vocabulary

_LANGUAGES: Final = ("en", "vi")
_LEFT_OUT: Final = TERM + "Publisher"


def glossary(vocabulary: Vocabulary, entities: Iterable[Entity]) -> dict[str, Any]:
    """Prefixes, and lists of names: ``classes``, ``properties``, ``concepts``, ``entities``.

    Each name is a list. Terms: local name, label in English, label in Vietnamese, definition in English, definition in
    Vietnamese, and for a class its super-classes, for a property its range and the classes that carry it, for a
    concept its class. Entities are grouped by class: the class, then slug, label, label in Vietnamese where it is
    another.
    """
    classes = vocabulary.classes.values()
    return {
        "prefixes": QUERY_PREFIXES,
        "classes": [[*_texts(each), [compact(parent) for parent in each.parents]] for each in classes],
        "properties": [_property(each) for each in vocabulary.properties.values()],
        "concepts": [
            [*_texts(concept), compact(concept.value_class)]
            for concepts in vocabulary.concepts.values()
            for concept in concepts
        ],
        "entities": [[name, *names] for name, names in _entities(vocabulary, entities)],
    }


def _texts(term: Term) -> list[str]:
    labels, definitions = term.labels, term.definitions
    return [term.local_name, *_both(labels, term.local_name), *_both(definitions, "")]


def _both(texts: Mapping[str, str], default: str) -> Iterator[str]:
    for language in _LANGUAGES:
        yield texts.get(language) or texts.get("en") or default


def _property(property_: Property) -> list[Any]:
    return [*_texts(property_), compact(property_.range), [compact(each) for each in property_.domain]]


def _entities(vocabulary: Vocabulary, entities: Iterable[Entity]) -> Iterator[tuple[str, list[list[str]]]]:
    by_class: dict[str, list[list[str]]] = {}
    for entity in entities:
        class_ = vocabulary.class_of(entity.class_iri)
        if class_ is None or class_.is_relation or class_.iri == _LEFT_OUT:
            continue
        label, vietnamese = entity.label("en"), entity.label("vi")
        names = [entity.slug, label] if vietnamese == label else [entity.slug, label, vietnamese]
        by_class.setdefault(class_.iri, []).append(names)
    for iri, members in sorted(by_class.items()):
        yield compact(iri), members

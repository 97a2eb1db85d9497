"""The register as triples: types and names of entities, names made for relation nodes, retired slugs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Final

from pyoxigraph import NamedNode, Triple

from asoen_graph.build.statements import ACCEPTED
from asoen_graph.build.terms import TYPE, entity_node, text
from asoen_graph.curation.facts import ConceptValue, EntityValue, Fact, LiteralValue, Value
from asoen_graph.curation.project import CuratedProject
from asoen_graph.curation.register import Entity, Relation
from asoen_graph.iris import DCTERMS, RDFS, SKOS, TERM

LANGUAGES: Final = ("en", "vi")
"""The languages in which relation nodes get a label."""

_LABEL = NamedNode(RDFS + "label")
_PREFERRED, _ALTERNATIVE = NamedNode(SKOS + "prefLabel"), NamedNode(SKOS + "altLabel")
_REPLACED = NamedNode(DCTERMS + "isReplacedBy")


def register_triples(project: CuratedProject, concept_classes: Collection[str]) -> Iterator[Triple]:
    """Type and names of every entity and relation node, and where each retired slug leads.

    Entities of ``concept_classes``, the classes below ``skos:Concept``, carry their labels as ``skos:prefLabel`` too.
    """
    for entity in project.entities.values():
        yield from _entity_triples(entity, entity.class_iri in concept_classes)
    names = _RelationNames(project)
    for relation in project.relations.values():
        node = entity_node(relation.slug)
        yield Triple(node, TYPE, NamedNode(relation.class_iri))
        for language in LANGUAGES:
            yield Triple(node, _LABEL, text(names.label(relation, language), language))
    for retired, present in project.redirects.items():
        yield Triple(entity_node(retired), _REPLACED, entity_node(present))


def _entity_triples(entity: Entity, is_concept: bool) -> Iterator[Triple]:
    node = entity_node(entity.slug)
    yield Triple(node, TYPE, NamedNode(entity.class_iri))
    for language, label in entity.labels.items():
        yield Triple(node, _LABEL, text(label, language))
        if is_concept:
            yield Triple(node, _PREFERRED, text(label, language))
    for name, language_or_none in entity.alternatives:
        yield Triple(node, _ALTERNATIVE, text(name, language_or_none))


class _RelationNames:
    """Labels of relation nodes: the label of the class, then those of the key values.

    ``Participation: 7th Example Meeting, Exampleland``. Key values are those of accepted facts, or of any where none
    is accepted; a node without any is told apart by its slug.
    """

    def __init__(self, project: CuratedProject) -> None:
        self._project = project
        self._values: dict[tuple[str, str], list[Fact]] = defaultdict(list)
        for fact in project.facts:
            if fact.subject in project.relations:
                self._values[fact.subject, fact.property].append(fact)

    def label(self, relation: Relation, language: str, above: frozenset[str] = frozenset()) -> str:
        """The label of a relation node; ``above`` are the nodes whose label is being made of this one's."""
        class_ = self._project.vocabulary.class_of(relation.class_iri)
        if class_ is None:
            return relation.slug
        keys = [self._key_value(relation.slug, key) for key in class_.key_properties]
        inner = above | {relation.slug}
        parts = [self._value_label(value, language, inner) for value in keys if value is not None]
        title = class_.label(language)
        return f"{title[0].upper()}{title[1:]}: {', '.join(parts) or relation.slug}"

    def _key_value(self, slug: str, property_: str) -> Value | None:
        facts = self._values.get((slug, property_), [])
        preferred = [fact for fact in facts if fact.status == ACCEPTED] or facts
        return preferred[0].value if preferred else None

    def _value_label(self, value: Value, language: str, above: frozenset[str]) -> str:
        match value:
            case LiteralValue():
                return value.lexical
            case ConceptValue():
                concept = self._project.vocabulary.concept_of(value.iri)
                return concept.label(language) if concept else value.iri.removeprefix(TERM)
            case EntityValue():
                return self._entity_label(value.slug, language, above)

    def _entity_label(self, slug: str, language: str, above: frozenset[str]) -> str:
        relation = self._project.relations.get(slug)
        if relation is not None and slug not in above:
            return self.label(relation, language, above)
        entity = self._project.entities.get(slug)
        labels = entity.labels if entity else {}
        return labels.get(language) or next((labels[each] for each in LANGUAGES if each in labels), slug)

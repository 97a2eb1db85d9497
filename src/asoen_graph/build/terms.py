"""Curated values as RDF terms."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from asoen_graph import dates
from asoen_graph.curation.facts import ConceptValue, EntityValue, LiteralValue, Value
from asoen_graph.iris import ENTITY, RDF, SOURCE, XSD

TYPE = NamedNode(RDF + "type")


def entity_node(slug: str) -> NamedNode:
    """The IRI of an entity or relation node."""
    return NamedNode(ENTITY + slug)


def source_node(slug: str) -> NamedNode:
    """The IRI of a document."""
    return NamedNode(SOURCE + slug)


def term_of(value: Value) -> NamedNode | Literal:
    """The RDF term of a curated value."""
    match value:
        case EntityValue(slug=slug):
            return entity_node(slug)
        case ConceptValue(iri=iri):
            return NamedNode(iri)
        case LiteralValue(lexical=lexical, language=str(language)):
            return Literal(lexical, language=language)
        case LiteralValue(lexical=lexical, datatype=datatype):
            return Literal(lexical, datatype=NamedNode(datatype))


def partial_date(text: str) -> Literal:
    """A written date with the XML Schema datatype of its precision."""
    return Literal(text, datatype=NamedNode(dates.datatype(text)))


def day(iso: str) -> Literal:
    """A day, written ``2031-05-02``, as ``xsd:date``."""
    return Literal(iso, datatype=NamedNode(XSD + "date"))


def text(lexical: str, language: str | None) -> Literal:
    """A text in a language, or in none where the language is empty or ``None``."""
    return Literal(lexical, language=language) if language else Literal(lexical)

"""Values of properties: from nodes of a file to entities, controlled values and literals, as the range asks."""

from __future__ import annotations

from collections.abc import Iterator

from asoen_graph.curation.facts import ConceptValue, EntityValue, LiteralValue, Value
from asoen_graph.curation.findings import Findings
from asoen_graph.curation.literals import Flaw, check_language, clean_text, read_date, read_literal
from asoen_graph.curation.nodes import Mapping, Node, Scalar, Sequence, kind_of
from asoen_graph.curation.reading import Reference
from asoen_graph.iris import is_slug
from asoen_graph.text import nearest
from asoen_graph.vocabulary import LANG_STRING, Concept, Property, ValueKind, Vocabulary


class ValueReader:
    """Reads the values of one file; whatever is wrong is added to its findings and yields nothing."""

    def __init__(self, vocabulary: Vocabulary, findings: Findings) -> None:
        self._vocabulary = vocabulary
        self._findings = findings
        self._concepts: dict[str, dict[str, Concept]] = {}
        self.misnamed: list[Reference] = []
        """What stands in the place of a slug and is none; what was meant shows once all files are read."""

    def values(self, property_: Property, node: Node) -> Iterator[tuple[Value, Node]]:
        """The values a scalar, a list of scalars or a language map holds, each with its node."""
        if isinstance(node, Sequence):
            if not node.items:
                self._findings.add(node, "empty-value", "The list is empty", "Write a value, or remove the key")
            for item in node.items:
                if isinstance(item, Sequence):
                    self._findings.add(item, "wrong-shape", "A list stands inside a list", "Write one list")
                else:
                    yield from self.values(property_, item)
        elif isinstance(node, Scalar):
            value = self._scalar(property_, node)
            if value is not None:
                yield value, node
        elif isinstance(node, Mapping) and property_.kind is ValueKind.TEXT:
            yield from self.texts(node)
        else:
            self._findings.add(
                node,
                "wrong-shape",
                f"{property_.key!r} takes {_expectation(property_)}, not {kind_of(node)}",
                "Give the value under the key 'value', or write it plainly",
            )

    def texts(self, node: Mapping) -> Iterator[tuple[LiteralValue, Node]]:
        """The texts of a language map, ``{en: …, vi: […]}``."""
        if not node.entries:
            self._findings.add(node, "empty-value", "There is no text in any language", "Write {en: …}")
        for language, given in node.entries:
            items = given.items if isinstance(given, Sequence) else [given]
            for item in items:
                text = self._text(language, item)
                if text is not None:
                    yield text, item

    def concept(self, value_class: str, node: Scalar) -> str | None:
        """The IRI of a controlled value of a class, given its key."""
        known = self._concepts.get(value_class)
        if known is None:
            known = self._concepts[value_class] = self._vocabulary.values_of(value_class)
        found = known.get(node.text)
        if found is not None:
            return found.iri
        hint = self._meant(node.text, known)
        class_ = self._vocabulary.class_of(value_class)
        self._findings.add(node, "unknown-value", f"{node.text!r} is no {class_.label() if class_ else 'value'}", hint)
        return None

    def _meant(self, text: str, known: dict[str, Concept]) -> str:
        near = nearest(text, known, 2) if text else []
        if near:
            return f"Did you mean {' or '.join(map(repr, near))}?"
        hint = f"Write one of {', '.join(known)}"
        classes = {
            each.value_class for group in self._vocabulary.concepts.values() for each in group if each.key == text
        }
        keys = [each.key for each in self._vocabulary.properties.values() if each.range in classes and each.curated]
        return f"{hint}; {text!r} is a value of {' and '.join(map(repr, keys))}" if keys else hint

    def _scalar(self, property_: Property, node: Scalar) -> Value | None:
        if not node.text.strip():
            self._findings.add(node, "empty-value", f"{property_.key!r} has no value", "Write one, or remove the key")
            return None
        if property_.kind is ValueKind.ENTITY:
            if is_slug(node.text):
                return EntityValue(node.text)
            self.misnamed.append(Reference(node.text, property_.iri, self._findings.place(node)))
            return None
        if property_.kind is ValueKind.CONCEPT:
            iri = self.concept(property_.range, node)
            return None if iri is None else ConceptValue(iri)
        if property_.kind is ValueKind.TEXT:
            self._findings.add(
                node,
                "no-language",
                f"The language of this {property_.key!r} is not said",
                "Write it as {en: …} or {vi: …}",
            )
            return None
        try:
            return (
                read_date(node.text) if property_.kind is ValueKind.DATE else read_literal(node.text, property_.range)
            )
        except Flaw as flaw:
            self._findings.add_flaw(node, flaw)
            return None

    def _text(self, language: Scalar, item: Node) -> LiteralValue | None:
        if not isinstance(item, Scalar):
            self._findings.add(item, "wrong-shape", f"A text is expected here, not {kind_of(item)}", "Write {en: …}")
            return None
        try:
            check_language(language.text)
        except Flaw as flaw:
            self._findings.add_flaw(language, flaw)
            return None
        try:
            return LiteralValue(clean_text(item.text), LANG_STRING, language.text)
        except Flaw as flaw:
            self._findings.add_flaw(item, flaw)
            return None


def _expectation(property_: Property) -> str:
    return {
        ValueKind.ENTITY: "the slug of an entity",
        ValueKind.RELATION: "a relation node",
        ValueKind.CONCEPT: "a controlled value",
        ValueKind.TEXT: "a text for each language",
        ValueKind.DATE: "a date",
        ValueKind.LITERAL: "a single value",
    }[property_.kind]

"""Reading the groups of a source document into facts.

A group is about one entity at one place of the document. Its keys are properties; what they take is looked up in the
ontology. A relation node nested in a group becomes a node of its own, and the nesting becomes the fact that its key
property points back to the subject: one direction only, since the other follows from ``owl:inverseOf``.
"""

from __future__ import annotations

from asoen_graph.curation.circumstances import LOCATOR_UNIT, CircumstanceReader, Circumstances
from asoen_graph.curation.facts import EntityValue, Fact, Value
from asoen_graph.curation.findings import Findings
from asoen_graph.curation.keys import (
    CIRCUMSTANCES,
    EXPANDED_KEYS,
    GROUP_KEYS,
    find_property,
    is_unknown,
    misplaced_key,
    unknown_key,
)
from asoen_graph.curation.naming import derive_slug
from asoen_graph.curation.nodes import Mapping, Node, Scalar, Sequence, kind_of
from asoen_graph.curation.reading import Reference, SourceReference, UnknownKey
from asoen_graph.curation.register import Relation
from asoen_graph.curation.values import ValueReader
from asoen_graph.iris import is_slug
from asoen_graph.text import nearest
from asoen_graph.vocabulary import Class, Property, ValueKind, Vocabulary


class GroupReader:
    """Reads the groups of one document; facts, relation nodes and open questions gather in its lists."""

    def __init__(self, vocabulary: Vocabulary, source: str, findings: Findings) -> None:
        self.facts: list[Fact] = []
        self.relations: list[Relation] = []
        self.references: list[Reference] = []
        self.unknown_keys: list[UnknownKey] = []
        self._vocabulary = vocabulary
        self._source = source
        self._findings = findings
        self._values = ValueReader(vocabulary, findings)
        units = vocabulary.values_of(LOCATOR_UNIT)
        self._circumstances = CircumstanceReader(source, self._values, units, findings)

    @property
    def cited(self) -> list[SourceReference]:
        """The other documents that facts are jointly attributed to, where they are named."""
        return self._circumstances.cited

    def read(self, groups: Sequence) -> None:
        """Read every group of the list under ``facts``."""
        for group in groups.items:
            if isinstance(group, Mapping):
                self._group(group)
            else:
                self._findings.add(
                    group, "wrong-shape", f"A group is a mapping, not {kind_of(group)}", "Begin with 'about:'"
                )
        self.references += self._values.misnamed

    def _group(self, group: Mapping) -> None:
        subject = self._subject(group)
        circumstances = self._circumstances.read(group, Circumstances())
        if group.get("at") is None:
            self._findings.add(
                group, "missing-key", "The group does not say where in the document it stands", "Add 'at:'"
            )
        statements = [(key, node) for key, node in group.entries if key.text not in GROUP_KEYS]
        if not statements:
            self._findings.add(group, "empty-value", "The group states nothing", "Add a property, or remove the group")
        for key, node in statements:
            property_ = find_property(self._vocabulary, key, self._findings)
            if property_ is not None:
                self._statement(subject, property_, node, circumstances)
            elif is_unknown(self._vocabulary, key.text):
                self.unknown_keys.append(UnknownKey(key.text, subject or "", self._findings.place(key)))

    def _subject(self, group: Mapping) -> str | None:
        about = group.get("about")
        if about is None:
            self._findings.add(
                group, "missing-key", "The group does not say what it is about", "Add 'about:' with a slug"
            )
            return None
        if not isinstance(about, Scalar) or not about.text:
            self._findings.add(about, "wrong-shape", "'about' takes one slug", "Write a group for each entity")
            return None
        self.references.append(Reference(about.text, "", self._findings.place(about)))
        return about.text if is_slug(about.text) else None

    def _statement(self, subject: str | None, property_: Property, node: Node, around: Circumstances) -> None:
        items = node.items if isinstance(node, Sequence) and node.items else [node]
        for item in items:
            if isinstance(item, Mapping) and item.get("value") is not None:
                self._expanded(subject, property_, item, around)
            else:
                self._plain(subject, property_, item, around)

    def _expanded(self, subject: str | None, property_: Property, item: Mapping, around: Circumstances) -> None:
        for key, _ in item.entries:
            if key.text not in EXPANDED_KEYS:
                near = nearest(key.text, EXPANDED_KEYS, 1)
                hint = f"Did you mean {near[0]!r}?" if near else f"Its keys are {', '.join(EXPANDED_KEYS)}"
                self._findings.add(key, "unknown-key", f"{key.text!r} is no key of an expanded value", hint)
        circumstances = self._circumstances.read(item, around)
        value = item.get("value")
        for each in value.items if isinstance(value, Sequence) and value.items else [value]:
            if each is not None:
                self._plain(subject, property_, each, circumstances)

    def _plain(self, subject: str | None, property_: Property, node: Node, circumstances: Circumstances) -> None:
        if property_.kind is not ValueKind.RELATION:
            for value, place in self._values.values(property_, node):
                self._state(subject, property_, value, place, circumstances)
        elif isinstance(node, Mapping):
            self._relation(subject, property_, node, circumstances)
        else:
            message = f"{property_.key!r} takes a mapping that describes the node, not {kind_of(node)}"
            hint = "To say more of a node named elsewhere, write a group about it"
            self._findings.add(node, "wrong-shape", message, hint)

    def _relation(self, subject: str | None, nesting: Property, node: Mapping, circumstances: Circumstances) -> None:
        class_ = self._vocabulary.class_of(nesting.range)
        if class_ is None:
            raise AssertionError(f"{nesting.iri} has the range {nesting.range}, which is no class of the ontology")
        slug = self._relation_slug(subject, nesting, class_, node)
        if slug is not None:
            self.relations.append(Relation(slug, class_.iri, self._findings.place(node)))
            self._nest(subject, nesting, slug, node, circumstances)
        for key, value in node.entries:
            if key.text == "slug":
                continue
            if key.text in CIRCUMSTANCES:
                hint = f"Wrap the node: {{value: {{…}}, {key.text}: …}}"
                self._findings.add(key, "misplaced-key", f"{key.text!r} stands beside a relation node, not in it", hint)
                continue
            property_ = find_property(self._vocabulary, key, self._findings)
            if property_ is None:
                if is_unknown(self._vocabulary, key.text):
                    self._findings.add_flaw(key, unknown_key(self._vocabulary, key.text, class_, ("slug",)))
            elif not self._vocabulary.applies(property_, class_):
                self._findings.add_flaw(key, misplaced_key(self._vocabulary, property_, class_))
            elif property_.iri == nesting.inverse:
                hint = f"Leave it out: it is {subject!r}"
                self._findings.add(key, "misplaced-key", f"{key.text!r} already follows from the nesting", hint)
            else:
                self._statement(slug, property_, value, circumstances)

    def _relation_slug(self, subject: str | None, nesting: Property, class_: Class, node: Mapping) -> str | None:
        written = node.get("slug")
        if isinstance(written, Scalar) and is_slug(written.text):
            return written.text
        if written is not None:
            self._findings.add(written, "bad-slug", "This is not a slug", "Write lower-case words joined by hyphens")
            return None
        slug, missing = derive_slug(class_, node, nesting.inverse, subject or "")
        if missing and subject is not None:
            names = ", ".join(map(repr, missing))
            self._findings.add(
                node,
                "missing-key",
                f"A node of {class_.key!r} is named after its key, and {names} has no single accepted value here",
                "Add it, or name the node yourself with 'slug:'",
            )
        return slug

    def _nest(
        self, subject: str | None, nesting: Property, slug: str, node: Node, circumstances: Circumstances
    ) -> None:
        back = self._vocabulary.property_of(nesting.inverse) if nesting.inverse else None
        if back is not None and subject is not None:
            self._state(slug, back, EntityValue(subject), node, circumstances)
        else:
            self._state(subject, nesting, EntityValue(slug), node, circumstances)

    def _state(
        self, subject: str | None, property_: Property, value: Value, node: Node, circumstances: Circumstances
    ) -> None:
        if subject is None:
            return
        self.facts.append(
            Fact(
                subject=subject,
                property=property_.iri,
                value=value,
                source=self._source,
                locator=circumstances.locator,
                status=circumstances.status,
                when=circumstances.when,
                note=circumstances.note,
                place=self._findings.place(node),
                jointly=circumstances.jointly,
            )
        )

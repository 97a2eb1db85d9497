"""Curated files in canonical form: keys in the order of the ontology, the register by slug, one way to write it all.

Comments stay with what they speak of; blank lines go, save the one that parts a comment on the whole file from the
rest.
"""

from __future__ import annotations

from collections.abc import Iterable

from asoen_graph.curation.comments import MODELINE, Comments, read_comments
from asoen_graph.curation.documents import read_document
from asoen_graph.curation.emitter import Emitter
from asoen_graph.curation.findings import Findings
from asoen_graph.curation.keys import CIRCUMSTANCES, EXPANDED_KEYS, GROUP_KEYS, JOINTLY
from asoen_graph.curation.nodes import Mapping, Node, Scalar, Sequence, kind_of
from asoen_graph.curation.register_files import ENTITY_KEYS
from asoen_graph.curation.source_files import FACTS
from asoen_graph.errors import Problem
from asoen_graph.iris import key_of, local_name
from asoen_graph.vocabulary import Class, ValueKind, Vocabulary


def tidy_source(data: bytes, path: str, vocabulary: Vocabulary) -> tuple[str | None, list[Problem]]:
    """A source document in canonical form, or the problems of its YAML."""
    return _tidy(data, path, "source", _SourceOrder(vocabulary))


def tidy_register(data: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """A register file in canonical form, or the problems of its YAML."""
    return _tidy(data, path, "entities", _RegisterOrder())


class _RegisterOrder:
    """Entities by slug, names before other names."""

    def __init__(self) -> None:
        self.blocks: set[int] = set()

    def arrange(self, root: Mapping) -> None:
        root.entries.sort(key=lambda entry: entry[0].text)
        for _, entity in root.entries:
            self.blocks.add(id(entity))
            if isinstance(entity, Mapping):
                _sort(entity, ENTITY_KEYS)


class _SourceOrder:
    """Keys of citation, groups, expanded values and relation nodes in the order of the ontology."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.blocks: set[int] = set()
        """The ids of mappings that never stand on one line."""
        self._vocabulary = vocabulary
        self._properties = list(vocabulary.properties)

    def arrange(self, root: Mapping) -> None:
        _sort(root, self._properties, last=(FACTS,))
        groups = root.get(FACTS)
        for group in groups.items if isinstance(groups, Sequence) else ():
            if isinstance(group, Mapping):
                self.blocks.add(id(group))
                _sort(group, (*GROUP_KEYS, *self._properties))
                _sort_joint_sources(group)
                self._statements(group)

    def _statements(self, mapping: Mapping) -> None:
        for key, value in mapping.entries:
            property_ = self._vocabulary.properties.get(key.text)
            is_relation = property_ is not None and property_.kind is ValueKind.RELATION
            class_ = self._vocabulary.class_of(property_.range) if property_ and is_relation else None
            if key.text not in CIRCUMSTANCES:
                self._value(value, class_)

    def _value(self, node: Node, class_: Class | None) -> None:
        if isinstance(node, Sequence):
            for item in node.items:
                self._value(item, class_)
        elif isinstance(node, Mapping):
            value = node.get("value")
            if value is not None:
                _sort(node, EXPANDED_KEYS)
                _sort_joint_sources(node)
                self._value(value, class_)
            elif class_ is not None:
                self.blocks.add(id(node))
                keys = [key_of(local_name(iri)) for iri in class_.key_properties]
                _sort(node, ("slug", *keys, *self._properties))
                self._statements(node)


def _tidy(
    data: bytes, path: str, schema: str, order: _SourceOrder | _RegisterOrder
) -> tuple[str | None, list[Problem]]:
    findings = Findings(path)
    root = read_document(data, findings)
    if root is not None and not isinstance(root, Mapping):
        findings.add(root, "wrong-shape", f"A curated file is a mapping, not {kind_of(root)}")
    if findings.problems or not isinstance(root, Mapping):
        return None, findings.problems
    comments = read_comments(data.decode("utf-8").removeprefix("\ufeff"), root)
    said, remarked = _content(root), comments.words()
    order.arrange(root)
    text = _compose(schema, comments, Emitter(comments, order.blocks).write(root))
    _confirm(text, path, said, remarked)
    return text, []


def _compose(schema: str, comments: Comments, body: str) -> str:
    lines = [f"{MODELINE} $schema=../schema/{schema}.schema.json", *comments.header]
    head = "".join(f"{line}\n" for line in lines) + ("\n" if comments.header else "")
    return head + body + "".join(f"{line}\n" for line in comments.footer)


def _confirm(text: str, path: str, said: object, remarked: list[str]) -> None:
    """Stop where the new text does not say what the old one said: a mistake here would lose facts."""
    findings = Findings(path)
    root = read_document(text.encode(), findings)
    same = root is not None and _content(root) == said and read_comments(text, root).words() == remarked
    if not same:
        raise AssertionError(f"Tidying would have changed what {path} says; the file is left as it was")


def _content(node: Node, under: str = "") -> object:
    if isinstance(node, Mapping):
        return {key.text: _content(value, key.text) for key, value in node.entries}
    if isinstance(node, Sequence):
        items = [_content(item) for item in node.items]
        return sorted(items, key=str) if under == JOINTLY else items
    assert isinstance(node, Scalar)
    return node.text


def _sort_joint_sources(mapping: Mapping) -> None:
    """Which documents they are is all the list says."""
    node = mapping.get(JOINTLY)
    if isinstance(node, Sequence):
        node.items.sort(key=lambda item: item.text if isinstance(item, Scalar) else "")


def _sort(mapping: Mapping, keys: Iterable[str], last: Iterable[str] = ()) -> None:
    rank = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    unknown = len(rank)
    rank.update(dict.fromkeys(last, unknown + 1))
    mapping.entries.sort(key=lambda entry: rank.get(entry[0].text, unknown))

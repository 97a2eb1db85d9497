"""Reading a file of ``data/entities``, and the redirects of retired slugs."""

from __future__ import annotations

from collections.abc import Iterator

from asoen_graph.curation.documents import read_document
from asoen_graph.curation.findings import Findings
from asoen_graph.curation.literals import Flaw, check_language, clean_text
from asoen_graph.curation.nodes import Mapping, Node, Scalar, Sequence, kind_of
from asoen_graph.curation.reading import Reading
from asoen_graph.curation.register import Entity
from asoen_graph.errors import Place, Problem
from asoen_graph.iris import TERM, is_slug
from asoen_graph.text import nearest
from asoen_graph.vocabulary import Class, Vocabulary

ENTITY_CLASS = TERM + "Entity"
ENTITY_KEYS = ("label", "also")
REQUIRED_LANGUAGE = "en"


def read_register_file(data: bytes, path: str, class_key: str, vocabulary: Vocabulary) -> Reading:
    """Read the entities of one class; ``path`` is for the problems, ``class_key`` the name of the file."""
    findings = Findings(path)
    class_ = _register_class(class_key, vocabulary, findings)
    root = read_document(data, findings)
    if not isinstance(root, Mapping):
        if root is not None:
            findings.add(root, "wrong-shape", f"A register is a mapping of slugs, not {kind_of(root)}")
        return Reading(readable=False, problems=tuple(findings.problems))
    if class_ is None:
        return Reading(readable=False, problems=tuple(findings.problems))
    read = (_read_entity(slug, node, class_, findings) for slug, node in root.entries)
    entities = tuple(entity for entity in read if entity is not None)
    return Reading(readable=True, problems=tuple(findings.problems), entities=entities)


def read_redirects(data: bytes, path: str) -> tuple[dict[str, str], dict[str, Place], list[Problem]]:
    """Read ``redirects.yaml``: the present slug of each retired one, where each stands, and the problems."""
    findings = Findings(path)
    root = read_document(data, findings)
    redirects: dict[str, str] = {}
    places: dict[str, Place] = {}
    if isinstance(root, Mapping):
        for key, node in root.entries:
            if isinstance(node, Scalar) and is_slug(node.text) and is_slug(key.text):
                redirects[key.text] = node.text
                places[key.text] = findings.place(key)
            else:
                findings.add(
                    key, "bad-slug", "A redirect leads from one slug to another", "Write retired-slug: present-slug"
                )
    elif root is not None:
        findings.add(root, "wrong-shape", f"The redirects are a mapping of slugs, not {kind_of(root)}")
    return redirects, places, findings.problems


def _register_class(key: str, vocabulary: Vocabulary, findings: Findings) -> Class | None:
    class_ = vocabulary.classes.get(key)
    registrable = [each.key for each in vocabulary.classes.values() if _is_registrable(each, vocabulary)]
    if class_ is not None and class_.key in registrable:
        return class_
    if class_ is None:
        near = nearest(key, registrable, 2)
        hint = f"Did you mean {' or '.join(f'{name}.yaml' for name in near)}?" if near else "Name it after a class"
        findings.add(None, "unknown-class", f"There is no class {key!r}", hint)
    elif class_.is_relation:
        hint = "Nest them where a document states them"
        findings.add(None, "wrong-class", f"The nodes of {key!r} have no register of their own", hint)
    else:
        below = [each.key for each in vocabulary.subclasses(class_.iri) if each.key in registrable]
        hint = f"Use {', '.join(below)}" if below else "Its members are not listed in the register"
        findings.add(None, "wrong-class", f"The class {key!r} has no entities of its own", hint)
    return None


def _is_registrable(class_: Class, vocabulary: Vocabulary) -> bool:
    is_entity = ENTITY_CLASS in class_.ancestors and class_.key not in vocabulary.concepts
    return is_entity and not class_.abstract and not class_.is_relation


def _read_entity(slug: Scalar, node: Node, class_: Class, findings: Findings) -> Entity | None:
    if not is_slug(slug.text):
        findings.add(
            slug, "bad-slug", f"{slug.text!r} is not a slug", "Write lower-case words of a-z and 0-9 joined by hyphens"
        )
    labels: dict[str, str] = {}
    alternatives: list[tuple[str, str | None]] = []
    if isinstance(node, Mapping):
        for key, value in node.entries:
            if key.text == "label":
                labels = dict(_read_labels(value, findings))
            elif key.text == "also":
                alternatives = list(_read_alternatives(value, findings))
            else:
                near = nearest(key.text, ENTITY_KEYS, 1)
                hint = f"Did you mean {near[0]!r}?" if near else "A register holds names only; facts belong to a source"
                findings.add(key, "unknown-key", f"{key.text!r} is no key of the register", hint)
    else:
        findings.add(node, "wrong-shape", f"{slug.text!r} takes a mapping", "Write label: {en: …, vi: …}")
    if REQUIRED_LANGUAGE not in labels:
        findings.add(slug, "missing-label", f"{slug.text!r} has no English label", "Add label: {en: …}")
    if not is_slug(slug.text):
        return None
    return Entity(slug.text, class_.iri, labels, tuple(alternatives), findings.place(slug))


def _read_labels(node: Node, findings: Findings) -> Iterator[tuple[str, str]]:
    if not isinstance(node, Mapping):
        findings.add(
            node, "wrong-shape", f"'label' takes a text for each language, not {kind_of(node)}", "Write {en: …, vi: …}"
        )
        return
    for language, item in node.entries:
        text = _read_name(item, language, findings)
        if text is not None:
            yield language.text, text


def _read_alternatives(node: Node, findings: Findings) -> Iterator[tuple[str, str | None]]:
    if isinstance(node, Scalar):
        findings.add(node, "wrong-shape", "'also' takes a list", "Write [ABC], or {en: [Other name]}")
        return
    groups = [(None, node)] if isinstance(node, Sequence) else node.entries if isinstance(node, Mapping) else []
    for language, value in groups:
        for item in value.items if isinstance(value, Sequence) else [value]:
            text = _read_name(item, language, findings)
            if text is not None:
                yield text, None if language is None else language.text


def _read_name(node: Node, language: Scalar | None, findings: Findings) -> str | None:
    if not isinstance(node, Scalar):
        findings.add(node, "wrong-shape", f"A name is expected here, not {kind_of(node)}")
        return None
    try:
        if language is not None:
            check_language(language.text)
        return clean_text(node.text)
    except Flaw as flaw:
        findings.add_flaw(node, flaw)
        return None

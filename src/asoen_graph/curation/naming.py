"""The slugs of relation nodes, made from the values of their key: ``participation-example-meeting-7-exampleland``."""

from __future__ import annotations

import re

from asoen_graph.curation.circumstances import ACCEPTED
from asoen_graph.curation.nodes import Mapping, Node, Scalar, Sequence
from asoen_graph.iris import key_of, local_name
from asoen_graph.text import fold
from asoen_graph.vocabulary import Class


def derive_slug(class_: Class, given: Mapping, back: str | None, subject: str) -> tuple[str | None, list[str]]:
    """The slug of a relation node, and the keys of the key properties that have no single certain value.

    ``given`` is the mapping as written, ``back`` the key property that points to the ``subject`` it is nested in. There
    is a slug only where no key is missing.
    """
    parts = [class_.key]
    missing = []
    for iri in class_.key_properties:
        key = key_of(local_name(iri))
        text = subject if iri == back else _certain_text(given.get(key))
        part = "-".join(re.findall(r"[a-z0-9]+", fold(text)))
        if part:
            parts.append(part)
        else:
            missing.append(key)
    return (None if missing else "-".join(parts)), missing


def _certain_text(node: Node | None) -> str:
    if isinstance(node, Sequence) and len(node.items) == 1:
        node = node.items[0]
    if isinstance(node, Mapping):
        status = node.get("status")
        if isinstance(status, Scalar) and status.text != local_name(ACCEPTED):
            return ""
        node = node.get("value")
    return node.text if isinstance(node, Scalar) else ""

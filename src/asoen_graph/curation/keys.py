"""Keys of curated files and the properties they stand for: what to say where a key does not fit."""

from __future__ import annotations

from typing import Final

from asoen_graph.curation.findings import Findings
from asoen_graph.curation.literals import Flaw
from asoen_graph.curation.nodes import Scalar
from asoen_graph.iris import key_of, local_name
from asoen_graph.text import nearest
from asoen_graph.vocabulary import Class, Property, ValueKind, Vocabulary

JOINTLY: Final = "jointly-with"
CIRCUMSTANCES: Final = ("at", JOINTLY, "when", "status", "note")
"""The keys that say where, when and how surely a statement holds."""
GROUP_KEYS: Final = ("about", *CIRCUMSTANCES)
EXPANDED_KEYS: Final = ("value", *CIRCUMSTANCES)

_SHORT_LIST: Final = 15


def curated_keys(vocabulary: Vocabulary, class_: Class) -> list[str]:
    """The property keys a curator may write for an entity of a class, in the order of the ontology."""
    return [each.key for each in vocabulary.properties_for(class_) if each.curated]


def find_property(vocabulary: Vocabulary, key: Scalar, findings: Findings) -> Property | None:
    """The property of a key, if curators may write it; where it is only ever inferred, that is a problem."""
    found = vocabulary.properties.get(key.text)
    if found is None or found.curated:
        return found
    inverse = vocabulary.property_of(found.inverse) if found.inverse else None
    hint = "Leave it out"
    if inverse is not None and inverse.curated:
        hint = f"Write {inverse.key!r} on the other side, or leave it out"
    findings.add(key, "inferred-key", f"{key.text!r} is inferred by the build and not written by hand", hint)
    return None


def is_unknown(vocabulary: Vocabulary, key: str) -> bool:
    """Whether no property at all has this key."""
    return key not in vocabulary.properties


def unknown_key(vocabulary: Vocabulary, key: str, class_: Class | None, others: tuple[str, ...] = ()) -> Flaw:
    """What to say of a key that no property has; ``others`` are keys allowed beside the properties of the class."""
    own = [*others, *(curated_keys(vocabulary, class_) if class_ else (p.key for p in vocabulary.properties.values()))]
    near = nearest(key, own, 2)
    of_class = f" of {class_.key!r}" if class_ else ""
    if near:
        return Flaw("unknown-key", f"{key!r} is no key{of_class}", f"Did you mean {' or '.join(map(repr, near))}?")
    hint = f"Its keys are {', '.join(own)}" if class_ and len(own) <= _SHORT_LIST else "The ontology has all keys"
    return Flaw("unknown-key", f"{key!r} is no key{of_class}", hint)


def misplaced_key(vocabulary: Vocabulary, property_: Property, class_: Class) -> Flaw:
    """What to say of a property that entities of a class do not have."""
    message = f"{property_.key!r} is no key of {class_.key!r}"
    nesting = [
        each.key
        for each in vocabulary.properties_for(class_)
        if each.curated and each.kind is ValueKind.RELATION and _is_nested_in(vocabulary, property_, each)
    ]
    if nesting:
        hint = f"Nest it under {' or '.join(map(repr, nesting))} (indent it two spaces more)"
        return Flaw("misplaced-key", message, hint)
    domain = [key_of(local_name(iri)) for iri in property_.domain]
    near = nearest(property_.key, curated_keys(vocabulary, class_), 2)
    hint = f"It belongs to {', '.join(domain)}" if domain else ""
    if near:
        hint += f"; of this class there is {' and '.join(map(repr, near))}"
    return Flaw("misplaced-key", message, hint)


def _is_nested_in(vocabulary: Vocabulary, property_: Property, nesting: Property) -> bool:
    class_ = vocabulary.class_of(nesting.range)
    return class_ is not None and vocabulary.applies(property_, class_) and property_.iri != nesting.inverse

"""What a reader is shown: an entity with every statement about it, a document with every fact taken from it.

Plain values throughout, so that orjson, a template and a test can all take a card as it is. Terms of the ontology come
as key and label, entities as slug and label, facts as IRIs with the citation of their source.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class PropertyName:
    """A property as people write it (``key``) and read it (``label``)."""

    key: str
    label: str
    iri: str


@dataclass(frozen=True, slots=True)
class Value:
    """One end of a statement: an entity, a controlled value, a source, another resource, or a literal.

    ``text`` is the label, or the lexical form of a literal; ``key`` the slug of an entity or source, or the key of a
    controlled value; ``iri`` is missing from literals, ``datatype`` (an IRI) and ``language`` from everything else.
    """

    kind: str
    """``entity``, ``concept``, ``source``, ``resource`` or ``literal``."""
    text: str
    key: str | None = None
    iri: str | None = None
    datatype: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A document as it is cited; ``slug`` names it, texts that are not there are empty."""

    slug: str
    title: str
    publisher: str
    published: str
    url: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One fact as evidence: that a document states it, where, and how far it is relied on.

    ``fact`` is an IRI, ``status`` the key of an ``asoen:FactStatus``, ``source`` a slug, ``locator`` as curated,
    ``status_label``, ``locator_label`` and ``citation`` (one line) in the language of the card. ``valid_from`` and
    ``valid_until`` are dates of any precision, ``place`` is ``path:line`` in the curated data where the card was given
    the places. Texts that are not there are empty. ``sources`` begins with the source the locator belongs to; where it
    holds more, the fact is jointly attributed: one or more of them state it.
    """

    fact: str
    status: str
    status_label: str
    source: str
    locator: str
    locator_label: str
    citation: str
    title: str
    publisher: str
    published: str
    url: str
    note: str
    valid_from: str | None
    valid_until: str | None
    place: str | None
    sources: tuple[CitedDocument, ...]

    @property
    def is_joint(self) -> bool:
        """Whether the fact is jointly attributed to several documents."""
        return len(self.sources) > 1

    @property
    def place_cited(self) -> str:
        """The citation where the status and the note stand beside it: without them."""
        return self.citation.removesuffix(f" [{': '.join(filter(None, (self.status_label, self.note)))}]")


@dataclass(frozen=True, slots=True)
class FactRecord:
    """One fact in full: what it says of what, and its evidence."""

    about: Value
    property: PropertyName
    value: Value
    claim: Claim


@dataclass(frozen=True, slots=True)
class Statement:
    """One value of a property, or one entity that points here, with every fact that says so.

    ``status`` is the best among the claims. ``details`` are the statements of a relation node, shown in its place.
    """

    value: Value
    status: str
    claims: tuple[Claim, ...]
    details: tuple[PropertyGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class PropertyGroup:
    """All statements with one property."""

    property: PropertyName
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class InferredStatement:
    """A value no document states in these words, and the facts it follows from."""

    value: Value
    follows_from: tuple[FactRecord, ...]


@dataclass(frozen=True, slots=True)
class InferredGroup:
    """All inferred statements with one property."""

    property: PropertyName
    statements: tuple[InferredStatement, ...]


@dataclass(frozen=True, slots=True)
class OtherName:
    """Another name of an entity; ``language`` is missing from acronyms and others that belong to no language."""

    text: str
    language: str | None


@dataclass(frozen=True, slots=True)
class EntityCard:
    """Everything the graph knows of one entity.

    ``label`` is in the language asked for, ``labels`` maps every language to its label. ``statements`` hold what
    facts say about the entity, ``incoming`` what facts about others say with it as the value: there the
    value of a statement is the other entity. ``inferred`` holds what follows and is stated nowhere.
    """

    slug: str
    iri: str
    class_key: str
    class_label: str
    label: str
    labels: Mapping[str, str]
    other_names: tuple[OtherName, ...]
    statements: tuple[PropertyGroup, ...]
    incoming: tuple[PropertyGroup, ...]
    inferred: tuple[InferredGroup, ...]


@dataclass(frozen=True, slots=True)
class DescriptionLine:
    """One property of a source with all its values."""

    property: PropertyName
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A place in a document and the facts taken from it; ``label`` is the locator in the language of the card."""

    locator: str
    label: str
    facts: tuple[FactRecord, ...]


@dataclass(frozen=True, slots=True)
class SourceCard:
    """A document, how it is cited, and its facts in the order of the text.

    ``joint`` holds the facts that are jointly attributed to it and have their place in another document.
    """

    slug: str
    iri: str
    title: str
    description: tuple[DescriptionLine, ...]
    passages: tuple[Passage, ...]
    joint: tuple[FactRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A document in a list: ``facts`` counts the facts taken from it; ``published`` and ``url`` may be empty."""

    slug: str
    iri: str
    title: str
    publishers: tuple[Value, ...]
    published: str
    kind: Value | None
    """What sort of document it is, an ``asoen:SourceKind``."""
    url: str
    facts: int


@dataclass(frozen=True, slots=True)
class EntityEntry:
    """An entity in a list. ``label`` is in the language asked for, ``labels`` maps every language to its label."""

    slug: str
    iri: str
    class_key: str
    class_label: str
    label: str
    labels: Mapping[str, str]

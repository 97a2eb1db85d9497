"""What the rows of a list can be filtered, sorted and counted by: their class, and the properties of the ontology.

The name of an aspect is the key of its property, so nothing is listed here. A key that an address already uses for
something else (``format``, ``from``, ``until``) is written with the prefix: ``asoen:format``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final, Generic, Protocol, TypeVar

from asoen_graph import dates
from asoen_graph.entities.cards import FactRecord, SourceEntry, Value
from asoen_graph.entities.listing import resolve, resolve_source
from asoen_graph.entities.order import natural, status_order
from asoen_graph.entities.register import SOURCE_CLASS, Register
from asoen_graph.errors import ParameterError, UnknownName
from asoen_graph.iris import TERM, XSD
from asoen_graph.messages import tell
from asoen_graph.search import SearchIndex
from asoen_graph.text import nearest
from asoen_graph.vocabulary import Property, ValueKind, Vocabulary

RESERVED: Final = frozenset(
    (
        *("class", "property", "source", "q", "from", "until"),
        *("sort", "facets", "fields", "limit", "offset", "cursor"),
        *("format", "lang", "timeout"),
    )
)
"""What an address calls other things than properties."""

_FACT_CLASS: Final = TERM + "Fact"
_STATUS: Final = TERM + "status"
_EARLIEST, _LATEST, _PUBLISHED = TERM + "earliest", TERM + "latest", TERM + "published"
_NUMBERS: Final = tuple(XSD + name for name in ("integer", "nonNegativeInteger", "positiveInteger", "decimal"))
_UNFIT: Final = (ValueKind.TEXT, ValueKind.RELATION)
_PLAIN: Final = (XSD + "string", XSD + "language", XSD + "boolean", XSD + "gYear", XSD + "date", *_NUMBERS)


class HasIri(Protocol):
    """A row that stands for an entity or a document."""

    @property
    def slug(self) -> str:
        """The slug of the entity or document."""
        ...


Row = TypeVar("Row")
Names = Collection[str]
"""The keys, slugs or texts that a typed value stands for."""


@dataclass(frozen=True, slots=True)
class Aspect(Generic[Row]):
    """Something rows have values of. ``name`` is how it is asked for, ``read`` what a typed value stands for."""

    name: str
    values: Callable[[Row], Sequence[Value]]
    read: Callable[[str], Names] | None = None
    """``None`` where rows are sorted by it and nothing else."""
    order: Callable[[Value], Any] = lambda value: natural(value.text)
    by_beginning: bool = False
    """A value fits where it begins as asked: ``2031-05`` lies in ``2031``."""
    by_iri: Callable[[], Mapping[str, Sequence[Value]]] | None = None
    """The values of everything that has any, where that is known without looking at each row."""

    def fits(self, row: Row, wanted: Names) -> bool:
        """Whether one of the row's values is one of those wanted."""
        for value in self.values(row):
            name = name_of(value)
            if name in wanted or (self.by_beginning and any(name.startswith(each + "-") for each in wanted)):
                return True
        return False


def name_of(value: Value) -> str:
    """How a value is written in an address: a slug or key, or the text of a literal."""
    return value.key or value.text


def filterable(vocabulary: Vocabulary, class_iri: str | None = None) -> dict[str, Property]:
    """The properties lists are filtered by, by name: those of documents, or of anything else without a class."""
    found = {}
    for property_ in vocabulary.properties.values():
        about_documents = set(property_.domain) <= {SOURCE_CLASS, _FACT_CLASS}
        wanted = class_iri in property_.domain if class_iri else not about_documents
        if wanted and property_.kind not in _UNFIT and (property_.kind is not _LITERAL or property_.range in _PLAIN):
            found[name_in_address(property_)] = property_
    return found


_LITERAL = ValueKind.LITERAL


def name_in_address(property_: Property) -> str:
    """The name of a property as a parameter."""
    return f"asoen:{property_.key}" if property_.key in RESERVED else property_.key


def entity_aspects(register: Register, index: SearchIndex | None = None) -> dict[str, Aspect[Any]]:
    """What rows that have the ``slug`` of an entity can be filtered, sorted and counted by, by name."""
    by_slug = register.by_slug
    values_of: dict[str, Sequence[Value]] = {}

    def class_of(row: HasIri) -> Sequence[Value]:
        entry = by_slug[row.slug]
        found = values_of.get(entry.class_key)
        if found is None:
            found = values_of[entry.class_key] = (Value("class", entry.class_label, entry.class_key),)
        return found

    def classes(text: str) -> Names:
        return {each.key for each in register.classes(text)}

    aspects: dict[str, Aspect[Any]] = {
        "class": Aspect("class", class_of, classes),
        "label": Aspect("label", lambda row: (Value("literal", by_slug[row.slug].label),)),
        "slug": Aspect("slug", lambda row: (Value("literal", row.slug),)),
    }
    for name, property_ in filterable(register.vocabulary).items():
        aspects[name] = _property_aspect(register, name, property_, lambda row: by_slug[row.slug].iri, index)
    return aspects


def source_aspects(register: Register, index: SearchIndex | None = None) -> dict[str, Aspect[SourceEntry]]:
    """What documents can be filtered, sorted and counted by."""
    aspects: dict[str, Aspect[SourceEntry]] = {
        "slug": Aspect("slug", lambda row: (Value("literal", row.slug),)),
        "title": Aspect("title", lambda row: (Value("literal", row.title),)),
        "facts": Aspect("facts", lambda row: (Value("literal", str(row.facts)),)),
    }
    for name, property_ in filterable(register.vocabulary, SOURCE_CLASS).items():
        aspects[name] = _property_aspect(register, name, property_, lambda row: row.iri, index)
    return aspects


def fact_aspects(register: Register) -> dict[str, Aspect[FactRecord]]:
    """What facts can be filtered, sorted and counted by."""
    vocabulary = register.vocabulary
    status = vocabulary.property_of(_STATUS)
    assert status is not None, "the ontology says what the status of a fact is"
    labels = {concept.key: concept.label(register.language) for concept in vocabulary.values_of(status.range).values()}

    def properties(text: str) -> Names:
        return _known("property", text, vocabulary.properties)

    def statuses(text: str) -> Names:
        return _known(status.key, text, labels)

    def documents(text: str) -> Names:
        try:
            resolve_source(register.store, text)
        except UnknownName as error:
            raise _unknown("source", text, error.nearest) from None
        return (text,)

    def sources_of(record: FactRecord) -> Sequence[Value]:
        return [Value("source", each.title or each.url or each.slug, each.slug) for each in record.claim.sources]

    def status_of(record: FactRecord) -> Sequence[Value]:
        return (Value("concept", labels[record.claim.status], record.claim.status),)

    aspects: Iterable[Aspect[FactRecord]] = (
        Aspect("property", lambda row: (Value("property", row.property.label, row.property.key),), properties),
        Aspect(status.key, status_of, statuses, lambda value: status_order(name_of(value))),
        Aspect("source", sources_of, documents),
        Aspect("about", lambda row: (row.about,)),
        Aspect("value", lambda row: (row.value,)),
        Aspect("published", lambda row: _if_any(row.claim.published)),
    )
    return {aspect.name: aspect for aspect in aspects}


def lies_between(register: Register, iri: str, since: str | None, until: str | None) -> bool:
    """Whether what is known of the time of an entity or document lies within two dates of any precision, or touches it.

    What has no date lies in no period.
    """
    first, last = _first(register, _EARLIEST, iri), _first(register, _LATEST, iri)
    published = _first(register, _PUBLISHED, iri)
    first, last = first or published, last or first or published
    if first is None or last is None:
        return False
    after = since is None or dates.latest(last) >= dates.earliest(since)
    return after and (until is None or dates.earliest(first) <= dates.latest(until))


def refuse_unfit(vocabulary: Vocabulary, names: Iterable[str], class_key: str | None) -> None:
    """Raise ParameterError for a filter by a property that nothing of the class has, with one that it has."""
    if class_key is None:
        return
    classes = vocabulary.subclasses(vocabulary.classes[class_key].iri)
    known = filterable(vocabulary)
    fitting = {n: p for n, p in known.items() if any(vocabulary.applies(p, class_) for class_ in classes)}
    for name in names:
        if name in known and name not in fitting:
            alike = [each for each, property_ in fitting.items() if property_.range == known[name].range]
            near = nearest(name, alike) or alike[:3] or nearest(name, fitting)
            hint = tell("value.did-you-mean", near=near) if near else tell("value.leave-out")
            raise ParameterError(name, tell("value.no-property", class_key=class_key, name=name), hint)


def _property_aspect(
    register: Register, name: str, property_: Property, iri_of: Callable[[Any], str], index: SearchIndex | None
) -> Aspect[Any]:
    def values(row: object) -> Sequence[Value]:
        return register.values(property_.iri).get(iri_of(row), ())

    def by_iri() -> Mapping[str, Sequence[Value]]:
        return register.values(property_.iri)

    def read(text: str) -> Names:
        return _READERS[property_.kind](register, name, property_, text, index)

    numeric = property_.range in _NUMBERS
    order = _number if numeric else _naturally
    return Aspect(name, values, read, order, by_beginning=property_.kind is ValueKind.DATE, by_iri=by_iri)


def _entity(register: Register, name: str, property_: Property, text: str, index: SearchIndex | None) -> Names:
    try:
        return (resolve(register.store, text, index).slug,)
    except UnknownName as error:
        raise _unknown(name, text, error.nearest) from None


def _concept(register: Register, name: str, property_: Property, text: str, _: SearchIndex | None) -> Names:
    return _known(name, text, register.vocabulary.values_of(property_.range))


def _date(register: Register, name: str, property_: Property, text: str, _: SearchIndex | None) -> Names:
    return (read_date(name, text),)


def _literal(register: Register, name: str, property_: Property, text: str, _: SearchIndex | None) -> Names:
    if property_.range in (XSD + "gYear", XSD + "date"):
        read_date(name, text)
    elif property_.range in _NUMBERS:
        try:
            Decimal(text)
        except InvalidOperation:
            raise ParameterError(name, tell("value.no-number", name=name, text=text[:40])) from None
    return (text,)


_READERS: Final = {
    ValueKind.ENTITY: _entity,
    ValueKind.CONCEPT: _concept,
    ValueKind.DATE: _date,
    ValueKind.LITERAL: _literal,
}


def read_date(name: str, text: str) -> str:
    """A date of any precision as it is typed. Raises ParameterError, which names the parameter."""
    try:
        dates.parse(text)
    except ValueError as error:
        raise ParameterError(
            name, tell("value.parameter", name=name, message=error), tell("value.expected-date")
        ) from None
    return text


def _known(name: str, text: str, known: Mapping[str, object]) -> Names:
    if text not in known:
        raise _unknown(name, text, nearest(text, known), list(known))
    return (text,)


def _unknown(name: str, text: str, near: Sequence[str], known: Sequence[str] = ()) -> ParameterError:
    hint = tell("value.did-you-mean", near=near) if near else tell("value.there-are", names=known[:12]) if known else ""
    return ParameterError(name, tell("value.nothing-there", name=name, text=text[:80]), hint)


def _first(register: Register, property_iri: str, iri: str) -> str | None:
    values = register.values(property_iri).get(iri)
    return values[0].text if values else None


def _if_any(text: str) -> Sequence[Value]:
    return (Value("literal", text),) if text else ()


def _naturally(value: Value) -> Any:
    return natural(value.text)


def _number(value: Value) -> Decimal:
    return Decimal(value.text)

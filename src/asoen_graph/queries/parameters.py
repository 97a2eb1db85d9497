"""Typed parameters of catalogue queries: a value as typed becomes an RDF term, or an error that helps."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from pyoxigraph import Literal, NamedNode

from asoen_graph import dates
from asoen_graph.errors import ParameterError, UnknownName
from asoen_graph.iris import ENTITY, ONTOLOGY, SOURCE, TERM, XSD, expand, key_of, local_name, slug_of
from asoen_graph.messages import kind_of_thing, tell
from asoen_graph.queries.blocks import bind
from asoen_graph.store import GraphStore, SelectAnswer, Term
from asoen_graph.text import nearest

__all__ = ["TYPES", "Parameter", "as_typed", "bind", "bind_values", "parse_value"]


class Parameter(NamedTuple):
    """A parameter of a query. ``default`` is empty where the block says ``UNDEF``, which is what ``optional`` means."""

    name: str
    type: str
    class_key: str | None
    description: Mapping[str, str]
    default: tuple[Term, ...]
    optional: bool
    many: bool = False

    def told(self) -> dict[str, Any]:
        """All of it but the name as plain values: texts in both languages, defaults as they would be typed."""
        return {
            "type": self.type,
            "class": self.class_key,
            "description": dict(self.description),
            "default": [as_typed(term) for term in self.default],
            "optional": self.optional,
            "many": self.many,
        }


def as_typed(term: Term) -> str:
    """A term as it is typed as the value of a parameter: a slug, a key, or a literal's text."""
    if isinstance(term, Literal):
        return term.value
    if not isinstance(term, NamedNode):
        return str(term)
    if term.value.startswith(TERM):
        return key_of(local_name(term.value))
    return slug_of(term.value) or term.value.removeprefix(SOURCE)


def bind_values(text: str, parameters: Mapping[str, Parameter], given: Mapping[str, str], store: GraphStore) -> str:
    """The query with values bound as they were typed. Raises UnknownName and ParameterError."""
    for name in given:
        if name not in parameters:
            raise UnknownName("parameter", name, nearest(name, parameters) or sorted(parameters))
    terms = {name: parse_value(parameters[name], value, store) for name, value in given.items()}
    return bind(text, terms) if terms else text


def parse_value(parameter: Parameter, text: str, store: GraphStore) -> tuple[Term, ...]:
    """The terms a typed value stands for: one, or several separated by commas where the parameter takes many.

    An empty value of an optional parameter leaves it out. A ``date`` may be of any precision and becomes the first day
    it may mean, for a parameter called ``until`` the last day, so that it can be compared. Raises ParameterError,
    which names the parameter, what is expected and, for entities, sources and concepts, the nearest names.
    """
    parts = [part.strip() for part in text.split(",")] if parameter.many else [text.strip()]
    if parameter.optional and not any(parts):
        return ()
    return tuple(_term(parameter, part, store) for part in parts)


def _term(parameter: Parameter, text: str, store: GraphStore) -> Term:
    if not text:
        raise ParameterError(parameter.name, tell("value.missing", name=parameter.name), _expected(parameter))
    if parameter.type in _LOOKED_UP:
        return _look_up(parameter, text, store)
    try:
        return _LITERALS[parameter.type](parameter, text)
    except ValueError as error:
        message = tell("value.wrong", name=parameter.name, text=text, error=error)
        raise ParameterError(parameter.name, message, _expected(parameter)) from error


def _date(parameter: Parameter, text: str) -> Literal:
    day = dates.latest(text) if parameter.name == "until" else dates.earliest(text)
    return Literal(day.isoformat(), datatype=NamedNode(XSD + "date"))


def _year(parameter: Parameter, text: str) -> Literal:
    if dates.datatype(text) != XSD + "gYear":
        raise ValueError(tell("value.year-alone"))
    return Literal(f"{dates.parse(text)[0]:04}", datatype=NamedNode(XSD + "gYear"))


def _matching(datatype: str, pattern: str, wrong: str) -> Callable[[Parameter, str], Literal]:
    def read(parameter: Parameter, text: str) -> Literal:
        if re.fullmatch(pattern, text, re.ASCII) is None:
            raise ValueError(wrong)
        return Literal(text, datatype=NamedNode(XSD + datatype))

    return read


def _text(parameter: Parameter, text: str) -> Literal:
    return Literal(text)


_LITERALS: Mapping[str, Callable[[Parameter, str], Literal]] = {
    "date": _date,
    "year": _year,
    "integer": _matching("integer", r"[+-]?[0-9]+", tell("value.not-whole")),
    "decimal": _matching("decimal", r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)", tell("value.not-decimal")),
    "boolean": _matching("boolean", "true|false", tell("value.not-boolean")),
    "language": _matching("string", "[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*", tell("value.not-language")),
    "text": _text,
}
_FEW = 12
"""How many names are listed where none is near."""

_LOOKED_UP = {"entity": ENTITY, "source": SOURCE, "concept": TERM}
TYPES = {
    "date": tell("value.type-date"),
    "year": tell("value.type-year"),
    "integer": tell("value.type-integer"),
    "decimal": tell("value.type-decimal"),
    "boolean": tell("value.type-boolean"),
    "language": tell("value.type-language"),
    "text": tell("value.type-text"),
    "entity": tell("value.type-entity"),
    "source": tell("value.type-source"),
    "concept": tell("value.type-concept"),
}
"""Every type of parameter, with what is expected of its values."""


def _expected(parameter: Parameter) -> str:
    expected = TYPES[parameter.type]
    if parameter.class_key:
        return tell("value.expected-of-class", expected=expected, class_key=parameter.class_key)
    return tell("value.expected", expected=expected)


def _look_up(parameter: Parameter, text: str, store: GraphStore) -> NamedNode:
    """The entity, source or concept of that slug, key, prefixed name or IRI."""
    namespace = _LOOKED_UP[parameter.type]
    class_iri = _class_iri(parameter.class_key, store) if parameter.class_key else None
    fitting = _members(class_iri, store) if class_iri else store.names(namespace)
    names = {_name(iri, parameter.type): iri for iri in fitting if iri.startswith(namespace)}
    wanted = names.get(text) or (expand(text) if expand(text) in fitting else None)
    if wanted is not None:
        return NamedNode(wanted)
    kind = parameter.class_key or kind_of_thing(parameter.type)
    exists = store.known({_iri(text, namespace)})
    message = tell("value.is-no-kind", text=text, kind=kind) if exists else tell("value.no-kind", kind=kind, text=text)
    near = nearest(_name(text, parameter.type) if "/" in text else text, names)
    hint = tell("value.did-you-mean", near=near) if near else _expected(parameter)
    if not near and 0 < len(names) <= _FEW:
        hint = tell("value.expected-of", expected=hint, names=sorted(names))
    raise ParameterError(parameter.name, tell("value.parameter", name=parameter.name, message=message), hint)


def _iri(text: str, namespace: str) -> str:
    return expand(text) if ":" in text else namespace + text


def _name(iri: str, type_: str) -> str:
    return key_of(local_name(iri)) if type_ == "concept" else local_name(iri)


def _class_iri(key: str, store: GraphStore) -> str:
    """The IRI of the class of that key; a class the ontology has not got has no members."""
    return next(
        (iri for iri in store.names(TERM) if key_of(local_name(iri)) == key and local_name(iri)[0].isupper()), TERM
    )


def _members(class_iri: str, store: GraphStore) -> Sequence[str]:
    query = f"SELECT DISTINCT ?x {{ {{ ?x a <{class_iri}> }} UNION {{ GRAPH <{ONTOLOGY}> {{ ?x a <{class_iri}> }} }} }}"
    answer = store.query(query)
    rows = answer.rows if isinstance(answer, SelectAnswer) else []
    return [row[0].value for row in rows if isinstance(row[0], NamedNode)]

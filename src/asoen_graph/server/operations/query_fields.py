"""The parameters of a catalogue query as fields of a form: what is typed or chosen, what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from asoen_graph.errors import AsoenError, ParameterError, UnknownName
from asoen_graph.messages import Told, in_language, tell
from asoen_graph.queries.catalogue import CatalogueQuery
from asoen_graph.queries.parameters import Parameter, as_typed, parse_value
from asoen_graph.server.library import Library
from asoen_graph.store import Term
from asoen_graph.text import fold
from asoen_graph.vocabulary import Vocabulary

_FEW: Final = 60
"""So many values are offered all at once, to be chosen from."""
_MOST: Final = 700
"""So many names complete what is typed."""
_NEAR: Final = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a field: as it stands in the address, and as it is read."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter. ``control`` is ``select``, ``boxes``, ``list`` (typed, with names to complete it) or ``text``."""

    parameter: Parameter
    description: str
    control: str
    value: str
    choices: tuple[Choice, ...]
    wrong: str
    """What is wrong with the value; empty where nothing is."""
    near: tuple[Choice, ...]
    """What was perhaps meant."""

    @property
    def values(self) -> list[str]:
        """The values where there may be several."""
        return [each.strip() for each in self.value.split(",") if each.strip()]


def fields(
    library: Library, query: CatalogueQuery, values: Mapping[str, str], language: str
) -> tuple[list[Field], dict[str, tuple[Term, ...]]]:
    """The fields of the form, and the terms that the values stand for which are right."""
    found, terms = [], {}
    for name, parameter in query.parameters.items():
        typed = values.get(name)
        choices = _choices(library, parameter, language)
        wrong = ""
        near: list[Choice] = []
        if typed is not None:
            typed = _by_label(typed, choices)
            try:
                terms[name] = parse_value(parameter, typed, library.store)
            except (ParameterError, UnknownName) as error:
                wrong, near = (
                    _sentence(error, parameter, library.vocabulary, language),
                    _near(library, parameter, typed, choices, language),
                )
        value = ",".join(map(as_typed, parameter.default)) if typed is None else typed
        description = parameter.description.get(language) or parameter.description.get("en", "")
        control = _control(parameter, choices)
        found.append(Field(parameter, description, control, value, tuple(choices), wrong, tuple(near)))
    return found, terms


def _control(parameter: Parameter, choices: list[Choice]) -> str:
    if not choices:
        return "text"
    if len(choices) > _FEW:
        return "list" if len(choices) <= _MOST and not parameter.many else "text"
    return "boxes" if parameter.many else "select"


def _choices(library: Library, parameter: Parameter, language: str) -> list[Choice]:
    """Every value there is, by label, for parameters that have a class or two values."""
    register = library.register(language)
    if parameter.type == "boolean":
        return [Choice("true", "✓"), Choice("false", "✗")]
    if parameter.class_key is None or parameter.class_key not in library.vocabulary.classes:
        return []
    if parameter.type == "concept":
        class_ = library.vocabulary.classes[parameter.class_key]
        concepts = library.vocabulary.values_of(class_.iri).values()
        return sorted((Choice(each.key, each.label(language)) for each in concepts), key=lambda each: each.label)
    return [Choice(each.slug, each.label) for each in register.of_class(parameter.class_key)]


def _by_label(typed: str, choices: list[Choice]) -> str:
    """The value whose label was typed, where one was; else what was typed."""
    if not typed or any(each.value == typed for each in choices):
        return typed
    alike = [each.value for each in choices if fold(each.label) == fold(typed.strip())]
    return alike[0] if len(alike) == 1 else typed


def _near(library: Library, parameter: Parameter, typed: str, choices: list[Choice], language: str) -> list[Choice]:
    """The values with a name like what was typed."""
    if parameter.type != "entity":
        return []
    last = typed.rpartition(",")[2].strip()
    fitting = {each.value: each for each in choices}
    register = library.register(language)
    hits = [hit.slug for hit in library.search.find(last.replace("-", " "), language, limit=40)] if last else []
    found = [fitting.get(slug) or Choice(slug, register.by_slug[slug].label) for slug in hits
             if slug in fitting or (not fitting and slug in register.by_slug)]  # fmt: skip
    return found[:_NEAR]


def _sentence(error: AsoenError, parameter: Parameter, vocabulary: Vocabulary, language: str) -> str:
    """What is wrong with a value. Which field it is in can be seen, and a class has a name."""
    said = error.message
    if isinstance(said, Told) and (inner := said.fields.get("message") or said.fields.get("error")):
        said = inner if isinstance(inner, str) else inner.args[0]
    class_ = vocabulary.classes.get(parameter.class_key or "")
    if class_ and isinstance(said, Told) and "kind" in said.fields:
        said = tell(said.key, **{**said.fields, "kind": class_.label(language)})
    said = in_language(said, language)
    return said[:1].upper() + said[1:]

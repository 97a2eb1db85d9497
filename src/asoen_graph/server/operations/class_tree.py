"""The classes a list of entities is narrowed down by, as the ontology orders them, each with how many there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from asoen_graph.iris import TERM
from asoen_graph.server.library import Library
from asoen_graph.server.operations.lists import entities_asked_for
from asoen_graph.server.question import Question
from asoen_graph.vocabulary import Class

_KEPT = ("q", "from", "until", "limit", "lang")
"""What is asked of every class; properties and orders may be those of one."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A class with those below it that have entities."""

    key: str
    label: str
    count: int
    address: str
    is_chosen: bool
    is_open: bool
    """Whether the class chosen is this one or below it."""
    branches: tuple[Branch, ...]


def trees(library: Library, arguments: Mapping[str, Any], question: Question) -> dict[str, list[Branch]]:
    """The classes of ``entities`` and of ``relations``, of all that fit words and period."""
    everyone = entities_asked_for(library, {**arguments, "filters": {"class": "relation,entity"}})
    counts = Counter(entry.class_key for entry in everyone)
    planter = _Planter(
        library, arguments, question.with_values({n: None for n in question.values if n not in _KEPT}), counts
    )
    tops = planter.below(TERM + "Entity")
    return {
        "entities": [each for each in tops if each.key != "relation"],
        "relations": next((list(each.branches) for each in tops if each.key == "relation"), []),
    }


class _Planter:
    def __init__(
        self, library: Library, arguments: Mapping[str, Any], question: Question, counts: Counter[str]
    ) -> None:
        self._vocabulary = library.vocabulary
        self._language = arguments["language"]
        self._chosen = arguments["filters"].get("class", "")
        self._question = question
        self._counts = counts

    def below(self, parent: str) -> list[Branch]:
        """The branches of the classes right below one, by label."""
        children = [each for each in self._vocabulary.classes.values() if parent in each.parents]
        found = [self._branch(each) for each in children]
        return sorted((each for each in found if each.count), key=lambda each: each.label.casefold())

    def _branch(self, class_: Class) -> Branch:
        classes = self._vocabulary.subclasses(class_.iri)
        label = class_.label(self._language)
        return Branch(
            class_.key,
            label[:1].upper() + label[1:],
            sum(self._counts[each.key] for each in classes),
            self._question.asking(**{"class": class_.key}),
            class_.key == self._chosen,
            any(each.key == self._chosen for each in classes),
            tuple(self.below(class_.iri)),
        )

"""What is told of a measure: its name and meaning in English and Vietnamese, and the works that define it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from asoen_graph.network.measures.references import Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measure. ``key`` is its name in flags and addresses and that of the attribute in files.

    ``counts_direction`` and ``counts_weights`` say whether its value depends on which way links lead and on what they
    weigh. ``needs_direction``: where links lead no way there is none. ``is_group``: its value names a group of nodes,
    so that a greater one is not more.
    """

    key: str
    labels: Mapping[str, str]
    definitions: Mapping[str, str]
    references: tuple[Reference, ...]
    counts_direction: bool = False
    counts_weights: bool = False
    needs_direction: bool = False
    is_group: bool = False

    def label(self, language: str) -> str:
        """What it is called."""
        return self.labels.get(language) or self.labels["en"]

    def definition(self, language: str) -> str:
        """What it means."""
        return self.definitions.get(language) or self.definitions["en"]

    def explained(self, language: str) -> str:
        """Definition and references in one text, for files that hold a line on each attribute."""
        return " ".join((self.definition(language), *map(str, self.references)))


def measure(
    key: str, label: tuple[str, str], definition: tuple[str, str], *works: Reference, **traits: bool
) -> Measure:
    """A measure, its label and definition in English and then in Vietnamese."""
    labels, definitions = ({"en": en, "vi": vi} for en, vi in (label, definition))
    return Measure(key=key, labels=labels, definitions=definitions, references=works, **traits)

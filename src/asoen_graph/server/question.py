"""The question that a page answers, as it stands in its address, and the addresses of questions near it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class Question:
    """A path and its parameters; several values of one are separated by commas."""

    path: str
    values: Mapping[str, str]

    @property
    def address(self) -> str:
        """Where it is answered."""
        pairs = [(name, value) for name, value in self.values.items() if value]
        return f"{self.path}?{urlencode(pairs, safe=',')}" if pairs else self.path

    def value(self, name: str) -> str:
        """What is asked for a parameter; nothing where it is left out."""
        return self.values.get(name, "")

    def asking(self, path: str | None = None, **values: str | None) -> str:
        """The address of the same question with other values; ``None`` or nothing leaves a parameter out."""
        return self.with_values(values, path).address

    def with_values(self, values: Mapping[str, str | None], path: str | None = None) -> Question:
        """The same question with other values."""
        merged = {**self.values, **values}
        return Question(path or self.path, {name: value for name, value in merged.items() if value})

    def with_one(self, name: str, value: str) -> str:
        """The address of the question that also takes this value of a parameter."""
        return self.with_values({name: ",".join((*self._parts(name), value))}).address

    def without_one(self, name: str, value: str) -> str:
        """The address of the question that does not ask for this value of a parameter."""
        return self.with_values({name: ",".join(each for each in self._parts(name) if each != value)}).address

    def _parts(self, name: str) -> list[str]:
        return [each for each in self.values.get(name, "").split(",") if each]

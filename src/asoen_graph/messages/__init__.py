"""What errors say, in English and in Vietnamese: one catalogue of messages with named fields.

``tell("value.missing", name="series")`` is a text like any other, in English; it remembers what it was made of, so that
it can be said in another language later, by whoever knows the reader's. The catalogue is a file of JSON for each group
of messages. Fields are written as in ``str.format``; besides,

- ``{near}`` lists several words with commas, ``{near:or}`` and ``{near:and}`` with that word between them all, and
  ``{near:any}`` with commas and an "or" before the last;
- ``{seconds:second|seconds}`` is a number with the word that goes with it;
- a field that is itself a message is said in the same language.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, Final

ENGLISH: Final = "en"
TEXTS: Final = Path(__file__).parent / "texts"
_JOINED: Final = {
    "or": {"en": " or ", "vi": " hoặc "},
    "and": {"en": " and ", "vi": " và "},
}


class Told(str):
    """A message in English that knows how it is said in other languages."""

    __slots__ = ("fields", "key")
    key: str
    fields: Mapping[str, Any]

    def __new__(cls, key: str, fields: Mapping[str, Any]) -> Told:
        """The message of a key with its fields. Raises KeyError where the catalogue has no such message."""
        told = super().__new__(cls, _said(key, fields, ENGLISH))
        told.key, told.fields = key, fields
        return told

    def __getnewargs__(self) -> tuple[str, Mapping[str, Any]]:  # type: ignore[override]
        """What it is made of, so that it can be copied."""
        return self.key, self.fields

    def in_language(self, language: str) -> str:
        """The message in a language; in English where it is not said in that."""
        return _said(self.key, self.fields, language)


def tell(key: str, /, **fields: Any) -> Told:
    """The message of a key, in English."""
    return Told(key, fields)


def kind_of_thing(name: str) -> str:
    """The word for a kind of thing (``query``, ``network format``), or the name itself where there is none."""
    key = f"kind.{name.replace(' ', '-')}"
    return Told(key, {}) if key in catalogue() else name


def in_language(text: str, language: str) -> str:
    """A text in a language, where it is a message; any other text as it is."""
    return text.in_language(language) if isinstance(text, Told) else text


def languages_of(text: str) -> tuple[str, ...]:
    """The languages that a text can be said in, the first of them being its own."""
    return tuple(catalogue()[text.key]) if isinstance(text, Told) else (ENGLISH,)


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Every message by its key, in each language."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted(TEXTS.glob("*.json")):
        texts: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
        found |= {f"{path.stem}.{name}": text for name, text in texts.items()}
    return found


def _said(key: str, fields: Mapping[str, Any], language: str) -> str:
    texts = catalogue()[key]
    spoken = language if language in texts else ENGLISH
    return _Speaking(spoken).vformat(texts[spoken], (), fields)


class _Speaking(Formatter):
    """The way fields are written in a language."""

    def __init__(self, language: str) -> None:
        self._language = language

    def format_field(self, value: Any, format_spec: str) -> str:
        """A field as it stands in the text."""
        if "|" in format_spec:
            one, more = format_spec.split("|")
            return f"{value:g} {one if value == 1 else more}"
        if isinstance(value, Collection) and not isinstance(value, str):
            return self._list([self._word(each) for each in value], format_spec)
        if isinstance(value, Exception):
            value = self._word(value.args[0] if value.args and isinstance(value.args[0], Told) else str(value))
        if isinstance(value, str):
            return self._word(value)
        text = format(value, format_spec)
        return text.replace(",", ".") if format_spec == "," and self._language == "vi" else text

    def _word(self, text: str) -> str:
        return in_language(text, self._language)

    def _list(self, words: list[str], format_spec: str) -> str:
        if format_spec == "any" and len(words) > 1:
            return self._list([", ".join(words[:-1]), words[-1]], "or")
        if format_spec in ("", "any"):
            return ", ".join(words)
        return _JOINED[format_spec][self._language].join(words)

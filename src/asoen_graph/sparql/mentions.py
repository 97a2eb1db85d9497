"""Which of some words a text holds at all, in a microsecond: most queries hold none that need a closer look.

Regular expressions that do not mind case take a hundred times longer to say so, and to search the text for each word
ten times. Queries are much alike, so what was found in a pattern and in the constants of a text (see ``likeness``) is
remembered of each. No word lies in both: constants begin and end with a sign, and so does what stands in their place.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from asoen_graph.sparql.likeness import parted

FEDERATION: Final = frozenset({"service"})
UPDATE: Final = frozenset({"insert", "delete", "load", "clear", "drop", "create", "add", "move", "copy", "with"})
"""What an update request can begin with."""
DATASET: Final = frozenset({"from", "\\u"})
CHANCE: Final = frozenset({"rand", "now", "uuid", "bnode"})
"""What is in the names of functions whose result is another each time."""
FULL_TEXT: Final = frozenset({"search", "\\u", "\\#"})
"""What is in the names of our extension functions, however they are written.

No base parts the word. Where a prefix does, the sign behind it is in the rest, and no name has that but escaped.
"""
WORDS: Final = FEDERATION | UPDATE | DATASET | CHANCE | FULL_TEXT
"""All that are looked for, in lower case."""

_ALSO: Final = (("İ", "i"), ("ı", "i"), ("ſ", "s"), ("\u212a", "k"))
"""The other letters that ``re.IGNORECASE`` takes for one of ASCII; the last is the sign for kelvin."""
_BRACKETS: Final = "({["
_MOST: Final = 2000
_LONGEST: Final = 1000
"""How many patterns and constants are remembered, and how long they may be; when there are more, all are forgotten."""
_MUCH: Final = 10_000
"""Of so long a text, a plan with values in it, it takes less to look for a few words than to part it."""


class Traits(NamedTuple):
    """What can be told of a text without reading it."""

    words: frozenset[str]
    """Those of the words that are in it, in any case, be it within other words."""
    brackets: int
    """How many open in it, of all kinds."""


_NONE: Final = Traits(frozenset(), 0)
_patterns: dict[str, Traits] = {}
_plain: set[str] = set()
"""Constants that hold none of the words and no bracket."""


@lru_cache(maxsize=2)
def traits_of(text: str) -> Traits:
    """The traits of a text; several look for them in the same one."""
    pattern, constants = parted(text)
    found = _patterns.get(pattern)
    if found is None:
        found = _found(pattern)
        if len(pattern) <= _LONGEST:
            _room(_patterns)
            _patterns[pattern] = found
    if _plain.issuperset(constants):
        return found
    others = [_of_constant(each) for each in constants if each not in _plain]
    words = found.words.union(*(each.words for each in others))
    return Traits(words, found.brackets + sum(each.brackets for each in others))


def mentions(text: str, words: frozenset[str]) -> bool:
    """Whether any of these, which are among ``WORDS``, is in the text."""
    if len(text) > _MUCH:
        lowered = _lowered(text)
        return any(word in lowered for word in words)
    return not words.isdisjoint(traits_of(text).words)


def _of_constant(text: str) -> Traits:
    found = _found(text)
    if found == _NONE and len(text) <= _LONGEST:
        _room(_plain)
        _plain.add(text)
    return found


def _room(things: dict[str, Traits] | set[str]) -> None:
    if len(things) >= _MOST:
        things.clear()


def _found(text: str) -> Traits:
    lowered = _lowered(text)
    return Traits(frozenset(word for word in WORDS if word in lowered), sum(map(text.count, _BRACKETS)))


def _lowered(text: str) -> str:
    """The text in lower case."""
    if not text.isascii():
        for letter, plain in _ALSO:
            text = text.replace(letter, plain)
    return text.lower()

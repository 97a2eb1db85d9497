"""What can go wrong, as values and exceptions that know nothing of HTTP or exit codes.

AsoenError
├── CurationError        curated files have problems (carries all of them)
├── ReleaseError         a release is missing, incomplete or not what its manifest says
├── QueryError           a query cannot be answered
│   ├── QuerySyntaxError     it is not SPARQL, or uses what is not there (line, column, token)
│   ├── QueryRefused         it asks for something this engine does not do for strangers
│   └── LimitReached         it needs more time, rows or memory than allowed
│       └── ElsewhereSlow        another server that is asked did not answer in time
├── ParameterError       a parameter of a catalogue query or an option has a wrong value
├── UnknownName          no entity, source, query, network … of that name (carries the nearest)
├── NetworkError         a result that is no network, or a network that cannot be drawn
└── StoreError           the engine failed
    └── ElsewhereFailed      another server that is asked did not answer, or not as it should

The server and the command line each have one table that turns these into a status or an exit code.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from asoen_graph.messages import in_language, kind_of_thing, tell


class Place(NamedTuple):
    """Where in a file something stands: path as the user would type it, line and column counted from 1."""

    path: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)


class Problem(NamedTuple):
    """One thing wrong with curated data: where, a stable code, what, and what to do about it."""

    place: Place
    code: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        text = f"{self.place}: {_sentence(self.message)}"
        return f"{text} {_sentence(self.hint)}" if self.hint else text


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else text + "."


class AsoenError(Exception):
    """Any failure this project foresees. ``message`` says what, ``hint`` what to do.

    Both are English. What a reader of a page may meet is told by ``messages.tell``, and so in Vietnamese too.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{_sentence(self.message)} {_sentence(self.hint)}" if self.hint else self.message

    def in_language(self, language: str) -> str:
        """What and what to do in a language, as far as they are said in it."""
        said = [in_language(text, language) for text in (self.message, self.hint) if text]
        return " ".join(_sentence(text) for text in said)


class CurationError(AsoenError):
    """Curated files have problems; ``problems`` holds every one, in order of place."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        count = len(self.problems)
        super().__init__(f"{count} problem{'s' if count != 1 else ''} in the curated data")


class ReleaseError(AsoenError):
    """A release is missing, incomplete, or its files do not match its manifest."""


class StoreError(AsoenError):
    """The engine failed for a reason that is not the query's."""


class ElsewhereFailed(StoreError):
    """Another server that is asked did not answer, or not in a form that can be used."""


class QueryError(AsoenError):
    """A query cannot be answered. Line and column count from 1 in the text the user wrote."""

    def __init__(
        self,
        message: str,
        hint: str = "",
        *,
        line: int | None = None,
        column: int | None = None,
        token: str | None = None,
        expected: Sequence[str] = (),
        repaired: str | None = None,
        nearest: Sequence[str] = (),
    ) -> None:
        super().__init__(message, hint)
        self.line = line
        self.column = column
        self.token = token
        self.expected = tuple(expected)
        self.repaired = repaired
        """The whole query with the mistake mended, where the mending is certain."""
        self.nearest = tuple(nearest)
        """What could stand in place of the token, most likely first."""


class QuerySyntaxError(QueryError):
    """The text is not SPARQL, or names a prefix or term that is not there."""


class QueryRefused(QueryError):
    """The query asks for what is not done here: an update, SERVICE, a remote graph."""


class LimitReached(QueryError):
    """A limit was reached before the answer was complete. ``limit`` is ``time``, ``rows``, ``bytes`` or ``memory``."""

    def __init__(self, limit: str, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.limit = limit


class ElsewhereSlow(LimitReached):
    """Another server that is asked did not answer in time."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__("time", message, hint)


class ParameterError(AsoenError):
    """A parameter or option has a value that its type does not allow; ``parameter`` is its name."""

    def __init__(self, parameter: str, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.parameter = parameter


class UnknownName(AsoenError):
    """Nothing of that kind has that name. ``kind`` is a word for the reader, ``nearest`` what was perhaps meant."""

    def __init__(self, kind: str, name: str, nearest: Sequence[str] = ()) -> None:
        self.kind = kind
        self.name = name
        self.nearest = tuple(nearest)
        hint = tell("value.did-you-mean", near=self.nearest) if self.nearest else ""
        super().__init__(tell("value.unknown-name", kind=kind_of_thing(kind), name=name), hint)


class NetworkError(AsoenError):
    """A query result is no network, or the network cannot be drawn as asked."""

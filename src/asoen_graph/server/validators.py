"""What tells a client that it has an answer already: ``ETag`` with ``If-None-Match``, and ``Last-Modified``.

An ETag is strong: a digest of all that decides the answer, and the name of its content coding, for coded bytes are
other bytes (RFC 9110, 8.8.3). It is weak where another server holds the data, which can change while nothing does here.
A client that names the tag of any coding it still accepts has the answer. The date is that of the release, which knows
no time of day, so it counts only where the client names no tag.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache
from typing import Final

from asoen_graph.release import Release

MOST_TAGS: Final = 64
"""A client that names more gets the answer."""

_SECONDS_OF_A_DAY: Final = 86_400


@dataclass(frozen=True, slots=True)
class Preconditions:
    """The validators a client names, as header values."""

    none_match: str | None = None
    modified_since: str | None = None

    def named(self, digest: str, codings: Sequence[str]) -> str | None:
        """The ETag the client names of an answer, in one of the codings it accepts."""
        if self.none_match is None:
            return None
        if self.none_match == (first := tag_of(digest, codings[0])):
            return first
        pieces = self.none_match.split(",", MOST_TAGS)[:MOST_TAGS]
        tags = {piece.strip().removeprefix("W/") for piece in pieces}
        return next((tag for coding in codings if (tag := tag_of(digest, coding)) in tags), None)

    def met_by_any(self, modified: datetime | None) -> bool:
        """Whether the client has no use for the answer, now that there is one: it has some, or one of a later date."""
        if self.none_match is not None:
            return self.none_match.strip() == "*"
        since = _moment(self.modified_since) if self.modified_since is not None and modified is not None else None
        return since is not None and modified is not None and modified <= since


NO_PRECONDITIONS: Final = Preconditions()


def tag_of(digest: str, coding: str) -> str:
    """The ETag of an answer in a coding."""
    return f'"{digest}-{coding}"' if coding else f'"{digest}"'


def weak(tag: str) -> str:
    """An ETag that promises an answer as good, and not the same bytes."""
    return f"W/{tag}"


def last_modified(release: Release) -> datetime | None:
    """When a release came out, by its own description; ``None`` where it does not say, or says a day to come.

    The day is that of the changelog. Releases of a month are numbered, so the number stands for the seconds of the
    day: of two releases of one day, the later one has the later date.
    """
    if release.day is None:
        return None
    number = release.manifest.version.rpartition(".")[2]
    seconds = int(number) % _SECONDS_OF_A_DAY if number.isdigit() else 0
    moment = datetime.combine(release.day, time(), UTC) + timedelta(seconds=seconds)
    # RFC 9110 (8.8.2.1) forbids dates to come.
    return moment if moment <= datetime.now(UTC) else None


@lru_cache(maxsize=64)
def http_date(moment: datetime) -> str:
    """The moment as HTTP writes it."""
    return format_datetime(moment, usegmt=True)


def _moment(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)

"""Cursors: where a page of a list begins, or where the one before ends, in the list of one release and one question.

A release never changes and every list has one order, so a number says where a page begins. The cursor also carries
digests of release and question: a number from another list would skip or repeat rows, and is refused instead.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from asoen_graph.errors import ParameterError
from asoen_graph.messages import tell

_START_AGAIN: Final = tell("value.cursor-anew")
_LONGEST: Final = 400
_POSITION: Final = ("limit", "offset", "cursor")


@dataclass(frozen=True, slots=True)
class List:
    """The list that is paged through: the release it is of, and what was asked."""

    release: str
    """The hash of the release's files."""
    version: str
    question: Mapping[str, Any]
    """All that decides which rows there are, and in which order."""

    def cursor(self, position: int, *, backward: bool = False) -> str:
        """The cursor of the page that begins at a position, or backward of the one that ends there."""
        content = json.dumps([position, int(backward), self._digest(), self.release[:12], self.version])
        return base64.urlsafe_b64encode(content.encode()).decode().rstrip("=")

    def page(self, cursor: str | None, offset: int, limit: int) -> tuple[int, int]:
        """Where the page begins and ends that a cursor asks for, or an offset where there is no cursor.

        Raises ParameterError where the cursor is none, or of another list.
        """
        if cursor is None:
            return offset, offset + limit
        position, backward, digest, release, version = _unpack(cursor)
        if release != self.release[:12]:
            raise ParameterError(
                "cursor", tell("value.cursor-release", version=version[:40], version2=self.version), _START_AGAIN
            )
        if digest != self._digest():
            raise ParameterError(
                "cursor",
                tell("value.cursor-question"),
                tell("value.cursor-unchanged"),
            )
        return (max(0, position - limit), position) if backward else (position, position + limit)

    def _digest(self) -> str:
        text = json.dumps(self.question, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def link_header(address: str, parameters: list[tuple[str, str]], relations: Mapping[str, str | None]) -> str:
    """The value of ``Link`` (RFC 8288): for each relation the address with its cursor, without one for ``None``.

    The page size is kept; where a page begins comes from the cursor alone.
    """
    kept = [(name, value) for name, value in parameters if name not in _POSITION[1:]]
    links = []
    for relation, cursor in relations.items():
        query = urlencode(kept if cursor is None else [*kept, ("cursor", cursor)])
        links.append(f'<{address}{"?" if query else ""}{query}>; rel="{relation}"')
    return ", ".join(links)


def _unpack(cursor: str) -> tuple[int, bool, str, str, str]:
    try:
        if len(cursor) > _LONGEST:
            raise ValueError(cursor)
        content = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
        position, backward, digest, release, version = content
        if type(position) is not int or position < 0 or not isinstance(version, str):
            raise ValueError(cursor)
    except (ValueError, TypeError, binascii.Error, RecursionError):
        raise ParameterError("cursor", tell("value.cursor-strange"), _START_AGAIN) from None
    return position, bool(backward), digest, release, version

"""A page of a list as a reply: the items, how many there are in all, what they count to, the way to other pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import quote

import orjson

from asoen_graph.entities.selection import Aspects, counted, filtered, in_order, sparse
from asoen_graph.server.cursors import List, link_header
from asoen_graph.server.forms import JSON
from asoen_graph.server.messages import Reply
from asoen_graph.server.operations.framing import meta

_LONGEST_LINK = 4096
Row = TypeVar("Row")


def page_of(
    rows: Sequence[Any],
    row_type: type,
    aspects: Aspects,
    arguments: Mapping[str, Any],
    release: tuple[str, str],
    **more: Any,
) -> Reply:
    """The page of the rows that the arguments ask for.

    Arguments: ``filters``, ``sort``, ``facets``, ``fields``, ``limit``, ``offset``, ``cursor``, ``language``,
    ``address``, ``parameters`` (the request's own), ``others`` (the names that are no filters) and ``question`` (what
    else decides which rows there are). ``release`` is the hash and version of the release; ``more``
    are further members of the answer.
    """
    found = asked_for(rows, aspects, arguments)
    shown, members, headers = slice_of(found, arguments, release)
    if arguments["facets"] is not None:
        members["facets"] = counted(found, aspects, arguments["facets"])
    fields = arguments["fields"]
    items = shown if fields is None else sparse(shown, row_type, fields)
    content = orjson.dumps(members | more | {"items": items})
    return Reply(200, {"Content-Type": JSON.media_type} | headers, content)


def asked_for(rows: Sequence[Row], aspects: Aspects, arguments: Mapping[str, Any]) -> list[Row]:
    """The rows that fit the filters, in the order asked for. Arguments: ``filters``, ``others``, ``sort``."""
    found = filtered(rows, aspects, arguments["filters"], arguments["others"])
    return found if arguments["sort"] is None else in_order(found, aspects, arguments["sort"])


def slice_of(
    rows: Sequence[Any], arguments: Mapping[str, Any], release: tuple[str, str]
) -> tuple[Sequence[Any], dict[str, Any], dict[str, str]]:
    """The rows of the page, the members that say where it lies, and the headers that lead to others."""
    asked = {name: arguments[name] for name in ("filters", "sort", "language", "question")}
    # The same list wherever its release stands: the permanent address of a page has its cursor.
    asked["address"] = arguments["address"].removeprefix(quote(arguments.get("root", "")))
    listed = List(*release, asked)
    begin, end = listed.page(arguments["cursor"], arguments["offset"], arguments["limit"])
    shown = rows[begin:end]
    # Nothing is shown with limit=0, which only counts: there is no page after that.
    following = listed.cursor(end) if shown and end < len(rows) else None
    before = listed.cursor(min(begin, len(rows)), backward=True) if begin > 0 else None
    relations = {"first": None} | {n: c for n, c in (("prev", before), ("next", following)) if c is not None}
    link = link_header(arguments["address"], arguments["parameters"], relations)
    members = {
        "total": len(rows),
        "offset": begin,
        "limit": arguments["limit"],
        "next": following,
        "prev": before,
        "meta": meta(arguments),
    }
    # A reverse proxy takes a few kilobytes of headers; the members lead on as well.
    return shown, members, {"Link": link} if len(link) <= _LONGEST_LINK else {}
